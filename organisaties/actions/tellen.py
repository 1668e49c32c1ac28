"""Counting how listings are found and used: per day, without cookies, without addresses."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from organisaties.models import Telsoort
from organisaties.zoeken.samenstelling import delen
from organisaties.zoeken.stam import stam
from organisaties.zoeken.taal import gewicht_van, zoekwoorden
from organisaties.zoeken.vraag import Zoekresultaat
from organisaties.zoeken.woordenlijst import woordsoorten

# What one address may add. Offices and libraries share an address, so it is more than one person needs.
PER_MINUUT = 60
PER_ORGANISATIE_PER_DAG = 10
MAX_ONTHOUDEN = 2000

MAX_ORGANISATIES = 40
MAX_WOORDEN = 6
LETTERS_MIN, LETTERS_MAX = 3, 40
# A word that is in no dictionary may be somebody's name; it counts when so many listings have it.
NAAM_IS_WOORD_VANAF = 3

BEWAAR_DAGEN = 40
BEWAAR_MAANDEN = 12

_TEL = """
WITH gezien AS MATERIALIZED (
  SELECT o.id FROM organisaties_organisatie o WHERE o.slug = ANY(%(slugs)s) AND o.status = 'gepubliceerd'
  AND NOT EXISTS (SELECT 1 FROM organisaties_beheer b WHERE b.organisatie_id = o.id AND b.gebruiker_id = %(gebruiker)s)
), bekend AS MATERIALIZED (
  SELECT DISTINCT v.woord FROM unnest(%(woorden)s::text[], %(lexemen)s::text[], %(minima)s::int[]) v (woord, lexeem, minimum)
  JOIN organisaties_woord w ON w.woord = v.lexeem AND w.aantal >= v.minimum
), met_woord AS (
  INSERT INTO organisaties_woordtelling AS t (organisatie_id, dag, woord, aantal)
  SELECT gezien.id, %(dag)s, bekend.woord, 1 FROM gezien, bekend ORDER BY gezien.id, bekend.woord
  ON CONFLICT (organisatie_id, dag, woord) DO UPDATE SET aantal = t.aantal + 1
)
INSERT INTO organisaties_dagtelling AS t (organisatie_id, dag, soort, aantal)
SELECT id, %(dag)s, %(soort)s, 1 FROM gezien ORDER BY id
ON CONFLICT (organisatie_id, dag, soort) DO UPDATE SET aantal = t.aantal + 1
"""


class Bewaring(NamedTuple):
    """A table of counts: its name, and what is counted beside the organisation and the day."""

    tabel: str
    wat: str


_BEWARINGEN = (Bewaring("organisaties_dagtelling", "soort"), Bewaring("organisaties_woordtelling", "woord"))


def tel(
    *,
    soort: Telsoort,
    slugs: Iterable[str],
    adres: str,
    woorden: Iterable[str] = (),
    gebruiker_id: int | None = None,
) -> int:
    """Add one to a count of each of these published listings and return how many were counted.

    One statement writes all of it, in the order of the keys, so that counts that race are exact and never wait for
    each other in a circle. Listings of which `gebruiker_id` is beheerder or redacteur are left out. `adres` bounds
    what one visitor can add and is not kept, see `_binnen_de_grens`. The words are kept for listings that were shown,
    if they are words of the search vocabulary.
    """
    dag = timezone.localdate()
    mogen = _binnen_de_grens(adres, soort, list(dict.fromkeys(slugs))[:MAX_ORGANISATIES])
    if not mogen:
        return 0
    lexemen = _lexemen(woorden) if soort == Telsoort.GETOOND else []
    with connection.cursor() as cursor:
        cursor.execute(
            _TEL,
            {
                "slugs": mogen,
                "gebruiker": gebruiker_id,
                "dag": dag,
                "soort": soort.value,
                "woorden": [woord for woord, _, _ in lexemen],
                "lexemen": [lexeem for _, lexeem, _ in lexemen],
                "minima": [minimum for _, _, minimum in lexemen],
            },
        )
        return int(cursor.rowcount)


def woorden_van(tekst: str, resultaat: Zoekresultaat) -> list[str]:
    """The words of a question that found something, as they were read: mended, and without 'de' and 'hulp'."""
    gelezen = {woord.getypt: woord.gelezen for woord in resultaat.verbeterd}
    woorden = [
        gelezen.get(woord, woord)
        for woord in zoekwoorden(tekst)
        if woord not in resultaat.onbekend and gewicht_van(woord) == 1.0
    ]
    return [woord for woord in dict.fromkeys(woorden) if is_telwoord(woord)][:MAX_WOORDEN]


def is_telwoord(woord: str) -> bool:
    """Letters only: a number may be a postcode, a telephone number or worse."""
    return LETTERS_MIN <= len(woord) <= LETTERS_MAX and woord.isascii() and woord.isalpha() and woord.islower()


def _lexemen(woorden: Iterable[str]) -> list[tuple[str, str, int]]:
    """Each word with the entries of the vocabulary that make it a known one, and in how many listings they must be."""
    gevonden = []
    for woord in list(dict.fromkeys(filter(is_telwoord, woorden)))[:MAX_WOORDEN]:
        minimum = 1 if woord in woordsoorten() or delen(woord) else NAAM_IS_WOORD_VANAF
        vormen = {woord, f"~{woord}", f"~{stam(woord)}"}
        gevonden += [(woord, vorm, minimum) for vorm in sorted(vormen)]
    return gevonden


def _binnen_de_grens(adres: str, soort: Telsoort, slugs: list[str]) -> list[str]:
    """The listings for which this address has not counted too often today.

    The cache holds a keyed hash of the address with the numbers, and the key, both until midnight: after that nobody,
    we neither, can tell which address it was. Requests that come at the very same moment may each read the old
    number, so that the bound is met within the number of requests that the server handles at once.
    """
    nu = timezone.localtime()
    tot_morgen = _tot_morgen(nu)
    zout = cache.get_or_set(f"tellen:zout:{nu.date()}", lambda: secrets.token_hex(16), tot_morgen)
    sleutel = f"tellen:{hashlib.blake2s(adres.encode(), key=str(zout).encode()).hexdigest()}"
    stand: dict[str, int] = cache.get(sleutel) or {}
    minuut = f"{nu:%H:%M}"
    if stand.get(minuut, 0) >= PER_MINUUT:
        return []
    stand = {naam: aantal for naam, aantal in stand.items() if ":" not in naam} | {minuut: stand.get(minuut, 0) + 1}
    mogen = []
    for slug in slugs:
        naam = f"{soort.value} {slug}"
        if stand.get(naam, 0) < PER_ORGANISATIE_PER_DAG and (naam in stand or len(stand) < MAX_ONTHOUDEN):
            stand[naam] = stand.get(naam, 0) + 1
            mogen.append(slug)
    cache.set(sleutel, stand, tot_morgen)
    return mogen


def _tot_morgen(nu: datetime) -> int:
    """Seconds until midnight, by the clock; one more, so that a key never ends before its day does."""
    morgen = timezone.make_aware(datetime.combine(nu.date() + timedelta(days=1), time()))
    return int((morgen - nu).total_seconds()) + 1


def ruim_tellingen_op() -> None:
    """Keep days for 40 days and months for a year: older days become one row at the first of their month.

    Also clears what was counted in the very moment that its listing was deleted.
    """
    vandaag = timezone.localdate()
    for bewaring in _BEWARINGEN:
        _vat_samen(bewaring, dagen_voor=vandaag - timedelta(days=BEWAAR_DAGEN), alles_voor=_maanden_terug(vandaag))


def _maanden_terug(dag: date) -> date:
    """The first day of the month of a year ago."""
    maand = dag.year * 12 + dag.month - 1 - BEWAAR_MAANDEN
    return date(maand // 12, maand % 12 + 1, 1)


def _vat_samen(bewaring: Bewaring, *, dagen_voor: date, alles_voor: date) -> None:
    tabel, wat = bewaring
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(f"DELETE FROM {tabel} WHERE dag < %s", [alles_voor])  # noqa: S608
        cursor.execute(
            f"DELETE FROM {tabel} t WHERE dag >= %s"  # noqa: S608
            " AND NOT EXISTS (SELECT 1 FROM organisaties_organisatie o WHERE o.id = t.organisatie_id)",
            [timezone.localdate() - timedelta(days=3)],
        )
        cursor.execute(
            f"WITH oud AS (DELETE FROM {tabel} WHERE dag < %s AND extract(day FROM dag) > 1"  # noqa: S608
            f" RETURNING organisatie_id, date_trunc('month', dag)::date AS maand, {wat}, aantal)"
            f" INSERT INTO {tabel} AS t (organisatie_id, dag, {wat}, aantal)"
            f" SELECT organisatie_id, maand, {wat}, sum(aantal) FROM oud GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            f" ON CONFLICT (organisatie_id, dag, {wat}) DO UPDATE SET aantal = t.aantal + EXCLUDED.aantal",
            [dagen_voor],
        )
