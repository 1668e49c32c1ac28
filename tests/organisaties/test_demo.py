"""The invented listings: the same every time, whole, and of nobody real."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import phonenumbers
import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image

from organisaties.demo import DEMO_ACCOUNTS
from organisaties.demo.accounts import maak_accounts
from organisaties.demo.logo import initialen, maak_logo
from organisaties.demo.plan import Planner
from organisaties.demo.teksten import bron, woordenlijst
from organisaties.demo.vormen import Organisatieplan
from organisaties.demo.vullen import plekken, vingerafdruk, vul
from organisaties.keuzes import Soort, Status
from organisaties.models import (
    Beheer,
    Contactpersoon,
    Dienst,
    Locatie,
    Melding,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
    Wijzigingsverzoek,
)
from organisaties.zoeken import Zoekvraag, zoek
from tests.fabriek import maak_organisatie
from welzijnportal.geo.models import Postcode

VANDAAG = date(2026, 11, 23)


@pytest.fixture
def plannen(db: None) -> list[Organisatieplan]:
    return Planner(plekken(), VANDAAG).maak(400)


def test_elk_soort_aanbod_is_met_de_hand_geschreven_en_wordt_gebruikt() -> None:
    diensten = {soort["sleutel"]: soort for soort in bron("diensten")["dienst"]}
    soorten = bron("soorten")["soort"]
    assert len(diensten) >= 60
    assert [s for s, soort in diensten.items() if len(soort["wat"]) + len(soort["hoe"]) < 3] == []
    assert len({naam for soort in soorten for naam in soort["namen"]}) >= 40
    assert {sleutel for soort in soorten for sleutel in soort["vast"] + soort["extra"]} == set(diensten)
    assert {vorm for soort in soorten for vorm in soort["rechtsvormen"]} <= set(Soort.values)


def test_gegevens_zijn_elke_keer_gelijk(db: None) -> None:
    nu = timezone.now()
    assert vingerafdruk(40, nu) == vingerafdruk(40, nu)


def test_vermeldingen_verschillen_van_elkaar(plannen: list[Organisatieplan]) -> None:
    assert len({plan.tekst for plan in plannen}) == len({plan.slug for plan in plannen}) == 400
    diensten = [dienst.tekst for plan in plannen for dienst in plan.diensten]
    assert len(diensten) >= 900
    assert len(set(diensten)) > 0.97 * len(diensten)


def test_er_staan_geen_open_plekken_of_lege_teksten_in(plannen: list[Organisatieplan]) -> None:
    for plan in plannen:
        for tekst in (plan.naam, plan.kort, plan.tekst, *(d.naam + d.tekst for d in plan.diensten)):
            assert tekst.strip(), plan.slug
            assert not re.search(r"[\[\]{}|]|\?:|\.\.|lorem", tekst, re.IGNORECASE), tekst
        assert len(plan.kort) <= 160
        assert 2 <= len(plan.diensten) <= 4


def test_elke_postcode_hoort_bij_de_plaats(plannen: list[Organisatieplan]) -> None:
    plaatsen = dict(Postcode.objects.values_list("pc4", "plaats__naam"))
    gemeenten = dict(Postcode.objects.values_list("pc4", "gemeente_id"))
    provincies = set()
    for plan in plannen:
        for locatie in plan.locaties:
            assert plaatsen[locatie.postcode[:4]] == locatie.plek.plaats
            assert gemeenten[locatie.postcode[:4]] == locatie.plek.gemeente
            assert re.fullmatch(r"[1-9]\d{3} (?!SA|SD|SS)[A-Z]{2}", locatie.postcode)
            provincies.add(locatie.plek.provincie)
    assert len(provincies) == 12


def test_niemand_echt_is_te_bereiken(plannen: list[Organisatieplan]) -> None:
    nummers = [plan.telefoon for plan in plannen]
    assert len(set(nummers)) == len(nummers)
    for plan in plannen:
        nummer = phonenumbers.parse(plan.telefoon)
        assert phonenumbers.is_valid_number(nummer), plan.telefoon
        abonnee = str(nummer.national_number)[phonenumbers.length_of_geographical_area_code(nummer) or 2 :]
        assert abonnee.startswith("0"), plan.telefoon
        assert plan.domein.endswith(".example")
        assert not plan.kvk_nummer or plan.kvk_nummer.startswith("0000")


def test_geen_naam_lijkt_op_een_bestaande_organisatie(plannen: list[Organisatieplan]) -> None:
    bestaand = [slugify(naam) for naam in woordenlijst("voorbehouden")]
    namen = [f"-{slugify(plan.naam)}-" for plan in plannen]
    assert [(naam, echt) for naam in namen for echt in bestaand if f"-{echt}-" in naam] == []


def test_geheim_adres_is_niet_uit_de_kaart_af_te_lezen(plannen: list[Organisatieplan]) -> None:
    geheim = [locatie for plan in plannen for locatie in plan.locaties if locatie.is_geheim]
    assert geheim
    for locatie in geheim:
        assert (locatie.breedtegraad, locatie.lengtegraad) == (
            round(locatie.plek.breedtegraad, 5),
            round(locatie.plek.lengtegraad, 5),
        )
        assert (locatie.toelichting, locatie.week) == ("", [])


def test_openingstijden_wisselen(plannen: list[Organisatieplan]) -> None:
    weken = {tuple(locatie.week) for plan in plannen for locatie in plan.locaties}
    assert len(weken) > 100
    slots = [slot for week in weken for slot in week]
    assert any(slot.is_op_afspraak for slot in slots)
    assert any(uitzondering.van for plan in plannen for deel in plan.locaties for uitzondering in deel.uitzonderingen)


def test_wat_een_tekst_belooft_staat_in_de_openingstijden(plannen: list[Organisatieplan]) -> None:
    beloofd = [
        dienst
        for plan in plannen
        for dienst in plan.diensten
        if re.search(r"Elke (maandag|dinsdag|woensdag|donderdag|vrijdag)(ochtend|middag|avond)", dienst.tekst)
    ]
    assert len(beloofd) > 20
    assert [dienst.tekst for dienst in beloofd if not dienst.week] == []


@pytest.fixture
def gevuld(db: None) -> dict[str, Any]:
    accounts = maak_accounts()
    vul(aantal=60, accounts=accounts)
    return accounts


def test_alles_wat_is_gevuld_voldoet_aan_de_regels_van_de_formulieren(gevuld: dict[str, Any]) -> None:
    soorten: list[type[models.Model]] = [
        Organisatie,
        Locatie,
        Dienst,
        Openingstijd,
        Openingsuitzondering,
        Contactpersoon,
        Melding,
        Wijzigingsverzoek,
    ]
    for soort in soorten:
        for voorwerp in soort._default_manager.all():
            voorwerp.full_clean(validate_unique=False, validate_constraints=False)


def test_er_wacht_werk_voor_de_moderator(gevuld: dict[str, Any]) -> None:
    per_status = {status: Organisatie.objects.filter(status=status).count() for status in Status}
    assert per_status == {
        Status.CONCEPT: 1,
        Status.INGEDIEND: 2,
        Status.GEPUBLICEERD: 55,
        Status.TERUGGESTUURD: 1,
        Status.GEARCHIVEERD: 1,
        Status.SAMENGEVOEGD: 0,
    }
    assert Wijzigingsverzoek.objects.filter(status=Wijzigingsverzoek.Status.OPEN).count() == 4
    assert Melding.objects.filter(status=Melding.Status.OPEN).count() == 8
    assert Organisatie.objects.get(status=Status.TERUGGESTUURD).terugstuurreden
    assert all(organisatie.history.exists() for organisatie in Organisatie.objects.all())
    assert set(Beheer.objects.values_list("gebruiker__email", flat=True)) == {
        "beheerder@welzijnportal.example",
        "redacteur@welzijnportal.example",
    }


def test_bezoeker_vindt_de_vermeldingen(gevuld: dict[str, Any]) -> None:
    organisatie = Organisatie.objects.zichtbaar().order_by("pk")[0]
    assert organisatie.pk in zoek(Zoekvraag(tekst=organisatie.naam)).ids
    verborgen = Organisatie.objects.filter(status=Status.INGEDIEND)[0]
    assert verborgen.pk not in zoek(Zoekvraag(tekst=verborgen.naam)).ids


def test_accounts_kunnen_inloggen_en_zijn_bevestigd(db: None) -> None:
    maak_accounts()
    maak_accounts()
    for email, rol, wachtwoord in DEMO_ACCOUNTS:
        gebruiker = authenticate(None, username=email, password=wachtwoord)
        assert gebruiker is not None, email
        assert gebruiker.is_staff == (rol == "admin")
        assert EmailAddress.objects.get(user=gebruiker, email=email).verified


def test_logo_is_een_png_en_steeds_hetzelfde() -> None:
    beeld = Image.open(BytesIO(maak_logo("Buurthuis De Theemuts")))
    assert (beeld.format, beeld.size) == ("PNG", (256, 256))
    assert maak_logo("Het Hooihuis") == maak_logo("Het Hooihuis")
    assert initialen("Stichting De Gele Regenjas") == "GR"


def test_logos_worden_bewaard(gevuld: dict[str, Any]) -> None:
    met_logo = Organisatie.objects.exclude(logo="")
    assert met_logo.count() > 20
    assert all(default_storage.exists(organisatie.logo.name) for organisatie in met_logo)


def test_opdracht_laat_een_gids_met_organisaties_met_rust(db: None) -> None:
    maak_organisatie(naam="Een echte vermelding")
    with pytest.raises(CommandError, match="alleen in een lege gids"):
        call_command("demo_gegevens", aantal=20)
    assert Organisatie.objects.count() == 1


def test_opnieuw_kan_alleen_in_ontwikkeling(db: None, settings: Any) -> None:
    settings.IN_DEVELOPMENT = False
    with pytest.raises(CommandError, match="alleen in ontwikkeling"):
        call_command("demo_gegevens", opnieuw=True)


def test_opdracht_maakt_buiten_ontwikkeling_geen_accounts(db: None, settings: Any) -> None:
    settings.IN_DEVELOPMENT = False
    call_command("demo_gegevens", aantal=20)
    assert Organisatie.objects.count() == 20
    assert not EmailAddress.objects.exists()


def test_opnieuw_vervangt_de_verzonnen_vermeldingen(db: None, settings: Any) -> None:
    settings.IN_DEVELOPMENT = True
    call_command("demo_gegevens", aantal=20)
    eerst = set(Organisatie.objects.values_list("slug", flat=True))
    call_command("demo_gegevens", aantal=20, opnieuw=True)
    assert set(Organisatie.objects.values_list("slug", flat=True)) == eerst
    assert EmailAddress.objects.filter(verified=True).count() == len(DEMO_ACCOUNTS)
