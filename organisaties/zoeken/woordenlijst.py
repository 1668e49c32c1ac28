"""The word lists that come with the program, read once and only when a search needs them."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"

KAN_BEGINNEN, KAN_EINDIGEN, IS_WERKWOORD = 1, 2, 4
GEWICHTEN = {"stop": 0.0, "licht": 0.35}


class Woordenlijst:
    """Dutch words with what they may be in a compound, as the file has them: a quarter of the memory of a dict.

    The words are sorted, so that those with the same first three letters stand together; a word is looked for there.
    """

    def __init__(self, inhoud: bytes) -> None:
        regels = re.sub(rb"(?m)^#.*\n", b"", inhoud)
        # A blank between word and digit makes an end of the word that can be looked for.
        self._tekst = b"\n" + re.sub(rb"(\d)$", rb" \1", regels, flags=re.MULTILINE)
        plaatsen: dict[str, int] = {}
        for gevonden in re.finditer(rb"\n([^ \n]{1,3})", self._tekst):
            plaatsen.setdefault(gevonden[1].decode("ascii"), gevonden.start())
        einden = [*list(plaatsen.values())[1:], len(self._tekst)]
        self._stukken = {
            begin: (plaats, einde) for (begin, plaats), einde in zip(plaatsen.items(), einden, strict=True)
        }

    def get(self, woord: str, anders: int = 0) -> int:
        stuk = self._stukken.get(woord[:3])
        if stuk is None or not woord.isalnum() or not woord.isascii():
            return anders
        gezocht = b"\n%b " % woord.encode("ascii")
        plaats = self._tekst.find(gezocht, *stuk)
        return anders if plaats < 0 else self._tekst[plaats + len(gezocht)] - ord("0")

    def __contains__(self, woord: str) -> bool:
        return self.get(woord, -1) >= 0

    def __iter__(self) -> Iterator[str]:
        return (gevonden[1].decode("ascii") for gevonden in re.finditer(rb"\n([^ \n]+)", self._tekst))


@cache
def woordsoorten() -> Woordenlijst:
    """Dutch words with what they may be in a compound (source and licence stand in the file)."""
    return Woordenlijst((DATA / "woorden.txt").read_bytes())


@cache
def stopwoorden() -> dict[str, float]:
    """Words that say nothing about a need, and words that say little."""
    with (DATA / "stopwoorden.csv").open(encoding="utf-8", newline="") as bestand:
        return {rij["woord"].replace("'", ""): GEWICHTEN[rij["gewicht"]] for rij in csv.DictReader(bestand)}


@cache
def schrijffouten() -> dict[str, str]:
    """Misspellings that letter distance does not mend."""
    with (DATA / "schrijffouten.csv").open(encoding="utf-8", newline="") as bestand:
        return {rij["fout"].lower(): rij["goed"].lower() for rij in csv.DictReader(bestand)}
