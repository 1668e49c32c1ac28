import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from netwerk.actions.gesprekken.basis import GesprekFout
from netwerk.actions.gesprekken.helpen import zet_hielp
from netwerk.actions.gesprekken.plaatsen import plaats, reageer
from netwerk.actions.gesprekken.wijzigen import HERSTELBAAR, wis_ingetrokken
from netwerk.keuzes import Netwerkstatus, Plaatsing, Rol, Zicht
from netwerk.models import Gesprek, Gesprekvolger, Hielp, Kennisgeving, Netwerk, Reactie, Tekstversie
from netwerk.weergave.kennis import Kennisvraag
from netwerk.weergave.kennis import zoek as zoek_kennis
from tests.fabriek import (
    maak_blokkade,
    maak_gebruiker,
    maak_gesprek,
    maak_lid,
    maak_netwerk,
    maak_professional,
    maak_reactie,
)

pytestmark = pytest.mark.django_db
TEKST = "Wij gaan **langs de deuren** en bellen aan."


@pytest.fixture
def lid() -> Any:
    return maak_professional(naam="Lena Lid")


@pytest.fixture
def netwerk(lid: Any) -> Netwerk:
    return maak_netwerk(
        naam="Eenzaamheid", slug="eenzaamheid", beheerder=maak_professional(naam="Bea Beheer"), leden=(lid,),
        zicht_gesprekken=Zicht.NETWERK,
    )  # fmt: skip


def begin(netwerk: Netwerk, door: Any, **velden: Any) -> Gesprek:
    return plaats(
        door=door,
        netwerk=netwerk,
        velden={"soort": "vraag", "titel": "Hoe?", "tekst": TEKST, **velden},
        labels=["deur"],
    )


# Placing and replying


def test_een_gesprek_beginnen_en_reageren(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    client = log_in(lid.gebruiker)
    velden = {"soort": "vraag", "titel": "Hoe bereikt u mannen?", "tekst": TEKST, "labels": "mannen", "zicht": "1"}
    antwoord = client.post("/netwerken/eenzaamheid/gesprekken/nieuw/", velden)
    gesprek = Gesprek.objects.get()
    assert antwoord["Location"] == gesprek.get_absolute_url()
    html = client.get(gesprek.get_absolute_url()).content.decode()
    assert "<strong>langs de deuren</strong>" in html
    assert Kennisgeving.objects.get().tekst == "Lena Lid begon een gesprek in Eenzaamheid"
    beheerder = netwerk.lidmaatschappen.get(rol=Rol.BEHEERDER).professional
    client = log_in(beheerder.gebruiker)
    assert client.post(gesprek.get_absolute_url(), {"tekst": "Met voetbal."}).status_code == 302
    assert Kennisgeving.objects.filter(ontvanger=lid.gebruiker).count() == 1
    netwerk.refresh_from_db()
    assert netwerk.laatste_op is not None
    html = client.get(gesprek.get_absolute_url()).content.decode()
    assert "Met voetbal." in html
    assert "1 reactie" in html
    lijst = client.get("/netwerken/eenzaamheid/gesprekken/").content.decode()
    assert "Hoe bereikt u mannen?" in lijst
    assert "Hoe bereikt u mannen?" in client.get("/netwerken/eenzaamheid/").content.decode()


def test_voorbeeld_plaatst_niets_en_houdt_de_tekst(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    client = log_in(lid.gebruiker)
    velden = {"soort": "vraag", "titel": "T", "tekst": "Dit is **dik**", "zicht": "1", "voorbeeld": "1"}
    html = client.post("/netwerken/eenzaamheid/gesprekken/nieuw/", velden).content.decode()
    assert "<strong>dik</strong>" in html
    assert "Dit is **dik**</textarea>" in html
    assert not Gesprek.objects.exists()
    gesprek = begin(netwerk, lid)
    html = client.post(gesprek.get_absolute_url(), {"tekst": "En *dit*", "voorbeeld": "1"}).content.decode()
    assert "<em>dit</em>" in html
    assert not Reactie.objects.exists()


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"titel": ""}, "Geef uw gesprek een titel."),
        ({"tekst": ""}, "Schrijf eerst iets."),
        ({"tekst": "\u200b"}, "te lezen"),
        ({"tekst": "x" * 20_001}, "20000"),
        ({"zicht": "3"}, "Selecteer"),
        ({"soort": "preek"}, "Selecteer"),
        ({"titel": "a\x07b"}, "teken"),
    ],
)
def test_een_gesprek_met_een_fout(log_in: Any, netwerk: Netwerk, lid: Any, velden: dict[str, str], fout: str) -> None:
    goed = {"soort": "vraag", "titel": "Mijn titel", "tekst": "Mijn tekst", "zicht": "1"}
    html = log_in(lid.gebruiker).post("/netwerken/eenzaamheid/gesprekken/nieuw/", {**goed, **velden}).content.decode()
    assert fout in html
    assert "Mijn t" in html
    assert not Gesprek.objects.exists()


