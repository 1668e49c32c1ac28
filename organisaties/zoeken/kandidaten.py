"""Which rows are ranked and counted: at most MAXIMUM + 1, the most promising first, however many there are.

Branches of UNION ALL under one LIMIT run one after another and only as far as needed: all words before
some of the words, the best tenth of the table before the rest.
"""

# The statement is put together from texts of our own; whatever a person types goes as a parameter.
# ruff: noqa: S608

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from organisaties.zoeken import opdracht
from organisaties.zoeken.begrip import Begrepen
from organisaties.zoeken.opdracht import Filters
from organisaties.zoeken.vraag import AFSTAND, MAXIMUM, NAAM, NIEUWSTE, RELEVANTIE, Zoekvraag

# From so many listings on it pays to look among the best first.
VEEL = 4 * MAXIMUM
# Nearest first: up to so many are sorted by distance, beyond it the points are walked outwards.
SORTEERBAAR = 8_000
MAX_PUNTEN = 6_000


@dataclass
class Sql:
    """A piece of SQL with its parameters, in order."""

    tekst: str = ""
    parameters: list[Any] = field(default_factory=list)

    def __add__(self, ander: Sql | str) -> Sql:
        if isinstance(ander, str):
            return Sql(self.tekst + ander, self.parameters)
        return Sql(self.tekst + ander.tekst, self.parameters + ander.parameters)


FACETKOLOMMEN = (
    "z.organisatie_id, z.themas, z.doelgroepen, z.gemeenten, z.soort, z.is_gratis, z.week, z.afwijkende_dagen"
)
TABEL = " FROM organisaties_zoekrij z"


def kandidaten(vraag: Zoekvraag, begrepen: Begrepen, filters: Filters, zonder: str = "") -> Sql:
    """The candidates; without the filter of one facet to count that facet, else with what ranks them."""
    woorden = begrepen.begrippen
    vast, plek = filters.zonder(zonder)
    rest = _rest(vraag, zonder)
    if filters.open and zonder != "open":
        rest = Sql(" AND z.vector @@ %s::tsquery", [filters.open]) + rest
    if plek:
        # A scan key of its own: the index then walks the words and looks the cells up, not the other way around.
        rest = Sql(" AND z.vector @@ %s::tsquery", [plek]) + rest
    kop = Sql(FACETKOLOMMEN) if zonder else _kop(vraag, begrepen)
    schatting = opdracht.schatting(begrepen, vraag, zonder)
    ruim = opdracht.genoeg(woorden) if woorden else ""
    limiet = f" LIMIT {MAXIMUM + 1}"
    zoekt_in_woorden = woorden or vast or filters.plek or (filters.open and zonder != "open")
    if not zoekt_in_woorden and (zonder or vraag.sorteer == RELEVANTIE):
        # Nothing to look up: the best first, until enough of them pass what is left to judge.
        return Sql("SELECT ") + kop + TABEL + " WHERE true" + rest + " ORDER BY z.score DESC, z.organisatie_id" + limiet
    if schatting <= MAXIMUM:
        return Sql("SELECT ") + kop + TABEL + " WHERE " + _past(vast, ruim) + rest + limiet
    if vraag.sorteer == AFSTAND and vraag.plek:
        if schatting > SORTEERBAAR and not zonder:
            kop = _kop(vraag, begrepen, Sql("z.km"))
        return _dichtbij(vraag, kop, _past(vast, ruim) + rest, is_te_veel=schatting > SORTEERBAAR)
    volgorde = {NAAM: "z.naamsleutel, z.organisatie_id", NIEUWSTE: "z.gepubliceerd_op DESC, z.organisatie_id DESC"}
    if vraag.sorteer in volgorde:
        return (
            Sql("SELECT ")
            + kop
            + TABEL
            + " WHERE "
            + _past(vast, ruim)
            + rest
            + f" ORDER BY {volgorde[vraag.sorteer]}"
            + limiet
        )
    lagen = [_past(vast, opdracht.alle(woorden)), _past(vast, ruim)] if len(woorden) > 1 else [_past(vast, ruim)]
    if len(lagen) > 1:
        lagen[1] = lagen[1] + Sql(" AND NOT z.vector @@ %s::tsquery", [opdracht.alle(woorden)])
    if schatting >= VEEL:
        lagen = [
            laag + deel
            for laag in lagen
            for deel in (" AND z.laag = 3", " AND z.laag = 2", " AND z.laag = 1", " AND z.laag = 0")
        ]
    takken = Sql()
    for nummer, laag in enumerate(lagen):
        takken = takken + (" UNION ALL " if nummer else "") + "(SELECT z.*" + TABEL + " WHERE " + laag + rest + ")"
    return Sql("SELECT ") + kop + " FROM (SELECT * FROM (" + takken + ") t" + limiet + ") z"


