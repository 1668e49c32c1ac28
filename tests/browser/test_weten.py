"""A question finds who knows, the answer becomes a card, and a visitor finds it; held to axe, a phone and no script."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from netwerk.actions.gesprekken.helpen import markeer_antwoord
from netwerk.demo.weten import vul
from netwerk.keuzes import Voor, Zicht
from netwerk.models import Gesprek, Praktijkkaart, Professional, Reactie
from tests.browser.conftest import BUREAU, TELEFOON
from tests.fabriek import maak_gesprek, maak_lid, maak_netwerk, maak_professional
from welzijnportal.accounts.models import Gebruiker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("basisgegevens")]
KLEIN = {"width": 320, "height": 700}


def log_in(pagina: Page, gebruiker: Gebruiker, url: str) -> None:
    client = Client()
    client.force_login(gebruiker)
    koekje = client.cookies[settings.SESSION_COOKIE_NAME]
    pagina.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": url}])


def foto(pagina: Page, naam: str) -> None:
    """Keep a picture to look at, where SCREENSHOTS says so."""
    if map_ := os.environ.get("SCREENSHOTS"):
        pagina.screenshot(path=Path(map_) / f"weten-{naam}.png", full_page=True)


def past(pagina: Page) -> None:
    assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth"), pagina.url


@pytest.fixture
def vrager() -> Professional:
    return maak_professional(naam="Vera Vrager")


@pytest.fixture
def kenner() -> Professional:
    kenner = maak_professional(naam="Karin Kenner", expertise_voor=Voor.LEDEN)
    kenner.expertise.set(["schuldhulp"])
    return kenner


@pytest.fixture
def vraag(vrager: Professional, kenner: Professional) -> Gesprek:
    netwerk = maak_netwerk(naam="Vroeg erbij", slug="vroeg-erbij", leden=(vrager,), zicht_gesprekken=Zicht.PORTAAL)
    maak_lid(netwerk)
    return maak_gesprek(netwerk, vrager, titel="Wie kent schuldhulp voor zelfstandigen?", zicht=Zicht.PORTAAL)


def test_a_question_finds_who_knows_and_the_answer_becomes_a_card(
    maak_pagina: Callable[..., Page],
    live_server: object,
    axe: Callable[[Page], None],
    vraag: Gesprek,
    vrager: Professional,
    kenner: Professional,
) -> None:
    url = str(live_server.url)  # type: ignore[attr-defined]
    vera = maak_pagina()
    log_in(vera, vrager.gebruiker, url)
    vera.goto(f"/gesprekken/{vraag.code}/")
    vera.get_by_role("button", name="Vraag het aan wie dit weet").click()
    expect(vera.get_by_text("Uw vraag is gestuurd aan 1 vakgenoot die het misschien weet.")).to_be_visible()
    expect(vera.get_by_text("Karin Kenner")).to_have_count(0)
    axe(vera)
    foto(vera, "wie-weet-dit-1280")

    karin = maak_pagina(viewport=TELEFOON, donker=True, script=False)
    log_in(karin, kenner.gebruiker, url)
    karin.goto("/mijn/vragen/")
    foto(karin, "vragen-375-donker")
    past(karin)
    karin.get_by_role("link", name="Antwoord geven op: Wie kent schuldhulp").click()
    expect(karin.get_by_text("omdat u schreef dat u veel weet van schuldhulp")).to_be_visible()
    foto(karin, "vraag-375-donker")
    karin.get_by_label("Uw antwoord").fill("Bel de ondernemersmaatjes.\n\nVraag naar het spreekuur op dinsdag.")
    karin.get_by_role("button", name="Antwoord plaatsen").click()
    expect(karin.get_by_text("Uw antwoord staat bij de vraag.")).to_be_visible()

    markeer_antwoord(gesprek=vraag, reactie=Reactie.objects.get(), door=vrager)
    vera.goto(f"/gesprekken/{vraag.code}/wie-weet-dit/")
    expect(vera.get_by_text("Karin Kenner")).to_be_visible()
    vera.goto(f"/gesprekken/{vraag.code}/")
    foto(vera, "gesprek-1280")
    vera.get_by_role("link", name="Maak hier een praktijkkaart van").click()
    axe(vera)
    vera.get_by_label("Titel").fill("Schuldhulp voor zelfstandigen")
    vera.get_by_label("Wat is het?").fill("Zo helpt u een ondernemer met schulden verder.")
    vera.get_by_label("Let op").fill("Laat niemand alleen met een deurwaarder.")
    vera.get_by_label("Iedereen, ook zonder account").check()
    foto(vera, "kaart-formulier-1280")
    vera.get_by_role("button", name="Kaart plaatsen").click()
    expect(vera.get_by_text("Wij vragen aan wie de woorden zijn")).to_be_visible()
    kaart = Praktijkkaart.objects.get()
    bezoeker = maak_pagina(viewport=TELEFOON)
    assert bezoeker.goto(kaart.get_absolute_url()).status == 404  # type: ignore[union-attr]

    karin.goto(f"{kaart.get_absolute_url()}instemming/")
    karin.get_by_label("Ja, zet mijn naam erbij").check()
    karin.get_by_label("Ja, dat is goed").check()
    # The visitor comes when it is kept, not when the button is pressed.
    with karin.expect_navigation():
        karin.get_by_role("button", name="Bewaren").click()
    foto(karin, "kaart-375-donker")

    bezoeker = maak_pagina(viewport=TELEFOON)
    bezoeker.goto("/gesprekken/")
    bezoeker.get_by_label("Waar zit u mee?").fill("schuldhulpp zelfstandige")
    bezoeker.get_by_role("button", name="Zoeken").click()
    foto(bezoeker, "gezocht-375")
    bezoeker.get_by_role("link", name="Schuldhulp voor zelfstandigen").click()
    expect(bezoeker.get_by_role("heading", level=1)).to_have_text("Schuldhulp voor zelfstandigen")
    expect(bezoeker.get_by_text("Karin Kenner")).to_be_visible()


def test_pages_pass_axe_and_fit_a_small_screen(
    maak_pagina: Callable[..., Page],
    live_server: object,
    axe: Callable[[Page], None],
    vraag: Gesprek,
    vrager: Professional,
    kenner: Professional,
) -> None:
    url = str(live_server.url)  # type: ignore[attr-defined]
    vul(mensen=[kenner, vrager, *(maak_professional() for _ in range(12))])
    kaart = Praktijkkaart.objects.order_by("-aantal_hielp").first()
    assert kaart
    paden = [
        "/gesprekken/",
        "/gesprekken/?q=schuldhulp",
        "/gesprekken/?q=xqzwvk",
        "/praktijkkaarten/",
        kaart.get_absolute_url(),
    ]
    eigen = ["/mijn/vragen/", "/praktijkkaarten/schrijven/", f"/mijn/vragen/{kenner.vraagverzoeken.get().pk}/"]
    eigen.append(f"{kaart.get_absolute_url()}geschiedenis/")
    for viewport, donker in ((KLEIN, False), (TELEFOON, True), (BUREAU, False), (BUREAU, True)):
        pagina = maak_pagina(viewport=viewport, donker=donker)
        for plek, pad in enumerate([*paden, *eigen]):
            if plek == len(paden):
                log_in(pagina, kenner.gebruiker, url)
            pagina.goto(pad)
            axe(pagina)
            past(pagina)
            foto(pagina, f"pagina{plek}-{viewport['width']}{'-donker' if donker else ''}")
