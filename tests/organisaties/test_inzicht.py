import csv
import io
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from organisaties.demo.tellingen import maak_tellingen
from organisaties.keuzes import Status
from organisaties.models import Dagtelling, Organisatie, Telsoort, Woordtelling
from organisaties.weergave.grafiek import Kolom, balk, kolommen, mooie_top
from organisaties.weergave.inzicht import JAAR, MAAND, Inzicht, lees_inzicht
from organisaties.zoeken import ververs
from tests.fabriek import maak_dienst, maak_gebruiker, maak_moderator, maak_organisatie, maak_thema

pytestmark = pytest.mark.django_db
VANDAAG = date(2026, 11, 23)
PAD = "/organisaties/de-linde/inzicht/"


@pytest.fixture(autouse=True)
def op_een_vaste_dag() -> Any:
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False):
        yield


@pytest.fixture
def beheerder() -> Any:
    return maak_gebruiker()


@pytest.fixture
def linde(beheerder: Any) -> Organisatie:
    return maak_organisatie(naam="De Linde", slug="de-linde", beheerder=beheerder)


def zet(organisatie: Organisatie, soort: str, aantal: int, *, dagen: int = 0) -> None:
    Dagtelling.objects.create(organisatie=organisatie, dag=VANDAAG - timedelta(days=dagen), soort=soort, aantal=aantal)


def zet_woord(organisatie: Organisatie, woord: str, aantal: int, *, dagen: int = 0) -> None:
    Woordtelling.objects.create(
        organisatie=organisatie, dag=VANDAAG - timedelta(days=dagen), woord=woord, aantal=aantal
    )


@pytest.mark.parametrize("pad", [PAD, f"{PAD}csv/"])
@pytest.mark.parametrize(
    ("wie", "code"),
    [("beheerder", 200), ("redacteur", 200), ("moderator", 200), ("vreemde", 404), ("ander", 404), ("niemand", 302)],
)
def test_wie_de_getallen_ziet(
    log_in: Any, client: Any, linde: Organisatie, beheerder: Any, wie: str, code: int, pad: str
) -> None:
    redacteur, ander = maak_gebruiker(), maak_gebruiker()
    linde.beheer.create(gebruiker=redacteur, rol="redacteur")
    maak_organisatie(beheerder=ander)
    mensen = {"beheerder": beheerder, "redacteur": redacteur, "ander": ander, "vreemde": maak_gebruiker()}
    mensen["moderator"] = maak_moderator()
    if wie != "niemand":
        log_in(mensen[wie])
    assert client.get(pad).status_code == code


@pytest.mark.parametrize("status", [Status.CONCEPT, Status.GEARCHIVEERD])
def test_ook_van_wat_niet_op_het_portaal_staat(log_in: Any, linde: Organisatie, beheerder: Any, status: str) -> None:
    Organisatie.objects.update(status=status)
    zet(linde, "getoond", 12)
    assert "12 keer in een lijst getoond" in log_in(beheerder).get(PAD).content.decode()


def test_pagina_zegt_wat_het_betekent_en_wat_te_doen(log_in: Any, linde: Organisatie, beheerder: Any) -> None:
    maak_dienst(linde, naam="Taalles voor beginners")
    ververs([linde.pk])
    for dagen in range(10):
        zet(linde, "getoond", 12, dagen=dagen)
    zet(linde, "geopend", 14)
    zet(linde, "gebeld", 6)
    zet_woord(linde, "taalles", 20)
    zet_woord(linde, "inburgering", 9)
    zet_woord(linde, "schaken", 4)
    html = log_in(beheerder).get(PAD).content.decode()
    assert "In de laatste 30 dagen is uw vermelding 120 keer in een lijst getoond en 14 keer bekeken." in html
    assert "Op bellen werd 6 keer gedrukt." in html
    assert "Mensen zochten op “inburgering”. Dat staat nog niet in uw vermelding." in html
    assert "op “taalles”" not in html
    assert "schaken" not in html
    assert 'href="/organisaties/de-linde/wijzigen/diensten/"' in html
    assert "Wie JavaScript uit heeft staan, tellen wij niet." in html
    assert html.count('role="img"') == 2


def test_kleine_getallen_blijven_geheim(log_in: Any, linde: Organisatie, beheerder: Any) -> None:
    zet(linde, "getoond", 37)
    zet(linde, "geopend", 4)
    zet(linde, "gebeld", 1)
    html = log_in(beheerder).get(PAD).content.decode()
    assert "37 keer in een lijst getoond en minder dan 5 keer bekeken." in html
    assert "Op bellen werd" not in html
    rijen = csv_van(log_in(beheerder).get(f"{PAD}csv/"))
    vandaag = rijen[-1]
    assert (vandaag["Getoond in een lijst"], vandaag["Pagina bekeken"], vandaag["Op bellen gedrukt"]) == (
        "37",
        "minder dan 5",
        "minder dan 5",
    )
    assert {cel for rij in rijen for naam, cel in rij.items() if naam not in ("begin", "dag")} == {"37", "minder dan 5"}


def csv_van(response: Any) -> list[dict[str, str]]:
    tekst = response.content.decode("utf-8-sig").split("\r\n\r\n")[0]
    return list(csv.DictReader(io.StringIO(tekst), delimiter=";"))


