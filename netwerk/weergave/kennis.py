"""The search over conversations and cards: what one may read and nothing else, in one statement.

Who may read what is told by branches, each with an index of its own: what is for all, what is for members of the
portal, and what is for the viewer's own networks (which are asked for first, so that the planner knows how much
that is). Of each branch the newest few that fit are taken and weighed, so that the cost does not grow with the
tables; without words each branch gives its newest, from where the page before ended.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection

from netwerk.keuzes import Gesprekssoort
from netwerk.models import Lidmaatschap, Professional
from netwerk.weergave.zoekwoorden import losse_vraag, verbeter
from netwerk.zoeken import vraag_van
from organisaties.zoeken.taal import zoekwoorden

PER_PAGINA = 20
# So many of each branch are weighed for a question in words.
KEUZE = 200
KAART = "praktijkkaart"
PASSEND, NIEUWSTE = "passend", "nieuwste"


@dataclass(frozen=True)
class Plek:
    """Where a page ended: the moment and the key of its last row."""

    op: datetime
    sleutel: int


@dataclass
class Kennisvraag:
    kijker: Professional | None
    q: str = ""
    soort: str = ""
    netwerk: int | None = None
    # A theme with what falls under it.
    themas: tuple[int, ...] = ()
    label: str = ""
    is_onbeantwoord: bool = False
    sorteer: str = PASSEND
    pagina: int = 1
    na: Plek | None = None

    @cached_property
    def eigen_netwerken(self) -> list[int]:
        """The viewer's networks, so that the planner knows them; the search itself asks again who is a member."""
        if self.kijker is None:
            return []
        leden = Lidmaatschap.objects.leden().filter(professional=self.kijker)
        return list(leden.values_list("netwerk", flat=True))


@dataclass(frozen=True)
class Vondst:
    """One row of the result, with all that its card says."""

    soort: str
    code: str
    titel: str
    samenvatting: str
    tekst: str
    antwoord: str
    op: datetime
    aantal_reacties: int
    aantal_hielp: int
    is_beantwoord: bool
    netwerk: str
    netwerkslug: str
    door: str
    plek: Plek


@dataclass
class Gevonden:
    rijen: list[Vondst] = field(default_factory=list)
    # At most this many were weighed; of an empty search it is not counted.
    aantal: int = 0
    is_meer: bool = False
    volgende: Plek | None = None
    # Words that were read as others, and whether any of the words sufficed.
    verbeterd: list[tuple[str, str]] = field(default_factory=list)
    is_los: bool = False
    # The words that were looked for in the end, to mark them.
    gezocht: str = ""


def zoek(vraag: Kennisvraag) -> Gevonden:
    """Search; when nothing has all the words, once more with misspelt words mended and with any of the words."""
    getypt = zoekwoorden(vraag.q)
    if not getypt:
        # What has no word in it that can be looked for, such as '%%%', finds nothing; nothing typed finds all.
        return Gevonden() if vraag.q.strip() else _voer_uit(vraag, "")
    tsquery = vraag_van(vraag.q)
    gevonden = _voer_uit(vraag, tsquery) if tsquery else Gevonden()
    gevonden.gezocht = vraag.q
    if gevonden.rijen or (vraag.pagina > 1 and gevonden.aantal):
        return gevonden
    woorden, verbeterd = verbeter(getypt)
    los = losse_vraag(woorden)
    if los and los != tsquery:
        gevonden = _voer_uit(vraag, los)
        gevonden.gezocht, gevonden.verbeterd = " ".join(woorden), verbeterd
        gevonden.is_los = len(woorden) > 1
    return gevonden


def onbeantwoord_in_mijn_netwerken(kijker: Professional) -> Kennisvraag:
    """The question for what waits for an answer in one's own networks, see ``alleen_mijn``."""
    return Kennisvraag(kijker, is_onbeantwoord=True, sorteer=NIEUWSTE)


