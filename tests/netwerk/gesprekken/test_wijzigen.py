"""Changing and withdrawing, what helped, the answer, following."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from netwerk.actions.gesprekken.helpen import zet_hielp
from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.actions.gesprekken.wijzigen import HERSTELBAAR, wis_ingetrokken
from netwerk.keuzes import Zicht
from netwerk.models import Gesprekvolger, Hielp, Kennisgeving, Netwerk, Reactie
from netwerk.weergave.kennis import Kennisvraag
from netwerk.weergave.kennis import zoek as zoek_kennis
from tests.fabriek import (
    maak_gesprek,
    maak_lid,
    maak_professional,
    maak_reactie,
)
from tests.netwerk.gesprekken.stappen import begin

pytestmark = pytest.mark.django_db


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
