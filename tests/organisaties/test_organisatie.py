"""The organisation as a model: its address, its constraints, the steps of its status."""

import threading
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisaties.actions import adres, status
from organisaties.keuzes import Status
from organisaties.models import Dienst, Locatie, Openingstijd, Openingsuitzondering, Organisatie, OrganisatieSlug
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_moderator, maak_organisatie, maak_thema

pytestmark = pytest.mark.django_db


def test_two_organisations_of_one_name_get_two_addresses() -> None:
    assert [maak_organisatie(naam="De Linde").slug for _ in range(3)] == ["de-linde", "de-linde-2", "de-linde-3"]


@pytest.mark.parametrize(("naam", "slug"), [("Aanmelden", "aanmelden-2"), ("你好", "organisatie"), ("É én", "e-en")])
def test_slug_of_odd_names(naam: str, slug: str) -> None:
    assert maak_organisatie(naam=naam).slug == slug


def test_an_old_address_is_never_given_away() -> None:
    eerste = maak_organisatie(naam="De Linde")
    adres.hernoem(organisatie=eerste, naam="De Eik")
    assert eerste.slug == "de-eik"
    assert maak_organisatie(naam="De Linde").slug == "de-linde-2"
    adres.hernoem(organisatie=eerste, naam="De Linde")
    assert eerste.slug == "de-linde"
    assert list(OrganisatieSlug.objects.values_list("slug", flat=True)) == ["de-eik"]


@pytest.mark.django_db(transaction=True)
def test_organisations_of_one_name_that_come_at_once_get_addresses_of_their_own() -> None:
    fouten: list[Exception] = []

    def maak() -> None:
        try:
            maak_organisatie(naam="De Linde")
        except Exception as fout:  # noqa: BLE001 - reported below
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=maak) for _ in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert fouten == []
    assert set(Organisatie.objects.values_list("slug", flat=True)) == {
        "de-linde",
        *(f"de-linde-{n}" for n in range(2, 9)),
    }


@pytest.mark.parametrize(
    ("velden", "beperking"),
    [
        ({"naam": ""}, "organisatie_heeft_naam"),
        ({"status": "weg"}, "organisatie_status_bestaat"),
        ({"soort": "bv"}, "organisatie_soort_bestaat"),
        ({"status": Status.GEPUBLICEERD, "gepubliceerd_op": None}, "organisatie_gepubliceerd_heeft_datum"),
    ],
)
def test_database_refuses_a_wrong_organisation(velden: dict[str, Any], beperking: str) -> None:
    with pytest.raises(IntegrityError, match=beperking), transaction.atomic():
        Organisatie.objects.create(**({"naam": "De Linde"} | velden))


def test_database_refuses_an_organisation_that_belongs_to_itself() -> None:
    organisatie = maak_organisatie()
    with pytest.raises(IntegrityError, match="organisatie_is_niet_eigen_ouder"), transaction.atomic():
        Organisatie.objects.filter(pk=organisatie.pk).update(hoort_bij=organisatie)


def test_database_refuses_a_second_row_of_one_source_key() -> None:
    maak_organisatie(bron="kaart", extern_id="7")
    maak_organisatie(bron="andere", extern_id="7")
    with pytest.raises(IntegrityError, match="organisatie_bron_en_sleutel_uniek"), transaction.atomic():
        maak_organisatie(bron="kaart", extern_id="7")


@pytest.mark.parametrize(
    ("velden", "beperking"),
    [
        ({"leeftijd_van": 18, "leeftijd_tot_en_met": 12}, "dienst_leeftijden_op_volgorde"),
        ({"is_gratis": True, "kosten": "5 euro"}, "dienst_gratis_heeft_geen_kosten"),
        ({"naam": ""}, "dienst_heeft_naam"),
    ],
)
def test_database_refuses_a_wrong_service(velden: dict[str, Any], beperking: str) -> None:
    organisatie = maak_organisatie()
    with pytest.raises(IntegrityError, match=beperking), transaction.atomic():
        Dienst.objects.create(organisatie=organisatie, **({"naam": "Eten"} | velden))


def test_database_refuses_a_place_outside_the_country() -> None:
    with pytest.raises(IntegrityError, match="locatie_ligt_in_nederland"), transaction.atomic():
        Locatie.objects.create(organisatie=maak_organisatie(), plaats="Parijs", breedtegraad=48.9, lengtegraad=2.3)


