from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from organisaties.actions import uitnodigen
from organisaties.actions.bevestigen import volgende_vraag
from organisaties.actions.status import archiveer
from organisaties.keuzes import Status, Versheidsstap
from organisaties.models import Beheer, Bevestiging, Organisatie, Zoekrij
from organisaties.models.bevestiging import Bevestigingsbron, Blok
from tests.fabriek import maak_gebruiker, maak_locatie
from tests.organisaties.bevestigen.pagina import LANG_GELEDEN, NU, druk, stand
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


def test_get_en_head_veranderen_niets(client: Client, link: str) -> None:
    voor = stand()
    for _ in range(3):
        response = client.get(link)
        assert response.status_code == 200
        assert client.head(link).status_code == 200
    assert stand() == voor
    assert "Ja, alles klopt" in response.content.decode()
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_een_druk_op_de_knop_bevestigt_alles_zonder_inloggen(
    client: Client, link: str, organisatie: Organisatie, beheerder: Gebruiker
) -> None:
    response = druk(client, link)
    assert (response.status_code, response.url) == (302, link)
    organisatie.refresh_from_db()
    assert (organisatie.bevestigd_op, organisatie.versheidsstap) == (NU, Versheidsstap.VERS)
    assert organisatie.volgende_vraag_datum == volgende_vraag(organisatie.pk, NU, 6)
    rijen = Bevestiging.objects.filter(organisatie=organisatie)
    assert {(rij.blok, rij.bevestigd_op, rij.bevestigd_door, rij.bron) for rij in rijen} == {
        (blok, NU, beheerder, Bevestigingsbron.ORGANISATIE) for blok in Blok
    }
    html = client.get(link).content.decode()
    assert "Alles is vandaag bevestigd." in html
    assert "Ja, alles klopt" not in html
    assert "Mogelijk verouderd" not in client.get(organisatie.get_absolute_url()).content.decode()


def test_twee_keer_bevestigen_kan_geen_kwaad(client: Client, link: str, organisatie: Organisatie) -> None:
    druk(client, link)
    voor = stand()
    assert client.post(link, {"wat": "alles", "gezien": organisatie.versie}).status_code == 302
    assert stand() == voor
    assert "U hoeft niets meer te doen" in client.get(link).content.decode()


def test_een_onderdeel_bevestigen_laat_de_rest_staan(client: Client, link: str, organisatie: Organisatie) -> None:
    druk(client, link, "tijden")
    organisatie.refresh_from_db()
    assert (organisatie.bevestigd_op, organisatie.versheidsstap) == (LANG_GELEDEN, Versheidsstap.VEROUDERD)
    assert list(Bevestiging.objects.filter(bevestigd_op=NU).values_list("blok", flat=True)) == [Blok.TIJDEN]
    html = client.get(link).content.decode()
    assert html.count("Bevestigd op 23 november 2026") == 1
    for blok in ("contact", "diensten", "locatie"):
        druk(client, link, blok)
    organisatie.refresh_from_db()
    assert (organisatie.bevestigd_op, organisatie.versheidsstap) == (NU, Versheidsstap.VERS)


def test_pagina_toont_de_vermelding_en_wat_er_veranderde(client: Client, link: str, organisatie: Organisatie) -> None:
    organisatie.email = "nieuw@linde.example"
    organisatie.save()
    html = client.get(link).content.decode()
    for tekst in (
        "030 234 5678",
        "Samen eten",
        "Lindelaan 12",
        "3511 AB Utrecht",
        "Klopt volgens de organisatie op 3 maart",
    ):
        assert tekst in html
    assert "Veranderd sinds 3 maart 2026" in html
    assert "<strong>E-mailadres</strong>: nieuw@linde.example" in html


def test_pagina_zegt_dat_de_tijden_intussen_zijn_bewaard(client: Client, link: str, organisatie: Organisatie) -> None:
    assert "<strong>Openingstijden</strong>" not in client.get(link).content.decode()
    Bevestiging.objects.filter(organisatie=organisatie, blok=Blok.TIJDEN).update(
        bevestigd_op=LANG_GELEDEN + timedelta(days=30), bron=Bevestigingsbron.ORGANISATIE
    )
    html = client.get(link).content.decode()
    assert "<strong>Openingstijden</strong>: nagekeken of aangepast op 2 april" in html
    assert "<strong>Contactgegevens</strong>" not in html


def test_pagina_toont_niets_dat_bezoekers_niet_zien(client: Client, link: str, organisatie: Organisatie) -> None:
    organisatie.contactpersonen.create(
        naam="Geheime Gerda", naam_voor="niemand", email="gerda@linde.example", email_voor="niemand"
    )
    maak_locatie(organisatie, straat="Verborgenstraat 7", is_geheim=True)
    html = client.get(link).content.decode()
    assert "Gerda" not in html
    assert "gerda@" not in html
    assert "Verborgenstraat" not in html
    assert "<strong>Adressen</strong>: aangepast" in html


def test_wie_iets_anders_zag_wordt_gevraagd_nog_eens_te_kijken(
    client: Client, link: str, organisatie: Organisatie
) -> None:
    Organisatie.objects.filter(pk=organisatie.pk).update(versie=9)
    voor = stand()
    response = client.post(link, {"wat": "alles", "gezien": "8"})
    assert response.status_code == 409
    assert "intussen aangepast" in response.content.decode()
    assert stand() == voor
    assert druk(client, link).status_code == 302


