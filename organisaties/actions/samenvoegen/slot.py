"""Locking two listings, and what is said when they cannot be merged or undone."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from organisaties.models import Organisatie

ADVISORY_LOCK = 20261123


class SamenvoegFout(Exception):
    """This cannot be merged or undone; the message is in Dutch, for the screen."""


def vergrendel(pks: Iterable[int]) -> dict[int, Organisatie]:
    """Lock listings, and those that were merged into them before, in the order of their keys.

    Merges come one after another: each touches listings that it learns of only on its way.
    """
    pks = list(pks)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    rijen = (
        Organisatie.objects.select_for_update(of=("self",))
        .filter(Q(pk__in=pks) | Q(samengevoegd_met__in=pks))
        .order_by("pk")
    )
    return {rij.pk: rij for rij in rijen if rij.pk in pks}
