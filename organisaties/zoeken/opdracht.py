"""The one SQL statement that finds, ranks, counts and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from organisaties.zoeken.begrip import Begrepen, Begrip, Uitdrukking
from organisaties.zoeken.rij import (
    ALLES,
    ANDERS,
    CELLEN,
    FILTER,
    GRATIS,
    LANDELIJK,
    MET_SAMEN,
    MET_UREN,
    cellen_om,
    samen,
    stil_uur,
)
from organisaties.zoeken.vraag import AFSTAND, MAXIMUM, NAAM, NIEUWSTE, Zoekvraag

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# What a word is worth by where it stands: name, services and summary, text, themes and target groups.
VELDEN = (("A", 1.0), ("AB", 0.9), ("ABC", 0.6), ("", 0.3))
# A phrase that means the same counts where its words stand in one field; far apart in a text they say little.
VELDEN_ZIN = (("A", 1.0), ("B", 0.9), ("AB", 0.8), ("C", 0.3), ("", 0.1))
# An answer must have words that make up this share of what was asked.
DEKKING = 0.5
MAX_PAGINA = 200


@dataclass
class Filters:
    """The filters of a question as words of the index, by the facet they belong to."""

    lexemen: dict[str, str] = field(default_factory=dict)
    plek: str = ""
    # The place together with a theme or target group, in words of their own.
    samen: dict[str, str] = field(default_factory=dict)
    hoeveel: dict[str, int] = field(default_factory=dict)
    # Who may be open, at an hour at which few are.
    open: str = ""

    def zonder(self, facet: str) -> tuple[list[str], str]:
        """The filters but that of one facet, and what the place asks; by words that stand for both where there are."""
        samen_met = min((naam for naam in self.samen if naam != facet), key=self.hoeveel.__getitem__, default="")
        vast = [uitdrukking for naam, uitdrukking in self.lexemen.items() if naam not in (facet, samen_met)]
        return vast, self.samen[samen_met] if samen_met else self.plek


def citeer(lexeem: str) -> str:
    return "'" + lexeem.replace("\\", "\\\\").replace("'", "''") + "'"


def of(lexemen: Iterable[str]) -> str:
    return "(" + "|".join(citeer(lexeem) for lexeem in lexemen) + ")"


def filters_van(vraag: Zoekvraag, tellingen: dict[str, int]) -> Filters:
    filters = Filters()
    if vraag.themas:
        filters.lexemen["thema"] = of(f"@t:{slug}" for slug in vraag.themas[:20])
    if vraag.doelgroepen:
        filters.lexemen["doelgroep"] = of(f"@d:{slug}" for slug in vraag.doelgroepen[:20])
    if vraag.alleen_gratis:
        filters.lexemen["kosten"] = of([GRATIS])
    if vraag.soort:
        filters.lexemen["soort"] = of([f"@s:{vraag.soort}"])
    if vraag.gemeente:
        filters.lexemen["gemeente"] = of([f"@g:{vraag.gemeente}"])
    if vraag.provincie:
        filters.lexemen["provincie"] = of([f"@p:{vraag.provincie}", LANDELIJK])
    uren = _uurwoorden(vraag)
    if uren and tellingen.get(MET_UREN) == tellingen.get(ALLES):
        filters.open = of(uren)
    plekwoorden = _plekwoorden(vraag)
    if plekwoorden:
        # Cells in which nobody is would only cost time; with none left the place itself finds nothing.
        filters.plek = of([woord for woord in plekwoorden if tellingen.get(woord)] or plekwoorden[:1])
        # A row that was written before these words were thought of has none of them.
        if tellingen.get(MET_SAMEN) == tellingen.get(ALLES):
            for facet, woorden in _samenwoorden(vraag, plekwoorden).items():
                filters.samen[facet] = of([woord for woord in woorden if tellingen.get(woord)] or woorden[:1])
                filters.hoeveel[facet] = sum(tellingen.get(woord, 0) for woord in woorden)
    return filters


def _uurwoorden(vraag: Zoekvraag) -> list[str]:
    uur = stil_uur(_minuut(vraag)) if vraag.alleen_open else ""
    return [uur, ANDERS] if uur else []


def _minuut(vraag: Zoekvraag) -> int:
    """Minutes since Monday 00:00 in Amsterdam."""
    hier = (vraag.nu or timezone.now()).astimezone(AMSTERDAM)
    return hier.weekday() * 1440 + hier.hour * 60 + hier.minute


def _samenwoorden(vraag: Zoekvraag, plekwoorden: list[str]) -> dict[str, list[str]]:
    """For a circle of small cells with one theme or one target group: the words that are both."""
    if not any(woord.startswith(f"@c{CELLEN[0]}:") for woord in plekwoorden):
        return {}
    gekozen = {
        "thema": [f"@t:{slug}" for slug in vraag.themas],
        "doelgroep": [f"@d:{slug}" for slug in vraag.doelgroepen],
    }
    return {
        facet: [samen(plek, waarden[0]) for plek in plekwoorden]
        for facet, waarden in gekozen.items()
        if len(waarden) == 1
    }


def _plekwoorden(vraag: Zoekvraag) -> list[str]:
    if not (vraag.plek and vraag.afstand_km):
        return []
    cellen = cellen_om(vraag.plek.punt[0], vraag.plek.punt[1], vraag.afstand_km)
    return [*bedient(vraag), *cellen] if cellen else []


def bedient(vraag: Zoekvraag) -> list[str]:
    """The words of listings whose service area covers the place."""
    plek = vraag.plek
    codes = (plek.gemeente_code, plek.provincie_code) if plek else ()
    return [LANDELIJK, *(f"@w:{code}" for code in codes if code)]


def filterwoorden(vraag: Zoekvraag) -> list[str]:
    woorden = [f"@t:{slug}" for slug in vraag.themas] + [f"@d:{slug}" for slug in vraag.doelgroepen]
    woorden += [f"@g:{vraag.gemeente}"] if vraag.gemeente else []
    plekwoorden = _plekwoorden(vraag)
    woorden += plekwoorden
    uren = _uurwoorden(vraag)
    woorden += [MET_UREN, *uren] if uren else []
    for samenwoorden in _samenwoorden(vraag, plekwoorden).values():
        woorden += [MET_SAMEN, *samenwoorden]
    return woorden + ([f"@s:{vraag.soort}"] if vraag.soort else [])


def als_tsquery(uitdrukking: Uitdrukking, velden: str) -> str:
    achter = f":{velden}" if velden else ""
    return "&".join("(" + "|".join(citeer(lexeem) + achter for lexeem in groep) + ")" for groep in uitdrukking)


def heeft(begrip: Begrip) -> str:
    return "(" + "|".join(f"({als_tsquery(u, '')})" for u in begrip.antwoorden) + ")"


def alle(begrippen: list[Begrip]) -> str:
    return "&".join(heeft(begrip) for begrip in begrippen)


def genoeg(begrippen: list[Begrip]) -> str:
    """Listings that have words worth DEKKING of the question, as the smallest sets that are."""
    grens = DEKKING * sum(begrip.gewicht for begrip in begrippen)
    zwaarste = sorted(begrippen, key=lambda begrip: -begrip.gewicht)[:5]
    sets: list[tuple[Begrip, ...]] = []
    for lengte in range(1, len(zwaarste) + 1):
        for keus in combinations(zwaarste, lengte):
            al_gedekt = any(set(map(id, kleiner)) <= set(map(id, keus)) for kleiner in sets)
            if not al_gedekt and sum(begrip.gewicht for begrip in keus) >= grens - 1e-9:
                sets.append(keus)
    return "|".join("(" + alle(list(keus)) + ")" for keus in sets) or alle(zwaarste)


def waardering(begrippen: list[Begrip], parameters: list[Any]) -> str:
    """SQL for how well a row answers: for each concept the best of its answers in the best of its fields."""
    totaal = sum(begrip.gewicht for begrip in begrippen) or 1.0
    stukken = []
    for begrip in begrippen:
        trappen: dict[float, list[str]] = {}
        for uitdrukking, waarde in begrip.antwoorden.items():
            for velden, factor in _velden(uitdrukking, begrip):
                trappen.setdefault(round(waarde * factor, 2), []).append(f"({als_tsquery(uitdrukking, velden)})")
        gesorteerd = [(w * begrip.gewicht / totaal, "|".join(v)) for w, v in sorted(trappen.items(), reverse=True)]
        stukken.append(_trap(gesorteerd, parameters))
    return " + ".join(stukken) or "0"


def _trap(trappen: list[tuple[float, str]], parameters: list[Any]) -> str:
    """SQL for the first of these that a row answers to: halved each time, for looking into a thousand rows adds up."""
    if len(trappen) == 1:
        parameters.append(trappen[0][1])
        return f"CASE WHEN z.vector @@ %s::tsquery THEN {trappen[0][0]:.5f} ELSE 0 END"
    midden = len(trappen) // 2
    parameters.append("|".join(vraag for _, vraag in trappen[:midden]))
    beste = f"{trappen[0][0]:.5f}" if midden == 1 else _trap(trappen[:midden], parameters)
    return f"CASE WHEN z.vector @@ %s::tsquery THEN {beste} ELSE {_trap(trappen[midden:], parameters)} END"


def _velden(uitdrukking: Uitdrukking, begrip: Begrip) -> tuple[tuple[str, float], ...]:
    if uitdrukking[0][0].startswith(FILTER):
        return (("", 1.0),)
    return VELDEN_ZIN if uitdrukking in begrip.zinnen else VELDEN


def schatting(begrepen: Begrepen, vraag: Zoekvraag, zonder: str = "") -> float:
    """About how many listings answer, from the words' counts, as if these had nothing to do with each other."""
    aantallen = [begrip.aantal for begrip in begrepen.begrippen]
    aantallen += [
        sum(begrepen.tellingen.get(woord, 0) for woord in groep)
        for facet, groep in (
            ("thema", [f"@t:{slug}" for slug in vraag.themas]),
            ("doelgroep", [f"@d:{slug}" for slug in vraag.doelgroepen]),
            ("soort", [f"@s:{vraag.soort}"] if vraag.soort else []),
            ("gemeente", [f"@g:{vraag.gemeente}"] if vraag.gemeente else []),
            ("plek", _plekwoorden(vraag)),
            ("open", _uurwoorden(vraag) if MET_UREN in begrepen.tellingen else []),
        )
        if groep and facet != zonder
    ]
    verwacht = float(begrepen.totaal)
    for aantal in aantallen:
        verwacht *= min(1.0, aantal / max(begrepen.totaal, 1))
    return verwacht


def open_nu(vraag: Zoekvraag) -> tuple[str, list[Any]]:
    hier = (vraag.nu or timezone.now()).astimezone(AMSTERDAM)
    minuut = _minuut(vraag)
    klok = hier.replace(tzinfo=None)
    return (
        "(CASE WHEN z.afwijkende_dagen @> %s::date THEN EXISTS (SELECT 1 FROM organisaties_zoekopening o"
        " WHERE o.organisatie_id = z.organisatie_id AND ((o.week @> %s AND NOT o.afwijkende_dagen @> %s::date)"
        " OR o.afwijkend_open @> %s::timestamp)) ELSE z.week @> %s END)",
        [hier.date(), minuut, hier.date(), klok, minuut],
    )


__all__ = [
    "AFSTAND",
    "ALLES",
    "MAXIMUM",
    "MAX_PAGINA",
    "NAAM",
    "NIEUWSTE",
    "Filters",
    "alle",
    "bedient",
    "filters_van",
    "filterwoorden",
    "genoeg",
    "of",
    "open_nu",
    "schatting",
    "waardering",
]
