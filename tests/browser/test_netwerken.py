"""A network from the first idea to its second member; and its pages held to axe, narrow screens and no script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from netwerk.actions.netwerken.basis import zet_vector
from netwerk.actions.netwerken.uitnodigen import maak_link, nodig_uit
from netwerk.keuzes import Lidstatus, Rol, Toelating, Voor, Zicht
from netwerk.models import Lidmaatschap, Netwerk, NetwerkSteun, Professional
from tests.browser.conftest import BUREAU, TELEFOON
from tests.browser.stappen import druk, log_in, typ
from tests.fabriek import (
    maak_gebruiker,
    maak_gesprek,
    maak_lid,
    maak_netwerk,
    maak_organisatie,
    maak_professional,
)
from welzijnportal.geo.models import Plaats

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("basisgegevens")]
GAST = "gast@voorbeeld.example"
KLEIN = {"width": 320, "height": 700}
BASIS = "/netwerken/rouw-in-de-wijk/"
PUBLIEK = ("/netwerken/", BASIS, f"{BASIS}leden/", f"{BASIS}expertise/")


def test_van_voorstel_tot_tweede_lid(maak_pagina: Callable[..., Page], live_server: Any, settings: Any) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    voorsteller = maak_professional(naam="Vera Voorstel", bevestigd=True)
    pagina = maak_pagina()
    log_in(pagina, voorsteller.gebruiker, live_server.url)
    pagina.goto("/netwerken/")
    druk(pagina, "Netwerk voorstellen")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Een netwerk voorstellen")
    typ(pagina, "Naam", "Rouw in de wijk")
    typ(pagina, "Waarvoor is dit netwerk?", "Nabij blijven bij verlies.")
    druk(pagina, "Voorstel versturen")
    expect(pagina.get_by_text("ligt bij de redactie")).to_be_visible()
    expect(pagina.get_by_role("region", name="Uw voorstellen")).to_contain_text("Rouw in de wijk")

    redactie = maak_pagina()
    log_in(redactie, maak_gebruiker(is_staff=True, is_superuser=True), live_server.url)
    redactie.goto("/beheer/")
    redactie.get_by_role("link", name="Beoordelen netwerken").click()
    redactie.get_by_role("button", name="Goedkeuren van Rouw in de wijk").click()
    expect(redactie.get_by_text("De voorsteller is beheerder en krijgt bericht")).to_be_visible()

    pagina.goto(f"{BASIS}beheer/uitnodigen/")
    pagina.get_by_label("E-mailadres").fill(GAST)
    pagina.get_by_label("Een persoonlijk woord erbij").fill("We spraken elkaar op de studiedag.")
    pagina.get_by_role("button", name="Uitnodiging sturen").click()
    expect(pagina.get_by_text(f"De uitnodiging is gemaild naar {GAST}")).to_be_visible()
    brief = next(str(bericht.body) for bericht in mail.outbox if bericht.to == [GAST])
    gevonden = re.search(r"(/netwerken/uitnodiging/\S+)", brief)
    assert gevonden

    gast = maak_pagina(viewport=TELEFOON, script=False)
    gast.goto(gevonden[1])
    expect(gast.get_by_text("We spraken elkaar op de studiedag.")).to_be_visible()
    expect(gast.get_by_role("link", name="Account maken")).to_be_visible()
    genodigde = maak_professional(naam="Gijs Gast", gebruiker=maak_gebruiker(email=GAST))
    log_in(gast, genodigde.gebruiker, live_server.url)
    gast.goto(gevonden[1])
    gast.get_by_role("button", name="Ja, ik word lid").click()
    expect(gast.get_by_text("Welkom, u bent lid van Rouw in de wijk")).to_be_visible()
    gast.get_by_role("link", name="Ledenlijst").click()
    expect(gast.get_by_role("heading", level=2, name="Vera Voorstel")).to_be_visible()
    expect(gast.get_by_role("heading", level=2, name="Gijs Gast (u)")).to_be_visible()
    assert Netwerk.objects.get().aantal_leden == 2

    gast.goto(BASIS)
    gast.get_by_role("button", name="Verlaat dit netwerk").click()
    expect(gast.get_by_text("U bent geen lid meer van Rouw in de wijk. Wat u schreef, blijft staan.")).to_be_visible()
    pagina.goto(f"{BASIS}leden/")
    expect(pagina.get_by_text("Gijs Gast")).to_have_count(0)


@pytest.fixture
def beheerder() -> Professional:
    mens = maak_professional(naam="Bea Beheer", bevestigd=True, vindbaar_voor=Voor.IEDEREEN)
    netwerk = maak_netwerk(
        naam="Rouw in de wijk", slug="rouw-in-de-wijk", beheerder=mens, zicht_leden=Zicht.PUBLIEK, tekst="## Wat\n\nTekst.",
        zicht_gesprekken=Zicht.PUBLIEK, huisregels="1. Wees aardig", vragen=["Waarom?"], toelating=Toelating.AANVRAAG,
    )  # fmt: skip
    zet_vector(netwerk)
    for _ in range(4):
        lid = maak_professional(
            vindbaar_voor=Voor.IEDEREEN, expertise_voor=Voor.IEDEREEN, plaats_voor=Voor.IEDEREEN, functie="Verpleegkundige",
            plaats=Plaats.objects.get(slug="utrecht"), functie_voor=Voor.IEDEREEN,
        )  # fmt: skip
        lid.expertise.add("rouw", "mantelzorg")
        maak_lid(netwerk, lid)
    maak_lid(netwerk, status=Lidstatus.AANGEVRAAGD, antwoorden=["Ik begeleid een rouwcafé."])
    maak_gesprek(netwerk, mens)
    nodig_uit(netwerk=netwerk, email=GAST, door=mens)
    maak_link(netwerk=netwerk, naam="Folder", door=mens, meest=20)
    linde = maak_organisatie(naam="De Linde", beheerder=mens.gebruiker)
    NetwerkSteun.objects.create(
        netwerk=netwerk,
        organisatie=linde,
        gevraagd_door_kant="netwerk",
        status="bevestigd",
        bevestigd_op=timezone.now(),
    )
    NetwerkSteun.objects.create(netwerk=netwerk, organisatie=maak_organisatie(), gevraagd_door_kant="organisatie")
    maak_netwerk(naam="Slaapnet", status="slapend", beheerder=mens, slug="slaapnet")
    return mens


def eigen(mens: Professional) -> list[str]:
    lid = Lidmaatschap.objects.filter(netwerk__slug="rouw-in-de-wijk", rol=Rol.LID, status="lid").first()
    netwerk = Netwerk.objects.get(slug="rouw-in-de-wijk")
    link, uitnodiging = netwerk.links.get(), netwerk.uitnodigingen.get()
    assert lid is not None
    delen = (
        "wijzigen/", "beheer/", "beheer/leden/", f"beheer/leden/{lid.pk}/", "beheer/uitnodigen/", "beheer/links/",
        f"beheer/links/{link.pk}/", "beheer/steun/?q=Linde", "steunen/", "blijven/",
    )  # fmt: skip
    return [
        "/netwerken/voorstellen/", "/netwerken/slaapnet/", "/netwerken/slaapnet/wekken/",
        f"/netwerken/uitnodiging/{uitnodiging.token}/", f"/netwerken/link/{link.token}/", *(f"{BASIS}{deel}" for deel in delen),
    ]  # fmt: skip


@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
def test_axe_vindt_niets(
    maak_pagina: Callable[..., Page],
    axe: Callable[[Page], None],
    beheerder: Professional,
    live_server: Any,
    donker: bool,
) -> None:
    for viewport in (TELEFOON, BUREAU):
        pagina = maak_pagina(viewport=viewport, donker=donker)
        for adres in PUBLIEK:
            pagina.goto(adres)
            axe(pagina)
        log_in(pagina, beheerder.gebruiker, live_server.url)
        for adres in (*PUBLIEK, *eigen(beheerder)):
            pagina.goto(adres)
            axe(pagina)
        ander = maak_pagina(viewport=viewport, donker=donker)
        log_in(ander, maak_professional().gebruiker, live_server.url)
        for adres in (f"{BASIS}lid-worden/", "/netwerken/voorstellen/"):
            ander.goto(adres)
            axe(ander)


def test_op_320_pixels_schuift_niets_opzij(
    maak_pagina: Callable[..., Page], beheerder: Professional, live_server: Any
) -> None:
    Netwerk.objects.filter(slug="rouw-in-de-wijk").update(
        naam="Rouwverwerkingsondersteuningsnetwerk Zevenhuizerplasomgeving", doel="w" * 200
    )
    pagina = maak_pagina(viewport=KLEIN)
    log_in(pagina, beheerder.gebruiker, live_server.url)
    for adres in (*PUBLIEK, *eigen(beheerder)):
        pagina.goto(adres)
        breedte = pagina.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert breedte[0] <= breedte[1], adres
