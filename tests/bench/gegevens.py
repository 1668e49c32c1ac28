"""Made-up listings in any number for benchmarks: real Dutch words by Zipf's law, real places, themes and hours.

Each block of listings is drawn from a seed of its own and committed by itself, so that a run that was cut off
goes on where it stopped and gives the same rows as one that was not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from django.db import connection, transaction

from organisaties.actions.basisgegevens import lees, lijst
from organisaties.demo.vullen import plekken
from organisaties.keuzes import Soort
from organisaties.models import Doelgroep, Organisatie, Thema
from organisaties.zoeken.taal import gewicht_van
from organisaties.zoeken.woordenlijst import stopwoorden, woordsoorten
from welzijnportal.geo.rd import naar_rd

ZAAD = 20_261_123
BLOK = 10_000
BRON = "bench"
# So many words are drawn by Zipf's law once; texts are put together from runs of it.
STAPEL = 2_000_000
LETTERGREPEN = [medeklinker + klinker for medeklinker in "bdfghjklmnprstvwz" for klinker in "aeo"]
EINDEN = ["ma", "stra", "nga", "sen", "rik", "mans", "boer", "veld", "huis", "berg", "laar", "hof", "dijk", "kamp"]
DAGEN = tuple((f"{8 + n % 3:02}:{n % 2 * 30:02}", f"{12 + n % 10:02}:{n % 2 * 30:02}") for n in range(30))
TABELLEN = {
    "organisaties_organisatie": (
        "id, naam, ook_bekend_als, slug, soort, kort, tekst, kvk_nummer, rsin, is_initiatief, logo, email, telefoon, website,"
        " sociale_links, werkgebied, talen, status, status_op, terugstuurreden, gepubliceerd_op, bevestigd_op, aangemaakt_op,"
        " gewijzigd_op, versie, bron, extern_id"
    ),
    "organisaties_organisatie_themas": "organisatie_id, thema_id",
    "organisaties_organisatie_doelgroepen": "organisatie_id, doelgroep_id",
    "organisaties_organisatie_gemeenten": "organisatie_id, gemeente_id",
    "organisaties_organisatie_provincies": "organisatie_id, provincie_id",
    "organisaties_locatie": (
        "id, organisatie_id, naam, straat, postcode, plaats, gemeente_id, breedtegraad, lengtegraad, punt, telefoon,"
        " toegankelijkheid, toelichting, is_geheim, volgorde"
    ),
    "organisaties_dienst": (
        "id, organisatie_id, naam, tekst, is_gratis, kosten, aanmelden_via, aanmeldlink, wachttijd, talen, volgorde"
    ),
    "organisaties_dienst_themas": "dienst_id, thema_id",
    "organisaties_dienst_doelgroepen": "dienst_id, doelgroep_id",
    "organisaties_dienst_locaties": "dienst_id, locatie_id",
    "organisaties_openingstijd": "locatie_id, dag, van, tot, is_op_afspraak",
}
# With keys of their own, of which no listing has more than so many.
PER_LISTING = 4


@dataclass
class Woordenschat:
    """What listings are made of, the same for every block."""

    woorden: list[str] = field(default_factory=list)
    stapel: list[str] = field(default_factory=list)

    @classmethod
    def maak(cls) -> Woordenschat:
        toeval = random.Random(ZAAD)
        woorden = sorted(woord for woord in woordsoorten() if len(woord) > 2)
        toeval.shuffle(woorden)
        # What people ask for is what listings speak of: such words, with all their synonyms, are every other one of the first.
        gevraagd = [woord for woord in woorden if woord in gevraagde_woorden()]
        overig = [woord for woord in woorden if woord not in gevraagde_woorden()]
        woorden = [woord for paar in zip(gevraagd, overig, strict=False) for woord in paar] + overig[len(gevraagd) :]
        grenzen = list(accumulate(1 / (rang + 8) for rang in range(len(woorden))))
        stapel = toeval.choices(woorden, cum_weights=grenzen, k=STAPEL)
        klein = sorted(woord for woord, gewicht in stopwoorden().items() if not gewicht and len(woord) > 1)
        for plaats in range(0, STAPEL, 3):
            stapel[plaats] = klein[int(toeval.random() ** 3 * len(klein))]
        return cls(woorden, stapel)

    def zin(self, toeval: random.Random, lengte: int) -> str:
        begin = int(toeval.random() * (STAPEL - lengte))
        return " ".join(self.stapel[begin : begin + lengte])

    def tekst(self, toeval: random.Random, zinnen: int) -> str:
        return ". ".join(self.zin(toeval, 9 + int(toeval.random() * 6)).capitalize() for _ in range(zinnen)) + "."


@cache
def gevraagde_woorden() -> frozenset[str]:
    """Single words of the synonyms and of the keywords of themes and target groups."""
    teksten = [
        deel
        for naam, kolommen in (
            ("synoniemen", ("woorden", "doelen")),
            ("themas", ("trefwoorden",)),
            ("doelgroepen", ("trefwoorden",)),
        )
        for rij in lees(naam)
        for kolom in kolommen
        for deel in lijst(rij[kolom])
    ]
    return frozenset(tekst for tekst in teksten if len(tekst) > 3 and gewicht_van(tekst) == 1.0)


class Maker:
    """Draws listings as lines of COPY's text format."""

    def __init__(self) -> None:
        self.schat = Woordenschat.maak()
        self.plekken = plekken()
        self.plekgrenzen = list(accumulate(plek.omvang for plek in self.plekken))
        themas = list(Thema.objects.order_by("slug").values_list("pk", flat=True))
        self.themas = themas, list(accumulate(1 / (n + 3) for n in range(len(themas))))
        groepen = list(Doelgroep.objects.order_by("slug").values_list("pk", flat=True))
        self.doelgroepen = groepen, list(accumulate(1 / (n + 2) for n in range(len(groepen))))
        self.soorten = list(Soort.values)

    def blok(self, nummer: int, tot: int) -> dict[str, list[str]]:
        """The lines by table of one block; listing keys run from nummer * BLOK + 1 to at most `tot`."""
        toeval = random.Random(ZAAD + 1 + nummer)
        regels: dict[str, list[str]] = {tabel: [] for tabel in TABELLEN}
        for pk in range(nummer * BLOK + 1, min((nummer + 1) * BLOK, tot) + 1):
            self._organisatie(pk, toeval, regels)
        return regels

    def _naam(self, pk: int, toeval: random.Random, plaats: str) -> str:
        """Half of the names have a word that no other has, as proper names do."""
        woord = self.schat.stapel[int(toeval.random() * STAPEL)]
        if toeval.random() < 0.5:
            eigen = "".join(toeval.choices(LETTERGREPEN, k=2)) + toeval.choice(EINDEN)
            return f"{eigen.capitalize()} {woord} {plaats}"[:100]
        tweede = self.schat.stapel[int(toeval.random() * STAPEL)]
        return (
            f"Stichting {woord} {tweede} {pk % 97}"[:100] if pk % 3 else f"{woord.capitalize()} {tweede} {plaats}"[:100]
        )

    def _organisatie(self, pk: int, toeval: random.Random, regels: dict[str, list[str]]) -> None:
        r = toeval.random
        plek = toeval.choices(self.plekken, cum_weights=self.plekgrenzen)[0]
        naam = self._naam(pk, toeval, plek.plaats)
        moment = (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=3 * pk)).isoformat()
        werkgebied = "landelijk" if r() < 0.01 else "provinciaal" if r() < 0.04 else "plaatselijk"
        kort = self.schat.zin(toeval, 8).capitalize()[:160] if r() < 0.9 else ""
        regels["organisaties_organisatie"].append(
            f"{pk}\t{naam}\t\tbench-{pk}\t{toeval.choice(self.soorten)}\t{kort}\t{self.schat.tekst(toeval, 3 + int(r() * 5))}\t\t\tf"
            f"\t\t{f'info@bench{pk}.example' if r() < 0.7 else ''}\t{'+31201234567' if r() < 0.6 else ''}"
            f"\t{f'https://bench{pk}.example' if r() < 0.8 else ''}\t{{}}\t{werkgebied}\t{{}}\tgepubliceerd\t{moment}\t\t{moment}"
            f"\t{moment if r() < 0.6 else chr(92) + 'N'}\t{moment}\t{moment}\t1\t{BRON}\t{pk}\n"
        )
        if werkgebied == "provinciaal":
            regels["organisaties_organisatie_provincies"].append(f"{pk}\t{plek.provincie}\n")
        elif werkgebied == "plaatselijk":
            regels["organisaties_organisatie_gemeenten"].append(f"{pk}\t{plek.gemeente}\n")
        themas = sorted(set(toeval.choices(self.themas[0], cum_weights=self.themas[1], k=1 + int(r() * 3))))
        groepen = sorted(set(toeval.choices(self.doelgroepen[0], cum_weights=self.doelgroepen[1], k=1 + int(r() * 2))))
        regels["organisaties_organisatie_themas"].extend(f"{pk}\t{thema}\n" for thema in themas)
        regels["organisaties_organisatie_doelgroepen"].extend(f"{pk}\t{groep}\n" for groep in groepen)
        self._locaties(pk, plek, toeval, regels)
        self._diensten(pk, themas, groepen, toeval, regels)

    def _locaties(self, pk: int, plek: Any, toeval: random.Random, regels: dict[str, list[str]]) -> None:
        for n in range(1 if toeval.random() < 0.9 else 2 + int(toeval.random() * 2)):
            locatie = pk * PER_LISTING + n
            breed = plek.breedtegraad + (toeval.random() - 0.5) * 0.02
            lang = plek.lengtegraad + (toeval.random() - 0.5) * 0.03
            punt = naar_rd(breed, lang)
            regels["organisaties_locatie"].append(
                f"{locatie}\t{pk}\t\tLindelaan {pk % 300 + 1}\t{plek.pc4} AB\t{plek.plaats}\t{plek.gemeente}\t{breed:.5f}\t{lang:.5f}"
                f"\t({punt[0]:.4f},{punt[1]:.4f})\t\t{{}}\t\tf\t{n}\n"
            )
            if toeval.random() < 0.6:
                van, tot = DAGEN[int(toeval.random() * len(DAGEN))]
                regels["organisaties_openingstijd"].extend(
                    f"{locatie}\t{dag}\t{van}\t{tot}\tf\n" for dag in range(1, 3 + int(toeval.random() * 5))
                )

    def _diensten(
        self, pk: int, themas: list[int], groepen: list[int], toeval: random.Random, regels: dict[str, list[str]]
    ) -> None:
        for n in range(1 + int(toeval.random() ** 2 * 3)):
            dienst = pk * PER_LISTING + n
            gratis = toeval.random() < 0.6
            regels["organisaties_dienst"].append(
                f"{dienst}\t{pk}\t{self.schat.zin(toeval, 3).capitalize()[:120]}\t{self.schat.tekst(toeval, 1)}\t{'t' if gratis else 'f'}"
                f"\t{'' if gratis else 'Een kleine bijdrage'}\t{{}}\t\t\t{{}}\t{n}\n"
            )
            regels["organisaties_dienst_themas"].append(f"{dienst}\t{themas[n % len(themas)]}\n")
            regels["organisaties_dienst_doelgroepen"].append(f"{dienst}\t{groepen[n % len(groepen)]}\n")
            regels["organisaties_dienst_locaties"].append(f"{dienst}\t{pk * PER_LISTING}\n")


