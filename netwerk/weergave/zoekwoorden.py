"""The words of a question over conversations and cards: mending them, loosening them, and marking them in a text."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from netwerk.zoeken import vraag_van
from organisaties.zoeken.samenstelling import delen
from organisaties.zoeken.stam import stam
from organisaties.zoeken.synoniemen import synoniemen
from organisaties.zoeken.taal import gewicht_van, woorden, zoekwoorden
from organisaties.zoeken.tellingen import sleutels
from organisaties.zoeken.verbeteren import Kandidaat, beste, zoek_kandidaten
from organisaties.zoeken.woordenlijst import schrijffouten, woordsoorten

_WOORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
LENGTE_UITTREKSEL = 220
VOOR_HET_WOORD = 60


def _is_nederlands(woord: str) -> bool:
    return woord in woordsoorten() or stam(woord) in woordsoorten() or bool(delen(woord)) or woord.isdigit()


def verbeter(getypt: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the words with the misspelt ones mended, and which became what.

    By the words of the directory and of its synonyms; at most one query, none when every word is Dutch.
    """
    bekend_fout = schrijffouten()
    fout = [woord for woord in dict.fromkeys(getypt) if gewicht_van(woord) and not _is_nederlands(woord)]
    zoeken = [woord for woord in fout if woord not in bekend_fout]
    goed = {woord: bekend_fout[woord] for woord in fout if woord in bekend_fout}
    if zoeken:
        kandidaten = zoek_kandidaten({woord: sleutels(woord) for woord in zoeken}, set())
        gezien = {kandidaat.woord for kandidaat in kandidaten}
        bekend = synoniemen().bekende_woorden
        ook = {ander for woord in zoeken for sleutel in sleutels(woord) for ander in bekend.get(sleutel, ())}
        kandidaten += [Kandidaat(woord, 0) for woord in sorted(ook - gezien)]
        for woord in zoeken:
            if gevonden := beste(woord, kandidaten, aantal=1):
                goed[woord] = gevonden[0]
    return [goed.get(woord, woord) for woord in getypt], [(woord, goed[woord]) for woord in fout if woord in goed]


def losse_vraag(gezocht: list[str]) -> str:
    """Return a tsquery that any of the words answers: those that say much, or all when none does."""
    telt = [woord for woord in gezocht if gewicht_van(woord) == 1] or gezocht
    return " | ".join(dict.fromkeys(deel for woord in telt if (deel := vraag_van(woord))))


class Markeerder:
    """Marks the words of a question in a text that is escaped, in any of their forms."""

    def __init__(self, gezocht: str) -> None:
        self.vormen = {
            vorm
            for woord in zoekwoorden(gezocht)
            if gewicht_van(woord)
            for vorm in (woord, stam(woord), *(deel for deel in delen(woord) if gewicht_van(deel) == 1))
        }

    def _is_gezocht(self, tekst: str) -> bool:
        for woord in woorden(tekst):
            if woord in self.vormen or stam(woord) in self.vormen:
                return True
            if len(woord) > 6 and any(deel in self.vormen for deel in delen(woord)):
                return True
        return False

    def eerste(self, tekst: str) -> int:
        """Where the first of the words stands, -1 when none does."""
        return next((m.start() for m in _WOORD.finditer(tekst) if self._is_gezocht(m[0])), -1) if self.vormen else -1

    def markeer(self, tekst: str) -> SafeString:
        if not self.vormen:
            return escape(tekst)
        delen_van_tekst, plaats = [], 0
        for m in _WOORD.finditer(tekst):
            if self._is_gezocht(m[0]):
                delen_van_tekst.append(f"{escape(tekst[plaats : m.start()])}<mark>{escape(m[0])}</mark>")
                plaats = m.end()
        return mark_safe("".join(delen_van_tekst) + escape(tekst[plaats:]))  # noqa: S308 - each part is escaped

    def uittreksel(self, tekst: str) -> SafeString:
        """A piece of a text around the first of the words, marked; the beginning when none of them is there."""
        eerste = self.eerste(tekst)
        begin = max(eerste - VOOR_HET_WOORD, 0)
        if begin:
            begin = tekst.find(" ", begin, eerste) + 1 or begin
        stuk = tekst[begin : begin + LENGTE_UITTREKSEL]
        is_afgebroken = len(tekst) > begin + LENGTE_UITTREKSEL
        if is_afgebroken and " " in stuk[120:]:
            stuk = stuk[: stuk.rindex(" ")]
        return mark_safe(f"{'… ' if begin else ''}{self.markeer(stuk)}{' …' if is_afgebroken else ''}")  # noqa: S308
