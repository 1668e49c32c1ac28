import pytest
from django.test import Client

from organisaties.keuzes import Status
from organisaties.models import Thema
from tests.fabriek import maak_locatie, maak_organisatie
from tests.organisaties.aanmelden.stappen import BEGIN, stap

pytestmark = pytest.mark.django_db


def test_lijkt_op_een_bestaande_en_kan_toch_verder(client: Client) -> None:
    bestaand = maak_organisatie(naam="Stichting Taalhuis De Brug")
    maak_locatie(bestaand, plaats="Zutphen")
    maak_organisatie(naam="Stichting De Boog")
    tekst = stap(client, "naam", naam="Taalhuis de Brug", plaats="Zutphen").content.decode()
    assert "Staat u er al?" in tekst
    assert f'href="/organisaties/{bestaand.slug}/"' in tekst
    assert "De Boog" not in tekst
    response = stap(client, "naam", naam="Taalhuis de Brug", plaats="Zutphen", andere="ja", gelijk=bestaand.pk)
    assert response.url == f"{BEGIN}aanbod/"


def test_zelfde_website_of_kvk_wordt_gemeld_in_de_stap_waar_u_die_invult(client: Client, thema: Thema) -> None:
    kvk = maak_organisatie(naam="Heel iets anders", kvk_nummer="12345678")
    web = maak_organisatie(naam="Nog iets anders", website="https://brug.example/over-ons")
    stap(client, "naam", naam="Taalhuis De Brug", plaats="Zutphen")
    stap(client, "aanbod", kort="Taal", themas=thema.pk)
    data = {"website": "http://WWW.brug.example/", "kvk_nummer": "12 34 56 78"}
    tekst = stap(client, "bereikbaar", **data).content.decode()
    assert "Heeft hetzelfde KvK-nummer." in tekst
    assert f"/organisaties/{web.slug}/" in tekst
    response = stap(client, "bereikbaar", **data, andere="ja", gelijk=[kvk.pk, web.pk])
    assert response.url == f"{BEGIN}insturen/"


def test_fragment_toont_gelijken_tijdens_het_typen(client: Client) -> None:
    maak_organisatie(naam="Taalhuis De Brug")
    maak_organisatie(naam="Taalhuis De Brug Geheim", status=Status.INGEDIEND)
    response = client.get(BEGIN, {"naam": "taalhuis de bru"}, headers={"X-Requested-With": "fetch"})
    tekst = response.content.decode()
    assert "Taalhuis De Brug" in tekst
    assert "Geheim" not in tekst
    assert "<html" not in tekst


@pytest.mark.parametrize("naam", ["", "x", "%", "\\", "' or 1=1", "🙂🙂🙂", "a" * 10_000])
def test_fragment_verdraagt_elke_tekst(client: Client, naam: str) -> None:
    response = client.get(BEGIN, {"naam": naam, "plaats": naam}, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 200
