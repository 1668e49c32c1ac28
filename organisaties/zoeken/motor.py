"""Answering a question: understand the words, run the statement, read the answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from organisaties.zoeken import opdracht
from organisaties.zoeken.begrip import Begrepen, begrijp
from organisaties.zoeken.opdracht import Filters
from organisaties.zoeken.taal import naamsleutel
from organisaties.zoeken.vraag import (
    AFSTAND,
    MAXIMUM,
    NAAM,
    NIEUWSTE,
    RELEVANTIE,
    Facetwaarde,
    Zoekresultaat,
    Zoekvraag,
)

FACETTEN = ("thema", "doelgroep", "kosten", "open", "soort", "gemeente")
MAX_PER_FACET = 200
# How many of the best are compared letter by letter with the question, and what that weighs.
NAUWKEURIG = 100
LIJKT_WOORD, LIJKT_GEHEEL = 0.1, 0.1
FACETKOLOMMEN = "z.organisatie_id, z.themas, z.doelgroepen, z.gemeenten, z.soort, z.is_gratis"


@dataclass
class _Deel:
    """A piece of SQL with its parameters."""

    sql: str
    parameters: list[Any] = field(default_factory=list)


def zoek(vraag: Zoekvraag) -> Zoekresultaat:
    """Find the listings that answer a question. Never raises on what was typed; at most four statements."""
    begrepen = begrijp(vraag.tekst, opdracht.filterwoorden(vraag))
    if begrepen.had_woorden and not begrepen.begrippen:
        return Zoekresultaat(onbekend=begrepen.onbekend, facetten=_lege_facetten(vraag))
    if not begrepen.had_woorden and vraag.tekst.strip():
        return Zoekresultaat(onbekend=[vraag.tekst.strip()[:40]], facetten=_lege_facetten(vraag))
    deel = _statement(vraag, begrepen)
    with connection.cursor() as cursor:
        cursor.execute(deel.sql, deel.parameters)
        antwoord = cursor.fetchone()[0]
    if isinstance(antwoord, str):
        antwoord = json.loads(antwoord)
    rijen = antwoord["pagina"] or []
    totaal = min(antwoord["totaal"], MAXIMUM)
    return Zoekresultaat(
        ids=[rij[0] for rij in rijen],
        afstanden={rij[0]: rij[1] for rij in rijen if rij[1] is not None},
        totaal=totaal,
        is_afgekapt=antwoord["totaal"] > MAXIMUM,
        facetten=_facetten(vraag, antwoord["facetten"]),
        verbeterd=begrepen.verbeterd,
        onbekend=begrepen.onbekend,
    )


def _statement(vraag: Zoekvraag, begrepen: Begrepen) -> _Deel:
    filters = opdracht.filters_van(vraag)
    parameters: list[Any] = []
    sql = "WITH k AS MATERIALIZED (" + _kandidaten(vraag, begrepen, filters, "", parameters) + ")"
    actief = [naam for naam in FACETTEN if naam in filters.lexemen or (naam == "open" and vraag.alleen_open)]
    for naam in actief:
        sql += f", k_{naam} AS MATERIALIZED (" + _kandidaten(vraag, begrepen, filters, naam, parameters) + ")"
    sql += ", g AS (SELECT organisatie_id, km, score, naamsleutel, gepubliceerd_op, waarde, aanbod,"
    sql += " row_number() OVER (ORDER BY " + _volgorde(vraag) + ") AS nummer FROM k)"
    per_pagina = max(1, min(vraag.per_pagina, 100))
    pagina = max(1, min(vraag.pagina, opdracht.MAX_PAGINA))
    sql += ", p AS (SELECT organisatie_id, km, row_number() OVER (ORDER BY " + _eindvolgorde(
        vraag, begrepen, parameters
    )
    sql += ") AS nummer FROM g ORDER BY nummer LIMIT %s OFFSET %s)"
    parameters += [per_pagina, min((pagina - 1) * per_pagina, MAXIMUM)]
    sql += " SELECT json_build_object('totaal', (SELECT count(*) FROM k), 'pagina',"
    sql += " (SELECT json_agg(json_build_array(organisatie_id, round(km::numeric, 3)) ORDER BY nummer) FROM p), 'facetten',"
    sql += " json_build_object(" + ", ".join(_facet(naam, actief, vraag, parameters) for naam in FACETTEN) + "))"
    return _Deel(sql, parameters)


def _voorwaarden(vraag: Zoekvraag, filters: Filters, zonder: str, parameters: list[Any]) -> str:
    sql = ""
    if vraag.alleen_open and zonder != "open":
        stuk, waarden = opdracht.open_nu(vraag)
        sql += f" AND {stuk}"
        parameters += waarden
    if vraag.plek and vraag.afstand_km:
        sql += (
            " AND (z.vector @@ %s::tsquery OR EXISTS (SELECT 1 FROM organisaties_zoekpunt q"
            " WHERE q.organisatie_id = z.organisatie_id AND q.punt <@ circle(point(%s, %s), %s)))"
        )
        punt = vraag.plek.punt
        parameters += [opdracht.of(opdracht.bedient(vraag)), punt[0], punt[1], float(vraag.afstand_km)]
    return sql


def _kandidaten(vraag: Zoekvraag, begrepen: Begrepen, filters: Filters, zonder: str, parameters: list[Any]) -> str:
    """SQL for the at most MAXIMUM + 1 rows that are ranked and counted, the most promising first."""
    vast = filters.zonder(zonder) + ([filters.plek] if filters.plek else [])
    woorden = begrepen.begrippen
    schatting = opdracht.schatting(begrepen, vraag)
    kolommen = FACETKOLOMMEN
    if not zonder:
        kolommen += (
            ", z.score, z.naamsleutel, z.aanbod, z.gepubliceerd_op, " + _waarde(begrepen, parameters) + " AS waarde, "
        )
        kolommen += _afstand(vraag, parameters) + " AS km"

    def laag(kop: str, woordvraag: str) -> str:
        delen = ([f"({woordvraag})"] if woordvraag else []) + vast
        voorwaarde = "z.vector @@ %s::tsquery" if delen else "true"
        parameters.extend(["&".join(delen)] if delen else [])
        voorwaarde += _voorwaarden(vraag, filters, zonder, parameters)
        return f"SELECT {kop} FROM organisaties_zoekrij z WHERE {voorwaarde}{_in_volgorde(vraag, schatting)} LIMIT {MAXIMUM + 1}"

    if len(woorden) < 2 or schatting <= MAXIMUM:
        return laag(kolommen, opdracht.genoeg(woorden) if woorden else "")
    strikt = laag("z.organisatie_id", opdracht.alle(woorden))
    ruim = laag("z.organisatie_id", opdracht.genoeg(woorden))
    return (
        f"SELECT {kolommen} FROM (SELECT organisatie_id FROM (SELECT organisatie_id, 1 AS laag FROM ({strikt}) s"
        f" UNION ALL SELECT organisatie_id, 2 FROM ({ruim}) r) u GROUP BY organisatie_id ORDER BY min(laag)"
        f" LIMIT {MAXIMUM + 1}) i JOIN organisaties_zoekrij z USING (organisatie_id)"
    )


def _in_volgorde(vraag: Zoekvraag, schatting: int) -> str:
    """When not all rows can be looked at, take the first in the wanted order instead of any."""
    if schatting <= MAXIMUM:
        return ""
    if vraag.sorteer == NAAM:
        return " ORDER BY z.naamsleutel, z.organisatie_id"
    if vraag.sorteer == NIEUWSTE:
        return " ORDER BY z.gepubliceerd_op DESC, z.organisatie_id DESC"
    return ""


def _waarde(begrepen: Begrepen, parameters: list[Any]) -> str:
    return f"({opdracht.waardering(begrepen.begrippen, parameters)})::float8" if begrepen.begrippen else "0::float8"


def _afstand(vraag: Zoekvraag, parameters: list[Any]) -> str:
    if not vraag.plek:
        return "NULL::float8"
    parameters += [vraag.plek.punt[0], vraag.plek.punt[1]]
    return (
        "(SELECT min(q.punt <-> point(%s, %s)) FROM organisaties_zoekpunt q WHERE q.organisatie_id = z.organisatie_id)"
    )


def _volgorde(vraag: Zoekvraag, waarde: str = "waarde") -> str:
    relevant = f"{waarde} - 0.15 * least(coalesce(km, 25), 50) / 50 DESC, score DESC"
    return {
        AFSTAND: "km NULLS LAST, " + relevant,
        NAAM: "naamsleutel",
        NIEUWSTE: "gepubliceerd_op DESC",
    }.get(vraag.sorteer, relevant + ", km NULLS LAST, naamsleutel, gepubliceerd_op DESC") + ", organisatie_id"


def _eindvolgorde(vraag: Zoekvraag, begrepen: Begrepen, parameters: list[Any]) -> str:
    """Among the first by words, names and services that look like the whole question come first."""
    if not begrepen.begrippen or vraag.sorteer != RELEVANTIE:
        return "nummer"
    sleutel = naamsleutel(vraag.tekst[:200])
    parameters += [sleutel, sleutel]
    tekst = "(naamsleutel || ' ' || aanbod)"
    waarde = (
        f"CASE WHEN nummer <= {NAUWKEURIG} THEN waarde + {LIJKT_WOORD} * strict_word_similarity(%s, {tekst})"
        f" + {LIJKT_GEHEEL} * similarity(%s, {tekst}) ELSE waarde END"
    )
    return f"nummer > {NAUWKEURIG}, {_volgorde(vraag, waarde)}"


def _facet(naam: str, actief: list[str], vraag: Zoekvraag, parameters: list[Any]) -> str:
    bron = f"k_{naam}" if naam in actief else "k"
    if naam == "kosten":
        return f"'kosten', (SELECT json_build_object('gratis', count(*)) FROM {bron} WHERE is_gratis)"
    if naam == "open":
        stuk, waarden = opdracht.open_nu(vraag)
        parameters += waarden
        return f"'open', (SELECT json_build_object('nu', count(*)) FROM {bron} z WHERE {stuk})"
    waarde = {"thema": "unnest(themas)", "doelgroep": "unnest(doelgroepen)", "gemeente": "unnest(gemeenten)"}.get(
        naam, "soort"
    )
    return (
        f"'{naam}', (SELECT json_object_agg(w, n) FROM (SELECT {waarde} AS w, count(*) AS n FROM {bron}"
        f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MAX_PER_FACET}) f)"
    )


def _gekozen(vraag: Zoekvraag, naam: str) -> tuple[str, ...]:
    return {
        "thema": tuple(vraag.themas),
        "doelgroep": tuple(vraag.doelgroepen),
        "kosten": ("gratis",) if vraag.alleen_gratis else (),
        "open": ("nu",) if vraag.alleen_open else (),
        "soort": (vraag.soort,) if vraag.soort else (),
        "gemeente": (vraag.gemeente,) if vraag.gemeente else (),
    }[naam]


def _facetten(vraag: Zoekvraag, geteld: dict[str, dict[str, int] | None]) -> dict[str, list[Facetwaarde]]:
    facetten = {}
    for naam in FACETTEN:
        gekozen = _gekozen(vraag, naam)
        waarden = {waarde: aantal for waarde, aantal in (geteld.get(naam) or {}).items()}
        for waarde in gekozen:
            waarden.setdefault(waarde, 0)
        facetten[naam] = [
            Facetwaarde(waarde, min(aantal, MAXIMUM), waarde in gekozen)
            for waarde, aantal in sorted(waarden.items(), key=lambda paar: (-paar[1], paar[0]))
        ]
    return facetten


def _lege_facetten(vraag: Zoekvraag) -> dict[str, list[Facetwaarde]]:
    return _facetten(vraag, {})
