"""What the directory exports and erases of a person with an account."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisaties.actions import persoonsgegevens
from organisaties.models import Beheer, BeheerUitnodiging, Melding
from tests.fabriek import maak_gebruiker, maak_organisatie

pytestmark = pytest.mark.django_db


def nodig_uit(organisatie: object, email: str, **velden: object) -> BeheerUitnodiging:
    verloopt_op = timezone.now() + timedelta(days=7)
    return BeheerUitnodiging.objects.create(
        organisatie=organisatie, email=email, token_hash=email, verloopt_op=verloopt_op, **velden
    )


def test_export_geeft_rollen_uitnodigingen_en_meldingen_van_deze_persoon_alleen() -> None:
    anna, bert = maak_gebruiker(email="anna@voorbeeld.example"), maak_gebruiker(email="bert@voorbeeld.example")
    linde = maak_organisatie(naam="De Linde", beheerder=anna)
    eik = maak_organisatie(naam="De Eik", beheerder=bert)
    nodig_uit(linde, "carla@voorbeeld.example", uitgenodigd_door=anna)
    nodig_uit(eik, "ANNA@voorbeeld.example", uitgenodigd_door=bert)
    nodig_uit(eik, "dirk@voorbeeld.example", uitgenodigd_door=bert)
    Melding.objects.create(organisatie=eik, tekst="Het nummer klopt niet.", email="anna@voorbeeld.example")
    Melding.objects.create(organisatie=eik, tekst="Gesloten.", email="bert@voorbeeld.example")
    uitvoer = persoonsgegevens.export(anna)
    assert [(rol["organisatie"], rol["rol"]) for rol in uitvoer["beheer"]] == [("De Linde", "Beheerder")]
    assert [regel["aan"] for regel in uitvoer["uitnodigingen"]] == ["carla@voorbeeld.example", "ANNA@voorbeeld.example"]
    assert [regel["tekst"] for regel in uitvoer["meldingen"]] == ["Het nummer klopt niet."]


def test_erase_laat_de_vermelding_en_de_melding_staan_zonder_de_persoon() -> None:
    anna, bert = maak_gebruiker(email="anna@voorbeeld.example"), maak_gebruiker(email="bert@voorbeeld.example")
    linde = maak_organisatie(naam="De Linde", beheerder=anna, redacteur=bert)
    nodig_uit(linde, "anna@voorbeeld.example", uitgenodigd_door=bert)
    melding = Melding.objects.create(organisatie=linde, tekst="Gesloten.", email="anna@voorbeeld.example")
    persoonsgegevens.erase(anna)
    assert [rol.gebruiker for rol in Beheer.objects.all()] == [bert]
    assert not BeheerUitnodiging.objects.exists()
    melding.refresh_from_db()
    assert (melding.tekst, melding.email) == ("Gesloten.", "")


def test_gevolgen_noemt_alleen_de_vermeldingen_die_hun_laatste_beheerder_verliezen() -> None:
    anna = maak_gebruiker()
    linde = maak_organisatie(naam="De Linde", beheerder=anna)
    Beheer.objects.create(organisatie=linde, gebruiker=maak_gebruiker(), rol="beheerder")
    maak_organisatie(naam="De Eik", beheerder=anna)
    [zin] = persoonsgegevens.gevolgen(anna)
    assert "U bent de laatste beheerder van ‘De Eik’." in zin
