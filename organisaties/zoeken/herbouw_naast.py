"""A rebuild of a large index beside the running portal: tables of its own, filled by processes, then exchanged.

Nobody waits but for the exchange, which is a matter of names. A run that is cut off leaves only tables whose names
begin with bouw_, and the next run throws them away.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from itertools import batched
from typing import Any

import django
from django.db import connection, transaction

from organisaties.keuzes import Status
from organisaties.zoeken import kaartgegevens
from organisaties.zoeken.bron import lees_bronnen
from organisaties.zoeken.opbouw import KOLOMMEN, waarden
from organisaties.zoeken.rij import alle_lexemen_van, maak_rij
from organisaties.zoeken.tellingen import SLOT, maak_woorden

# The statements are put together from texts of our own and names out of the catalogue.
# ruff: noqa: S608

# From so many listings on a rebuild takes long enough to do it so.
GROOT = 20_000
TABELLEN = ("zoekrij", "zoekpunt", "zoekopening", "zoekkaart", "woord")
BLOK, STUK = 10_000, 1000
MAX_PROCESSEN = 4
BOUWSLOT = 7_305_102
_woordkennis = cache(alle_lexemen_van)


def bouw(aantal: int, voortgang: Callable[[int, int], object]) -> list[int]:
    """Put new tables in the place of the old ones; return the listings that changed meanwhile, to be done again.

    Must not be called in a transaction. Only one runs at a time; a second waits for the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0; SET maintenance_work_mem = '512MB'")
        cursor.execute("SELECT pg_advisory_lock(%s)", [BOUWSLOT])
        try:
            begin = _begin(cursor)
            tellingen = _vul(aantal, voortgang)
            _rangschik(cursor)
            _schrijf_woorden(cursor, tellingen)
            namen = [naam for tabel in TABELLEN for naam in _maak_indexen(cursor, tabel)]
            gewijzigd = _wissel(cursor, begin, namen)
            for tabel in TABELLEN:
                cursor.execute(f"ANALYZE organisaties_{tabel}")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [BOUWSLOT])
    connection.close()
    return gewijzigd


def _begin(cursor: Any) -> Any:
    """Make empty tables, and note a moment after which every writer's work counts as changed meanwhile."""
    for tabel in ("rij", *TABELLEN):
        cursor.execute(f"DROP TABLE IF EXISTS bouw_{tabel}")
    cursor.execute("CREATE UNLOGGED TABLE bouw_rij (LIKE organisaties_zoekrij INCLUDING DEFAULTS INCLUDING STORAGE)")
    for tabel in TABELLEN:
        cursor.execute(
            f"CREATE TABLE bouw_{tabel} (LIKE organisaties_{tabel} INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING IDENTITY)"
        )
    for tabel in ("bouw_rij", "bouw_zoekrij"):
        cursor.execute(f"ALTER TABLE {tabel} SET (toast_tuple_target = 8160)")
    with transaction.atomic():
        # Waits for those who are writing now; what they wrote is read below.
        cursor.execute("LOCK TABLE organisaties_zoekrij IN SHARE MODE")
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _vul(aantal: int, voortgang: Callable[[int, int], object]) -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM organisaties_organisatie")
        eerste, laatste = cursor.fetchone()
    tellingen: Counter[str] = Counter()
    gedaan = 0
    with ProcessPoolExecutor(
        min(os.process_cpu_count() or 1, MAX_PROCESSEN), multiprocessing.get_context("spawn"), initializer=django.setup
    ) as processen:
        naam = connection.settings_dict["NAME"]
        werk = [processen.submit(vul_blok, naam, van, laatste) for van in range(eerste, laatste + 1, BLOK)]
        for klaar in as_completed(werk):
            geteld, rijen = klaar.result()
            tellingen.update(geteld)
            gedaan += rijen
            voortgang(min(gedaan, aantal), aantal)
    return tellingen


def vul_blok(database: str, van: int, laatste: int) -> tuple[Counter[str], int]:
    """The work of a process: the rows of one block of listings, committed at once."""
    if connection.settings_dict["NAME"] != database:
        connection.close()
        connection.settings_dict["NAME"] = database
    tellingen: Counter[str] = Counter()
    aantal = 0
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET synchronous_commit = off")
        for ids in batched(range(van, min(van + BLOK, laatste + 1)), STUK, strict=False):
            bronnen = list(lees_bronnen(ids))
            rijen = [maak_rij(bron, _woordkennis) for bron in bronnen]
            aantal += len(rijen)
            with cursor.copy(f"COPY bouw_rij ({KOLOMMEN}) FROM STDIN") as kopie:
                for rij in rijen:
                    kopie.write_row(waarden(rij))
                    tellingen.update(rij.lexemen.keys())
            with cursor.copy(f"COPY bouw_zoekkaart ({kaartgegevens.KOLOMMEN}) FROM STDIN") as kopie:
                for bron in bronnen:
                    kopie.write_row(kaartgegevens.maak_kaart(bron))
            with cursor.copy("COPY bouw_zoekpunt (organisatie_id, punt) FROM STDIN") as kopie:
                for rij in rijen:
                    for x, y in rij.punten:
                        kopie.write_row((rij.organisatie_id, f"({x!r},{y!r})"))
            with cursor.copy(
                "COPY bouw_zoekopening (organisatie_id, week, afwijkende_dagen, afwijkend_open) FROM STDIN"
            ) as kopie:
                for rij in rijen:
                    for opening in rij.openingen:
                        kopie.write_row((rij.organisatie_id, *opening))
    return tellingen, aantal


