import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisaties.models import Organisatie, Thema
from tests.fabriek import maak_organisatie

pytestmark = pytest.mark.django_db

VOORPAGINA_QUERIES = 3


@pytest.fixture
def thema() -> Thema:
    Thema.objects.all().delete()
    thema = Thema.objects.create(slug="wonen", naam="Wonen", icoon="wonen", tint="tint-6")
    Thema.objects.create(slug="huren", naam="Huren", icoon="huis", tint="tint-6", ouder=thema)
    return thema


def test_home_vraagt_wat_en_waar_en_heeft_een_knop(client: Client) -> None:
    html = client.get("/").content.decode()
    zoekform = re.search(r'<form class="search".*?</form>', html, re.DOTALL)
    assert zoekform is not None
    assert re.findall(r'name="(\w+)"', zoekform[0]) == ["q", "plaats"]
    assert zoekform[0].count("<button") == 1
    assert 'action="/organisaties/"' in zoekform[0]


def test_home_noemt_wie_je_belt_bij_gevaar(client: Client) -> None:
    html = client.get("/").content.decode()
    regel = re.search(r'<p class="help-line">.*?</p>', html, re.DOTALL)
    assert regel is not None
    assert re.findall(r'href="tel:(\d+)"', regel[0]) == ["112", "08000113", "08002000", "0880767000"]


def test_home_toont_hoofdthemas_en_geen_onderthemas(client: Client, thema: Thema) -> None:
    html = client.get("/").content.decode()
    tegels = re.search(r'<ul class="tiles".*?</ul>', html, re.DOTALL)
    assert tegels is not None
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', tegels[0]) == [(thema.get_absolute_url(), "Wonen")]


def test_home_toont_de_nieuwste_vier_die_zichtbaar_zijn(client: Client) -> None:
    for nummer in range(5):
        maak_organisatie(
            naam=f"Buurthuis {nummer}",
            status=Organisatie.Status.GEPUBLICEERD,
            gepubliceerd_op=timezone.now() - timedelta(days=nummer),
        )
    maak_organisatie(naam="Nog niet nagekeken", status=Organisatie.Status.INGEDIEND)
    html = client.get("/").content.decode()
    nieuws = re.search(r'<ul class="news".*?</ul>', html, re.DOTALL)
    assert nieuws is not None
    assert re.findall(r">([^<]+)</a>", nieuws[0]) == [f"Buurthuis {nummer}" for nummer in range(4)]
    assert "Nog niet nagekeken" not in html


def test_home_zonder_organisaties_nodigt_uit(client: Client) -> None:
    Organisatie.objects.all().delete()
    assert "Meld uw organisatie aan" in client.get("/").content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_home_kost_drie_queries(client: Client, thema: Thema, django_assert_num_queries: Any, aantal: int) -> None:
    for nummer in range(aantal):
        maak_organisatie(
            naam=f"Buurthuis {nummer}", status=Organisatie.Status.GEPUBLICEERD, gepubliceerd_op=timezone.now()
        )
    with django_assert_num_queries(VOORPAGINA_QUERIES):
        client.get("/")


@pytest.mark.parametrize(
    ("adres", "tekst"),
    [
        ("/over/", "Over het Welzijnportal"),
        ("/privacy/", "geen volgcookies"),
        ("/toegankelijkheid/", "WCAG 2.2"),
        ("/gegevens/", "Bevat GeoNames-gegevens"),
    ],
)
def test_paginas_met_tekst_zijn_open_voor_iedereen(client: Client, adres: str, tekst: str) -> None:
    antwoord = client.get(adres)
    assert tekst in antwoord.content.decode()
    assert "sessie" not in antwoord.cookies


def test_kop_toont_wie_is_ingelogd_en_alleen_medewerkers_beheer(log_in: Any, vreemde: Any) -> None:
    html = log_in(vreemde).get("/").content.decode()
    assert f"Ingelogd als {vreemde.email}" in html
    assert 'href="/beheer/"' not in html
    vreemde.is_staff = True
    vreemde.save()
    assert 'href="/beheer/"' in log_in(vreemde).get("/").content.decode()


def test_stijl_toont_elk_onderdeel(client: Client) -> None:
    html = client.get("/stijl/").content.decode()
    klassen = set(" ".join(re.findall(r'class="([^"]*)"', html)).split())
    assert {"search", "result", "card", "badge", "button", "field", "fieldset", "error-summary", "notice"} <= klassen
    assert {"chips", "paging", "breadcrumb", "tabs", "steps", "hours", "contact-bar", "empty", "tile"} <= klassen
