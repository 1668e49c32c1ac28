"""An organisation that supports a network: asked by one side, confirmed by the other."""

from django.db import transaction
from django.utils import timezone

from netwerk.actions.netwerken.basis import WEG, NetwerkFout, vergrendel, vergrendel_als_beheerder
from netwerk.models import Netwerk, NetwerkSteun, Professional
from netwerk.notifications import netwerken as notifications
from organisaties.models import Organisatie
from organisaties.permissions import mag_beheren
from welzijnportal.accounts.models import Gebruiker

MEEST = 40


@transaction.atomic
def vraag_als_netwerk(*, netwerk: Netwerk, organisatie: Organisatie, door: Professional) -> NetwerkSteun:
    """Ask an organisation to support the network; its beheerders get word. Asked by both, it is confirmed."""
    netwerk = vergrendel_als_beheerder(netwerk, door)
    return _vraag(netwerk, organisatie, NetwerkSteun.Kant.NETWERK, door.gebruiker)


@transaction.atomic
def vraag_als_organisatie(*, netwerk: Netwerk, organisatie: Organisatie, door: Gebruiker) -> NetwerkSteun:
    """Offer support in the name of an organisation; the network's beheerders get word."""
    netwerk = vergrendel(netwerk)
    if not netwerk.is_levend:
        raise NetwerkFout(WEG)
    _eis_beheer(organisatie, door)
    return _vraag(netwerk, organisatie, NetwerkSteun.Kant.ORGANISATIE, door)


def _eis_beheer(organisatie: Organisatie, door: Gebruiker) -> None:
    if not mag_beheren(door, organisatie):
        raise NetwerkFout("U bent geen beheerder van deze organisatie.")


def _vraag(netwerk: Netwerk, organisatie: Organisatie, kant: NetwerkSteun.Kant, door: Gebruiker) -> NetwerkSteun:
    bestaand = NetwerkSteun.objects.filter(netwerk=netwerk, organisatie=organisatie).first()
    if bestaand is not None:
        if bestaand.status == NetwerkSteun.Status.GEVRAAGD and bestaand.gevraagd_door_kant != kant:
            return _bevestig(bestaand, door)
        raise NetwerkFout(f"{organisatie} steunt dit netwerk al, of het is al gevraagd.")
    if netwerk.steun.count() >= MEEST:
        raise NetwerkFout(f"Een netwerk heeft hoogstens {MEEST} organisaties die het steunen.")
    steun = NetwerkSteun.objects.create(
        netwerk=netwerk, organisatie=organisatie, gevraagd_door_kant=kant, gevraagd_door=door
    )
    notifications.meld_steun_gevraagd(steun)
    return steun


def _bevestig(steun: NetwerkSteun, door: Gebruiker) -> NetwerkSteun:
    steun.status, steun.bevestigd_op, steun.bevestigd_door = NetwerkSteun.Status.BEVESTIGD, timezone.now(), door
    steun.save(update_fields=["status", "bevestigd_op", "bevestigd_door"])
    notifications.meld_steun_bevestigd(steun)
    return steun


def _vers(steun: NetwerkSteun) -> NetwerkSteun:
    vers = NetwerkSteun.objects.select_related("netwerk", "organisatie").filter(pk=steun.pk).first()
    if vers is None:
        raise NetwerkFout("Deze vraag is intussen ingetrokken.")
    return vers


@transaction.atomic
def antwoord_als_netwerk(*, steun: NetwerkSteun, ja: bool, door: Professional) -> None:
    """Confirm what an organisation offered, or end the support (also one that is confirmed)."""
    vergrendel_als_beheerder(steun.netwerk, door)
    _antwoord(_vers(steun), ja, NetwerkSteun.Kant.ORGANISATIE, door.gebruiker)


@transaction.atomic
def antwoord_als_organisatie(*, steun: NetwerkSteun, ja: bool, door: Gebruiker) -> None:
    """Confirm what a network asked, or end the support (also one that is confirmed)."""
    vergrendel(steun.netwerk)
    vers = _vers(steun)
    _eis_beheer(vers.organisatie, door)
    _antwoord(vers, ja, NetwerkSteun.Kant.NETWERK, door)


def _antwoord(steun: NetwerkSteun, ja: bool, gevraagd_door_kant: NetwerkSteun.Kant, door: Gebruiker) -> None:
    if not ja:
        steun.delete()
        return
    if steun.status == NetwerkSteun.Status.BEVESTIGD:
        return
    if steun.gevraagd_door_kant != gevraagd_door_kant:
        raise NetwerkFout("De andere kant moet dit bevestigen.")
    _bevestig(steun, door)
