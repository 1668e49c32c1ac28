"""Who may read and do what in a conversation."""

from typing import Any

import pytest

from netwerk.actions.gesprekken.basis import GesprekFout
from netwerk.actions.gesprekken.helpen import markeer_antwoord
from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.keuzes import Plaatsing, Rol, Zicht
from netwerk.models import Kennisgeving, Netwerk, Reactie, Tekstversie
from netwerk.weergave.kennis import Kennisvraag
from netwerk.weergave.kennis import zoek as zoek_kennis
from tests.fabriek import (
    maak_blokkade,
    maak_gebruiker,
    maak_gesprek,
    maak_lid,
    maak_professional,
    maak_reactie,
)
from tests.netwerk.gesprekken.stappen import begin

pytestmark = pytest.mark.django_db


WIE = ["bezoeker", "account", "portaallid", "lid", "beheerder", "verwijderd", "schrijver"]


def persoon(wie: str, netwerk: Netwerk, schrijver: Any, lid: Any) -> Any:
    if wie == "bezoeker":
        return None
    if wie == "account":
        return maak_gebruiker()
    if wie == "verwijderd":
        return maak_lid(netwerk, status="verwijderd").professional.gebruiker
    if wie == "beheerder":
        return netwerk.lidmaatschappen.get(rol=Rol.BEHEERDER).professional.gebruiker
    return {"portaallid": maak_professional(), "lid": lid, "schrijver": schrijver}[wie].gebruiker


@pytest.mark.parametrize("wie", WIE)
@pytest.mark.parametrize("zicht", list(Zicht))
def test_wie_leest_welk_gesprek(client: Any, log_in: Any, netwerk: Netwerk, lid: Any, wie: str, zicht: int) -> None:
    schrijver = maak_lid(netwerk).professional
    gesprek = maak_gesprek(netwerk, schrijver, zicht=zicht, titel="Geheime titel", tekst="Geheime tekst")
    reactie = maak_reactie(gesprek, schrijver, tekst="Geheime reactie")
    Tekstversie.objects.create(reactie=reactie, tekst="Geheim van vroeger")
    if gebruiker := persoon(wie, netwerk, schrijver, lid):
        client = log_in(gebruiker)
    niveau = {"bezoeker": 3, "account": 3, "portaallid": 2, "verwijderd": 2}.get(wie, 1)
    ziet = zicht >= niveau
    for pad in ("", "versies/", "1/versies/"):
        antwoord = client.get(f"{gesprek.get_absolute_url()}{pad}")
        assert antwoord.status_code == (200 if ziet else 404), pad
        assert ("Geheim" in antwoord.content.decode()) is ziet
    atom = client.get("/netwerken/eenzaamheid/gesprekken/atom/").content.decode()
    assert ("Geheime titel" in atom) is (zicht == 3)
    assert ("Geheime titel" in client.get("/netwerken/eenzaamheid/gesprekken/").content.decode()) is ziet


@pytest.mark.parametrize("wie", WIE)
@pytest.mark.parametrize(
    ("actie", "mag"),
    [
        ("reageren", {"lid", "beheerder", "schrijver"}),
        ("wijzigen", {"schrijver"}),
        ("trek_in", {"schrijver"}),
        ("sluit", {"schrijver", "beheerder"}),
        ("zet_vast", {"beheerder"}),
        ("verberg", {"beheerder"}),
        ("antwoord", {"schrijver"}),
        ("hielp", {"portaallid", "lid", "beheerder", "verwijderd", "schrijver"}),
    ],
)
def test_wie_doet_wat(
    client: Any, log_in: Any, netwerk: Netwerk, lid: Any, wie: str, actie: str, mag: set[str]
) -> None:
    schrijver = maak_lid(netwerk).professional
    gesprek = maak_gesprek(netwerk, schrijver, zicht=Zicht.PUBLIEK)
    reactie = maak_reactie(gesprek)
    if gebruiker := persoon(wie, netwerk, schrijver, lid):
        client = log_in(gebruiker)
    basis = gesprek.get_absolute_url()
    if actie == "reageren":
        client.post(basis, {"tekst": "Ik zeg iets."})
    elif actie == "wijzigen":
        velden = {"titel": "Gewijzigd", "tekst": "Anders", "gezien": "", "labels": ""}
        client.post(f"{basis}wijzigen/", velden)
    elif actie in ("antwoord", "hielp"):
        client.post(f"{basis}1/doen/", {"actie": actie})
    else:
        client.post(f"{basis}doen/", {"actie": actie})
    gesprek.refresh_from_db()
    reactie.refresh_from_db()
    gedaan = {
        "reageren": gesprek.aantal_reacties == 2,
        "wijzigen": gesprek.titel == "Gewijzigd",
        "trek_in": gesprek.plaatsing == Plaatsing.INGETROKKEN,
        "sluit": gesprek.is_gesloten,
        "zet_vast": gesprek.is_vastgezet,
        "verberg": gesprek.plaatsing == Plaatsing.VERBORGEN,
        "antwoord": gesprek.antwoord_id == reactie.pk,
        "hielp": reactie.aantal_hielp == 1,
    }[actie]
    assert gedaan is (wie in mag)