@pytest.mark.parametrize(
    ("velden", "beperking"),
    [
        ({"dag": 8, "van": "09:00", "tot": "10:00"}, "openingstijd_dag_bestaat"),
        ({"dag": 1, "van": "10:00", "tot": "09:00"}, "openingstijd_eindigt_na_begin"),
        ({"dag": 1}, "openingstijd_eindigt_na_begin"),
    ],
)
def test_database_refuses_wrong_hours(velden: dict[str, Any], beperking: str) -> None:
    locatie = maak_locatie(maak_organisatie())
    with pytest.raises(IntegrityError, match=beperking), transaction.atomic():
        Openingstijd.objects.create(locatie=locatie, **velden)


def test_database_refuses_hours_of_both_a_place_and_a_service() -> None:
    organisatie = maak_organisatie()
    with pytest.raises(IntegrityError, match="openingstijd_van_locatie_of_dienst"), transaction.atomic():
        Openingstijd.objects.create(
            locatie=maak_locatie(organisatie), dienst=maak_dienst(organisatie), dag=1, van="09:00", tot="10:00"
        )


@pytest.mark.parametrize(
    ("velden", "beperking"),
    [
        ({"van_datum": "2026-12-26", "tot_en_met_datum": "2026-12-25"}, "openingsuitzondering_dagen_op_volgorde"),
        (
            {"van_datum": "2026-12-25", "tot_en_met_datum": "2026-12-25", "is_gesloten": False},
            "openingsuitzondering_gesloten_of_tijden",
        ),
    ],
)
def test_database_refuses_a_wrong_exception(velden: dict[str, Any], beperking: str) -> None:
    locatie = maak_locatie(maak_organisatie())
    with pytest.raises(IntegrityError, match=beperking), transaction.atomic():
        Openingsuitzondering.objects.create(locatie=locatie, **velden)


def test_a_theme_is_not_its_own_parent() -> None:
    thema = maak_thema()
    thema.ouder = thema
    with pytest.raises(IntegrityError, match="thema_is_niet_eigen_ouder"), transaction.atomic():
        thema.save()


STAPPEN = [
    (Status.CONCEPT, Status.INGEDIEND, True),
    (Status.CONCEPT, Status.TERUGGESTUURD, False),
    (Status.INGEDIEND, Status.GEPUBLICEERD, True),
    (Status.INGEDIEND, Status.INGEDIEND, False),
    (Status.INGEDIEND, Status.TERUGGESTUURD, True),
    (Status.GEPUBLICEERD, Status.GEPUBLICEERD, False),
    (Status.GEPUBLICEERD, Status.INGEDIEND, False),
    (Status.GEPUBLICEERD, Status.GEARCHIVEERD, True),
    (Status.TERUGGESTUURD, Status.INGEDIEND, True),
    (Status.GEARCHIVEERD, Status.GEPUBLICEERD, True),
    (Status.GEARCHIVEERD, Status.TERUGGESTUURD, False),
]


@pytest.mark.parametrize(("van", "naar", "mag"), STAPPEN)
def test_steps_of_the_status(van: Status, naar: Status, mag: bool) -> None:
    moderator = maak_moderator()
    organisatie = maak_organisatie(status=van, gepubliceerd_op=timezone.now())
    if not mag:
        with pytest.raises(status.StatusFout):
            status.zet_status(organisatie=organisatie, naar=naar, door=moderator, reden="Omdat.")
        organisatie.refresh_from_db()
        assert organisatie.status == van
        return
    status.zet_status(organisatie=organisatie, naar=naar, door=moderator, reden="Omdat.")
    organisatie.refresh_from_db()
    assert (organisatie.status, organisatie.status_door) == (naar, moderator)
    stap = organisatie.statusstappen.get()
    assert (stap.van, stap.naar, stap.gezet_door, stap.reden) == (van, naar, moderator, "Omdat.")


def test_sending_back_asks_for_a_reason_and_mails_it(django_capture_on_commit_callbacks: Any) -> None:
    beheerder = maak_gebruiker(email="beheerder@voorbeeld.example")
    organisatie = maak_organisatie(status=Status.INGEDIEND, beheerder=beheerder)
    with pytest.raises(status.StatusFout, match="Schrijf op waarom"):
        status.stuur_terug(organisatie=organisatie, door=maak_moderator(), reden="  ")
    with django_capture_on_commit_callbacks(execute=True):
        status.stuur_terug(organisatie=organisatie, door=maak_moderator(), reden="Het adres ontbreekt nog.")
    assert [bericht.to for bericht in mail.outbox] == [["beheerder@voorbeeld.example"]]
    assert "Het adres ontbreekt nog." in mail.outbox[0].body


def test_history_keeps_each_change() -> None:
    organisatie = maak_organisatie(naam="De Linde")
    organisatie.kort = "Samen koken."
    organisatie.save()
    assert [rij.kort for rij in organisatie.history.all()] == [
        "Samen koken.",
        "Samen eten, koffie drinken en klussen in de buurt.",
    ]
