"""Keeping the search tables equal to the published listings."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction

from organisaties.models import Organisatie, Woord, Woordverschil, Zoekopening, Zoekpunt, Zoekrij
from organisaties.zoeken.rij import Rij, maak_rijen
from organisaties.zoeken.tellingen import SLOT, boek, maak_woorden

PER_KEER = 500
KOLOMMEN = (
    "organisatie_id, score, is_top, naamsleutel, aanbod, vector, themas, doelgroepen, gemeenten, soort, is_gratis,"
    " gepubliceerd_op, punt"
)
# Below so many rows the best tenth needs no index of its own.
TOP_VANAF = 20_000


def ververs(organisatie_ids: Iterable[int]) -> None:
    """Bring the search tables up to date for these organisations; one that is not published leaves them.

    Call it in the transaction that changes the listing or its parts. Safe to repeat.
    """
    with transaction.atomic():
        for ids in batched(dict.fromkeys(organisatie_ids), PER_KEER, strict=False):
            verschillen = _haal_weg(ids)
            for rij in _schrijf(list(maak_rijen(ids))):
                verschillen.update(rij.lexemen.keys())
            boek(verschillen)


def verwijder(organisatie_ids: Iterable[int]) -> None:
    """Take these organisations out of the search tables."""
    with transaction.atomic():
        boek(_haal_weg(tuple(organisatie_ids)))


def _haal_weg(ids: tuple[int, ...]) -> Counter[str]:
    verschillen: Counter[str] = Counter()
    with connection.cursor() as cursor:
        # The listing is locked first: two saves of one listing wait here instead of both writing its row.
        cursor.execute("SELECT 1 FROM organisaties_organisatie WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(ids)])
        cursor.execute(
            "DELETE FROM organisaties_zoekrij WHERE organisatie_id = ANY(%s) RETURNING tsvector_to_array(vector)",
            [list(ids)],
        )
        for (lexemen,) in cursor.fetchall():
            verschillen.subtract(lexemen)
        for tabel in ("zoekpunt", "zoekopening"):
            cursor.execute(f"DELETE FROM organisaties_{tabel} WHERE organisatie_id = ANY(%s)", [list(ids)])  # noqa: S608
    return verschillen


def _waarden(rij: Rij) -> tuple[Any, ...]:
    return (
        rij.organisatie_id, rij.score, False, rij.naamsleutel, rij.aanbod, rij.vector, rij.themas, rij.doelgroepen,
        rij.gemeenten, rij.soort, rij.is_gratis, rij.gepubliceerd_op, rij.enig_punt,
    )  # fmt: skip


def _schrijf(rijen: list[Rij]) -> list[Rij]:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO organisaties_zoekrij ({KOLOMMEN})"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s, %s::tsvector, %s, %s, %s, %s, %s, %s, %s::point)",
            [_waarden(rij) for rij in rijen],
        )
    _schrijf_delen(rijen)
    return rijen


def _schrijf_delen(rijen: list[Rij]) -> None:
    Zoekpunt.objects.bulk_create(
        [Zoekpunt(organisatie_id=rij.organisatie_id, punt=punt) for rij in rijen for punt in rij.punten]
    )
    Zoekopening.objects.bulk_create(
        [
            Zoekopening(organisatie_id=rij.organisatie_id, week=week, afwijkende_dagen=dagen, afwijkend_open=open_op)
            for rij in rijen
            for week, dagen, open_op in rij.openingen
        ]
    )


def herbouw(voortgang: Callable[[int, int], None] | None = None) -> int:
    """Build the search tables anew from all published listings and return how many there are.

    One transaction: visitors see the old tables until it is done. Calls `voortgang(gedaan, totaal)`.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        ids = list(Organisatie.objects.zichtbaar().order_by("pk").values_list("pk", flat=True))
        for model in (Zoekpunt, Zoekopening, Woordverschil, Woord):
            model.objects.all().delete()
        tellingen: Counter[str] = Counter()
        # A rebuild may come twice in one outer transaction.
        cursor.execute("DROP TABLE IF EXISTS pg_temp.zoekrij_nieuw")
        cursor.execute("CREATE TEMP TABLE zoekrij_nieuw (LIKE organisaties_zoekrij) ON COMMIT DROP")
        for gedaan, rijen in _in_stukken(ids):
            with cursor.copy(f"COPY zoekrij_nieuw ({KOLOMMEN}) FROM STDIN") as kopie:
                for rij in rijen:
                    kopie.write_row(_waarden(rij))
                    tellingen.update(rij.lexemen.keys())
            _schrijf_delen(rijen)
            if voortgang:
                voortgang(gedaan, len(ids))
        neem_over(cursor, len(ids))
        for stuk in batched(maak_woorden(sorted(tellingen.items())), 5000, strict=False):
            Woord.objects.bulk_create(stuk)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE organisaties_zoekrij, organisaties_zoekpunt, organisaties_zoekopening, organisaties_woord"
        )
    return len(ids)


def neem_over(cursor: Any, aantal: int) -> None:
    """Replace the rows by those of zoekrij_nieuw, best score first, and mark the best tenth of a large table."""
    if aantal < TOP_VANAF:
        cursor.execute("DELETE FROM organisaties_zoekrij")
        _voeg_in(cursor, 0)
        return
    # Filling a GIN index row by row takes ten times as long as building it.
    woordindexen = [index for index in Zoekrij._meta.indexes if isinstance(index, GinIndex)]
    with connection.schema_editor() as editor:
        cursor.execute("DELETE FROM organisaties_zoekrij")
        for index in woordindexen:
            editor.remove_index(Zoekrij, index)
        _voeg_in(cursor, aantal // 10)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for index in woordindexen:
            editor.add_index(Zoekrij, index)


def _voeg_in(cursor: Any, top: int) -> None:
    cursor.execute(
        f"INSERT INTO organisaties_zoekrij ({KOLOMMEN}) SELECT organisatie_id, score,"  # noqa: S608
        " row_number() OVER (ORDER BY score DESC, organisatie_id) <= %s, naamsleutel, aanbod, vector, themas, doelgroepen,"
        " gemeenten, soort, is_gratis, gepubliceerd_op, punt FROM zoekrij_nieuw ORDER BY score DESC, organisatie_id",
        [top],
    )


def _in_stukken(ids: list[int]) -> Iterator[tuple[int, list[Rij]]]:
    for nummer, stuk in enumerate(batched(ids, PER_KEER, strict=False)):
        yield nummer * PER_KEER + len(stuk), list(maak_rijen(stuk))
