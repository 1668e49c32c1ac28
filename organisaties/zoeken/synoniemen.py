"""Words that mean the same, as admins keep them, in the form in which a question is compared with them."""

import hashlib
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from organisaties.models import Doelgroep, Synoniemgroep, Thema
from organisaties.zoeken.stam import stam
from organisaties.zoeken.taal import gewicht_van, woorden
from organisaties.zoeken.tellingen import sleutels

# How long a worker may answer with the groups it has read before.
HOUDBAAR_SECONDEN = 60
LANGSTE_ZIN = 6
# Stop words that turn a phrase into another: 'niet kunnen slapen' is no 'kunnen slapen'.
ONTKENNING = frozenset(["niet", "geen"])

Zin = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """To which words a word or phrase points; `is_gelijk` when they mean the same."""

    doelen: tuple[Zin, ...]
    is_gelijk: bool
    # Phrases of which one word is left ('werk zoeken'), so that they may mean something else.
    vaag: frozenset[Zin] = frozenset()


@dataclass
class Synoniemen:
    """By phrase, as base forms: the words it points to, and the filters (theme, target group) it is a name or keyword of."""

    verwijzingen: dict[Zin, list[Verwijzing]] = field(default_factory=lambda: defaultdict(list))
    namen: dict[Zin, set[str]] = field(default_factory=lambda: defaultdict(set))
    trefwoorden: dict[Zin, set[str]] = field(default_factory=lambda: defaultdict(set))
    losse_woorden: dict[Zin, set[str]] = field(default_factory=lambda: defaultdict(set))
    # By the words of a phrase that are no stop words: the whole phrases.
    zinnen: dict[Zin, set[Zin]] = field(default_factory=lambda: defaultdict(set))
    # Phrases that have only stop words.
    loze_zinnen: list[Zin] = field(default_factory=list)
    # As typed, to mend misspellings of words that no listing has: 'eenzaamhijd'.
    # Most of the many keys have one word; a set for each would take more room than all the rest.
    bekende_woorden: dict[str, tuple[str, ...]] = field(default_factory=dict)
    langste: int = 1
    _gespeld: set[str] = field(default_factory=set)

    def voeg_filter_toe(self, filterwoord: str, naam: str, trefwoorden: list[str]) -> None:
        for teksten, waar in (([naam], self.namen), (trefwoorden, self.trefwoorden)):
            for zin in filter(None, map(inhoud, teksten)):
                waar[zin].add(filterwoord)
        self._onthoud_spelling([naam, *trefwoorden])
        for woord in {woord for tekst in trefwoorden if " " in tekst for woord in woorden(tekst)}:
            if gewicht_van(woord) == 1.0:
                self.losse_woorden[(stam(woord),)].add(filterwoord)

    def voeg_toe(self, bronnen: list[str], doelen: list[str], *, is_gelijk: bool) -> None:
        zinnen = [(als_zin(bron), bron) for bron in bronnen]
        inhouden = {doel: inhoud(doel) for doel in doelen}
        vaag = frozenset(w for doel, w in inhouden.items() if len(w) == 1 and len(als_zin(doel)) > 1)
        for zin, bron in zinnen:
            if not zin or len(zin) > LANGSTE_ZIN:
                continue
            andere = tuple(dict.fromkeys(w for doel, w in inhouden.items() if doel != bron and w and w != inhoud(bron)))
            if andere:
                self.verwijzingen[zin].append(Verwijzing(andere, is_gelijk, vaag))
                self.zinnen[kern_van(woorden(bron))].add(zin)
                self.langste = max(self.langste, len(kern_van(woorden(bron))))
                if not any(map(is_inhoud, woorden(bron))):
                    self.loze_zinnen.append(zin)
        self._onthoud_spelling(bronnen)

    def _onthoud_spelling(self, teksten: list[str]) -> None:
        for delen in map(woorden, teksten):
            if len(delen) != 1 or delen[0] in self._gespeld:
                continue
            self._gespeld.add(delen[0])
            alleen = (delen[0],)
            for sleutel in sleutels(delen[0]):
                eerdere = self.bekende_woorden.get(sleutel)
                self.bekende_woorden[sleutel] = eerdere + alleen if eerdere else alleen

    def vind(self, kern: Zin, omgeving: Zin) -> list[Verwijzing]:
        """What a run of telling words points to. `omgeving` is that run with the stop words in and around it.

        A phrase with two telling words is known by those alone; one with a single such word ('in de schulden',
        'ik sla') needs its stop words too, in order, with any others in between. The longest of those wins.
        """
        passend = [zin for zin in self.zinnen.get(kern, ()) if is_sprekend(kern) or _bevat(omgeving, zin)]
        langste = max(map(len, passend), default=0)
        return [
            verwijzing
            for zin in sorted(passend)
            if is_sprekend(kern) or len(zin) == langste
            for verwijzing in self.verwijzingen[zin]
        ]