def _voer_uit(vraag: Kennisvraag, tsquery: str, *, alleen_mijn: bool = False) -> Gevonden:
    sql, waarden = _opdracht(vraag, tsquery, vraag.eigen_netwerken, alleen_mijn=alleen_mijn)
    if not sql:
        return Gevonden()
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        rijen = cursor.fetchall()
    vondsten = [Vondst(*[*rij[:13], Plek(rij[6], rij[13])]) for rij in rijen]
    if tsquery:
        aantal = rijen[0][-1] if rijen else 0
        return Gevonden(vondsten, aantal=aantal, is_meer=aantal >= KEUZE)
    volgende = vondsten[PER_PAGINA - 1].plek if len(vondsten) > PER_PAGINA else None
    return Gevonden(vondsten[:PER_PAGINA], volgende=volgende)


def zoek_onbeantwoord(kijker: Professional, *, na: Plek | None = None) -> Gevonden:
    """Questions without an answer in the networks of this person, whoever may read them."""
    return _voer_uit(replace(onbeantwoord_in_mijn_netwerken(kijker), na=na), "", alleen_mijn=True)


@dataclass(frozen=True)
class _Tabel:
    """How one of the two tables is read: its letter in the key, its moment, its own conditions and columns."""

    naam: str
    rest: int
    op: str
    eisen: tuple[str, ...]


# Of whom the viewer blocked, or who blocked the viewer, nothing is found. Who they are is asked once.
_GEBLOKKEERDEN = """ARRAY(
  SELECT geblokkeerd_id FROM netwerk_blokkade WHERE door_id = %(kijker)s
  UNION ALL SELECT door_id FROM netwerk_blokkade WHERE geblokkeerd_id = %(kijker)s)"""
_NIET_GEBLOKKEERD = f"COALESCE(r.auteur_id <> ALL({_GEBLOKKEERDEN}), true)"
# A card by its names, as Praktijkkaart.objects.zonder_geblokkeerden says; asked of each row that fits, and only where
# anybody is blocked.
_KAART_NIET_GEBLOKKEERD = f"""(cardinality({_GEBLOKKEERDEN}) = 0 OR COALESCE((
  SELECT bool_or(w.professional_id = %(kijker)s) OR NOT bool_or(w.is_genoemd IS TRUE AND w.professional_id = ANY({_GEBLOKKEERDEN}))
  FROM netwerk_kaartschrijver w WHERE w.kaart_id = r.id), true))"""  # noqa: S608 - literals of this module alone


def _tabellen(vraag: Kennisvraag) -> list[_Tabel]:
    gesprek_eisen = ["r.plaatsing = 'geplaatst'"]
    kaart_eisen = ["r.plaatsing = 'geplaatst'"]
    if vraag.soort in Gesprekssoort.values:
        gesprek_eisen.append("r.soort = %(soort)s")
    if vraag.kijker is not None:
        gesprek_eisen.append(_NIET_GEBLOKKEERD)
        kaart_eisen.append(_KAART_NIET_GEBLOKKEERD)
    if vraag.is_onbeantwoord:
        gesprek_eisen.append("r.soort = 'vraag' AND r.antwoord_id IS NULL AND NOT r.is_gesloten")
    if vraag.themas:
        in_netwerk = (
            "r.netwerk_id IN (SELECT netwerk_id FROM netwerk_netwerk_themas WHERE thema_id = ANY(%(themas)s::bigint[]))"
        )
        gesprek_eisen.append(in_netwerk)
        kaart_eisen.append(
            "r.id IN (SELECT praktijkkaart_id FROM netwerk_praktijkkaart_themas"
            " WHERE thema_id = ANY(%(themas)s::bigint[]))"
        )
    if vraag.label:
        # The words of a label are words of the row: by those the planner knows how many there are.
        # Asked of each row that has them, as is whether its network lives.
        label = (
            "COALESCE((SELECT true FROM {} l JOIN taggit_tag t ON t.id = l.tag_id"
            " WHERE l.content_object_id = r.id AND t.slug = %(label)s LIMIT 1), false)"
        )
        woorden = ["r.vector @@ %(labelvraag)s::tsquery"] if vraag_van(vraag.label) else []
        gesprek_eisen += [*woorden, label.format("netwerk_gesprekslabel")]
        kaart_eisen += [*woorden, label.format("netwerk_kaartlabel")]
    gesprekken = _Tabel("netwerk_gesprek", 0, "laatste_op", tuple(gesprek_eisen))
    kaarten = _Tabel("netwerk_praktijkkaart", 1, "geplaatst_op", tuple(kaart_eisen))
    if vraag.soort == KAART:
        return [] if vraag.is_onbeantwoord else [kaarten]
    return [gesprekken] if vraag.is_onbeantwoord or vraag.soort else [gesprekken, kaarten]


