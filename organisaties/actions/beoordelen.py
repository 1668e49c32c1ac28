"""What moderators decide: on listings handed in, on changes that wait, on reports."""

from django.db import transaction
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.adres import hernoem
from organisaties.actions.status import StatusFout, zet_status
from organisaties.keuzes import Status
from organisaties.models import Correctie, Melding, Organisatie, Wijzigingsverzoek
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker


class BeoordeelFout(Exception):
    """This cannot be decided (any more); the message is in Dutch, for the screen."""


def stand_van(organisatie: Organisatie) -> str:
    """Return a mark of what a moderator saw: it differs after another decision or an edit."""
    return f"{organisatie.status_op.isoformat()}/{organisatie.versie}"


@transaction.atomic
def beoordeel(
    *, organisatie: Organisatie, naar: Status, door: Gebruiker, reden: str = "", gezien: str = ""
) -> Organisatie:
    """Decide on a listing; refreshes search and mails its beheerders, as ``zet_status`` does.

    ``gezien`` is the mark of what the moderator saw. Without it (in bulk) only listings that wait are decided
    on. Locks the listing. Raises StatusFout when another moderator decided first, and when the listing was
    edited after it was seen, for nobody should approve a text that he has not read.
    """
    actueel = Organisatie.objects.select_for_update(of=("self",)).select_related("status_door").get(pk=organisatie.pk)
    stand = stand_van(actueel)
    if gezien.partition("/")[0] != stand.partition("/")[0] if gezien else actueel.status != Status.INGEDIEND:
        wie = f" door {actueel.status_door}" if actueel.status_door else ""
        raise StatusFout(
            f"'{actueel}' is al beoordeeld: {actueel.get_status_display().lower()}{wie}. Er is niets veranderd."
        )
    if gezien and gezien != stand:
        raise StatusFout(f"'{actueel}' is aangepast terwijl u keek. Bekijk de vermelding opnieuw en beslis dan.")
    return zet_status(organisatie=actueel, naar=naar, door=door, reden=reden)


def _open_verzoek(verzoek: Wijzigingsverzoek) -> Wijzigingsverzoek:
    actueel = (
        Wijzigingsverzoek.objects.select_for_update(of=("self",))
        .select_related("organisatie", "beoordeeld_door")
        .get(pk=verzoek.pk)
    )
    if actueel.status != Wijzigingsverzoek.Status.OPEN:
        wie = f" ({actueel.beoordeeld_door})" if actueel.beoordeeld_door else ""
        raise BeoordeelFout(f"Dit verzoek is al {actueel.get_status_display()}{wie}. Er is niets veranderd.")
    return actueel


@transaction.atomic
def voer_wijziging_door(*, verzoek: Wijzigingsverzoek, door: Gebruiker) -> Wijzigingsverzoek:
    """Put the asked value in the listing, refresh its search row and mail its beheerders and who proposed it.

    Raises BeoordeelFout.
    """
    verzoek = _open_verzoek(verzoek)
    organisatie = Organisatie.objects.select_for_update(of=("self",)).get(pk=verzoek.organisatie_id)
    organisatie.versie += 1
    if verzoek.veld == Wijzigingsverzoek.Veld.NAAM:
        hernoem(organisatie=organisatie, naam=verzoek.nieuwe_waarde)
    else:
        setattr(organisatie, verzoek.veld, verzoek.nieuwe_waarde)
        organisatie.save()
    _sluit(verzoek, Wijzigingsverzoek.Status.AKKOORD, door)
    ververs([organisatie.pk])
    verzoek.organisatie = organisatie
    notifications.meld_wijzigingsverzoek_beoordeeld(verzoek)
    _meld_voorstellers(verzoek)
    return verzoek


@transaction.atomic
def wijs_wijziging_af(*, verzoek: Wijzigingsverzoek, door: Gebruiker, reden: str) -> Wijzigingsverzoek:
    """Refuse a change with a reason, which the beheerders get by mail; who proposed it hears that it stays as it was.

    Raises BeoordeelFout, without a reason too.
    """
    if not reden.strip():
        raise BeoordeelFout("Schrijf op waarom u de wijziging afwijst. De organisatie leest dit.")
    verzoek = _open_verzoek(verzoek)
    verzoek.reden = reden.strip()
    _sluit(verzoek, Wijzigingsverzoek.Status.AFGEWEZEN, door)
    notifications.meld_wijzigingsverzoek_beoordeeld(verzoek)
    _meld_voorstellers(verzoek)
    return verzoek


def _meld_voorstellers(verzoek: Wijzigingsverzoek) -> None:
    """Tell the visitors by whose proposal the organisation asked for this change; they were told that it waits."""
    voorstellen = verzoek.organisatie.correcties.filter(
        veld=verzoek.veld,
        besloten_waarde=verzoek.nieuwe_waarde,
        besloten_op__gte=verzoek.gevraagd_op,
        status__in=[Correctie.Status.OVERGENOMEN, Correctie.Status.AANGEPAST],
    ).exclude(email="")
    for correctie in voorstellen.order_by("pk"):
        correctie.organisatie = verzoek.organisatie
        notifications.meld_eindoordeel(correctie, is_doorgevoerd=verzoek.status == Wijzigingsverzoek.Status.AKKOORD)


def _sluit(verzoek: Wijzigingsverzoek, status: Wijzigingsverzoek.Status, door: Gebruiker) -> None:
    verzoek.status, verzoek.beoordeeld_door, verzoek.beoordeeld_op = status, door, timezone.now()
    verzoek.save()


@transaction.atomic
def handel_melding_af(*, melding: Melding, door: Gebruiker, is_verwerkt: bool) -> Melding:
    """Close a report as dealt with or as not needed; sends no mail. Raises BeoordeelFout when it was closed already."""
    actueel = Melding.objects.select_for_update(of=("self",)).select_related("organisatie").get(pk=melding.pk)
    if actueel.status != Melding.Status.OPEN:
        raise BeoordeelFout(f"Deze melding is al afgehandeld: {actueel.get_status_display()}.")
    actueel.status = Melding.Status.VERWERKT if is_verwerkt else Melding.Status.AFGEWEZEN
    actueel.afgehandeld_door, actueel.afgehandeld_op = door, timezone.now()
    actueel.save()
    return actueel
