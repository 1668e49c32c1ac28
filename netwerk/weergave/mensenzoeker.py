"""The search over people and the suggestions 'past bij u': each one statement over what the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from netwerk.keuzes import Voor
from netwerk.models import Professional
from netwerk.zoeken import vraag_van
from welzijnportal.geo.rd import Punt

PER_PAGINA = 20
# So many of the best candidates are weighed, and as far one can leaf; who seeks further adds a word.
MEEST = 400


@dataclass(frozen=True)
class Mensenvraag:
    """What somebody looks for among people; empty is everybody."""

    tekst: str = ""
    expertise: str = ""
    aanbod: str = ""
    organisatie: int | None = None
    punt: Punt | None = None
    km: float = 25.0
    pagina: int = 1

    @property
    def is_leeg(self) -> bool:
        return not (self.tekst or self.expertise or self.aanbod or self.organisatie or self.punt)


@dataclass(frozen=True)
class Gevonden:
    """The keys of a page of people, and how many there are in all, up to ``MEEST``."""

    sleutels: list[int]
    aantal: int

    @property
    def is_afgekapt(self) -> bool:
        return self.aantal >= MEEST

    @property
    def laatste_pagina(self) -> int:
        return max(1, -(-self.aantal // PER_PAGINA))


_BLOKKADE = """
NOT EXISTS (SELECT 1 FROM netwerk_blokkade b WHERE b.door_id = z.professional_id AND b.geblokkeerd_id = %(ik)s)
AND NOT EXISTS (SELECT 1 FROM netwerk_blokkade b WHERE b.geblokkeerd_id = z.professional_id AND b.door_id = %(ik)s)
AND z.professional_id <> %(ik)s
"""


def zoek_mensen(vraag: Mensenvraag, kijker: Professional | None) -> Gevonden:
    """Return who answers, best first: by the words, else the fullest and confirmed profiles, or the nearest.

    Words that say nothing find everybody; words that nobody has find nobody. One query.
    """
    voorwaarden = ["z.niveau = %(niveau)s"]
    waarden: dict[str, Any] = {
        "niveau": Voor.LEDEN if kijker else Voor.IEDEREEN,
        "ik": kijker.pk if kijker else None,
        "meest": MEEST,
        "vanaf": (vraag.pagina - 1) * PER_PAGINA,
        "aantal": PER_PAGINA,
    }
    orde, gewicht = "z.score DESC, z.professional_id", "z.score"
    if tsquery := vraag_van(vraag.tekst):
        voorwaarden.append("z.vector @@ %(vraag)s::tsquery")
        waarden["vraag"] = tsquery
        gewicht = "ts_rank('{0.05,0.2,0.4,1}', z.vector, %(vraag)s::tsquery) * 20 + z.score / 10"
    elif vraag.tekst.strip():
        return Gevonden([], 0)
    if vraag.expertise:
        voorwaarden.append(
            "z.expertise && ARRAY(SELECT id FROM taggit_tag WHERE lower(name) = lower(%(expertise)s))::int[]"
        )
        waarden["expertise"] = vraag.expertise
    if vraag.aanbod in ("biedt", "zoekt"):
        voorwaarden.append(f"z.{vraag.aanbod}")
    if vraag.organisatie:
        voorwaarden.append("z.organisaties @> ARRAY[%(organisatie)s]::bigint[]")
        waarden["organisatie"] = vraag.organisatie
    if vraag.punt:
        voorwaarden.append("z.punt <@ circle(%(punt)s::point, %(km)s::float8)")
        waarden |= {"punt": f"({vraag.punt.x!r},{vraag.punt.y!r})", "km": vraag.km}
        if not tsquery:
            orde, gewicht = "z.punt <-> %(punt)s::point", "-(z.punt <-> %(punt)s::point)"
    if kijker:
        voorwaarden.append(_BLOKKADE)
    sql = f"""
        WITH keus AS MATERIALIZED (
          SELECT z.professional_id AS wie, {gewicht} AS gewicht FROM netwerk_profielzoek z
          WHERE {" AND ".join(voorwaarden)} ORDER BY {orde} LIMIT %(meest)s)
        SELECT (SELECT count(*) FROM keus),
          ARRAY(SELECT wie FROM keus ORDER BY gewicht DESC, wie OFFSET %(vanaf)s LIMIT %(aantal)s)
    """  # noqa: S608 - made of the fixed parts above
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        aantal, sleutels = cursor.fetchone()
    return Gevonden(list(sleutels), aantal)


@dataclass(frozen=True)
class Suggestie:
    """Somebody who may be worth knowing, and why, in words."""

    sleutel: int
    reden: str


# What counts, strongest first: they know what I want to learn, they want to learn what I know, the same work,
# a network that both are in and whose members see each other, and nearness. Each is cut off before it is joined.
_PAST = """
WITH mij AS MATERIALIZED (
  SELECT ARRAY(SELECT tag_id FROM netwerk_interesse WHERE content_object_id = %(ik)s)::int[] AS leer,
    ARRAY(SELECT tag_id FROM netwerk_expertise WHERE content_object_id = %(ik)s)::int[] AS weet,
    ARRAY(SELECT organisatie_id FROM netwerk_werkplek
      WHERE professional_id = %(ik)s AND tot_datum IS NULL AND status = 'bevestigd')::bigint[] AS werk,
    (SELECT punt FROM netwerk_professional WHERE id = %(ik)s) AS punt
), bron AS (
  (SELECT z.professional_id AS wie, 5 AS punten, 'weet' AS waarom, (
      SELECT t.name FROM taggit_tag t WHERE t.id = ANY(z.expertise) AND t.id = ANY(mij.leer) ORDER BY t.name LIMIT 1
    ) AS wat
   FROM mij JOIN netwerk_profielzoek z ON z.niveau = 2 AND z.expertise && mij.leer LIMIT 200)
  UNION ALL
  (SELECT z.professional_id, 3, 'leert', (
      SELECT t.name FROM taggit_tag t WHERE t.id = ANY(z.interesses) AND t.id = ANY(mij.weet) ORDER BY t.name LIMIT 1
    )
   FROM mij JOIN netwerk_interesse i ON i.tag_id = ANY(mij.weet)
     JOIN netwerk_profielzoek z ON z.professional_id = i.content_object_id AND z.niveau = 2 AND z.interesses && mij.weet
   LIMIT 200)
  UNION ALL
  (SELECT z.professional_id, 2, 'werk', (SELECT naam FROM organisaties_organisatie o
      WHERE o.id = ANY(z.organisaties) AND o.id = ANY(mij.werk) ORDER BY o.naam LIMIT 1)
   FROM mij JOIN netwerk_profielzoek z ON z.niveau = 2 AND z.organisaties && mij.werk LIMIT 100)
  UNION ALL
  (SELECT ander.professional_id, 2, 'netwerk', n.naam
   FROM netwerk_lidmaatschap ik JOIN netwerk_netwerk n ON n.id = ik.netwerk_id AND n.status = 'actief'
     CROSS JOIN LATERAL (SELECT l.professional_id FROM netwerk_lidmaatschap l
       WHERE l.netwerk_id = ik.netwerk_id AND l.status = 'lid' LIMIT 50) ander
   WHERE ik.professional_id = %(ik)s AND ik.status = 'lid' LIMIT 200)
  UNION ALL
  (SELECT z.professional_id, 1, 'streek', (SELECT p.weergavenaam FROM netwerk_professional q
      JOIN geo_plaats p ON p.slug = q.plaats_id WHERE q.id = z.professional_id)
   FROM mij JOIN netwerk_profielzoek z ON z.niveau = 2 AND z.punt <@ circle(mij.punt, 15) LIMIT 100)
)
SELECT b.wie, (array_agg(b.waarom ORDER BY b.punten DESC, b.wat))[1], (array_agg(b.wat ORDER BY b.punten DESC, b.wat))[1]
FROM (SELECT wie, waarom, max(punten) AS punten, min(wat) AS wat FROM bron GROUP BY wie, waarom) b
JOIN netwerk_profielzoek z ON z.professional_id = b.wie AND z.niveau = 2
WHERE NOT EXISTS (SELECT 1 FROM netwerk_contact c
    WHERE (c.vrager_id = %(ik)s AND c.gevraagde_id = b.wie) OR (c.gevraagde_id = %(ik)s AND c.vrager_id = b.wie))
  AND NOT EXISTS (SELECT 1 FROM netwerk_nietpassend n WHERE n.professional_id = %(ik)s AND n.ander_id = b.wie)
  AND {blokkade}
GROUP BY b.wie, z.score ORDER BY sum(b.punten) DESC, z.score DESC, b.wie LIMIT %(aantal)s
"""
_REDENEN = {
    "weet": "Weet veel van {wat}. Daarover wilt u leren.",
    "leert": "Wil leren over {wat}. Daar weet u veel van.",
    "werk": "Werkt ook bij {wat}.",
    "netwerk": "Zit ook in het netwerk {wat}.",
    "streek": "Werkt bij u in de buurt: {wat}.",
}


def past_bij(kijker: Professional, aantal: int = 6) -> list[Suggestie]:
    """Return whom a person may want to know, each with the strongest reason; only of what those people show. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_PAST.format(blokkade=_BLOKKADE), {"ik": kijker.pk, "aantal": aantal})
        return [Suggestie(wie, _REDENEN[waarom].format(wat=wat)) for wie, waarom, wat in cursor.fetchall() if wat]
