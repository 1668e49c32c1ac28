"""When somebody stops keeping a listing: what that person left open, and who must know."""

from collections.abc import Iterable

from django.utils import timezone

from organisaties import notifications
from organisaties.models import Beheer, BeheerUitnodiging, Melding, Organisatie
from organisaties.models.beheer import Rol
from welzijnportal.accounts.models import Gebruiker

ZONDER_BEHEERDER = "Niemand houdt deze vermelding meer bij: de laatste beheerder is gestopt. Zoek een opvolger."


def trek_uitnodigingen_in(*, gebruiker_id: int, organisatie_id: int | None = None) -> None:
    """Let the open invitations that this person sent stop working, for one listing or for all."""
    rijen = BeheerUitnodiging.objects.filter(uitgenodigd_door_id=gebruiker_id, gebruikt_op=None, ingetrokken_op=None)
    if organisatie_id:
        rijen = rijen.filter(organisatie_id=organisatie_id)
    rijen.update(ingetrokken_op=timezone.now())


def heeft_beheerder(organisatie: Organisatie) -> bool:
    """Tell whether somebody who may invite others keeps this listing."""
    return organisatie.beheer.filter(rol=Rol.BEHEERDER, gebruiker__is_active=True).exists()


def laatste_beheerder_van(gebruiker: Gebruiker) -> list[Organisatie]:
    """Return the listings that have no other beheerder than this person."""
    eigen = Organisatie.objects.van(gebruiker).filter(beheer__gebruiker=gebruiker, beheer__rol=Rol.BEHEERDER)
    anderen = Beheer.objects.filter(rol=Rol.BEHEERDER, gebruiker__is_active=True).exclude(gebruiker=gebruiker)
    return list(eigen.exclude(pk__in=anderen.values("organisatie")).distinct().order_by("naam", "pk"))


def meld_zonder_beheerder(organisaties: Iterable[Organisatie]) -> None:
    """Put listings that lost their last beheerder in the moderators' queue, and mail their general address.

    Call it in the transaction that takes the role away; safe to repeat.
    """
    for organisatie in organisaties:
        if heeft_beheerder(organisatie) or organisatie.meldingen.filter(tekst=ZONDER_BEHEERDER, status="open").exists():
            continue
        Melding.objects.create(organisatie=organisatie, tekst=ZONDER_BEHEERDER)
        notifications.meld_zonder_beheerder(organisatie)


def verwerk_verlies(*, organisatie: Organisatie, gebruiker: Gebruiker) -> None:
    """Finish what taking a role away leaves: invitations stop, the person is told, a last beheerder is missed."""
    trek_uitnodigingen_in(gebruiker_id=gebruiker.pk, organisatie_id=organisatie.pk)
    notifications.meld_rol(gebruiker=gebruiker, organisatie=organisatie, rol="")
    meld_zonder_beheerder([organisatie])