@pytest.mark.parametrize(
    ("tekst", "niet"),
    [
        ("[klik](javascript:alert(1))", 'javascript:alert(1)"'),
        ("[klik](data:text/html;base64,xx)", 'href="data:text'),
        ("![pixel](https://kwaad.example/p.png)", '<img src="https://kwaad'),
        ("<script>alert(1)</script>", "<script>alert"),
        ("<img src=x onerror=alert(1)>", "<img src=x"),
        ("> " * 500 + "diep", "onmogelijk"),
        ("[" * 5000 + "](" * 5000, "onmogelijk"),
        ("w" * 10_000, "onmogelijk"),
        ("**" * 9000, "onmogelijk"),
    ],
)
def test_kwade_opmaak_doet_niets(log_in: Any, netwerk: Netwerk, lid: Any, tekst: str, niet: str) -> None:
    gesprek = begin(netwerk, lid, tekst=tekst)
    maak_reactie(gesprek, lid, tekst=tekst)
    antwoord = log_in(lid.gebruiker).get(gesprek.get_absolute_url())
    assert antwoord.status_code == 200
    assert niet not in antwoord.content.decode()


def test_twee_keer_drukken_is_een_keer(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    eerste, tweede = begin(netwerk, lid), begin(netwerk, lid)
    assert eerste == tweede
    assert reageer(gesprek=eerste, door=lid, tekst="Ja.") == reageer(gesprek=eerste, door=lid, tekst="Ja.")
    assert reageer(gesprek=eerste, door=lid, tekst="Nee.").nummer == 2


def test_antwoord_op_een_antwoord_is_een_laag_diep(netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, lid)
    boven = reageer(gesprek=gesprek, door=lid, tekst="Een")
    onder = reageer(gesprek=gesprek, door=lid, tekst="Twee", op=boven)
    dieper = reageer(gesprek=gesprek, door=lid, tekst="Drie", op=onder)
    assert (onder.op, dieper.op) == (boven, boven)


@pytest.mark.django_db(transaction=True)
def test_twintig_reacties_tegelijk_krijgen_elk_een_nummer() -> None:
    netwerk = maak_netwerk(zicht_gesprekken=Zicht.NETWERK)
    mensen = [maak_lid(netwerk).professional for _ in range(10)]
    gesprek = begin(netwerk, mensen[0])
    hek, fouten = threading.Barrier(10), []

    def schrijf(wie: Any) -> None:
        try:
            hek.wait()
            for nummer in range(2):
                reageer(gesprek=gesprek, door=wie, tekst=f"Van {wie.pk}, nummer {nummer}")
        except Exception as fout:  # noqa: BLE001 - told by the test below
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=schrijf, args=(wie,)) for wie in mensen]
    [draad.start() for draad in draden]
    [draad.join() for draad in draden]
    assert fouten == []
    assert list(gesprek.reacties.values_list("nummer", flat=True)) == list(range(1, 21))
    gesprek.refresh_from_db()
    assert gesprek.aantal_reacties == 20


