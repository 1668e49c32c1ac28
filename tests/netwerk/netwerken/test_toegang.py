"""Who × what × action: each address of networks for each kind of viewer, for three networks of different openness."""

import re

import pytest
from django.test import Client

from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol, Voor, Zicht
from netwerk.models import Lidmaatschap, Netwerk, Professional
from tests.fabriek import maak_blokkade, maak_contact, maak_gebruiker, maak_lid, maak_netwerk, maak_professional

pytestmark = pytest.mark.django_db

WIE = ("bezoeker", "zonder profiel", "portaal", "lid", "beheerder", "aangevraagd", "verwijderd")
# What a GET answers, by viewer in the order of WIE; 'in' is a redirect to log in, 'pr' to make a profile.
IN, PR = "in", "pr"
PUBLIEK = {
    "": (200, 200, 200, 200, 200, 200, 200),
    "leden/": (404, 404, 404, 200, 200, 404, 404),
    "expertise/": (404, 404, 404, 200, 200, 404, 404),
    "beeld/": (404,) * 7,
    "lid-worden/": (IN, PR, 200, "terug", "terug", 200, 200),
    "blijven/": (IN, PR, 404, 200, 200, 404, 404),
    "wekken/": (IN, PR, 404, 200, 200, 404, 404),
    "steunen/": (IN, 200, 200, 200, 200, 200, 200),
    "wijzigen/": (IN, 404, 404, 404, 200, 404, 404),
    "beheer/": (IN, 404, 404, 404, 200, 404, 404),
    "beheer/leden/": (IN, 404, 404, 404, 200, 404, 404),
    "beheer/uitnodigen/": (IN, 404, 404, 404, 200, 404, 404),
    "beheer/links/": (IN, 404, 404, 404, 200, 404, 404),
    "beheer/steun/": (IN, 404, 404, 404, 200, 404, 404),
}
PORTAAL = PUBLIEK | {
    "": (404, 404, 200, 200, 200, 200, 200),
    "leden/": (404, 404, 200, 200, 200, 200, 200),
    "expertise/": (404, 404, 200, 200, 200, 200, 200),
    "steunen/": (IN, 404, 200, 200, 200, 200, 200),
}
BESLOTEN = PUBLIEK | {
    "": (404, 404, 404, 200, 200, 404, 404),
    "lid-worden/": (IN, PR, 404, "terug", "terug", 404, 404),
    "steunen/": (IN, 404, 404, 200, 200, 404, 404),
}
# Who may do what by a POST: the status; 302 is done or told why not.
POSTS = {
    "leden/downloaden/": (IN, 404, 404, 404, 200, 404, 404),
    "mijn-plek/": (IN, PR, 404, 302, 302, 404, 404),
    "beheer/": (IN, 404, 404, 404, 302, 404, 404),
    "beheer/uitnodigen/": (IN, 404, 404, 404, 302, 404, 404),
    "beheer/links/": (IN, 404, 404, 404, 302, 404, 404),
    "wijzigen/": (IN, 404, 404, 404, 200, 404, 404),
}
GEGEVENS = {
    "leden/downloaden/": {"vorm": "csv"},
    "beheer/uitnodigen/": {"email": "gast@voorbeeld.example"},
    "beheer/links/": {"naam": "Folder"},
}


def maak(soort: str) -> Netwerk:
    zicht = {
        "publiek": (Zicht.PUBLIEK, Zicht.NETWERK),
        "portaal": (Zicht.PORTAAL, Zicht.PORTAAL),
        "besloten": (Zicht.NETWERK, Zicht.NETWERK),
    }[soort]
    return maak_netwerk(
        slug="net", zicht_pagina=zicht[0], zicht_leden=zicht[1], zicht_gesprekken=Zicht.NETWERK, naam="Het net"
    )


def kijker(wie: str, netwerk: Netwerk) -> Client:
    client = Client()
    if wie == "bezoeker":
        return client
    if wie == "zonder profiel":
        client.force_login(maak_gebruiker())
        return client
    mens = maak_professional(naam=f"Kijker {wie}")
    if wie in ("lid", "beheerder"):
        maak_lid(netwerk, mens, rol=Rol.BEHEERDER if wie == "beheerder" else Rol.LID)
    elif wie != "portaal":
        maak_lid(netwerk, mens, status=Lidstatus(wie))
    client.force_login(mens.gebruiker)
    return client


