"""Accounts in a real browser: from signing up to the second factor, passkeys, devices; by keyboard, with axe, in the dark."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import Page, expect

from tests.accounts.stappen import app_code, code_uit_mail, met_app
from tests.browser.conftest import BUREAU, TELEFOON
from tests.fabriek import WACHTWOORD, maak_gebruiker

pytestmark = pytest.mark.django_db(transaction=True)
NIEUW = "nieuw@voorbeeld.example"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def log_in(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def toets_en_typ(page: Page, tekst: str) -> None:
    """Go on with the Tab key until a field has the focus, and type."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('main input:not([type=checkbox])')"):
            page.keyboard.type(tekst)
            return
    raise AssertionError("The Tab key reaches no field.")


def test_aanmelden_met_het_toetsenbord_tot_en_met_de_code_uit_de_mail(
    pagina: Page, axe: Callable[[Page], None]
) -> None:
    pagina.goto("/account/signup/")
    axe(pagina)
    toets_en_typ(pagina, NIEUW)
    toets_en_typ(pagina, WACHTWOORD)
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Vul de code uit de mail in")
    axe(pagina)
    toets_en_typ(pagina, "123")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("alert")).to_be_focused()
    axe(pagina)
    assert mail.outbox[-1].to == [NIEUW]
    pagina.get_by_label("Code uit de mail").fill("")
    pagina.get_by_label("Code uit de mail").focus()
    pagina.keyboard.type(code_uit_mail())
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/mijn/")
    expect(pagina.get_by_text("U bent ingelogd.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_het_wachtwoord_is_te_tonen_en_zonder_script_gewoon_in_te_vullen(
    maak_pagina: Callable[..., Page], script: bool
) -> None:
    maak_gebruiker(email=NIEUW)
    pagina = maak_pagina(script=script)
    pagina.goto("/account/login/")
    veld = pagina.locator("#id_password")
    veld.fill(WACHTWOORD)
    toon = pagina.get_by_role("button", name=re.compile("^(Tonen|Verbergen): wachtwoord$"))
    assert toon.count() == (1 if script else 0)
    assert pagina.get_by_role("button", name="Toegangssleutel gebruiken").is_visible() is script
    if script:
        toon.click()
        assert veld.get_attribute("type") == "text"
        toon.click()
    assert veld.get_attribute("type") == "password"
    pagina.locator("#id_login").fill(NIEUW)
    pagina.get_by_role("button", name="Inloggen", exact=True).click()
    pagina.wait_for_url("**/mijn/")


def test_app_koppelen_en_daarna_met_de_tweede_stap_inloggen(pagina: Page) -> None:
    maak_gebruiker(email=NIEUW)
    log_in(pagina, NIEUW)
    pagina.goto("/account/2fa/")
    pagina.get_by_role("link", name="App koppelen").click()
    pagina.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    pagina.get_by_role("button", name="Verder").click()
    geheim = pagina.locator(".secret").inner_text()
    assert pagina.locator(".qr").evaluate("img => img.complete && img.naturalWidth > 0")
    pagina.get_by_label("Code uit de app").fill(app_code(geheim))
    pagina.get_by_role("button", name="Koppelen").click()
    expect(pagina.locator(".codes li")).to_have_count(10)
    herstelcode = pagina.locator(".codes li").first.inner_text()
    for code in (app_code(geheim), herstelcode):
        pagina.goto("/account/logout/")
        pagina.get_by_role("main").get_by_role("button", name="Uitloggen").click()
        log_in(pagina, NIEUW)
        expect(pagina.get_by_role("heading", level=1)).to_have_text("Nog één stap")
        pagina.get_by_label("Code").fill(code)
        pagina.get_by_role("button", name="Inloggen", exact=True).click()
        pagina.wait_for_url("**/mijn/")


@pytest.fixture
def met_sleutelhouder(pagina: Page) -> Any:
    """Give the page Chromium's own virtual authenticator; return what sends it commands."""
    cdp = pagina.context.new_cdp_session(pagina)
    cdp.send("WebAuthn.enable")
    nummer = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
    return lambda opdracht, **velden: cdp.send(f"WebAuthn.{opdracht}", {"authenticatorId": nummer, **velden})


def test_toegangssleutel_toevoegen_en_ermee_inloggen(pagina: Page, met_sleutelhouder: Any, live_server: Any) -> None:
    # A passkey belongs to a name; Chromium takes none for a bare address.
    thuis = live_server.url.replace("127.0.0.1", "localhost")
    gebruiker = maak_gebruiker(email=NIEUW)
    pagina.goto(f"{thuis}/account/login/")
    pagina.get_by_label("E-mailadres").fill(NIEUW)
    pagina.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    pagina.get_by_role("button", name="Inloggen", exact=True).click()
    pagina.wait_for_url("**/mijn/")
    pagina.goto(f"{thuis}/account/2fa/webauthn/add/")
    pagina.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    pagina.get_by_role("button", name="Verder").click()
    pagina.get_by_label("Naam van deze sleutel").fill("Mijn telefoon")
    pagina.get_by_role("button", name="Toevoegen").click()
    expect(pagina.get_by_text("Uw toegangssleutel is toegevoegd.")).to_be_visible()
    sleutel = Authenticator.objects.get(user=gebruiker, type="webauthn")
    assert (str(sleutel), sleutel.wrap().is_passwordless) == ("Mijn telefoon", True)

    pagina.context.clear_cookies()
    pagina.goto(f"{thuis}/account/login/")
    pagina.get_by_role("button", name="Toegangssleutel gebruiken").click()
    pagina.wait_for_url("**/mijn/")

    pagina.context.clear_cookies()
    pagina.goto(f"{thuis}/account/login/")
    met_sleutelhouder("setUserVerified", isUserVerified=False)
    pagina.get_by_role("button", name="Toegangssleutel gebruiken").click()
    expect(pagina.get_by_text("De toegangssleutel werkte niet.")).to_be_visible()


def test_apparaten_toont_beide_en_logt_het_andere_uit(maak_pagina: Callable[..., Page]) -> None:
    maak_gebruiker(email=NIEUW)
    hier, elders = maak_pagina(), maak_pagina()
    for pagina in (hier, elders):
        log_in(pagina, NIEUW)
        pagina.wait_for_url("**/mijn/")
    hier.goto("/account/sessions/")
    expect(hier.locator("tbody tr")).to_have_count(2)
    expect(hier.get_by_text("Dit apparaat")).to_have_count(1)
    hier.get_by_role("button", name="Op alle andere apparaten uitloggen").click()
    expect(hier.locator("tbody tr")).to_have_count(1)
    elders.goto("/mijn/")
    expect(elders.get_by_role("heading", level=1)).to_have_text("Inloggen")


BUITEN = [
    "/account/login/",
    "/account/signup/",
    "/account/login/code/",
    "/account/password/reset/",
    "/account/inactive/",
]
BINNEN = [
    "/account/",
    "/account/wijzigen/",
    "/account/email/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/recovery-codes/",
    "/account/2fa/totp/deactivate/",
    "/account/sessions/",
    "/account/gegevens/",
    "/account/verwijderen/",
    "/account/logout/",
]


@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
@pytest.mark.parametrize("viewport", [TELEFOON, BUREAU], ids=["telefoon", "bureau"])
def test_axe_vindt_niets_op_de_paginas_van_het_account(
    maak_pagina: Callable[..., Page], axe: Callable[[Page], None], donker: bool, viewport: dict[str, int]
) -> None:
    pagina = maak_pagina(donker=donker, viewport=viewport)
    for pad in BUITEN:
        pagina.goto(pad)
        axe(pagina)
    met_app(maak_gebruiker(email=NIEUW))
    log_in(pagina, NIEUW)
    axe(pagina)
    pagina.get_by_label("Code").fill(app_code())
    pagina.get_by_role("button", name="Inloggen", exact=True).click()
    pagina.wait_for_url("**/mijn/")
    pagina.goto("/account/reauthenticate/?next=/account/")
    axe(pagina)
    pagina.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    pagina.get_by_role("button", name="Verder").click()
    pagina.wait_for_url("**/account/")
    for pad in BINNEN:
        pagina.goto(pad)
        assert pagina.url.endswith(pad)
        axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), pad