class GeenBenchdatabase(Exception):
    """The database holds organisations that this generator did not make."""


def vul(aantal: int, voortgang: Callable[[int, int], object]) -> None:
    """Fill the database up to so many listings; what is there already stays. Raises GeenBenchdatabase."""
    if Organisatie.objects.exclude(bron=BRON).exists():
        raise GeenBenchdatabase
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'")
        cursor.execute("SELECT coalesce(max(id), 0) FROM organisaties_organisatie")
        eerste = cursor.fetchone()[0]
        if (eerste % BLOK and eerste < aantal) or eerste > aantal:
            raise GeenBenchdatabase
        if eerste < aantal:
            _laad(cursor, eerste, aantal, voortgang)
        for definitie in _bewaarde_indexen(cursor):
            cursor.execute(definitie.replace(" INDEX ", " INDEX IF NOT EXISTS ", 1))
        cursor.execute("DROP TABLE IF EXISTS bench_index")
        for tabel in TABELLEN:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT coalesce(max(id), 1) FROM " + tabel + "))",
                [tabel],
            )
            cursor.execute(f"ANALYZE {tabel}")


def _laad(cursor: Any, eerste: int, aantal: int, voortgang: Callable[[int, int], object]) -> None:
    """Copy block after block, without indexes and without the checks of foreign keys, which hold by making."""
    with transaction.atomic():
        bewaard = _bewaarde_indexen(cursor)
        if not bewaard and aantal - eerste > BLOK * 5:
            cursor.execute("CREATE TABLE bench_index AS " + LOSSE_INDEXEN, [list(TABELLEN)])
            cursor.execute("SELECT naam FROM bench_index")
            for (naam,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX {connection.ops.quote_name(naam)}")
    maker = Maker()
    for nummer in range(eerste // BLOK, -(-aantal // BLOK)):
        with transaction.atomic():
            cursor.execute("SET LOCAL session_replication_role = replica")
            for tabel, regels in maker.blok(nummer, aantal).items():
                with cursor.copy(f"COPY {tabel} ({TABELLEN[tabel]}) FROM STDIN") as kopie:
                    kopie.write("".join(regels))
        voortgang(min((nummer + 1) * BLOK, aantal), aantal)


# Indexes that hold no constraint: built after the load in a fraction of the time.
LOSSE_INDEXEN = """SELECT i.indexrelid::regclass::text AS naam, pg_get_indexdef(i.indexrelid) AS definitie
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relname = ANY(%s) AND NOT i.indisunique"""


def _bewaarde_indexen(cursor: Any) -> list[str]:
    cursor.execute("SELECT to_regclass('bench_index')")
    if cursor.fetchone()[0] is None:
        return []
    cursor.execute("SELECT definitie FROM bench_index")
    return [definitie for (definitie,) in cursor.fetchall()]


def veelgebruikt(van: int, tot: int) -> Iterator[str]:
    """Words by rank in use, long enough to be typed as a question."""
    geschikt = [woord for woord in Woordenschat.maak().woorden if 5 <= len(woord) <= 12]
    yield from geschikt[van:tot]