def _past(vast: list[str], woordvraag: str) -> Sql:
    delen = ([f"({woordvraag})"] if woordvraag else []) + vast
    return Sql("z.vector @@ %s::tsquery", ["&".join(delen)]) if delen else Sql("true")


def _rest(vraag: Zoekvraag, zonder: str) -> Sql:
    """What the word index cannot judge: open now, and the exact distance."""
    rest = Sql()
    if vraag.alleen_open and zonder != "open":
        stuk, waarden = opdracht.open_nu(vraag)
        rest = rest + Sql(f" AND {stuk}", waarden)
    if vraag.plek and vraag.afstand_km:
        rest = rest + Sql(" AND (z.vector @@ %s::tsquery OR ", [opdracht.of(opdracht.bedient(vraag))])
        rest = rest + afstand(vraag) + Sql(" <= %s)", [float(vraag.afstand_km)])
    return rest


def _kop(vraag: Zoekvraag, begrepen: Begrepen, km: Sql | None = None) -> Sql:
    parameters: list[Any] = []
    waarde = f"({opdracht.waardering(begrepen.begrippen, parameters)})::float8" if begrepen.begrippen else "0::float8"
    kop = Sql(f"{FACETKOLOMMEN}, z.score, z.naamsleutel, z.aanbod, z.gepubliceerd_op, {waarde} AS waarde, ", parameters)
    return kop + (km or afstand(vraag)) + " AS km"


def afstand(vraag: Zoekvraag) -> Sql:
    """Kilometres to the nearest point of a listing."""
    if not vraag.plek:
        return Sql("NULL::float8")
    return Sql(
        "(CASE WHEN z.punt IS NOT NULL THEN z.punt <-> point(%s, %s) ELSE (SELECT min(q.punt <-> point(%s, %s))"
        " FROM organisaties_zoekpunt q WHERE q.organisatie_id = z.organisatie_id) END)",
        [vraag.plek.punt[0], vraag.plek.punt[1]] * 2,
    )


def _dichtbij(vraag: Zoekvraag, kop: Sql, voorwaarde: Sql, *, is_te_veel: bool) -> Sql:
    if not is_te_veel:
        volgorde = Sql(" ORDER BY ") + afstand(vraag) + f" LIMIT {MAXIMUM + 1}"
        return Sql("SELECT ") + kop + TABEL + " WHERE " + voorwaarde + volgorde
    # Walked outwards point by point, until enough of them belong to a listing that answers.
    punt = vraag.plek.punt if vraag.plek else (0.0, 0.0)
    buren = Sql(
        f"SELECT q.organisatie_id, q.punt <-> point(%s, %s) AS km FROM organisaties_zoekpunt q"
        f" ORDER BY q.punt <-> point(%s, %s) LIMIT {MAX_PUNTEN}",
        [punt[0], punt[1], punt[0], punt[1]],
    )
    bron = Sql("SELECT z.*, b.km FROM (") + buren + ") b CROSS JOIN LATERAL (SELECT * FROM organisaties_zoekrij r"
    bron = bron + " WHERE r.organisatie_id = b.organisatie_id LIMIT 1) z WHERE " + voorwaarde
    return (
        Sql("SELECT DISTINCT ON (organisatie_id) ")
        + kop
        + " FROM ("
        + bron
        + f" LIMIT {MAXIMUM + 1}) z ORDER BY organisatie_id"
    )
