"""What is meant by a question: for each word of it the words of listings that answer it, and how well."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from organisaties.zoeken.rij import ALLES, DEEL, STAM
from organisaties.zoeken.samenstelling import delen
from organisaties.zoeken.stam import stam
from organisaties.zoeken.synoniemen import Verwijzing, Zin, is_inhoud, synoniemen
from organisaties.zoeken.taal import gewicht_van, is_los_teken, zoekwoorden
from organisaties.zoeken.tellingen import sleutels
from organisaties.zoeken.verbeteren import Kandidaat, beste, zoek_kandidaten, zoek_tellingen
from organisaties.zoeken.vraag import Verbetering
from organisaties.zoeken.woordenlijst import schrijffouten, woordsoorten

# How good an answer is that has the word itself, its base form, it as a part of a compound, all parts of it,
# a word that means the same, one that it points to, the rest of a half word, or one part of it.
ZELF, VORM, IN_SAMENSTELLING, ALLE_DELEN = 1.0, 0.97, 0.72, 0.75
GELIJK, GELIJK_DEEL, VERWIJST, VERWIJST_DEEL = 0.75, 0.5, 0.4, 0.3
HALF, EEN_DEEL = 0.6, 0.25
# How good an answer is that belongs to a theme or target group of that name, with that keyword, or with it in one.
NAAM_VAN_FILTER, TREFWOORD, WOORD_VAN_TREFWOORD = 0.5, 0.3, 0.2
VERBETERD, VAAG = 0.9, 0.6

# People as they are named by whoever asks for them: 'mijn moeder is dement'.
BEZITTELIJK = frozenset(["mijn", "onze", "zijn", "haar"])
PERSONEN = frozenset(
    [
        "moeder", "vader", "mama", "papa", "ma", "pa", "ouders", "ouder", "oma", "opa", "zoon", "zoontje", "dochter",
        "dochtertje", "broer", "broertje", "zus", "zusje", "man", "vrouw", "partner", "vriend", "vriendin", "ex",
        "neef", "nicht", "tante", "oom", "schoonmoeder", "schoonvader", "buurman", "buurvrouw", "buren", "kleinkind",
        "gezin",
    ]
)  # fmt: skip
LICHT = 0.35

# A conjunction of disjunctions of lexemes: ((~schuld, +schuld), (~help, +help)).
Uitdrukking = tuple[tuple[str, ...], ...]


@dataclass
class Begrip:
    """One thing asked for: a word, or words that belong together, with what answers it best first."""

    tekst: str
    belang: float
    antwoorden: dict[Uitdrukking, float] = field(default_factory=dict)
    zinnen: set[Uitdrukking] = field(default_factory=set)
    gewicht: float = 0.0
    aantal: int = 0

    def voeg_toe(self, uitdrukking: Uitdrukking, waarde: float, *, is_zin: bool = False) -> None:
        if uitdrukking and all(uitdrukking) and waarde > self.antwoorden.get(uitdrukking, 0):
            self.antwoorden[uitdrukking] = waarde
            (self.zinnen.add if is_zin else self.zinnen.discard)(uitdrukking)

    def lexemen(self) -> set[str]:
        return {lexeem for uitdrukking in self.antwoorden for groep in uitdrukking for lexeem in groep}


@dataclass
class Begrepen:
    begrippen: list[Begrip]
    totaal: int = 0
    verbeterd: list[Verbetering] = field(default_factory=list)
    onbekend: list[str] = field(default_factory=list)
    tellingen: dict[str, int] = field(default_factory=dict)
    had_woorden: bool = False


def begrijp(tekst: str, filters: list[str]) -> Begrepen:
    """Turn a question into what it asks for. Asks the database at most twice; also counts the filter words."""
    getypt = zoekwoorden(tekst)
    begrippen = _begrippen(getypt)
    nodig = {lexeem for begrip in begrippen for lexeem in begrip.lexemen()} | {ALLES, *filters, *getypt}
    tellingen = zoek_tellingen(nodig)
    begrepen = Begrepen(begrippen, totaal=tellingen.get(ALLES, 0), tellingen=tellingen, had_woorden=bool(getypt))
    _herstel(begrepen, getypt)
    _weeg(begrepen)
    return begrepen


def _begrippen(getypt: list[str]) -> list[Begrip]:
    stammen = [stam(woord) for woord in getypt]
    gewichten = _gewichten(getypt)
    telt = [n for n, woord in enumerate(getypt) if is_inhoud(woord)] or _zonder_inhoud(stammen)
    begrippen: list[Begrip] = []
    plaats = 0
    while plaats < len(telt):
        lengte, verwijzingen = _langste_zin(stammen, telt, plaats)
        alle = telt[plaats : plaats + lengte]
        woorden = [n for n in alle if gewichten[n]] or alle
        is_bekend = bool(verwijzingen) and (lengte > 1 or not gewichten[alle[0]])
        belang = max(max(gewichten[n] for n in woorden), 0.6 if is_bekend else 0.0)
        if belang:
            begrip = Begrip(" ".join(getypt[n] for n in woorden), belang)
            _eigen_antwoorden(begrip, [getypt[n] for n in woorden])
            _synoniemen_toe(begrip, verwijzingen)
            _filters_toe(begrip, tuple(stammen[n] for n in woorden))
            begrippen.append(begrip)
        plaats += lengte
    return _samengevoegd(begrippen, [woord for woord, gewicht in zip(getypt, gewichten, strict=True) if gewicht])


def _zonder_inhoud(stammen: list[str]) -> list[int]:
    """The words to look at in a question of stop words alone: those of a known phrase ('adres nodig'), or all."""
    for zin in synoniemen().loze_zinnen:
        rest = iter(range(len(stammen)))
        plaatsen = [next((n for n in rest if stammen[n] == woord), -1) for woord in zin]
        if -1 not in plaatsen:
            return plaatsen
    return list(range(len(stammen)))


def _gewichten(getypt: list[str]) -> list[float]:
    """The weight of each word. After 'mijn' a person is whom the need is about, not what is asked for."""
    gewichten = [gewicht_van(woord) for woord in getypt]
    if not any(gewichten):
        return [0.0 if is_los_teken(woord) else 0.5 for woord in getypt]
    for n, woord in enumerate(getypt[1:], 1):
        if getypt[n - 1] in BEZITTELIJK and woord in PERSONEN:
            gewichten[n] = min(gewichten[n], LICHT)
    return gewichten


def _langste_zin(stammen: list[str], telt: list[int], plaats: int) -> tuple[int, list[Verwijzing]]:
    """The most words from here on that are a known phrase, and what it points to. `telt` are the telling words."""
    bekend = synoniemen()
    for lengte in range(min(bekend.langste, len(telt) - plaats), 0, -1):
        kern = tuple(stammen[n] for n in telt[plaats : plaats + lengte])
        if kern in bekend.zinnen:
            van = telt[plaats - 1] + 1 if plaats else 0
            tot = telt[plaats + lengte] if plaats + lengte < len(telt) else len(stammen)
            gevonden = bekend.vind(kern, tuple(stammen[van:tot]))
            if gevonden:
                return lengte, gevonden
    return 1, []


def _vormen(stamvorm: str) -> tuple[str, ...]:
    return (STAM + stamvorm, DEEL + stamvorm)


def _eigen_antwoorden(begrip: Begrip, woorden: list[str]) -> None:
    if len(woorden) == 1:
        _woord_toe(begrip, woorden[0], 1.0)
        return
    begrip.voeg_toe(tuple((STAM + stam(woord),) for woord in woorden), ZELF)
    begrip.voeg_toe(tuple(_vormen(stam(woord)) for woord in woorden), ALLE_DELEN)
    for woord in woorden:
        if gewicht_van(woord) == 1.0:
            begrip.voeg_toe((_vormen(stam(woord)),), EEN_DEEL)


def _woord_toe(begrip: Begrip, woord: str, factor: float) -> None:
    basis = stam(woord)
    if basis != woord:
        begrip.voeg_toe(((woord,),), ZELF * factor)
    begrip.voeg_toe(((STAM + basis,),), (ZELF if basis == woord else VORM) * factor)
    begrip.voeg_toe(((DEEL + basis,),), IN_SAMENSTELLING * factor)
    stukken = delen(woord)
    if stukken:
        begrip.voeg_toe(tuple(_vormen(stuk) for stuk in stukken[:4]), ALLE_DELEN * factor)
        for stuk in stukken:
            if gewicht_van(stuk) == 1.0 and len(stuk) > 3:
                begrip.voeg_toe((_vormen(stuk),), EEN_DEEL * factor)


def _synoniemen_toe(begrip: Begrip, verwijzingen: list[Verwijzing], factor: float = 1.0) -> None:
    for verwijzing in verwijzingen:
        waarde, als_deel = (GELIJK, GELIJK_DEEL) if verwijzing.is_gelijk else (VERWIJST, VERWIJST_DEEL)
        for doel in verwijzing.doelen:
            keer = factor * (VAAG if doel in verwijzing.vaag else 1.0)
            begrip.voeg_toe(tuple((STAM + stuk,) for stuk in doel), waarde * keer, is_zin=len(doel) > 1)
            begrip.voeg_toe(tuple(_vormen(stuk) for stuk in doel), als_deel * keer, is_zin=len(doel) > 1)


def _betekenis_toe(begrip: Begrip, woord: str, factor: float = 1.0) -> None:
    zin = (stam(woord),)
    _synoniemen_toe(begrip, synoniemen().verwijzingen.get(zin, []), factor)
    _filters_toe(begrip, zin)


def _filters_toe(begrip: Begrip, zin: Zin) -> None:
    bekend = synoniemen()
    for waar, waarde in (
        (bekend.namen, NAAM_VAN_FILTER),
        (bekend.trefwoorden, TREFWOORD),
        (bekend.losse_woorden, WOORD_VAN_TREFWOORD),
    ):
        for filterwoord in sorted(waar.get(zin, ())):
            begrip.voeg_toe(((filterwoord,),), waarde)


def _samengevoegd(begrippen: list[Begrip], woorden: list[str]) -> list[Begrip]:
    """Two words that are written as one in listings: 'dieren arts' also answers to 'dierenarts'."""
    for links, rechts in pairwise(begrippen):
        if " " in links.tekst or " " in rechts.tekst or links.tekst + rechts.tekst in woorden:
            continue
        samen = links.tekst + rechts.tekst
        if len(samen) <= 40 and samen.isalpha():
            for begrip in (links, rechts):
                begrip.voeg_toe(((samen, STAM + stam(samen)),), ZELF)
                _betekenis_toe(begrip, samen)
    return begrippen


def _herstel(begrepen: Begrepen, getypt: list[str]) -> None:
    """Mend words that no listing has: a known misspelling, a letter or two off, or half a word."""
    onbekend = [begrip for begrip in begrepen.begrippen if _is_onbekend(begrip, begrepen.tellingen)]
    zeldzaam = [
        begrip
        for begrip in begrepen.begrippen
        if begrip not in onbekend
        and begrepen.tellingen.get(begrip.tekst, begrepen.tellingen.get(STAM + begrip.tekst, 0)) in (1, 2)
        and not _is_nederlands(begrip.tekst)
    ]
    if not onbekend and not zeldzaam:
        return
    alle = {begrip.tekst: schrijffouten().get(begrip.tekst, "") for begrip in onbekend + zeldzaam}
    kandidaten = zoek_kandidaten({tekst: sleutels(tekst) for tekst in alle}, {goed for goed in alle.values() if goed})
    gezien = {kandidaat.woord for kandidaat in kandidaten}
    bekend = synoniemen().bekende_woorden
    ook = {woord for tekst in alle for sleutel in sleutels(tekst) for woord in bekend.get(sleutel, ())}
    kandidaten += [Kandidaat(woord, 0) for woord in sorted(ook - gezien)]
    for begrip in onbekend + zeldzaam:
        _herstel_begrip(begrepen, begrip, alle[begrip.tekst], kandidaten, is_onbekend=begrip in onbekend)


def _herstel_begrip(
    begrepen: Begrepen, begrip: Begrip, goed: str, kandidaten: list[Kandidaat], *, is_onbekend: bool
) -> None:
    # What looks like a form of a Dutch word or a compound may be right: one mistake at most, then.
    gevonden = [goed] if goed else []
    if not goed and begrip.tekst not in woordsoorten():
        gevonden = beste(begrip.tekst, kandidaten, hoogste=1 if _is_nederlands(begrip.tekst) else 3)
    for woord in gevonden:
        _woord_toe(begrip, woord, VERBETERD)
        _betekenis_toe(begrip, woord, VERBETERD)
    if gevonden and is_onbekend:
        begrepen.verbeterd.append(Verbetering(begrip.tekst, gevonden[0]))
    if not gevonden and is_onbekend:
        helften = [
            k.woord for k in kandidaten if k.aantal and len(begrip.tekst) >= 4 and k.woord.startswith(begrip.tekst)
        ]
        for woord in helften[:8]:
            begrip.voeg_toe(((woord, STAM + woord),), HALF)
        gevonden = helften
        if not helften:
            begrepen.onbekend.append(begrip.tekst)
            # Half of a compound that nobody offers is chance: 'boorplatform' asks for no drill.
            begrip.antwoorden.clear()
    if gevonden:
        begrepen.tellingen.update(zoek_tellingen(begrip.lexemen() - begrepen.tellingen.keys()))


def _is_onbekend(begrip: Begrip, tellingen: dict[str, int]) -> bool:
    return " " not in begrip.tekst and not any(
        waarde > EEN_DEEL and all(any(tellingen.get(lexeem) for lexeem in groep) for groep in uitdrukking)
        for uitdrukking, waarde in begrip.antwoorden.items()
    )


def _is_nederlands(woord: str) -> bool:
    return woord in woordsoorten() or stam(woord) in woordsoorten() or bool(delen(woord)) or woord.isdigit()


def _weeg(begrepen: Begrepen) -> None:
    """Give each concept the weight of its rarity, and drop answers that no listing has."""
    over = []
    for begrip in begrepen.begrippen:
        _houd_wat_bestaat(begrip, begrepen.tellingen)
        if not begrip.antwoorden:
            continue
        begrip.aantal = min(
            begrepen.totaal, sum(_aantal(uitdrukking, begrepen.tellingen) for uitdrukking in begrip.antwoorden)
        )
        eigen = [u for u, w in begrip.antwoorden.items() if w >= ALLE_DELEN * VERBETERD] or list(begrip.antwoorden)
        zeldzaamheid = max(_aantal(uitdrukking, begrepen.tellingen) for uitdrukking in eigen)
        begrip.gewicht = begrip.belang * math.log(1.5 + begrepen.totaal / (0.5 + zeldzaamheid))
        over.append(begrip)
    begrepen.begrippen = over


def _houd_wat_bestaat(begrip: Begrip, tellingen: dict[str, int]) -> None:
    oud, zinnen = begrip.antwoorden, begrip.zinnen
    begrip.antwoorden, begrip.zinnen = {}, set()
    for uitdrukking, waarde in oud.items():
        bestaat = tuple(tuple(lexeem for lexeem in groep if tellingen.get(lexeem)) for groep in uitdrukking)
        begrip.voeg_toe(bestaat, waarde, is_zin=uitdrukking in zinnen)


def _aantal(uitdrukking: Uitdrukking, tellingen: dict[str, int]) -> int:
    return min(sum(tellingen.get(lexeem, 0) for lexeem in groep) for groep in uitdrukking)


__all__ = ["Begrepen", "Begrip", "Uitdrukking", "Zin", "begrijp"]