def _rangschik(cursor: Any) -> None:
    """Best score first, with the layers of the best sixty-fourth, sixteenth and quarter."""
    cursor.execute("SET work_mem = '256MB'")
    cursor.execute(
        f"INSERT INTO bouw_zoekrij ({KOLOMMEN}, laag) SELECT {KOLOMMEN},"
        " CASE WHEN n * 64 <= t THEN 3 WHEN n * 16 <= t THEN 2 WHEN n * 4 <= t THEN 1 ELSE 0 END"
        " FROM (SELECT *, row_number() OVER (ORDER BY score DESC, organisatie_id) AS n, count(*) OVER () AS t"
        " FROM bouw_rij) r ORDER BY n"
    )
    cursor.execute("DROP TABLE bouw_rij")


def _schrijf_woorden(cursor: Any, tellingen: Counter[str]) -> None:
    with cursor.copy("COPY bouw_woord (woord, aantal, sleutels) FROM STDIN") as kopie:
        for woord in maak_woorden(sorted(tellingen.items())):
            kopie.write_row((woord.woord, woord.aantal, woord.sleutels))


def _maak_indexen(cursor: Any, tabel: str) -> list[tuple[str, str]]:
    """Give a new table the indexes and keys of the old one; return what must be renamed when they are exchanged."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('p', 'u')",
        [f"organisaties_{tabel}"],
    )
    sleutels = cursor.fetchall()
    for naam, definitie in sleutels:
        cursor.execute(f'ALTER TABLE bouw_{tabel} ADD CONSTRAINT "bouw_{naam}" {definitie}')
    cursor.execute(
        "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid"
        " AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u')) ORDER BY 1",
        [f"organisaties_{tabel}"],
    )
    indexen = cursor.fetchall()
    for naam, definitie in indexen:
        nieuw = definitie.replace(f" INDEX {naam} ON ", f' INDEX "bouw_{naam}" ON ', 1)
        cursor.execute(nieuw.replace(f".organisaties_{tabel} ", f".bouw_{tabel} ", 1))
    return [(f'ALTER INDEX "bouw_{naam}" RENAME TO "{naam}"', naam) for naam, _ in [*sleutels, *indexen]]


def _wissel(cursor: Any, begin: Any, namen: list[tuple[str, str]]) -> list[int]:
    """Exchange the tables; return the listings that were written or taken away since `begin`.

    Locks in the order in which a save does, first the listing and then its row.
    """
    with transaction.atomic():
        cursor.execute("LOCK TABLE organisaties_organisatie IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            "LOCK TABLE organisaties_zoekrij, organisaties_zoekpunt, organisaties_zoekopening, organisaties_zoekkaart"
        )
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        cursor.execute(
            """SELECT organisatie_id FROM organisaties_zoekrij WHERE bijgewerkt_op >= %s
            UNION SELECT organisatie_id FROM organisaties_zoekkaart WHERE bijgewerkt_op >= %s
            UNION SELECT nieuw.organisatie_id FROM bouw_zoekrij nieuw
            LEFT JOIN organisaties_organisatie o ON o.id = nieuw.organisatie_id AND o.status = %s
            WHERE o.id IS NULL""",
            [begin, begin, Status.GEPUBLICEERD],
        )
        gewijzigd = [pk for (pk,) in cursor.fetchall()]
        for tabel in ("zoekrij", "zoekpunt", "zoekopening", "zoekkaart"):
            cursor.execute(
                f"DELETE FROM bouw_{tabel} b WHERE organisatie_id = ANY(%s)"
                " AND NOT EXISTS (SELECT 1 FROM organisaties_organisatie o WHERE o.id = b.organisatie_id)",
                [gewijzigd],
            )
        cursor.execute("DELETE FROM organisaties_woordverschil")
        geldig = []
        for tabel in TABELLEN:
            cursor.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
                [f"organisaties_{tabel}"],
            )
            verwijzingen = cursor.fetchall()
            cursor.execute(f"DROP TABLE organisaties_{tabel}")
            cursor.execute(f"ALTER TABLE bouw_{tabel} RENAME TO organisaties_{tabel}")
            for naam, definitie in verwijzingen:
                cursor.execute(f'ALTER TABLE organisaties_{tabel} ADD CONSTRAINT "{naam}" {definitie} NOT VALID')
                geldig.append(f'ALTER TABLE organisaties_{tabel} VALIDATE CONSTRAINT "{naam}"')
        for hernoem, _ in namen:
            cursor.execute(hernoem)
    for opdracht in geldig:
        cursor.execute(opdracht)
    return gewijzigd
