from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.forms.models import BaseInlineFormSet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from organisaties.actions.moderatoren import zorg_voor_moderatoren
from organisaties.keuzes import Status
from organisaties.models import Dienst, Doelgroep, Organisatie, Synoniemgroep, Thema
from organisaties.zoeken import ververs
from organisaties.zoeken.motor import zoek
from organisaties.zoeken.vraag import Zoekvraag
from tests.fabriek import maak_gebruiker, maak_locatie, maak_organisatie, maak_thema

LIJST = "/beheer/organisaties/organisatie/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def tafel(moderator: Any) -> Client:
    """A client on Django's own tables; the data of its inline forms look like a tag to the strict one."""
    client = Client()
    client.force_login(moderator)
    return client


def formulier(organisatie: Organisatie, **velden: Any) -> dict[str, Any]:
    """Return what the form of the listing posts, with fields as you say."""
    gegevens: dict[str, Any] = {
        "naam": organisatie.naam,
        "soort": organisatie.soort,
        "kort": organisatie.kort,
        "werkgebied": organisatie.werkgebied,
        "gezien_versie": organisatie.versie,
    }
    for onderdeel in ("diensten", "locaties", "contactpersonen", "beheer"):
        gegevens |= {f"{onderdeel}-TOTAL_FORMS": 0, f"{onderdeel}-INITIAL_FORMS": 0}
    return {**gegevens, **velden}


@pytest.mark.parametrize(
    ("gezocht", "gevonden"),
    [
        ("linde", ["De Linde"]),
        ("12345678", ["De Eik"]),
        ("eik.example", ["De Eik"]),
        ("info@linde", ["De Linde"]),
        ("1234", []),
    ],
)
def test_a_listing_is_found_by_name_kvk_domain_and_mail(tafel: Client, gezocht: str, gevonden: list[str]) -> None:
    maak_organisatie(naam="De Linde", email="info@linde.example")
    maak_organisatie(naam="De Eik", kvk_nummer="12345678", website="https://www.eik.example")
    antwoord = tafel.get(LIJST, {"q": gezocht})
    assert [organisatie.naam for organisatie in antwoord.context["cl"].result_list] == gevonden


@pytest.mark.parametrize(
    "vraag", ["q=%00", "status__exact=x", "themas__id__exact=abc", "p=9999", "o=99", "q=" + "x" * 3000]
)
def test_odd_parameters_are_no_server_error(tafel: Client, vraag: str) -> None:
    assert tafel.get(f"{LIJST}?{vraag}").status_code in (200, 302, 400)


@pytest.mark.parametrize(
    ("tafelnaam", "vraag"),
    [
        ("organisatie", "naam__regex=("),
        ("organisatie", "status__regex=("),
        ("organisatie", "kort=x"),
        ("organisatie", "themas__naam__regex=("),
        ("locatie", "straat__regex=("),
        ("thema", "naam__regex=("),
        ("melding", "tekst__regex=("),
    ],
)
def test_only_the_filters_beside_a_list_can_be_asked(tafel: Client, tafelnaam: str, vraag: str) -> None:
    assert tafel.get(f"/beheer/organisaties/{tafelnaam}/?{vraag}").status_code == 400


def test_the_filters_beside_the_list_give_their_listings(tafel: Client) -> None:
    thema = maak_thema()
    buurthuis = maak_organisatie(naam="Buurthuis", is_initiatief=True, bron="kaart", extern_id="1")
    buurthuis.themas.add(thema)
    maak_organisatie(naam="Ander", status=Status.INGEDIEND)
    for vraag in (
        {"status__exact": "gepubliceerd"},
        {"themas__id__exact": thema.pk},
        {"themas__isnull": "False"},
        {"is_initiatief__exact": "1"},
        {"bron": "kaart"},
    ):
        antwoord = tafel.get(LIJST, vraag)
        assert [organisatie.naam for organisatie in antwoord.context["cl"].result_list] == ["Buurthuis"], vraag


def test_a_search_of_thousands_of_words_is_cut_off(tafel: Client) -> None:
    maak_organisatie(naam="De Linde")
    with CaptureQueriesContext(connection) as vragen:
        antwoord = tafel.get(LIJST, {"q": "linde " * 25_000})
    assert [organisatie.naam for organisatie in antwoord.context["cl"].result_list] == ["De Linde"]
    assert max(vraag["sql"].lower().count("linde") for vraag in vragen) < 200


