"""Answering a question: understand the words, run the statement, read the answer."""

# The statement is put together from texts of our own; whatever a person types goes as a parameter.
# ruff: noqa: S608

from __future__ import annotations

import json
from sys import intern

from django.db import connection

from organisaties.zoeken import opdracht
from organisaties.zoeken.begrip import Begrepen, begrijp
from organisaties.zoeken.kandidaten import Sql, kandidaten
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
NAUWKEURIG = 40
VERGELEKEN_TEKENS = 160
LIJKT_WOORD, LIJKT_GEHEEL = 0.1, 0.1


# For this statement alone, in the same round trip. The planner thinks that looking into a row's words costs next to
# nothing, and would read a whole table for it.
INSTELLINGEN = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '32MB'; "


def zoek(vraag: Zoekvraag) -> Zoekresultaat:
    """Find the listings that answer a question. Never raises on what was typed; at most four statements."""
    begrepen = begrijp(vraag.tekst, opdracht.filterwoorden(vraag))
    if begrepen.had_woorden and not begrepen.begrippen:
        return Zoekresultaat(onbekend=begrepen.onbekend, facetten=_lege_facetten(vraag))
    if not begrepen.had_woorden and vraag.tekst.strip():
        return Zoekresultaat(onbekend=[vraag.tekst.strip()[:40]], facetten=_lege_facetten(vraag))
    sql = _statement(vraag, begrepen)
    with connection.cursor() as cursor:
        cursor.execute(INSTELLINGEN + sql.tekst, sql.parameters)
        while cursor.nextset():
            pass
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


def _statement(vraag: Zoekvraag, begrepen: Begrepen) -> Sql:
    filters = opdracht.filters_van(vraag, begrepen.tellingen)
    sql = Sql("WITH k AS MATERIALIZED (") + kandidaten(vraag, begrepen, filters) + ")"
    actief = [naam for naam in FACETTEN if naam in filters.lexemen or (naam == "open" and vraag.alleen_open)]
    for naam in actief:
        sql = sql + f", k_{naam} AS MATERIALIZED (" + kandidaten(vraag, begrepen, filters, naam) + ")"
    per_pagina = max(1, min(vraag.per_pagina, 100))
    pagina = max(1, min(vraag.pagina, opdracht.MAX_PAGINA))
    vanaf = min((pagina - 1) * per_pagina, MAXIMUM)
    # No more of them are put in order than this page asks for.
    sql = sql + Sql(
        f", t AS (SELECT * FROM k ORDER BY {_volgorde(vraag)} LIMIT %s)", [max(NAUWKEURIG, vanaf + per_pagina)]
    )
    sql = sql + f", g AS (SELECT *, row_number() OVER (ORDER BY {_volgorde(vraag)}) AS nummer FROM t)"
    sql = sql + ", p AS (SELECT organisatie_id, km, row_number() OVER (ORDER BY " + _eindvolgorde(vraag, begrepen)
    sql = sql + Sql(") AS plaats FROM g ORDER BY plaats LIMIT %s OFFSET %s)", [per_pagina, vanaf])
    sql = sql + (
        " SELECT json_build_object('totaal', (SELECT count(*) FROM k), 'pagina', (SELECT json_agg("
        "json_build_array(organisatie_id, round(km::numeric, 3)) ORDER BY plaats) FROM p), 'facetten', json_build_object("
    )
    for naam in FACETTEN:
        sql = sql + (", " if naam != FACETTEN[0] else "") + _facet(naam, f"k_{naam}" if naam in actief else "k", vraag)
    return sql + "))"


def _volgorde(vraag: Zoekvraag, waarde: str = "waarde") -> str:
    relevant = f"{waarde} - 0.15 * least(coalesce(km, 25), 50) / 50 DESC, score DESC"
    return {
        AFSTAND: "km NULLS LAST, " + relevant,
        NAAM: "naamsleutel",
        NIEUWSTE: "gepubliceerd_op DESC",
    }.get(vraag.sorteer, relevant + ", km NULLS LAST, naamsleutel, gepubliceerd_op DESC") + ", organisatie_id"


def _eindvolgorde(vraag: Zoekvraag, begrepen: Begrepen) -> Sql:
    """Among the first by words, names and services that look like the whole question come first."""
    if not begrepen.begrippen or vraag.sorteer != RELEVANTIE:
        return Sql("nummer")
    sleutel = naamsleutel(vraag.tekst[:200])
    tekst = f"left(naamsleutel || ' ' || aanbod, {VERGELEKEN_TEKENS})"
    waarde = (
        f"CASE WHEN nummer <= {NAUWKEURIG} THEN waarde + {LIJKT_WOORD} * strict_word_similarity(%s, {tekst})"
        f" + {LIJKT_GEHEEL} * similarity(%s, {tekst}) ELSE waarde END"
    )
    return Sql(f"nummer > {NAUWKEURIG}, {_volgorde(vraag, waarde)}", [sleutel, sleutel])


def _facet(naam: str, bron: str, vraag: Zoekvraag) -> Sql:
    if naam == "kosten":
        return Sql(f"'kosten', (SELECT json_build_object('gratis', count(*)) FROM {bron} WHERE is_gratis)")
    if naam == "open":
        stuk, waarden = opdracht.open_nu(vraag)
        return Sql(f"'open', (SELECT json_build_object('nu', count(*)) FROM {bron} z WHERE {stuk})", waarden)
    waarde = {"thema": "unnest(themas)", "doelgroep": "unnest(doelgroepen)", "gemeente": "unnest(gemeenten)"}.get(
        naam, "soort"
    )
    return Sql(
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
        waarden = dict(geteld.get(naam) or {})
        for waarde in gekozen:
            waarden.setdefault(waarde, 0)
        facetten[naam] = [
            Facetwaarde(intern(waarde), min(aantal, MAXIMUM), waarde in gekozen)
            for waarde, aantal in sorted(waarden.items(), key=lambda paar: (-paar[1], paar[0]))
        ]
    return facetten


def _lege_facetten(vraag: Zoekvraag) -> dict[str, list[Facetwaarde]]:
    return _facetten(vraag, {})
