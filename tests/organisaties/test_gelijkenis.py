import pytest

from organisaties.gelijkenis import lijkt_op, overeenkomst
from organisaties.keuzes import Status
from tests.fabriek import maak_locatie, maak_organisatie

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("een", "ander", "lijkt"),
    [
        ("Stichting De Brug", "de brug", True),
        ("Stichting De Brug", "Stichting De Boog", False),
        ("Humanitas", "Humanitas Zwolle", True),
        ("Buurthuis De Linde", "De Linde", True),
        ("Voedselbank Deventer", "Voedselbank Devnter", True),
        ("Vereniging", "Stichting", False),
        ("", "De Brug", False),
        ("\u0645\u0631\u062d\u0628\u0627", "De Brug", False),
    ],
)
def test_overeenkomst_kijkt_niet_naar_de_rechtsvorm(een: str, ander: str, lijkt: bool) -> None:
    assert (overeenkomst(een, ander) >= 0.5) is lijkt


def test_zelfde_plaats_weegt_mee() -> None:
    hier = maak_organisatie(naam="De Linde")
    maak_locatie(hier, plaats="Zutphen")
    assert [g.organisatie for g in lijkt_op(naam="Buurthuis De Linde", plaats="zutphen")] == [hier]
    assert lijkt_op(naam="Buurthuis De Linde", plaats="Meppel") == []


def test_kvk_en_website_gaan_voor_de_naam() -> None:
    kvk = maak_organisatie(naam="Iets", kvk_nummer="12345678")
    web = maak_organisatie(naam="Anders", website="http://www.brug.example/over")
    naam = maak_organisatie(naam="Taalhuis De Brug")
    maak_organisatie(naam="Nog iets", website="https://brug.example.nl")
    gevonden = lijkt_op(naam="Taalhuis De Brug", website="https://BRUG.example", kvk_nummer="12345678")
    assert [(g.organisatie, g.reden) for g in gevonden] == [
        (kvk, "Heeft hetzelfde KvK-nummer"),
        (web, "Heeft dezelfde website"),
        (naam, "Lijkt op deze naam"),
    ]


def test_gedeeld_domein_telt_alleen_met_dezelfde_pagina() -> None:
    zelf = maak_organisatie(naam="Iets", website="https://www.facebook.com/brug")
    maak_organisatie(naam="Anders", website="https://www.facebook.com/linde")
    assert [g.organisatie for g in lijkt_op(website="https://www.facebook.com/Brug")] == [zelf]


def test_bezoeker_ziet_alleen_wat_is_gepubliceerd_en_de_moderator_ook_wat_wacht() -> None:
    rijen = {
        status: maak_organisatie(naam="Taalhuis De Brug", status=status, kvk_nummer="12345678")
        for status in (Status.CONCEPT, Status.INGEDIEND, Status.TERUGGESTUURD, Status.GEPUBLICEERD)
    }
    maak_organisatie(naam="Taalhuis De Brug", status=Status.GEARCHIVEERD)
    assert [g.organisatie for g in lijkt_op(naam="Taalhuis De Brug")] == [rijen[Status.GEPUBLICEERD]]
    assert {g.organisatie for g in lijkt_op(naam="Taalhuis De Brug", ook_verborgen=True)} == set(rijen.values())
    zonder = lijkt_op(naam="Taalhuis De Brug", behalve=[rijen[Status.GEPUBLICEERD].pk])
    assert zonder == []


def test_hoogstens_vijf() -> None:
    for _ in range(8):
        maak_organisatie(naam="Taalhuis De Brug")
    assert len(lijkt_op(naam="Taalhuis De Brug")) == 5
