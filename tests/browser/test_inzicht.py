"""From a visitor's click to the number that the organisation sees; and how those pages look."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from organisaties.actions.aanbod import tel_aanbod
from organisaties.models import Dagtelling, Organisatie, Thema, Woordtelling
from organisaties.zoeken import ververs
from tests.browser.conftest import TELEFOON
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("basisgegevens")]
SMAL = {"width": 320, "height": 640}


@pytest.fixture
def linde(basisgegevens: None) -> Organisatie:
    organisatie = maak_organisatie(
        naam="De Linde",
        slug="de-linde",
        telefoon="+31301234567",
        email="info@linde.example",
        beheerder=maak_gebruiker(),
    )
    maak_locatie(organisatie, gemeente_id="GM0344")
    maak_dienst(organisatie, naam="Taalles voor beginners").themas.set(Thema.objects.filter(slug="geld"))
    ververs([organisatie.pk])
    tel_aanbod()
    # One more of each and the numbers may be seen.
    for soort in ("getoond", "geopend", "gebeld"):
        Dagtelling.objects.create(organisatie=organisatie, dag=timezone.localdate(), soort=soort, aantal=4)
    Woordtelling.objects.create(organisatie=organisatie, dag=timezone.localdate(), woord="taalles", aantal=4)
    return organisatie


def aantallen() -> dict[str, int]:
    return dict(Dagtelling.objects.values_list("soort", "aantal")) | dict(
        Woordtelling.objects.values_list("woord", "aantal")
    )


def log_in(context: BrowserContext, url: str, organisatie: Organisatie) -> None:
    client = Client()
    beheer = organisatie.beheer.get()
    client.force_login(beheer.gebruiker)
    koekje = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": url}])


def wacht_op(pagina: Page, verwacht: dict[str, int]) -> None:
    for _ in range(60):
        if aantallen() == verwacht:
            return
        pagina.wait_for_timeout(50)
    assert aantallen() == verwacht


def bezoek(pagina: Page) -> None:
    pagina.goto("/organisaties/?q=taalles")
    pagina.get_by_role("link", name="De Linde", exact=True).scroll_into_view_if_needed()
    pagina.get_by_role("link", name="De Linde", exact=True).click()
    expect(pagina.get_by_role("heading", level=1, name="De Linde")).to_be_visible()
    pagina.locator(".contact-bar--top a[href^='tel:']").evaluate(
        "link => link.addEventListener('click', e => e.preventDefault())"
    )
    for _ in range(3):
        pagina.locator(".contact-bar--top a[href^='tel:']").click()


def test_van_lijst_tot_telefoon_tot_getal(
    maak_pagina: Callable[..., Page], live_server: Any, linde: Organisatie
) -> None:
    pagina = maak_pagina(telt=True)
    bezoek(pagina)
    wacht_op(pagina, {"getoond": 5, "geopend": 5, "gebeld": 5, "taalles": 5})
    assert pagina.context.cookies() == []
    assert pagina.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    eigen = maak_pagina(telt=True)
    log_in(eigen.context, live_server.url, linde)
    eigen.goto("/organisaties/de-linde/inzicht/")
    expect(eigen.get_by_text("5 keer in een lijst getoond en 5 keer bekeken")).to_be_visible()
    expect(eigen.get_by_role("row", name="Op bellen gedrukt 5")).to_be_visible()
    # What the organisation does itself is not counted.
    bezoek(eigen)
    eigen.goto("/over/")
    maak_pagina().goto("/organisaties/")
    assert aantallen()["gebeld"] == 5


def test_delen_en_bewaren_tellen_als_gedeeld(maak_pagina: Callable[..., Page], linde: Organisatie) -> None:
    pagina = maak_pagina(telt=True)
    maak_organisatie(naam="De Es", slug="de-es", email="info@es.example", website="https://es.example/")
    pagina.goto("/organisaties/de-es/")
    pagina.evaluate("document.addEventListener('click', e => e.preventDefault())")
    pagina.locator(".contact-bar--top").get_by_role("link", name="Mailen").click()
    pagina.locator(".contact-bar--top").get_by_role("link", name="Website").click()
    pagina.get_by_role("link", name="Bewaar in uw telefoon").click()
    es = Dagtelling.objects.filter(organisatie__slug="de-es")
    for _ in range(60):
        if es.count() == 4:
            break
        pagina.wait_for_timeout(50)
    assert dict(es.values_list("soort", "aantal")) == {"geopend": 1, "gemaild": 1, "website": 1, "gedeeld": 1}


def test_zonder_script_wordt_niets_geteld(maak_pagina: Callable[..., Page], linde: Organisatie) -> None:
    voor = aantallen()
    pagina = maak_pagina(script=False)
    pagina.goto("/organisaties/?q=taalles")
    pagina.get_by_role("link", name="De Linde", exact=True).click()
    pagina.goto("/over/")
    assert aantallen() == voor


def test_kaart_leidt_van_land_naar_gemeente(pagina: Page, linde: Organisatie) -> None:
    pagina.goto("/welzijn-in-kaart/")
    pagina.get_by_label("Thema", exact=True).select_option("geld")
    pagina.get_by_role("button", name="Toon op de kaart").click()
    pagina.locator("svg.aanbodkaart a[aria-label='Utrecht']").click()
    expect(pagina.get_by_role("heading", name="Geld en schulden in Utrecht")).to_be_visible()
    pagina.get_by_role("link", name="Minste eerst").click()
    expect(pagina.locator(".offer-table tbody th").last).to_have_text("Utrecht")
    pagina.locator("svg.aanbodkaart a[aria-label='Utrecht: 1']").click()
    expect(pagina.get_by_role("heading", level=1, name="Welzijn in Utrecht")).to_be_visible()
    pagina.get_by_role("link", name="Geld en schulden").first.click()
    expect(pagina.get_by_role("link", name="De Linde", exact=True)).to_be_visible()


@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
@pytest.mark.parametrize("maat", [SMAL, TELEFOON, {"width": 1280, "height": 900}], ids=["320", "375", "1280"])
def test_paginas_passen_en_zijn_toegankelijk(
    maak_pagina: Callable[..., Page],
    live_server: Any,
    linde: Organisatie,
    axe: Callable[[Page], None],
    maat: dict[str, int],
    donker: bool,
) -> None:
    pagina = maak_pagina(viewport=maat, donker=donker)
    log_in(pagina.context, live_server.url, linde)
    Dagtelling.objects.update(aantal=1234)
    for pad in (
        "/welzijn-in-kaart/",
        "/welzijn-in-kaart/?thema=geld&provincie=noord-brabant",
        "/welzijn-in-kaart/utrecht/",
        "/organisaties/de-linde/inzicht/",
        "/organisaties/de-linde/inzicht/?periode=jaar",
    ):
        pagina.goto(pad)
        for vouw in pagina.locator("main details").all():
            vouw.evaluate("vouw => vouw.open = true")
        assert pagina.evaluate("document.documentElement.scrollWidth") <= maat["width"], pad
        axe(pagina)
