"""Who may know the answer to a question: one statement over what peers show of themselves to members of the portal."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.text import slugify

from netwerk.keuzes import Zicht
from netwerk.models import Gesprek
from netwerk.models.weten import begin_van_de_maand
from netwerk.zoeken import vraag_van
from organisaties.zoeken.samenstelling import delen
from organisaties.zoeken.stam import stam
from organisaties.zoeken.taal import gewicht_van, woorden
from welzijnportal.markdown import naar_tekst

# Of the text so many words count, and of all that is asked so many subjects.
MAX_TEKSTWOORDEN = 150
MAX_ONDERWERPEN = 60
# What a subject weighs that was given as label, stands in the title, or in the text.
LABEL, TITEL, TEKST = 3.0, 2.0, 1.0


@dataclass(frozen=True)
class Kandidaat:
    """Somebody who may know, and why they were thought of, as the end of a sentence: 'omdat u schreef …'."""

    pk: int
    reden: str


def onderwerpen_van(gesprek: Gesprek, labels: list[str]) -> dict[str, float]:
    """Return the subjects that a question may be about, as slugs of labels, with what each weighs."""
    gevonden: dict[str, float] = {}
    for naam in labels:
        gevonden[slugify(naam, allow_unicode=True)] = LABEL
    for tekst, gewicht in ((gesprek.titel, TITEL), (naar_tekst(gesprek.tekst), TEKST)):
        for onderwerp in _reeksen(woorden(tekst)[:MAX_TEKSTWOORDEN]):
            gevonden[onderwerp] = max(gewicht, gevonden.get(onderwerp, 0))
    gewogen = sorted(gevonden.items(), key=lambda paar: (-paar[1], -len(paar[0]), paar[0]))
    return dict(gewogen[:MAX_ONDERWERPEN])


def _reeksen(rij: list[str]) -> dict[str, None]:
    """One, two or three words together that say something, and the parts of compounds."""
    gevonden: dict[str, None] = {}
    for plaats, woord in enumerate(rij):
        if gewicht_van(woord) < 1:
            continue
        gevonden[woord] = None
        gevonden |= dict.fromkeys(deel for deel in delen(woord) if len(deel) > 3)
        for lengte in (2, 3):
            if len(reeks := rij[plaats : plaats + lengte]) == lengte and gewicht_van(reeks[-1]) == 1:
                gevonden["-".join(reeks)] = None
    return gevonden


# The labels of peers: what they know counts in full, what they want to learn a little. Members of the network come
# first, the ones seen last if it has very many; others only when the question is for more than the network. Then who
# may not be asked goes out, and of who is left the best.
_SQL = """
WITH onderwerp AS MATERIALIZED (
  SELECT t.id AS tag, t.name AS naam, o.gewicht
  FROM unnest(%(slugs)s::text[], %(gewichten)s::float8[]) o(slug, gewicht)
  JOIN taggit_tag t ON t.slug = o.slug
), lid AS MATERIALIZED (
  SELECT professional_id AS wie FROM netwerk_lidmaatschap
  WHERE netwerk_id = %(netwerk)s AND status = 'lid'
  ORDER BY laatst_gezien_op DESC NULLS LAST LIMIT 500
), treffer AS MATERIALIZED (
  SELECT e.content_object_id AS wie, o.naam, o.gewicht, 1 AS hoe
  FROM lid JOIN netwerk_expertise e ON e.content_object_id = lid.wie JOIN onderwerp o ON o.tag = e.tag_id
  UNION SELECT i.content_object_id, o.naam, o.gewicht * 0.3, 0
  FROM lid JOIN netwerk_interesse i ON i.content_object_id = lid.wie JOIN onderwerp o ON o.tag = i.tag_id
  UNION SELECT e.content_object_id, o.naam, o.gewicht, 1
  FROM onderwerp o CROSS JOIN LATERAL (
    SELECT content_object_id FROM netwerk_expertise WHERE tag_id = o.tag LIMIT 150
  ) e WHERE %(ook_anderen)s
  UNION SELECT z.professional_id, w.woord, w.gewicht * 0.4, 2
  FROM (
    (SELECT r.professional_id, r.vector FROM lid JOIN netwerk_profielzoek r ON r.professional_id = lid.wie
     WHERE r.niveau = 2 AND r.vector @@ %(alle)s::tsquery LIMIT 300)
    UNION ALL (SELECT professional_id, vector FROM netwerk_profielzoek
     WHERE %(ook_anderen)s AND niveau = 2 AND vector @@ %(alle)s::tsquery LIMIT 300)
  ) z JOIN unnest(%(woorden)s::text[], %(vragen)s::tsquery[], %(woordgewichten)s::float8[]) w(woord, vraag, gewicht)
    ON z.vector @@ w.vraag
), keus AS MATERIALIZED (
  SELECT wie FROM treffer GROUP BY wie ORDER BY sum(gewicht) DESC, wie LIMIT 400
), blik AS MATERIALIZED (
  SELECT p.id, p.expertise_voor, p.interesses_voor FROM keus CROSS JOIN LATERAL (
    SELECT * FROM netwerk_professional p WHERE p.id = keus.wie OFFSET 0
  ) p WHERE p.vragen_per_maand > 0 AND p.id IS DISTINCT FROM %(auteur)s
), mens AS MATERIALIZED (
  SELECT t.wie, sum(t.gewicht) AS punten, (array_agg(t.hoe ORDER BY t.gewicht DESC, t.hoe, t.naam))[1] AS hoe,
    (array_agg(t.naam ORDER BY t.gewicht DESC, t.hoe, t.naam))[1] AS naam
  FROM treffer t JOIN blik p ON p.id = t.wie
  WHERE CASE t.hoe WHEN 1 THEN p.expertise_voor WHEN 0 THEN p.interesses_voor ELSE 2 END >= 2
  GROUP BY t.wie
), weegt AS (
  SELECT p.id, p.vindbaar_voor, p.vragen_per_maand, p.bevestigd_op, mens.naam, mens.hoe, mens.punten,
    CASE WHEN p.plaats_voor >= 2 THEN p.punt <-> %(punt)s::point END AS km,
    EXISTS (
      SELECT FROM netwerk_lidmaatschap l
      WHERE l.netwerk_id = %(netwerk)s AND l.professional_id = p.id AND l.status = 'lid'
    ) AS is_lid,
    (SELECT count(*) FROM netwerk_vraagverzoek v WHERE v.professional_id = p.id AND v.gestuurd_op >= %(maand)s) AS al
  FROM mens JOIN netwerk_professional p ON p.id = mens.wie
)
SELECT w.id, w.naam, w.hoe,
  concat_ws(' ', CASE WHEN p.functie_voor >= 2 THEN p.functie END, CASE WHEN p.biedt_voor >= 2 THEN p.biedt END,
    CASE WHEN p.tekst_voor >= 2 THEN p.tekst END)
