"""What journeys do again and again: logging in, and going through a page by the keyboard alone."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from welzijnportal.accounts.models import Gebruiker


def log_in(pagina: Page, gebruiker: Gebruiker, url: str) -> None:
    client = Client()
    client.force_login(gebruiker)
    koekje = client.cookies[settings.SESSION_COOKIE_NAME]
    pagina.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": url}])


def typ(pagina: Page, label: str, tekst: str) -> None:
    """Go to a field by the tab key alone and type in it."""
    for _ in range(80):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("l => document.activeElement?.labels?.[0]?.innerText.startsWith(l)", label):
            pagina.keyboard.type(tekst)
            return
    raise AssertionError(f"No field '{label}' by keyboard")


def druk(pagina: Page, knop: str) -> None:
    """Go to a button or link by the tab key alone and press it."""
    for _ in range(120):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("k => document.activeElement?.innerText?.trim() === k", knop):
            pagina.keyboard.press("Enter")
            return
    raise AssertionError(f"No button '{knop}' by keyboard")


def kies(pagina: Page, naam: str, waarde: str) -> None:
    """Go to a group of radio buttons by the tab key alone and choose one by the arrow keys."""
    for _ in range(80):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("n => document.activeElement?.name === n", naam):
            break
    for _ in range(10):
        if pagina.evaluate("w => document.activeElement?.checked && document.activeElement.value === w", waarde):
            return
        pagina.keyboard.press("ArrowDown")
    raise AssertionError(f"No '{waarde}' in '{naam}' by keyboard")
