"""Texts from hand-written fragments: choices in {a|b}, blanks in [brackets]."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

GEGEVENS = Path(__file__).parent / "data"
POGINGEN = 14
_KEUZE = re.compile(r"\{([^{}]*)\}")
_OPENING = re.compile(r"\[(\w+)\]")
# What only a village or only a city would say.
STADS = re.compile(r"\b(flats?|stad|stadhuis|wijk(?:en)?|Wijk|Stads\w*|Buurtteam|Wijk\w+)\b")
DORPS = re.compile(r"\b(dorp(?:en)?|Dorps\w*|boer)\b")


@cache
def bron(naam: str) -> dict[str, Any]:
    """The contents of data/<naam>.toml."""
    return tomllib.loads((GEGEVENS / f"{naam}.toml").read_text(encoding="utf-8"))


@cache
def woordenlijst(naam: str) -> tuple[str, ...]:
    return tuple(woord.strip() for woord in bron("woorden")[naam].split(";"))


@dataclass
class Schrijver:
    """Writes texts in which a sentence seldom comes back: it prefers what it has used least."""

    toeval: Random
    gebruikt: Counter[str] = field(default_factory=Counter)
    voorraad: dict[str, list[str]] = field(default_factory=dict)

    def nieuw_woord(self, lijst: str) -> str:
        """A name from a list, each of them once before any comes back."""
        if not self.voorraad.get(lijst):
            self.voorraad[lijst] = list(woordenlijst(lijst))
            self.toeval.shuffle(self.voorraad[lijst])
        return self.voorraad[lijst].pop()

    def schrijf(self, fragment: str, blanco: dict[str, str]) -> str:
        """One rendering of a fragment: chosen, filled in, with capitals where a sentence begins."""
        while _KEUZE.search(fragment):
            fragment = _KEUZE.sub(lambda m: self.toeval.choice(m[1].split("|")), fragment)
        tekst = _OPENING.sub(lambda m: blanco.get(m[1]) or self._blanco(m[1]), fragment)
        tekst = re.sub(r"\s+", " ", tekst).strip().replace("?: ", "? ")
        return re.sub(
            r"(^'?|[.!?]'? )([a-zéí])",
            lambda m: m[1] + m[2].upper() if "'s " not in tekst[m.start() :][:4] else m[0],
            tekst,
        )

    def _blanco(self, naam: str) -> str:
        match naam:
            case "aantal":
                return str(self.toeval.choice([14, 18, 22, 26, 31, 35, 42, 48, 60, 75, 90, 120]))
            case "aantal10":
                return str(self.toeval.randrange(120, 960, 10))
            case "klein":
                return str(self.toeval.randrange(8, 25))
            case "jaar":
                return str(self.toeval.randrange(1974, 2021))
            case "oudjaar":
                return str(self.toeval.randrange(1684, 1931))
            case "dag":
                return self.toeval.choice(["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"])
            case "naam":
                return self.toeval.choice(woordenlijst("voornaam"))
        raise KeyError(naam)

    def kies(self, fragmenten: list[str], blanco: dict[str, str], *, stad: bool, hooguit: int = 4000) -> str:
        """The rendering used least among a handful, that suits the size of the place."""
        beste, laagste = "", 10_000
        passend = ""
        for _ in range(POGINGEN):
            tekst = self.schrijf(self.toeval.choice(fragmenten), blanco)
            if len(tekst) > hooguit:
                continue
            if (DORPS if stad else STADS).search(tekst):
                passend = passend or tekst
                continue
            if self.gebruikt[tekst] < laagste:
                beste, laagste = tekst, self.gebruikt[tekst]
            if not laagste:
                break
        beste = beste or passend
        self.gebruikt[beste] += 1
        return beste

    def kies_meer(self, fragmenten: list[str], aantal: int, blanco: dict[str, str], *, stad: bool) -> list[str]:
        """Several renderings, each from a fragment of its own."""
        aantal = min(aantal, len(fragmenten))
        gekozen = sorted(
            self.toeval.sample(range(len(fragmenten)), aantal),
            key=lambda _: self.toeval.random(),
        )
        return [self.kies([fragmenten[i]], blanco, stad=stad) for i in gekozen]
