"""Made-up peers, networks, conversations and replies in any number, to measure on; drawn as tests/bench/gegevens.py does.

Every block of rows is drawn from a seed of its own and committed by itself: a run that was cut off goes on where it
stopped, and gives the same rows as one that was not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from math import gcd
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from taggit.models import Tag

from netwerk.keuzes import CODETEKENS
from organisaties.zoeken.rij import alle_lexemen_van
from tests.bench.gegevens import LOSSE_INDEXEN, STAPEL, GeenBenchdatabase, Woordenschat
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.models import Plaats

ZAAD = 20_261_124
BLOK = 10_000
BEGIN = datetime(2016, 1, 1, tzinfo=UTC)
AANTAL_LABELS = 5_000
# How many replies ten conversations in a row have, fifty together; the first conversation has a thousand of its own.
REACTIES = (0, 1, 2, 3, 4, 5, 6, 8, 9, 12)
VOORAF = tuple(accumulate((0, *REACTIES)))[:10]
LANGSTE = 1_000
# The members of the first network get a digest; the first person is in the first fifty networks.
GROOTSTE = 10_000
NETWERKEN_VAN_EERSTE = 50
BEWAARD = "bench_index_netwerk"
GEEN = "\\N"


@dataclass(frozen=True)
class Omvang:
    """How many of everything, by the number of conversations."""

    gesprekken: int = 1_000_000

    @property
    def mensen(self) -> int:
        return max(self.gesprekken // 10, GROOTSTE)

    @property
    def netwerken(self) -> int:
        return max(self.gesprekken // 100, 100)

    @property
    def reacties(self) -> int:
        return LANGSTE + self.gesprekken // 10 * sum(REACTIES)

    @property
    def kaarten(self) -> int:
        return self.gesprekken // 20


def code_van(nummer: int, letter: str) -> str:
    """An address that nobody else has: a letter for the kind, and the number in the signs of addresses."""
    tekens = []
    for _ in range(11):
        nummer, rest = divmod(nummer, len(CODETEKENS))
        tekens.append(CODETEKENS[rest])
    return letter + "".join(tekens)


def aantal_reacties(gesprek: int) -> int:
    return LANGSTE if gesprek == 1 else REACTIES[(gesprek - 1) % 10]


def eerste_reactie(gesprek: int) -> int:
    """The key of the first reply of a conversation, whether it has one or not."""
    return 1 if gesprek == 1 else LANGSTE + (gesprek - 1) // 10 * sum(REACTIES) + VOORAF[(gesprek - 1) % 10] + 1


class Kopie:
    """COPY into a model's table: some columns by row, and every other as the model has it by default."""

    def __init__(self, model: str, kolommen: str) -> None:
        self.model = apps.get_model(model)
        self.tabel = self.model._meta.db_table
        gegeven = kolommen.split()
        overig = [veld for veld in self.model._meta.concrete_fields if veld.column not in gegeven]
        if "id" not in gegeven:
            overig = [veld for veld in overig if veld.column != "id"]
        self.kolommen = ", ".join([*gegeven, *(veld.column for veld in overig)])
        self.staart = "".join(f"\t{_standaard(veld)}" for veld in overig) + "\n"

    def schrijf(self, cursor: Any, regels: list[str]) -> None:
        with cursor.copy(f"COPY {self.tabel} ({self.kolommen}) FROM STDIN") as kopie:
            kopie.write("".join(regel + self.staart for regel in regels))


def _standaard(veld: models.Field[Any, Any]) -> str:
    waarde = veld.get_default()
    if veld.null and waarde is None:
        return "\\N"
    if isinstance(waarde, bool):
        return "t" if waarde else "f"
    if isinstance(waarde, list):
        return "{}"
    if isinstance(waarde, (datetime, date)):
        return BEGIN.isoformat() if isinstance(waarde, datetime) else BEGIN.date().isoformat()
    return "" if waarde is None else str(waarde)


