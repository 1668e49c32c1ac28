from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from organisaties.models import Organisatie, Thema
from tests.organisaties.aanmelden.stappen import BEGIN, EMAIL, stap, vul_in

pytestmark = pytest.mark.django_db


RAAR = {
    "nul": "a\x00b",
    "megabyte": "a" * 1_000_000,
    "rtl": "Taalhuis \u202egnirb",
    "onzichtbaar": "\u200b",
    "besturing": "a\x07b",
    "reclame": "Win geld op https://reclame.example",
}


@pytest.mark.parametrize("soort", RAAR)
@pytest.mark.parametrize("veld", ["naam", "plaats"])
def test_rare_tekst_in_stap_1_geeft_een_melding(client: Client, soort: str, veld: str) -> None:
    data = {"naam": "De Brug", "plaats": "Zutphen", veld: RAAR[soort]}
    response = stap(client, "naam", **data)
    assert response.status_code == 200
    assert "Nog niet gelukt" in response.content.decode()
    assert client.get(f"{BEGIN}naam/").status_code == 200


@pytest.mark.parametrize(
    "naam", ["🙂 Blij", "<script>alert(1)</script>", "<b>Vet & meer</b>", "مرحبا", '\'t Huis "De Brug"']
)
def test_gewone_rare_tekst_blijft_zoals_die_is(client: Client, thema: Thema, naam: str) -> None:
    vul_in(client, thema, naam=naam)
    pagina = client.get(f"{BEGIN}insturen/").content.decode()
    assert "<script>alert" not in pagina
    assert "<b>Vet" not in pagina
    stap(client, "insturen", eigen_email=EMAIL)
    organisatie = Organisatie.objects.get()
    assert organisatie.naam == naam
    assert client.get(f"{BEGIN}controleren/").status_code == 200


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("telefoon", "12", "Vul een telefoonnummer in"),
        ("telefoon", "9" * 1_000_000, "Vul een telefoonnummer in"),
        ("telefoon", "bel mij", "Vul een telefoonnummer in"),
        ("email", "geen adres", "Vul een e-mailadres in"),
        ("website", "javascript:alert(1)", "Vul een webadres in"),
        ("website", "https://naam:geheim@voorbeeld.example", "Vul een webadres in"),
        ("website", "localhost", "Vul een webadres in"),
        ("kvk_nummer", "-1234567", "Een KvK-nummer bestaat uit 8 cijfers"),
        ("kvk_nummer", "123", "Een KvK-nummer bestaat uit 8 cijfers"),
        ("postcode", "0000 AA", "Een postcode bestaat uit"),
        ("postcode", "1012 SS", "Een postcode bestaat uit"),
        ("postcode", "1012 AB", "Deze postcode hoort bij Amsterdam, niet bij Zutphen"),
        ("straat", "Markt\u202e1", "één regel zonder bijzondere tekens"),
        ("van", "25:00", "Vul een tijd in"),
        ("van", "09:00", "Kruis aan op welke dagen"),
        ("dagen", "9", "Selecteer een geldige keuze"),
    ],
)
def test_foute_invoer_in_stap_3(client: Client, thema: Thema, veld: str, waarde: str, melding: str) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    stap(client, "aanbod", kort="Taal", themas=thema.pk)
    response = stap(client, "bereikbaar", **({"telefoon": "0575 123456"} | {veld: waarde}))
    assert response.status_code == 200
    assert melding in response.content.decode()


@pytest.mark.parametrize(
    "nummer",
    [
        "06 12345678",
        "0612345678",
        "06-12345678",
        "+31 6 12345678",
        "(0575) 12 34 56",
        "14 0575",
        "0800 1234",
        "088 1234567",
    ],
)
def test_telefoonnummers_zoals_mensen_ze_schrijven(client: Client, thema: Thema, nummer: str) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    stap(client, "aanbod", kort="Taal", themas=thema.pk)
    assert stap(client, "bereikbaar", telefoon=nummer).url == f"{BEGIN}insturen/"


def test_zonder_enige_manier_van_contact(client: Client, thema: Thema) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    stap(client, "aanbod", kort="Taal", themas=thema.pk)
    assert "Vul een telefoonnummer, een e-mailadres of een website in" in stap(client, "bereikbaar").content.decode()


@pytest.mark.parametrize("themas", [[], ["abc"], ["999999999"], ["-1"], ["9" * 50], ["\x00"]])
def test_onmogelijk_thema(client: Client, thema: Thema, themas: list[str]) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    response = stap(client, "aanbod", kort="Taal", themas=themas)
    assert response.status_code == 200
    assert "Nog niet gelukt" in response.content.decode()


def test_plaatsnaam_die_vaker_voorkomt_vraagt_welke(client: Client) -> None:
    tekst = stap(client, "naam", naam="De Brug", plaats="Hengelo").content.decode()
    assert "Deze naam komt vaker voor" in tekst
    assert "Hengelo (Gelderland)" in tekst
    assert stap(client, "naam", naam="De Brug", plaats="Hengelo (Gelderland)").url == f"{BEGIN}aanbod/"


@pytest.mark.parametrize(
    "email", ["", "geen", "sara@", "ſara@voorbeeld.example", "a@b.c\nBcc: x@y.z", "a" * 300 + "@b.example"]
)
def test_fout_eigen_adres(client: Client, thema: Thema, email: str) -> None:
    vul_in(client, thema)
    assert stap(client, "insturen", eigen_email=email).status_code == 200
    assert not Organisatie.objects.exists()


def test_te_vaak_insturen_wordt_geweigerd(client: Client, thema: Thema, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "aanmelden": "1/h/ip"}
    for nummer in (1, 2):
        client.cookies.clear()
        vul_in(client, thema, naam=f"{nummer} heel andere naam {nummer}")
        response = stap(client, "insturen", eigen_email=EMAIL)
    assert response.status_code == 429
    assert "Probeer het over een uur opnieuw" in response.content.decode()
    assert Organisatie.objects.count() == 1
    cache.clear()
