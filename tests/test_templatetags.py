import datetime
import json
import re
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from welzijnportal.templatetags import portaal

ROOT = Path(__file__).resolve().parent.parent
SPRITE = (ROOT / "static/icons/sprite.svg").read_text()
SYMBOLEN = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
UTC = datetime.UTC


def maak(tekst: str, **context: object) -> str:
    return Template(tekst).render(Context(context))


def test_icoon_is_versiering_zonder_titel() -> None:
    assert maak('{% icoon "telefoon" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/icons/sprite.svg#telefoon"/></svg>'
    )


def test_icoon_met_titel_wordt_voorgelezen() -> None:
    assert maak('{% icoon "telefoon" "Bellen" %}') == (
        '<svg class="icon " role="img" aria-label="Bellen"><use href="/static/icons/sprite.svg#telefoon"/></svg>'
    )


def test_icoon_maakt_vreemde_tekens_onschadelijk() -> None:
    html = maak("{% icoon naam titel %}", naam='"><script>', titel='"><script>')
    assert "<script>" not in html


def test_elk_icoon_in_een_sjabloon_staat_in_de_sprite() -> None:
    namen = set()
    for pad in (ROOT / "templates").rglob("*.html"):
        tekst = pad.read_text()
        namen |= set(re.findall(r'{% icoon "([^"]+)"', tekst)) | set(re.findall(r'icoonnaam="([^"]+)"', tekst))
        namen |= set(re.findall(r'{% tekening "([^"]+)"', tekst))
    assert namen - SYMBOLEN == set()


def test_elk_icoon_van_een_thema_staat_in_de_sprite() -> None:
    regels = (ROOT / "organisaties/data/themas.csv").read_text().splitlines()
    plek = regels[0].split(",").index("icoon") - len(regels[0].split(","))
    assert {regel.split(",")[plek] for regel in regels[1:]} - SYMBOLEN == set()


def test_sprite_bevat_elke_naam_van_de_lijst() -> None:
    namen = set(json.loads((ROOT / "static/icons/iconen.json").read_text()))
    assert namen <= SYMBOLEN


@time_machine.travel(datetime.datetime(2026, 11, 23, 12, tzinfo=UTC))
def test_datum_noemt_het_jaar_alleen_als_het_anders_is() -> None:
    assert portaal.datum(datetime.date(2026, 11, 3)) == "dinsdag 3 november"
    assert portaal.datum(datetime.date(2027, 1, 1)) == "vrijdag 1 januari 2027"


def test_datum_en_tijd_rekenen_in_amsterdam() -> None:
    moment = datetime.datetime(2026, 7, 31, 22, 30, tzinfo=UTC)
    assert portaal.datum(moment).startswith("zaterdag 1 augustus")
    assert portaal.tijd(moment) == "0.30 uur"


@pytest.mark.parametrize(
    ("utc_uur", "verwacht"), [(0, "2.30 uur"), (1, "2.30 uur"), (2, "3.30 uur")], ids=["zomer", "winter", "erna"]
)
def test_tijd_in_de_nacht_dat_de_klok_teruggaat(utc_uur: int, verwacht: str) -> None:
    assert portaal.tijd(datetime.datetime(2026, 10, 25, utc_uur, 30, tzinfo=UTC)) == verwacht


def test_tijd_van_een_klok() -> None:
    assert portaal.tijd(datetime.time(13, 30)) == "13.30 uur"
    assert portaal.tijd(datetime.time(9, 5)) == "9.05 uur"


@pytest.mark.parametrize("niets", [None, "", "gisteren"])
def test_datum_en_tijd_van_niets_zijn_leeg(niets: object) -> None:
    assert maak("{{ d|datum }}{{ d|tijd }}{{ d|datumtijd }}{{ d|korte_datum }}", d=niets) == ""


def test_datum_aan_de_rand_van_de_tijd_geeft_geen_fout() -> None:
    rand = datetime.datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    assert portaal.datum(rand) == ""


@pytest.mark.parametrize(
    ("afstand", "verwacht"),
    [
        (0, "100 m"),
        (0.34, "300 m"),
        (0.94, "900 m"),
        (0.95, "1 km"),
        (1.24, "1,2 km"),
        (Decimal("9.96"), "10 km"),
        (34.1, "34 km"),
        (None, ""),
        ("veel", ""),
        (float("nan"), ""),
        (-1, ""),
    ],
)
def test_km(afstand: object, verwacht: str) -> None:
    assert portaal.km(afstand) == verwacht  # type: ignore[arg-type]


def test_aantal_telt_in_het_nederlands() -> None:
    assert maak('{{ 1|aantal:"organisatie,organisaties" }}') == "1 organisatie"
    assert maak('{{ 1200|aantal:"organisatie,organisaties" }}') == "1.200 organisaties"


def test_tel_houdt_alleen_cijfers_en_plus() -> None:
    assert portaal.tel("0575 - 12 34 56") == "tel:0575123456"
    assert portaal.tel("+31 (0)6 12345678") == "tel:+310612345678"
    assert portaal.tel('"><script>') == "tel:"


def test_url_met_houdt_de_rest_en_begint_weer_op_de_eerste_pagina() -> None:
    verzoek = RequestFactory().get("/", {"q": "schuld & geld", "thema": ["geld", "wonen"], "pagina": "4"})
    assert portaal.url_met(verzoek, sorteer="naam") == "?q=schuld+%26+geld&thema=geld&thema=wonen&sorteer=naam"
    assert portaal.url_met(verzoek, pagina=5).endswith("pagina=5")


def test_url_met_haalt_weg_wat_leeg_is_en_vervangt_lijsten() -> None:
    vraag = QueryDict("q=eten&thema=geld&thema=wonen")
    assert portaal.url_met(vraag, q="", thema=["geld"]) == "?thema=geld"
    assert portaal.url_met(vraag, thema=None) == "?q=eten"
    assert portaal.url_met(None, q="eten") == "?q=eten"


@pytest.mark.parametrize(
    ("nummer", "laatste", "verwacht"),
    [
        (1, 1, [1]),
        (1, 5, [1, 2, None, 5]),
        (3, 5, [1, 2, 3, 4, 5]),
        (6, 12, [1, None, 5, 6, 7, None, 12]),
        (12, 12, [1, None, 11, 12]),
    ],
)
def test_paginareeks(nummer: int, laatste: int, verwacht: list[int | None]) -> None:
    assert portaal.paginareeks(nummer, laatste) == verwacht


def test_broodkruimels_gaan_van_begin_naar_hier() -> None:
    html = maak('{% broodkruimels "Hulp vinden" "/organisaties/" "De Brede Brug" %}')
    assert re.findall(r'href="(/[^"#]*)"', html) == ["/", "/organisaties/"]
    assert '<span aria-current="page">De Brede Brug</span>' in html


@pytest.mark.parametrize(("label", "verwacht"), [("Naam", "Naam:"), ("Hoe heet u?", "Hoe heet u?")])
def test_aanloop_zet_geen_dubbele_leestekens(label: str, verwacht: str) -> None:
    assert portaal.aanloop(label) == verwacht