@pytest.mark.parametrize("waarde", ["\x00", "1\x00", "abc", "9" * 30])
@pytest.mark.parametrize(
    "veld", ["themas", "doelgroepen", "gemeenten", "hoort_bij", "diensten-0-themas", "locaties-0-gemeente"]
)
def test_a_choice_that_cannot_be_is_an_error_at_its_field(tafel: Client, veld: str, waarde: str) -> None:
    organisatie = maak_organisatie()
    velden: dict[str, Any] = {veld: waarde, "kort": "Getypt"}
    voor, _, naam = veld.rpartition("-0-")
    if voor:
        velden[f"{voor}-TOTAL_FORMS"] = 1
    antwoord = tafel.post(f"{LIJST}{organisatie.pk}/change/", formulier(organisatie, **velden))
    assert antwoord.status_code == 200
    if voor:
        formset = next(
            deel.formset for deel in antwoord.context["inline_admin_formsets"] if deel.formset.prefix == voor
        )
        fouten = formset.forms[0].errors[naam]
    else:
        fouten = antwoord.context["adminform"].form.errors[naam]
    assert any(deel in fouten[0] for deel in ("Null-tekens zijn niet toegestaan", "geldige", "beschikbare")), fouten
    assert 'value="Getypt"' in antwoord.content.decode()
    organisatie.refresh_from_db()
    assert organisatie.kort != "Getypt"


def test_a_choice_that_was_made_is_still_shown_beside_one_that_cannot_be(tafel: Client) -> None:
    organisatie, thema = maak_organisatie(), maak_thema(naam="Geld en schuld")
    velden = formulier(organisatie, themas=[thema.pk, "\x00"])
    html = tafel.post(f"{LIJST}{organisatie.pk}/change/", velden).content.decode()
    assert f'<option value="{thema.pk}" selected>Geld en schuld</option>' in html