# Of a network that does not live nothing is read; what belongs to none is for itself. Asked of each row that fits.
_LEEFT = (
    """COALESCE((SELECT n.status IN ('actief', 'slapend') FROM netwerk_netwerk n WHERE n.id = r.netwerk_id), true)"""
)


def _tak(tabel: _Tabel, wie: str, tsquery: str, *, na: bool) -> str:
    """One branch: the newest few of one table that fit, for one reason why they may be read."""
    eisen = [*tabel.eisen, wie, _LEEFT]
    if tsquery:
        eisen.append("r.vector @@ %(tsquery)s::tsquery")
    if na:
        eisen.append(
            f"r.{tabel.op} <= %(na_op)s AND (r.{tabel.op}, r.id * 2 + {tabel.rest}) < (%(na_op)s, %(na_sleutel)s)"
        )
    # The words go along unread: only what is weighed is unpacked.
    return f"""(SELECT r.id * 2 + {tabel.rest} AS sleutel, r.{tabel.op} AS op, r.vector, r.netwerk_id, r.zicht
  FROM {tabel.naam} r WHERE {" AND ".join(eisen)} ORDER BY r.{tabel.op} DESC, r.id DESC LIMIT %(keuze)s)"""  # noqa: S608


def _takken(vraag: Kennisvraag, tsquery: str, eigen: list[int], *, alleen_mijn: bool) -> list[str]:
    na = vraag.na is not None and not tsquery
    takken = []
    for tabel in _tabellen(vraag):
        if vraag.netwerk:
            vanaf = 1 if vraag.netwerk in eigen else 2 if vraag.kijker else 3
            takken.append(_tak(tabel, f"r.netwerk_id = %(netwerk)s AND r.zicht >= {vanaf}", tsquery, na=na))
            continue
        if not alleen_mijn:
            # A branch for each width: an index that begins with it gives each in order.
            takken += [
                _tak(tabel, f"r.zicht = {zicht}", tsquery, na=na)
                for zicht in ((3,) if vraag.kijker is None else (3, 2))
            ]
        if eigen:
            takken.append(_eigen_tak(tabel, tsquery, na=na, alles=alleen_mijn))
    return takken


def _eigen_tak(tabel: _Tabel, tsquery: str, *, na: bool, alles: bool) -> str:
    """What is for members of the viewer's networks alone; with ``alles`` all that is in those networks."""
    if tsquery:
        return _tak(tabel, "r.zicht = 1 AND r.netwerk_id = ANY(%(eigen)s::bigint[])", tsquery, na=na)
    # The newest of each network, by an index for each width.
    tak = _tak(tabel, "r.netwerk_id = m.netwerk_id AND r.zicht = z.zicht", "", na=na)
    breedtes = "(1), (2), (3)" if alles else "(1)"
    return f"""(SELECT e.* FROM unnest(%(eigen)s::bigint[]) m(netwerk_id) CROSS JOIN (VALUES {breedtes}) z(zicht)
  CROSS JOIN LATERAL {tak} e)"""  # noqa: S608 - literals of this module alone


