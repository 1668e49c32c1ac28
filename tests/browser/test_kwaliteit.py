"""A visitor mends a number and a beheerder takes it over; the pages of corrections, vouching and partners by axe and at 320 px."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from organisaties.models import Correctie, Organisatie, Verbinding, Voorspraak
from organisaties.zoeken import ververs
from tests.browser.conftest import BUREAU, TELEFOON
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie

KLEIN = {"width": 320, "height": 640}
BASIS = "/organisaties/de-brede-brug/"
PUBLIEK = [BASIS, f"{BASIS}corrigeren/", f"{BASIS}corrigeren/telefoon/", "/organisaties/netwerk/", "/kwaliteit/"]
EIGEN = [
    f"{BASIS}correcties/",
    f"{BASIS}partners/?q=geldloket",
    f"{BASIS}wijzigen/",
    "/organisaties/geldloket/instaan/",
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def brug(basisgegevens: None) -> Organisatie:
    """A listing with a proposal, partners, a part, and somebody who vouches for it."""
    brug = maak_organisatie(
        naam="De Brede Brug",
        slug="de-brede-brug",
        telefoon="+31575123456",
        beheerder=maak_gebruiker(email="bea@brug.example"),
    )
    maak_locatie(brug)
    maak_dienst(brug, naam="Schuldhulpverleningssamenwerkingsverbandspreekuur")
    anderen = []
    for naam in ("Geldloket", "Wijkteam Noord", "Vrijwilligerscentrale Schuldhulpmaatjesproject", "Buurthuis De Linde"):
        slug = naam.lower().replace(" ", "-")
        anderen.append(maak_organisatie(naam=naam, slug=slug, beheerder=maak_gebruiker()))
    nu = timezone.now()
    for ander in anderen[:2]:
        Verbinding.objects.create(van=brug, naar=ander, status="bevestigd", beantwoord_op=nu)
    Verbinding.objects.create(van=anderen[2], naar=brug)
    Organisatie.objects.filter(pk=anderen[3].pk).update(hoort_bij=brug)
    Voorspraak.objects.create(organisatie=brug, namens=anderen[0])
    Correctie.objects.create(organisatie=brug, veld="voor-wie", nieuwe_waarde="Ook voor jongeren.")
    ververs(Organisatie.objects.values_list("pk", flat=True))
    return brug


def log_in(pagina: Page, brug: Organisatie, url: str) -> None:
    client = Client()
    client.force_login(brug.beheer.get().gebruiker)
    koekje = client.cookies[settings.SESSION_COOKIE_NAME]
    pagina.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": url}])


def test_een_bezoeker_verbetert_een_nummer_en_een_beheerder_neemt_het_over(
    maak_pagina: Callable[..., Page], brug: Organisatie, live_server: Any
) -> None:
    bezoeker = maak_pagina(viewport=TELEFOON, script=False)
    bezoeker.goto(BASIS)
    bezoeker.get_by_role("link", name="Klopt dit niet? Telefoon, e-mail, website of voor wie").click()
    bezoeker.get_by_role("link", name="Telefoonnummer").first.click()
    expect(bezoeker.get_by_text("0575 123 456")).to_be_visible()
    bezoeker.get_by_label("Wat is het goede nummer?").fill("0575 654321")
    bezoeker.get_by_role("button", name="Verbetering versturen").click()
    expect(bezoeker.get_by_role("heading", level=1)).to_have_text("Dank u wel")
    beheerder = maak_pagina(viewport=TELEFOON, script=False)
    log_in(beheerder, brug, live_server.url)
    beheerder.goto("/mijn/")
    beheerder.get_by_role("link", name="2 verbeteringen van bezoekers").click()
    kaart = beheerder.get_by_role("listitem").filter(has=beheerder.get_by_role("heading", name="Telefoonnummer"))
    kaart.get_by_role("button", name="Overnemen").first.click()
    expect(beheerder.get_by_text("De nieuwe gegevens staan in de vermelding")).to_be_visible()
    bezoeker.goto(BASIS)
    expect(bezoeker.get_by_role("link", name="0575 654 321").first).to_be_visible()


@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
def test_axe_vindt_niets(
    maak_pagina: Callable[..., Page],
    axe: Callable[[Page], None],
    brug: Organisatie,
    live_server: Any,
    donker: bool,
) -> None:
    for viewport in (TELEFOON, BUREAU):
        pagina = maak_pagina(viewport=viewport, donker=donker)
        for adres in PUBLIEK:
            pagina.goto(adres)
            axe(pagina)
        log_in(pagina, brug, live_server.url)
        for adres in EIGEN:
            pagina.goto(adres)
            axe(pagina)


def test_op_320_pixels_schuift_niets_opzij(
    maak_pagina: Callable[..., Page], brug: Organisatie, live_server: Any
) -> None:
    pagina = maak_pagina(viewport=KLEIN)
    log_in(pagina, brug, live_server.url)
    for adres in (*PUBLIEK, *EIGEN):
        pagina.goto(adres)
        breedte = pagina.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert breedte[0] <= breedte[1], adres


def test_de_tekening_is_alleen_voor_wie_kijkt_en_de_lijst_voor_iedereen(pagina: Page) -> None:
    pagina.goto(BASIS)
    samen = pagina.get_by_role("region", name="Met wie zij samenwerken")
    expect(samen.get_by_role("link", name="Geldloket")).to_have_count(1)
    assert samen.locator("svg a[tabindex='-1']").count() == 3
