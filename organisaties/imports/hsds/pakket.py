"""Reading the package: a zip with datapackage.json and a CSV per table, put in a table of the connection."""

# The statements are put together from names of our own; what a file says goes as a parameter or by COPY.

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import connection

from organisaties.imports.rijen import Probleem
from organisaties.imports.uitvoeren import ADVISORY_LOCK, ImportGeweigerd
from welzijnportal.tabular import TabelFout

MAX_UITGEPAKT = 4 * 1024**3
MAX_BESCHRIJVING = 5 * 1024 * 1024
MAX_BESTANDEN = 200
EERSTE_FOUTEN = 10
# The tables that are read, and the column by which a row belongs to another.
TABELLEN = {
    "organization": (), "service": ("organization_id",), "location": ("organization_id",),
    "service_at_location": ("service_id",), "address": ("location_id",),
    "phone": ("organization_id", "location_id", "service_id"), "schedule": ("service_id", "location_id"),
    "language": ("service_id",), "cost_option": ("service_id",), "organization_identifier": ("organization_id",),
    "attribute": ("link_id",), "service_area": ("service_id",), "taxonomy_term": (),
}  # fmt: skip
_WOORD = "Dit is geen HSDS-pakket: "


@contextmanager
def open_pakket(pad: Path) -> Iterator[list[Probleem]]:
    """Read a package into `hsds_rij` of this connection; yields its first ten problems. One import runs at a time.

    Raises TabelFout for a file that is no such package, OSError, and ImportGeweigerd while another import runs.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportGeweigerd("Er loopt al een andere import. Wacht tot die klaar is en probeer het dan opnieuw.")
        try:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("DROP TABLE IF EXISTS hsds_rij")
            cursor.execute("CREATE TEMP TABLE hsds_rij (tabel text, nummer bigint, id text, ouder text, rij jsonb)")
            yield _lees(cursor, pad)
        finally:
            if connection.is_usable():
                cursor.execute("DROP TABLE IF EXISTS hsds_rij")
                cursor.execute("RESET statement_timeout")
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _lees(cursor: Any, pad: Path) -> list[Probleem]:
    problemen: list[Probleem] = []
    try:
        with zipfile.ZipFile(pad) as archief:
            for tabel, naam in _tabellen(archief).items():
                _lees_tabel(cursor, archief, tabel, naam, problemen)
                if len(problemen) >= EERSTE_FOUTEN:
                    return problemen[:EERSTE_FOUTEN]
    # zipfile has no error of its own for an unknown compression or a password: these are Python's plain ones.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise TabelFout(f"{_WOORD}het bestand is geen zip, is beschadigd of heeft een wachtwoord.") from error
    cursor.execute("CREATE INDEX ON hsds_rij (tabel, ouder)")
    cursor.execute("CREATE INDEX ON hsds_rij (tabel, id)")
    cursor.execute("ANALYZE hsds_rij")
    cursor.execute(
        "SELECT tabel, id, max(nummer) FROM hsds_rij GROUP BY tabel, id HAVING count(DISTINCT rij) > 1 LIMIT 10"
    )
    problemen += [
        Probleem(nummer, tabel, pk[:80], "Deze id staat er meer dan eens.", True) for tabel, pk, nummer in cursor
    ]
    cursor.execute(
        "SELECT d.nummer, d.ouder FROM hsds_rij d WHERE d.tabel = 'service' AND NOT EXISTS"
        " (SELECT FROM hsds_rij o WHERE o.tabel = 'organization' AND o.id = d.ouder) ORDER BY 1 LIMIT 10"
    )
    problemen += [
        Probleem(nummer, "service", str(ouder)[:80], "De organisatie van deze dienst staat niet in het pakket.", True)
        for nummer, ouder in cursor
    ]
    return problemen[:EERSTE_FOUTEN]


def _tabellen(archief: zipfile.ZipFile) -> dict[str, str]:
    """Return by table of HSDS the file that holds it."""
    delen = archief.infolist()
    if len(delen) > MAX_BESTANDEN or sum(deel.file_size for deel in delen) > MAX_UITGEPAKT:
        raise TabelFout("Dit pakket wordt uitgepakt te groot. Verdeel het over een paar pakketten.")
    namen = {deel.filename: deel for deel in delen}
    beschrijving = next((naam for naam in namen if PurePosixPath(naam).name == "datapackage.json"), "")
    if not beschrijving or namen[beschrijving].file_size > MAX_BESCHRIJVING:
        raise TabelFout(f"{_WOORD}er zit geen datapackage.json in.")
    try:
        bronnen = json.loads(archief.read(beschrijving))["resources"]
        map_van = PurePosixPath(beschrijving).parent
        gevonden = {str(bron["name"]): str(map_van / str(bron["path"])) for bron in bronnen}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise TabelFout(f"{_WOORD}datapackage.json is niet te lezen.") from error
    gevonden = {_enkelvoud(naam): pad for naam, pad in gevonden.items() if pad in namen}
    if "organization" not in gevonden or "service" not in gevonden:
        raise TabelFout(f"{_WOORD}de tabellen 'organization' en 'service' ontbreken.")
    return {tabel: gevonden[tabel] for tabel in TABELLEN if tabel in gevonden}


def _enkelvoud(naam: str) -> str:
    """Publishers name their tables in the plural as well."""
    vormen = {f"{tabel}s": tabel for tabel in TABELLEN} | {
        "addresses": "address",
        "service_at_locations": "service_at_location",
    }
    return vormen.get(naam, naam)


def _lees_tabel(cursor: Any, archief: zipfile.ZipFile, tabel: str, naam: str, problemen: list[Probleem]) -> None:
    with archief.open(naam) as ruw, io.TextIOWrapper(ruw, encoding="utf-8-sig", newline="") as bestand:
        lezer = csv.DictReader(bestand)
        try:
            if "id" not in (lezer.fieldnames or ()):
                raise TabelFout(f"{_WOORD}de tabel '{tabel}' heeft geen kolom 'id'.")
            for pakket in batched(enumerate(lezer, start=2), 2000, strict=False):
                _bewaar(cursor, tabel, pakket, problemen)
                if len(problemen) >= EERSTE_FOUTEN:
                    return
        except UnicodeDecodeError as error:
            raise TabelFout(f"{_WOORD}de tabel '{tabel}' is geen UTF-8.") from error
        except csv.Error as error:
            raise TabelFout(
                f"{_WOORD}de tabel '{tabel}' heeft na rij {lezer.line_num} een cel die nergens sluit."
            ) from error


def _bewaar(cursor: Any, tabel: str, pakket: Any, problemen: list[Probleem]) -> None:
    with cursor.copy("COPY hsds_rij FROM STDIN") as kopie:
        for nummer, ruw in pakket:
            rij = {kolom: waarde.replace("\x00", "").strip() for kolom, waarde in ruw.items() if kolom and waarde}
            if not rij.get("id"):
                problemen.append(Probleem(nummer, f"{tabel}.id", "", "De id ontbreekt.", True))
                continue
            ouder = next((rij[kolom] for kolom in TABELLEN[tabel] if rij.get(kolom)), None)
            kopie.write_row((tabel, nummer, rij["id"], ouder, json.dumps(rij, ensure_ascii=False)))


def lees_organisaties(*, per_keer: int = 200) -> Iterator[list[dict[str, Any]]]:
    """Yield packets of organisations from `hsds_rij`, each with what belongs to it under the name of its table."""
    laatste = ""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT id, nummer, rij FROM hsds_rij WHERE tabel = 'organization' AND id > %s ORDER BY id LIMIT %s",
                [laatste, per_keer],
            )
            eigen = [{"id": pk, "nummer": nummer, **_als_dict(rij)} for pk, nummer, rij in cursor.fetchall()]
            if not eigen:
                return
            laatste = eigen[-1]["id"]
            _hang_aan(cursor, eigen, ("service", "location", "phone", "organization_identifier", "attribute"))
            diensten = [dienst for ding in eigen for dienst in ding["service"]]
            _hang_aan(
                cursor,
                diensten,
                ("service_at_location", "schedule", "language", "cost_option", "attribute", "service_area"),
            )
            _plaats_gedeelde(cursor, eigen, diensten)
            locaties = [locatie for ding in eigen for locatie in ding["location"]]
            _hang_aan(cursor, locaties, ("address", "phone", "schedule"))
            yield eigen


def tel_organisaties() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM hsds_rij WHERE tabel = 'organization'")
        return int(cursor.fetchone()[0])


def termen() -> dict[str, str]:
    """The names of the package's taxonomy terms by id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, rij->>'name' FROM hsds_rij WHERE tabel = 'taxonomy_term'")
        return {pk: naam or "" for pk, naam in cursor.fetchall()}