@pytest.mark.parametrize("code", ["bcdfghjkmnpq", "x", "1"])
def test_een_vreemde_raadt_niets(client: Any, log_in: Any, code: str) -> None:
    assert client.get(f"/gesprekken/{code}/").status_code == 404
    client = log_in(maak_professional().gebruiker)
    for pad in ("wijzigen/", "versies/", "1/versies/", "1/wijzigen/"):
        assert client.get(f"/gesprekken/{code}/{pad}").status_code == 404
    assert client.post(f"/gesprekken/{code}/doen/", {"actie": "sluit"}).status_code == 404


def test_wie_is_verwijderd_kan_met_een_open_pagina_niets_plaatsen(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, lid)
    netwerk.lidmaatschappen.filter(professional=lid).update(status="verwijderd")
    client = log_in(lid.gebruiker)
    assert client.post(gesprek.get_absolute_url(), {"tekst": "Nog iets"}).status_code == 404
    with pytest.raises(GesprekFout):
        reageer(gesprek=gesprek, door=lid, tekst="Nog iets")
    with pytest.raises(GesprekFout):
        begin(netwerk, lid, titel="Nog een")
    assert not Reactie.objects.exists()


def test_geblokkeerden_krijgen_geen_bericht_van_elkaar(netwerk: Netwerk, lid: Any) -> None:
    ander = maak_lid(netwerk).professional
    gesprek = begin(netwerk, lid)
    Kennisgeving.objects.all().delete()
    maak_blokkade(lid, ander)
    reageer(gesprek=gesprek, door=ander, tekst="Hallo @Lena Lid")
    assert not Kennisgeving.objects.filter(ontvanger=lid.gebruiker).exists()


def test_een_gesloten_gesprek_krijgt_geen_reactie(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, lid)
    client = log_in(lid.gebruiker)
    client.post(f"{gesprek.get_absolute_url()}doen/", {"actie": "sluit"})
    html = client.post(gesprek.get_absolute_url(), {"tekst": "Toch nog"}).content.decode()
    assert "niet (meer) reageren" in html
    assert "Toch nog" in html
    client.post(f"{gesprek.get_absolute_url()}doen/", {"actie": "heropen"})
    assert client.post(gesprek.get_absolute_url(), {"tekst": "Toch nog"}).status_code == 302


@pytest.mark.parametrize("kant", ["door", "geblokkeerd"])
def test_geblokkeerden_lezen_elkaar_niet(log_in: Any, netwerk: Netwerk, lid: Any, kant: str) -> None:
    ander = maak_professional(naam="Anne Ander")
    maak_lid(netwerk, ander)
    van_ander = begin(netwerk, ander, titel="Raadselwoord")
    eigen = begin(netwerk, lid, titel="Eigen vraag")
    reactie = reageer(gesprek=eigen, door=ander, tekst="Bijzondere raad")
    markeer_antwoord(gesprek=eigen, reactie=reactie, door=lid)
    client = log_in(lid.gebruiker)
    assert "Bijzondere raad" in client.get(eigen.get_absolute_url()).content.decode()
    assert client.get(f"{eigen.get_absolute_url()}1/versies/").status_code == 200
    maak_blokkade(lid, ander) if kant == "door" else maak_blokkade(ander, lid)
    assert client.get(van_ander.get_absolute_url()).status_code == 404
    assert client.get(f"{eigen.get_absolute_url()}1/versies/").status_code == 404
    html = client.get(eigen.get_absolute_url()).content.decode()
    assert "Een reactie die u niet ziet." in html
    assert "Bijzondere raad" not in html
    assert "Anne Ander" not in html
    for pad in ("/netwerken/eenzaamheid/gesprekken/", "/netwerken/eenzaamheid/", "/gesprekken/"):
        assert "Raadselwoord" not in client.get(pad).content.decode()
    assert zoek_kennis(Kennisvraag(kijker=lid, q="raadselwoord")).rijen == []
    # A beheerder who is blocked still sees what must be kept in order.
    beheerder = netwerk.lidmaatschappen.get(rol=Rol.BEHEERDER).professional
    maak_blokkade(ander, beheerder)
    client = log_in(beheerder.gebruiker)
    assert client.get(van_ander.get_absolute_url()).status_code == 200
    assert "Bijzondere raad" in client.get(eigen.get_absolute_url()).content.decode()
