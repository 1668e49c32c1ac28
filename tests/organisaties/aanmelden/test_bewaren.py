from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisaties.actions import aanmelden as acties
from organisaties.keuzes import Status
from organisaties.models import Aanmeldconcept, Organisatie, Thema
from tests.fabriek import maak_organisatie
from tests.organisaties.aanmelden.stappen import BEGIN, EMAIL, code_uit_mail, stap, vul_in

pytestmark = pytest.mark.django_db


def test_sessie_kwijt_en_toch_verder(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    for naam in list(client.cookies):
        if naam != "aanmelding":
            del client.cookies[naam]
    tekst = client.get(BEGIN).content.decode()
    assert "U was bezig met de aanmelding van <strong>Taalhuis De Brug</strong>" in tekst
    assert "Verder met stap 4 van 4" in tekst
    stap(client, "insturen", eigen_email=EMAIL)
    assert Organisatie.objects.get().naam == "Taalhuis De Brug"


def test_cookie_is_getekend_en_niet_te_lezen_voor_scripts(client: Client) -> None:
    response = stap(client, "naam", naam="De Brug", plaats="Zutphen")
    cookie = response.cookies["aanmelding"]
    assert (cookie["httponly"], cookie["max-age"], cookie["samesite"]) == (True, 30 * 24 * 3600, "Lax")
    client.cookies["aanmelding"] = cookie.value[:-3] + "xyz"
    assert "Welkom terug" not in client.get(BEGIN).content.decode()


def test_ook_een_stap_met_fouten_wordt_bewaard(client: Client) -> None:
    stap(client, "naam", naam="Taalhuis De Brug", plaats="Nergenshuizen")
    tekst = client.get(f"{BEGIN}naam/").content.decode()
    assert 'value="Taalhuis De Brug"' in tekst
    assert 'value="Nergenshuizen"' in tekst
    assert "Deze plaats kennen wij niet" in tekst


def test_terug_bewaart_wat_er_stond(client: Client, thema: Thema) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    response = stap(client, "aanbod", kort="Half af", terug="ja")
    assert response.url == f"{BEGIN}naam/"
    assert "Half af" in client.get(f"{BEGIN}aanbod/").content.decode()


def test_opnieuw_beginnen_wist_alles(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    client.post(BEGIN)
    assert not Aanmeldconcept.objects.exists()
    assert "Welkom terug" not in client.get(BEGIN).content.decode()


@pytest.mark.parametrize("naam", ["aanbod", "bereikbaar", "insturen"])
def test_latere_stap_zonder_aanmelding_begint_vooraan(client: Client, naam: str) -> None:
    response = client.get(f"{BEGIN}{naam}/", follow=True)
    assert response.status_code == 200
    assert "Hoe heet uw organisatie?" in response.content.decode()


def test_stap_overslaan_gaat_naar_wat_nog_open_is(client: Client) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    assert client.get(f"{BEGIN}insturen/").url == f"{BEGIN}aanbod/"
    assert stap(client, "insturen", eigen_email=EMAIL).url == f"{BEGIN}aanbod/"
    assert not Organisatie.objects.exists()


def test_onbekende_stap_bestaat_niet(client: Client) -> None:
    assert client.get(f"{BEGIN}iets/").status_code == 404


def test_gegevens_verdwijnen_bij_het_insturen_en_bevestigen(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    assert set(Aanmeldconcept.objects.get().gegevens) == {"email", "code", "pogingen", "tot"}
    client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()})
    assert Aanmeldconcept.objects.get().gegevens == {"bevestigd": True}


def test_oude_aanmeldingen_worden_opgeruimd(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    ander = maak_organisatie(status=Status.CONCEPT)
    assert acties.ruim_aanmeldingen_op() == 0
    Aanmeldconcept.objects.update(gewijzigd_op=timezone.now() - timedelta(days=31))
    assert acties.ruim_aanmeldingen_op() == 1
    assert list(Organisatie.objects.all()) == [ander]
