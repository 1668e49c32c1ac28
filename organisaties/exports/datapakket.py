"""The open-data files: an HSDS data package, a plain table and points, written in one walk through the directory.

Only listings whose organisation agreed to it are in them, so that one licence holds for all: CC0 1.0. Rows are
written as they are read, packet by packet, so that memory does not grow with the directory. A file is put in its
place when it is whole; who is downloading the old one goes on with that.
"""

import csv
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from organisaties.exports.csv import CsvBestand
from organisaties.exports.geojson import GeojsonBestand
from organisaties.exports.hsds.boom import Boom, bomen
from organisaties.exports.hsds.objecten import organisatie
from organisaties.exports.hsds.tabellen import TABELLEN, beschrijving, rijen_van
from organisaties.exports.hsds.taxonomie import Termen, taxonomieen
from organisaties.models import Organisatie
from welzijnportal.http import volledige_url

PAKKET, TABEL, PUNTEN = "welzijnportal-hsds.zip", "welzijnportal.csv", "welzijnportal.geojson"
BESTANDEN: dict[str, str] = {
    PAKKET: "application/zip",
    TABEL: "text/csv; charset=utf-8",
    PUNTEN: "application/geo+json",
}
PER_KEER = 200
# Two exports at once would write the same files; the second has nothing to add.
SLOT = 20261103
Voortgang = Callable[[int, int], None]


class Bezig(Exception):
    """Another process is writing the files at this moment."""


def map_van_bestanden() -> Path:
    return Path(settings.MEDIA_ROOT) / "open-data"


def exporteer(voortgang: Voortgang | None = None) -> int:
    """Write all files anew and return how many organisations are in them; raise Bezig when that is going on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SLOT])
        if not cursor.fetchone()[0]:
            raise Bezig
        try:
            return _exporteer(voortgang or (lambda gedaan, totaal: None))
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SLOT])


def exporteer_dagelijks() -> None:
    """Write the files anew, unless somebody is at it by hand."""
    with suppress(Bezig):
        exporteer()


def _exporteer(voortgang: Voortgang) -> int:
    doel = map_van_bestanden()
    doel.mkdir(parents=True, exist_ok=True)
    # Beside the files themselves: a move within one disk is the only one that happens at once.
    with tempfile.TemporaryDirectory(prefix=".bezig-", dir=doel) as werkmap:
        nieuw = Path(werkmap)
        nu = timezone.now()
        aantal = _schrijf(nieuw, voortgang)
        _pak_in(nieuw, nu, aantal)
        for naam in BESTANDEN:
            (nieuw / naam).chmod(0o644)
            (nieuw / naam).replace(doel / naam)
    return aantal


def _vrijgegeven() -> Any:
    return Organisatie.objects.zichtbaar().filter(open_data_akkoord_op__isnull=False)


def _schrijf(nieuw: Path, voortgang: Voortgang) -> int:
    termen = Termen.uit_database()
    tabel, punten, tabellen = CsvBestand(nieuw / TABEL, termen), GeojsonBestand(nieuw / PUNTEN), _Tabellen(nieuw)
    totaal, gedaan = _vrijgegeven().count(), 0
    try:
        for taxonomie in taxonomieen():
            tabellen.voeg_toe(taxonomie, "taxonomy")
        for term in termen.alle():
            tabellen.voeg_toe(term, "taxonomy_term")
        for pakket in _pakketten():
            for boom in pakket:
                tabel.voeg_toe(boom)
                punten.voeg_toe(boom)
                tabellen.voeg_toe(organisatie(boom, termen, diensten="vol"), "organization")
            gedaan += len(pakket)
            voortgang(gedaan, max(totaal, gedaan))
    finally:
        for bestand in (tabel, punten, tabellen):
            bestand.sluit()
    return gedaan


def _pakketten() -> Iterator[list[Boom]]:
    na = 0
    while pks := list(_vrijgegeven().filter(pk__gt=na).order_by("pk").values_list("pk", flat=True)[:PER_KEER]):
        na = pks[-1]
        with transaction.atomic():
            yield [_zonder_vreemde_ouder(boom) for boom in bomen(pks).values()]


def _zonder_vreemde_ouder(boom: Boom) -> Boom:
    """A parent that is not in the files may not be pointed to: every key in a data package must be found."""
    return boom if boom["ouder_heeft_akkoord"] else boom | {"ouder_pk": []}


class _Tabellen:
    """The tables of the data package, each in a file of its own until they are packed."""

    def __init__(self, nieuw: Path) -> None:
        self.bestanden: dict[str, TextIO] = {}
        self.schrijvers: dict[str, Any] = {}
        for naam, vorm in TABELLEN.items():
            self.bestanden[naam] = (nieuw / vorm.pad).open("w", encoding="utf-8", newline="")
            self.schrijvers[naam] = csv.DictWriter(self.bestanden[naam], vorm.kolommen, restval="")
            self.schrijvers[naam].writeheader()

    def voeg_toe(self, ding: dict[str, Any], tabel: str) -> None:
        for naam, rij in rijen_van(ding, tabel):
            self.schrijvers[naam].writerow(rij)

    def sluit(self) -> None:
        for bestand in self.bestanden.values():
            bestand.close()


def _pak_in(nieuw: Path, nu: datetime, aantal: int) -> None:
    with zipfile.ZipFile(nieuw / PAKKET, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pakket:
        pakket.writestr("datapackage.json", json.dumps(_datapackage(nu, aantal), ensure_ascii=False, indent=2))
        for vorm in TABELLEN.values():
            with (nieuw / vorm.pad).open("rb") as bron, pakket.open(vorm.pad, "w", force_zip64=True) as bestand:
                shutil.copyfileobj(bron, bestand, 1 << 20)
            (nieuw / vorm.pad).unlink()


def _datapackage(nu: datetime, aantal: int) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "welzijnportal-hsds",
        "title": "Welzijnportal: hulp en ontmoeting in Nederland",
        "description": (
            f"{aantal} organisaties die hun vermelding vrij beschikbaar stelden, volgens Open Referral HSDS 3.1. "
            "Tijden zijn kloktijden in Europe/Amsterdam. Coördinaten zijn vaak het midden van een postcodegebied."
        ),
        "version": nu.date().isoformat(),
        "created": nu.isoformat(timespec="seconds"),
        "homepage": volledige_url("/open-data/"),
        "licenses": [
            {
                "name": "CC0-1.0",
                "title": "Creative Commons Zero 1.0",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
            }
        ],
        "sources": [
            {"title": "Organisaties op het Welzijnportal", "path": settings.SITE_URL},
            {"title": "GeoNames (plaatsen en postcodes), CC BY 4.0", "path": "https://www.geonames.org/"},
        ],
        "resources": [beschrijving(tabel, set(TABELLEN)) for tabel in TABELLEN],
    }
