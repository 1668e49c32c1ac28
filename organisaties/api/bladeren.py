"""Paging as the specification's Page object says, at the same cost on every page.

Lists stand in the order of their primary key. A short list is counted and cut exactly. Of a long one a book of
boundaries is kept for some minutes: its length, and the key of every 500th row. A page then starts at the nearest
boundary before it and skips fewer than 500 rows, however deep it lies. What is new in those minutes is on its
page at once; only the total, and with it the last page, is as old as the book.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet

# Up to so many rows are counted at each request.
EXACT = 5_000
STAP = 500
BEWAARTIJD_SECONDEN = 600
PER_KEER = 200
Rij = tuple[Any, ...]


def blad_van(
    rijen: QuerySet[Any, Any], nummer: int, per_pagina: int, voor_het_boek: Callable[[], None]
) -> tuple[list[Rij], int]:
    """Return one page of rows (tuples that begin with the primary key) and how many rows there are.

    Calls `voor_het_boek` before a book is made, which reads all rows once; it may raise to refuse.
    """
    begin = (nummer - 1) * per_pagina
    sql, parameters = rijen.query.sql_with_params()
    sleutel = "hsds:" + hashlib.sha256(repr((sql, parameters)).encode()).hexdigest()
    boek = cache.get(sleutel)
    if boek is None:
        totaal = rijen.order_by()[: EXACT + 1].count()
        if totaal <= EXACT:
            return (list(rijen[begin : begin + per_pagina]) if begin < totaal else []), totaal
        voor_het_boek()
        boek = _maak_boek(sql, parameters)
        cache.set(sleutel, boek, BEWAARTIJD_SECONDEN)
    totaal, grenzen = boek
    if begin >= totaal:
        return [], totaal
    rest = begin % STAP
    stuk = rijen.filter(pk__gte=grenzen[begin // STAP])
    # With an end to it, PostgreSQL reads this stretch alone, whatever it thinks of the filters.
    tot = (begin + per_pagina - 1) // STAP + 1
    if tot < len(grenzen):
        stuk = stuk.filter(pk__lt=grenzen[tot])
    return list(stuk[rest : rest + per_pagina]), totaal


def _maak_boek(sql: str, parameters: tuple[Any, ...]) -> tuple[int, list[int]]:
    with connection.cursor() as cursor:
        # The rows' own statement is ours and its values go as parameters.
        cursor.execute(
            "SELECT max(nr), array_agg(pk ORDER BY nr) FILTER (WHERE nr %% %s = 1) FROM"  # noqa: S608
            f" (SELECT q.pk, row_number() OVER (ORDER BY q.pk) AS nr FROM ({sql}) q(pk)) r",
            [STAP, *parameters],
        )
        totaal, grenzen = cursor.fetchone()
    return totaal, grenzen


def alles_van(rijen: QuerySet[Any, Any], per_keer: int = PER_KEER) -> Iterator[list[Rij]]:
    """Yield all rows in packets; each continues after the last key, so that memory and cost stay level."""
    na = 0
    while pakket := list(rijen.filter(pk__gt=na)[:per_keer]):
        yield pakket
        na = pakket[-1][0]


def page(totaal: int, nummer: int, per_pagina: int, grootte: int) -> dict[str, Any]:
    """The specification's Page object, without its contents."""
    paginas = max(1, -(-totaal // per_pagina))
    return {
        "total_items": totaal,
        "total_pages": paginas,
        "page_number": nummer,
        "size": grootte,
        "first_page": nummer == 1,
        "last_page": nummer >= paginas,
        "empty": grootte == 0,
    }
