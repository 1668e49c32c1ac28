"""What a search may cost: statements, and pages of the database that its plan touches; never milliseconds."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisaties.models import Dienst, Locatie, Organisatie, Thema
from organisaties.zoeken import Zoekvraag, herbouw, stel_voor, synoniemen, ververs, zoek
from organisaties.zoeken.motor import INSTELLINGEN
from organisaties.zoeken.vraag import AFSTAND
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie
from welzijnportal.geo.zoeken import vind_plek

AANTAL = 2000
WOORDEN = ("schulden", "eenzaam", "taalles", "voedselbank", "dierenarts", "wandelen", "koken", "huiswerk", "opvang")


@pytest.fixture(scope="module")
def veel(django_db_setup: None, django_db_blocker: Any) -> Iterator[Thema]:
    """Two thousand listings for the tests of this module, undone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        toeval = random.Random(7)
        thema = Thema.objects.create(slug="kosten-proef", naam="Rondkomen in de wijk")
        organisaties = Organisatie.objects.bulk_create(
            [
                Organisatie(
                    naam=f"Stichting {WOORDEN[n % 9]} {n}",
                    slug=f"kosten-{n}",
                    kort=" ".join(toeval.choices(WOORDEN, k=3)),
                    status=Organisatie.Status.GEPUBLICEERD,
                    gepubliceerd_op=timezone.now(),
                )
                for n in range(AANTAL)
            ]
        )
        Organisatie.themas.through._default_manager.bulk_create(
            [Organisatie.themas.through(organisatie=o, thema=thema) for o in organisaties[::4]]
        )
        Dienst.objects.bulk_create([Dienst(organisatie=o, naam=toeval.choice(WOORDEN)) for o in organisaties])
        Locatie.objects.bulk_create(
            [
                Locatie(organisatie=o, plaats="Utrecht", breedtegraad=51 + n % 50 / 25, lengtegraad=4 + n % 40 / 20)
                for n, o in enumerate(organisaties)
            ]
        )
        synoniemen.vergeet()
        herbouw()
        yield thema
        transaction.set_rollback(True)
    synoniemen.vergeet()


def plannen(vraag: Zoekvraag, django_db_blocker: Any) -> tuple[int, int, set[str]]:
    """The statements of a search, and of their plans the pages touched and the tables read from end to end."""
    with django_db_blocker.unblock():
        zoek(vraag)
        with CaptureQueriesContext(connection) as gezien:
            zoek(vraag)
        paginas, gelezen = 0, set()
        for query in gezien.captured_queries:
            sql = query["sql"].removeprefix(INSTELLINGEN)
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql)
                plan = cursor.fetchone()[0]
            plan = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
            paginas += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
            gelezen |= _van_voor_tot_achter(plan)
    return len(gezien), paginas, gelezen


def _van_voor_tot_achter(plan: dict[str, Any]) -> set[str]:
    gevonden = {plan["Relation Name"]} if plan["Node Type"] == "Seq Scan" else set()
    for deel in plan.get("Plans", []):
        gevonden |= _van_voor_tot_achter(deel)
    return gevonden


@pytest.mark.parametrize(
    ("velden", "statements", "hoogstens"),
    [
        ({"tekst": "schulden"}, 2, 1600),
        ({"tekst": "schulden voedselbank"}, 2, 2600),
        ({"tekst": "stichting"}, 2, 1600),
        ({"tekst": "voedselbnak"}, 4, 2600),
        ({"tekst": "xqzwkjh"}, 2, 600),
        ({"tekst": "schulden", "plaats": "Utrecht"}, 2, 1600),
        ({"tekst": "schulden", "plaats": "Utrecht", "themas": ("kosten-proef",)}, 2, 2600),
        ({"plaats": "Utrecht", "sorteer": AFSTAND}, 2, 1600),
        ({"themas": ("kosten-proef",)}, 2, 2600),
        ({"themas": ("kosten-proef",), "alleen_open": True}, 2, 5200),
        ({}, 2, 1600),
    ],
)
def test_een_zoekvraag_leest_niet_meer_dan_nodig(
    veel: Thema, django_db_blocker: Any, velden: dict[str, Any], statements: int, hoogstens: int
) -> None:
    plaats = velden.get("plaats")
    vraag = Zoekvraag(plek=vind_plek(plaats), **{n: w for n, w in velden.items() if n != "plaats"})
    aantal, paginas, gelezen = plannen(vraag, django_db_blocker)
    assert aantal == statements
    assert paginas <= hoogstens
    assert not gelezen & {"organisaties_zoekrij", "organisaties_zoekpunt", "organisaties_woord"}


def test_een_diepe_pagina_kost_niet_meer_dan_de_eerste(veel: Thema, django_db_blocker: Any) -> None:
    _, eerste, _ = plannen(Zoekvraag(tekst="stichting"), django_db_blocker)
    _, diep, _ = plannen(Zoekvraag(tekst="stichting", pagina=50), django_db_blocker)
    assert diep <= eerste * 1.05


def test_een_suggestie_is_een_vraag_aan_de_database(veel: Thema, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), CaptureQueriesContext(connection) as gezien:
        assert stel_voor("stichting")
    assert len(gezien) == 1


@pytest.mark.django_db
def test_bewaren_ververst_in_weinig_vragen(django_assert_num_queries: Any) -> None:
    organisatie = maak_organisatie(naam="Buurthuis De Spil", tekst="Koken en praten")
    maak_locatie(organisatie, breedtegraad=52.1, lengtegraad=5.1)
    maak_dienst(organisatie, naam="Samen eten")
    ververs([organisatie.pk])
    Organisatie.objects.filter(pk=organisatie.pk).update(tekst="Zingen en dansen")
    # The lock, the listing with its parts, its row, the lock on the counts, the counts, new words, old words.
    with django_assert_num_queries(7):
        ververs([organisatie.pk])
    with django_assert_num_queries(3):
        ververs([organisatie.pk])
