"""In how many listings each word occurs, and the keys by which misspelt words are found."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import connection

from organisaties.models import Woord, Woordverschil

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


def boek(verschillen: Counter[str]) -> None:
    """Write down that words were added to and taken from listings, and add it up unless another does so now."""
    if any(verschillen.values()):
        Woordverschil.objects.bulk_create(
            [Woordverschil(woord=w, verschil=n) for w, n in verschillen.items() if n], batch_size=5000
        )
    tel_op()


def tel_op() -> None:
    """Add the written differences to the words. Only one transaction at a time does; others leave theirs for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SLOT])
        if not cursor.fetchone()[0]:
            return
        cursor.execute(
            """WITH weg AS (DELETE FROM organisaties_woordverschil RETURNING woord, verschil)
            SELECT weg.woord, sum(weg.verschil), bool_or(w.woord IS NOT NULL) FROM weg
            LEFT JOIN organisaties_woord w ON w.woord = weg.woord GROUP BY weg.woord ORDER BY weg.woord"""
        )
        sommen = cursor.fetchall()
        nieuw = [rij for rij in sommen if not rij[2] and rij[1]]
        oud = [(int(som), woord) for woord, som, bestond in sommen if bestond and som]
        cursor.executemany("UPDATE organisaties_woord SET aantal = aantal + %s WHERE woord = %s", oud)
        Woord.objects.bulk_create(maak_woorden((woord, int(som)) for woord, som, _ in nieuw), batch_size=5000)
        if any(som < 0 for som, _ in oud):
            cursor.execute(
                "DELETE FROM organisaties_woord WHERE aantal <= 0 AND woord = ANY(%s)", [[w for _, w in oud]]
            )


def maak_woorden(tellingen: Iterable[tuple[str, int]]) -> Iterator[Woord]:
    for woord, aantal in tellingen:
        yield Woord(woord=woord, aantal=aantal, sleutels=sleutels(als_woord(woord)) or None)
