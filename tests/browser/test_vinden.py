"""A visitor finds help: by need and place on a phone, without JavaScript, by keyboard, in light and dark."""

import re
from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import Page, expect

from organisaties.models import Doelgroep, Openingstijd, Organisatie, Thema
from organisaties.zoeken import ververs
from tests.browser.conftest import BUREAU, TELEFOON
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie
from welzijnportal.geo.rd import van_rd
from welzijnportal.geo.zoeken import vind_plek

KLEIN = {"width": 320, "height": 640}
MEEST_VERZOEKEN = 6
ADRESSEN = [
    "/organisaties/",
    "/organisaties/?q=schulden&plaats=Zutphen&kosten=gratis",
    "/organisaties/?q=xyzzyqwv&plaats=Qwxyzzy",
    "/organisaties/de-brede-brug/",
    "/organisaties/de-brede-brug/melden/",
    "/themas/",
    "/themas/geld/",
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def wegwijzer(basisgegevens: None) -> None:
    """Three listings in and around Zutphen, one of them open day and night, and one further off."""
    gegevens = [
        ("De Brede Brug", "Zutphen", "schulden", "+31575123456", "Een vrijwilliger helpt u uit de schulden."),
        ("Koffie in de Buurt", "Zutphen", "inloop", "+31575222222", "Elke ochtend koffie en een praatje."),
        ("Geldloket Lochem", "Lochem", "schulden", "+31573333333", "Hulp bij schulden en rekeningen."),
        ("Schuldhulp Amsterdam", "Amsterdam", "schulden", "+31204444444", "Hulp bij schulden."),
    ]
    for naam, plaats, thema, telefoon, kort in gegevens:
        organisatie = maak_organisatie(naam=naam, telefoon=telefoon, kort=kort, email="hallo@voorbeeld.example")
        organisatie.themas.set(Thema.objects.filter(slug=thema))
        organisatie.doelgroepen.set(Doelgroep.objects.filter(slug="volwassenen"))
        plek = vind_plek(plaats)
        assert plek is not None
        locatie = maak_locatie(
            organisatie,
            straat="Brugstraat 3",
            postcode="7201 AB",
            plaats=plaats,
            punt=plek.punt,
            gemeente_id=plek.gemeente_code,
            breedtegraad=van_rd(plek.punt)[0],
            lengtegraad=van_rd(plek.punt)[1],
        )
        for dag in range(1, 8):
            Openingstijd.objects.create(locatie=locatie, dag=dag, van=time(0), tot=time(23, 59))
        maak_dienst(organisatie, naam="Spreekuur", tekst="Loop gerust binnen.", aanmelden_via=["inloop"])
    ververs(Organisatie.objects.values_list("pk", flat=True))


def test_op_een_telefoon_zonder_script_van_vraag_tot_bellen(maak_pagina: Callable[..., Page]) -> None:
    pagina = maak_pagina(viewport=TELEFOON, script=False)
    pagina.goto("/")
    pagina.get_by_label("Wat zoekt u?").fill("hulp met schulden")
    pagina.get_by_label("Waar?").fill("7201")
    pagina.get_by_role("button", name="Zoeken").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("voor “hulp met schulden” bij 7201 Zutphen")
    eerste = pagina.locator(".result").first
    expect(eerste.get_by_role("heading")).to_have_text(re.compile("De Brede Brug"))
    expect(eerste).to_contain_text("Dag en nacht open")
    expect(eerste.get_by_role("link", name="Bel 0575 123 456")).to_have_attribute("href", "tel:+31575123456")
    expect(pagina.get_by_text("Schuldhulp Amsterdam")).to_have_count(0)

    eerste.get_by_role("link", name="De Brede Brug", exact=True).click()
    bellen = pagina.get_by_role("link", name="Bellen").filter(visible=True)
    expect(bellen).to_have_count(1)
    expect(bellen).to_have_attribute("href", "tel:+31575123456")
    expect(bellen).to_be_in_viewport()
    plek = bellen.bounding_box()
    assert plek is not None
    assert plek["y"] > TELEFOON["height"] * 0.8, "the button lies within the thumb's reach"
    assert plek["height"] >= 44
    expect(pagina.get_by_text("Dag en nacht open").first).to_be_in_viewport()

    pagina.mouse.wheel(0, 900)
    expect(bellen).to_be_in_viewport()


def test_eerste_nummer_staat_op_het_eerste_scherm_van_een_telefoon(maak_pagina: Callable[..., Page]) -> None:
    pagina = maak_pagina(viewport={"width": 375, "height": 667}, script=False)
    pagina.goto("/organisaties/?q=schulden&plaats=Zutphen")
    expect(pagina.get_by_role("link", name="Bel 0575 123 456")).to_be_in_viewport(ratio=1)
    expect(pagina.get_by_label("Wat zoekt u?")).to_be_hidden()
    pagina.locator("summary", has_text="“schulden” bij Zutphen – wijzigen").click()
    expect(pagina.get_by_label("Wat zoekt u?")).to_have_value("schulden")
    for sortering in pagina.locator(".sort li").all():
        plek = sortering.bounding_box()
        assert plek is not None
        assert plek["x"] + plek["width"] <= 375


def test_zoekvelden_staan_op_een_groot_scherm_altijd_open(maak_pagina: Callable[..., Page]) -> None:
    pagina = maak_pagina(viewport=BUREAU, script=False)
    pagina.goto("/organisaties/?q=schulden&plaats=Zutphen")
    expect(pagina.get_by_label("Wat zoekt u?")).to_be_visible()
    expect(pagina.locator(".search-fold > summary")).to_be_hidden()


def test_filters_werken_zonder_script(maak_pagina: Callable[..., Page]) -> None:
    pagina = maak_pagina(viewport=TELEFOON, script=False)
    pagina.goto("/organisaties/?plaats=Zutphen")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("2 organisaties bij Zutphen")
    pagina.get_by_text("Filters", exact=True).click()
    pagina.get_by_role("checkbox", name=re.compile("Geld en schulden")).check()
    pagina.get_by_role("button", name="Toon resultaten").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(
        "1 organisatie bij het thema Geld en schulden bij Zutphen"
    )
    pagina.get_by_role("link", name="Haal weg: Geld en schulden").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("2 organisaties bij Zutphen")


def test_toetsenbord_door_de_suggesties(pagina: Page) -> None:
    pagina.goto("/organisaties/")
    veld = pagina.get_by_role("combobox", name="Wat zoekt u?").or_(pagina.get_by_label("Wat zoekt u?"))
    veld.focus()
    expect(pagina.locator('[role="combobox"]')).to_have_count(1)
    pagina.keyboard.type("brede", delay=20)
    maak_lijst = pagina.get_by_role("listbox", name="Suggesties")
    expect(maak_lijst).to_be_visible()
    opties = maak_lijst.get_by_role("option")
    expect(opties.first).to_contain_text("Zoek “brede”")
    pagina.keyboard.press("Escape")
    expect(maak_lijst).to_be_hidden()
    veld.fill("")
    pagina.keyboard.type("de brede", delay=20)
    expect(opties.filter(has_text="De Brede Brug")).to_be_visible()
    aantal = opties.count()
    nummer = next(n for n in range(aantal) if "De Brede Brug" in opties.nth(n).inner_text())
    for _ in range(nummer + 1):
        pagina.keyboard.press("ArrowDown")
    expect(opties.nth(nummer)).to_have_attribute("aria-selected", "true")
    pagina.keyboard.press("Enter")
    expect(pagina).to_have_url(re.compile(r"/organisaties/de-brede-brug/$"))


def test_kaart_en_lijst_horen_bij_elkaar(pagina: Page) -> None:
    pagina.goto("/organisaties/?q=schulden&plaats=Zutphen&afstand=25")
    expect(pagina.locator(".finder-map .kaart")).to_be_in_viewport()
    stip = pagina.locator(".kaart-stip").first
    doel = stip.get_attribute("href")
    assert doel is not None
    stip.click()
    expect(pagina.locator(f"{doel} .result")).to_be_in_viewport()


@pytest.mark.parametrize("adres", ADRESSEN)
@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
def test_axe_vindt_niets(
    maak_pagina: Callable[..., Page], axe: Callable[[Page], None], adres: str, donker: bool
) -> None:
    for viewport in (TELEFOON, BUREAU):
        pagina = maak_pagina(viewport=viewport, donker=donker)
        pagina.goto(adres)
        axe(pagina)


@pytest.mark.parametrize("adres", ADRESSEN)
def test_op_320_pixels_schuift_niets_opzij(maak_pagina: Callable[..., Page], adres: str) -> None:
    pagina = maak_pagina(viewport=KLEIN)
    pagina.goto(adres)
    breedte = pagina.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert breedte[0] <= breedte[1]


@pytest.mark.parametrize("adres", ["/organisaties/?q=schulden", "/organisaties/de-brede-brug/"])
def test_pagina_kost_hoogstens_zes_verzoeken(pagina: Page, adres: str) -> None:
    verzoeken: list[str] = []
    pagina.on("request", lambda verzoek: verzoeken.append(verzoek.url))
    pagina.goto(adres, wait_until="networkidle")
    assert len([url for url in verzoeken if "favicon" not in url and "manifest" not in url]) <= MEEST_VERZOEKEN, (
        verzoeken
    )


def test_afgedrukt_staan_naam_nummer_en_tijden_erop(pagina: Page) -> None:
    pagina.emulate_media(media="print")
    pagina.goto("/organisaties/de-brede-brug/")
    for tekst in ("De Brede Brug", "0575 123 456", "Brugstraat 3"):
        expect(pagina.get_by_text(tekst).filter(visible=True).first).to_be_visible()
    expect(pagina.get_by_role("table", name="Openingstijden deze week")).to_be_visible()
    for verborgen in (".contact-bar", ".site-header", ".share"):
        assert pagina.locator(verborgen).filter(visible=True).count() == 0
