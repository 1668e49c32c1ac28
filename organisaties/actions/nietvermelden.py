"""'Niet vermelden': an organisation asks to be left out; its listing goes, and imports skip it from then on."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.overnemen import eigen_domein, heeft_beheerder
from organisaties.actions.status import archiveer
from organisaties.gelijkenis import naamkern
from organisaties.keuzes import Status
from organisaties.models import NietVermelding, Organisatie
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import volledige_url

GELDIG = timedelta(days=14)
BEWAAR = timedelta(days=30)
REDEN = "De organisatie wil niet op het portaal vermeld worden."


class NietVermeldFout(Exception):
    """This cannot be asked or decided; the message is in Dutch, for the screen."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_van_organisatie(email: str, organisatie: Organisatie) -> bool:
    """Tell whether this is the listed address, or one on the website's own domain."""
    adres = email.strip().lower()
    domein = eigen_domein(organisatie)
    return adres == organisatie.email.lower() or bool(domein and adres.rpartition("@")[2] == domein)


@transaction.atomic
def vraag(*, organisatie: Organisatie, email: str, reden: str = "") -> NietVermelding:
    """Ask that a listing goes. Mails a link to an address of the organisation itself; else a moderator decides.

    While somebody keeps the listing a moderator decides as well, and that person hears of it. A question that
    runs already is not asked twice; its link is mailed again. The token is kept as a hash only.
    """
    organisatie = Organisatie.objects.select_for_update(of=("self",)).get(pk=organisatie.pk)
    if not organisatie.is_zichtbaar:
        raise NietVermeldFout("Deze vermelding staat niet meer op het portaal.")
    verzoek, nieuw = NietVermelding.objects.get_or_create(
        organisatie=organisatie,
        status=NietVermelding.Status.GEVRAAGD,
        defaults={"naam": organisatie.naam, "reden": reden, "email": email.lower()},
    )
    if is_van_organisatie(email, organisatie) and not heeft_beheerder(organisatie):
        token = secrets.token_urlsafe(24)
        verzoek.token_hash, verzoek.email, verzoek.gevraagd_op = _hash(token), email.lower(), timezone.now()
        verzoek.save()
        link = volledige_url(reverse("organisaties:niet_vermelden_bevestigen", args=[token]))
        notifications.meld_niet_vermelden_bevestigen(verzoek, link=link)
    elif nieuw:
        notifications.meld_niet_vermelden_gevraagd(verzoek)
    return verzoek


def verzoek_van(token: str) -> NietVermelding | None:
    """Return the question of a link in the mail while the link works."""
    return (
        NietVermelding.objects.select_related("organisatie")
        .filter(token_hash=_hash(token), gevraagd_op__gt=timezone.now() - GELDIG)
        .first()
    )


@transaction.atomic
def bevestig(token: str) -> NietVermelding:
    """Carry out what was asked, for whoever reads the mail of the organisation. Raises NietVermeldFout."""
    verzoek = verzoek_van(token)
    if verzoek is None:
        raise NietVermeldFout("Deze link werkt niet meer. Vraag het opnieuw aan.")
    return _voer_uit(verzoek, door=None)


@transaction.atomic
def beoordeel_verzoek(*, verzoek: NietVermelding, door: Gebruiker, akkoord: bool) -> NietVermelding:
    """Decide as a moderator; the asker gets a mail. Raises NietVermeldFout when it was decided before."""
    if akkoord:
        actueel = _voer_uit(verzoek, door=door)
    else:
        actueel = _open(verzoek)
        actueel.status = NietVermelding.Status.AFGEWEZEN
        _sluit(actueel, door)
    notifications.meld_niet_vermelden_besloten(actueel)
    return actueel


@transaction.atomic
def hef_op(*, verzoek: NietVermelding, door: Gebruiker) -> NietVermelding:
    """Let an organisation be listed again; its archived listing waits for a moderator to publish it."""
    actueel = NietVermelding.objects.select_for_update(of=("self",)).get(pk=verzoek.pk)
    if actueel.status != NietVermelding.Status.ACTIEF:
        raise NietVermeldFout("Deze organisatie mag al vermeld worden. Er is niets veranderd.")
    actueel.status = NietVermelding.Status.OPGEHEVEN
    _sluit(actueel, door)
    return actueel


def _open(verzoek: NietVermelding) -> NietVermelding:
    """Lock the listing, then the question."""
    if verzoek.organisatie_id:
        Organisatie.objects.select_for_update(of=("self",)).filter(pk=verzoek.organisatie_id).first()
    actueel = NietVermelding.objects.select_for_update(of=("self",)).select_related("organisatie").get(pk=verzoek.pk)
    if actueel.status != NietVermelding.Status.GEVRAAGD:
        raise NietVermeldFout("Hierover is al beslist. Er is niets veranderd.")
    return actueel


def _sluit(verzoek: NietVermelding, door: Gebruiker | None) -> None:
    verzoek.beoordeeld_door, verzoek.beoordeeld_op = door, timezone.now()
    verzoek.save()


def _voer_uit(verzoek: NietVermelding, *, door: Gebruiker | None) -> NietVermelding:
    actueel = _open(verzoek)
    organisatie = actueel.organisatie
    # A merge may have come in between: then it is the listing that stayed.
    while organisatie and organisatie.samengevoegd_met:
        organisatie = organisatie.samengevoegd_met
    if organisatie is None:
        raise NietVermeldFout("Deze vermelding is er niet meer.")
    actueel.organisatie = organisatie
    _zet_kenmerken(actueel, organisatie)
    actueel.status = NietVermelding.Status.ACTIEF
    _sluit(actueel, door)
    if organisatie.status != Status.GEARCHIVEERD:
        archiveer(organisatie=organisatie, door=door, reden=REDEN)
    return actueel


def _zet_kenmerken(verzoek: NietVermelding, organisatie: Organisatie) -> None:
    """Keep by what an import recognises the organisation, and nothing else."""
    locatie = organisatie.locaties.exclude(postcode="").first()
    al_bekend = NietVermelding.objects.filter(
        bron=organisatie.bron, extern_id=organisatie.extern_id, status=NietVermelding.Status.ACTIEF
    )
    if organisatie.extern_id and not al_bekend.exists():
        verzoek.bron, verzoek.extern_id = organisatie.bron, organisatie.extern_id
    verzoek.naam, verzoek.kvk_nummer = organisatie.naam, organisatie.kvk_nummer
    verzoek.domein = eigen_domein(organisatie)
    verzoek.naamkern, verzoek.postcode = naamkern(organisatie.naam), locatie.postcode if locatie else ""


def ruim_op() -> int:
    """Erase addresses 30 days after the decision, and questions that nobody confirmed in that time."""
    oud = timezone.now() - BEWAAR
    wees = NietVermelding.objects.filter(status=NietVermelding.Status.GEVRAAGD, gevraagd_op__lt=oud)
    aantal = wees.exclude(token_hash="").delete()[0]
    besloten = NietVermelding.objects.filter(beoordeeld_op__lt=oud).filter(~Q(email="") | ~Q(token_hash=""))
    return aantal + besloten.update(email="", token_hash="")
