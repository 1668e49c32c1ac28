"""In how many listings each word occurs, and the keys by which misspelt words are found."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from organisaties.models import Woord

# Arbitrary number for the advisory lock under which differences are added up.
SLOT = 7_305_101
SLEUTELLENGTE = 7
# Spellings of one sound, longest first; a following rule reads what an earlier one wrote.
_KLANKEN = (
    (r"sch(?=e|$)", "s"), (r"ch|gh", "g"), (r"ck|qu|q", "k"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"x", "ks"),
    (r"ph", "v"), (r"th", "t"), (r"tie", "sie"), (r"ij|ei|y", "E"), (r"au|ou", "O"), (r"oe", "U"), (r"eu", "Y"),
    (r"ie", "i"), (r"z", "s"), (r"f", "v"), (r"dt$|d$", "t"), (r"(?<=[a-zA-Z])h(?=[a-zA-Z])", ""),
    (r"(.)\1+", r"\1"),
)  # fmt: skip
_KLANKREGELS = [(re.compile(patroon), klank) for patroon, klank in _KLANKEN]


def klank(woord: str) -> str:
    """How a Dutch word sounds, roughly: 'eenzaamhijd' and 'eenzaamheid' are written the same."""
    for patroon, teken in _KLANKREGELS:
        woord = patroon.sub(teken, woord)
    return woord


def sleutels(woord: str) -> list[str]:
    """Its sound, and its beginning with up to two letters left out; one for a short word, none below four letters."""
    if len(woord) < 4 or not woord.isalpha():
        return []
    begin = woord[:SLEUTELLENGTE]
    gehoord = "=" + klank(woord)
    een = {begin[:n] + begin[n + 1 :] for n in range(len(begin))}
    if len(woord) < 7:
        return sorted({gehoord, begin} | een)
    twee = {vorm[:n] + vorm[n + 1 :] for vorm in een for n in range(len(vorm))}
    return sorted({gehoord, begin} | een | twee)


def als_woord(lexeem: str) -> str:
    """The word that a lexeem stands for, if people may type it; empty for parts and filters."""
    return "" if lexeem[0] in "+@" else lexeem.lstrip("~")


def boek(verschillen: Counter[str], *, openstaand: bool = True) -> None:
    """Add words that came to and went from listings to the counts.

    Only one transaction at a time does; another leaves its differences for the next, so that nobody waits.
    `openstaand` says whether some may have been left.
    """
    anders = {woord: verschil for woord, verschil in verschillen.items() if verschil}
    if not anders and not openstaand:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SLOT])
        if cursor.fetchone()[0]:
            _tel_op(cursor, anders)
        elif anders:
            cursor.execute(
                "INSERT INTO organisaties_woordverschil (woord, verschil) SELECT * FROM unnest(%s::text[], %s::int[])",
                [list(anders), list(anders.values())],
            )


def _tel_op(cursor: Any, anders: dict[str, int]) -> None:
    cursor.execute(
        """WITH weg AS (DELETE FROM organisaties_woordverschil RETURNING woord, verschil),
        som AS (SELECT woord, sum(verschil)::int AS n
            FROM (SELECT woord, verschil FROM weg UNION ALL SELECT * FROM unnest(%s::text[], %s::int[])) a
            GROUP BY woord HAVING sum(verschil) <> 0),
        bij AS (UPDATE organisaties_woord w SET aantal = w.aantal + som.n FROM som WHERE w.woord = som.woord
            RETURNING w.woord, w.aantal)
        SELECT som.woord, som.n, bij.aantal FROM som LEFT JOIN bij ON bij.woord = som.woord
        WHERE bij.aantal IS NULL OR bij.aantal <= 0 ORDER BY som.woord""",
        [list(anders), list(anders.values())],
    )
    rijen = cursor.fetchall()
    nieuw = [(woord, som) for woord, som, aantal in rijen if aantal is None]
    if nieuw:
        Woord.objects.bulk_create(maak_woorden(nieuw), batch_size=5000)
    verdwenen = [woord for woord, _, aantal in rijen if aantal is not None]
    if verdwenen:
        cursor.execute("DELETE FROM organisaties_woord WHERE aantal <= 0 AND woord = ANY(%s)", [verdwenen])


def maak_woorden(tellingen: Iterable[tuple[str, int]]) -> Iterator[Woord]:
    for woord, aantal in tellingen:
        yield Woord(woord=woord, aantal=aantal, sleutels=sleutels(als_woord(woord)) or None)
