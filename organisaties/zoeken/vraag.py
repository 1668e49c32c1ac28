"""What may be asked of the search engine, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from welzijnportal.geo.zoeken import Plek

RELEVANTIE, AFSTAND, NAAM, NIEUWSTE = "relevantie", "afstand", "naam", "nieuwste"
# So many listings are looked at closely and counted; beyond it the page says 'meer dan 1.000'.
MAXIMUM = 1000


@dataclass(frozen=True)
class Zoekvraag:
    """A question as the search page asks it. Kilometres; slugs for themes and target groups; CBS codes."""

    tekst: str = ""
    plek: Plek | None = None
    afstand_km: int = 10
    themas: tuple[str, ...] = ()
    doelgroepen: tuple[str, ...] = ()
    alleen_gratis: bool = False
    alleen_open: bool = False
    soort: str = ""
    gemeente: str = ""
    provincie: str = ""
    sorteer: str = RELEVANTIE
    pagina: int = 1
    per_pagina: int = 20
    nu: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facetwaarde:
    """One value that a filter may take, and how many listings would be left."""

    waarde: str
    aantal: int
    is_gekozen: bool = False


@dataclass(frozen=True)
class Verbetering:
    """A word that was read as another, to say so on the page."""

    getypt: str
    gelezen: str


@dataclass(frozen=True)
class Zoekresultaat:
    """The listings of one page in order, and what the whole answer holds.

    `totaal` counts up to MAXIMUM; `is_afgekapt` says that there are more. `facetten` has the keys thema,
    doelgroep, kosten, open, soort and gemeente; each is counted as if its own filter were not set.
    """

    ids: list[int] = field(default_factory=list)
    afstanden: dict[int, float] = field(default_factory=dict)
    totaal: int = 0
    is_afgekapt: bool = False
    facetten: dict[str, list[Facetwaarde]] = field(default_factory=dict)
    verbeterd: list[Verbetering] = field(default_factory=list)
    onbekend: list[str] = field(default_factory=list)
