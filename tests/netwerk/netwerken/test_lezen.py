"""The list of networks and the page of one."""

from typing import Any

import pytest
from django.test import Client

from netwerk.actions.netwerken.basis import zet_vector
from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol, Toelating, Voor, Zicht
from netwerk.models import Netwerk, Professional
from tests.fabriek import (
    maak_gesprek,
    maak_lid,
    maak_netwerk,
    maak_professional,
    maak_thema,
)
from tests.netwerk.netwerken.stappen import als, tekst
from welzijnportal.geo.models import Gemeente, Provincie

pytestmark = pytest.mark.django_db


# The list ------------------------------------------------------------------------------------------


def test_lijst_toont_wat_de_kijker_mag_zien(netwerk: Netwerk, lid: Professional, buiten: Professional) -> None:
    maak_netwerk(naam="Portaalnet", zicht_pagina=Zicht.PORTAAL)
    besloten = maak_netwerk(
        naam="Besloten net", zicht_pagina=Zicht.NETWERK, zicht_leden=Zicht.NETWERK, zicht_gesprekken=Zicht.NETWERK
    )
    maak_lid(besloten, lid)
    maak_netwerk(naam="Nog niet goed", status=Netwerkstatus.VOORGESTELD)
    maak_netwerk(naam="Gesloten net", status=Netwerkstatus.GESLOTEN)
    namen = ("Eenzaamheid Noord", "Portaalnet", "Besloten net", "Nog niet goed", "Gesloten net")

    def gezien(wie: Professional | None) -> set[str]:
        html = tekst(als(wie).get("/netwerken/"))
        return {naam for naam in namen if naam in html}

    assert gezien(None) == {"Eenzaamheid Noord"}
    assert gezien(buiten) == {"Eenzaamheid Noord", "Portaalnet"}
    assert gezien(lid) == {"Eenzaamheid Noord", "Portaalnet", "Besloten net"}


def test_lijst_zoekt_op_woord_thema_en_streek(netwerk: Netwerk) -> None:
    thema = maak_thema(naam="Geld", slug="geld")
    utrecht = Provincie.objects.get(slug="utrecht")
    ander = maak_netwerk(naam="Schuldhulp Utrecht", slug="schuldhulp", doel="Leren van elkaars spreekuren.")
    ander.themas.add(thema)
    ander.provincies.add(utrecht)
    plaatselijk = maak_netwerk(naam="Straatwerkers Groningen", slug="straat", doel="Op straat.")
    plaatselijk.gemeenten.add(Gemeente.objects.get(naam="Groningen"))
    for een in (ander, plaatselijk):
        zet_vector(een)

    def gevonden(vraag: str) -> set[str]:
        html = tekst(Client().get(f"/netwerken/?{vraag}"))
        return {naam for naam in ("Eenzaamheid Noord", "Schuldhulp Utrecht", "Straatwerkers Groningen") if naam in html}

    assert gevonden("q=spreekuur") == {"Schuldhulp Utrecht"}
    assert gevonden("q=geld") == {"Schuldhulp Utrecht"}
    assert gevonden("thema=geld") == {"Schuldhulp Utrecht"}
    assert gevonden("streek=utrecht") == {"Schuldhulp Utrecht", "Eenzaamheid Noord"}
    assert gevonden("streek=groningen") == {"Straatwerkers Groningen", "Eenzaamheid Noord"}
    assert gevonden("streek=landelijk") == {"Eenzaamheid Noord"}
    assert gevonden("q=xyzzy") == set()
    html = tekst(Client().get("/netwerken/?streek=utrecht"))
    assert html.index("Schuldhulp Utrecht") < html.index("Eenzaamheid Noord")


@pytest.mark.parametrize(
    "vraag",
    ["q=%27%29%20|%20x", "q=" + "a" * 10_000, "thema=%3Cscript%3E", "streek=mars", "pagina=-1", "pagina=99999999999999",
     "pagina=%D9%A3", "q=%E2%80%8B", "q=de", "streek[]=utrecht"],
)  # fmt: skip
def test_lijst_en_leden_verdragen_onzin(netwerk: Netwerk, lid: Professional, vraag: str) -> None:
    for adres in ("/netwerken/", "/netwerken/eenzaamheid-noord/leden/", "/netwerken/eenzaamheid-noord/"):
        assert als(lid).get(f"{adres}?{vraag}").status_code == 200