class Maker:
    """Draws the rows; what every block needs is made once."""

    def __init__(self, omvang: Omvang) -> None:
        self.omvang = omvang
        self.schat = Woordenschat.maak()
        self.lexemen: dict[tuple[str, str], str] = {}
        self.labels = [woord for woord in self.schat.woorden if 4 < len(woord) < 20][:AANTAL_LABELS]
        self.labelgrenzen = list(accumulate(1 / (n + 8) for n in range(len(self.labels))))
        self.plaatsen = list(Plaats.objects.order_by("pk").values_list("pk", "breedtegraad", "lengtegraad"))
        self.groottes = [
            max(5, min(GROOTSTE, int(omvang.mensen * 0.9 / (n + 9)), omvang.mensen)) if n else GROOTSTE
            for n in range(omvang.netwerken)
        ]
        self.netwerkgrenzen = list(accumulate(self.groottes))

    def zin(self, toeval: random.Random, lengte: int) -> list[str]:
        begin = int(toeval.random() * (STAPEL - lengte))
        return self.schat.stapel[begin : begin + lengte]

    def vector(self, *delen: tuple[str, list[str]]) -> str:
        """As netwerk.zoeken.vector_van, from words that are words already."""
        stukken = []
        for gewicht, woorden in delen:
            for woord in woorden:
                if (stuk := self.lexemen.get((woord, gewicht))) is None:
                    stuk = " ".join(f"'{lexeem}':1{gewicht}" for lexeem in alle_lexemen_van(woord, met_delen=True))
                    self.lexemen[woord, gewicht] = stuk
                stukken.append(stuk)
        return " ".join(stukken)

    def zicht(self, netwerk: int) -> int:
        """How far the conversations of a network are read: of five, two among members and one by all."""
        return (1, 2, 1, 2, 3)[netwerk % 5]

    def maak_mensen(self, van: int, tot: int, toeval: random.Random) -> dict[Kopie, list[str]]:
        uit: dict[Kopie, list[str]] = {kopie: [] for kopie in self.mensen}
        gebruiker, professional, expertise, interesse, zoekrij = self.mensen
        for pk in range(van, tot):
            woorden = self.zin(toeval, 24)
            plaats, breed, lang = self.plaatsen[int(toeval.random() * len(self.plaatsen))]
            vindbaar = 2 if toeval.random() < 0.7 else 3 if toeval.random() < 0.5 else 0
            labels = sorted(
                {toeval.choices(range(len(self.labels)), cum_weights=self.labelgrenzen)[0] + 1 for _ in range(4)}
            )
            x, y = (lang - 3.3) * 68, (breed - 50.7) * 111 + 300
            naam = f"Mens {woorden[0].capitalize()} {pk}"
            moment = "2026-01-01 00:00:00+00" if pk % 3 else "\\N"
            uit[gebruiker].append(f"{pk}\tbench{pk}@voorbeeld.example\t!\t{naam}")
            biedt = " ".join(woorden[4:10])
            uit[professional].append(
                f"{pk}\t{pk}\t{code_van(pk, 'b')}\t{naam}\t{vindbaar}\t{' '.join(woorden[1:4])}\t2\t{plaats}\t({x:.3f},{y:.3f})\t2"
                f"\t2\t2\t{biedt}\t2\t{' '.join(woorden[10:])}\t2\tt\t2\t{moment}"
            )
            uit[expertise].extend(f"{pk}\t{label}" for label in labels[:3])
            uit[interesse].extend(f"{pk}\t{label}" for label in labels[3:])
            tekst = self.vector(
                ("A", [*woorden[:4], *(self.labels[label - 1] for label in labels[:3])]),
                ("B", woorden[4:10]),
                ("C", woorden[10:]),
            )
            weet, leert = ",".join(map(str, labels[:3])), ",".join(map(str, labels[3:]))
            uit[zoekrij].extend(
                f"{pk}\t{niveau}\t{tekst}\t{{{weet}}}\t{{{leert}}}\tt\t({x:.3f},{y:.3f})\t{6 + pk % 3}"
                for niveau in range(2, vindbaar + 1)
            )
        return uit

    def maak_netwerken(self, van: int, tot: int, toeval: random.Random) -> dict[Kopie, list[str]]:
        uit: dict[Kopie, list[str]] = {kopie: [] for kopie in self.netwerken}
        netwerk, lid = self.netwerken
        for pk in range(van, tot):
            woorden = self.zin(toeval, 14)
            grootte = self.groottes[pk - 1]
            uit[netwerk].append(
                f"{pk}\tNetwerk {' '.join(woorden[:3])} {pk}\tbench-{pk}\t{' '.join(woorden[3:])}\tactief\t3\t2\t{self.zicht(pk)}"
                f"\t{grootte}\t2026-06-01 00:00:00+00\t{self.vector(('A', woorden[:3]), ('B', woorden[3:]))}"
            )
            leden = list(self._leden(pk, grootte, toeval))
            uit[lid].extend(
                f"{pk}\t{mens}\t{'lid' if n else 'beheerder'}\tlid\t2026-01-01 00:00:00+00\t{BEGIN + timedelta(minutes=n)}"
                for n, mens in enumerate(leden)
            )
        return uit

    def _leden(self, netwerk: int, grootte: int, toeval: random.Random) -> Iterator[int]:
        """So many different people, by steps through all of them; the first person is in the first fifty networks."""
        mensen = self.omvang.mensen
        stap = next(n for n in range(toeval.randrange(1, mensen), 2 * mensen) if gcd(n, mensen) == 1)
        begin = toeval.randrange(mensen)
        if netwerk <= NETWERKEN_VAN_EERSTE:
            yield 1
            grootte -= 1
        geteld = n = 0
        while geteld < grootte:
            mens = (begin + n * stap) % mensen + 1
            n += 1
            if mens == 1 and netwerk <= NETWERKEN_VAN_EERSTE:
                continue
            geteld += 1
            yield mens

    def maak_gesprekken(self, van: int, tot: int, toeval: random.Random) -> dict[Kopie, list[str]]:
        uit: dict[Kopie, list[str]] = {kopie: [] for kopie in self.gesprekken}
        gesprek, label = self.gesprekken
        mensen = self.omvang.mensen
        for pk in range(van, tot):
            netwerk = (
                1 if pk == 1 else toeval.choices(range(self.omvang.netwerken), cum_weights=self.netwerkgrenzen)[0] + 1
            )
            kans = toeval.random()
            soort = "vraag" if kans < 0.6 else "ervaring" if kans < 0.8 else "mededeling" if kans < 0.95 else "artikel"
            woorden = self.zin(toeval, 36)
            aantal = aantal_reacties(pk)
            antwoord = eerste_reactie(pk) if soort == "vraag" and aantal > 2 else None
            labels = toeval.choices(range(len(self.labels)), cum_weights=self.labelgrenzen)
            moment = BEGIN + timedelta(minutes=5 * pk)
            uit[gesprek].append(
                f"{pk}\t{code_van(pk, 'g')}\t{netwerk}\t{int(toeval.random() * mensen) + 1}\t{soort}\t{' '.join(woorden[:6]).capitalize()}"
                f"\t{' '.join(woorden[6:])}\t{self.zicht(netwerk)}\tgeplaatst\t{'t' if pk % 1000 == 7 else 'f'}\t{antwoord or GEEN}"
                f"\t{aantal}\t{moment}\t{moment}\t{moment}"
                f"\t{self.vector(('A', woorden[:6]), ('B', [self.labels[n] for n in labels]), ('C', woorden[6:]))}"
            )
            uit[label].extend(f"{pk}\t{n + 1}" for n in labels)
        return uit

    def maak_reacties(self, van: int, tot: int, toeval: random.Random) -> dict[Kopie, list[str]]:
        """The replies of the conversations ``van`` to ``tot``."""
        (reactie,) = self.reacties
        regels = []
        mensen = self.omvang.mensen
        for pk in range(van, tot):
            eerste, aantal = eerste_reactie(pk), aantal_reacties(pk)
            for n in range(aantal):
                op = eerste + n - 1 if n % 5 == 4 else None
                regels.append(
                    f"{eerste + n}\t{pk}\t{n + 1}\t{op or GEEN}\t{int(toeval.random() * mensen) + 1}"
                    f"\t{' '.join(self.zin(toeval, 16))}\tgeplaatst\t{BEGIN + timedelta(minutes=5 * pk + n)}"
                )
        return {reactie: regels}

    def maak_kaarten(self, van: int, tot: int, toeval: random.Random) -> dict[Kopie, list[str]]:
        (kaart,) = self.kaarten
        regels = []
        for pk in range(van, tot):
            woorden = self.zin(toeval, 44)
            netwerk = pk % self.omvang.netwerken + 1
            moment = BEGIN + timedelta(minutes=100 * pk)
            regels.append(
                f"{pk}\t{code_van(pk, 'k')}\t{' '.join(woorden[:5]).capitalize()}\t{' '.join(woorden[5:16])}\t{' '.join(woorden[16:])}"
                f"\t{netwerk}\t{self.zicht(netwerk)}\t{self.zicht(netwerk)}\tgeplaatst\t{moment}\t{moment}"
                f"\t{self.vector(('A', woorden[:5]), ('B', woorden[5:16]), ('C', woorden[16:]))}"
            )
        return {kaart: regels}

    def maak_kopieen(self) -> None:
        """The columns that are drawn; made after the migrations, for the others come from the models."""
        self.mensen = (
            Kopie("accounts.Gebruiker", "id email password naam"),
            Kopie(
                "netwerk.Professional",
                "id gebruiker_id code naam vindbaar_voor functie functie_voor plaats_id punt plaats_voor expertise_voor"
                " interesses_voor biedt biedt_voor tekst tekst_voor is_volgbaar vragen_per_maand bevestigd_op",
            ),
            Kopie("netwerk.Expertise", "content_object_id tag_id"),
            Kopie("netwerk.Interesse", "content_object_id tag_id"),
            Kopie("netwerk.Profielzoek", "professional_id niveau vector expertise interesses biedt punt score"),
        )
        self.netwerken = (
            Kopie(
                "netwerk.Netwerk",
                "id naam slug doel status zicht_pagina zicht_leden zicht_gesprekken aantal_leden laatste_op vector",
            ),
            Kopie("netwerk.Lidmaatschap", "netwerk_id professional_id rol status sinds_op laatst_gezien_op"),
        )
        self.gesprekken = (
            Kopie(
                "netwerk.Gesprek",
                "id code netwerk_id auteur_id soort titel tekst zicht plaatsing is_vastgezet antwoord_id aantal_reacties"
                " laatste_op aangemaakt_op geplaatst_op vector",
            ),
            Kopie("netwerk.Gesprekslabel", "content_object_id tag_id"),
        )
        self.reacties = (Kopie("netwerk.Reactie", "id gesprek_id nummer op_id auteur_id tekst plaatsing geplaatst_op"),)
        self.kaarten = (
            Kopie(
                "netwerk.Praktijkkaart",
                "id code titel samenvatting aanpak netwerk_id zicht gewenst_zicht plaatsing geplaatst_op gewijzigd_op vector",
            ),
        )


