from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from organisaties.keuzes import Status
from organisaties.models import Beheer, Organisatie, Thema
from tests.fabriek import maak_gebruiker
from tests.organisaties.aanmelden.stappen import BEGIN, EMAIL, code_uit_mail, link_uit_mail, stap, vul_in

pytestmark = pytest.mark.django_db


def test_link_openen_bevestigt_niets(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    response = client.get(link_uit_mail())
    assert "Bevestigen en insturen" in response.content.decode()
    assert Organisatie.objects.get().status == Status.CONCEPT


def test_link_in_een_andere_browser_stuurt_in_zonder_in_te_loggen(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    link = link_uit_mail()
    telefoon = Client()
    assert "is bevestigd" in telefoon.post(link).content.decode()
    assert Organisatie.objects.get().status == Status.INGEDIEND
    assert "_auth_user_id" not in telefoon.session
    assert "is bevestigd" in telefoon.get(link).content.decode()
    assert Beheer.objects.count() == 1


@pytest.mark.parametrize("token", ["onzin", "x" * 3000, "WzEsImEiXQ:1abc:def", "%20"])
def test_onbekende_link_krijgt_een_duidelijke_pagina(client: Client, token: str) -> None:
    response = client.get(f"{BEGIN}bevestigen/{token}/")
    assert response.status_code == 410
    assert "Deze link werkt niet meer" in response.content.decode()


def test_link_verloopt_na_zeven_dagen(client: Client, thema: Thema, time_machine: Any) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    link = link_uit_mail()
    time_machine.move_to(timezone.now() + timedelta(days=8), tick=False)
    assert client.post(link).status_code == 410
    assert Organisatie.objects.get().status == Status.CONCEPT


def test_nieuwe_code_maakt_de_oude_link_en_code_ongeldig(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email="fuot@taalhuis.example")
    oude_link, oude_code = link_uit_mail(), code_uit_mail()
    client.post(f"{BEGIN}controleren/", {"opnieuw": "ja", "eigen_email": EMAIL})
    assert mail.outbox[-1].to == [EMAIL]
    assert client.post(oude_link).status_code == 410
    if oude_code != code_uit_mail():
        assert "Deze code klopt niet" in client.post(f"{BEGIN}controleren/", {"code": oude_code}).content.decode()
    client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()})
    assert Beheer.objects.get().gebruiker.email == EMAIL


def test_vijf_foute_codes_en_de_goede_werkt_niet_meer(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    goed = code_uit_mail()
    fout = "0000 0000" if goed != "0000 0000" else "1111 1111"
    for _ in range(5):
        assert "Deze code klopt niet" in client.post(f"{BEGIN}controleren/", {"code": fout}).content.decode()
    assert "Vraag een nieuwe code aan" in client.post(f"{BEGIN}controleren/", {"code": goed}).content.decode()
    assert Organisatie.objects.get().status == Status.CONCEPT


@pytest.mark.parametrize("code", ["", "12", "abcdefgh", "٣" * 8, "1" * 1_000_000, "1234\x005678"])
def test_onmogelijke_code_geeft_een_melding(client: Client, thema: Thema, code: str) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    response = client.post(f"{BEGIN}controleren/", {"code": code})
    assert response.status_code == 200
    assert "Nog niet gelukt" in response.content.decode()


def test_afgesloten_account_kan_niet_bevestigen(client: Client, thema: Thema) -> None:
    maak_gebruiker(email=EMAIL, is_active=False)
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    assert "is afgesloten" in client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()}).content.decode()
    assert not Beheer.objects.exists()
