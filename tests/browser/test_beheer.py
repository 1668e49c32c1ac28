"""The desk of the moderators in a real browser: judging by keyboard, importing, with axe in light and dark."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from organisaties.actions.samenvoegen import voeg_samen
from organisaties.actions.status import zet_status
from organisaties.keuzes import Status
from organisaties.models import Correctie, Dubbelpaar, Melding, Organisatie, Overname, Wijzigingsverzoek
from tests.browser.conftest import BUREAU, TELEFOON
from tests.fabriek import WACHTWOORD, maak_dienst, maak_gebruiker, maak_locatie, maak_moderator, maak_organisatie

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False


def maak_ingediende(naam: str, *, dagen: int, **velden: Any) -> Organisatie:
    organisatie = maak_organisatie(naam=naam, status=Status.CONCEPT, **velden)
    maak_locatie(organisatie)
    maak_dienst(organisatie)
    zet_status(organisatie=organisatie, naar=Status.INGEDIEND, door=None, meld=False)
    Organisatie.objects.filter(pk=organisatie.pk).update(status_op=timezone.now() - timedelta(days=dagen))
    organisatie.refresh_from_db()
    return organisatie


def log_in(page: Page) -> None:
    maak_moderator(email="mo@voorbeeld.example", naam="Mo")
    page.goto("/beheer/")
    page.get_by_label("E-mailadres").fill("mo@voorbeeld.example")
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat is er te doen?")


def test_the_moderator_approves_and_the_visitor_finds(
    pagina: Page, basisgegevens: None, axe: Callable[[Page], None]
) -> None:
    maak_ingediende("Taalcafé De Brug", dagen=5)
    tweede = maak_ingediende("Eetkamer Oost", dagen=1)
    log_in(pagina)
    expect(pagina.get_by_text("oudste: 5 dagen")).to_be_visible()
    pagina.get_by_role("link", name="Beoordelen nieuwe vermeldingen").focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_role("link", name="Beoordelen Taalcafé De Brug").focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Zo komt de vermelding eruit te zien")).to_be_visible()
    axe(pagina)
    pagina.get_by_role("button", name="Goedkeuren").focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("'Taalcafé De Brug' is gepubliceerd. Dit is de volgende.")).to_be_visible()
    pagina.get_by_role("button", name="Terugsturen").click()
    expect(pagina.get_by_text("Schrijf op wat er anders moet.")).to_be_visible()
    axe(pagina)
    pagina.get_by_label("Wat moet er anders?").fill("Schrijf er nog bij wanneer u open bent.")
    pagina.get_by_role("button", name="Terugsturen").click()
    expect(pagina.get_by_text("De wachtrij is leeg. Dank u wel.")).to_be_visible()
    tweede.refresh_from_db()
    assert (tweede.status, tweede.terugstuurreden) == ("teruggestuurd", "Schrijf er nog bij wanneer u open bent.")
    pagina.goto("/organisaties/?q=taalcafé")
    pagina.get_by_role("link", name="Taalcafé De Brug").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Taalcafé De Brug")


@pytest.mark.parametrize("donker", [False, True])
@pytest.mark.parametrize("viewport", [TELEFOON, BUREAU], ids=["telefoon", "bureau"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    maak_pagina: Callable[..., Page],
    axe: Callable[[Page], None],
    basisgegevens: None,
    donker: bool,
    viewport: dict[str, int],
) -> None:
    wacht = maak_ingediende("Buurthuis De Linde", dagen=5)
    wacht.kort = "Een andere zin."
    wacht.save()
    bekend = maak_organisatie(naam="Buurthuis De Linden", beheerder=maak_gebruiker())
    Wijzigingsverzoek.objects.create(
        organisatie=bekend, veld="website", oude_waarde="", nieuwe_waarde="https://linden.example"
    )
    Melding.objects.create(organisatie=bekend, tekst="Op vrijdag dicht.", email="buur@voorbeeld.example")
    dubbel = maak_organisatie(naam="Buurthuis Linden", telefoon="+31302345678")
    Dubbelpaar.objects.create(een=bekend, ander=dubbel, score=80, redenen=["zelfde website"])
    weg = maak_organisatie(naam="De Linden")
    voeging = voeg_samen(blijver=bekend, ander=weg, door=maak_gebruiker())
    overname = Overname.objects.create(organisatie=dubbel, gebruiker=maak_gebruiker(), uitleg="Ik werk hier.")
    Correctie.objects.create(organisatie=dubbel, veld="kort", oude_waarde="", nieuwe_waarde="Samen eten.")
    page = maak_pagina(viewport=viewport, donker=donker)
    log_in(page)
    for pad in (
        "/beheer/",
        "/beheer/organisaties/dubbelpaar/wachtrij/",
        f"/beheer/organisaties/samenvoeging/maken/?een={bekend.pk}&ander={dubbel.pk}",
        "/beheer/organisaties/samenvoeging/",
        f"/beheer/organisaties/samenvoeging/{voeging.pk}/ongedaan/",
        "/beheer/organisaties/overname/wachtrij/",
        "/beheer/organisaties/correctie/wachtrij/",
        "/beheer/organisaties/nietvermelding/wachtrij/",
        f"/organisaties/{dubbel.slug}/overnemen/",
        f"/organisaties/{dubbel.slug}/overnames/{overname.pk}/",
        "/beheer/organisaties/organisatie/wachtrij/",
        f"/beheer/organisaties/organisatie/{wacht.pk}/beoordelen/",
        f"/beheer/organisaties/organisatie/{wacht.pk}/history/",
        "/beheer/organisaties/wijzigingsverzoek/wachtrij/",
        "/beheer/organisaties/melding/wachtrij/",
        "/beheer/organisaties/importopdracht/nieuw/",
        "/beheer/organisaties/organisatie/",
        f"/beheer/organisaties/organisatie/{wacht.pk}/change/",
        "/beheer/organisaties/synoniemgroep/",
    ):
        page.goto(pad)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], pad


def test_importing_without_script_from_file_to_listing(
    maak_pagina: Callable[..., Page], basisgegevens: None, tmp_path: Path
) -> None:
    lijst = tmp_path / "lijst.csv"
    lijst.write_text("naam;aanbod;plaats;telefoon\nHuis van de Buurt;Samen eten;Ede;06 of 020\n", encoding="cp1252")
    page = maak_pagina(viewport=TELEFOON, script=False)
    log_in(page)
    page.get_by_role("link", name="Importeren").click()
    page.get_by_label("Uw lijst").set_input_files(lijst)
    page.get_by_role("button", name="Controleer de lijst").click()
    expect(
        page.get_by_text("Dit is geen telefoonnummer dat wij kunnen bellen. Het staat nu in de tekst.")
    ).to_be_visible()
    page.get_by_label("Meteen publiceren").check()
    page.get_by_role("button", name="Importeren").click()
    expect(page.get_by_text("1 nieuw, 0 gewijzigd, 0 ongewijzigd.")).to_be_visible()
    page.goto("/organisaties/?q=samen+eten&plaats=Ede")
    expect(page.get_by_role("link", name="Huis van de Buurt").first).to_be_visible()
