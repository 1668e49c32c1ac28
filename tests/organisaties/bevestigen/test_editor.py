import re
from typing import Any

import pytest
from django.test import Client

from organisaties.actions.bevestigen import bevestig, volgende_vraag
from organisaties.keuzes import Status, Versheidsstap
from organisaties.models import Beheer, Bevestiging, Organisatie
from organisaties.models.bevestiging import Blok
from tests.fabriek import maak_gebruiker
from tests.organisaties.bevestigen.pagina import NU, druk
from tests.organisaties.wijzigen.editor import velden_van
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


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