def test_no_more_than_a_hundred_parts_are_made_of_what_is_sent(tafel: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    organisatie = maak_organisatie()
    gemaakt: list[int] = []
    maak = BaseInlineFormSet._construct_form

    def tel(formset: Any, i: int, **kwargs: Any) -> Any:
        gemaakt.append(i)
        return maak(formset, i, **kwargs)

    monkeypatch.setattr(BaseInlineFormSet, "_construct_form", tel)
    velden = formulier(organisatie, kort="Getypt", **{"diensten-TOTAL_FORMS": 99_999})
    antwoord = tafel.post(f"{LIJST}{organisatie.pk}/change/", velden)
    assert antwoord.status_code == 200
    assert len(gemaakt) == 100
    organisatie.refresh_from_db()
    assert organisatie.kort != "Getypt"


def test_a_listing_with_more_parts_than_can_be_added_can_still_be_saved(tafel: Client) -> None:
    organisatie = maak_organisatie()
    for nummer in range(101):
        Dienst.objects.create(organisatie=organisatie, naam=f"Dienst {nummer}")
    velden: dict[str, Any] = {"diensten-TOTAL_FORMS": 101, "diensten-INITIAL_FORMS": 101, "kort": "Getypt"}
    for index, dienst in enumerate(organisatie.diensten.order_by("volgorde", "pk")):
        velden |= {
            f"diensten-{index}-id": dienst.pk,
            f"diensten-{index}-organisatie": organisatie.pk,
            f"diensten-{index}-naam": dienst.naam,
            f"diensten-{index}-volgorde": dienst.volgorde,
        }
    antwoord = tafel.post(f"{LIJST}{organisatie.pk}/change/", formulier(organisatie, **velden))
    assert antwoord.status_code == 302
    organisatie.refresh_from_db()
    assert (organisatie.kort, organisatie.diensten.count()) == ("Getypt", 101)


def test_the_list_takes_the_same_queries_for_more_rows(tafel: Client, django_assert_num_queries: Any) -> None:
    maak_locatie(maak_organisatie())
    tafel.get(LIJST)
    with django_assert_num_queries(9):
        tafel.get(LIJST)
    for _ in range(3):
        maak_locatie(maak_organisatie())
    with django_assert_num_queries(9):
        tafel.get(LIJST)


def test_saving_renews_the_search_row_and_a_name_keeps_its_old_address(tafel: Client) -> None:
    organisatie = maak_organisatie(naam="De Linde")
    ververs([organisatie.pk])
    antwoord = tafel.post(f"{LIJST}{organisatie.pk}/change/", formulier(organisatie, naam="De Kastanje"))
    assert antwoord.status_code == 302
    organisatie.refresh_from_db()
    assert (organisatie.slug, organisatie.versie, organisatie.status) == ("de-kastanje", 2, Status.GEPUBLICEERD)
    assert [oud.slug for oud in organisatie.oude_slugs.all()] == ["de-linde"]
    assert zoek(Zoekvraag(tekst="kastanje")).ids == [organisatie.pk]
    assert zoek(Zoekvraag(tekst="linde")).ids == []


def test_a_stale_form_is_refused_and_keeps_what_was_typed(tafel: Client) -> None:
    organisatie = maak_organisatie(naam="De Linde")
    Organisatie.objects.update(versie=5)
    html = tafel.post(f"{LIJST}{organisatie.pk}/change/", formulier(organisatie, kort="Getypt")).content.decode()
    assert "Iemand anders heeft deze vermelding intussen aangepast." in html
    assert 'value="Getypt"' in html
    assert Organisatie.objects.get().kort != "Getypt"


def test_a_location_gets_its_place_on_the_map(tafel: Client) -> None:
    organisatie = maak_organisatie()
    velden = {
        "locaties-TOTAL_FORMS": 1,
        "locaties-0-straat": "Lindelaan 1",
        "locaties-0-postcode": "3511 AB",
        "locaties-0-plaats": "Utrecht",
        "locaties-0-organisatie": organisatie.pk,
    }
    antwoord = tafel.post(f"{LIJST}{organisatie.pk}/change/", formulier(organisatie, **velden))
    assert antwoord.status_code == 302
    locatie = organisatie.locaties.get()
    assert locatie.gemeente_id == "GM0344"
    assert locatie.punt.afstand((136.0, 455.9)) < 3


@pytest.mark.parametrize(("actie", "status"), [("publiceren", "gepubliceerd"), ("archiveren", "gearchiveerd")])
def test_actions_move_the_status_in_bulk_and_mail(
    tafel: Client, actie: str, status: str, django_capture_on_commit_callbacks: Any
) -> None:
    beheerder = maak_gebruiker(email="anna@voorbeeld.example")
    een = maak_organisatie(status=Status.INGEDIEND, beheerder=beheerder)
    twee = maak_organisatie(status=Status.INGEDIEND)
    with django_capture_on_commit_callbacks(execute=True):
        html = tafel.post(LIJST, {"action": actie, "_selected_action": [een.pk, twee.pk]}, follow=True).content.decode()
    assert f"2 vermeldingen zijn {status}." in html
    assert set(Organisatie.objects.values_list("status", flat=True)) == {status}
    assert [bericht.to for bericht in mail.outbox] == [["anna@voorbeeld.example"]]


def test_the_action_terugsturen_asks_one_reason(tafel: Client) -> None:
    organisatie = maak_organisatie(status=Status.INGEDIEND)
    keuze = {"action": "terugsturen", "_selected_action": [organisatie.pk]}
    assert "1 vermelding terugsturen" in tafel.post(LIJST, keuze).content.decode()
    tafel.post(LIJST, {**keuze, "reden": "Te kort."})
    organisatie.refresh_from_db()
    assert (organisatie.status, organisatie.terugstuurreden) == ("teruggestuurd", "Te kort.")


def test_nothing_english_is_left_in_the_list(tafel: Client) -> None:
    maak_organisatie()
    html = tafel.get(LIJST).content.decode()
    assert "Kies een actie" in html
    for woord in ("Select an option", "Add ", "View site", "Welcome"):
        assert woord not in html


def test_synonyms_are_typed_as_lines_or_commas_and_marked_as_changed(tafel: Client) -> None:
    antwoord = tafel.post(
        "/beheer/organisaties/synoniemgroep/add/",
        {"soort": "gelijk", "woorden": "eten, voedsel\n maaltijd \neten", "doelen": ""},
    )
    assert antwoord.status_code == 302
    groep = Synoniemgroep.objects.get()
    assert (groep.woorden, groep.doelen, groep.is_aangepast) == (["eten", "voedsel", "maaltijd"], [], True)
    html = tafel.get(f"/beheer/organisaties/synoniemgroep/{groep.pk}/change/").content.decode()
    assert 'href="/organisaties/?q=eten"' in html


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"soort": "gelijk", "woorden": "een"}, "vul er ten minste twee in"),
        ({"soort": "verwijst", "woorden": "een"}, "vul ook in waarheen"),
        ({"soort": "gelijk", "woorden": " ,\n"}, "Vul ten minste één woord in."),
        ({"soort": "gelijk", "woorden": "a\n" + "b" * 81}, "hoogstens 80 tekens"),
        ({"soort": "gelijk", "woorden": "a\n\u202eb"}, "één regel zonder bijzondere tekens"),
    ],
)
def test_a_wrong_group_of_synonyms_is_refused_with_what_to_do(
    tafel: Client, velden: dict[str, str], melding: str
) -> None:
    html = tafel.post("/beheer/organisaties/synoniemgroep/add/", {"doelen": "", **velden}).content.decode()
    assert melding in html
    assert not Synoniemgroep.objects.exists()


