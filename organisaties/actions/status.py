"""The steps in the life of a listing."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.bevestigen import ALLE, noteer
from organisaties.actions.dubbelen import zoek_taak
from organisaties.keuzes import Status, Versheidsstap
from organisaties.models import Organisatie, Statusstap
from organisaties.models.bevestiging import Bevestigingsbron
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker

TOEGESTAAN: dict[Status, frozenset[Status]] = {
    Status.CONCEPT: frozenset({Status.INGEDIEND, Status.GEPUBLICEERD, Status.GEARCHIVEERD}),
    Status.INGEDIEND: frozenset({Status.GEPUBLICEERD, Status.TERUGGESTUURD, Status.GEARCHIVEERD}),
    Status.TERUGGESTUURD: frozenset({Status.INGEDIEND, Status.GEPUBLICEERD, Status.GEARCHIVEERD}),
    Status.GEPUBLICEERD: frozenset({Status.TERUGGESTUURD, Status.GEARCHIVEERD}),
    Status.GEARCHIVEERD: frozenset({Status.INGEDIEND, Status.GEPUBLICEERD}),
    # Only undoing the merge gives it back.
    Status.SAMENGEVOEGD: frozenset(),
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
    # A step that a person takes starts the question anew; only what time took off the portal keeps that stage.
    organisatie.versheidsstap, organisatie.volgende_vraag_datum = Versheidsstap.VERS, None
    organisatie.save()
    if naar == Status.GEPUBLICEERD:
        _bevestig(organisatie, door, nu)
    Statusstap.objects.create(
        organisatie=organisatie, van=van, naar=naar, gezet_door=door, gezet_op=nu, reden=reden.strip()
    )
    ververs([organisatie.pk])
    if naar == Status.INGEDIEND:
        transaction.on_commit(partial(zoek_taak.enqueue, pks=[organisatie.pk]))
    if meld:
        _meld(organisatie, reden)
    return organisatie


def _bevestig(organisatie: Organisatie, door: Gebruiker | None, nu: datetime) -> None:
    """Note that what goes on the portal is right: its organisation sent it in; where nobody keeps it, a moderator looked."""
    heeft_beheer = organisatie.beheer.exists()
    noteer(
        organisatie=organisatie,
        blokken=ALLE,
        door=None if heeft_beheer else door,
        bron=Bevestigingsbron.ORGANISATIE if heeft_beheer else Bevestigingsbron.MODERATOR,
        op=nu,
    )


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


@transaction.atomic
def dien_in(*, organisatie: Organisatie, door: Gebruiker) -> Organisatie:
    """Hand a listing in for moderation; mails its beheerders and the moderators.

    Who hands it in agrees that everybody may use it (CC0), as the page says beside the button; that moment is kept.
    """
    Organisatie.objects.filter(pk=organisatie.pk, open_data_akkoord_op=None).update(open_data_akkoord_op=timezone.now())
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
