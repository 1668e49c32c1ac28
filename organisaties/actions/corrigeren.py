"""What a visitor proposes for one field, and what a beheerder or moderator does with it."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from phonenumber_field.phonenumber import PhoneNumber

from organisaties import notifications
from organisaties.actions.adres import hernoem
from organisaties.actions.bevestigen import noteer
from organisaties.actions.wijzigen import VELDEN_MET_OORDEEL, leg_vast, wijzig_velden
from organisaties.models import Correctie, Dienst, Locatie, Organisatie
from organisaties.models.bevestiging import Bevestigingsbron, Blok
from organisaties.models.correctie import in_woorden
from welzijnportal.accounts.models import Gebruiker

Veld = Correctie.Veld
# A text or an address that can be put in its place; the other fields are changed in the editor.
DIRECT = (Veld.TELEFOON, Veld.EMAIL, Veld.WEBSITE, Veld.ADRES, Veld.KORT, Veld.TEKST, Veld.NAAM, Veld.KVK)
BLOKKEN = {
    Veld.TELEFOON: Blok.CONTACT,
    Veld.EMAIL: Blok.CONTACT,
    Veld.WEBSITE: Blok.CONTACT,
    Veld.ADRES: Blok.LOCATIE,
    Veld.TIJDEN: Blok.TIJDEN,
    Veld.DIENST: Blok.DIENSTEN,
}
CONTACTVELDEN = ("telefoon", "email", "website")
BEWAAR = timedelta(days=30)
BEWAAR_ZONDER_BESLUIT = timedelta(days=365)
_DUBBEL_BINNEN = timedelta(days=7)


class CorrectieFout(Exception):
    """This cannot be decided (any more); the message is in Dutch, for the screen."""


@dataclass(frozen=True)
class Adres:
    """A checked address, with what follows from it, for the location that a proposal is about."""

    straat: str
    postcode: str
    plaats: str
    gemeente: Any = None
    breedtegraad: float | None = None
    lengtegraad: float | None = None
    punt: Any = None

    def __str__(self) -> str:
        return f"{self.straat}\n{self.postcode}\n{self.plaats}"


def huidige_waarde(veld: str, organisatie: Organisatie, onderdeel: Locatie | Dienst | None = None) -> str:
    """Return what stands in a field now, as a proposal keeps it. Of a confidential address no street."""
    match veld:
        case Veld.ADRES if isinstance(onderdeel, Locatie):
            return "" if onderdeel.is_geheim else f"{onderdeel.straat}\n{onderdeel.postcode}\n{onderdeel.plaats}"
        case Veld.TIJDEN if isinstance(onderdeel, Locatie):
            return "\n".join(str(tijd) for tijd in onderdeel.openingstijden.all())
        case Veld.DIENST if isinstance(onderdeel, Dienst):
            return f"{onderdeel.naam}\n{onderdeel.tekst}".strip()
        case Veld.VOOR_WIE:
            return ", ".join(doelgroep.naam for doelgroep in organisatie.doelgroepen.all())
        case Veld.WERKGEBIED:
            return ", ".join(str(deel) for deel in [*organisatie.gemeenten.all(), *organisatie.provincies.all()])
        case Veld.GESTOPT:
            return ""
    return als_tekst(getattr(onderdeel or organisatie, veld))


def als_tekst(waarde: Any) -> str:
    """Return a value as a proposal keeps it: a phone number in its international form, or abroad it would get lost."""
    return str(waarde.as_e164) if isinstance(waarde, PhoneNumber) else str(waarde or "")


def merk(waarde: str) -> str:
    """Return a short mark of a value, by which a page tells what stood there when it was made."""
    return sha256(waarde.encode()).hexdigest()[:16]


@transaction.atomic
def stel_verbetering_voor(
    *,
    organisatie: Organisatie,
    veld: str,
    onderdeel: Locatie | Dienst | None = None,
    waarde: str,
    opmerking: str = "",
    email: str = "",
) -> Correctie:
    """Write a proposal and mail who keeps the listing, or the moderators when nobody does.

    The same form sent twice gives one proposal, and one mail.
    """
    Organisatie.objects.select_for_update(of=("self",)).get(pk=organisatie.pk)
    velden = {
        "veld": veld,
        "locatie": onderdeel if isinstance(onderdeel, Locatie) else None,
        "dienst": onderdeel if isinstance(onderdeel, Dienst) else None,
        "nieuwe_waarde": waarde,
    }
    eerder = organisatie.correcties.wachtend().filter(
        **velden, email=email, opmerking=opmerking, voorgesteld_op__gt=timezone.now() - _DUBBEL_BINNEN
    )
    if (staand := eerder.first()) is not None:
        return staand
    correctie = Correctie.objects.create(
        organisatie=organisatie,
        **velden,
        oude_waarde=huidige_waarde(veld, organisatie, onderdeel),
        opmerking=opmerking,
        email=email,
    )
    notifications.meld_correctie(correctie)
    return correctie


@transaction.atomic
def neem_over(
    *,
    correctie: Correctie,
    waarde: str | Adres,
    door: Gebruiker,
    gezien: str,
    antwoord: str = "",
    als_moderator: bool = False,
) -> Correctie:
    """Put ``waarde`` (checked by the form) in the listing, confirm its block and mail the sender.

    A beheerder's change of name, KvK number or website of a published listing waits for a moderator, as in the
    editor. ``gezien`` is the mark of the value that stood there when the person decided. Raises CorrectieFout when somebody
    decided first, when the value changed meanwhile, and when no way to reach the organisation would be left.
    """
    organisatie, correctie = _open_correctie(correctie)
    onderdeel, tekst = correctie.onderdeel, str(waarde)
    nu = huidige_waarde(correctie.veld, organisatie, onderdeel)
    if merk(nu) != gezien:
        raise CorrectieFout(
            f"Dit is intussen gewijzigd. Er staat nu: {in_woorden(correctie.veld, nu) or '(leeg)'}. "
            "Bekijk het voorstel opnieuw en beslis dan."
        )
    andere = [veld for veld in CONTACTVELDEN if veld != correctie.veld]
    if not tekst and not onderdeel and len(andere) == 2 and not any(getattr(organisatie, veld) for veld in andere):
        raise CorrectieFout("Dan kan niemand de organisatie nog bereiken. Vul eerst iets anders in.")
    if tekst != nu:
        _schrijf(correctie, organisatie, waarde, door, als_moderator=als_moderator)
    wacht = organisatie.wijzigingsverzoeken.filter(veld=correctie.veld, status="open").exists()
    is_gelijk = tekst == correctie.nieuwe_waarde
    correctie.besloten_waarde = tekst
    status = Correctie.Status.OVERGENOMEN if is_gelijk else Correctie.Status.AANGEPAST
    return _besluit(correctie, organisatie, status, door, antwoord, als_moderator=als_moderator, wacht=wacht)


def _schrijf(
    correctie: Correctie, organisatie: Organisatie, waarde: str | Adres, door: Gebruiker, *, als_moderator: bool
) -> None:
    if isinstance(waarde, Adres):
        locatie = correctie.locatie
        for veld in ("straat", "postcode", "plaats", "gemeente", "breedtegraad", "lengtegraad", "punt"):
            setattr(locatie, veld, getattr(waarde, veld))
        _bewaar(locatie, door)
    elif correctie.onderdeel:
        setattr(correctie.onderdeel, correctie.veld, waarde)
        _bewaar(correctie.onderdeel, door)
    elif correctie.veld in VELDEN_MET_OORDEEL and not als_moderator:
        wijzig_velden(organisatie=organisatie, waarden={correctie.veld: waarde}, door=door)
    elif correctie.veld == Veld.NAAM:
        organisatie._history_user = door  # type: ignore[attr-defined]
        hernoem(organisatie=organisatie, naam=waarde)
    else:
        setattr(organisatie, correctie.veld, waarde)
        _bewaar(organisatie, door)


def _bewaar(rij: Any, door: Gebruiker) -> None:
    rij._history_user = door
    rij.save()


@transaction.atomic
def rond_af(*, correctie: Correctie, door: Gebruiker, antwoord: str = "", als_moderator: bool = False) -> Correctie:
    """Note that a proposal was worked into the listing in the editor; confirm its block and mail the sender.

    Raises CorrectieFout when somebody decided first.
    """
    organisatie, correctie = _open_correctie(correctie)
    correctie.besloten_waarde = huidige_waarde(correctie.veld, organisatie, correctie.onderdeel)
    return _besluit(correctie, organisatie, Correctie.Status.OVERGENOMEN, door, antwoord, als_moderator=als_moderator)


@transaction.atomic
def wijs_af(*, correctie: Correctie, door: Gebruiker, antwoord: str = "") -> Correctie:
    """Leave the listing as it is and mail the sender. Raises CorrectieFout when somebody decided first."""
    _, correctie = _open_correctie(correctie)
    correctie.besloten_waarde = ""
    return _sluit(correctie, Correctie.Status.AFGEWEZEN, door, antwoord)


def _open_correctie(correctie: Correctie) -> tuple[Organisatie, Correctie]:
    """Lock the listing and then the proposal, in the order of the editor."""
    organisatie = Organisatie.objects.select_for_update(of=("self",)).get(pk=correctie.organisatie_id)
    actueel = (
        Correctie.objects.select_for_update(of=("self",))
        .select_related("locatie", "dienst", "besloten_door")
        .filter(pk=correctie.pk)
        .first()
    )
    if actueel is None:
        raise CorrectieFout("Dit onderdeel is intussen weggehaald. Er is niets veranderd.")
    if not actueel.is_open:
        wie = f" door {actueel.besloten_door}" if actueel.besloten_door else ""
        raise CorrectieFout(f"Hierover is al beslist{wie}: {actueel.get_status_display()}. Er is niets veranderd.")
    actueel.organisatie = organisatie
    return organisatie, actueel


def _besluit(
    correctie: Correctie,
    organisatie: Organisatie,
    status: Correctie.Status,
    door: Gebruiker,
    antwoord: str,
    *,
    als_moderator: bool,
    wacht: bool = False,
) -> Correctie:
    blok = BLOKKEN.get(Veld(correctie.veld))
    if blok and not wacht:
        bron = Bevestigingsbron.MODERATOR if als_moderator else Bevestigingsbron.ORGANISATIE
        noteer(organisatie=organisatie, blokken=[blok], door=door, bron=bron)
    leg_vast(organisatie=organisatie, door=door)
    return _sluit(correctie, status, door, antwoord, wacht=wacht)


def _sluit(
    correctie: Correctie, status: Correctie.Status, door: Gebruiker, antwoord: str, *, wacht: bool = False
) -> Correctie:
    correctie.status, correctie.antwoord = status, antwoord.strip()
    correctie.besloten_door, correctie.besloten_op = door, timezone.now()
    correctie.save()
    notifications.meld_correctie_besloten(correctie, wacht=wacht)
    return correctie


def ruim_correcties_op() -> int:
    """Erase senders' addresses 30 days after the decision, and a year after a proposal that nobody decided on."""
    nu = timezone.now()
    oud = Q(besloten_op__lt=nu - BEWAAR) | Q(voorgesteld_op__lt=nu - BEWAAR_ZONDER_BESLUIT)
    return Correctie.objects.filter(oud).exclude(email="").update(email="")
