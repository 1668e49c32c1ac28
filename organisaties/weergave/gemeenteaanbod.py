"""The best listings of a municipality for each theme, by name, in one query."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import connection
from django.urls import reverse

GENOEMD = 3
# From so many listings on, the first few in the order of their score are met soon; of fewer the words' index finds all.
VEEL = 300

_UIT = """
  SELECT thema.slug AS thema, thema.plek, gevonden.* FROM unnest(%s::text[]) WITH ORDINALITY AS thema(slug, plek)
  CROSS JOIN LATERAL (
    SELECT o.naam, o.slug, z.score, z.organisatie_id FROM organisaties_zoekrij z
    JOIN organisaties_organisatie o ON o.id = z.organisatie_id AND o.status = 'gepubliceerd'
    WHERE z.vector @@ (quote_literal(%s) || ' & ' || quote_literal('@t:' || thema.slug))::tsquery
    ORDER BY {volgorde} DESC, z.organisatie_id LIMIT %s) gevonden
"""
# '+ 0' keeps the planner from walking all listings best first for the few of a small town.
_NAMEN = " ".join(
    [
        "SELECT thema, naam, slug FROM (",
        _UIT.format(volgorde="z.score"),
        "UNION ALL",
        _UIT.format(volgorde="z.score + 0"),
        ") alle ORDER BY plek, score DESC, organisatie_id",
    ]
)


class Genoemd(NamedTuple):
    """A listing by name."""

    naam: str
    url: str


def genoemd_per_thema(gemeente: str, aantallen: Mapping[str, int]) -> dict[str, list[Genoemd]]:
    """Return for each theme the best few listings that are in a municipality (CBS code) or work there.

    ``aantallen`` is by theme (slug) about how many there are, which says how to look for them.
    """
    veel = [slug for slug, aantal in aantallen.items() if aantal >= VEEL]
    weinig = [slug for slug, aantal in aantallen.items() if aantal < VEEL]
    hier = f"@g:{gemeente}"
    with connection.cursor() as cursor:
        cursor.execute(_NAMEN, [veel, hier, GENOEMD, weinig, hier, GENOEMD])
        gevonden: dict[str, list[Genoemd]] = {}
        for thema, naam, slug in cursor.fetchall():
            gevonden.setdefault(thema, []).append(Genoemd(naam, reverse("organisaties:detail", args=[slug])))
    return gevonden
