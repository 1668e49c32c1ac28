"""Two people become contacts and write to each other, on a small phone without script; and axe over these pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from netwerk.actions.contacten import contact, introduceren
from netwerk.actions.contacten.uitnodigen import persoonlijke_link
from netwerk.actions.post import schrijf
from netwerk.keuzes import Voor
from netwerk.models import Postdraad
from netwerk.permissions import zijn_contacten
from tests.browser.conftest import BUREAU
from tests.browser.stappen import log_in
from tests.fabriek import maak_contact, maak_professional

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("basisgegevens")]
KLEIN = {"width": 320, "height": 640}


def test_van_vraag_tot_antwoord_op_een_kleine_telefoon_zonder_script(
    maak_pagina: Callable[..., Page], live_server: Any
) -> None:
    anna, bram = maak_professional(naam="Anna Aker"), maak_professional(naam="Bram Bos")
    van, aan = (maak_pagina(viewport=KLEIN, script=False) for _ in range(2))
    log_in(van, anna.gebruiker, live_server.url)
    log_in(aan, bram.gebruiker, live_server.url)
    van.goto(bram.get_absolute_url())
    van.get_by_role("link", name="Contact vragen").click()
    van.get_by_label(re.compile("Uw vraag in een zin")).fill("Wij spraken elkaar in Zwolle.")
    van.get_by_role("button", name="Contact vragen").click()
    expect(van.get_by_text("U krijgt bericht als Bram Bos ja zegt")).to_be_visible()
    aan.goto("/kennisgevingen/")
    aan.get_by_role("button", name=re.compile("Anna Aker wil contact met u")).click()
    expect(aan.get_by_role("heading", level=1)).to_have_text("Anna Aker wil contact met u")
    expect(aan.get_by_text("Wij spraken elkaar in Zwolle.")).to_be_visible()
    aan.get_by_role("button", name=re.compile("^Ja")).click()
    expect(aan.get_by_text("U en Anna Aker zijn nu contacten.")).to_be_visible()
    aan.get_by_role("link", name="Anna Aker").click()
    aan.get_by_role("link", name="Bericht sturen").click()
    aan.get_by_label("Onderwerp").fill("De studiedag")
    aan.get_by_label("Uw bericht").fill("Zal ik mijn aantekeningen sturen?")
    aan.get_by_role("button", name="Versturen").click()
    expect(aan.get_by_text("Verstuurd.")).to_be_visible()
    van.goto("/post/")
    van.get_by_role("link", name=re.compile("De studiedag")).click()
    expect(van.get_by_text("Zal ik mijn aantekeningen sturen?")).to_be_visible()
    van.get_by_label("Uw antwoord").fill("Graag!")
    van.get_by_role("button", name="Versturen").click()
    expect(van.get_by_text("Verstuurd.")).to_be_visible()
    for pagina in (van, aan):
        assert pagina.evaluate("document.documentElement.scrollWidth") <= KLEIN["width"]
    assert Postdraad.objects.get().laatste_nummer == 2
    # And away again: who is blocked finds nothing any more.
    van.goto(bram.get_absolute_url())
    van.get_by_role("link", name="Bram Bos blokkeren").click()
    van.get_by_role("button", name="Ja, blokkeer").click()
    expect(van.get_by_text("Bram Bos is geblokkeerd")).to_be_visible()
    antwoord = aan.goto(anna.get_absolute_url())
    assert antwoord is not None
    assert antwoord.status == 404
    assert not zijn_contacten(anna, bram)


@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
def test_axe_vindt_niets(
    maak_pagina: Callable[..., Page], axe: Callable[[Page], None], live_server: Any, donker: bool
) -> None:
    ik, bekend, ander, derde = (maak_professional(naam=naam) for naam in ("Ik Zelf", "Bea B", "Cor C", "Dre D"))
    maak_contact(ik, bekend)
    maak_contact(bekend, derde)
    maak_contact(ik, derde)
    contact.vraag(door=ander, aan=ik, regel="Leuk u te spreken.")
    contact.vraag(door=ik, aan=maak_professional(naam="Eva E"))
    verzoek = introduceren.vraag_introductie(door=bekend, via=ik, doel=maak_professional(), regel="Ik leer graag.")
    draad = schrijf(van=bekend, aan=ik, onderwerp="Dag", tekst="Hallo, zie https://voorbeeld.example/")
    link = persoonlijke_link(door=ik)
    vreemde = maak_professional(naam="Fie F", post_van=Voor.LEDEN)
    adressen = (
        "/contacten/", "/contacten/geblokkeerd/", "/contacten/uitnodigen/", f"/contacten/introducties/{verzoek.pk}/",
        f"/contacten/{ander.code}/vragen/", f"/contacten/{vreemde.code}/vragen/", f"/contacten/{bekend.code}/beeindigen/",
        f"/contacten/{vreemde.code}/voorstellen/", f"/contacten/{bekend.code}/blokkeren/", "/post/",
        draad.get_absolute_url(), f"/post/aan/{vreemde.code}/", f"/signaleren/?wat=mens:{bekend.code}",
        f"/signaleren/?wat=post:{draad.berichten.get().pk}", bekend.get_absolute_url(), vreemde.get_absolute_url(),
        f"/contacten/uitnodiging/{link.token}/", "/mijn/profiel/zicht/",
    )  # fmt: skip
    for viewport in (KLEIN, BUREAU):
        pagina = maak_pagina(viewport=viewport, donker=donker)
        log_in(pagina, ik.gebruiker, live_server.url)
        for adres in adressen:
            antwoord = pagina.goto(adres)
            assert antwoord is not None
            assert antwoord.status == 200, adres
            assert pagina.evaluate("document.documentElement.scrollWidth") <= viewport["width"], adres
            axe(pagina)
    bezoeker = maak_pagina(viewport=KLEIN, donker=donker)
    bezoeker.goto(f"/contacten/uitnodiging/{link.token}/")
    expect(bezoeker.get_by_role("heading", level=1)).to_have_text("Ik Zelf wil contact met u houden")
    axe(bezoeker)
