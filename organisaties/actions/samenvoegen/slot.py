"""Locking two listings, and what is said when they cannot be merged or undone."""

from collections.abc import Iterable

from django.db.models import Q

from organisaties.models import Organisatie


class SamenvoegFout(Exception):
    """This cannot be merged or undone; the message is in Dutch, for the screen."""


def vergrendel(pks: Iterable[int]) -> dict[int, Organisatie]:
    """Lock listings, and those that were merged into them before, in the order of their keys."""
    pks = list(pks)
    rijen = (
        Organisatie.objects.select_for_update(of=("self",))
        .filter(Q(pk__in=pks) | Q(samengevoegd_met__in=pks))
        .order_by("pk")
    )
    return {rij.pk: rij for rij in rijen if rij.pk in pks}
