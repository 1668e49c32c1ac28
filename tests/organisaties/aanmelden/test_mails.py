import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from organisaties.models import Beheer, Organisatie, Thema
from tests.fabriek import maak_organisatie
from tests.organisaties.aanmelden.stappen import BEGIN, EMAIL, SLACHTOFFER, code_uit_mail, link_uit_mail, stap, vul_in

pytestmark = pytest.mark.django_db


def _opnieuw(client: Client, email: str) -> str:
    response = client.post(f"{BEGIN}controleren/", {"opnieuw": "ja", "eigen_email": email}, follow=True)
    return response.content.decode()


def test_een_adres_krijgt_niet_meer_dan_vijf_codes_per_uur(client: Client, thema: Thema, time_machine: Any) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    assert "U krijgt niet meer dan 5 mails per uur" in client.get(f"{BEGIN}controleren/").content.decode()
    schermen = [_opnieuw(client, email) for email in (EMAIL, EMAIL.upper(), EMAIL, EMAIL, EMAIL, EMAIL)]
    assert [m.to for m in mail.outbox] == [[EMAIL]] * 5
    assert "U krijgt niet meer dan 5 mails per uur. Kijk ook bij ongewenste mail." in schermen[0]
    kaal = {re.sub(r'(value|nonce)="[^"]+"', "", scherm) for scherm in schermen}
    assert len(kaal) == 1
    # The last code that was mailed goes on working.
    laatste = code_uit_mail()
    assert client.post(f"{BEGIN}controleren/", {"code": laatste}).url == f"{BEGIN}klaar/"
    # Another registration does not mail it either; an hour later it does.
    ander = type(client)()
    ander.vangt = client.vangt
    vul_in(ander, thema, naam="Heel iets anders")
    stap(ander, "insturen", eigen_email=EMAIL)
    codes = [m for m in mail.outbox if "is uw code" in m.subject]
    assert len(codes) == 5
    assert "U krijgt niet meer dan 5 mails per uur" in ander.get(f"{BEGIN}controleren/").content.decode()
    assert "Deze code klopt niet" in ander.post(f"{BEGIN}controleren/", {"code": laatste}).content.decode()
    time_machine.shift(timedelta(hours=1, seconds=1))
    _opnieuw(ander, EMAIL)
    assert "is uw code" in mail.outbox[-1].subject
    assert ander.post(f"{BEGIN}controleren/", {"code": code_uit_mail()}).url == f"{BEGIN}klaar/"


def test_ander_adres_boven_de_grens_maakt_de_oude_code_ongeldig(client: Client, thema: Thema, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "aanmeldcode": "1/h/key"}
    for naam, email in (("Eerste", SLACHTOFFER), ("Tweede heel anders", EMAIL)):
        client.cookies.clear()
        vul_in(client, thema, naam=naam)
        stap(client, "insturen", eigen_email=email)
    code, link = code_uit_mail(), link_uit_mail()
    assert SLACHTOFFER in _opnieuw(client, SLACHTOFFER)
    assert len(mail.outbox) == 2
    assert client.post(link).status_code == 410
    for poging in (code, "0000 0000"):
        assert "Deze code klopt niet" in client.post(f"{BEGIN}controleren/", {"code": poging}).content.decode()
    assert not Beheer.objects.exists()


def test_tweede_keer_insturen_via_de_pagina(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    assert stap(client, "insturen", eigen_email=EMAIL).url == f"{BEGIN}controleren/"
    assert Organisatie.objects.count() == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_van_de_laatste_stap(
    client: Client, thema: Thema, aantal: int, django_assert_num_queries: Any
) -> None:
    for _ in range(aantal):
        maak_organisatie()
    vul_in(client, thema)
    with django_assert_num_queries(7):
        client.get(f"{BEGIN}insturen/")
