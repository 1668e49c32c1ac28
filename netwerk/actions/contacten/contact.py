"""Contact: asking, answering, taking back, ending. Declining is never told, and never shows."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from netwerk.actions.contacten.basis import ContactFout, contact_tussen, eis_geen_blokkade, vergrendel
from netwerk.models import Contact, Introductie, Kennisgeving, Professional
from netwerk.notifications import contacten as notifications

MEEST_OPEN = 100
VERVALT = timedelta(days=365)
NIET_MEER = "Deze vraag is er niet meer."


@transaction.atomic
def vraag(*, door: Professional, aan: Professional, regel: str = "") -> Contact:
    """Ask somebody for contact; twice is once, and who was asked by that very person says yes with it.

    Raises ContactFout for oneself, when either blocked the other, and for more than MEEST_OPEN questions that wait.
    What the other declined looks to the asker as any question: it waits, and nobody is troubled again. Who declined
    and asks later gets contact at once, for the other wanted it.
    """
    if door.pk == aan.pk:
        raise ContactFout("U kunt geen contact met uzelf vragen.")
    vergrendel(door, aan)
    eis_geen_blokkade(door, aan)
    rij = contact_tussen(door, aan)
    if rij is not None and rij.vrager_id == door.pk:
        if rij.is_ingetrokken:
            _eis_ruimte(door)
            _zet(rij, is_ingetrokken=False, regel=regel, gevraagd_op=timezone.now())
        return rij
    if rij is not None and rij.status == Contact.Status.BEVESTIGD:
        return rij
    if rij is not None and not rij.is_ingetrokken:
        return _bevestig(rij, door)
    if rij is not None:
        rij.delete()
    _eis_ruimte(door)
    rij = Contact.objects.create(vrager=door, gevraagde=aan, regel=regel)
    notifications.meld_vraag(rij)
    return rij


def _eis_ruimte(door: Professional) -> None:
    if Contact.objects.gevraagd_door(door).count() >= MEEST_OPEN:
        raise ContactFout(f"Er wachten al {MEEST_OPEN} vragen van u op antwoord. Trek er eerst een in.")


def _zet(rij: Contact, **velden: object) -> None:
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.save(update_fields=list(velden))


def _bevestig(rij: Contact, door: Professional) -> Contact:
    _zet(rij, status=Contact.Status.BEVESTIGD, beantwoord_op=timezone.now(), is_ingetrokken=False)
    Introductie.objects.filter(vrager__in=_paar(rij), doel__in=_paar(rij)).delete()
    notifications.meld_aangenomen(rij, door=door)
    return rij


def _paar(rij: Contact) -> list[int]:
    return [rij.vrager_id, rij.gevraagde_id]


@transaction.atomic
def verbind(*, een: Professional, ander: Professional, herkomst: str) -> Contact:
    """Make two people contacts who both said so elsewhere (``herkomst``: 'uitnodiging', 'introductie').

    Whatever stood between them before; ContactFout when either blocked the other. Nobody gets word.
    """
    vergrendel(een, ander)
    eis_geen_blokkade(een, ander)
    rij = contact_tussen(een, ander) or Contact(vrager=een, gevraagde=ander)
    if rij.status != Contact.Status.BEVESTIGD:
        rij.status, rij.beantwoord_op = Contact.Status.BEVESTIGD, timezone.now()
        rij.herkomst, rij.is_ingetrokken = herkomst, False
        rij.save()
    Introductie.objects.filter(vrager__in=_paar(rij), doel__in=_paar(rij)).delete()
    return rij


@transaction.atomic
def antwoord(*, van: Professional, door: Professional, ja: bool) -> bool:
    """Answer the question of ``van``; True when they are contacts now. No is silent, and yes after yes is once.

    Raises ContactFout when the question was taken back or answered otherwise meanwhile.
    """
    vergrendel(door, van)
    eis_geen_blokkade(door, van)
    rij = contact_tussen(door, van)
    if rij is not None and rij.status == Contact.Status.BEVESTIGD and ja:
        return True
    if rij is None or rij.gevraagde_id != door.pk or rij.status != Contact.Status.GEVRAAGD:
        raise ContactFout(NIET_MEER)
    Kennisgeving.objects.ongelezen().filter(ontvanger=door.gebruiker_id, over=f"contact:{rij.pk}").update(
        gelezen_op=timezone.now()
    )
    if ja:
        _bevestig(rij, door)
    else:
        _zet(rij, status=Contact.Status.AFGEWEZEN, beantwoord_op=timezone.now())
    return ja


@transaction.atomic
def trek_in(*, door: Professional, aan: Professional) -> bool:
    """Take a question back; the word about it goes too. False when there was none that waits."""
    vergrendel(door, aan)
    rij = Contact.objects.gevraagd_door(door).filter(gevraagde=aan).first()
    if rij is None:
        return False
    Kennisgeving.objects.filter(ontvanger=aan.gebruiker_id, over=f"contact:{rij.pk}").delete()
    if rij.status == Contact.Status.AFGEWEZEN:
        _zet(rij, is_ingetrokken=True, regel="")
    else:
        rij.delete()
    return True


@transaction.atomic
def beeindig(*, door: Professional, ander: Professional) -> bool:
    """End a contact; the other gets no word of it. False when there was none."""
    vergrendel(door, ander)
    return bool(Contact.objects.bevestigd().tussen(door, ander).delete()[0])


def ruim_op() -> int:
    """Erase questions of which nothing came within a year: what waits and what was declined alike."""
    oud = Contact.objects.exclude(status=Contact.Status.BEVESTIGD).filter(gevraagd_op__lt=timezone.now() - VERVALT)
    return oud.delete()[0]
