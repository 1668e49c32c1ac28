"""The list of networks, their page, proposing, changing, joining and leaving."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from netwerk.actions.netwerken import leden as acties
from netwerk.actions.netwerken.basis import NetwerkFout, zet_vector
from netwerk.actions.netwerken.voorstellen import keur_goed, stel_voor, wijs_af
from netwerk.demo.netwerken import vul
from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol, Toelating, Voor, Zicht
from netwerk.models import Gesprek, Kennisgeving, Lidmaatschap, Netwerk, Professional
from netwerk.weergave.netwerken import netwerken_van_organisatie
from tests.fabriek import (
    maak_gebruiker,
    maak_gesprek,
    maak_lid,
    maak_moderator,
    maak_netwerk,
    maak_organisatie,
    maak_professional,
    maak_thema,
)
from welzijnportal.geo.models import Gemeente, Provincie

pytestmark = pytest.mark.django_db


@pytest.fixture
def beheerder() -> Professional:
    return maak_professional(naam="Bea Beheer")


@pytest.fixture
def lid() -> Professional:
    return maak_professional(naam="Lotte Lid")


@pytest.fixture
def netwerk(beheerder: Professional, lid: Professional) -> Netwerk:
    netwerk = maak_netwerk(naam="Eenzaamheid Noord", slug="eenzaamheid-noord", beheerder=beheerder, leden=(lid,))
    zet_vector(netwerk)
    return netwerk


@pytest.fixture
def buiten() -> Professional:
    return maak_professional(naam="Otto Buiten")


def als(mens: Professional | None) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    if mens is not None:
        client.force_login(mens.gebruiker)
    return client


def tekst(response: Any) -> str:
    return " ".join(response.content.decode().split())


def woord(mens: Professional) -> list[str]:
    return list(Kennisgeving.objects.filter(ontvanger=mens.gebruiker).order_by("pk").values_list("tekst", flat=True))


def rollen(netwerk: Netwerk) -> set[tuple[str, str, str]]:
    rijen = Lidmaatschap.objects.filter(netwerk=netwerk)
    return set(rijen.values_list("professional__naam", "rol", "status"))


def klopt_aantal(netwerk: Netwerk) -> bool:
    netwerk.refresh_from_db()
    return netwerk.aantal_leden == Lidmaatschap.objects.leden().filter(netwerk=netwerk).count()


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


# Joining and leaving -------------------------------------------------------------------------------


def test_open_netwerk_lid_worden_en_verlaten(netwerk: Netwerk, buiten: Professional, beheerder: Professional) -> None:
    Netwerk.objects.update(welkom="Stel u **even** voor.", huisregels="Noem geen namen van klanten.")
    client = als(buiten)
    assert "Noem geen namen van klanten" in tekst(client.get("/netwerken/eenzaamheid-noord/lid-worden/"))
    response = client.post("/netwerken/eenzaamheid-noord/lid-worden/", {"deelt_mail": "on"}, follow=True)
    assert "Stel u <strong>even</strong> voor." in tekst(response)
    rij = Lidmaatschap.objects.get(professional=buiten)
    assert (rij.status, rij.rol, rij.deelt_mail) == ("lid", "lid", True)
    assert klopt_aantal(netwerk)
    assert woord(beheerder) == ["Otto Buiten is lid geworden van ‘Eenzaamheid Noord’."]
    client.post("/netwerken/eenzaamheid-noord/mijn-plek/", {})
    assert not Lidmaatschap.objects.get(professional=buiten).deelt_mail
    response = client.post("/netwerken/eenzaamheid-noord/verlaten/", follow=True)
    assert "geen lid meer" in tekst(response)
    assert "blijft staan" in tekst(response)
    assert not Lidmaatschap.objects.filter(professional=buiten).exists()
    assert klopt_aantal(netwerk)
    assert "U was geen lid" in tekst(client.post("/netwerken/eenzaamheid-noord/verlaten/", follow=True))


def test_aanvraag_met_vragen_wordt_beoordeeld(netwerk: Netwerk, buiten: Professional, beheerder: Professional) -> None:
    Netwerk.objects.update(toelating=Toelating.AANVRAAG, vragen=["Waar werkt u?", "Wat zoekt u?"])
    adres = "/netwerken/eenzaamheid-noord/lid-worden/"
    response = als(buiten).post(adres, {"antwoord_0": "In de wijk"})
    assert "Beantwoord deze vraag" in tekst(response)
    assert "In de wijk" in tekst(response)
    als(buiten).post(adres, {"antwoord_0": "In <b>de</b> wijk", "antwoord_1": "Ideeën"})
    rij = Lidmaatschap.objects.get(professional=buiten)
    assert (rij.status, rij.antwoorden) == ("aangevraagd", ["In <b>de</b> wijk", "Ideeën"])
    assert woord(beheerder) == ["Otto Buiten wil lid worden van ‘Eenzaamheid Noord’. Kunt u antwoorden?"]
    html = tekst(als(beheerder).get("/netwerken/eenzaamheid-noord/beheer/"))
    assert "In &lt;b&gt;de&lt;/b&gt; wijk" in html
    als(beheerder).post("/netwerken/eenzaamheid-noord/beheer/", {"pk": rij.pk, "besluit": "ja"})
    assert ("Otto Buiten", "lid", "lid") in rollen(netwerk)
    assert klopt_aantal(netwerk)
    assert woord(buiten) == ["U bent lid van ‘Eenzaamheid Noord’. Welkom!"]
    nogmaals = als(beheerder).post(
        "/netwerken/eenzaamheid-noord/beheer/", {"pk": rij.pk, "besluit": "nee"}, follow=True
    )
    assert "al behandeld" in tekst(nogmaals)


def test_afgewezen_vraagt_na_dertig_dagen_opnieuw(
    netwerk: Netwerk, buiten: Professional, beheerder: Professional
) -> None:
    Netwerk.objects.update(toelating=Toelating.AANVRAAG)
    netwerk.refresh_from_db()
    rij = acties.word_lid(netwerk=netwerk, door=buiten)
    with pytest.raises(NetwerkFout, match="al gevraagd"):
        acties.word_lid(netwerk=netwerk, door=buiten)
    acties.beslis(lid=rij, ja=False, door=beheerder)
    with pytest.raises(NetwerkFout, match="Na 30 dagen"):
        acties.word_lid(netwerk=netwerk, door=buiten)
    Lidmaatschap.objects.filter(pk=rij.pk).update(gevraagd_op=timezone.now() - timedelta(days=31))
    assert acties.word_lid(netwerk=netwerk, door=buiten).status == Lidstatus.AANGEVRAAGD
    als(buiten).post("/netwerken/eenzaamheid-noord/verlaten/")
    assert not Lidmaatschap.objects.filter(professional=buiten).exists()
    assert klopt_aantal(netwerk)


def test_op_uitnodiging_komt_niemand_er_zelf_in(netwerk: Netwerk, buiten: Professional) -> None:
    Netwerk.objects.update(toelating=Toelating.UITNODIGING)
    response = als(buiten).post("/netwerken/eenzaamheid-noord/lid-worden/", {})
    assert "Hiervoor hebt u een uitnodiging nodig" in tekst(response)
    assert not Lidmaatschap.objects.filter(professional=buiten).exists()


def test_verwijderd_lid_met_open_pagina(netwerk: Netwerk, lid: Professional, beheerder: Professional) -> None:
    Netwerk.objects.update(zicht_pagina=Zicht.NETWERK, zicht_leden=Zicht.NETWERK, zicht_gesprekken=Zicht.NETWERK)
    client = als(lid)
    assert client.get("/netwerken/eenzaamheid-noord/").status_code == 200
    rij = Lidmaatschap.objects.get(professional=lid)
    adres = f"/netwerken/eenzaamheid-noord/beheer/leden/{rij.pk}/"
    als(beheerder).post(adres, {"actie": "verwijderen"})
    assert ("Lotte Lid", "lid", "verwijderd") in rollen(netwerk)
    assert klopt_aantal(netwerk)
    for pad in ("", "leden/", "mijn-plek/", "verlaten/", "blijven/"):
        assert client.post(f"/netwerken/eenzaamheid-noord/{pad}").status_code in (404, 405)
    assert client.get("/netwerken/eenzaamheid-noord/").status_code == 404
    assert woord(lid) == ["Een beheerder heeft u uit ‘Eenzaamheid Noord’ gehaald. Wat u schreef, blijft staan."]
    Netwerk.objects.update(zicht_pagina=Zicht.PUBLIEK)
    assert "haalde u uit dit netwerk" in tekst(client.get("/netwerken/eenzaamheid-noord/"))
    response = client.post("/netwerken/eenzaamheid-noord/lid-worden/", {})
    assert "Hiervoor hebt u een uitnodiging nodig" in tekst(response)
    assert ("Lotte Lid", "lid", "verwijderd") in rollen(netwerk)
    assert als(beheerder).post(adres, {"actie": "beheerder"}).status_code == 404


# Roles ---------------------------------------------------------------------------------------------


def test_rollen_overdragen_en_de_laatste_blijft(netwerk: Netwerk, beheerder: Professional, lid: Professional) -> None:
    client = als(beheerder)
    eigen = Lidmaatschap.objects.get(professional=beheerder)
    ander = Lidmaatschap.objects.get(professional=lid)
    adres = "/netwerken/eenzaamheid-noord/beheer/leden/"
    for doen in (
        lambda: client.post(f"{adres}{eigen.pk}/", {"actie": "lid"}, follow=True),
        lambda: client.post("/netwerken/eenzaamheid-noord/verlaten/", follow=True),
    ):
        assert "U bent de enige beheerder" in tekst(doen())
    assert "Uzelf haalt u er niet uit" in tekst(
        client.post(f"{adres}{eigen.pk}/", {"actie": "verwijderen"}, follow=True)
    )
    client.post(f"{adres}{ander.pk}/", {"actie": "beheerder"})
    client.post(f"{adres}{eigen.pk}/", {"actie": "lid"})
    assert rollen(netwerk) == {("Bea Beheer", "lid", "lid"), ("Lotte Lid", "beheerder", "lid")}
    assert client.get(adres).status_code == 404
    als(lid).post(f"{adres}{eigen.pk}/", {"actie": "overdragen"})
    assert rollen(netwerk) == {("Bea Beheer", "beheerder", "lid"), ("Lotte Lid", "lid", "lid")}
    assert "Kies wat u wilt doen" in tekst(client.post(f"{adres}{ander.pk}/", {"actie": "baas"}, follow=True))
    assert woord(lid)[0].startswith("U bent nu beheerder van")


def test_een_lid_van_een_ander_netwerk_is_niet_te_bereiken(netwerk: Netwerk, beheerder: Professional) -> None:
    elders = Lidmaatschap.objects.get(netwerk=maak_netwerk(), rol=Rol.BEHEERDER)
    client = als(beheerder)
    for actie in ("lid", "beheerder", "verwijderen"):
        adres = f"/netwerken/eenzaamheid-noord/beheer/leden/{elders.pk}/"
        assert client.post(adres, {"actie": actie}).status_code == 404
    aanvraag = maak_lid(maak_netwerk(), status=Lidstatus.AANGEVRAAGD)
    client.post("/netwerken/eenzaamheid-noord/beheer/", {"pk": aanvraag.pk, "besluit": "ja"})
    aanvraag.refresh_from_db()
    assert aanvraag.status == Lidstatus.AANGEVRAAGD


# Proposing -----------------------------------------------------------------------------------------

VOORSTEL = {
    "naam": "Netwerk rouw",
    "doel": "Leren hoe u nabij blijft.",
    "toelating": "aanvraag",
    "tekst": "Voor iedereen.",
}


def test_voorstellen_keuren_en_beheerder_worden(client: Client) -> None:
    mens = maak_professional(bevestigd=True)
    thema = maak_thema()
    response = als(mens).post("/netwerken/voorstellen/", {**VOORSTEL, "themas": [thema.pk], "provincies": ["PV20"]})
    assert response["Location"] == "/netwerken/"
    netwerk = Netwerk.objects.get()
    assert (netwerk.slug, netwerk.status, netwerk.toelating) == ("netwerk-rouw", "voorgesteld", "aanvraag")
    assert (list(netwerk.themas.all()), [p.pk for p in netwerk.provincies.all()]) == ([thema], ["PV20"])
    assert "De redactie kijkt ernaar" in tekst(als(mens).get("/netwerken/"))
    assert als(mens).get("/netwerken/netwerk-rouw/").status_code == 404
    keur_goed(netwerk=netwerk, door=maak_moderator())
    assert rollen(netwerk) == {(mens.naam, "beheerder", "lid")}
    assert klopt_aantal(netwerk)
    assert als(mens).get("/netwerken/netwerk-rouw/beheer/").status_code == 200
    assert woord(mens)[0].startswith("Uw netwerk ‘Netwerk rouw’ is goedgekeurd.")
    with pytest.raises(NetwerkFout, match="al beoordeeld"):
        wijs_af(netwerk=netwerk, door=maak_moderator(), reden="Toch niet.")


def test_afwijzen_met_reden_en_opnieuw_voorstellen() -> None:
    mens = maak_professional(bevestigd=True)
    netwerk = stel_voor(door=mens, velden={"naam": "Netwerk x", "doel": "Doel"})
    wijs_af(netwerk=netwerk, door=maak_moderator(), reden="Er is al een netwerk hierover.")
    html = tekst(als(mens).get("/netwerken/"))
    assert "Er is al een netwerk hierover." in html
    assert 'value="Netwerk x"' in tekst(als(mens).get("/netwerken/voorstellen/?opnieuw=netwerk-x"))
    assert 'value="Netwerk x"' not in tekst(
        als(maak_professional(bevestigd=True)).get("/netwerken/voorstellen/?opnieuw=netwerk-x")
    )


def test_zonder_bevestigd_profiel_staat_er_hoe_het_wel_kan(buiten: Professional) -> None:
    assert "Hoe krijgt u dat?" in tekst(als(buiten).get("/netwerken/voorstellen/"))
    als(buiten).post("/netwerken/voorstellen/", VOORSTEL)
    assert not Netwerk.objects.exists()
    with pytest.raises(NetwerkFout, match="bevestigd profiel"):
        stel_voor(door=buiten, velden={"naam": "X", "doel": "Y"})


def test_voorstel_weigert_wat_niet_kan(netwerk: Netwerk) -> None:
    mens = maak_professional(bevestigd=True)
    themas = [maak_thema().pk for _ in range(6)]

    def fout(**anders: Any) -> str:
        return tekst(als(mens).post("/netwerken/voorstellen/", {**VOORSTEL, **anders}))

    assert "al een netwerk met deze naam" in fout(naam="EENZAAMHEID noord")
    assert "Kies er hoogstens 5" in fout(themas=themas)
    assert "te lezen is" in fout(naam="\u200b")
    assert "Kies een van deze drie" in fout(toelating="alles")
    assert "Dit thema bestaat niet" in fout(themas=["abc"])
    assert "één regel" in fout(doel="a\u202eb")
    assert Netwerk.objects.count() == 1
    for nummer in range(3):
        fout(naam=f"Net {nummer}")
    assert "wachten al drie voorstellen" in fout(naam="Net 4")
    assert Netwerk.objects.count() == 4


def test_gelijke_namen_krijgen_een_eigen_adres() -> None:
    mens = maak_professional(bevestigd=True)
    slugs = [stel_voor(door=mens, velden={"naam": naam, "doel": "d"}).slug for naam in ("Atom", "Atom", "!!!")]
    assert slugs == ["atom-2", "atom-3", "netwerk"]


# Changing ------------------------------------------------------------------------------------------


def wijzig_invoer(netwerk: Netwerk, **anders: Any) -> dict[str, Any]:
    netwerk.refresh_from_db()
    velden = (
        "naam", "doel", "tekst", "toelating", "taal", "zicht_pagina", "zicht_leden", "zicht_gesprekken", "welkom",
        "huisregels",
    )  # fmt: skip
    invoer = {naam: getattr(netwerk, naam) for naam in velden} | {"gezien_op": netwerk.gewijzigd_op.isoformat()}
    return {naam: waarde for naam, waarde in (invoer | anders).items() if waarde is not None}


def test_wijzigen_bewaart_alles(netwerk: Netwerk, beheerder: Professional) -> None:
    thema = maak_thema()
    invoer = wijzig_invoer(
        netwerk, naam="Samen tegen eenzaamheid", doel="Nieuw doel", tekst="# Kop\n<script>alert(1)</script>", themas=[thema.pk],
        provincies=["PV20", "PV26"], gemeenten="ede,  Wageningen,ede", vraag_1="Waarom?", vraag_3="Waar?",
        toelating="aanvraag", zicht_leden=2, zicht_gesprekken=3, huisregels="Wees aardig", taal="en",
        huisregels_bekijken_datum=str(timezone.localdate() + timedelta(days=30)), welkom="Hoi",
    )  # fmt: skip
    response = als(beheerder).post("/netwerken/eenzaamheid-noord/wijzigen/", invoer)
    assert response["Location"] == "/netwerken/eenzaamheid-noord/"
    netwerk.refresh_from_db()
    assert (netwerk.naam, netwerk.vragen, netwerk.taal) == ("Samen tegen eenzaamheid", ["Waarom?", "Waar?"], "en")
    assert sorted(g.naam for g in netwerk.gemeenten.all()) == ["Ede", "Wageningen"]
    assert netwerk.provincies.count() == 2
    html = tekst(Client().get("/netwerken/eenzaamheid-noord/"))
    assert "<h3>Kop</h3>" in html
    assert "alert(1)</script>" not in html
    assert "Samen tegen eenzaamheid" in tekst(Client().get("/netwerken/?q=nieuw+doel"))


def test_wijzigen_weigert_wat_niet_kan_en_houdt_wat_getypt_is(netwerk: Netwerk, beheerder: Professional) -> None:
    client = als(beheerder)

    def fout(**anders: Any) -> str:
        return tekst(client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, **anders)))

    html = fout(zicht_pagina=1, zicht_leden=2, tekst="Mijn lange tekst")
    assert "Dit kan niet ruimer zijn dan de pagina zelf" in html
    assert "Mijn lange tekst" in html
    assert "Deze gemeente kennen wij niet: Lutjebroekerdam" in fout(gemeenten="Ede, Lutjebroekerdam")
    assert "Kies een dag die nog komt" in fout(huisregels_bekijken_datum="2020-01-01")
    assert "komende vijf jaar" in fout(huisregels_bekijken_datum="9999-12-31")
    assert "Kies een van deze drie" in fout(zicht_pagina=7)
    nep = io.BytesIO(b"GIF89a niets")
    nep.name = "foto.jpg"
    assert "niet als afbeelding lezen" in fout(beeld=nep)
    netwerk.refresh_from_db()
    assert netwerk.zicht_pagina == Zicht.PUBLIEK


def test_wie_een_oudere_versie_zag_overschrijft_niets(
    netwerk: Netwerk, beheerder: Professional, lid: Professional
) -> None:
    Lidmaatschap.objects.filter(professional=lid).update(rol=Rol.BEHEERDER)
    oud = wijzig_invoer(netwerk, doel="Van Lotte")
    als(beheerder).post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, doel="Van Bea"))
    html = tekst(als(lid).post("/netwerken/eenzaamheid-noord/wijzigen/", oud))
    assert "intussen gewijzigd" in html
    assert "Van Lotte" in html
    netwerk.refresh_from_db()
    assert netwerk.doel == "Van Bea"


def test_smaller_zicht_versmalt_gesprekken_en_ruimer_laat_ze(netwerk: Netwerk, beheerder: Professional) -> None:
    Netwerk.objects.update(zicht_gesprekken=Zicht.PUBLIEK)
    netwerk.refresh_from_db()
    open_gesprek = maak_gesprek(netwerk, titel="Open gesprek")
    intern = maak_gesprek(netwerk, titel="Intern gesprek", zicht=Zicht.NETWERK)
    elders = maak_gesprek(maak_netwerk(zicht_gesprekken=Zicht.PUBLIEK))
    assert "Open gesprek" in tekst(Client().get("/netwerken/eenzaamheid-noord/"))
    assert "Intern gesprek" not in tekst(Client().get("/netwerken/eenzaamheid-noord/"))
    client = als(beheerder)
    client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, zicht_gesprekken=2))
    zicht = dict(Gesprek.objects.values_list("pk", "zicht"))
    assert zicht == {open_gesprek.pk: 2, intern.pk: 1, elders.pk: 3}
    client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, zicht_gesprekken=3))
    assert dict(Gesprek.objects.values_list("pk", "zicht")) == zicht
    assert "Open gesprek" not in tekst(Client().get("/netwerken/eenzaamheid-noord/"))


def test_afbeelding_wordt_opnieuw_geschreven_en_volgt_het_zicht(
    netwerk: Netwerk, beheerder: Professional, buiten: Professional, client: Any
) -> None:
    ruw = io.BytesIO()
    Image.new("RGB", (1600, 700), "#0f4d4b").save(ruw, "JPEG", exif=b"Exif\x00\x00geheim")
    ruw.seek(0)
    ruw.name = "plek.jpg"
    client.force_login(beheerder.gebruiker)
    client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, beeld=ruw))
    response: Any = Client().get("/netwerken/eenzaamheid-noord/beeld/")
    inhoud = b"".join(response.streaming_content)
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "image/jpeg")
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"geheim" not in inhoud
    assert Image.open(io.BytesIO(inhoud)).width == 1200
    netwerk.refresh_from_db()
    oud = netwerk.beeld.path
    Netwerk.objects.update(zicht_pagina=1, zicht_leden=1, zicht_gesprekken=1)
    assert als(buiten).get("/netwerken/eenzaamheid-noord/beeld/").status_code == 404
    client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, beeld_weg="on"))
    assert client.get("/netwerken/eenzaamheid-noord/beeld/").status_code == 404
    assert not Path(oud).exists()


# Constraints ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"zicht_pagina": 4, "zicht_leden": 1}, "netwerk_zicht_bestaat"),
        ({"zicht_pagina": 1, "zicht_leden": 2}, "netwerk_pagina_is_het_ruimst"),
        ({"zicht_pagina": 2, "zicht_leden": 1, "zicht_gesprekken": 3}, "netwerk_pagina_is_het_ruimst"),
    ],
)
def test_grenzen_van_een_netwerk(netwerk: Netwerk, velden: dict[str, int], naam: str) -> None:
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Netwerk.objects.update(**velden)


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"rol": "beheerder", "status": "aangevraagd"}, "lidmaatschap_beheerder_is_lid"),
        ({"sinds_op": None}, "lidmaatschap_lid_heeft_begin"),
    ],
)
def test_grenzen_van_een_lidmaatschap(netwerk: Netwerk, lid: Professional, velden: dict[str, Any], naam: str) -> None:
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Lidmaatschap.objects.filter(professional=lid).update(**velden)


def test_iemand_is_een_keer_lid(netwerk: Netwerk, lid: Professional) -> None:
    with pytest.raises(IntegrityError, match="lidmaatschap_een_per_persoon"), transaction.atomic():
        Lidmaatschap.objects.create(netwerk=netwerk, professional=lid, sinds_op=timezone.now())


# Admin, feed, sitemap, organisations ---------------------------------------------------------------


def test_wachtrij_van_moderatoren(client: Any, settings: Any) -> None:
    from django.contrib.auth.models import Permission

    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    mens = maak_professional(bevestigd=True)
    netwerk = stel_voor(door=mens, velden={"naam": "Netwerk rouw", "doel": "Nabij blijven"})
    moderator = maak_moderator()
    client.force_login(moderator)
    assert client.get("/beheer/netwerk/netwerk/wachtrij/").status_code == 403
    moderator.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="netwerk", codename__in=["change_netwerk", "view_netwerk"])
    )
    moderator = type(moderator).objects.get(pk=moderator.pk)
    client.force_login(moderator)
    bank = tekst(client.get("/beheer/"))
    assert "Een professional stelt een netwerk voor." in bank
    assert "Nieuwe vermeldingen" in bank
    assert "Netwerk rouw" in tekst(client.get("/beheer/netwerk/netwerk/wachtrij/"))
    leeg = client.post("/beheer/netwerk/netwerk/wachtrij/", {"pk": netwerk.pk, "besluit": "afwijzen", "reden": ""})
    assert "Schrijf op waarom niet" in tekst(leeg)
    client.post("/beheer/netwerk/netwerk/wachtrij/", {"pk": netwerk.pk, "besluit": "goedkeuren"})
    netwerk.refresh_from_db()
    assert netwerk.status == "actief"
    for pad in ("", f"{netwerk.pk}/change/"):
        assert client.get(f"/beheer/netwerk/netwerk/{pad}").status_code == 200
    assert client.post("/beheer/netwerk/netwerk/wachtrij/", {"pk": "abc"}).status_code == 404
    client.post("/beheer/netwerk/netwerk/", {"action": "sluit", "_selected_action": [netwerk.pk]})
    assert als(mens).get("/netwerken/netwerk-rouw/").status_code == 404


def test_atom_toont_alleen_publieke(netwerk: Netwerk) -> None:
    maak_netwerk(naam="Geheim net", zicht_pagina=Zicht.PORTAAL)
    html = tekst(Client().get("/netwerken/atom/"))
    assert "Eenzaamheid Noord" in html
    assert "Geheim net" not in html


def test_sitemap_noemt_alleen_publieke(netwerk: Netwerk) -> None:
    maak_netwerk(slug="geheim-net", zicht_pagina=Zicht.PORTAAL)
    html = tekst(Client().get("/sitemap-netwerken.xml"))
    assert "/netwerken/eenzaamheid-noord/</loc>" in html
    assert "geheim-net" not in html


def test_demo_maakt_acht_netwerken_een_keer(django_assert_max_num_queries: Any) -> None:
    mensen = [maak_professional() for _ in range(25)]
    with django_assert_max_num_queries(150):
        netwerken = vul()
    vul()
    assert (len(netwerken), Netwerk.objects.count()) == (8, 9)
    assert all(klopt_aantal(een) for een in netwerken)
    assert Lidmaatschap.objects.beheerders().filter(professional=mensen[0]).exists()
    for een in netwerken:
        een.full_clean(exclude=["beoordeeld_door"])
        assert als(mensen[0]).get(een.get_absolute_url()).status_code in (200, 404)


def test_laatst_gezien_wordt_een_keer_per_dag_geschreven(netwerk: Netwerk, lid: Professional) -> None:
    client = als(lid)
    with time_machine.travel("2026-11-24T10:00Z", tick=False):
        client.force_login(lid.gebruiker)
        Lidmaatschap.objects.filter(professional=lid).update(laatst_gezien_op=None)
        client.get("/netwerken/eenzaamheid-noord/")
    eerste = Lidmaatschap.objects.get(professional=lid).laatst_gezien_op
    with time_machine.travel("2026-11-24T20:00Z", tick=False):
        client.get("/netwerken/eenzaamheid-noord/")
    assert Lidmaatschap.objects.get(professional=lid).laatst_gezien_op == eerste
    assert eerste is not None
    assert eerste.date() == date(2026, 11, 24)


def test_netwerken_van_een_organisatie_in_een_vraag(netwerk: Netwerk) -> None:
    organisatie = maak_organisatie()
    geheim = maak_netwerk(zicht_pagina=Zicht.PORTAAL)
    for net, status in ((netwerk, "bevestigd"), (geheim, "bevestigd"), (maak_netwerk(), "gevraagd")):
        net.steun.create(
            organisatie=organisatie,
            status=status,
            gevraagd_door_kant="netwerk",
            bevestigd_op=timezone.now() if status == "bevestigd" else None,
        )
    with CaptureQueriesContext(connection) as vragen:
        assert netwerken_van_organisatie(organisatie) == [netwerk]
    assert len(vragen) == 1


def test_een_account_zonder_profiel_ziet_wat_een_bezoeker_ziet(netwerk: Netwerk) -> None:
    client = Client()
    client.force_login(maak_gebruiker())
    assert client.get("/netwerken/eenzaamheid-noord/").status_code == 200
    Netwerk.objects.update(zicht_pagina=Zicht.PORTAAL)
    assert client.get("/netwerken/eenzaamheid-noord/").status_code == 404
