"""A listing turned into what the search tables hold of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from organisaties.keuzes import Werkgebied
from organisaties.kwaliteit import Feiten, weeg
from organisaties.models import Dienst, Locatie, Openingsuitzondering, Organisatie
from organisaties.zoeken.bron import Bron, deel, lees_bronnen
from organisaties.zoeken.samenstelling import delen
from organisaties.zoeken.stam import stam
from organisaties.zoeken.taal import MAX_INDEXTEKENS, gewicht_van, naamsleutel, woorden
from welzijnportal.geo.rd import naar_rd
from welzijnportal.geo.zoeken import vind_plek

STAM, DEEL, FILTER = "~", "+", "@"
ALLES, LANDELIJK, GRATIS = "@", "@land", "@gratis"
# A row that has this also has the words of place and theme or target group together (see `samen`).
MET_SAMEN = "@samen"
# In the evening, at night and on Sunday few are open: the hours of then are words, by hour of the week. A row that
# knows them has MET_UREN, and one that has other hours on some day ANDERS, for then only its hours tell.
MET_UREN, ANDERS = "@uren", "@anders"
_OVERDAG = frozenset(dag * 24 + uur for dag in range(6) for uur in range(8, 18))
# Cells in kilometres of the national grid: a circle is covered by a few of them, which the word index can find.
CELLEN = (5, 25)
MAX_LEXEMEN = 3000
_DAG_MINUTEN = 24 * 60

# The lexemes of a word, with the parts of compounds or without.
Woordkennis = Callable[[str, bool], tuple[str, ...]]


@dataclass
class Rij:
    organisatie_id: int
    score: float
    naamsleutel: str
    aanbod: str
    lexemen: dict[str, str]
    themas: list[str]
    doelgroepen: list[str]
    gemeenten: list[str]
    soort: str
    is_gratis: bool
    gepubliceerd_op: datetime
    punten: list[tuple[float, float]] = field(default_factory=list)
    openingen: list[tuple[str, str, str]] = field(default_factory=list)
    week: str = "{}"
    afwijkende_dagen: str = "{}"

    @property
    def enig_punt(self) -> str | None:
        """The point of a listing with one point, as PostgreSQL reads it."""
        return f"({self.punten[0][0]!r},{self.punten[0][1]!r})" if len(self.punten) == 1 else None

    @property
    def vector(self) -> str:
        """The text form of the tsvector: one position for each field that a word stands in."""
        plaatsen = {"A": "1A", "B": "2B", "C": "3C", "D": "4"}
        return " ".join(
            f"'{lexeem}'" + (":" + ",".join(plaatsen[veld] for veld in velden) if velden else "")
            for lexeem, velden in self.lexemen.items()
        )


def maak_rijen(organisatie_ids: Iterable[int]) -> Iterator[Rij]:
    """Yield a row for each of these organisations that is published."""
    for bron in lees_bronnen(organisatie_ids):
        yield maak_rij(bron)


def maak_rij(bron: Bron, woordkennis: Woordkennis | None = None) -> Rij:
    """The row of one listing. A rebuild passes a `woordkennis` that never forgets: each word is looked at once."""
    organisatie = bron.organisatie
    diensten = list(deel(organisatie, "diensten"))
    locaties = list(deel(organisatie, "locaties"))
    dragers: list[Organisatie | Dienst] = [organisatie, *diensten]
    themas = {t.pk: t for drager in dragers for t in deel(drager, "themas")}
    themas |= {t.ouder.pk: t.ouder for t in list(themas.values()) if t.ouder}
    doelgroepen = {d.pk: d for drager in dragers for d in deel(drager, "doelgroepen")}
    gemeenten = {g.code: g for g in deel(organisatie, "gemeenten")}
    gemeenten |= {locatie.gemeente.code: locatie.gemeente for locatie in locaties if locatie.gemeente}
    velden = {
        "A": [organisatie.naam, organisatie.ook_bekend_als],
        "B": [*(d.naam for d in diensten), organisatie.kort, *bron.labels],
        "C": [organisatie.tekst, *(d.tekst for d in diensten)],
        "D": [
            *(t.naam for t in themas.values()),
            *(d.naam for d in doelgroepen.values() if d.slug != "iedereen"),
            *(locatie.plaats for locatie in locaties),
            *(g.naam for g in gemeenten.values()),
        ],
    }
    is_gratis = not diensten or any(d.is_gratis for d in diensten)
    punten = [punt for locatie in locaties if (punt := _zoekpunt(locatie))]
    rij = Rij(
        organisatie_id=organisatie.pk,
        score=_score(
            Feiten(
                organisatie,
                diensten,
                locaties,
                heeft_tijden=any(deel(drager, "openingstijden") for drager in _met_tijden(diensten, locaties)),
                heeft_doelgroepen=bool(doelgroepen),
            )
        ),
        naamsleutel=naamsleutel(organisatie.naam) or "-",
        aanbod=" ".join(naamsleutel(d.naam) for d in diensten)[:400],
        lexemen=_lexemen(velden, woordkennis or lexemen_van),
        themas=sorted(t.slug for t in themas.values()),
        doelgroepen=sorted(d.slug for d in doelgroepen.values()),
        gemeenten=sorted(gemeenten),
        soort=organisatie.soort,
        is_gratis=is_gratis,
        gepubliceerd_op=organisatie.gepubliceerd_op or organisatie.aangemaakt_op,
        punten=sorted({(p[0], p[1]) for p in punten}),
        openingen=[stuk for drager in _met_tijden(diensten, locaties) if (stuk := _opening(drager))],
    )
    rij.week = _multirange(stuk for drager in _met_tijden(diensten, locaties) for stuk in _week(drager))
    rij.afwijkende_dagen = _multirange(
        stuk for drager in _met_tijden(diensten, locaties) for stuk in _afwijkend(drager)
    )
    provincies = {p.code for p in deel(organisatie, "provincies")}
    for filterwoord in _filters(rij, organisatie, provincies, {g.provincie_id for g in gemeenten.values()}):
        rij.lexemen.setdefault(filterwoord, "")
    weken = (stuk for drager in _met_tijden(diensten, locaties) for stuk in _week(drager))
    for uur in sorted({uur for van, tot in weken for uur in range(van // 60, -(-tot // 60))} - _OVERDAG):
        rij.lexemen.setdefault(uurwoord(uur), "")
    return rij


def _score(feiten: Feiten) -> float:
    """How good a listing is, from 0 to 1: a little of the order, and all of it among equal answers."""
    return weeg(feiten).totaal / 100


def _lexemen(velden: dict[str, list[str]], woordkennis: Woordkennis) -> dict[str, str]:
    gevonden: dict[str, str] = {}
    for veld, teksten in velden.items():
        met_delen = veld != "D"
        for woord in dict.fromkeys(woorden(" \n ".join(teksten)[:MAX_INDEXTEKENS])):
            if len(gevonden) > MAX_LEXEMEN:
                break
            for lexeem in woordkennis(woord, met_delen):
                bekend = gevonden.get(lexeem, "")
                if veld not in bekend:
                    gevonden[lexeem] = bekend + veld
    return gevonden


def alle_lexemen_van(woord: str, met_delen: bool) -> tuple[str, ...]:
    """What the index holds of a word: its base form, itself if that differs, the parts of a compound; of small words nothing."""
    if gewicht_van(woord) == 0:
        return ()
    basis = stam(woord)
    lexemen = (STAM + basis,) if basis == woord else (STAM + basis, woord)
    return lexemen + tuple(DEEL + deel for deel in delen(woord)) if met_delen else lexemen


lexemen_van = lru_cache(maxsize=20_000)(alle_lexemen_van)


def _filters(rij: Rij, organisatie: Organisatie, provincies: set[str], ligt_in: set[str]) -> Iterator[str]:
    yield from (ALLES, MET_SAMEN, MET_UREN)
    if rij.afwijkende_dagen != "{}":
        yield ANDERS
    filters = [*(f"@t:{slug}" for slug in rij.themas), *(f"@d:{slug}" for slug in rij.doelgroepen)]
    yield from filters
    yield f"@s:{rij.soort}"
    if rij.is_gratis:
        yield GRATIS
    yield from (f"@g:{code}" for code in rij.gemeenten)
    yield from (f"@p:{code}" for code in ligt_in | provincies)
    if organisatie.werkgebied == Werkgebied.LANDELIJK:
        plekken = [LANDELIJK]
    elif organisatie.werkgebied == Werkgebied.PROVINCIAAL:
        plekken = [f"@w:{code}" for code in provincies]
    else:
        plekken = [f"@w:{gemeente.code}" for gemeente in deel(organisatie, "gemeenten")]
    plekken += dict.fromkeys(cel(x, y, CELLEN[0]) for x, y in rij.punten)
    yield from plekken
    yield from (cel(x, y, CELLEN[1]) for x, y in rij.punten)
    yield from (samen(plek, filterwoord) for plek in plekken for filterwoord in filters)


def cel(x: float, y: float, maat: int) -> str:
    return f"@c{maat}:{int(x // maat)}:{int(y // maat)}"


def uurwoord(uur: int) -> str:
    return f"@u:{uur}"


def stil_uur(minuut: int) -> str:
    """The word of this minute of the week; empty where so many are open that it would be no help."""
    return "" if minuut // 60 in _OVERDAG else uurwoord(minuut // 60)


def samen(plek: str, filterwoord: str) -> str:
    """One word for being near a place and having a theme or target group.

    The listings that have both are a twentieth of those that are near: the index looks at so many less.
    """
    return f"{plek}/{filterwoord[1:]}"


def cellen_om(x: float, y: float, km: float) -> list[str]:
    """The cells that cover a circle; empty when it is too large to be worth it."""
    maat = CELLEN[0] if km <= 12 else CELLEN[1]
    if km > 100:
        return []
    return [
        f"@c{maat}:{kolom}:{regel}"
        for kolom in range(int((x - km) // maat), int((x + km) // maat) + 1)
        for regel in range(int((y - km) // maat), int((y + km) // maat) + 1)
    ]


def _zoekpunt(locatie: Locatie) -> tuple[float, float] | None:
    """Where a location counts as found; a confidential one in the middle of its place, or distances would betray it."""
    if locatie.is_geheim:
        plek = vind_plek(locatie.plaats)
        return plek.punt if plek else None
    if locatie.breedtegraad is None or locatie.lengtegraad is None:
        return None
    return naar_rd(locatie.breedtegraad, locatie.lengtegraad)


def _met_tijden(diensten: list[Dienst], locaties: list[Locatie]) -> list[Dienst | Locatie]:
    return [*locaties, *diensten]


def _opening(drager: Locatie | Dienst) -> tuple[str, str, str] | None:
    """The hours of one location or service as texts of multiranges; None when it never is open by the clock."""
    week, uitzonderingen = _week(drager), list(deel(drager, "uitzonderingen"))
    anders = [u for u in uitzonderingen if not u.is_gesloten and u.van and u.tot]
    if not week and not anders:
        return None
    open_op = [
        f"[{datetime.combine(dag, u.van)},{_moment(dag, u.tot)})"
        for u in anders
        for dag in _dagen(u)
        if u.van and u.tot
    ]
    return _multirange(week), _multirange(_afwijkend(drager)), "{" + ",".join(open_op) + "}"


def _week(drager: Locatie | Dienst) -> list[tuple[int, int]]:
    return [
        (_minuut(t.van, t.dag - 1), _minuut(t.tot, t.dag - 1, is_einde=True))
        for t in deel(drager, "openingstijden")
        if t.van and t.tot and not t.is_op_afspraak
    ]


def _afwijkend(drager: Locatie | Dienst) -> list[tuple[date, date]]:
    return [
        (u.van_datum, min(u.tot_en_met_datum, date(9998, 12, 31)) + timedelta(days=1))
        for u in deel(drager, "uitzonderingen")
    ]


def _multirange(stukken: Iterable[tuple[Any, Any]]) -> str:
    """The text of a multirange as PostgreSQL gives it back: in order, and what touches made one."""
    samen: list[tuple[Any, Any]] = []
    for van, tot in sorted(stukken):
        if samen and van <= samen[-1][1]:
            samen[-1] = (samen[-1][0], max(tot, samen[-1][1]))
        else:
            samen.append((van, tot))
    return "{" + ",".join(f"[{van},{tot})" for van, tot in samen) + "}"


def _minuut(klok: time, dag: int, *, is_einde: bool = False) -> int:
    if is_einde and klok >= time(23, 59):
        return (dag + 1) * _DAG_MINUTEN
    return dag * _DAG_MINUTEN + klok.hour * 60 + klok.minute


def _moment(dag: date, klok: time) -> datetime:
    return datetime.combine(dag, klok) if klok < time(23, 59) else datetime.combine(dag + timedelta(days=1), time())


def _dagen(uitzondering: Openingsuitzondering) -> Iterator[date]:
    aantal = (uitzondering.tot_en_met_datum - uitzondering.van_datum).days + 1
    for n in range(min(aantal, 366)):
        yield uitzondering.van_datum + timedelta(days=n)