def test_mijn_netwerken_staan_boven_en_slapende_zijn_te_herkennen(netwerk: Netwerk, lid: Professional) -> None:
    maak_lid(maak_netwerk(naam="Slaapnet", status=Netwerkstatus.SLAPEND), lid)
    aangevraagd = maak_netwerk(naam="Vraagnet", toelating=Toelating.AANVRAAG)
    maak_lid(aangevraagd, lid, status=Lidstatus.AANGEVRAAGD)
    html = tekst(als(lid).get("/netwerken/"))
    mijn = html[html.index("Mijn netwerken") : html.index("Alle netwerken")]
    assert all(naam in mijn for naam in ("Eenzaamheid Noord", "Slaapnet", "Lid, slaapt", "Vraagnet", "aangevraagd"))
    assert "Mijn netwerken" not in tekst(Client().get("/netwerken/"))


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_van_de_lijst(aantal: int, django_assert_num_queries: Any) -> None:
    mens = maak_professional()
    for nummer in range(aantal):
        net = maak_netwerk(leden=(mens,))
        net.themas.add(maak_thema())
        net.provincies.add(Provincie.objects.all()[nummer])
    with django_assert_num_queries(2):
        Client().get("/netwerken/")
    client = als(mens)
    client.get("/mijn/")
    with django_assert_num_queries(7):
        client.get("/netwerken/")


# The page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_van_de_pagina(aantal: int, django_assert_num_queries: Any) -> None:
    mens = maak_professional()
    net = maak_netwerk(slug="net", leden=(mens,), zicht_gesprekken=Zicht.PUBLIEK, zicht_leden=Zicht.PUBLIEK)
    for _ in range(aantal):
        maak_lid(net, maak_professional(vindbaar_voor=Voor.IEDEREEN), rol=Rol.BEHEERDER)
        maak_gesprek(net)
    with django_assert_num_queries(4):
        Client().get("/netwerken/net/")
    client = als(mens)
    client.get("/netwerken/net/")
    with django_assert_num_queries(8):
        client.get("/netwerken/net/")
    for adres, anoniem, ingelogd in (("leden/", 3, 8), ("expertise/", 3, 7)):
        with django_assert_num_queries(anoniem):
            Client().get(f"/netwerken/net/{adres}")
        with django_assert_num_queries(ingelogd):
            client.get(f"/netwerken/net/{adres}")


def test_publieke_pagina_zet_geen_koekje_en_mag_worden_bewaard(netwerk: Netwerk) -> None:
    for adres in ("/netwerken/", "/netwerken/eenzaamheid-noord/", "/netwerken/atom/"):
        response = Client().get(adres)
        assert (response.status_code, dict(response.cookies)) == (200, {})
        assert "public" in response["Cache-Control"]
        assert b"csrfmiddlewaretoken" not in response.content
        assert Client().get(adres, headers={"if-none-match": response["ETag"]}).status_code == 304
    besloten = maak_netwerk(slug="portaal", zicht_pagina=Zicht.PORTAAL)
    maak_lid(besloten, maak_professional())
    assert "public" not in als(maak_professional()).get("/netwerken/portaal/")["Cache-Control"]


@pytest.mark.parametrize(
    ("toelating", "woorden"),
    [(Toelating.OPEN, "Lid worden"), (Toelating.AANVRAAG, "Lidmaatschap aanvragen"), (Toelating.UITNODIGING, "met een uitnodiging")],
)  # fmt: skip
def test_de_knop_zegt_hoe_iemand_lid_wordt(
    netwerk: Netwerk, buiten: Professional, toelating: str, woorden: str
) -> None:
    Netwerk.objects.update(toelating=toelating)
    for wie in (None, buiten):
        assert woorden in tekst(als(wie).get("/netwerken/eenzaamheid-noord/"))


def test_wie_geen_profiel_heeft_maakt_er_eerst_een(netwerk: Netwerk, vreemde: Any) -> None:
    client = Client()
    client.force_login(vreemde)
    response = client.get("/netwerken/eenzaamheid-noord/lid-worden/")
    assert response.status_code == 302
    assert "next=%2Fnetwerken%2Feenzaamheid-noord%2Flid-worden%2F" in response["Location"]
    assert "next=" in Client().get("/netwerken/eenzaamheid-noord/lid-worden/")["Location"]
