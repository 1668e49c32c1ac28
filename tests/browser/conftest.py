"""Browser journeys: a real Chromium against a real server over the real database."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from organisaties.zoeken import synoniemen
from tests.browser import chromium

AXE = Path(__file__).parent / "axe" / "axe.min.js"
TELEFOON = {"width": 375, "height": 740}
BUREAU = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # A file's journeys stay with one worker, so that each worker has one Chromium up.
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.xdist_group(f"browser-{item.path.stem}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    assert path, "No Chromium: run `make browser`."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def basisgegevens(transactional_db: None) -> None:
    """Load themes, target groups, synonyms and geodata, which the tests before may have flushed."""
    call_command("laad_geodata", verbosity=0)
    call_command("laad_basisgegevens", verbosity=0)
    # A search of a test before, over emptied tables, would else be remembered for a minute.
    synoniemen.vergeet()


@pytest.fixture
def maak_pagina(browser: Browser, live_server: Any, settings: Any) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in a fresh context: maak_pagina(breedte=375, donker=True, script=False).

    A page that loads from elsewhere, or logs an error, fails the test. With ``telt`` it passes for a person, whose
    visits are counted; else a page that closes would still tell the server so while the tables are emptied.
    """
    settings.SITE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    contexts: list[BrowserContext] = []
    tellend: list[BrowserContext] = []
    errors: list[str] = []

    def maak(
        *, viewport: dict[str, int] = BUREAU, donker: bool = False, script: bool = True, telt: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=viewport,
            color_scheme="dark" if donker else "light",
            java_script_enabled=script,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
            bypass_csp=False,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        if telt:
            context.add_init_script("Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })")
            tellend.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"script: {error}"))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

        def elsewhere(request: Any) -> None:
            if not request.url.startswith((live_server.url, "data:", "blob:")):
                errors.append(f"request to {request.url}")

        page.on("request", elsewhere)
        return page

    yield maak
    for context in tellend:
        for page in context.pages:
            page.goto("about:blank")
            page.wait_for_timeout(300)
    for context in contexts:
        context.close()
    wacht_op_de_server()
    onverwacht = [e for e in errors if "status of 4" not in e]
    assert not onverwacht, onverwacht


def wacht_op_de_server() -> None:
    """Wait until the live server has answered all that was asked: each of its threads has a connection of its own."""
    with connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute(
                "SELECT count(*), pg_sleep(0.02) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if not cursor.fetchone()[0]:
                return


@pytest.fixture
def pagina(maak_pagina: Callable[..., Page]) -> Page:
    return maak_pagina()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that fails when axe finds anything on the page by the rules of WCAG 2.2 AA."""

    def toets(page: Page) -> None:
        # Run outside the page's own world would not see it; a blob of ours is refused by the CSP, an evaluate is not.
        page.evaluate(AXE.read_text())
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        uitkomst = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
        gevonden = [
            {"regel": v["id"], "uitleg": v["help"], "waar": [n["html"][:200] for n in v["nodes"][:3]]}
            for v in uitkomst["violations"]
        ]
        assert not gevonden, f"{page.url}\n{json.dumps(gevonden, indent=1, ensure_ascii=False)}"

    return toets
