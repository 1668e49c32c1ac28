"""What comes by mail of one network, other than in general."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from netwerk.actions.kennisgevingen import zet_voorkeur
from netwerk.actions.mailkeuzes import VAN_NETWERK, keuzes_in, kies, volg_algemeen
from netwerk.actions.netwerken.leden import verlaat, verwijder_lid
from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol, Seintje, Wanneer, Zicht
from netwerk.models import Kennisgeving, Netwerk, Professional, Voorkeur
from netwerk.notifications.basis import STANDAARD, geef_kennis, mailmoment, wanneer_van
from tests.fabriek import maak_gebruiker, maak_kennisgeving, maak_lid, maak_netwerk, maak_professional

pytestmark = pytest.mark.django_db
PAD = "/kennisgevingen/voorkeuren/rouw/"
LEEG = {soort.value: "" for soort in VAN_NETWERK}


@pytest.fixture
def lid() -> Professional:
    return maak_professional(naam="Lena Lid")


@pytest.fixture
def netwerk(lid: Professional) -> Netwerk:
    return maak_netwerk(naam="Rouw in de wijk", slug="rouw", leden=(lid,), zicht_pagina=Zicht.PUBLIEK)


def geef(mens: Professional, netwerk: Netwerk, soort: Seintje = Seintje.REACTIE) -> Kennisgeving:
    geef_kennis(
        aan=[mens], soort=soort, tekst="Jan reageerde.", pad="/mijn/", netwerk=netwerk, mailtekst="Zo doe ik het."
    )
    return Kennisgeving.objects.latest("pk")


def test_kiezen_voor_een_netwerk_en_weer_zoals_in_het_algemeen(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    client = log_in(lid.gebruiker)
    assert "zoals in het algemeen: meteen" in client.get(PAD).content.decode()
    antwoord = client.post(PAD, {**LEEG, "reactie": "week", "gesprek": "nooit"})
    assert antwoord["Location"] == "/kennisgevingen/voorkeuren/"
    assert keuzes_in(lid.gebruiker, netwerk) == {"reactie": "week", "gesprek": "nooit"}
    assert wanneer_van([lid.gebruiker_id], Seintje.REACTIE, netwerk) == {lid.gebruiker_id: "week"}
    html = client.get(PAD).content.decode()
    assert '<option value="week" selected>één keer per week</option>' in html
    overzicht = client.get("/kennisgevingen/voorkeuren/").content.decode()
    assert f'href="{PAD}">Rouw in de wijk</a> <span class="small muted">(eigen keuze)' in overzicht
    client.post(PAD, {**LEEG, "gesprek": "nooit"})
    assert keuzes_in(lid.gebruiker, netwerk) == {"gesprek": "nooit"}
    client.post(PAD, LEEG)
    assert not Voorkeur.objects.exists()
    assert "(eigen keuze)" not in client.get("/kennisgevingen/voorkeuren/").content.decode()
    assert PAD in client.get("/netwerken/rouw/").content.decode()


def test_een_vreemd_woord_zegt_wat_er_mis_is_en_bewaart_niets(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    client = log_in(lid.gebruiker)
    for kwaad in ("soms", "\x00", "9" * 2000):
        html = client.post(PAD, {**LEEG, "gesprek": "week", "reactie": kwaad}).content.decode()
        assert "Kies wanneer." in html
        assert '<option value="week" selected>' in html
    # A kind that is of no network is no field here.
    client.post(PAD, {**LEEG, "post": "nooit", "volger": "nooit"})
    assert not Voorkeur.objects.exists()


@pytest.mark.parametrize("wie", ["bezoeker", "account", "portaallid", "aanvrager", "verwijderd", "lid", "beheerder"])
@pytest.mark.parametrize("leeft", [True, False])
def test_wie_kiest_voor_een_netwerk(
    client: Any, log_in: Any, netwerk: Netwerk, lid: Any, wie: str, leeft: bool
) -> None:
    mensen = {
        "account": maak_gebruiker(),
        "portaallid": maak_professional().gebruiker,
        "aanvrager": maak_lid(netwerk, status=Lidstatus.AANGEVRAAGD).professional.gebruiker,
        "verwijderd": maak_lid(netwerk, status=Lidstatus.VERWIJDERD).professional.gebruiker,
        "lid": lid.gebruiker,
        "beheerder": netwerk.lidmaatschappen.get(rol=Rol.BEHEERDER).professional.gebruiker,
    }
    if not leeft:
        Netwerk.objects.update(status=Netwerkstatus.GESLOTEN)
    if wie == "bezoeker":
        assert "/account/login/" in client.get(PAD)["Location"]
    else:
        client = log_in(mensen[wie])
        mag = leeft and wie in ("lid", "beheerder")
        assert client.get(PAD).status_code == (200 if mag else 404)
        assert client.get("/kennisgevingen/voorkeuren/bestaat-niet/").status_code == 404
        overzicht = client.get("/kennisgevingen/voorkeuren/").content.decode()
        assert ("Rouw in de wijk" in overzicht) is mag
    antwoord = client.post(PAD, {**LEEG, "reactie": "nooit"})
    if wie in ("lid", "beheerder") and leeft:
        assert [rij.gebruiker for rij in Voorkeur.objects.all()] == [mensen[wie]]
    else:
        assert antwoord.status_code == (302 if wie == "bezoeker" else 404)
        assert not Voorkeur.objects.exists()


def test_wat_wacht_gaat_weer_zoals_in_het_algemeen(netwerk: Netwerk, lid: Any) -> None:
    ander = maak_netwerk(leden=(lid,))
    kies(gebruiker=lid.gebruiker, netwerk=netwerk, keuzes={"reactie": "week"})
    kies(gebruiker=lid.gebruiker, netwerk=ander, keuzes={"reactie": "dag"})
    rij, elders = geef(lid, netwerk), geef(lid, ander)
    gemaild = maak_kennisgeving(lid, netwerk=netwerk, mail_op=timezone.now(), gemaild_op=timezone.now())
    assert rij.mail_op == mailmoment(Wanneer.WEEK, timezone.now())
    was = (elders.mail_op, gemaild.mail_op)
    volg_algemeen(gebruiker=lid.gebruiker, soort=Seintje.REACTIE, netwerk=netwerk)
    for een in (rij, elders, gemaild):
        een.refresh_from_db()
    assert rij.mail_op is not None
    assert rij.mail_op <= timezone.now()
    assert (elders.mail_op, gemaild.mail_op) == was
    # In general never: what waited of this network is mailed no more, and its text is not kept.
    kies(gebruiker=lid.gebruiker, netwerk=netwerk, keuzes={"reactie": "dag"})
    zet_voorkeur(gebruiker=lid.gebruiker, soort=Seintje.REACTIE, wanneer=Wanneer.NOOIT)
    rij.refresh_from_db()
    assert rij.mail_op is not None
    volg_algemeen(gebruiker=lid.gebruiker, soort=Seintje.REACTIE, netwerk=netwerk)
    rij.refresh_from_db()
    assert (rij.mail_op, rij.mailtekst) == (None, "")
    # What was not to be mailed does not come after all.
    zet_voorkeur(gebruiker=lid.gebruiker, soort=Seintje.REACTIE, wanneer=Wanneer.DIRECT)
    rij.refresh_from_db()
    assert rij.mail_op is None


def test_dezelfde_keuze_nog_eens_stelt_niets_uit(netwerk: Netwerk, lid: Any) -> None:
    kies(gebruiker=lid.gebruiker, netwerk=netwerk, keuzes={"reactie": "dag"})
    rij = geef(lid, netwerk)
    straks = timezone.now() + timedelta(minutes=1)
    Kennisgeving.objects.update(mail_op=straks)
    kies(gebruiker=lid.gebruiker, netwerk=netwerk, keuzes={"reactie": "dag", "gesprek": ""})
    rij.refresh_from_db()
    assert rij.mail_op == straks
    # In general the same as here: nothing changes for what waits.
    zet_voorkeur(gebruiker=lid.gebruiker, soort=Seintje.REACTIE, wanneer=Wanneer.DAG)
    volg_algemeen(gebruiker=lid.gebruiker, soort=Seintje.REACTIE, netwerk=netwerk)
    rij.refresh_from_db()
    assert rij.mail_op == straks


@pytest.mark.parametrize("hoe", ["verlaat", "verwijderd"])
def test_wie_weggaat_houdt_alleen_wat_uit_stond(netwerk: Netwerk, lid: Any, hoe: str) -> None:
    blijft, ander = maak_lid(netwerk).professional, maak_netwerk(leden=(lid,))
    keuzes = {"gesprek": "direct", "reactie": "nooit", "netwerk": "week"}
    for mens, waar in ((lid, netwerk), (lid, ander), (blijft, netwerk)):
        kies(gebruiker=mens.gebruiker, netwerk=waar, keuzes=keuzes)
    if hoe == "verlaat":
        verlaat(netwerk=netwerk, door=lid)
    else:
        beheerder = netwerk.lidmaatschappen.get(rol=Rol.BEHEERDER).professional
        verwijder_lid(lid=netwerk.lidmaatschappen.get(professional=lid), door=beheerder)
    assert keuzes_in(lid.gebruiker, netwerk) == {"reactie": "nooit"}
    assert keuzes_in(lid.gebruiker, ander) == keuzes_in(blijft.gebruiker, netwerk) == keuzes
    assert geef(lid, netwerk).mail_op is None
    assert geef(lid, netwerk, Seintje.GESPREK).mail_op == mailmoment(STANDAARD[Seintje.GESPREK], timezone.now())


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_voorkeuren_kosten_een_vast_aantal_vragen(log_in: Any, aantal: int, django_assert_num_queries: Any) -> None:
    mens = maak_professional()
    for nummer in range(aantal):
        netwerk = maak_netwerk(naam=f"Netwerk {nummer}", slug=f"netwerk-{nummer}", leden=(mens,))
        kies(gebruiker=mens.gebruiker, netwerk=netwerk, keuzes={"gesprek": "week", "reactie": "dag"})
    client = log_in(mens.gebruiker)
    client.get("/kennisgevingen/voorkeuren/")
    with django_assert_num_queries(6):
        html = client.get("/kennisgevingen/voorkeuren/").content.decode()
    assert html.count("(eigen keuze)") == aantal
    with django_assert_num_queries(7):
        client.get("/kennisgevingen/voorkeuren/netwerk-0/")
