"""How good the search engine is: judged questions over real listings, scored by nDCG@10."""

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from organisaties.models import Organisatie
from organisaties.zoeken import Zoekvraag, zoek

EIGEN_VRAGEN = Path(__file__).with_name("zoekvragen.csv")
ONZIN = ("xqzwkjh", "blorpfizz", "asdfgh jklqwe", "wqrtpsd", "zzzzzz", "flurbelgarp snotwibber", "qqq www")
BRON = "bench"


@dataclass(frozen=True)
class Oordeel:
    """A question with the grade of each listing that answers it: 2 what was asked for, 1 of use."""

    vraag: str
    soort: str
    cijfers: dict[str, int]


@dataclass(frozen=True)
class Uitslag:
    oordeel: Oordeel
    ndcg: float
    totaal: int


def lees_oordelen(bestand: Path) -> list[Oordeel]:
    with bestand.open(encoding="utf-8", newline="") as regels:
        return [
            Oordeel(
                rij["query"],
                rij["soort"],
                {sleutel: int(cijfer) for sleutel, cijfer in (p.split(":") for p in rij["relevant"].split())},
            )
            for rij in csv.DictReader(regels)
        ]


def dcg(cijfers: list[int]) -> float:
    return sum((2**cijfer - 1) / math.log2(plaats + 2) for plaats, cijfer in enumerate(cijfers))


def meet(oordelen: list[Oordeel], bron: str = BRON) -> list[Uitslag]:
    """Ask each question as the page does and compare the first ten judged listings with the best possible ten.

    Listings of another source were not judged and are left out: they may well be right.
    """
    sleutels = dict(Organisatie.objects.filter(bron=bron).values_list("pk", "extern_id"))
    uitslagen = []
    for oordeel in oordelen:
        resultaat = zoek(Zoekvraag(tekst=oordeel.vraag, per_pagina=100))
        beoordeeld = [sleutels[pk] for pk in resultaat.ids if pk in sleutels]
        cijfers = [oordeel.cijfers.get(sleutel, 0) for sleutel in beoordeeld[:10]]
        beste = dcg(sorted(oordeel.cijfers.values(), reverse=True)[:10])
        uitslagen.append(Uitslag(oordeel, dcg(cijfers) / beste, resultaat.totaal))
    return uitslagen


def gemiddelde(uitslagen: list[Uitslag]) -> float:
    return sum(uitslag.ndcg for uitslag in uitslagen) / len(uitslagen)


def rapport(titel: str, uitslagen: list[Uitslag]) -> list[str]:
    per_soort = defaultdict(list)
    for uitslag in uitslagen:
        per_soort[uitslag.oordeel.soort].append(uitslag)
    leeg = [u.oordeel.vraag for u in uitslagen if not u.totaal]
    return [
        f"{titel}: nDCG@10 {gemiddelde(uitslagen):.3f} over {len(uitslagen)} queries",
        *(f"  {soort:<12}{gemiddelde(groep):.3f}  ({len(groep)})" for soort, groep in sorted(per_soort.items())),
        f"  find nothing: {len(leeg)}" + (f" ({', '.join(leeg)})" if leeg else ""),
    ]


def rapport_onzin() -> str:
    gevonden = {vraag: zoek(Zoekvraag(tekst=vraag)).totaal for vraag in ONZIN}
    fout = [f"{vraag} ({totaal})" for vraag, totaal in gevonden.items() if totaal]
    return f"nonsense: {len(ONZIN) - len(fout)} of {len(ONZIN)} find nothing" + (
        f"; wrong: {', '.join(fout)}" if fout else ""
    )
