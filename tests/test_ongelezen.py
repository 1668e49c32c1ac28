"""How many words wait for who is logged in: in the menu of every page, and on the own page."""

from typing import Any

import pytest
from django.utils import timezone

from tests.fabriek import WACHTWOORD, maak_gebruiker, maak_kennisgeving, maak_professional

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("aantal", "tekst"), [(0, ""), (1, "1"), (3, "3"), (99, "99"), (100, "99+"), (140, "99+")])
def test_het_menu_telt_wat_u_niet_las(log_in: Any, aantal: int, tekst: str) -> None:
    mens = maak_professional()
    maak_kennisgeving(mens, gelezen_op=timezone.now())
    maak_kennisgeving(maak_professional(), tekst="Van een ander")
    for _ in range(aantal):
        maak_kennisgeving(mens)
    client = log_in(mens.gebruiker)
    for pad in ("/", "/mijn/", "/netwerken/"):
        html = client.get(pad).content.decode()
        # The wide menu, its summary, and the menu of a phone.
        assert html.count(f"{tekst} ongelezen</span>") == (3 if tekst else 0), pad
        assert html.count(f'<span aria-hidden="true">({tekst})</span>') == (2 if tekst else 0), pad
    assert (f"Berichten voor u ({tekst} nieuw)" in client.get("/mijn/").content.decode()) is bool(tekst)


def test_een_bezoeker_ziet_niets_van_wie_was_ingelogd(client: Any, log_in: Any) -> None:
    mens = maak_professional()
    maak_kennisgeving(mens)
    assert "1 ongelezen" in log_in(mens.gebruiker).get("/netwerken/").content.decode()
    client.logout()
    assert "ongelezen" not in client.get("/netwerken/").content.decode()
    assert "ongelezen" not in log_in(maak_gebruiker()).get("/netwerken/").content.decode()


def test_tellen_kost_geen_vraag_hoeveel_er_ook_wacht(log_in: Any, django_assert_num_queries: Any) -> None:
    mens = maak_professional()
    client = log_in(mens.gebruiker)
    client.get("/over/")
    for _ in range(3):
        maak_kennisgeving(mens)
        # The session, and the account with what waits.
        with django_assert_num_queries(2):
            client.get("/over/")


def test_wie_niet_meer_mag_inloggen_is_uitgelogd(log_in: Any) -> None:
    mens = maak_professional()
    client = log_in(mens.gebruiker)
    assert client.get("/mijn/").status_code == 200
    type(mens.gebruiker).objects.update(is_active=False)
    assert client.get("/mijn/").status_code == 302


def test_de_pagina_na_het_inloggen_telt_ook(client: Any) -> None:
    mens = maak_professional()
    maak_kennisgeving(mens)
    antwoord = client.post("/account/login/", {"login": mens.gebruiker.email, "password": WACHTWOORD}, follow=True)
    assert "1 ongelezen" in antwoord.content.decode()


def test_lezen_haalt_het_uit_het_menu(log_in: Any) -> None:
    mens = maak_professional()
    maak_kennisgeving(mens)
    client = log_in(mens.gebruiker)
    assert "1 ongelezen" in client.get("/kennisgevingen/").content.decode()
    client.post("/kennisgevingen/lezen/")
    assert "1 ongelezen" not in client.get("/kennisgevingen/").content.decode()