def uitkomst(response: object) -> object:
    status = response.status_code  # type: ignore[attr-defined]
    adres = response.headers.get("Location", "")  # type: ignore[attr-defined]
    if adres.startswith("/account/login/"):
        return IN
    if "/profiel" in adres:
        return PR
    return "terug" if adres == "/netwerken/net/" else status


@pytest.mark.parametrize("wie", WIE)
@pytest.mark.parametrize(
    ("soort", "tabel"), [("publiek", PUBLIEK), ("portaal", PORTAAL), ("besloten", BESLOTEN)], ids=lambda v: v if isinstance(v, str) else ""
)  # fmt: skip
def test_wie_mag_wat_zien(soort: str, tabel: dict[str, tuple[object, ...]], wie: str) -> None:
    client = kijker(wie, maak(soort))
    gezien = {pad: uitkomst(client.get(f"/netwerken/net/{pad}")) for pad in tabel}
    assert gezien == {pad: rij[WIE.index(wie)] for pad, rij in tabel.items()}


@pytest.mark.parametrize("wie", WIE)
@pytest.mark.parametrize("soort", ["publiek", "besloten"])
def test_wie_mag_wat_doen(soort: str, wie: str) -> None:
    netwerk = maak(soort)
    client = kijker(wie, netwerk)
    gedaan = {}
    for pad in POSTS:
        response = client.post(f"/netwerken/net/{pad}", GEGEVENS.get(pad, {}))
        gedaan[pad] = 302 if uitkomst(response) == "terug" else uitkomst(response)
    assert gedaan == {pad: rij[WIE.index(wie)] for pad, rij in POSTS.items()}
    aantal = 1 if wie == "beheerder" else 0
    assert (netwerk.uitnodigingen.count(), netwerk.links.count(), netwerk.exports.count()) == (aantal,) * 3


@pytest.mark.parametrize("status", [Netwerkstatus.VOORGESTELD, Netwerkstatus.AFGEWEZEN, Netwerkstatus.GESLOTEN])
@pytest.mark.parametrize("wie", WIE)
def test_wat_niet_leeft_is_er_voor_niemand(status: str, wie: str) -> None:
    netwerk = maak("publiek")
    client = kijker(wie, netwerk)
    Netwerk.objects.update(status=status)
    for pad in PUBLIEK:
        assert uitkomst(client.get(f"/netwerken/net/{pad}")) in (404, IN, PR)
    assert "Het net" not in client.get("/netwerken/").content.decode()


def test_verborgen_is_hetzelfde_als_niet_bestaand() -> None:
    maak("besloten")
    client = kijker("portaal", maak_netwerk())
    een, ander = client.get("/netwerken/net/"), client.get("/netwerken/niks/")
    assert een.status_code == ander.status_code == 404
    zelfde = [
        re.sub(
            rb'value="\w{64}"', b"", response.content.replace(b"/netwerken/net/", b"").replace(b"/netwerken/niks/", b"")
        )
        for response in (een, ander)
    ]
    assert zelfde[0] == zelfde[1]


def namen(client: Client) -> set[str]:
    html = client.get("/netwerken/net/leden/").content.decode()
    return {naam for naam in ("Ina Iedereen", "Lies Leden", "Cor Contact", "Nol Niemand", "Bep Baas") if naam in html}


@pytest.fixture
def open_leden() -> Netwerk:
    netwerk = maak_netwerk(
        slug="net", zicht_leden=Zicht.PUBLIEK, beheerder=maak_professional(naam="Bep Baas", vindbaar_voor=Voor.NIEMAND)
    )
    for naam, voor in (
        ("Ina Iedereen", Voor.IEDEREEN),
        ("Lies Leden", Voor.LEDEN),
        ("Cor Contact", Voor.CONTACTEN),
        ("Nol Niemand", Voor.NIEMAND),
    ):
        maak_lid(netwerk, maak_professional(naam=naam, vindbaar_voor=voor))
    return netwerk


