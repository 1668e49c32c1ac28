"""The importer on a made-up file of any size: rows a second and the most memory, also after being cut off half-way."""

from __future__ import annotations

import csv
import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from organisaties.demo.vullen import plekken
from organisaties.models import Organisatie, Thema
from organisaties.zoeken import herbouw
from tests.bench.gegevens import ZAAD, Woordenschat

BRON = "bench-import"
KOP = ["id", "naam", "aanbod", "omschrijving", "straat", "postcode", "plaats", "telefoon", "thema", "kosten"]
EINDEN = ["buurthuis", "eettafel", "maatjes", "taalhuis", "inloop", "formulierenhulp", "klusdienst", "wandelgroep"]


@dataclass(frozen=True)
class Importmeting:
    """How long it took in all, and the highest resident memory of one process; seconds and MiB."""

    rijen: int
    seconden: float
    meeste_mib: float
    onderbroken_op: int = 0

    @property
    def per_seconde(self) -> float:
        return self.rijen / self.seconden


def schrijf(bestand: Path, aantal: int) -> None:
    """A CSV file with an organisation and a service a row, the same each time."""
    toeval, schat, waar = random.Random(ZAAD), Woordenschat.maak(), plekken()
    themas = list(Thema.objects.filter(ouder=None).order_by("slug").values_list("naam", flat=True))
    with bestand.open("w", encoding="utf-8", newline="") as uit:
        schrijver = csv.writer(uit)
        schrijver.writerow(KOP)
        for nummer in range(1, aantal + 1):
            plek = waar[int(toeval.random() * len(waar))]
            naam = f"{schat.zin(toeval, 2).capitalize()} {EINDEN[nummer % len(EINDEN)]} {nummer}"
            schrijver.writerow(
                [
                    nummer,
                    naam[:100],
                    schat.zin(toeval, 3).capitalize()[:100],
                    schat.tekst(toeval, 3),
                    f"Lindelaan {nummer % 300 + 1}",
                    f"{plek.pc4} AB",
                    plek.plaats,
                    "020 123 4567" if nummer % 3 else "",
                    toeval.choice(themas),
                    "gratis" if nummer % 2 else "een kleine bijdrage",
                ]
            )


def meet(aantal: int, meld: Callable[[str], object], *, onderbreek: float = 0.0) -> Importmeting:
    """Import so many rows into this database, which holds no other listings; with `onderbreek` killed at that share.

    The command is the one that people use, in a process of its own.
    """
    call_command("migrate", verbosity=0)
    if Organisatie.objects.exclude(bron=BRON).exists():
        raise RuntimeError("This database holds listings of others; give an empty one by DB_NAME.")
    bestand = Path(settings.BASE_DIR) / ".data" / f"bench-import-{aantal}.csv"
    with connection.cursor() as cursor:
        # What an earlier measurement left; that there is nothing else was looked at above.
        cursor.execute("TRUNCATE organisaties_organisatie CASCADE")
    herbouw()
    call_command("laad_basisgegevens", stdout=io.StringIO())
    if not bestand.exists():
        schrijf(bestand, aantal)
    seconden, meeste, gedood_op = 0.0, 0.0, 0
    if onderbreek:
        seconden, meeste = _draai(bestand, tot=lambda: _bewaard() >= aantal * onderbreek)
        gedood_op = _bewaard()
        meld(f"  killed after {seconden:.0f} s with {gedood_op:,} listings kept")
    opnieuw, ook = _draai(bestand)
    if _bewaard() != aantal:
        raise RuntimeError(f"{_bewaard():,} of {aantal:,} listings are there")
    return Importmeting(aantal, seconden + opnieuw, max(meeste, ook), gedood_op)


def _bewaard() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organisaties_organisatie")
        aantal: int = cursor.fetchone()[0]
    return aantal


def _draai(bestand: Path, tot: Callable[[], bool] | None = None) -> tuple[float, float]:
    """Run the importer, killed as soon as `tot` says so; seconds and the highest MiB of one of its processes."""
    opdracht = [
        sys.executable,
        "manage.py",
        "import_organisaties",
        str(bestand),
        "--bron",
        BRON,
        "--publiceer",
        "--in-delen",
    ]
    omgeving = os.environ | {"DB_NAME": str(connection.settings_dict["NAME"])}
    begin, meeste = time.perf_counter(), 0.0
    with subprocess.Popen(
        opdracht, env=omgeving, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, start_new_session=True
    ) as proces:
        while proces.poll() is None:
            meeste = max(meeste, _meeste_mib(proces.pid))
            if tot and tot():
                os.killpg(proces.pid, signal.SIGKILL)
                break
            time.sleep(1)
    if not tot and proces.returncode:
        raise RuntimeError(f"the importer ended with code {proces.returncode}")
    return time.perf_counter() - begin, meeste


def _meeste_mib(groep: int) -> float:
    """The highest resident memory that a process of this session has had."""
    hoogste = 0.0
    for map_ in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(map_.name)) == groep:
                velden = dict(r.split(":", 1) for r in (map_ / "status").read_text().splitlines() if ":" in r)
                hoogste = max(hoogste, int(velden.get("VmHWM", "0 kB").split()[0]) / 1024)
        except (OSError, ValueError):
            continue
    return hoogste