FROM weegt w
JOIN netwerk_professional p ON p.id = w.id JOIN accounts_gebruiker g ON g.id = p.gebruiker_id
WHERE g.is_active AND w.al < w.vragen_per_maand
  AND (w.is_lid OR (%(ook_anderen)s AND w.vindbaar_voor >= 2 AND (w.km IS NULL OR w.km <= %(straal)s)))
  AND NOT EXISTS (SELECT FROM netwerk_vraagverzoek v WHERE v.gesprek_id = %(gesprek)s AND v.professional_id = w.id)
  AND NOT EXISTS (SELECT FROM netwerk_reactie r WHERE r.gesprek_id = %(gesprek)s AND r.auteur_id = w.id)
  AND NOT EXISTS (SELECT FROM netwerk_blokkade b WHERE b.door_id = w.id AND b.geblokkeerd_id = %(auteur)s)
  AND NOT EXISTS (SELECT FROM netwerk_blokkade b WHERE b.door_id = %(auteur)s AND b.geblokkeerd_id = w.id)
ORDER BY w.punten + CASE WHEN w.is_lid THEN 2 ELSE 0 END + CASE WHEN w.bevestigd_op IS NULL THEN 0 ELSE 0.5 END
  + CASE WHEN w.km <= 25 THEN 1 WHEN w.km <= 60 THEN 0.5 ELSE 0 END - 0.5 * w.al DESC, w.id
LIMIT %(aantal)s
"""
OVERAL = 10_000
# So many words are looked for in profiles; of very common ones each costs a millisecond.
MAX_WOORDEN = 6


def zoek_kandidaten(gesprek: Gesprek, *, aantal: int, straal_km: int | None) -> list[Kandidaat]:
    """Return those who may know, the best first, in one statement beside the question's labels.

    Never the asker, who is blocked either way, who was asked this before or replied, or who had enough this month.
    ``straal_km`` keeps to the region of the asker whoever is not in the network and shows where they are.
    """
    labels = list(gesprek.labels.names())
    onderwerpen, woordvragen = onderwerpen_van(gesprek, labels), _woordvragen(gesprek, labels)
    auteur = gesprek.auteur
    if not onderwerpen or auteur is None:
        return []
    waarden: dict[str, Any] = {
        "slugs": list(onderwerpen),
        "gewichten": list(onderwerpen.values()),
        "woorden": list(woordvragen),
        "vragen": list(woordvragen.values()),
        "woordgewichten": [TITEL] * len(woordvragen),
        "alle": " | ".join(woordvragen.values()),
        "netwerk": gesprek.netwerk_id,
        "ook_anderen": gesprek.zicht >= Zicht.PORTAAL,
        "auteur": auteur.pk,
        "gesprek": gesprek.pk,
        "punt": f"({auteur.punt.x!r},{auteur.punt.y!r})" if auteur.punt else None,
        "straal": straal_km or OVERAL,
        "maand": begin_van_de_maand(timezone.now()),
        # Some fall out when their profile is read.
        "aantal": aantal * 2,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, waarden)
        rijen = cursor.fetchall()
    gezocht = list(woordvragen)
    gevonden = [Kandidaat(pk, reden) for pk, naam, hoe, tekst in rijen if (reden := _reden(naam, hoe, tekst, gezocht))]
    return gevonden[:aantal]


def _woordvragen(gesprek: Gesprek, labels: list[str]) -> dict[str, str]:
    """The words that say most of what a question is about, with how each is looked for: of labels, then of the title."""
    rij = [*woorden(" ".join(labels)), *sorted(woorden(gesprek.titel), key=len, reverse=True)]
    telt = dict.fromkeys(woord for woord in rij if gewicht_van(woord) == 1 and len(woord) > 3)
    vragen = {woord: vraag_van(woord) for woord in telt}
    return dict([paar for paar in vragen.items() if paar[1]][:MAX_WOORDEN])


def _reden(naam: str, hoe: int, zichtbaar: str, gezocht: list[str]) -> str:
    """Why somebody was thought of; '' for a word that stands in a name, or in what somebody seeks, alone."""
    if hoe == 2:
        vormen = {stam(woord): woord for woord in gezocht}
        over = next(
            (woord for woord in woorden(zichtbaar) if {stam(woord), *delen(woord)} & vormen.keys()),
            "",
        )
        return f"omdat u op uw profiel schrijft over {over}" if over else ""
    return f"omdat u schreef dat u {'veel' if hoe else 'graag meer'} {'weet' if hoe else 'wilt weten'} van {naam[:120]}"
