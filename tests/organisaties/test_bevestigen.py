import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.db import IntegrityError, connection
from django.test import Client

from organisaties.actions import beantwoorden, uitnodigen
from organisaties.actions.bevestigen import ALLE, bevestig, volgende_vraag
from organisaties.actions.status import archiveer
from organisaties.actions.versheidslink import maak_link
from organisaties.keuzes import Status, Versheidsstap
from organisaties.models import Beheer, Bevestiging, Organisatie, Versheidsdag, Zoekrij
from organisaties.models.bevestiging import Bevestigingsbron, Blok
from organisaties.models.organisatie import vrije_slug
from organisaties.openingstijden import AMSTERDAM
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie
from tests.organisaties.test_wijzigen import velden_van
from welzijnportal import privacy
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
LANG_GELEDEN = datetime(2026, 3, 3, 10, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def vandaag() -> Any:
    with time_machine.travel(NU, tick=False) as klok:
        yield klok


@pytest.fixture
def beheerder() -> Gebruiker:
    return maak_gebruiker(email="bea@linde.example", naam="Bea")


@pytest.fixture
def organisatie(beheerder: Gebruiker) -> Organisatie:
    organisatie = maak_organisatie(
        naam="De Linde",
        beheerder=beheerder,
        telefoon="+31302345678",
        bevestigd_op=LANG_GELEDEN,
        versheidsstap=Versheidsstap.VEROUDERD,
        volgende_vraag_datum=NU.date(),
    )
    for blok in Blok:
        Bevestiging.objects.create(organisatie=organisatie, blok=blok, bevestigd_op=LANG_GELEDEN)
    maak_locatie(organisatie)
    maak_dienst(organisatie)
    return organisatie


@pytest.fixture
def link(organisatie: Organisatie, beheerder: Gebruiker) -> str:
    return pad(organisatie, beheerder)


def pad(organisatie: Organisatie, gebruiker: Gebruiker) -> str:
    return "/" + maak_link(organisatie.pk, gebruiker.pk).split("/", 3)[3]


def stand() -> Any:
    return (
        list(Organisatie.objects.order_by("pk").values()),
        list(Bevestiging.objects.order_by("pk").values()),
        Versheidsdag.objects.count(),
    )


def druk(client: Client, adres: str, wat: str = "alles", **meer: Any) -> Any:
    html = client.get(adres).content.decode()
    gezien = re.search(r'name="gezien" value="(\d+)"', html)
    return client.post(adres, {"wat": wat, "gezien": gezien[1] if gezien else 1, **meer})


# The link in the mail -------------------------------------------------------------------------------------


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


# Logged in ------------------------------------------------------------------------------------------------


def test_wie_mag_bevestigen_met_inloggen(
    log_in: Any, client: Client, organisatie: Organisatie, beheerder: Gebruiker, vreemde: Gebruiker
) -> None:
    redacteur = maak_gebruiker()
    Beheer.objects.create(organisatie=organisatie, gebruiker=redacteur, rol="redacteur")
    adres = "/organisaties/de-linde/wijzigen/bevestigen/"
    uitkomst = {}
    for naam, wie in (("anoniem", None), ("vreemde", vreemde), ("redacteur", redacteur), ("beheerder", beheerder)):
        client.logout()
        if wie:
            client.force_login(wie)
        uitkomst[naam] = (
            client.get(adres).status_code,
            client.post(f"{adres}ritme/", {"bevestigritme": "12"}).status_code,
            client.post(adres, {"wat": "contact", "gezien": 1}).status_code,
        )
    assert uitkomst == {
        "anoniem": (302, 302, 302),
        "vreemde": (404, 404, 404),
        "redacteur": (200, 404, 302),
        "beheerder": (200, 302, 302),
    }
    organisatie.refresh_from_db()
    assert organisatie.bevestigritme == 12


def test_ritme_kiezen_verplaatst_de_volgende_vraag(log_in: Any, organisatie: Organisatie, beheerder: Gebruiker) -> None:
    client = log_in(beheerder)
    bevestig(organisatie=organisatie, door=beheerder)
    adres = "/organisaties/de-linde/wijzigen/bevestigen/"
    for ritme in (3, 12):
        client.post(f"{adres}ritme/", {"bevestigritme": ritme})
        organisatie.refresh_from_db()
        assert organisatie.volgende_vraag_datum == volgende_vraag(organisatie.pk, NU, ritme)
    for fout in ("", "5", "x"):
        response = client.post(f"{adres}ritme/", {"bevestigritme": fout})
        assert response.status_code == 422
        assert "Kies" in response.content.decode()
    organisatie.refresh_from_db()
    assert organisatie.bevestigritme == 12
    html = client.get(adres).content.decode()
    assert re.search(r'value="12"[^>]*checked', html)


def test_een_vraag_die_loopt_gaat_door_bij_een_ander_ritme(
    log_in: Any, organisatie: Organisatie, beheerder: Gebruiker
) -> None:
    for ritme in (3, 12):
        log_in(beheerder).post("/organisaties/de-linde/wijzigen/bevestigen/ritme/", {"bevestigritme": ritme})
        organisatie.refresh_from_db()
        assert organisatie.bevestigritme == ritme
        assert (organisatie.versheidsstap, organisatie.volgende_vraag_datum) == (Versheidsstap.VEROUDERD, NU.date())


def test_wie_inlogt_zet_terug_wat_door_tijd_is_gearchiveerd(
    log_in: Any, organisatie: Organisatie, beheerder: Gebruiker
) -> None:
    Organisatie.objects.filter(pk=organisatie.pk).update(
        status=Status.GEARCHIVEERD, versheidsstap=Versheidsstap.GEARCHIVEERD
    )
    client = log_in(beheerder)
    assert druk(client, "/organisaties/de-linde/wijzigen/bevestigen/").status_code == 302
    organisatie.refresh_from_db()
    assert organisatie.status == Status.GEPUBLICEERD


def test_knop_in_de_editor_bevestigt(log_in: Any, organisatie: Organisatie, beheerder: Gebruiker) -> None:
    client = log_in(beheerder)
    html = client.get("/organisaties/de-linde/wijzigen/").content.decode()
    assert 'name="wat" value="alles"' in html
    assert "Wij vragen u dit elke 6 maanden." in html


@pytest.mark.parametrize(
    ("adres", "invoer", "blok"),
    [
        ("bereikbaarheid/", {"email": "nieuw@linde.example"}, Blok.CONTACT),
        ("locaties/toevoegen/", {"straat": "Nieuwstraat 1", "postcode": "3511 AB", "plaats": "Utrecht"}, Blok.LOCATIE),
        ("contactpersonen/toevoegen/", {"naam": "An"}, Blok.CONTACT),
        ("diensten/toevoegen/", {"naam": "Klussen"}, Blok.DIENSTEN),
    ],
)
def test_een_onderdeel_bewaren_bevestigt_dat_onderdeel(
    log_in: Any, organisatie: Organisatie, beheerder: Gebruiker, adres: str, invoer: dict[str, str], blok: Blok
) -> None:
    client = log_in(beheerder)
    pagina = f"/organisaties/de-linde/wijzigen/{adres}"
    response = client.post(pagina, velden_van(client.get(pagina).content.decode()) | invoer)
    assert response.status_code == 302
    vers = Bevestiging.objects.filter(bevestigd_op=NU)
    assert [(rij.blok, rij.bevestigd_door) for rij in vers] == [(blok, beheerder)]


# The action and its words ---------------------------------------------------------------------------------


def test_een_latere_bevestiging_wordt_niet_overschreven(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    bevestig(organisatie=organisatie, door=beheerder)
    bevestig(organisatie=organisatie, bron=Bevestigingsbron.IMPORT, op=NU - timedelta(days=1))
    assert set(Bevestiging.objects.values_list("bron", "bevestigd_op")) == {("organisatie", NU)}


def test_een_collega_of_import_telt_niet_voor_het_geheel(organisatie: Organisatie) -> None:
    for bron in (Bevestigingsbron.COLLEGA, Bevestigingsbron.IMPORT):
        bevestig(organisatie=organisatie, bron=bron)
        organisatie.refresh_from_db()
        assert (organisatie.bevestigd_op, organisatie.versheidsstap) == (LANG_GELEDEN, Versheidsstap.VEROUDERD)
    bevestig(organisatie=organisatie, bron=Bevestigingsbron.MODERATOR)
    organisatie.refresh_from_db()
    assert (organisatie.bevestigd_op, organisatie.versheidsstap) == (NU, Versheidsstap.VERS)


@pytest.mark.parametrize(
    ("bron", "op", "woorden"),
    [
        ("organisatie", NU - timedelta(days=20), "Aanbod: klopt volgens de organisatie op 3 november."),
        ("moderator", NU - timedelta(days=20), "Aanbod: klopt volgens de redactie op 3 november."),
        ("collega", NU - timedelta(days=400), "Aanbod: klopt volgens een andere organisatie op 19 oktober 2025."),
        ("import", NU, "Aanbod: overgenomen uit sociale kaart op 23 november, nog niet bevestigd door de organisatie."),
    ],
)
def test_de_vermelding_zegt_bij_elk_onderdeel_sinds_wanneer(
    client: Client, organisatie: Organisatie, bron: str, op: datetime, woorden: str
) -> None:
    Organisatie.objects.filter(pk=organisatie.pk).update(bron="sociale kaart")
    organisatie.bevestigingen.filter(blok=Blok.DIENSTEN).update(bron=bron, bevestigd_op=op)
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert woorden in html
    assert "Adres en tijden: kloppen volgens de organisatie op 3 maart." in html
    assert "Telefoon, e-mail en website: kloppen volgens de organisatie op 3 maart." in html


def test_zonder_locatie_staan_de_tijden_bij_het_aanbod(client: Client) -> None:
    organisatie = maak_organisatie(telefoon="+31302345678")
    maak_dienst(organisatie)
    bevestig(organisatie=organisatie)
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert "Aanbod en tijden: kloppen volgens de organisatie op 23 november." in html
    assert "Adres:" not in html


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"blok": "contact"}, "bevestiging_een_per_blok"),
        ({"blok": "anders"}, "bevestiging_blok_bestaat"),
        ({"blok": "tijden", "bron": "buurman"}, "bevestiging_bron_bestaat"),
    ],
)
def test_database_weigert_een_verkeerde_bevestiging(velden: dict[str, str], naam: str) -> None:
    organisatie = maak_organisatie()
    Bevestiging.objects.create(organisatie=organisatie, blok=Blok.CONTACT)
    with pytest.raises(IntegrityError, match=naam):
        Bevestiging.objects.create(organisatie=organisatie, **velden)


