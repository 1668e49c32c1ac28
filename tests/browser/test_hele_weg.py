"""The whole way, with three people: an organisation registers, the moderator approves, a visitor finds it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.browser.conftest import TELEFOON
from tests.browser.test_aanmelden import tab_naar
from tests.browser.test_beheer import log_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_organisation_registers_by_keyboard_the_moderator_approves_and_a_visitor_finds_it(
    maak_pagina: Callable[..., Page], basisgegevens: None, settings: Any
) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    organisatie = maak_pagina()
    kop = organisatie.get_by_role("heading", level=1)
    organisatie.goto("/organisaties/aanmelden/")
    tab_naar(organisatie, "Hoe heet uw organisatie?", rol="input")
    organisatie.keyboard.type("Eetkamer De Soeplepel")
    tab_naar(organisatie, "In welke plaats")
    organisatie.keyboard.type("Zutphen")
    organisatie.keyboard.press("Enter")
    expect(kop).to_have_text("Wat biedt u aan?")
    tab_naar(organisatie, "Wat kan iemand bij u halen?")
    organisatie.keyboard.type("Gratis warme maaltijd voor wie weinig geld heeft.")
    tab_naar(organisatie, "Eten en spullen")
    organisatie.keyboard.press("Space")
    tab_naar(organisatie, "Verder")
    organisatie.keyboard.press("Enter")
    expect(kop).to_have_text("Hoe bereiken mensen u?")
    tab_naar(organisatie, "Telefoonnummer")
    organisatie.keyboard.type("0575 123456")
    organisatie.keyboard.press("Enter")
    expect(kop).to_have_text("Nakijken en insturen")
    tab_naar(organisatie, "Uw eigen e-mailadres")
    organisatie.keyboard.type("sara@soeplepel.example")
    organisatie.keyboard.press("Enter")
    expect(kop).to_have_text("Bevestig uw e-mailadres")
    code = re.search(r"^(\d{4} \d{4})$", mail.outbox[-1].body, re.MULTILINE)
    assert code
    tab_naar(organisatie, "Code uit de mail")
    organisatie.keyboard.type(code[1])
    organisatie.keyboard.press("Enter")
    expect(kop).to_have_text("Bedankt, Eetkamer De Soeplepel")

    bezoeker = maak_pagina(viewport=TELEFOON, script=False)
    bezoeker.goto("/organisaties/?q=geen+geld+voor+eten&plaats=7201")
    expect(bezoeker.get_by_role("link", name="Eetkamer De Soeplepel")).to_have_count(0)

    desk = maak_pagina()
    log_in(desk)
    desk.get_by_role("link", name="Beoordelen nieuwe vermeldingen").click()
    desk.get_by_role("link", name="Beoordelen Eetkamer De Soeplepel").click()
    desk.get_by_role("button", name="Goedkeuren").click()
    expect(desk.get_by_role("heading", name="De wachtrij is leeg")).to_be_visible()
    assert mail.outbox[-1].to == ["sara@soeplepel.example"]

    # A page may be kept for a minute, so this is somebody else.
    bezoeker = maak_pagina(viewport=TELEFOON, script=False)
    bezoeker.goto("/organisaties/?q=geen+geld+voor+eten&plaats=7201")
    bezoeker.get_by_role("link", name="Eetkamer De Soeplepel").first.click()
    expect(bezoeker.get_by_role("heading", level=1)).to_have_text("Eetkamer De Soeplepel")
    expect(bezoeker.locator("a[href='tel:+31575123456']:visible").first).to_be_visible()
