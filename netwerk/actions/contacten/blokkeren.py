"""Wanting nothing of somebody any more."""

from django.db import transaction
from django.db.models import Q

from netwerk.actions.contacten.basis import ContactFout
from netwerk.models import Blokkade, Contact, Introductie, Kennisgeving, Professional, Volgt


@transaction.atomic
def blokkeer(*, door: Professional, wie: Professional) -> None:
    """Block somebody: to each other the two do not exist any more; twice is once. Raises ContactFout for oneself.

    Contact, questions, introductions and following between them end, and what the blocked person caused in the
    list of words of the other goes. The blocked person gets no word. Also somebody whose account is closed, or
    who blocked the other first, can be blocked.
    """
    if door.pk == wie.pk:
        raise ContactFout("U kunt uzelf niet blokkeren.")
    list(
        Professional.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[door.pk, wie.pk])
        .order_by("pk")
        .values_list("pk")
    )
    Blokkade.objects.bulk_create([Blokkade(door=door, geblokkeerd=wie)], ignore_conflicts=True)
    paar = [door.pk, wie.pk]
    Contact.objects.tussen(door, wie).delete()
    Introductie.objects.filter(
        Q(vrager__in=paar, doel__in=paar) | Q(vrager__in=paar, via__in=paar) | Q(via__in=paar, doel__in=paar)
    ).delete()
    Volgt.objects.filter(volger__in=paar, professional__in=paar).delete()
    Kennisgeving.objects.filter(ontvanger=door.gebruiker_id, door=wie).delete()


def deblokkeer(*, door: Professional, wie: Professional) -> None:
    """Take one's own block away; what was between the two does not come back."""
    Blokkade.objects.filter(door=door, geblokkeerd=wie).delete()