def is_inhoud(woord: str) -> bool:
    """A word by which a phrase is recognised."""
    return bool(gewicht_van(woord)) or woord in ONTKENNING


def kern_van(alle: list[str]) -> Zin:
    """The base forms of the words by which a phrase is recognised; all of them if it has only stop words."""
    return tuple(stam(woord) for woord in alle if is_inhoud(woord)) or tuple(stam(woord) for woord in alle)


def is_sprekend(kern: Zin) -> bool:
    """Two words besides 'not', at least one of them of full weight: enough to know a phrase by."""
    woorden_zelf = [woord for woord in kern if woord not in ONTKENNING]
    return len(woorden_zelf) > 1 and any(gewicht_van(woord) == 1.0 for woord in woorden_zelf)


def _bevat(reeks: Zin, zin: Zin) -> bool:
    rest = iter(reeks)
    return all(woord in rest for woord in zin)


def als_zin(tekst: str) -> Zin:
    """The base forms of all words of a phrase, to find it in a question."""
    return tuple(stam(woord) for woord in woorden(tekst))


def inhoud(tekst: str) -> Zin:
    """The base forms of the words of a phrase that say something, to find it in listings."""
    alle = woorden(tekst)
    return tuple(stam(woord) for woord in alle if gewicht_van(woord)) or tuple(stam(woord) for woord in alle)


# Until when it may be answered with, of which rows it was made, and what was made.
_gelezen: tuple[float, bytes, Synoniemen] | None = None


def synoniemen() -> Synoniemen:
    """The groups of the database, read again after a minute, and made anew only if they changed."""
    global _gelezen
    eerder = _gelezen
    if eerder and eerder[0] >= time.monotonic():
        return eerder[2]
    rijen = _rijen()
    merk = hashlib.sha256(repr(rijen).encode()).digest()
    woordenboek = eerder[2] if eerder and eerder[1] == merk else _maak(*rijen)
    _gelezen = (time.monotonic() + HOUDBAAR_SECONDEN, merk, woordenboek)
    return woordenboek


def _rijen() -> tuple[list[Any], list[Any], list[Any]]:
    doelgroepen = Doelgroep.objects.exclude(slug="iedereen")
    return (
        list(Synoniemgroep.objects.order_by("pk").values_list("soort", "woorden", "doelen")),
        list(Thema.objects.order_by("pk").values_list("slug", "naam", "trefwoorden")),
        list(doelgroepen.order_by("pk").values_list("slug", "naam", "trefwoorden")),
    )


def _maak(groepen: list[Any], themas: list[Any], doelgroepen: list[Any]) -> Synoniemen:
    nieuw = Synoniemen()
    for soort, bronnen, doelen in groepen:
        is_gelijk = soort == Synoniemgroep.Soort.GELIJK
        nieuw.voeg_toe(bronnen, bronnen if is_gelijk else doelen, is_gelijk=is_gelijk)
    for slug, naam, trefwoorden in themas:
        nieuw.voeg_filter_toe(f"@t:{slug}", naam, trefwoorden)
    for slug, naam, trefwoorden in doelgroepen:
        nieuw.voeg_filter_toe(f"@d:{slug}", naam, trefwoorden)
    return nieuw


def vergeet() -> None:
    """Read the groups again at the next question; for whoever changes them."""
    global _gelezen
    _gelezen = None