@pytest.mark.parametrize(
    "invoer",
    [{}, {"wat": "alles"}, {"wat": "weg", "gezien": "1"}, {"wat": "alles", "gezien": "²"}, {"gezien": "9" * 5000}],
)
def test_verkeerde_invoer_verandert_niets(client: Client, link: str, invoer: dict[str, str]) -> None:
    voor = stand()
    response = client.post(link, invoer)
    assert response.status_code == 422
    assert "Druk op een van de knoppen" in response.content.decode()
    assert stand() == voor


def test_csrf_is_niet_nodig_want_het_adres_is_het_geheim(link: str, organisatie: Organisatie) -> None:
    streng = Client(enforce_csrf_checks=True)
    assert streng.post(link, {"wat": "alles", "gezien": organisatie.versie}).status_code == 302
    assert streng.post("/organisaties/klopt-dit-nog/geraden/", {"wat": "alles", "gezien": 1}).status_code == 404


@pytest.mark.parametrize("token", ["onzin", "a:b:c", "%3A", "x" * 3000, "WzEsMV0:1abc:def"])
def test_vervalste_link_krijgt_een_duidelijke_pagina(client: Client, token: str) -> None:
    for methode in (client.get, client.post):
        response = methode(f"/organisaties/klopt-dit-nog/{token}/")
        assert response.status_code == 404
        html = response.content.decode()
        assert "Deze link kennen wij niet." in html
        assert "/account/login/?next=" in html


def test_link_van_een_ander_doel_werkt_niet(client: Client, organisatie: Organisatie, beheerder: Gebruiker) -> None:
    token = signing.dumps([organisatie.pk, beheerder.pk], salt="iets.anders")
    assert client.get(f"/organisaties/klopt-dit-nog/{token}/").status_code == 404


def test_oude_link_is_verlopen_en_wijst_naar_inloggen(client: Client, link: str, vandaag: Any) -> None:
    voor = stand()
    vandaag.move_to(NU + timedelta(days=59, hours=23))
    assert client.get(link).status_code == 200
    vandaag.move_to(NU + timedelta(days=60, hours=1))
    for methode in (client.get, client.post):
        response = methode(link, {"wat": "alles", "gezien": 1})
        assert response.status_code == 410
        html = response.content.decode()
        assert "ouder dan 60 dagen" in html
        assert "/account/login/?next=%2Forganisaties%2Fde-linde%2Fwijzigen%2Fbevestigen%2F" in html
    assert stand() == voor


def _haal_weg(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    Beheer.objects.create(organisatie=organisatie, gebruiker=maak_gebruiker(), rol="beheerder")
    uitnodigen.verwijder_beheer(beheer=organisatie.beheer.get(gebruiker=beheerder))


def _maak_redacteur(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    organisatie.beheer.filter(gebruiker=beheerder).update(rol="redacteur")


def _sluit_af(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    Gebruiker.objects.filter(pk=beheerder.pk).update(is_active=False)


def _wis(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    beheerder.delete()


def _verwijder(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    organisatie.delete()


@pytest.mark.parametrize("doe", [_haal_weg, _maak_redacteur, _sluit_af, _wis, _verwijder])
def test_link_sterft_als_de_persoon_geen_beheerder_meer_is(
    client: Client, link: str, organisatie: Organisatie, beheerder: Gebruiker, doe: Callable[..., None]
) -> None:
    doe(organisatie, beheerder)
    voor = stand()
    for methode in (client.get, client.post):
        response = methode(link, {"wat": "alles", "gezien": 1})
        assert response.status_code == 410
        assert "niet meer beheert" in response.content.decode()
    assert stand() == voor


def test_wat_door_tijd_is_gearchiveerd_komt_met_een_klik_terug(
    client: Client, link: str, organisatie: Organisatie
) -> None:
    Organisatie.objects.filter(pk=organisatie.pk).update(
        status=Status.GEARCHIVEERD, versheidsstap=Versheidsstap.GEARCHIVEERD, volgende_vraag_datum=None
    )
    html = client.get(link).content.decode()
    assert "zet terug op het portaal" in html
    assert client.get(organisatie.get_absolute_url()).status_code == 404
    assert druk(client, link).status_code == 302
    organisatie.refresh_from_db()
    assert (organisatie.status, organisatie.versheidsstap) == (Status.GEPUBLICEERD, Versheidsstap.VERS)
    assert organisatie.volgende_vraag_datum == volgende_vraag(organisatie.pk, NU, 6)
    assert Zoekrij.objects.filter(organisatie=organisatie).exists()
    assert organisatie.statusstappen.get().naar == Status.GEPUBLICEERD
    assert client.get(organisatie.get_absolute_url()).status_code == 200
    assert "Alles is vandaag bevestigd." in client.get(link).content.decode()


def test_wat_een_mens_archiveerde_komt_niet_terug(
    client: Client, link: str, organisatie: Organisatie, beheerder: Gebruiker
) -> None:
    archiveer(organisatie=organisatie, door=beheerder)
    voor = stand()
    html = client.get(link).content.decode()
    assert "Ja, alles klopt" not in html
    assert "staat niet op het portaal" in html
    response = client.post(link, {"wat": "alles", "gezien": organisatie.versie})
    assert response.status_code == 409
    assert stand() == voor
