"""Warm introductions: asked by one, passed on by another, decided by the third."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from netwerk.actions.contacten.basis import WEG, ContactFout, eis_geen_blokkade, vergrendel
from netwerk.actions.contacten.contact import verbind
from netwerk.models import Introductie, Professional
from netwerk.notifications import contacten as notifications
from netwerk.permissions import zijn_contacten

BEWAAR = timedelta(days=30)
Status = Introductie.Status


@transaction.atomic
def vraag_introductie(*, door: Professional, via: Professional, doel: Professional, regel: str) -> Introductie:
    """Ask a contact to introduce one to somebody; ContactFout when it was asked already or cannot be.

    Whether the contact knows that other is not told: it is for the contact to say so, or to let it rest.
    """
    if len({door.pk, via.pk, doel.pk}) < 3:
        raise ContactFout(WEG)
    vergrendel(door, via, doel)
    eis_geen_blokkade(door, doel)
    if not zijn_contacten(door, via):
        raise ContactFout(f"{via} is geen contact van u (meer). Kies iemand anders.")
    if zijn_contacten(door, doel):
        raise ContactFout(f"U en {doel} zijn al contacten.")
    if Introductie.objects.filter(vrager=door, doel=doel).exists():
        raise ContactFout("U vroeg dit al. Na 30 dagen kunt u het iemand anders vragen.")
    introductie = Introductie.objects.create(vrager=door, via=via, doel=doel, regel=regel)
    notifications.meld_introductie_gevraagd(introductie)
    return introductie


def _vergrendel(introductie: Introductie, status: str) -> Introductie:
    vergrendel(introductie.vrager, introductie.via, introductie.doel)
    rijen = Introductie.objects.select_for_update(of=("self",)).select_related("vrager", "via", "doel")
    vers = rijen.filter(pk=introductie.pk, status=status).first()
    if vers is None:
        raise ContactFout("Deze vraag is er niet meer, of is al beantwoord.")
    eis_geen_blokkade(vers.vrager, vers.doel)
    return vers


@transaction.atomic
def geef_door(*, introductie: Introductie, regel: str) -> None:
    """Pass a question on with a line, by the one in the middle; ContactFout without contact with the third."""
    vers = _vergrendel(introductie, Status.GEVRAAGD)
    if not zijn_contacten(vers.via, vers.doel):
        raise ContactFout(f"U hebt zelf geen contact met {vers.doel}.")
    vers.status, vers.regel_via, vers.doorgegeven_op = Status.DOORGEGEVEN, regel, timezone.now()
    vers.save(update_fields=["status", "regel_via", "doorgegeven_op"])
    notifications.meld_introductie(vers)


@transaction.atomic
def laat_rusten(*, introductie: Introductie) -> None:
    """Do not pass it on; nobody gets word."""
    vers = _vergrendel(introductie, Status.GEVRAAGD)
    vers.status, vers.beantwoord_op = Status.NIET_DOOR, timezone.now()
    vers.save(update_fields=["status", "beantwoord_op"])


@transaction.atomic
def besluit(*, introductie: Introductie, ja: bool) -> bool:
    """Say yes, which makes the two contacts and tells the others, or no, of which nobody gets word."""
    vers = _vergrendel(introductie, Status.DOORGEGEVEN)
    if not ja:
        vers.status, vers.beantwoord_op = Status.AFGEWEZEN, timezone.now()
        vers.save(update_fields=["status", "beantwoord_op"])
        return False
    verbind(een=vers.vrager, ander=vers.doel, herkomst="introductie")
    notifications.meld_voorgesteld(vrager=vers.vrager, via=vers.via, doel=vers.doel)
    return True


def ruim_op() -> int:
    """Erase introductions 30 days after they were asked."""
    return Introductie.objects.filter(gevraagd_op__lt=timezone.now() - BEWAAR).delete()[0]