def test_niets_of_te_weinig_zegt_dat(log_in: Any, linde: Organisatie, beheerder: Any) -> None:
    zet(linde, "geopend", 2)
    html = log_in(beheerder).get(PAD).content.decode()
    assert "Nog te weinig om te laten zien" in html
    assert '<svg class="grafiek"' not in html


def test_perioden(log_in: Any, linde: Organisatie, beheerder: Any) -> None:
    ander = maak_organisatie()
    zet(ander, "getoond", 900)
    for dagen, aantal in ((0, 10), (29, 20), (30, 40), (330, 80), (380, 160)):
        zet(linde, "getoond", aantal, dagen=dagen)
    assert lees_inzicht(linde, MAAND, VANDAAG).totaal("getoond") == 30
    jaar = lees_inzicht(linde, JAAR, VANDAAG)
    assert jaar.totaal("getoond") == 150
    assert [(vak.naam, jaar.aantal("getoond", vak)) for vak in jaar.vakken if jaar.aantal("getoond", vak)] == [
        ("december 2025", 80),
        ("oktober 2026", 60),
        ("november 2026", 10),
    ]
    assert len(jaar.vakken) == 12
    html = log_in(beheerder).get(f"{PAD}?periode=jaar").content.decode()
    assert "In de laatste 12 maanden is uw vermelding 150 keer" in html
    for vreemd in ("eeuw", "%00", "jaar&periode=x"):
        assert log_in(beheerder).get(f"{PAD}?periode={vreemd}").status_code in (200, 400)


@pytest.mark.parametrize("periode", ["maand", "jaar"])
def test_vast_aantal_vragen(log_in: Any, linde: Organisatie, django_assert_num_queries: Any, periode: str) -> None:
    client = log_in(maak_moderator())
    client.get(PAD)
    for ronde in range(2):
        with django_assert_num_queries(8):
            response = client.get(f"{PAD}?periode={periode}")
        assert len(response.content) <= 40_000
        assert "no-store" in response["Cache-Control"]
        if ronde == 0:
            for dagen in range(29):
                for soort in Telsoort.values:
                    zet(linde, soort, 123_456, dagen=dagen)
            for letter in "abcdefghijklmnopqrst":
                zet_woord(linde, f"woord{letter}", 50)


@pytest.mark.parametrize(
    ("getoond", "geopend", "gebeld", "tips"),
    [
        (10, 0, 0, []),
        (100, 3, 0, ["Veel mensen zien u in de lijst"]),
        (100, 30, 0, ["Mensen bekijken uw pagina"]),
        (100, 30, 9, []),
        (1000, 30, 0, ["Veel mensen zien u in de lijst", "Mensen bekijken uw pagina"]),
    ],
)
def test_tips(linde: Organisatie, getoond: int, geopend: int, gebeld: int, tips: list[str]) -> None:
    tellingen = {soort: Counter[date]() for soort in Telsoort.values}
    for soort, aantal in (("getoond", getoond), ("geopend", geopend), ("gebeld", gebeld)):
        tellingen[soort][VANDAAG] = aantal
    gegeven = Inzicht(MAAND, [], tellingen, []).tips(linde)
    assert len(gegeven) == len(tips)
    assert all(tip.tekst.startswith(begin) for tip, begin in zip(gegeven, tips, strict=True))


@pytest.mark.parametrize(
    ("hoogste", "top"),
    [(0, 10), (10, 10), (11, 20), (26, 30), (41, 60), (61, 80), (81, 100), (501, 600), (9_999_999, 10_000_000)],
)
def test_as_eindigt_mooi(hoogste: int, top: int) -> None:
    assert mooie_top(hoogste) == top


def test_grafiek_verbergt_een_klein_getal_ook_in_de_tekening() -> None:
    punten = [Kolom("maandag <3>", "3 nov", None), Kolom("dinsdag", "", 1200), Kolom("woensdag", "", 0)]
    svg = kolommen(punten, titel="Getoond & meer", klein="minder dan 5")
    assert "maandag &lt;3&gt;: minder dan 5" in svg
    assert 'aria-label="Getoond &amp; meer. Het meest bij dinsdag: 1.200.' in svg
    assert svg.count('height="3.0"') == 1
    assert "Overal minder dan 5" in kolommen(punten[:1], titel="x", klein="minder dan 5")
    assert kolommen([], titel="x", klein="y")
    assert balk(None, 100) == balk(None, 7)


def test_verzonnen_getallen_zijn_elke_keer_gelijk(linde: Organisatie) -> None:
    linde.themas.add(maak_thema(trefwoorden=["taalles", "Nederlands leren", "spreken", "3511ab"]))
    gezien = []
    for _ in range(2):
        maak_tellingen([linde], VANDAAG)
        gezien.append(
            (
                sorted(linde.dagtellingen.values_list("dag", "soort", "aantal")),
                sorted(linde.woordtellingen.values_list("dag", "woord", "aantal")),
            )
        )
        Dagtelling.objects.all().delete()
        Woordtelling.objects.all().delete()
    assert gezien[0] == gezien[1]
    dagen, woorden = gezien[0]
    assert {woord for _, woord, _ in woorden} == {"taalles", "spreken"}
    assert len({dag for dag, soort, _ in dagen if soort == "getoond"}) >= 45