def _plaats_gedeelde(cursor: Any, eigen: list[dict[str, Any]], diensten: list[dict[str, Any]]) -> None:
    """A location may name no organisation, and belong to it by its services alone."""
    gezocht = {regel.get("location_id", "") for dienst in diensten for regel in dienst["service_at_location"]}
    bekend = {locatie["id"] for ding in eigen for locatie in ding["location"]}
    cursor.execute("SELECT id, rij FROM hsds_rij WHERE tabel = 'location' AND id = ANY(%s)", [sorted(gezocht - bekend)])
    los = {pk: _als_dict(rij) for pk, rij in cursor.fetchall()}
    for ding in eigen:
        nodig = {regel.get("location_id") for dienst in ding["service"] for regel in dienst["service_at_location"]}
        ding["location"] += [dict(los[pk]) for pk in sorted(nodig & los.keys())]


def _hang_aan(cursor: Any, dingen: list[dict[str, Any]], tabellen: tuple[str, ...]) -> None:
    for ding in dingen:
        for tabel in tabellen:
            ding[tabel] = []
    bij: dict[str, list[dict[str, Any]]] = {}
    for ding in dingen:
        bij.setdefault(ding["id"], []).append(ding)
    cursor.execute(
        "SELECT tabel, ouder, rij FROM hsds_rij WHERE tabel = ANY(%s) AND ouder = ANY(%s) ORDER BY tabel, id",
        [list(tabellen), list(bij)],
    )
    for tabel, ouder, rij in cursor.fetchall():
        for ding in bij[ouder]:
            ding[tabel].append(_als_dict(rij))


def _als_dict(rij: Any) -> dict[str, Any]:
    return json.loads(rij) if isinstance(rij, str) else rij
