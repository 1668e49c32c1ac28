from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from netwerk.models import Bericht, Professional, Volgt
from tests.browser.conftest import BUREAU, TELEFOON
from tests.fabriek import maak_bericht, maak_organisatie, maak_professional, maak_thema

pytestmark = pytest.mark.django_db(transaction=True)


def log_in(pagina: Page, url: str, wie: Professional) -> None:
    client = Client()
    client.force_login(wie.gebruiker)
    koekje = client.cookies[settings.SESSION_COOKIE_NAME]
    pagina.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": url}])


def ga_naar(pagina: Page, naam: str) -> None:
    """Go on with the Tab key until the element of this name has the focus."""
    for _ in range(60):
        pagina.keyboard.press("Tab")
        if naam in pagina.evaluate(
            "() => { const e = document.activeElement;"
            " return (e.labels?.[0] ?? e).innerText + ' ' + (e.getAttribute('aria-label') ?? ''); }"
        ):
            return
    raise AssertionError(f"no element '{naam}' by the keyboard")


@pytest.mark.parametrize("script", [True, False])
def test_write_by_keyboard_on_a_phone_follow_read_and_pass_on(
    maak_pagina: Callable[..., Page], live_server: Any, script: bool
) -> None:
    sanne = maak_professional(naam="Sanne de Wit", is_volgbaar=True)
    kees = maak_professional(naam="Kees Kok", is_volgbaar=True)
    Volgt.objects.create(volger=sanne, professional=kees)
    maak_bericht(sanne, tekst="Wie kookt er mee op vrijdag?", zicht=3)

    pagina = maak_pagina(viewport=TELEFOON, script=script)
    log_in(pagina, live_server.url, kees)
    pagina.goto("/berichten/")
    ga_naar(pagina, "Schrijf een bericht")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/berichten/schrijven/")
    ga_naar(pagina, "Uw bericht")
    pagina.keyboard.type("Vanavond soep in #Lombok, dank @Sanne de Wit!")
    ga_naar(pagina, "Leden van het portaal")
    ga_naar(pagina, "Bericht plaatsen")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Uw bericht is geplaatst.")).to_be_visible()
    expect(pagina.get_by_role("link", name="@Sanne de Wit")).to_be_visible()

    pagina.goto(f"/berichten/van/{sanne.code}/")
    pagina.get_by_role("button", name="Volgen (Sanne de Wit)").click()
    expect(pagina.get_by_text("U volgt Sanne de Wit.")).to_be_visible()
    pagina.goto("/berichten/")
    van_sanne = pagina.get_by_role("article").filter(has_text="Wie kookt er mee")
    van_sanne.get_by_role("button", name="Waardeer").click()
    expect(van_sanne.get_by_role("button", name="Waardeer (1)")).to_have_attribute("aria-pressed", "true")
    van_sanne.get_by_role("button", name="Geef door").click()
    expect(van_sanne.get_by_role("button", name="Doorgegeven (1)")).to_be_visible()
    van_sanne.get_by_role("link", name="Antwoord").click()
    pagina.get_by_label("Uw antwoord").fill("Ik kom met brood.")
    pagina.get_by_role("button", name="Antwoord plaatsen").click()
    expect(pagina.get_by_text("Ik kom met brood.")).to_be_visible()

    ander = maak_pagina(viewport=BUREAU, script=script)
    log_in(ander, live_server.url, sanne)
    ander.goto("/berichten/")
    expect(ander.get_by_role("article").first).to_contain_text("Vanavond soep in #Lombok")
    ander.get_by_role("link", name="#Lombok").click()
    expect(ander.get_by_role("heading", level=1)).to_have_text("lombok")
    ander.goto("/berichten/volgend/")
    ander.get_by_role("button", name="Verwijderen (Kees Kok)").click()
    expect(ander.get_by_text("Nog niemand volgt u.")).to_be_visible()
    assert Bericht.objects.filter(auteur=kees).count() == 3


@pytest.mark.parametrize("donker", [False, True])
def test_the_pages_of_messages_are_accessible(
    maak_pagina: Callable[..., Page], axe: Callable[[Page], Any], live_server: Any, donker: bool
) -> None:
    kees = maak_professional(naam="Kees Kok", is_volgbaar=True)
    sanne = maak_professional(naam="Sanne de Wit van Heemskerck-Bovenkarspel", is_volgbaar=True, vindbaar_voor=3)
    organisatie = maak_organisatie(naam="De Linde", slug="de-linde", beheerder=kees.gebruiker)
    thema = maak_thema(slug="soep", naam="Soep")
    for wat in ({"professional": sanne}, {"organisatie": organisatie}, {"thema": thema}):
        Volgt.objects.create(volger=kees, **wat)
    Volgt.objects.create(volger=sanne, professional=kees)
    eerste = maak_bericht(sanne, tekst=f"Kom eten! https://www.voorbeeld.nl/{'lang' * 30} #soep", zicht=4)
    Bericht.objects.filter(pk=eerste.pk).update(link=f"https://www.voorbeeld.nl/{'lang' * 30}")
    eerste.labelrijen.create(label="soep")
    maak_bericht(organisatie, tekst="a" * 500)
    maak_bericht(kees, tekst="Z" + "\u0353\u0310\u0321" * 300, zicht=1)
    maak_bericht(kees, antwoord_op=eerste, tekst="Graag!")
    maak_bericht(sanne, herhaalt=maak_bericht(maak_professional(naam="Bo"), tekst="Van ver"), tekst="")
    openbaar = [
        eerste.get_absolute_url(),
        f"/berichten/van/{sanne.code}/",
        "/berichten/organisatie/de-linde/",
        "/berichten/label/soep/",
    ]
    eigen = [
        "/berichten/",
        "/berichten/mijn-organisatie/",
        "/berichten/volgend/",
        "/berichten/schrijven/",
        f"/berichten/{eerste.code}/antwoorden/",
    ]
    for viewport in (BUREAU, {"width": 320, "height": 700}):
        bezoeker, lid = maak_pagina(viewport=viewport, donker=donker), maak_pagina(viewport=viewport, donker=donker)
        log_in(lid, live_server.url, kees)
        for pagina, adressen in ((bezoeker, openbaar), (lid, openbaar + eigen)):
            for adres in adressen:
                pagina.goto(adres)
                axe(pagina)
                assert pagina.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), adres
