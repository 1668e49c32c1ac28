"""The figures of one size, and what they say together."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from organisaties.models import Organisatie
from organisaties.zoeken import ververs
from tests.bench import paginas, zoeksnelheid
from tests.bench.gegevens import veelgebruikt
from tests.bench.importeren import Importmeting

CIJFERS = "FIGURES "
# Kinds of question that may take 20 ms at a million; the rest may take 30.
WOORDEN = (
    "common word", "medium word", "rare word", "two words", "common and rare", "typing error", "nearest, no word",
    "browse a theme", "suggestion",
)  # fmt: skip
# Pages of many rows, and others, to the bare list.
TEN_OPZICHTE_VAN_LIJST = (
    ("search: browse a theme", 2.0), ("search: empty search", 2.0), ("home", 2.0), ("detail", 1.5), ("suggestions", 1.0),
)  # fmt: skip
GROOT, MIDDEN, KLEIN = 1_000_000, 100_000, 10_000


def meet_hier(aantal: int, verzoeken: int, meld: Callable[[str], object]) -> None:
    cijfers: dict[str, Any] = {"sql": {}, "pagina": {}}
    meld(f"\n{aantal:,} listings; milliseconds; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    meld(f"  {'searching, SQL and words only':<40}{'p50':>8}{'p95':>8}{'queries':>9}")
    for naam, vraag in zoeksnelheid.soorten().items():
        meting = zoeksnelheid.meet_een(vraag)
        cijfers["sql"][naam] = meting.p50, meting.p95
        meld(f"  {naam:<40}{meting.p50:>8.1f}{meting.p95:>8.1f}{meting.queries:>9}")
    with paginas.server() as (verbinding, pid):
        _meet_paginas(verbinding, cijfers, meld)
        if verzoeken:
            cijfers["rss"] = _geheugen(verbinding, pid, verzoeken)
            meld(f"  worker after {verzoeken:,} requests{cijfers['rss']:>26.0f} MiB")
    cijfers["bewaren"] = meet_bewaren()
    meld(
        "  save: {:.2f} ms, as a bare update {:.2f} ms, with history but no search {:.2f} ms".format(
            *cijfers["bewaren"]
        )
    )
    meld(CIJFERS + json.dumps(cijfers))


def _meet_paginas(verbinding: Any, cijfers: dict[str, Any], meld: Callable[[str], object]) -> None:
    meld(f"  {'pages through HTTP':<40}{'p50':>8}{'p95':>8}{'queries':>9}{'SQL':>8}{'bytes':>9}")
    reeksen = {naam: [adres] for naam, adres in paginas.VLOEREN.items()} | paginas.paginas()
    for naam, reeks in reeksen.items():
        meting = paginas.meet_pagina(verbinding, reeks)
        if meting is None:
            meld(f"  {naam:<40}  not there")
            continue
        sql, queries = paginas.meet_sql(reeks) if naam not in paginas.VLOEREN else (0.0, 0)
        cijfers["pagina"][naam] = meting.p50, meting.p95, sql
        maat = paginas.haal(verbinding, reeks[0])[1]
        meld(f"  {naam:<40}{meting.p50:>8.1f}{meting.p95:>8.1f}{queries:>9}{sql:>8.1f}{maat:>9}")
    trefwoorden = list(veelgebruikt(0, 3))
    tijden = []
    for woord in trefwoorden:
        begin = time.perf_counter()
        paginas.haal(verbinding, f"/kaal/icontains/?q={woord}")
        tijden.append((time.perf_counter() - begin) * 1000)
    cijfers["icontains"] = sorted(tijden)[1]
    meld(f"  {'the same page on icontains':<40}{cijfers['icontains']:>8.0f}")


def _geheugen(verbinding: Any, pid: int, verzoeken: int) -> float:
    alle = [adres for reeks in paginas.paginas().values() for adres in reeks]
    for nummer in range(verzoeken):
        paginas.haal(verbinding, alle[nummer % len(alle)])
    return paginas.geheugen_mib(pid)


def meet_bewaren(keer: int = 30) -> tuple[float, float, float]:
    """The median of a save with search, of a bare update of the row, and of a save without search; all undone."""
    organisaties = list(Organisatie.objects.zichtbaar().order_by("?")[:keer])

    def mediaan(doe: Callable[[Organisatie], object]) -> float:
        tijden = []
        for organisatie in organisaties:
            begin = time.perf_counter()
            with transaction.atomic():
                doe(organisatie)
                tijden.append((time.perf_counter() - begin) * 1000)
                transaction.set_rollback(True)
        return sorted(tijden)[len(tijden) // 2]

    def bewaar(organisatie: Organisatie, *, met_zoeken: bool) -> None:
        organisatie.kort = "Samen koken en eten in de wijk"
        organisatie.save(update_fields=["kort"])
        if met_zoeken:
            ververs([organisatie.pk])

    mediaan(lambda o: bewaar(o, met_zoeken=True))
    return (
        mediaan(lambda o: bewaar(o, met_zoeken=True)),
        mediaan(lambda o: Organisatie.objects.filter(pk=o.pk).update(kort="Samen koken en eten in de wijk")),
        mediaan(lambda o: bewaar(o, met_zoeken=False)),
    )


def importregel(meting: Importmeting) -> str:
    return (
        f"import of {meting.rijen:,} rows: {meting.seconden:.0f} s, {meting.per_seconde:,.0f} rows a second (wanted ≥ 2,000),"
        f" at most {meting.meeste_mib:.0f} MiB a process"
    )


def lees(regel: str) -> dict[str, Any]:
    cijfers: dict[str, Any] = json.loads(regel.removeprefix(CIJFERS))
    return cijfers


def oordeel(uitkomsten: dict[int, dict[str, Any]]) -> list[str]:
    """A line for each demand: what it came to, and whether it holds."""
    regels = ["", f"{'ratio':<66}{'is':>9}{'wanted':>9}"]

    def regel(wat: str, waarde: float, eis: float, *, hoogstens: bool = True) -> None:
        klopt = waarde <= eis if hoogstens else waarde >= eis
        regels.append(
            f"{wat:<66}{waarde:>9.2f}{'≤' if hoogstens else '≥':>3}{eis:>6g}  {'holds' if klopt else 'FAILS'}"
        )

    for grootte, eis in ((GROOT, 500), (MIDDEN, 30)):
        if grootte in uitkomsten:
            u = uitkomsten[grootte]
            verhouding = u["icontains"] / u["pagina"]["search: common word"][0]
            regel(f"icontains to the search page at {grootte:,}", verhouding, eis, hoogstens=False)
    for grootte, u in uitkomsten.items():
        leeg, kaal = u["pagina"]["empty view"][0], u["pagina"]["list of 20 rows"][0]
        zoekpagina, _, sql = u["pagina"]["search: common word"]
        regel(f"search page to empty view + its SQL + list's template, {grootte:,}", zoekpagina / (sql + kaal), 1.4)
        for naam, hoogstens in TEN_OPZICHTE_VAN_LIJST:
            if naam in u["pagina"]:
                regel(f"{naam} to the bare list, {grootte:,}", u["pagina"][naam][0] / kaal, hoogstens)
        regel(f"save to a bare update, {grootte:,}", u["bewaren"][0] / u["bewaren"][1], 4)
        if "rss" in u:
            regel(f"MiB of a worker, {grootte:,}", u["rss"], 100)
        regels.append(f"  (empty view {leeg:.1f} ms, bare list {kaal:.1f} ms)")
    if GROOT in uitkomsten and KLEIN in uitkomsten:
        for naam, (_, p95) in uitkomsten[GROOT]["sql"].items():
            regel(f"SQL p95 at a million to that at ten thousand: {naam}", p95 / uitkomsten[KLEIN]["sql"][naam][1], 2.5)
            regel(f"SQL p95 at a million, milliseconds: {naam}", p95, 20 if naam in WOORDEN else 30)
    return regels
