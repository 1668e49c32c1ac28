"""Changing and withdrawing, what helped, the answer, following."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from netwerk.actions.gesprekken.helpen import zet_hielp
from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.actions.gesprekken.wijzigen import HERSTELBAAR, herstel, trek_in, wis_ingetrokken
from netwerk.actions.persoonsgegevens.gesprekken import erase
from netwerk.keuzes import Zicht
from netwerk.models import Gesprek, Gesprekvolger, Hielp, Kennisgeving, Netwerk, Reactie
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


def ingetrokken_met_reactie_van(netwerk: Netwerk, lid: Any, ander: Any, **velden: Any) -> Gesprek:
    gesprek = begin(netwerk, lid, titel="Zeldzaamwoord", **velden)
    reageer(gesprek=gesprek, door=lid, tekst="Mijn eigen aanvulling")
    reageer(gesprek=gesprek, door=ander, tekst="Kostbare raad")
    trek_in(wat=gesprek, door=lid)
    return gesprek


def test_wie_intrekt_neemt_de_reacties_van_anderen_niet_mee(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    ander = maak_professional(naam="Anne Ander")
    maak_lid(netwerk, ander)
    gesprek = ingetrokken_met_reactie_van(netwerk, lid, ander)
    for wie in (lid, ander):
        html = log_in(wie.gebruiker).get(gesprek.get_absolute_url()).content.decode()
        assert "Kostbare raad" in html
        assert "heeft dit gesprek ingetrokken" in html
        assert "Zeldzaamwoord" not in html
        assert "langs de deuren" not in html
        assert "Lena Lid" not in html.split('id="reacties"')[0].split("<h1>")[1]
    client = log_in(ander.gebruiker)
    assert client.get(f"{gesprek.get_absolute_url()}versies/").status_code == 404
    assert client.post(gesprek.get_absolute_url(), {"tekst": "Nog iets"}).status_code == 404
    assert client.get(f"{gesprek.get_absolute_url()}2/wijzigen/").status_code == 200
    assert b"Zeldzaamwoord" not in client.get(f"{gesprek.get_absolute_url()}2/wijzigen/").content
    assert log_in(maak_professional().gebruiker).get(gesprek.get_absolute_url()).status_code == 404
    # Once the others have taken theirs away too, there is nothing to read.
    client = log_in(ander.gebruiker)
    client.post(f"{gesprek.get_absolute_url()}2/doen/", {"actie": "trek_in"})
    assert client.get(gesprek.get_absolute_url()).status_code == 404
    herstel(wat=gesprek, door=lid)
    assert "Zeldzaamwoord" in client.get(gesprek.get_absolute_url()).content.decode()


def test_een_ingetrokken_publiek_gesprek_blijft_publiek_maar_wordt_niet_gevonden(client: Any, lid: Any) -> None:
    gesprek = maak_gesprek(zicht=Zicht.PUBLIEK, auteur=lid)
    maak_reactie(gesprek, tekst="Kostbare raad")
    trek_in(wat=gesprek, door=lid)
    html = client.get(gesprek.get_absolute_url()).content.decode()
    assert "Kostbare raad" in html
    assert "voor leden van" not in html
    assert '<meta name="robots" content="noindex">' in html


def test_na_dertig_dagen_blijven_de_reacties_van_anderen(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    ander = maak_professional(naam="Anne Ander")
    maak_lid(netwerk, ander)
    beantwoord = ingetrokken_met_reactie_van(netwerk, lid, ander)
    alleen = begin(netwerk, lid, titel="Zonder reacties")
    reageer(gesprek=alleen, door=lid, tekst="Niemand anders")
    trek_in(wat=alleen, door=lid)
    Gesprek.objects.update(gewijzigd_op=timezone.now() - HERSTELBAAR - timedelta(hours=1))
    assert wis_ingetrokken() == 2
    assert wis_ingetrokken() == 0
    over = Gesprek.objects.get()
    assert over.pk == beantwoord.pk
    assert (over.titel, over.tekst, over.auteur, over.labels.count()) == ("Ingetrokken gesprek", "…", None, 0)
    assert not over.versies.exists()
    assert [(r.tekst, r.auteur) for r in over.reacties.order_by("nummer")] == [
        ("…", None),
        ("Kostbare raad", ander),
    ]
    assert over.aantal_reacties == 1
    assert "Kostbare raad" in log_in(ander.gebruiker).get(over.get_absolute_url()).content.decode()
    # When the last of the others is gone too, the place goes.
    trek_in(wat=over.reacties.get(auteur=ander), door=ander)
    Reactie.objects.update(gewijzigd_op=timezone.now() - HERSTELBAAR - timedelta(hours=1))
    wis_ingetrokken()
    assert not Gesprek.objects.exists()


def test_een_gewist_account_neemt_de_reacties_van_anderen_niet_mee(netwerk: Netwerk, lid: Any) -> None:
    ander = maak_professional()
    maak_lid(netwerk, ander)
    gesprek = ingetrokken_met_reactie_van(netwerk, lid, ander)
    erase(lid.gebruiker)
    gesprek.refresh_from_db()
    assert (gesprek.titel, gesprek.auteur) == ("Ingetrokken gesprek", None)
    assert gesprek.reacties.filter(tekst="Kostbare raad", auteur=ander).exists()
