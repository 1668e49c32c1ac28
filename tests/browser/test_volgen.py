import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from organisaties.actions import volgen
from organisaties.models import Abonnement
from organisaties.zoeken import ververs
from tests.browser.conftest import BUREAU, TELEFOON
from tests.fabriek import maak_organisatie

pytestmark = pytest.mark.django_db(transaction=True)
JAN = "jan@thuis.example"


@pytest.mark.parametrize("script", [True, False])
def test_a_visitor_follows_a_search_proves_the_address_and_stops(
    basisgegevens: None, maak_pagina: Callable[..., Page], script: bool
) -> None:
    organisatie = maak_organisatie(naam="Taalhuis De Brug", kort="Taalles in de buurt.")
    ververs([organisatie.pk])
    pagina = maak_pagina(viewport=TELEFOON, script=script)
    pagina.goto("/organisaties/?q=taalles")
    pagina.get_by_role("link", name="Bewaar deze zoekopdracht").click()
    pagina.get_by_label("Uw e-mailadres").fill(JAN)
    pagina.get_by_role("button", name="Zoekopdracht bewaren").click()
    expect(pagina.get_by_role("heading", name="Kijk in uw mail")).to_be_visible()
    gevonden = re.search(r"\S*/volgen/bevestigen/\S+", mail.outbox[0].body)
    assert gevonden
    pagina.goto(gevonden[0])
    pagina.get_by_role("button", name="Ja, ik wil dit volgen").click()
    expect(pagina.get_by_role("heading", name="Dat is geregeld")).to_be_visible()
    abonnement = Abonnement.objects.get()
    assert abonnement.is_bevestigd
    pagina.goto(volgen.stoplink(abonnement))
    pagina.get_by_role("button", name="Niet meer volgen").click()
    expect(pagina.get_by_role("heading", name="U volgt dit niet meer")).to_be_visible()
    assert not Abonnement.objects.exists()


@pytest.mark.parametrize("donker", [False, True])
def test_the_pages_of_following_are_accessible(
    basisgegevens: None, maak_pagina: Callable[..., Page], axe: Callable[[Page], Any], donker: bool
) -> None:
    organisatie = maak_organisatie(naam="Taalhuis De Brug", slug="brug")
    abonnement = volgen.volg(email=JAN, naam="Taalhuis De Brug", organisatie=organisatie)
    adressen = [
        "/organisaties/brug/volgen/",
        "/volgen/zoekopdracht/?q=taalles&plaats=Utrecht",
        "/volgen/gevraagd/",
        f"/volgen/bevestigen/{volgen.maak_bevestiglink(abonnement)}/",
        volgen.stoplink(abonnement),
    ]
    for viewport in (BUREAU, {"width": 320, "height": 700}):
        pagina = maak_pagina(viewport=viewport, donker=donker)
        for adres in adressen:
            pagina.goto(adres)
            axe(pagina)
            assert pagina.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), adres