def test_ieder_ziet_van_de_leden_wie_dat_wil(open_leden: Netwerk) -> None:
    def van(wie: Professional | None) -> set[str]:
        client = Client()
        if wie:
            client.force_login(wie.gebruiker)
        return namen(client)

    buiten, contact, lid = maak_professional(), maak_professional(), maak_professional()
    maak_lid(open_leden, lid)
    maak_contact(contact, Professional.objects.get(naam="Cor Contact"))
    assert van(None) == {"Ina Iedereen"}
    assert van(buiten) == {"Ina Iedereen", "Lies Leden", "Bep Baas"}
    assert van(contact) == {"Ina Iedereen", "Lies Leden", "Bep Baas", "Cor Contact"}
    assert van(lid) == {"Ina Iedereen", "Lies Leden", "Cor Contact", "Nol Niemand", "Bep Baas"}
    html = Client().get("/netwerken/net/leden/").content.decode()
    assert "5 leden die" in html


@pytest.mark.parametrize("andersom", [False, True])
def test_wie_geblokkeerd_is_ziet_elkaar_niet(open_leden: Netwerk, andersom: bool) -> None:
    lid = maak_professional()
    maak_lid(open_leden, lid)
    ander = Professional.objects.get(naam="Lies Leden")
    maak_blokkade(*((ander, lid) if andersom else (lid, ander)))
    client = Client()
    client.force_login(lid.gebruiker)
    assert namen(client) == {"Ina Iedereen", "Cor Contact", "Nol Niemand", "Bep Baas"}


@pytest.mark.parametrize(
    ("veld", "waarde"), [("functie", "Wijkverpleegkundige"), ("expertise", "zorgmijders")]
)  # fmt: skip
def test_velden_van_een_lid_volgen_de_eigen_keuze(veld: str, waarde: str) -> None:
    netwerk = maak_netwerk(slug="net", zicht_leden=Zicht.PUBLIEK)
    mens = maak_professional(vindbaar_voor=Voor.IEDEREEN)
    if veld == "expertise":
        mens.expertise.add(waarde)
    else:
        setattr(mens, veld, waarde)
    maak_lid(netwerk, mens)
    lid, contact = maak_professional(), maak_professional()
    maak_lid(netwerk, lid)
    maak_lid(netwerk, contact)
    maak_contact(contact, mens)

    def ziet() -> tuple[bool, ...]:
        uit = []
        for wie in (None, lid, contact, mens):
            client = Client()
            if wie:
                client.force_login(wie.gebruiker)
            uit.append(waarde in client.get("/netwerken/net/leden/").content.decode())
        return tuple(uit)

    verwacht: dict[Voor, tuple[bool, ...]] = {
        Voor.NIEMAND: (False, False, False, True),
        Voor.CONTACTEN: (False, False, True, True),
        Voor.LEDEN: (False, True, True, True),
        Voor.IEDEREEN: (True, True, True, True),
    }
    for voor, rij in verwacht.items():
        setattr(mens, f"{veld}_voor", voor)
        mens.save()
        assert ziet() == rij, voor


def test_een_verborgen_beheerder_wordt_aan_bezoekers_niet_genoemd(open_leden: Netwerk) -> None:
    assert "Bep Baas" not in Client().get("/netwerken/net/").content.decode()
    client = Client()
    client.force_login(maak_professional().gebruiker)
    assert "Bep Baas" in client.get("/netwerken/net/").content.decode()


def test_uitgelogde_en_vreemde_veranderen_niets() -> None:
    netwerk = maak("publiek")
    rij = Lidmaatschap.objects.get(netwerk=netwerk)
    for client in (Client(), kijker("lid", netwerk), kijker("portaal", netwerk)):
        for pad, gegevens in (
            (f"beheer/leden/{rij.pk}/", {"actie": "verwijderen"}),
            ("beheer/steun/", {"actie": "ja", "pk": 1}),
            ("beheer/links/1/", {}),
            ("beheer/uitnodigen/1/intrekken/", {}),
        ):
            assert uitkomst(client.post(f"/netwerken/net/{pad}", gegevens)) in (404, IN)
    rij.refresh_from_db()
    assert (rij.rol, rij.status) == ("beheerder", "lid")
