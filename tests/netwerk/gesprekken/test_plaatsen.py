"""Beginning a conversation, replying, drafts and articles."""

import threading
from typing import Any

import pytest
from django.db import connection

from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.keuzes import Netwerkstatus, Plaatsing, Rol, Zicht
from netwerk.models import Gesprek, Kennisgeving, Netwerk, Reactie
from tests.fabriek import (
    maak_lid,
    maak_netwerk,
    maak_professional,
    maak_reactie,
)
from tests.netwerk.gesprekken.stappen import TEKST, begin

pytestmark = pytest.mark.django_db


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
