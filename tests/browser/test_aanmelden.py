import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from organisaties.keuzes import Status
from organisaties.models import Organisatie
from tests.browser.conftest import TELEFOON
from tests.fabriek import WACHTWOORD, maak_gebruiker, maak_organisatie

pytestmark = pytest.mark.django_db(transaction=True)


def tab_naar(page: Page, naam: str, *, rol: str = "") -> None:
    """Press Tab until the focus is on what a screen reader would call by this name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        bereikt = page.evaluate(
            "() => { const e = document.activeElement; const label = e.labels?.[0]?.innerText ?? e.innerText ?? '';"
            " return [label, e.tagName]; }"
        )
        if naam.lower() in bereikt[0].lower() and (not rol or bereikt[1].lower() == rol):
            return
    raise AssertionError(f"not reached by Tab: {naam}")


def test_organisatie_meldt_zich_aan_met_het_toetsenbord_alleen(
    pagina: Page, basisgegevens: None, axe: Callable[[Page], None]
) -> None:
    page = pagina
    page.goto("/organisaties/aanmelden/")
    axe(page)
    tab_naar(page, "Hoe heet uw organisatie?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Vul de naam van uw organisatie in")
    axe(page)
    tab_naar(page, "Hoe heet uw organisatie?", rol="input")
    page.keyboard.type("Taalhuis De Brug")
    tab_naar(page, "In welke plaats")
    page.keyboard.type("Zutphen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat biedt u aan?")
    axe(page)
    tab_naar(page, "Wat kan iemand bij u halen?")
    page.keyboard.type("Samen Nederlands oefenen met vrijwilligers.")
    tab_naar(page, "Nederlands leren")
    page.keyboard.press("Space")
    tab_naar(page, "Verder")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hoe bereiken mensen u?")
    axe(page)
    tab_naar(page, "Telefoonnummer")
    page.keyboard.type("0575 123456")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nakijken en insturen")
    axe(page)
    tab_naar(page, "Uw eigen e-mailadres")
    page.keyboard.type("sara@taalhuis.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig uw e-mailadres")
    axe(page)
    code = re.search(r"^(\d{4} \d{4})$", mail.outbox[-1].body, re.MULTILINE)
    assert code
    tab_naar(page, "Code uit de mail")
    page.keyboard.type(code[1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt, Taalhuis De Brug")
    axe(page)
    organisatie = Organisatie.objects.get()
    assert organisatie.status == Status.INGEDIEND
    tab_naar(page, "Vermelding aanvullen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Taalhuis De Brug")
    axe(page)


@pytest.mark.parametrize("donker", [False, True])
def test_vermelding_aanvullen_op_een_telefoon(
    maak_pagina: Callable[..., Page], basisgegevens: None, axe: Callable[[Page], None], donker: bool
) -> None:
    bea = maak_gebruiker(email="bea@linde.example")
    organisatie = maak_organisatie(naam="De Linde", telefoon="0575 123456", beheerder=bea)
    page = maak_pagina(viewport=TELEFOON, donker=donker)
    page.goto(f"/organisaties/{organisatie.slug}/wijzigen/")
    page.get_by_label("E-mailadres").fill(bea.email)
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De Linde")
    page.get_by_role("link", name="Locatie toevoegen").click()
    axe(page)
    page.get_by_label("Postcode").fill("7201ab")
    page.get_by_role("button", name="Bewaren en openingstijden invullen").click()
    expect(page.get_by_text("Wij hebben gemeente Zutphen ingevuld")).to_be_visible()
    page.get_by_role("button", name="Bewaren en openingstijden invullen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Openingstijden van")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEFOON["width"]
    maandag = page.get_by_role("group", name="Maandag")
    maandag.get_by_label("Van").fill("09:00")
    maandag.get_by_label("Tot").fill("17:00")
    page.get_by_role("button", name="Maandag ook op dinsdag").click()
    expect(page.get_by_role("group", name="Vrijdag").get_by_label("Tot")).to_have_value("17:00")
    page.get_by_role("button", name="Bewaren", exact=True).last.click()
    expect(page.get_by_text("vrijdag 09.00–17.00")).to_be_visible()
    for rest in (
        "basis/",
        "bereikbaarheid/",
        "voor-wie/",
        "werkgebied/",
        "logo/",
        "diensten/toevoegen/",
        "contactpersonen/toevoegen/",
    ):
        page.goto(f"/organisaties/{organisatie.slug}/wijzigen/{rest}")
        axe(page)
        breedte = page.evaluate("document.documentElement.scrollWidth")
        assert breedte <= TELEFOON["width"], rest
    page.goto(f"/organisaties/{organisatie.slug}/beheerders/")
    axe(page)


def test_gelijkenis_verschijnt_tijdens_het_typen(pagina: Page, axe: Callable[[Page], None]) -> None:
    maak_organisatie(naam="Taalhuis De Brug")
    pagina.goto("/organisaties/aanmelden/")
    pagina.get_by_label("Hoe heet uw organisatie?").press_sequentially("Taalhuis de brug")
    expect(pagina.get_by_role("status").get_by_role("link", name="Taalhuis De Brug")).to_be_visible()
    axe(pagina)


def test_aanmelden_zonder_script(maak_pagina: Callable[..., Page], basisgegevens: None) -> None:
    page = maak_pagina(script=False)
    maak_organisatie(naam="Taalhuis De Brug")
    page.goto("/organisaties/aanmelden/")
    page.get_by_label("Hoe heet uw organisatie?").fill("Taalhuis de Brug")
    page.get_by_label("In welke plaats zit u?").fill("7201 AB")
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Nee, dit is een andere organisatie").click()
    page.get_by_label("Wat kan iemand bij u halen?").fill("Taal")
    page.get_by_label("Nederlands leren").check()
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Website").fill("brug.example")
    page.get_by_role("button", name="Terug").click()
    expect(page.get_by_label("Wat kan iemand bij u halen?")).to_have_value("Taal")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_label("Website")).to_have_value("brug.example")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Uw eigen e-mailadres").fill("sara@brug.example")
    page.get_by_role("button", name="Vermelding insturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig uw e-mailadres")
    link = re.search(r"https?://\S+/bevestigen/\S+", mail.outbox[-1].body)
    assert link
    page.goto(link[0])
    page.get_by_role("button", name="Bevestigen en insturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt, Taalhuis de Brug")


def test_wat_is_getypt_blijft_op_het_apparaat(pagina: Page, basisgegevens: Any) -> None:
    pagina.goto("/organisaties/aanmelden/")
    pagina.get_by_label("Hoe heet uw organisatie?").fill("Half getypt")
    pagina.wait_for_function("() => Object.keys(localStorage).some((k) => k.includes('aanmelden-naam'))")
    pagina.reload()
    expect(pagina.get_by_label("Hoe heet uw organisatie?")).to_have_value("Half getypt")


def test_opnieuw_beginnen_is_echt_leeg(pagina: Page, basisgegevens: Any) -> None:
    pagina.goto("/organisaties/aanmelden/")
    pagina.get_by_label("Hoe heet uw organisatie?").fill("Verkeerde naam")
    pagina.get_by_label("In welke plaats zit u?").fill("Zutphen")
    pagina.get_by_role("button", name="Verder").click()
    pagina.goto("/organisaties/aanmelden/")
    expect(pagina.get_by_role("main")).to_contain_text("U was bezig met de aanmelding van Verkeerde naam")
    pagina.get_by_role("button", name="Opnieuw beginnen").click()
    pagina.get_by_role("dialog").get_by_role("button", name="Opnieuw beginnen").click()
    expect(pagina.get_by_label("Hoe heet uw organisatie?")).to_have_value("")