def vul(omvang: Omvang, voortgang: Callable[[str, int, int], object]) -> None:
    """Fill an empty database; what is there of an earlier run stays. Raises GeenBenchdatabase for any other."""
    if Gebruiker.objects.exclude(email__startswith="bench").exists():
        raise GeenBenchdatabase
    maker = Maker(omvang)
    maker.maak_kopieen()
    soorten = [
        ("people", omvang.mensen, maker.mensen, maker.maak_mensen),
        ("networks", omvang.netwerken, maker.netwerken, maker.maak_netwerken),
        ("conversations", omvang.gesprekken, maker.gesprekken, maker.maak_gesprekken),
        ("replies", omvang.gesprekken, maker.reacties, maker.maak_reacties),
        ("cards", omvang.kaarten, maker.kaarten, maker.maak_kaarten),
    ]
    tabellen = [kopie.tabel for _, _, kopieen, _ in soorten for kopie in kopieen]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET synchronous_commit = off; SET maintenance_work_mem = '1GB'")
        _maak_labels(maker.labels)
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_blok (soort text, nummer int, PRIMARY KEY (soort, nummer))")
        _zet_indexen_weg(cursor, tabellen)
        for plaats, (soort, tot, _, maak) in enumerate(soorten):
            blok = BLOK // 10 if soort == "networks" else BLOK
            cursor.execute("SELECT nummer FROM bench_blok WHERE soort = %s", [soort])
            klaar = {nummer for (nummer,) in cursor.fetchall()}
            for nummer in range(-(-tot // blok)):
                van, eind = nummer * blok + 1, min((nummer + 1) * blok, tot) + 1
                if nummer not in klaar:
                    with transaction.atomic():
                        cursor.execute("SET LOCAL session_replication_role = replica")
                        toeval = random.Random(ZAAD + plaats * 1_000_003 + nummer)
                        for kopie, regels in maak(van, eind, toeval).items():
                            kopie.schrijf(cursor, regels)
                        cursor.execute("INSERT INTO bench_blok VALUES (%s, %s)", [soort, nummer])
                voortgang(soort, eind - 1, tot)
        _bouw_indexen(cursor, tabellen, voortgang)


def _maak_labels(labels: list[str]) -> None:
    if not Tag.objects.exists():
        Tag.objects.bulk_create(Tag(pk=n, name=naam, slug=naam) for n, naam in enumerate(labels, 1))


def _zet_indexen_weg(cursor: Any, tabellen: list[str]) -> None:
    cursor.execute("SELECT to_regclass(%s)", [BEWAARD])
    if cursor.fetchone()[0] is not None:
        return
    with transaction.atomic():
        cursor.execute(f"CREATE TABLE {BEWAARD} AS {LOSSE_INDEXEN}", [tabellen])
        cursor.execute(f"SELECT naam FROM {BEWAARD}")
        for (naam,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(naam)}")


def _bouw_indexen(cursor: Any, tabellen: list[str], voortgang: Callable[[str, int, int], object]) -> None:
    cursor.execute(f"SELECT definitie FROM {BEWAARD}")
    definities = [definitie for (definitie,) in cursor.fetchall()]
    for nummer, definitie in enumerate(definities, 1):
        cursor.execute(definitie.replace(" INDEX ", " INDEX IF NOT EXISTS ", 1))
        voortgang("indexes", nummer, len(definities))
    cursor.execute(f"DROP TABLE {BEWAARD}; DROP TABLE bench_blok")
    for tabel in [*tabellen, "taggit_tag"]:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT coalesce(max(id), 1) FROM {tabel}))", [tabel]
        )
        cursor.execute(f"VACUUM ANALYZE {tabel}")
