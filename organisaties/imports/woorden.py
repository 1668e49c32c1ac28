"""From the words of an outside file to our themes and target groups."""

import csv
import re
from pathlib import Path

from organisaties.imports.kolommen import vlak
from organisaties.models import Doelgroep, Thema

BESTAND = Path(__file__).resolve().parent.parent / "data" / "importthemas.csv"
SCHEIDING = re.compile(r"[;|,/\n]+")
MEESTE_THEMAS_UIT_TEKST = 2


class Woordenboek:
    """The themes and target groups of the database, by every word that points to them."""

    def __init__(self) -> None:
        self.themas: dict[str, str] = {}
        self.in_tekst: list[tuple[str, str]] = []
        bekend = set()
        for slug, naam, trefwoorden in Thema.objects.values_list("slug", "naam", "trefwoorden"):
            bekend.add(slug)
            for woord in (naam, slug, *trefwoorden):
                self.themas.setdefault(vlak(woord), slug)
        self.doelgroepen: dict[str, str] = {}
        for slug, naam, trefwoorden in Doelgroep.objects.values_list("slug", "naam", "trefwoorden"):
            for woord in (naam, slug, *trefwoorden):
                self.doelgroepen.setdefault(vlak(woord), slug)
        self.is_leeg = not bekend
        with BESTAND.open(encoding="utf-8", newline="") as bestand:
            for rij in csv.DictReader(bestand):
                if rij["thema"] and rij["thema"] not in bekend:
                    continue
                if rij["waar"] == "thema":
                    self.themas[vlak(rij["woord"])] = rij["thema"]
                elif rij["thema"]:
                    self.in_tekst.append((f" {vlak(rij['woord'])}", rij["thema"]))
        # The longest match is the most precise one.
        self.in_tekst.sort(key=lambda paar: (-len(paar[0]), paar))

    def themas_van(self, cel: str, tekst: str) -> tuple[list[str], list[str]]:
        """Return the slugs for a theme cell and the words of the offer, and the parts of the cell that are unknown."""
        slugs, onbekend = _zoek(self.themas, cel)
        doorzocht = f" {vlak(tekst)}"
        uit_tekst: list[str] = []
        for woord, slug in self.in_tekst:
            if woord in doorzocht and slug not in uit_tekst:
                uit_tekst.append(slug)
                if len(uit_tekst) == MEESTE_THEMAS_UIT_TEKST:
                    break
        return sorted({*slugs, *uit_tekst}), onbekend

    def doelgroepen_van(self, cel: str) -> tuple[list[str], list[str]]:
        slugs, onbekend = _zoek(self.doelgroepen, cel)
        return sorted(set(slugs)), onbekend


def _zoek(woorden: dict[str, str], cel: str) -> tuple[list[str], list[str]]:
    if not cel:
        return [], []
    heel = woorden.get(vlak(cel))
    if heel is not None:
        return [heel] if heel else [], []
    slugs, onbekend = [], []
    for deel in filter(None, (stuk.strip() for stuk in SCHEIDING.split(cel))):
        # 'Thema > subthema' and '- thema' are written by other systems.
        slug = woorden.get(vlak(deel), woorden.get(vlak(deel.split(">")[-1])))
        if slug is None:
            onbekend.append(deel)
        elif slug:
            slugs.append(slug)
    return slugs, onbekend