def test_een_slapend_netwerk_wordt_wakker(netwerk: Netwerk, lid: Any) -> None:
    Netwerk.objects.filter(pk=netwerk.pk).update(status=Netwerkstatus.SLAPEND)
    begin(netwerk, lid)
    netwerk.refresh_from_db()
    assert netwerk.status == Netwerkstatus.ACTIEF


def test_wie_wordt_genoemd_krijgt_bericht_en_een_vreemde_niet(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    ander = maak_lid(netwerk, maak_professional(naam="Piet Pietersen")).professional
    vreemde = maak_professional(naam="Vera Vreemd")
    gesprek = begin(netwerk, lid, tekst="Weet @Piet Pietersen dit, of @Vera Vreemd?")
    assert gesprek.tekst == f"Weet @[{ander.code}] dit, of @Vera Vreemd?"
    soorten = dict(Kennisgeving.objects.values_list("ontvanger", "soort"))
    assert soorten[ander.gebruiker_id] == "vermelding"
    assert vreemde.gebruiker_id not in soorten
    html = log_in(lid.gebruiker).get(gesprek.get_absolute_url()).content.decode()
    assert f'<a href="{ander.get_absolute_url()}">@Piet Pietersen</a>' in html
    ander.naam = "Piet de Vries"
    ander.save()
    assert "@Piet de Vries" in log_in(lid.gebruiker).get(gesprek.get_absolute_url()).content.decode()


# Who may what


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


# Changing, withdrawing, helping


def test_wijzigen_houdt_wat_er_stond(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, lid)
    client = log_in(lid.gebruiker)
    velden = {"titel": "Beter", "tekst": "Nieuwe tekst", "labels": "anders", "gezien": ""}
    client.post(f"{gesprek.get_absolute_url()}wijzigen/", velden)
    gesprek.refresh_from_db()
    assert (gesprek.titel, list(gesprek.labels.names())) == ("Beter", ["anders"])
    html = client.get(f"{gesprek.get_absolute_url()}versies/").content.decode()
    assert "langs de deuren" in html
    tweede = client.post(f"{gesprek.get_absolute_url()}wijzigen/", {**velden, "tekst": "Van een oud venster"})
    html = tweede.content.decode()
    assert "intussen gewijzigd" in html
    assert "Nieuwe tekst" in html
    assert "Van een oud venster" in html
    gesprek.refresh_from_db()
    assert gesprek.tekst == "Nieuwe tekst"


def test_intrekken_haalt_het_weg_en_kan_terug(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, lid, titel="Zeldzaamwoord")
    reactie = reageer(gesprek=gesprek, door=lid, tekst="Weg ermee")
    client = log_in(lid.gebruiker)
    client.post(f"{gesprek.get_absolute_url()}1/doen/", {"actie": "trek_in"})
    html = client.get(gesprek.get_absolute_url()).content.decode()
    assert "Weg ermee" not in html
    assert "Ingetrokken door de schrijver" in html
    client.post(f"{gesprek.get_absolute_url()}1/doen/", {"actie": "herstel"})
    assert "Weg ermee" in client.get(gesprek.get_absolute_url()).content.decode()
    client.post(f"{gesprek.get_absolute_url()}doen/", {"actie": "trek_in"})
    assert client.get(gesprek.get_absolute_url()).status_code == 404
    assert zoek_kennis(Kennisvraag(kijker=lid, q="zeldzaamwoord")).rijen == []
    assert "Zeldzaamwoord" in client.get("/mijn/concepten/").content.decode()
    client.post(f"{gesprek.get_absolute_url()}doen/", {"actie": "herstel"})
    assert client.get(gesprek.get_absolute_url()).status_code == 200
    client.post(f"{gesprek.get_absolute_url()}1/doen/", {"actie": "trek_in"})
    Reactie.objects.filter(pk=reactie.pk).update(gewijzigd_op=timezone.now() - HERSTELBAAR - timedelta(hours=1))
    wis_ingetrokken()
    reactie.refresh_from_db()
    assert (reactie.tekst, reactie.auteur) == ("…", None)


@pytest.mark.django_db(transaction=True)
def test_dit_hielp_telt_ieder_een_keer_ook_tegelijk() -> None:
    gesprek = maak_gesprek(zicht=Zicht.PUBLIEK)
    reactie = maak_reactie(gesprek)
    mensen = [maak_professional() for _ in range(4)]
    hek = threading.Barrier(8)

    def druk(wie: Any) -> None:
        try:
            hek.wait()
            zet_hielp(reactie=reactie, door=wie, ja=True)
        finally:
            connection.close()

    draden = [threading.Thread(target=druk, args=(wie,)) for wie in mensen * 2]
    [draad.start() for draad in draden]
    [draad.join() for draad in draden]
    reactie.refresh_from_db()
    assert reactie.aantal_hielp == Hielp.objects.count() == 4


def test_het_antwoord_staat_bovenaan(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, lid)
    ander = maak_lid(netwerk).professional
    reageer(gesprek=gesprek, door=ander, tekst="Zo doet u dat.")
    client = log_in(lid.gebruiker)
    client.post(f"{gesprek.get_absolute_url()}1/doen/", {"actie": "antwoord"})
    html = client.get(gesprek.get_absolute_url()).content.decode()
    assert html.count("Zo doet u dat.") == 2
    assert Kennisgeving.objects.filter(ontvanger=ander.gebruiker, soort="waardering").count() == 1


def test_volgen_en_niet_meer_volgen(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, lid)
    ander = maak_lid(netwerk).professional
    log_in(lid.gebruiker).post(f"{gesprek.get_absolute_url()}doen/", {"actie": "ontvolg"})
    Kennisgeving.objects.all().delete()
    reageer(gesprek=gesprek, door=ander, tekst="Een")
    assert not Kennisgeving.objects.exists()
    reageer(gesprek=gesprek, door=lid, tekst="Twee")
    assert Gesprekvolger.objects.get(professional=lid).volgt is False


# Drafts and articles


def test_concept_bewaren_en_later_plaatsen(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    client = log_in(lid.gebruiker)
    velden = {"soort": "ervaring", "titel": "Nog niet af", "tekst": "Begin", "labels": "a", "zicht": "1"}
    client.post("/netwerken/eenzaamheid/gesprekken/nieuw/", {**velden, "concept": "1"})
    gesprek = Gesprek.objects.get()
    assert gesprek.plaatsing == Plaatsing.CONCEPT
    assert not Kennisgeving.objects.exists()
    assert "Nog niet af" in client.get("/mijn/concepten/").content.decode()
    ander = log_in(maak_lid(netwerk).professional.gebruiker)
    assert ander.get(f"/mijn/concepten/{gesprek.code}/").status_code == 404
    assert ander.get(gesprek.get_absolute_url()).status_code == 404
    client = log_in(lid.gebruiker)
    client.post(f"/mijn/concepten/{gesprek.code}/", {**velden, "tekst": "Af"})
    gesprek.refresh_from_db()
    assert (Gesprek.objects.count(), gesprek.plaatsing, gesprek.tekst) == (1, Plaatsing.GEPLAATST, "Af")


def test_een_artikel_staat_voor_iedereen_en_in_de_feed(client: Any, log_in: Any) -> None:
    schrijver = maak_professional(naam="Sam Schrijver")
    velden = {"titel": "Wat wij leerden", "samenvatting": "In het kort.", "tekst": "Lang **stuk**", "zicht": "3"}
    log_in(schrijver.gebruiker).post("/artikelen/schrijven/", {**velden, "labels": "leren"})
    client.logout()
    html = client.get("/artikelen/").content.decode()
    assert "Wat wij leerden" in html
    assert "In het kort." in html
    gesprek = Gesprek.objects.get()
    antwoord = client.get(gesprek.get_absolute_url())
    assert "<strong>stuk</strong>" in antwoord.content.decode()
    assert not antwoord.cookies
    assert "csrfmiddlewaretoken" not in antwoord.content.decode()
    atom = client.get("/artikelen/atom/")
    assert "Wat wij leerden" in atom.content.decode()
    assert client.get("/artikelen/atom/", headers={"if-none-match": atom["ETag"]}).status_code == 304


# Queries and the database


@pytest.mark.parametrize("aantal", [1, 3, 60])
def test_een_gesprek_kost_een_vast_aantal_vragen(
    client: Any, log_in: Any, netwerk: Netwerk, lid: Any, aantal: int, django_assert_num_queries: Any
) -> None:
    gesprek = maak_gesprek(netwerk, lid, zicht=Zicht.PUBLIEK)
    for _ in range(aantal):
        maak_reactie(gesprek, lid, tekst=f"Zie @[{lid.code}]")
    with django_assert_num_queries(3):
        client.get(gesprek.get_absolute_url())
    client = log_in(lid.gebruiker)
    client.get(gesprek.get_absolute_url())
    with django_assert_num_queries(8):
        client.get(gesprek.get_absolute_url())
    with django_assert_num_queries(7):
        client.get("/netwerken/eenzaamheid/gesprekken/")


def test_bladeren_door_veel_reacties(client: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = maak_gesprek(netwerk, lid, zicht=Zicht.PUBLIEK)
    Reactie.objects.bulk_create(
        [Reactie(gesprek=gesprek, nummer=n, auteur=lid, tekst=f"Nummer {n}.") for n in range(1, 121)]
    )
    Gesprek.objects.filter(pk=gesprek.pk).update(aantal_reacties=120)
    html = client.get(f"{gesprek.get_absolute_url()}?pagina=3").content.decode()
    assert "Nummer 101." in html
    assert "Nummer 100." not in html
    for kwaad in ("x", "-1", "9" * 30, "%00"):
        assert client.get(f"{gesprek.get_absolute_url()}?pagina={kwaad}").status_code in (200, 400)


def test_bladeren_door_veel_gesprekken(client: Any, netwerk: Netwerk, lid: Any) -> None:
    nu = timezone.now()
    for nummer in range(25):
        maak_gesprek(
            netwerk, lid, zicht=Zicht.PUBLIEK, titel=f"Gesprek {nummer}.", laatste_op=nu - timedelta(days=nummer)
        )
    eerste = client.get("/netwerken/eenzaamheid/gesprekken/").content.decode()
    assert "Gesprek 19." in eerste
    assert "Gesprek 20." not in eerste
    verder = eerste.split('href="?voor=')[1].split('"')[0]
    tweede = client.get(f"/netwerken/eenzaamheid/gesprekken/?voor={verder}").content.decode()
    assert "Gesprek 20." in tweede
    assert "Gesprek 19." not in tweede
    for kwaad in ("x", "1-1", "999999999999.1-999999999999999999", "0.0-0"):
        assert client.get(f"/netwerken/eenzaamheid/gesprekken/?voor={kwaad}").status_code == 200


def test_regels_van_de_database(netwerk: Netwerk, lid: Any) -> None:
    gesprek = maak_gesprek(netwerk, lid)
    reactie = maak_reactie(gesprek, lid)

    def mag_niet(doe: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            doe()

    mag_niet(lambda: Reactie.objects.create(gesprek=gesprek, nummer=1, tekst="x"))
    mag_niet(lambda: maak_reactie(gesprek, lid, plaatsing=Plaatsing.CONCEPT))
    mag_niet(lambda: maak_gesprek(netwerk, lid, zicht=4))
    mag_niet(lambda: maak_gesprek(None, lid, soort="artikel", zicht=1))
    mag_niet(lambda: Gesprek.objects.create(auteur=lid, soort="vraag", titel="x", tekst="x", zicht=3))
    mag_niet(lambda: maak_gesprek(netwerk, lid, geplaatst_op=None))
    mag_niet(lambda: Tekstversie.objects.create(tekst="x"))
    mag_niet(lambda: Tekstversie.objects.create(gesprek=gesprek, reactie=reactie, tekst="x"))
    Hielp.objects.create(reactie=reactie, professional=lid)
    mag_niet(lambda: Hielp.objects.create(reactie=reactie, professional=lid))
    Gesprekvolger.objects.create(gesprek=gesprek, professional=lid)
    mag_niet(lambda: Gesprekvolger.objects.create(gesprek=gesprek, professional=lid))
