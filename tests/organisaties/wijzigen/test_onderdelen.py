import pytest
from django.test import Client

from organisaties.keuzes import Zichtbaarheid
from organisaties.models import (
    Contactpersoon,
    Dienst,
    Locatie,
    Organisatie,
)
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie, maak_thema
from tests.organisaties.wijzigen.editor import bewaar, pad, velden_van
from welzijnportal.geo.models import Gemeente

pytestmark = pytest.mark.django_db


def test_locatie_vult_plaats_gemeente_en_punt_uit_de_postcode(ik: Client, organisatie: Organisatie) -> None:
    response = bewaar(ik, pad(organisatie, "locaties/toevoegen/"), straat="Markt 1", postcode="7201ab")
    locatie = Locatie.objects.get()
    assert (locatie.postcode, locatie.plaats, str(locatie.gemeente)) == ("7201 AB", "Zutphen", "Zutphen")
    assert locatie.punt is not None
    assert response.url == pad(organisatie, f"locaties/{locatie.pk}/")
    assert "Wij hebben gemeente Zutphen ingevuld. Klopt dat?" in ik.get(response.url).content.decode()


def test_redacteur_verbetert_de_voorgestelde_gemeente(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie, gemeente=Gemeente.objects.get(naam="Utrecht"))
    ander = Gemeente.objects.get(naam="De Bilt")
    response = bewaar(ik, pad(organisatie, f"locaties/{locatie.pk}/"), gemeente=ander.pk)
    locatie.refresh_from_db()
    assert locatie.gemeente == ander
    assert response.url == pad(organisatie)


def test_nog_een_toevoegen_gaat_naar_een_leeg_formulier(ik: Client, organisatie: Organisatie) -> None:
    response = bewaar(ik, pad(organisatie, "diensten/toevoegen/"), naam="Taalcafé", is_gratis="on", nog_een="ja")
    assert response.url == pad(organisatie, "diensten/toevoegen/")
    assert Dienst.objects.get().naam == "Taalcafé"


def test_twee_keer_dezelfde_pagina_sturen_voegt_een_toe(ik: Client, organisatie: Organisatie) -> None:
    data = velden_van(ik.get(pad(organisatie, "diensten/toevoegen/")).content.decode()) | {"naam": "Taalcafé"}
    for _ in range(2):
        assert ik.post(pad(organisatie, "diensten/toevoegen/"), data).status_code == 302
    assert Dienst.objects.count() == 1


def test_dienst_met_alles(ik: Client, organisatie: Organisatie) -> None:
    locatie, thema = maak_locatie(organisatie), maak_thema()
    data = velden_van(ik.get(pad(organisatie, "diensten/toevoegen/")).content.decode())
    data.pop("is_gratis")
    ik.post(
        pad(organisatie, "diensten/toevoegen/"),
        data
        | {
            "naam": "Cursus",
            "themas": [thema.pk],
            "kosten": "Voor de koffie",
            "bedrag": "2,50",
            "aanmelden_via": ["inloop", "telefoon"],
            "aanmeldlink": "voorbeeld.example/cursus",
            "leeftijd_van": "18",
            "locaties": [locatie.pk],
        },
    )
    dienst = Dienst.objects.get()
    assert (str(dienst.bedrag), dienst.is_gratis, dienst.leeftijd_van) == ("2.50", False, 18)
    assert dienst.aanmelden_via == ["inloop", "telefoon"]
    assert dienst.aanmeldlink == "https://voorbeeld.example/cursus"
    assert list(dienst.locaties.all()) == [locatie]


def test_dienst_kan_niet_op_de_locatie_van_een_ander(ik: Client, organisatie: Organisatie) -> None:
    ander = maak_locatie(maak_organisatie(naam="Een ander"))
    response = bewaar(ik, pad(organisatie, "diensten/toevoegen/"), naam="Taalcafé", locaties=[ander.pk])
    assert response.status_code == 200
    assert not Dienst.objects.exists()


def test_contactpersoon_is_voor_niemand_te_zien_tot_u_kiest(ik: Client, organisatie: Organisatie) -> None:
    bewaar(ik, pad(organisatie, "contactpersonen/toevoegen/"), naam="Sara", email="s@linde.example", email_voor="leden")
    persoon = Contactpersoon.objects.get()
    assert (persoon.naam_voor, persoon.email_voor, persoon.telefoon_voor) == (
        Zichtbaarheid.NIEMAND,
        Zichtbaarheid.LEDEN,
        Zichtbaarheid.NIEMAND,
    )


def test_weghalen_vraagt_eerst(ik: Client, organisatie: Organisatie) -> None:
    dienst = maak_dienst(organisatie)
    adres = pad(organisatie, f"diensten/{dienst.pk}/verwijderen/")
    assert "Ja, weghalen" in ik.get(adres).content.decode()
    assert Dienst.objects.exists()
    ik.post(adres)
    assert not Dienst.objects.exists()
    assert ik.post(adres).status_code == 302