def test_versheidsdag_is_er_een_per_dag() -> None:
    Versheidsdag.objects.create(datum=NU.date())
    with pytest.raises(IntegrityError):
        Versheidsdag.objects.create(datum=NU.date())


def test_geen_organisatie_krijgt_het_adres_van_de_link() -> None:
    assert vrije_slug("Klopt dit nog") == "klopt-dit-nog-2"


def test_uitvoer_en_wissen_van_wie_bevestigde(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    bevestig(organisatie=organisatie, door=beheerder, blokken=[Blok.CONTACT])
    uitvoer = privacy.gegevens_van(beheerder)
    assert uitvoer["organisaties"]["bevestigingen"] == [
        {"organisatie": "De Linde", "onderdeel": "Telefoon, e-mail en website", "op": NU}
    ]
    privacy.wis(beheerder)
    assert Bevestiging.objects.get(blok=Blok.CONTACT).bevestigd_door is None


@pytest.mark.django_db(transaction=True)
def test_bevestigen_en_weggehaald_worden_tegelijk(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    ander = maak_gebruiker()
    Beheer.objects.create(organisatie=organisatie, gebruiker=ander, rol="beheerder")
    start = threading.Barrier(6)
    uitkomst: list[str] = []

    def antwoord() -> None:
        start.wait()
        try:
            beantwoorden.beantwoord(organisatie=organisatie, blokken=ALLE, gezien=1, door=beheerder)
            uitkomst.append("ja")
        except beantwoorden.AntwoordFout:
            uitkomst.append("nee")
        finally:
            connection.close()

    def weg() -> None:
        start.wait()
        try:
            uitnodigen.verwijder_beheer(beheer=organisatie.beheer.get(gebruiker=beheerder))
        finally:
            connection.close()

    draden = [threading.Thread(target=antwoord) for _ in range(5)] + [threading.Thread(target=weg)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(uitkomst) == 5
    assert Bevestiging.objects.filter(organisatie=organisatie).count() == 4
    bevestigd = Bevestiging.objects.filter(bevestigd_door=beheerder).count()
    assert bevestigd == (4 if "ja" in uitkomst else 0)
