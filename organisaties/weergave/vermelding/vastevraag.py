"""Queries of the page of a listing that are put together and planned once.

Building such a query with the ORM takes longer than running it, and planning it longer still: it has twenty
subqueries. PostgreSQL keeps the plan of a prepared statement as long as the connection lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import count
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

# Stands in a query that is made once for what it will be asked: a key, or a slug.
IEMAND = -1_000_000_007
IEMANDS_SLUG = "iemand-1000000007"
_NUMMERS = count(1)


class VasteVraag:
    """A queryset on IEMAND or IEMANDS_SLUG; `naam` is that of the prepared statement."""

    def __init__(self, naam: str, maak: Callable[[], QuerySet[Any, Any]]) -> None:
        self.naam, self._maak = naam, maak

    @cached_property
    def _compiler(self) -> Any:
        return self._maak().query.get_compiler(connection=connection)

    @cached_property
    def sql(self) -> str:
        """The statement with $1 for what is asked."""
        sql, waarden = self._compiler.as_sql()
        with connection.cursor() as cursor:
            tekst: str = cursor.cursor.mogrify(sql, waarden)
        return tekst.replace(f"'{IEMANDS_SLUG}'", "$1").replace(str(IEMAND), "$1")

    @cached_property
    def _lezers(self) -> Any:
        return self._compiler.get_converters([kolom[0] for kolom in self._compiler.select])

    def lees(self, rijen: list[tuple[Any, ...]]) -> Iterator[Any]:
        """Objects of the model with their annotations, or dictionaries for a queryset of values()."""
        compiler = self._compiler
        if self._lezers:
            rijen = compiler.apply_converters(rijen, self._lezers)
        if compiler.klass_info is None:
            namen = [kolom[2] for kolom in compiler.select]
            yield from (dict(zip(namen, rij, strict=True)) for rij in rijen)
            return
        model, velden = compiler.klass_info["model"], compiler.klass_info["select_fields"]
        namen = [compiler.select[plaats][0].target.attname for plaats in velden]
        for rij in rijen:
            gevonden = model.from_db(connection.alias, namen, [rij[plaats] for plaats in velden])
            for naam, plaats in compiler.annotation_col_map.items():
                setattr(gevonden, naam, rij[plaats])
            yield gevonden


def vraag(vragen: Sequence[VasteVraag], waarde: int | str) -> list[list[Any]]:
    """Ask all of these the same in one round trip; a list of rows for each.

    Behind a pooler that gives each transaction another connection nothing can be prepared; Django's setting for
    that is looked at.
    """
    stukken: list[str] = []
    waarden: list[Any] = []
    namen: dict[str, str] = {}
    kan_voorbereiden = not settings.DATABASES[connection.alias].get("DISABLE_SERVER_SIDE_CURSORS", False)
    with connection.cursor() as cursor:
        voorbereid = _voorbereid() if kan_voorbereiden else {}
        for een in vragen:
            soort = "text" if isinstance(waarde, str) else "bigint"
            if not kan_voorbereiden:
                stukken.append(een.sql.replace("%", "%%").replace("$1", f"%s::{soort}"))
                waarden += [waarde] * een.sql.count("$1")
                continue
            naam = voorbereid.pop(een.naam, "")
            if not naam:
                naam = f"{een.naam}_{next(_NUMMERS)}"
                stukken.append(f"PREPARE {naam} ({soort}) AS {een.sql.replace('%', '%%')}")
            namen[een.naam] = naam
            stukken.append(f"EXECUTE {naam} (%s)")
            waarden.append(waarde)
        cursor.execute("; ".join(stukken), waarden)
        gelezen: list[list[Any]] = []
        while True:
            if cursor.description is not None:
                gelezen.append(cursor.fetchall())
            if not cursor.nextset():
                break
        # Not before all went well: after an error nobody knows what was prepared, and a new name always works.
        voorbereid |= namen
    return [list(een.lees(rijen)) for een, rijen in zip(vragen, gelezen, strict=True)]


def _voorbereid() -> dict[str, str]:
    """What this connection to the server has prepared, with the names it goes by; a new connection knows nothing."""
    verbinding: Any = connection.connection
    bekend: dict[str, str] | None = getattr(verbinding, "portaal_voorbereid", None)
    if bekend is None:
        bekend = verbinding.portaal_voorbereid = {}
    return bekend
