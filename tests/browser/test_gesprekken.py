"""A new member from the first page to the answer; an article on a small phone; and axe on the way."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.actions.kennisgevingen import verstuur_mails
from netwerk.keuzes import Gesprekssoort, Toelating, Voor, Zicht
from netwerk.models import Gesprek, Netwerk, Professional
from tests.browser.conftest import BUREAU, TELEFOON
from tests.browser.stappen import druk, kies, log_in, typ
from tests.fabriek import maak_gebruiker, maak_gesprek, maak_kennisgeving, maak_lid, maak_netwerk, maak_professional

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("basisgegevens")]
KLEIN = {"width": 320, "height": 640}
TITEL = "Hoe vraag je iemand naar schulden?"


@pytest.fixture
def kenner() -> Professional:
    return maak_professional(naam="Kees Kenner")


@pytest.fixture
def netwerk(kenner: Professional) -> Netwerk:
    return maak_netwerk(
        naam="Schulden in de wijk", slug="schulden", beheerder=kenner, toelating=Toelating.OPEN,
        zicht_gesprekken=Zicht.PUBLIEK, huisregels="1. Wees aardig",
    )  # fmt: skip


def test_een_nieuw_lid_stelt_een_vraag_en_krijgt_antwoord(
    maak_pagina: Callable[..., Page], netwerk: Netwerk, kenner: Professional, live_server: Any
) -> None:
    nieuw = maak_gebruiker(email="nina@voorbeeld.example", naam="Nina Nieuw")
    vrager, antwoorder = maak_pagina(), maak_pagina(viewport=TELEFOON, script=False)
    log_in(vrager, nieuw, live_server.url)
    log_in(antwoorder, kenner.gebruiker, live_server.url)

    # A profile, by keyboard alone.
    vrager.goto("/mijn/")
    druk(vrager, "Uw profiel maken")
    expect(vrager.get_by_role("heading", level=1)).to_have_text("Uw profiel maken")
    typ(vrager, "Uw naam", "Nina Nieuw")
    typ(vrager, "Wat doet u?", "Maatschappelijk werker")
    typ(vrager, "Waar weet u veel van?", "budgetcoaching")
    kies(vrager, "stand", "vakgenoten")
    druk(vrager, "Profiel maken")
    expect(vrager.get_by_role("heading", level=1)).not_to_have_text("Uw profiel maken")
    antwoorder.goto("/mensen/?q=budgetcoaching")
    antwoorder.get_by_role("link", name="Nina Nieuw").click()
    expect(antwoorder.get_by_role("heading", level=1)).to_contain_text("Nina Nieuw")

    # Into an open network, and a question in it.
    vrager.goto("/netwerken/schulden/")
    druk(vrager, "Lid worden")
    expect(vrager.get_by_role("heading", level=1)).to_have_text("Lid worden van Schulden in de wijk")
    druk(vrager, "Lid worden")
    expect(vrager.get_by_text("Welkom, u bent lid van Schulden in de wijk")).to_be_visible()
    druk(vrager, "Gesprek beginnen")
    expect(vrager.get_by_role("heading", level=1)).to_have_text("Een gesprek beginnen")
    typ(vrager, "Titel", TITEL)
    typ(vrager, "Uw tekst", "Ik zie de post liggen en durf niets te zeggen.")
    druk(vrager, "Plaatsen")
    expect(vrager.get_by_role("heading", level=1)).to_have_text(TITEL)
    gesprek = Gesprek.objects.get()

    # The other is told, opens it from there, and answers on a phone without script.
    antwoorder.goto("/kennisgevingen/")
    antwoorder.get_by_role("button", name=re.compile("Nina Nieuw begon een gesprek")).click()
    expect(antwoorder.get_by_role("heading", level=1)).to_have_text(TITEL)
    antwoorder.get_by_label("Uw reactie").fill("Begin bij de post: **zullen we die samen openen?**")
    antwoorder.get_by_role("button", name="Reactie plaatsen").click()
    expect(antwoorder.get_by_text("Uw reactie is geplaatst.")).to_be_visible()

    # By mail, and on the site: in the menu of whatever page, and in the list.
    verstuur_mails()
    brief = next(bericht for bericht in mail.outbox if bericht.to == [nieuw.email])
    assert "zullen we die samen openen?" in str(brief.body)
    vrager.goto("/netwerken/")
    vrager.locator(".account > summary").click()
    vrager.get_by_role("link", name=re.compile(r"Berichten voor u.*1 ongelezen")).click()
    vrager.get_by_role("button", name=re.compile("Kees Kenner reageerde")).click()
    expect(vrager.get_by_text("zullen we die samen openen?")).to_be_visible()
    vrager.get_by_role("button", name=re.compile("Dit was het antwoord.*reactie van Kees Kenner")).click()
    expect(vrager.get_by_text("Het antwoord staat nu bovenaan.")).to_be_visible()
    expect(vrager.get_by_role("complementary", name="Het antwoord")).to_contain_text("zullen we die samen openen?")
    vrager.goto("/mijn/")
    expect(vrager.get_by_text(re.compile("ongelezen"))).to_have_count(0)
    antwoorder.goto("/kennisgevingen/")
    expect(antwoorder.get_by_text("Nina Nieuw zegt dat uw reactie het antwoord was")).to_be_visible()
    gesprek.refresh_from_db()
    assert gesprek.antwoord is not None
    assert gesprek.antwoord.auteur == kenner


def maak_artikel(auteur: Professional) -> Gesprek:
    return maak_gesprek(
        None,
        auteur,
        soort=Gesprekssoort.ARTIKEL,
        titel="Aansprakelijkheidswaardevaststellingsveranderingen aan de keukentafel",
        samenvatting="Wat wij leerden van een jaar lang langsgaan.",
        tekst="# Het begin\n\nWij belden aan.\n\n```\n" + "een lange regel zonder eind " * 12 + "\n```\n\nhttps://voorbeeld.example/"
        + "heel-lang-adres-" * 12,
    )  # fmt: skip


def test_een_bezoeker_leest_een_artikel_op_een_kleine_telefoon_zonder_script(
    maak_pagina: Callable[..., Page], kenner: Professional
) -> None:
    artikel = maak_artikel(kenner)
    reageer(gesprek=artikel, door=maak_professional(naam="Anne Ander"), tekst="Dank, dit herken ik.")
    pagina = maak_pagina(viewport=KLEIN, script=False)
    pagina.goto("/artikelen/")
    pagina.get_by_role("link", name=artikel.titel).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(artikel.titel)
    expect(pagina.get_by_text("Wat wij leerden van een jaar lang langsgaan.")).to_be_visible()
    expect(pagina.get_by_role("heading", level=2, name="Het begin")).to_be_visible()
    expect(pagina.get_by_text("Dank, dit herken ik.")).to_be_visible()
    expect(pagina.get_by_role("link", name="Log in om te reageren")).to_be_visible()
    assert pagina.evaluate("document.documentElement.scrollWidth") <= KLEIN["width"]
    assert pagina.context.cookies() == []


@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
def test_axe_vindt_niets(
    maak_pagina: Callable[..., Page],
    axe: Callable[[Page], None],
    netwerk: Netwerk,
    kenner: Professional,
    live_server: Any,
    donker: bool,
) -> None:
    lid = maak_professional(naam="Lena Lid", expertise_voor=Voor.LEDEN)
    maak_lid(netwerk, lid)
    gesprek, artikel = maak_gesprek(netwerk, lid, titel=TITEL), maak_artikel(kenner)
    reageer(gesprek=gesprek, door=kenner, tekst="Begin bij de post.")
    reageer(gesprek=gesprek, door=lid, tekst="Dank u.")
    maak_kennisgeving(lid, netwerk=netwerk)
    publiek = (gesprek.get_absolute_url(), "/artikelen/", artikel.get_absolute_url())
    eigen = (
        *publiek, "/mijn/", "/mensen/", "/netwerken/schulden/gesprekken/nieuw/", "/artikelen/schrijven/",
        "/kennisgevingen/", "/kennisgevingen/voorkeuren/", "/kennisgevingen/voorkeuren/schulden/",
    )  # fmt: skip
    nieuw = maak_gebruiker()
    maak_pagina_en_toets: list[tuple[Any, tuple[str, ...]]] = [
        (None, publiek),
        (lid.gebruiker, eigen),
        (nieuw, (reverse("netwerk:profiel_maken"),)),
        (maak_professional().gebruiker, ("/netwerken/schulden/lid-worden/",)),
    ]
    for viewport in (TELEFOON, BUREAU):
        for wie, adressen in maak_pagina_en_toets:
            pagina = maak_pagina(viewport=viewport, donker=donker)
            if wie is not None:
                log_in(pagina, wie, live_server.url)
            for adres in adressen:
                antwoord = pagina.goto(adres)
                assert antwoord is not None
                assert antwoord.status == 200, adres
                axe(pagina)
        # The page that asks why a reply is hidden: reached when the field was left empty.
        pagina = maak_pagina(viewport=viewport, donker=donker)
        log_in(pagina, kenner.gebruiker, live_server.url)
        pagina.goto(gesprek.get_absolute_url())
        pagina.get_by_text("Verberg de reactie van Lena Lid").click()
        pagina.get_by_label("Waarom? De schrijver leest dit.").last.fill(" ")
        pagina.get_by_role("button", name="Verberg", exact=True).click()
        expect(pagina.get_by_role("heading", level=1)).to_have_text("Reactie 2 verbergen")
        axe(pagina)