def test_the_address_of_a_theme_stays_and_its_words_are_lines(tafel: Client) -> None:
    thema = maak_thema(slug="geld", naam="Geld", trefwoorden=["schuld", "armoede"])
    html = tafel.get(f"/beheer/organisaties/thema/{thema.pk}/change/").content.decode()
    assert "schuld\narmoede</textarea>" in html
    velden = {"naam": "Geld en schulden", "slug": "anders", "trefwoorden": "rood staan", "volgorde": 1}
    assert tafel.post(f"/beheer/organisaties/thema/{thema.pk}/change/", velden).status_code == 302
    assert Thema.objects.values_list("slug", "naam", "trefwoorden").get() == (
        "geld",
        "Geld en schulden",
        ["rood staan"],
    )


def test_a_doelgroep_is_edited(tafel: Client) -> None:
    antwoord = tafel.post(
        "/beheer/organisaties/doelgroep/add/",
        {"naam": "Ouderen", "slug": "ouderen", "trefwoorden": "senioren", "volgorde": 1},
    )
    assert antwoord.status_code == 302
    assert Doelgroep.objects.get().trefwoorden == ["senioren"]


def test_a_failed_mail_shows_to_whom_and_why(tafel: Client, moderator: Any) -> None:
    moderator.user_permissions.set(
        zorg_voor_moderatoren().permissions.filter(codename__in=["view_dbtaskresult", "change_organisatie"])
    )
    DBTaskResult.objects.create(
        status="FAILED",
        args_kwargs={"args": [], "kwargs": {"aan": "anna@voorbeeld.example", "onderwerp": "Uw vermelding"}},
        task_path="welzijnportal.mail.verstuur_mail",
        queue_name="default",
        backend_name="default",
        run_after=timezone.now(),
        traceback="ConnectionRefusedError",
        exception_class_path="builtins.ConnectionRefusedError",
    )
    assert "1</strong> taken mislukt, waarvan 1 mail" in tafel.get("/beheer/").content.decode()
    html = tafel.get("/beheer/django_tasks_database/dbtaskresult/?status__exact=FAILED").content.decode()
    assert "mail aan anna@voorbeeld.example: Uw vermelding" in html


def test_the_group_of_moderators_can_work_and_not_make_moderators() -> None:
    call_command("laad_basisgegevens", verbosity=0)
    groep = Group.objects.get(name="Moderatoren")
    codes = set(groep.permissions.values_list("codename", flat=True))
    assert {"change_organisatie", "add_organisatie", "view_gemeente", "view_dbtaskresult"} <= codes
    assert not {"delete_organisatie", "change_gebruiker", "change_group", "delete_thema"} & codes
    lid = maak_gebruiker(is_staff=True)
    lid.groups.add(groep)
    client = Client()
    client.force_login(lid)
    assert client.get("/beheer/organisaties/organisatie/wachtrij/").status_code == 200
    assert client.get("/beheer/accounts/gebruiker/").status_code == 403
