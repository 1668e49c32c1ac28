"""The register of places in memory: every name by which a place, municipality or province is known.

Reads the committed CSVs once per process (some 4 MB). The same CSVs fill the database, so every slug and code
given here exists there too.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from .laden import lees
from .rd import Punt, naar_rd, zoeksleutel

# What people write behind a place to say in which province it lies.
PROVINCIE_KORT = {
    "PV20": "gr gn gron",
    "PV21": "fr frl friesland",
    "PV22": "dr dn",
    "PV23": "ov o",
    "PV24": "fl flev",
    "PV25": "gld gd g gelre",
    "PV26": "ut u utr",
    "PV27": "nh noordholland",
    "PV28": "zh zuidholland",
    "PV29": "z zl zld",
    "PV30": "nb brabant nbr",
    "PV31": "l li lb lim",
}


@dataclass(frozen=True, slots=True)
class Plek:
    """A place that was meant. `naam` is written out ('Hengelo (Gelderland)') and finds this place again.

    `soort` is 'postcode', 'woonplaats', 'wijk', 'gemeente' or 'provincie'. With a province one filters on
    `provincie_code`, with the others on the distance to `punt`. `is_gok` means that the text was not found
    as typed, so that the page says where it looked ('We zochten in Amsterdam'). Codes are '' where unknown.
    """

    naam: str
    soort: str
    punt: Punt
    gemeente_code: str = ""
    provincie_code: str = ""
    plaats_slug: str = ""
    postcode: str = ""
    is_gok: bool = False
    alternatieven: tuple["Plek", ...] = ()


class Ingang(NamedTuple):
    """A place under one of its names; the weight (postcode areas) says which namesake is meant first."""

    plek: Plek
    gewicht: float


# A province goes before a village of its name (Zeeland) and after a city (Utrecht); a municipality likewise.
GEWICHT_PROVINCIE = 5.5
GEWICHT_GEMEENTE = 3.5


class PostcodeGebied(NamedTuple):
    plaats_slug: str
    gemeente_code: str
    gemeente_is_voorstel: bool
    punt: Punt


class Register:
    """All names by key, and the places, municipalities and postcodes behind them."""

    def __init__(self) -> None:
        self._namen: dict[str, list[Ingang]] = defaultdict(list)
        self.op_slug: dict[str, Ingang] = {}
        self.gemeenten: dict[str, Plek] = {}
        # Municipality or province code by what stands behind a place name: 'gld', 'Limburg', 'Ede'.
        self.bepalingen: dict[str, str] = {}
        self._lees_gemeenten()
        self._lees_plaatsen()
        self._lees_provincies()
        self.postcodes = {
            rij["pc4"]: PostcodeGebied(rij["plaats"], rij["gemeente"], rij["gemeente_is_voorstel"] == "1", _punt(rij))
            for rij in lees("postcodes")
        }
        self.op_sleutel = {sleutel: tuple(sorted(ingangen, key=volgorde)) for sleutel, ingangen in self._namen.items()}
        del self._namen
        self.sleutels = sorted(self.op_sleutel)
        self.letters = [letters(sleutel) for sleutel in self.sleutels]

    def _noem(self, naam: str, ingang: Ingang) -> None:
        lijst = self._namen[zoeksleutel(naam)]
        if ingang not in lijst:
            lijst.append(ingang)

    def _lees_gemeenten(self) -> None:
        for rij in lees("gemeenten"):
            plek = Plek(rij["naam"], "gemeente", _punt(rij), rij["code"], rij["provincie"])
            self.gemeenten[rij["code"]] = plek
            self.bepalingen[zoeksleutel(rij["naam"])] = rij["code"]
            for naam in {rij["naam"], kale_naam(rij["naam"])}:
                self._noem(f"gemeente {naam}", Ingang(replace(plek, naam=f"gemeente {rij['naam']}"), GEWICHT_GEMEENTE))

    def _lees_plaatsen(self) -> None:
        """Places with their other names; a municipality's bare name means it only where no place of its own has it."""
        met_eigen_plaats = set()
        for rij in lees("plaatsen"):
            plek = Plek(rij["weergavenaam"], rij["soort"], _punt(rij), rij["gemeente"], rij["provincie"], rij["slug"])
            self.op_slug[rij["slug"]] = ingang = Ingang(plek, float(rij["omvang"]))
            self._noem(rij["naam"], ingang)
            self._noem(rij["weergavenaam"], ingang)
        for rij in lees("plaatsnamen"):
            self._noem(rij["naam"], self.op_slug[rij["plaats"]])
        for code, gemeente in self.gemeenten.items():
            namesakes = self._namen.get(zoeksleutel(kale_naam(gemeente.naam)), [])
            if any(ingang.plek.gemeente_code == code and ingang.plek.plaats_slug for ingang in namesakes):
                met_eigen_plaats.add(code)
        for code in self.gemeenten.keys() - met_eigen_plaats:
            self._noem(self.gemeenten[code].naam, Ingang(self.gemeenten[code], GEWICHT_GEMEENTE))

    def _lees_provincies(self) -> None:
        punten: dict[str, list[Punt]] = defaultdict(list)
        for ingang in self.op_slug.values():
            punten[ingang.plek.provincie_code].append(ingang.plek.punt)
        for rij in lees("provincies"):
            leden = punten[rij["code"]]
            midden = Punt(sum(p.x for p in leden) / len(leden), sum(p.y for p in leden) / len(leden))
            ingang = Ingang(Plek(f"provincie {rij['naam']}", "provincie", midden, "", rij["code"]), GEWICHT_PROVINCIE)
            kort = PROVINCIE_KORT[rij["code"]].split()
            for naam in [rij["naam"], *(woord for woord in kort if len(woord) > 5)]:
                self._noem(naam, ingang)
                self._noem(f"provincie {naam}", ingang)
            for woord in [rij["naam"], *kort]:
                self.bepalingen[zoeksleutel(woord)] = rij["code"]


def _punt(rij: dict[str, str]) -> Punt:
    return naar_rd(float(rij["breedtegraad"]), float(rij["lengtegraad"]))


def kale_naam(naam: str) -> str:
    """The name without what tells it apart: 'Hengelo (Gelderland)' → 'Hengelo'."""
    return re.sub(r" \(.*", "", naam)


def letters(sleutel: str) -> int:
    """A bit for each letter that occurs: two names one typing error apart differ in two bits at most."""
    masker = 0
    for teken in sleutel:
        masker |= 1 << (ord(teken) & 63)
    return masker


def volgorde(ingang: Ingang) -> tuple[float, str]:
    return -ingang.gewicht, ingang.plek.naam


@cache
def register() -> Register:
    return Register()
