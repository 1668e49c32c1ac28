import re
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command

from organisaties.zoeken import herbouw
from tests.fabriek import maak_locatie, maak_organisatie, maak_thema
from welzijnportal.geo.models import Gemeente


@pytest.fixture
def aanbod(db: None) -> None:
    call_command("laad_geodata", verbosity=0)
    utrecht = Gemeente.objects.get(pk="GM0344")
    eten = maak_thema(naam="Eten", slug="eten")
    for naam in ("De Linde", "De Eik", "De Berk"):
        organisatie = maak_organisatie(naam=naam, telefoon="+31301234567", kort="Samen soep koken")
        maak_locatie(organisatie, gemeente=utrecht)
        organisatie.themas.add(eten)
    ver = maak_organisatie(naam="Ver weg", kort="Schaken")
    maak_locatie(ver, plaats="Groningen", gemeente=Gemeente.objects.get(pk="GM0014"))
    herbouw()


def namen(response: Any) -> set[str]:
    return set(re.findall(r'rel="noopener">([^<]+)</a></h2>', response.content.decode()))


@pytest.mark.parametrize(
    ("vraag", "verwacht"),
    [
        ("", {"De Linde", "De Eik", "De Berk", "Ver weg"}),
        ("gemeente=GM0344", {"De Linde", "De Eik", "De Berk"}),
        ("gemeente=GM0014", {"Ver weg"}),
        ("gemeente=GM0344&thema=eten&q=soep", {"De Linde", "De Eik", "De Berk"}),
        ("q=schaken", {"Ver weg"}),
        ("gemeente=GM0014&thema=eten", set()),
    ],
)
def test_de_lijst_toont_wat_is_gekozen(client: Any, aanbod: None, vraag: str, verwacht: set[str]) -> None:
    assert namen(client.get(f"/insluiten/?{vraag}")) == verwacht


def test_elke_site_mag_de_lijst_in_een_kader_zetten(client: Any, aanbod: None, settings: Any) -> None:
    response = client.get("/insluiten/?gemeente=GM0344")
    html = response.content.decode()
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in response.get("Vary", "")
    assert response["ETag"]
    assert response.cookies == {}
    assert "<script" not in html
    assert "<form" not in html
    buiten = re.findall(r'<a href="(?!tel:)([^"]+)"([^>]*)>', html)
    assert len(buiten) == 5
    for adres, rest in buiten:
        assert adres.startswith(f"{settings.SITE_URL}/")
        assert 'target="_blank" rel="noopener"' in rest


def test_ook_het_antwoord_dat_er_niets_veranderde_laat_het_kader_toe(client: Any, aanbod: None) -> None:
    for pad, beleid in (("/insluiten/", "frame-ancestors *"), ("/insluiten/uitleg/", "frame-src 'self'")):
        vers = client.get(pad)
        zelfde = client.get(pad, headers={"if-none-match": vers["ETag"]})
        assert zelfde.status_code == 304
        assert beleid in zelfde["Content-Security-Policy"]
        for kop in ("X-Frame-Options", "Cross-Origin-Resource-Policy"):
            assert zelfde.get(kop) == vers.get(kop)


@pytest.mark.parametrize("pad", ["/", "/organisaties/", "/geef-door/", "/insluiten/uitleg/"])
def test_geen_andere_pagina_mag_in_een_kader(client: Any, aanbod: None, pad: str) -> None:
    response = client.get(pad)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_voor_wie_is_ingelogd_is_de_lijst_dezelfde(client: Any, aanbod: None, vreemde: Any) -> None:
    bezoeker = client.get("/insluiten/")
    client.force_login(vreemde)
    assert client.get("/insluiten/").content == bezoeker.content


@pytest.mark.parametrize("vraag", ["", "gemeente=GM0344&thema=eten", "q=soep&gemeente=GM0344"])
def test_de_lijst_kost_hoogstens_vijf_query_s(
    client: Any, aanbod: None, vraag: str, django_assert_max_num_queries: Any
) -> None:
    # The first question of a process reads the synonyms too.
    client.get("/insluiten/?q=taal")
    with django_assert_max_num_queries(4):
        assert client.get(f"/insluiten/?{vraag}").status_code == 200


@pytest.mark.parametrize(
    "vraag",
    [
        "gemeente=x&thema=y",
        "gemeente=GM9999",
        "gemeente=GM0344&gemeente=GM0014&thema=eten&thema=x",
        "q=" + "a" * 5000,
        "q=%3Cscript%3Ealert(1)%3C/script%3E",
        "q=a%26%7C!:*()%5B%5C%25_",
        "thema=%D9%A3&q=%E2%80%8B",
    ],
)
def test_vreemde_keuzes_geven_een_gewone_pagina(client: Any, aanbod: None, vraag: str) -> None:
    response = client.get(f"/insluiten/?{vraag}")
    assert response.status_code == 200
    assert "<script" not in response.content.decode()


def test_een_nul_in_de_vraag_is_een_400(client: Any, aanbod: None) -> None:
    assert client.get("/insluiten/?q=%00").status_code == 400


def test_de_uitleg_geeft_de_code_met_een_voorbeeld(client: Any, aanbod: None, settings: Any) -> None:
    response = client.get("/insluiten/uitleg/?gemeente=GM0344&thema=eten&q=soep+%22%26&hoogte=480")
    html = response.content.decode()
    code = unescape(re.search(r'id="kader-code".*?>(.*?)</textarea>', html, re.DOTALL)[1])  # type: ignore[index]
    assert code.startswith(
        f'<iframe src="{settings.SITE_URL}/insluiten/?gemeente=GM0344&amp;thema=eten&amp;q=soep+%22%26"'
    )
    assert 'height="480"' in code
    assert 'src="/insluiten/?gemeente=GM0344&amp;thema=eten&amp;q=soep+%22%26"' in html
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert response.cookies == {}
    assert len(html) < 40_000


@pytest.mark.parametrize("vraag", ["gemeente=x&thema=y&hoogte=9999999", "q=" + "a" * 500, "hoogte=%D9%A3"])
def test_een_vreemde_keuze_in_de_uitleg_valt_weg(client: Any, aanbod: None, vraag: str) -> None:
    html = client.get(f"/insluiten/uitleg/?{vraag}").content.decode()
    assert 'src="/insluiten/"' in html
    assert 'height="720"' in html
