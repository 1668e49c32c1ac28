"""The steps in the life of a listing."""

from django.db import transaction
from django.utils import timezone

from organisaties import notifications
from organisaties.keuzes import Status
from organisaties.models import Organisatie, Statusstap
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker

TOEGESTAAN: dict[Status, frozenset[Status]] = {
    Status.CONCEPT: frozenset({Status.INGEDIEND, Status.GEPUBLICEERD, Status.GEARCHIVEERD}),
    Status.INGEDIEND: frozenset({Status.GEPUBLICEERD, Status.TERUGGESTUURD, Status.GEARCHIVEERD}),
    Status.TERUGGESTUURD: frozenset({Status.INGEDIEND, Status.GEPUBLICEERD, Status.GEARCHIVEERD}),
    Status.GEPUBLICEERD: frozenset({Status.TERUGGESTUURD, Status.GEARCHIVEERD}),
    Status.GEARCHIVEERD: frozenset({Status.INGEDIEND, Status.GEPUBLICEERD}),
}


class StatusFout(Exception):
    """This step cannot be taken from the listing's present status; the message is in Dutch, for the screen."""


@transaction.atomic
def zet_status(
    *, organisatie: Organisatie, naar: Status, door: Gebruiker | None, reden: str = "", meld: bool = True
) -> Organisatie:
    """Move a listing to another status; write the step, refresh the search rows and mail its beheerders.

    The row is locked, so that of two moderators who decide at once the second is told. Raises StatusFout
    for a step that is not allowed and for sending back without a reason.
    """
    organisatie = Organisatie.objects.select_for_update(of=("self",)).get(pk=organisatie.pk)
    van = Status(organisatie.status)
    if naar not in TOEGESTAAN[van]:
        raise StatusFout(
            f"'{organisatie}' is nu {van.label.lower()}. Van daaruit kan de vermelding niet {naar.label.lower()} worden."
        )
    if naar == Status.TERUGGESTUURD and not reden.strip():
        raise StatusFout("Schrijf op waarom u de vermelding terugstuurt. De organisatie leest dit.")
    nu = timezone.now()
    organisatie.status, organisatie.status_op, organisatie.status_door = naar, nu, door
    organisatie.terugstuurreden = reden.strip() if naar == Status.TERUGGESTUURD else ""
    if naar == Status.GEPUBLICEERD:
        organisatie.gepubliceerd_op = organisatie.gepubliceerd_op or nu
        organisatie.bevestigd_op = nu
    organisatie.save()
    Statusstap.objects.create(
        organisatie=organisatie, van=van, naar=naar, gezet_door=door, gezet_op=nu, reden=reden.strip()
    )
    ververs([organisatie.pk])
    if meld:
        _meld(organisatie, reden)
    return organisatie


def _meld(organisatie: Organisatie, reden: str) -> None:
    match organisatie.status:
        case Status.INGEDIEND:
            notifications.meld_ingediend(organisatie)
        case Status.GEPUBLICEERD:
            notifications.meld_gepubliceerd(organisatie)
        case Status.TERUGGESTUURD:
            notifications.meld_teruggestuurd(organisatie)
        case Status.GEARCHIVEERD:
            notifications.meld_gearchiveerd(organisatie, reden)


def dien_in(*, organisatie: Organisatie, door: Gebruiker) -> Organisatie:
    """Hand a listing in for moderation; mails its beheerders and the moderators."""
    return zet_status(organisatie=organisatie, naar=Status.INGEDIEND, door=door)


def publiceer(*, organisatie: Organisatie, door: Gebruiker) -> Organisatie:
    """Publish a listing; mails its beheerders."""
    return zet_status(organisatie=organisatie, naar=Status.GEPUBLICEERD, door=door)


def stuur_terug(*, organisatie: Organisatie, door: Gebruiker, reden: str) -> Organisatie:
    """Send a listing back with a reason, which its beheerders read in the mail and in the editor."""
    return zet_status(organisatie=organisatie, naar=Status.TERUGGESTUURD, door=door, reden=reden)


def archiveer(*, organisatie: Organisatie, door: Gebruiker | None, reden: str = "") -> Organisatie:
    """Take a listing off the portal and keep it; mails its beheerders."""
    return zet_status(organisatie=organisatie, naar=Status.GEARCHIVEERD, door=door, reden=reden)
