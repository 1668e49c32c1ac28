"""The look itself: nothing for axe to find, nothing that scrolls sideways, everything by keyboard and without script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from organisaties.models import Thema
from tests.browser.conftest import BUREAU, TELEFOON
from tests.fabriek import maak_organisatie

KLEIN = {"width": 320, "height": 640}
PAGINAS = ["/", "/stijl/", "/over/", "/privacy/", "/toegankelijkheid/", "/gegevens/", "/bestaat-niet/"]
MOST_REQUESTS = 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def inhoud(transactional_db: None) -> None:
    for nummer, (naam, icoon) in enumerate([("Geld en schulden", "geld"), ("Wonen", "wonen")], 1):
        Thema.objects.update_or_create(
            slug=icoon, defaults={"naam": naam, "icoon": icoon, "tint": f"tint-{nummer}", "uitleg": "Hulp en raad."}
        )
    maak_organisatie(naam="Schuldhulpverleningssamenwerkingsverband", kort="Helpt met schulden.")


@pytest.mark.parametrize("adres", PAGINAS)
@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
def test_axe_vindt_niets(
    maak_pagina: Callable[..., Page], axe: Callable[[Page], None], adres: str, donker: bool
) -> None:
    for viewport in (TELEFOON, BUREAU):
        pagina = maak_pagina(viewport=viewport, donker=donker)
        pagina.goto(adres)
        axe(pagina)


@pytest.mark.parametrize("adres", PAGINAS)
def test_op_320_pixels_schuift_niets_opzij(maak_pagina: Callable[..., Page], adres: str) -> None:
    pagina = maak_pagina(viewport=KLEIN)
    pagina.goto(adres)
    breedte = pagina.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert breedte[0] <= breedte[1]


def test_voorpagina_kost_hoogstens_zes_verzoeken(pagina: Page) -> None:
    verzoeken: list[str] = []
    pagina.on("request", lambda verzoek: verzoeken.append(verzoek.url))
    pagina.goto("/", wait_until="networkidle")
    assert len([url for url in verzoeken if "favicon" not in url and "manifest" not in url]) <= MOST_REQUESTS, verzoeken


def test_toetsenbord_begint_met_direct_naar_de_inhoud(pagina: Page) -> None:
    pagina.goto("/")
    pagina.keyboard.press("Tab")
    link = pagina.get_by_role("link", name="Direct naar de inhoud")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    pagina.keyboard.press("Enter")
    expect(pagina.locator("main")).to_be_focused()


def test_themategel_laat_zien_dat_zij_de_aandacht_heeft(pagina: Page) -> None:
    """The ring is drawn around the whole tile, which the link covers."""
    pagina.goto("/")
    tegel = pagina.locator(".tile").first
    for _ in range(25):
        pagina.keyboard.press("Tab")
        if tegel.evaluate("tegel => tegel.contains(document.activeElement)"):
            break
    expect(tegel).to_have_css("outline-style", "solid")
    expect(tegel).to_have_css("outline-width", "3px")
    expect(pagina.locator(".tile").nth(1)).to_have_css("outline-style", "none")


def test_menu_op_een_telefoon_werkt_zonder_script(maak_pagina: Callable[..., Page]) -> None:
    pagina = maak_pagina(viewport=TELEFOON, script=False)
    pagina.goto("/over/")
    link = pagina.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Hulp vinden")
    expect(link).to_be_hidden()
    pagina.locator("summary", has_text="Menu").click()
    expect(link).to_be_visible()


def test_foutoverzicht_krijgt_de_aandacht_en_brengt_naar_het_veld(pagina: Page) -> None:
    pagina.goto("/stijl/")
    overzicht = pagina.locator(".error-summary")
    expect(overzicht).to_be_focused()
    overzicht.get_by_role("link", name=re.compile("E-mailadres")).click()
    expect(pagina.locator("#fout_email")).to_be_focused()


def test_wat_is_ingevuld_staat_er_na_herladen_weer(pagina: Page) -> None:
    pagina.goto("/stijl/")
    expect(pagina.locator("form[data-kept]")).to_have_count(1)
    pagina.locator("#leeg_naam").fill("Buurthuis De Linde")
    pagina.locator("#leeg_doelgroepen").get_by_label("Jongeren").check()
    pagina.reload()
    expect(pagina.locator("#leeg_naam")).to_have_value("Buurthuis De Linde")
    expect(pagina.locator("#leeg_doelgroepen").get_by_label("Jongeren")).to_be_checked()
    pagina.get_by_role("button", name="Opnieuw beginnen").click()
    expect(pagina.locator("#leeg_naam")).to_have_value("")
    assert pagina.evaluate("localStorage.getItem('bewaard:stijl')") is None


def test_gevaarlijke_knop_vraagt_eerst_en_keert_terug(pagina: Page) -> None:
    pagina.goto("/stijl/")
    knop = pagina.get_by_role("button", name="Verwijderen", exact=True)
    knop.click()
    dialoog = pagina.get_by_role("dialog")
    expect(dialoog).to_contain_text("Wilt u dit echt verwijderen?")
    pagina.keyboard.press("Escape")
    expect(dialoog).to_be_hidden()
    expect(knop).to_be_focused()


def test_filters_zijn_op_een_telefoon_dicht_en_op_een_groot_scherm_open(maak_pagina: Callable[..., Page]) -> None:
    for viewport, zichtbaar in ((TELEFOON, False), (BUREAU, True)):
        pagina = maak_pagina(viewport=viewport)
        pagina.goto("/stijl/")
        keuze = pagina.locator(".filters").get_by_label("Gratis")
        expect(keuze).to_be_visible(visible=zichtbaar)


def test_filters_staan_op_een_groot_scherm_ook_zonder_script_open(maak_pagina: Callable[..., Page]) -> None:
    pagina = maak_pagina(script=False)
    pagina.goto("/stijl/")
    expect(pagina.locator(".filters").get_by_label("Gratis")).to_be_visible()


def test_suggesties_kiezen_met_het_toetsenbord(pagina: Page, basisgegevens: None) -> None:
    pagina.goto("/")
    veld = pagina.get_by_label("Wat zoekt u?")
    veld.focus()
    expect(pagina.get_by_role("combobox", name="Wat zoekt u?")).to_be_visible()
    veld.press_sequentially("schulden")
    lijst = pagina.get_by_role("listbox", name="Suggesties")
    expect(lijst).to_be_visible()
    expect(veld).to_have_attribute("aria-expanded", "true")
    namen = lijst.get_by_role("option").all_inner_texts()
    plek = next(nummer for nummer, naam in enumerate(namen) if naam.startswith("Geld en schulden"))
    for _ in range(plek + 1):
        pagina.keyboard.press("ArrowDown")
    actief = veld.get_attribute("aria-activedescendant")
    expect(pagina.locator(f"#{actief}")).to_have_attribute("aria-selected", "true")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/themas/geld/")


def test_suggesties_verdwijnen_met_escape_en_zoeken_blijft_werken(pagina: Page, basisgegevens: None) -> None:
    pagina.goto("/")
    veld = pagina.get_by_label("Wat zoekt u?")
    veld.focus()
    expect(pagina.get_by_role("combobox", name="Wat zoekt u?")).to_be_visible()
    veld.press_sequentially("schulden")
    lijst = pagina.get_by_role("listbox", name="Suggesties")
    expect(lijst).to_be_visible()
    pagina.keyboard.press("Escape")
    expect(lijst).to_be_hidden()
    expect(veld).to_have_value("schulden")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/organisaties/?q=schulden**")


def test_open_suggesties_zijn_toegankelijk_en_aan_te_klikken(
    pagina: Page, basisgegevens: None, axe: Callable[[Page], None]
) -> None:
    pagina.goto("/")
    veld = pagina.get_by_label("Wat zoekt u?")
    veld.focus()
    expect(pagina.get_by_role("combobox", name="Wat zoekt u?")).to_be_visible()
    veld.press_sequentially("schulden")
    lijst = pagina.get_by_role("listbox", name="Suggesties")
    expect(lijst).to_be_visible()
    axe(pagina)
    lijst.get_by_role("option", name="Geld en schulden").click()
    pagina.wait_for_url("**/themas/geld/")


def test_formulier_gaat_een_keer_weg(pagina: Page) -> None:
    pagina.goto("/account/login/")
    pagina.get_by_label("E-mailadres").fill("mens@voorbeeld.example")
    pagina.locator("input[type=password]").fill("een-lang-wachtwoord")
    verstuurd: list[str] = []
    pagina.on("request", lambda verzoek: verstuurd.append(verzoek.url) if verzoek.method == "POST" else None)
    with pagina.expect_navigation():
        pagina.evaluate(
            "const form = document.querySelector('main form[method=post]'); form.requestSubmit(); form.requestSubmit()"
        )
    assert len(verstuurd) == 1


def test_delen_kopieert_het_adres_als_het_apparaat_niet_kan_delen(pagina: Page) -> None:
    pagina.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pagina.add_init_script("Object.defineProperty(navigator, 'share', { value: undefined })")
    pagina.goto("/stijl/")
    pagina.get_by_role("button", name="Delen").click()
    expect(pagina.get_by_text("Gekopieerd.")).to_be_visible()
    assert pagina.evaluate("navigator.clipboard.readText()") == pagina.url
