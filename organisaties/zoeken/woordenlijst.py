"""The word lists that come with the program, read once and only when a search needs them."""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"

KAN_BEGINNEN, KAN_EINDIGEN, IS_WERKWOORD = 1, 2, 4
GEWICHTEN = {"stop": 0.0, "licht": 0.35}


@cache
def woordsoorten() -> dict[str, int]:
    """Dutch words with what they may be in a compound (source and licence stand in the file)."""
    regels = (DATA / "woorden.txt").read_text(encoding="ascii").split("\n")
    return {regel[:-1]: int(regel[-1]) for regel in regels if regel and regel[0] != "#"}


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
