"""Passing on: from the results on a phone to the answer of the reader, and the list on another site."""

from datetime import time
from typing import Any

import pytest
from playwright.sync_api import expect

from organisaties.models import Doorgeeftelling, Openingstijd
from organisaties.zoeken import herbouw
from tests.browser.conftest import BUREAU, TELEFOON
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie

SMAL = {"width": 320, "height": 640}
LANG = "Schuldhulpverleningsspreekuur voor mantelzorgers"


@pytest.fixture
def aanbod(basisgegevens: None) -> list[Any]:
    organisaties = []
    for naam in ("De Linde", "De Eik", "De Berk"):
        organisatie = maak_organisatie(
            naam=f"Buurthuis {naam}", telefoon="+31301234567", email="info@buurt.example", kort="Samen soep eten."
        )
        plek = maak_locatie(organisatie)
        for dag in range(1, 6):
            Openingstijd.objects.create(locatie=plek, dag=dag, van=time(9), tot=time(17))
        maak_dienst(organisatie, naam="Samen eten", tekst="Elke dinsdag eten we samen aan een lange tafel.")
        maak_dienst(organisatie, naam=LANG, volgorde=1)
        organisaties.append(organisatie)
    herbouw()
    return organisaties


def past(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def test_van_resultaten_tot_antwoord_op_een_telefoon_zonder_script(
    maak_pagina: Any, aanbod: list[Any], tmp_path: Any
) -> None:
    page = maak_pagina(viewport=TELEFOON, script=False)
    page.goto("/organisaties/?q=soep")
    for aantal in (1, 2):
        page.get_by_role("button", name="Bewaar", exact=True).first.click()
        expect(page.get_by_role("link", name="In uw lijst")).to_have_count(aantal)
        assert page.url.endswith(tuple(f"/organisaties/?q=soep#bewaar-{een.pk}" for een in aanbod))
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("link", name="Mijn lijst (2)").click()
    expect(page.get_by_text("Niets over uw cliënt.")).to_be_visible()
    page.get_by_label("Titel").fill("Samen eten")
    page.get_by_label("Waarvoor?").nth(0).select_option(label="Samen eten")
    page.get_by_label("Uw zin erbij").nth(0).fill("Vraag naar Bea, zij kookt op dinsdag.")
    eerste = page.locator(".pass-item h2").nth(0).inner_text()
    page.get_by_role("button", name="Omlaag").click()
    expect(page.locator(".pass-item h2").nth(1)).to_have_text(eerste)
    expect(page.get_by_label("Uw zin erbij").nth(1)).to_have_value("Vraag naar Bea, zij kookt op dinsdag.")

    page.get_by_role("button", name="Afdrukken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samen eten")
    expect(page.get_by_text("Maandag tot en met vrijdag van 9.00 tot 17.00 uur")).to_have_count(2)
    expect(page.get_by_role("img", name="QR-code naar de pagina van")).to_have_count(2)

    page.goto("/geef-door/")
    page.get_by_role("button", name="Delen met een link").click()
    page.get_by_label("1 week").check()
    page.get_by_role("button", name="Link maken").click()
    link = page.get_by_label("Link naar uw lijst").input_value()

    lezer = maak_pagina(viewport=TELEFOON, script=False)
    lezer.goto(link)
    expect(lezer.get_by_text("Vraag naar Bea, zij kookt op dinsdag.")).to_be_visible()
    lezer.get_by_role("button", name="Nog niet").first.click()
    expect(lezer.get_by_text("U kunt uw antwoord nog veranderen.")).to_be_visible()
    lezer.get_by_role("button", name="Ja", exact=True).first.click()
    expect(lezer.get_by_role("button", name="Ja", exact=True).first).to_have_attribute("aria-pressed", "true")
    assert lezer.context.cookies() == []
    assert [(t.antwoord, t.aantal) for t in Doorgeeftelling.objects.filter(aantal__gt=0)] == [("ja", 1)]

    page.goto("/geef-door/")
    page.get_by_role("button", name="Link intrekken").click()
    lezer.reload()
    expect(lezer.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")


def test_met_script_blijft_de_pagina_staan(maak_pagina: Any, aanbod: list[Any]) -> None:
    page = maak_pagina()
    page.goto("/organisaties/?q=soep")
    page.evaluate("window.zelfde = true")
    knoppen = page.get_by_role("button", name="Bewaar", exact=True)
    # Two presses right after each other: none of them is lost.
    page.evaluate("document.querySelectorAll('button.result-keep').forEach((knop) => knop.click())")
    expect(page.get_by_role("link", name="In uw lijst")).to_have_count(3)
    expect(knoppen).to_have_count(0)
    expect(page.get_by_role("link", name="Mijn lijst (3)").first).to_be_visible()
    assert page.evaluate("window.zelfde")
    page.reload()
    expect(page.get_by_role("link", name="In uw lijst")).to_have_count(3)


def test_na_bewaren_toont_de_browser_geen_oude_pagina(maak_pagina: Any, aanbod: list[Any]) -> None:
    page = maak_pagina(script=False)
    pad = aanbod[0].get_absolute_url()
    page.goto(pad)
    page.goto("/themas/")
    page.goto(pad)
    page.get_by_role("button", name="Bewaar om door te geven").click()
    expect(page.get_by_role("link", name="In uw lijst om door te geven")).to_be_visible()


def test_het_blad_past_op_a4_in_grote_letters(maak_pagina: Any, aanbod: list[Any]) -> None:
    page = maak_pagina(script=False)
    for organisatie in aanbod:
        page.goto(organisatie.get_absolute_url())
        page.get_by_role("button", name="Bewaar om door te geven").click()
    page.goto("/geef-door/afdrukken/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 665, "height": 1000})
    klein = page.evaluate(
        """() => [...document.querySelectorAll('.sheet *')].filter((e) => [...e.childNodes].some(
            (n) => n.nodeType === 3 && n.textContent.trim()) && e.checkVisibility()
            && parseFloat(getComputedStyle(e).fontSize) < 18.6).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert klein == []
    assert (
        page.evaluate("[...document.querySelectorAll('.sheet-block')].map((e) => getComputedStyle(e).breakInside)")
        == ["avoid"] * 3
    )
    for wat in (".site-header", ".site-footer", ".print-help"):
        expect(page.locator(wat)).to_be_hidden()
    past(page)


@pytest.mark.parametrize("donker", [False, True])
def test_elke_pagina_is_toegankelijk_en_past(maak_pagina: Any, aanbod: list[Any], axe: Any, donker: bool) -> None:
    page = maak_pagina(viewport=BUREAU, donker=donker)
    page.goto("/geef-door/")
    axe(page)
    for organisatie in aanbod:
        page.goto(organisatie.get_absolute_url())
        page.get_by_role("button", name="Bewaar om door te geven").click()
        expect(page.get_by_role("link", name="In uw lijst").first).to_be_visible()
    page.goto("/geef-door/")
    page.get_by_label("Uw zin erbij").nth(0).fill("Bel haar op 0612345678.")
    page.get_by_label("Uw zin erbij").nth(1).fill("Kijk op www.kwaad.nl")
    page.get_by_role("button", name="Bewaren").click()
    axe(page)
    page.get_by_label("Uw zin erbij").nth(1).fill("Elke dinsdag.")
    page.get_by_role("button", name="Delen met een link").click()
    axe(page)
    page.get_by_role("button", name="Link maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De link is klaar")
    axe(page)
    gedeeld, link = page.url, page.get_by_label("Link naar uw lijst").input_value()
    page.goto(link)
    page.get_by_role("button", name="Ja", exact=True).first.click()
    expect(page.get_by_text("U kunt uw antwoord nog veranderen.")).to_be_visible()
    axe(page)
    paden = ["/geef-door/", "/geef-door/afdrukken/", "/insluiten/", "/organisaties/?q=soep"]
    for pad in [*paden, "/insluiten/uitleg/", "/doorgegeven/x/"]:
        page.goto(pad)
        axe(page)
    page.set_viewport_size(SMAL)
    for pad in [*paden, "/insluiten/uitleg/", "/geef-door/delen/", gedeeld, link]:
        page.goto(pad)
        past(page)


def test_een_andere_site_toont_de_lijst_in_een_kader(maak_pagina: Any, aanbod: list[Any], live_server: Any) -> None:
    page = maak_pagina()
    page.goto("/insluiten/uitleg/")
    code = page.get_by_label("Code om te kopiëren").input_value()
    kader = page.frame_locator("iframe.embed-frame")
    expect(kader.get_by_role("link", name="Buurthuis De Linde", exact=True)).to_be_visible()
    # Another site: an origin of its own, without any policy of ours.
    page.set_content(f"<h1>Gemeente Voorbeeld</h1>{code}")
    naam = page.frame_locator("iframe").get_by_role("link", name="Buurthuis De Eik", exact=True)
    with page.context.expect_page() as nieuw:
        naam.click()
    expect(nieuw.value.get_by_role("heading", level=1)).to_have_text("Buurthuis De Eik")
    assert page.context.cookies() == []
