"""The opening hours of a location or a service, ready to read."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.dateformat import format as format_date

from organisaties.models import Openingstijd, Openingsuitzondering
from organisaties.openingstijden import AMSTERDAM, Openstand, openstand, weekrooster

_AANKONDIGINGEN_MAX = 4
Sleutel = tuple[str, int]


@dataclass
class Tijdenblok:
    """The hours of a location or service, ready to read."""

    rijen: list[dict[str, Any]] = field(default_factory=list)
    stand: Openstand = field(default_factory=lambda: Openstand(is_open=False))
    nu_tekst: str = ""
    let_op: list[str] = field(default_factory=list)
    tijden: list[Openingstijd] = field(default_factory=list)
    uitzonderingen: list[Openingsuitzondering] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.stand.is_open


def tijdenblok(tijden: list[Openingstijd], uitzonderingen: list[Openingsuitzondering], nu: datetime) -> Tijdenblok:
    """Return the hours of this week, the state now, and what will be different after this week."""
    if not tijden and not uitzonderingen:
        return Tijdenblok()
    vandaag = nu.astimezone(AMSTERDAM).date()
    week = weekrooster(tijden, uitzonderingen, nu)
    stand = openstand(tijden, uitzonderingen, nu)
    rijen = [
        {
            "dag": dag.naam,
            "tekst": _uren(dag.in_woorden()),
            "vandaag": dag.dag == vandaag,
            "gesloten": not dag.tijdvakken,
        }
        for dag in week
        if tijden or dag.is_afwijkend
    ]
    straks = [uitzondering for uitzondering in uitzonderingen if uitzondering.tot_en_met_datum > week[-1].dag]
    let_op = [_aankondiging(uitzondering) for uitzondering in straks[:_AANKONDIGINGEN_MAX]]
    return Tijdenblok(rijen, stand, stand.in_woorden(nu), let_op, tijden, uitzonderingen)


def _uren(tekst: str) -> str:
    """'9.00 – 12.00 en 13.00 – 17.00 uur (feestdag)': 'uur' behind the last of the times."""
    return re.sub(r"(– \d+\.\d\d)(?!.*– \d+\.\d\d)", r"\1 uur", tekst, count=1)


def _aankondiging(uitzondering: Openingsuitzondering) -> str:
    """'Van 24 december tot en met 1 januari gesloten (kerstvakantie).'"""
    van, tot_en_met = uitzondering.van_datum, uitzondering.tot_en_met_datum
    dagen = (
        f"Op {format_date(van, 'l j F')}"
        if van == tot_en_met
        else f"Van {format_date(van, 'j F')} tot en met {format_date(tot_en_met, 'j F')}"
    )
    open_van = f"open {uitzondering.van:%-H.%M} – {uitzondering.tot:%-H.%M} uur" if uitzondering.van else ""
    wat = "gesloten" if uitzondering.is_gesloten else open_van
    return f"{dagen} {wat}{f' ({uitzondering.reden})' if uitzondering.reden else ''}."


def tijden_van(
    rond: dict[str, Any],
) -> tuple[dict[Sleutel, list[Openingstijd]], dict[Sleutel, list[Openingsuitzondering]]]:
    """Take the hours out of what stands around a listing, by the location or service that they are of."""
    tijden: dict[Sleutel, list[Openingstijd]] = defaultdict(list)
    uitzonderingen: dict[Sleutel, list[Openingsuitzondering]] = defaultdict(list)
    for bron in ("locatie", "dienst"):
        for rij in rond.pop(f"uren_{bron}"):
            tijden[bron, rij[f"{bron}_id"]].append(Openingstijd(**_gelezen(rij)))
        for rij in rond.pop(f"afwijkend_{bron}"):
            uitzonderingen[bron, rij[f"{bron}_id"]].append(Openingsuitzondering(**_gelezen(rij)))
    return tijden, uitzonderingen


def _gelezen(json_rij: dict[str, Any]) -> dict[str, Any]:
    """Dates and times come out of JSON as text."""
    rij = dict(json_rij)
    for naam in ("van", "tot"):
        rij[naam] = time.fromisoformat(rij[naam]) if rij[naam] else None
    for naam in ("van_datum", "tot_en_met_datum"):
        if naam in rij:
            rij[naam] = date.fromisoformat(rij[naam])
    return rij
