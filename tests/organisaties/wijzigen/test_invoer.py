from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from organisaties.models import (
    Organisatie,
)
from tests.fabriek import maak_dienst, maak_locatie
from tests.organisaties.wijzigen.editor import bewaar, pad, velden_van

pytestmark = pytest.mark.django_db


RAAR = {"nul": "a\x00b", "megabyte": "a" * 1_000_000, "rtl": "\u202eabc", "besturing": "a\x07b"}


TEKSTVELDEN = [
    ("basis/", ("naam", "ook_bekend_als", "kort", "tekst", "kvk_nummer", "rsin")),
    ("bereikbaarheid/", ("telefoon", "email", "website", "sociale_links")),
    ("voor-wie/", ("labels",)),
    ("diensten/toevoegen/", ("naam", "tekst", "kosten", "aanmeldlink", "wachttijd")),
    ("locaties/toevoegen/", ("naam", "straat", "postcode", "plaats", "telefoon", "toelichting")),
    ("contactpersonen/toevoegen/", ("naam", "functie", "email", "telefoon")),
]


@pytest.mark.parametrize("soort", RAAR)
@pytest.mark.parametrize(("rest", "veld"), [(rest, veld) for rest, velden in TEKSTVELDEN for veld in velden])
def test_rare_tekst_geeft_een_melding(ik: Client, organisatie: Organisatie, rest: str, veld: str, soort: str) -> None:
    response = bewaar(ik, pad(organisatie, rest), **{veld: RAAR[soort]})
    assert response.status_code == 200
    assert f'id="id_{veld}_error"' in response.content.decode()


@pytest.mark.parametrize(
    ("rest", "veld", "waarde"),
    [
        ("basis/", "naam", "\u200b"),
        ("basis/", "naam", ""),
        ("basis/", "opgericht_jaar", "-5"),
        ("basis/", "opgericht_jaar", "9" * 5000),
        ("basis/", "opgericht_jaar", "²"),
        ("basis/", "soort", "geheim"),
        ("basis/", "rsin", "123456789"),
        ("voor-wie/", "themas", "abc"),
        ("voor-wie/", "labels", ",".join(str(n) for n in range(20))),
        ("voor-wie/", "talen", "klingon"),
        ("werkgebied/", "gemeenten", "GM9999"),
        ("diensten/toevoegen/", "leeftijd_van", "-1"),
        ("diensten/toevoegen/", "leeftijd_van", "200"),
        ("diensten/toevoegen/", "bedrag", "-1"),
        ("diensten/toevoegen/", "bedrag", "1e309"),
        ("diensten/toevoegen/", "bedrag", "NaN"),
        ("diensten/toevoegen/", "locaties", "9" * 30),
        ("locaties/toevoegen/", "gemeente", "'--"),
        ("locaties/toevoegen/", "postcode", "0000 AA"),
        ("contactpersonen/toevoegen/", "naam_voor", "iedereen!"),
    ],
)
def test_onmogelijke_waarde_geeft_een_melding(
    ik: Client, organisatie: Organisatie, rest: str, veld: str, waarde: str
) -> None:
    response = bewaar(ik, pad(organisatie, rest), **{veld: waarde})
    assert response.status_code == 200
    assert f'id="id_{veld}_error"' in response.content.decode()


@pytest.mark.parametrize("tekst", ["<script>alert(1)</script>", "🙂 hallo", "\" onclick=x '", "مرحبا"])
def test_gewone_rare_tekst_blijft_staan(ik: Client, organisatie: Organisatie, tekst: str) -> None:
    bewaar(ik, pad(organisatie, "basis/"), kort=tekst, tekst=tekst)
    organisatie.refresh_from_db()
    assert (organisatie.kort, organisatie.tekst) == (tekst, tekst)
    assert "<script>alert" not in ik.get(pad(organisatie)).content.decode()
    assert velden_van(ik.get(pad(organisatie, "basis/")).content.decode())["kort"] == tekst


@pytest.mark.parametrize("rest", ["iets/", "iets/toevoegen/", "basis/toevoegen/", "openingstijden/contactpersonen/1/"])
def test_onbekende_onderdelen_bestaan_niet(ik: Client, organisatie: Organisatie, rest: str) -> None:
    assert ik.get(pad(organisatie, rest)).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_van_het_overzicht(
    ik: Client, organisatie: Organisatie, aantal: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(aantal):
        maak_locatie(organisatie)
        maak_dienst(organisatie)
    ik.get(pad(organisatie))
    with django_assert_num_queries(9):
        ik.get(pad(organisatie))
