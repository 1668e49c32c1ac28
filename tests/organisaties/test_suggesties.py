from typing import Any

import pytest

from organisaties.keuzes import Status
from organisaties.zoeken import ververs
from tests.fabriek import maak_locatie, maak_organisatie, maak_thema

pytestmark = pytest.mark.django_db


@pytest.fixture
def namen(db: None) -> None:
    maak_thema(naam="Zutphense zaken", slug="zutphense-zaken")
    for naam, status in (("Zutphen Helpt", Status.GEPUBLICEERD), ("Zutphen Verborgen", Status.INGEDIEND)):
        ververs([maak_organisatie(naam=naam, status=status).pk])


def test_suggesties_in_groepen(client: Any, namen: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        antwoord = client.get("/organisaties/suggesties/?q=zutph").json()
    assert antwoord == {
        "groepen": [
            {
                "titel": "Zoeken",
                "items": [{"tekst": "Zoek “zutph”", "url": "/organisaties/?q=zutph", "uitleg": "in heel Nederland"}],
            },
            {
                "titel": "Thema’s",
                "items": [{"tekst": "Zutphense zaken", "url": "/themas/zutphense-zaken/", "uitleg": "thema"}],
            },
            {
                "titel": "Organisaties",
                "items": [{"tekst": "Zutphen Helpt", "url": "/organisaties/zutphen-helpt/", "uitleg": "organisatie"}],
            },
            {
                "titel": "Plaatsen",
                "items": [
                    {"tekst": "Zutphen", "url": "/organisaties/?plaats=Zutphen", "uitleg": "alle hulp hier in de buurt"}
                ],
            },
        ]
    }


def test_suggesties_met_dezelfde_naam_noemen_hun_plaats(client: Any, django_assert_num_queries: Any) -> None:
    for plaats in ("Ede", "Lochem", ""):
        organisatie = maak_organisatie(naam="Buurthuis Zon")
        if plaats:
            maak_locatie(organisatie, plaats=plaats)
            maak_locatie(organisatie, plaats="Elders")
        ververs([organisatie.pk])
    with django_assert_num_queries(1):
        groepen = client.get("/organisaties/suggesties/?q=buurthuis").json()["groepen"]
    (items,) = [groep["items"] for groep in groepen if groep["titel"] == "Organisaties"]
    assert {(item["tekst"], item["uitleg"]) for item in items} == {
        ("Buurthuis Zon", "in Ede"),
        ("Buurthuis Zon", "in Lochem"),
        ("Buurthuis Zon", "organisatie"),
    }


def test_suggesties_met_plaats_zoeken_daar(client: Any, namen: None) -> None:
    groepen = client.get("/organisaties/suggesties/?q=zutph&plaats=Ede").json()["groepen"]
    assert groepen[0]["items"] == [
        {"tekst": "Zoek “zutph”", "url": "/organisaties/?q=zutph&plaats=Ede", "uitleg": "bij Ede"}
    ]
    assert "Plaatsen" not in [groep["titel"] for groep in groepen]


def test_suggesties_voor_de_adresbalk(client: Any, namen: None) -> None:
    response = client.get("/organisaties/suggesties/?q=zutph&vorm=opensearch")
    assert response["Content-Type"] == "application/x-suggestions+json"
    q, teksten, uitleg, adressen = response.json()
    assert (q, teksten[2], uitleg[2], adressen[2]) == (
        "zutph",
        "Zutphen Helpt",
        "organisatie",
        "http://testserver/organisaties/zutphen-helpt/",
    )


@pytest.mark.parametrize("q", ["", "z", "%20", "z%20"])
def test_suggesties_vanaf_twee_tekens(client: Any, namen: None, q: str) -> None:
    assert client.get(f"/organisaties/suggesties/?q={q}").json() == {"groepen": []}


@pytest.mark.parametrize("q", ["%25%25", "__", "((", "a" * 100_000, "%F0%9F%98%80%F0%9F%98%80", "%27%3B--"])
def test_suggesties_verdragen_alles(client: Any, namen: None, q: str) -> None:
    groepen = client.get(f"/organisaties/suggesties/?q={q}").json()["groepen"]
    assert [groep["titel"] for groep in groepen if groep["titel"] == "Organisaties"] == []


def test_suggesties_te_vaak(client: Any, namen: None) -> None:
    statussen = [client.get("/organisaties/suggesties/?q=zutph").status_code for _ in range(121)]
    assert statussen == [200] * 120 + [429]
