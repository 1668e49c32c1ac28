"""Pages through a real HTTP server with one connection, beside the floors of tests/bench/kaal.py."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from organisaties.models import Organisatie
from tests.bench.gegevens import veelgebruikt
from tests.bench.zoeksnelheid import Meting, adressen

LIJST = "/organisaties/"
VLOEREN = {"empty view": "/kaal/leeg/", "list of 20 rows": "/kaal/lijst/"}
ICONTAINS = "icontains"


def paginas() -> dict[str, list[str]]:
    """The pages that are measured, each with addresses that differ."""
    slugs = list(Organisatie.objects.zichtbaar().order_by("?").values_list("slug", flat=True)[:40])
    gevonden = {naam: [f"{LIJST}?{urlencode(adres)}" for adres in reeks] for naam, reeks in adressen().items()}
    woorden = list(veelgebruikt(0, 40))
    return {
        "home": ["/"],
        **{f"search: {naam}": reeks for naam, reeks in gevonden.items()},
        "suggestions": [f"{LIJST}suggesties/?q={woord[:3]}" for woord in woorden],
        "detail": [f"{LIJST}{slug}/" for slug in slugs],
        "HSDS services": [f"/api/hsds/services?page={n % 5 + 1}" for n in range(40)],
        "HSDS organizations": [f"/api/hsds/organizations?page={n % 5 + 1}" for n in range(40)],
        "HSDS search": [f"/api/hsds/services?search={woord}" for woord in woorden],
    }


@contextmanager
def server() -> Iterator[tuple[http.client.HTTPConnection, int]]:
    """One worker of the production server; gives a connection to it and the process id of its worker."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    omgeving = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "BENCH_URLCONF": "tests.bench.kaal",
        "DEBUG": "False",
        "DB_NAME": str(connection.settings_dict["NAME"]),
    }
    opdracht = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
    opdracht += ["--port", str(poort), "--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error"]
    proces = subprocess.Popen([*opdracht, "welzijnportal.wsgi:application"], env=omgeving, cwd=settings.BASE_DIR)
    try:
        yield _verbind(poort), proces.pid
    finally:
        proces.terminate()
        proces.wait(20)


def _verbind(poort: int) -> http.client.HTTPConnection:
    for _ in range(300):
        verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=180)
        try:
            verbinding.request("GET", "/kaal/leeg/")
            verbinding.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return verbinding
    raise TimeoutError("the server does not answer")


def haal(verbinding: http.client.HTTPConnection, adres: str) -> tuple[int, int]:
    """Status and number of bytes of a page."""
    try:
        verbinding.request("GET", adres, headers={"Accept": "text/html"})
        antwoord = verbinding.getresponse()
    except (http.client.RemoteDisconnected, ConnectionError):
        # The server hangs up on a connection that was idle for a while.
        verbinding.close()
        verbinding.request("GET", adres, headers={"Accept": "text/html"})
        antwoord = verbinding.getresponse()
    return antwoord.status, len(antwoord.read())


def meet_pagina(verbinding: http.client.HTTPConnection, reeks: list[str], keer: int = 40) -> Meting | None:
    """Milliseconds a page; None when it does not exist (yet)."""
    status = 0
    for adres in reeks[:3]:
        status, _ = haal(verbinding, adres)
    if status != 200:
        return None
    meting = Meting()
    for nummer in range(keer):
        begin = time.perf_counter()
        status, _ = haal(verbinding, reeks[nummer % len(reeks)])
        if status != 200:
            raise RuntimeError(f"{reeks[nummer % len(reeks)]} gave status {status}")
        meting.tijden.append((time.perf_counter() - begin) * 1000)
    return meting


def meet_sql(reeks: list[str]) -> tuple[float, int]:
    """The median of milliseconds that a page spends on the database, and its number of statements at most."""
    client = Client()
    tijden, aantallen = [], []
    for adres in reeks[:12]:
        totaal, aantal = 0.0, 0

        def teller(execute: object, *args: object) -> object:
            nonlocal totaal, aantal
            begin = time.perf_counter()
            try:
                return execute(*args)  # type: ignore[operator]
            finally:
                totaal += (time.perf_counter() - begin) * 1000
                aantal += 1

        with connection.execute_wrapper(teller):
            client.get(adres)
        tijden.append(totaal)
        aantallen.append(aantal)
    return sorted(tijden)[len(tijden) // 2], max(aantallen[2:] or aantallen)


def geheugen_mib(pid: int) -> float:
    """Resident memory of the largest process of the server."""
    gevonden = []
    for map_ in Path("/proc").glob("[0-9]*"):
        try:
            velden = dict(r.split(":", 1) for r in (map_ / "status").read_text().splitlines() if ":" in r)
        except OSError:
            continue
        if str(pid) in (velden["PPid"].strip(), velden["Pid"].strip()) and "VmRSS" in velden:
            gevonden.append(int(velden["VmRSS"].split()[0]) / 1024)
    return max(gevonden, default=0.0)
