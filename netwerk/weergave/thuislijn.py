"""The home line: what the people, organisations and themes that somebody follows wrote, newest first.

There is no copy for each follower. Of each that is followed the index gives the newest message; of the 16 newest of
those the newest 16 are taken, for a message that is not among them cannot be on the page.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from netwerk.actions.berichttekst import labels_van_themas
from netwerk.models import Professional
from organisaties.models import Thema

# As many as stay below 40 kB of HTML.
PER_PAGINA = 15
VANAF_HET_BEGIN = 2**62

_BRONNEN = """
WITH doof AS MATERIALIZED (
  SELECT geblokkeerd_id AS wie FROM netwerk_blokkade WHERE door_id = %(ik)s
  UNION ALL SELECT door_id FROM netwerk_blokkade WHERE geblokkeerd_id = %(ik)s
  UNION ALL SELECT gedempt_id FROM netwerk_gedempt WHERE door_id = %(ik)s
), contact AS MATERIALIZED (
  SELECT gevraagde_id AS wie FROM netwerk_contact WHERE vrager_id = %(ik)s AND status = 'bevestigd'
  UNION ALL SELECT vrager_id FROM netwerk_contact WHERE gevraagde_id = %(ik)s AND status = 'bevestigd'
), mensen AS MATERIALIZED (
  SELECT v.professional_id AS sleutel, CASE WHEN v.professional_id IN (SELECT wie FROM contact) THEN 1 ELSE 2 END AS vanaf
  FROM netwerk_volgt v
  WHERE v.volger_id = %(ik)s AND v.professional_id IS NOT NULL AND v.professional_id NOT IN (SELECT wie FROM doof)
  UNION ALL SELECT %(ik)s, 1
), organisaties AS MATERIALIZED (
  SELECT v.organisatie_id AS sleutel, 3 AS vanaf
  FROM netwerk_volgt v JOIN organisaties_organisatie o ON o.id = v.organisatie_id
  WHERE v.volger_id = %(ik)s AND o.status = 'gepubliceerd'
), labels AS MATERIALIZED (
  SELECT unnest(%(labels)s::text[]) AS sleutel, 3 AS vanaf
)"""

# Whether somebody (still) lets others follow them: asked of the few who lead and not of each who is followed, for
# that is most of the work.
_GELDIG = """({wie} = %(ik)s OR (
  SELECT p.is_volgbaar AND g.is_active FROM netwerk_professional p JOIN accounts_gebruiker g ON g.id = p.gebruiker_id
  WHERE p.id = {wie}
))"""

# A message that was passed on is shown once: at its own place when the line holds it anyway, else with whom of the
# followed passed it on first.
_DOORGEGEVEN = f"""EXISTS (
  SELECT FROM netwerk_bericht o
  WHERE o.id = b.herhaalt_id AND o.plaatsing = 'geplaatst'
    AND (o.auteur_id IS NULL OR o.auteur_id NOT IN (SELECT wie FROM doof))
    AND (o.is_antwoord OR NOT (
      COALESCE(o.auteur_id IN (SELECT sleutel FROM mensen) AND {_GELDIG.format(wie="o.auteur_id")}, false)
      OR COALESCE(o.organisatie_id IN (SELECT sleutel FROM organisaties), false)
      OR EXISTS (SELECT FROM netwerk_berichtlabel l WHERE l.bericht_id = o.id AND l.label IN (SELECT sleutel FROM labels))
    ))
    AND NOT EXISTS (
      SELECT FROM netwerk_bericht h
      WHERE h.herhaalt_id = b.herhaalt_id AND h.id < b.id AND h.auteur_id IN (SELECT sleutel FROM mensen)
        AND {_GELDIG.format(wie="h.auteur_id")}
    )
)"""  # noqa: S608 - literals of this module alone

_VAN_MENS = f"""SELECT b.id FROM netwerk_bericht b
  WHERE b.auteur_id = bron.sleutel AND b.id < %(voor)s AND b.plaatsing = 'geplaatst' AND NOT b.is_antwoord
    AND b.zicht >= bron.vanaf AND (b.herhaalt_id IS NULL OR {_DOORGEGEVEN})
  ORDER BY b.id DESC"""  # noqa: S608 - literals of this module alone
_VAN_ORGANISATIE = """SELECT b.id FROM netwerk_bericht b
  WHERE b.organisatie_id = bron.sleutel AND b.id < %(voor)s AND b.plaatsing = 'geplaatst' AND NOT b.is_antwoord
    AND b.zicht >= bron.vanaf
  ORDER BY b.id DESC"""
_MET_LABEL = """SELECT b.id FROM netwerk_berichtlabel l JOIN netwerk_bericht b ON b.id = l.bericht_id
  WHERE l.label = bron.sleutel AND l.bericht_id < %(voor)s AND b.plaatsing = 'geplaatst' AND NOT b.is_antwoord
    AND b.zicht >= bron.vanaf AND (b.auteur_id IS NULL OR b.auteur_id NOT IN (SELECT wie FROM doof))
  ORDER BY l.bericht_id DESC"""


def _nieuwste(bron: str, berichten: str, geldig: str = "true") -> str:
    """The newest of one kind of source, in two steps: the first of each, and the few of those that lead."""
    return f"""SELECT r.id FROM (
    SELECT eersten.* FROM (
      SELECT bron.sleutel, bron.vanaf, eerste.id FROM {bron} bron CROSS JOIN LATERAL ({berichten} LIMIT 1) eerste
      ORDER BY eerste.id DESC OFFSET 0
    ) eersten WHERE {geldig} ORDER BY eersten.id DESC LIMIT %(meer)s
  ) bron CROSS JOIN LATERAL ({berichten} LIMIT %(meer)s) r"""  # noqa: S608 - literals of this module alone


_ALLES = f"""{_BRONNEN}
SELECT b.id, b.herhaalt_id, b.auteur_id FROM netwerk_bericht b JOIN (
  SELECT id FROM (
    {_nieuwste("mensen", _VAN_MENS, _GELDIG.format(wie="eersten.sleutel"))}
    UNION {_nieuwste("organisaties", _VAN_ORGANISATIE)}
    UNION {_nieuwste("labels", _MET_LABEL)}
  ) alles ORDER BY id DESC LIMIT %(meer)s
) r USING (id) ORDER BY b.id DESC"""  # noqa: S608 - literals of this module alone


@dataclass(frozen=True)
class Lijnregel:
    """A place in the line: the message to show, and who passed it on, if it came that way."""

    plek: int
    bericht: int
    doorgegeven_door: int | None


def thuislijn(kijker: Professional, *, voor: int | None = None) -> tuple[list[Lijnregel], int | None]:
    """Return a page of the line before the message ``voor``, and from where the next page goes on; two queries."""
    themas = Thema.objects.filter(volgend__volger=kijker).only("slug", "naam", "trefwoorden")
    waarden: dict[str, Any] = {
        "ik": kijker.pk,
        "labels": labels_van_themas(themas),
        "voor": voor or VANAF_HET_BEGIN,
        "meer": PER_PAGINA + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ALLES, waarden)
        rijen = [
            Lijnregel(pk, herhaalt or pk, auteur if herhaalt else None) for pk, herhaalt, auteur in cursor.fetchall()
        ]
    verder = rijen[PER_PAGINA - 1].plek if len(rijen) > PER_PAGINA else None
    return rijen[:PER_PAGINA], verder