_KAARTEN = """
SELECT CASE WHEN g.id IS NULL THEN 'praktijkkaart' ELSE g.soort END, COALESCE(g.code, k.code), COALESCE(g.titel, k.titel),
  COALESCE(g.samenvatting, k.samenvatting), left(COALESCE(g.tekst, k.aanpak), 3000), COALESCE(left(a.tekst, 1500), ''),
  p.op, COALESCE(g.aantal_reacties, 0), COALESCE(k.aantal_hielp, 0), g.antwoord_id IS NOT NULL,
  COALESCE(n.naam, ''), COALESCE(n.slug, ''),
  COALESCE(s.naam, (
    SELECT string_agg(m.naam, ', ' ORDER BY w.id) FROM netwerk_kaartschrijver w
    JOIN netwerk_professional m ON m.id = w.professional_id WHERE w.kaart_id = k.id AND w.is_genoemd
  ), ''), p.sleutel, p.aantal
FROM pagina p
LEFT JOIN netwerk_gesprek g ON p.sleutel % 2 = 0 AND g.id = p.sleutel / 2
LEFT JOIN netwerk_praktijkkaart k ON p.sleutel % 2 = 1 AND k.id = p.sleutel / 2
LEFT JOIN netwerk_netwerk n ON n.id = COALESCE(g.netwerk_id, k.netwerk_id)
LEFT JOIN netwerk_professional s ON s.id = g.auteur_id
LEFT JOIN netwerk_reactie a ON a.id = g.antwoord_id AND a.plaatsing = 'geplaatst'
ORDER BY p.plaats""".replace(" % ", " %% ")

# A year makes what is found count half; a card counts a little more, for it was made to be found.
_ORDE = {
    PASSEND: "rang * (1 + (sleutel % 2) * 0.3) / (1 + extract(epoch FROM now() - op) / 31557600) DESC, op DESC, sleutel DESC".replace(
        " % ", " %% "
    ),
    NIEUWSTE: "op DESC, sleutel DESC",
}


def _opdracht(vraag: Kennisvraag, tsquery: str, eigen: list[int], *, alleen_mijn: bool) -> tuple[str, dict[str, Any]]:
    takken = _takken(vraag, tsquery, eigen, alleen_mijn=alleen_mijn)
    if not takken:
        return "", {}
    waarden: dict[str, Any] = {
        "kijker": vraag.kijker.pk if vraag.kijker else None,
        "eigen": eigen,
        "soort": vraag.soort,
        "netwerk": vraag.netwerk,
        "themas": list(vraag.themas),
        "label": vraag.label,
        "labelvraag": vraag_van(vraag.label),
        "tsquery": tsquery,
        "keuze": KEUZE if tsquery else PER_PAGINA + 1,
        "na_op": vraag.na.op if vraag.na else None,
        "na_sleutel": vraag.na.sleutel if vraag.na else None,
        "aantal": PER_PAGINA if tsquery else PER_PAGINA + 1,
        "over": PER_PAGINA * (vraag.pagina - 1) if tsquery else 0,
    }
    orde = _ORDE[vraag.sorteer if tsquery else NIEUWSTE]
    rang = "ts_rank('{0.1, 0.2, 0.6, 1.0}', t.vector, %(tsquery)s::tsquery)" if tsquery else "0"
    sql = f"""
WITH tak AS (
  {" UNION ALL ".join(takken)}
), keus AS (
  SELECT t.sleutel, t.op, {rang} AS rang FROM tak t
  WHERE t.zicht = 3 OR (%(kijker)s::bigint IS NOT NULL AND (t.zicht = 2 OR EXISTS (
    SELECT FROM netwerk_lidmaatschap l
    WHERE l.netwerk_id = t.netwerk_id AND l.professional_id = %(kijker)s AND l.status = 'lid')))
), pagina AS MATERIALIZED (
  SELECT op, sleutel, count(*) OVER () AS aantal, row_number() OVER (ORDER BY {orde}) AS plaats
  FROM keus ORDER BY plaats LIMIT %(aantal)s OFFSET %(over)s
){_KAARTEN}"""  # noqa: S608 - literals of this module alone
    return sql, waarden
