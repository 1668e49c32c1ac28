import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisaties.actions.beoordelen import beoordeel, stand_van
from organisaties.actions.status import StatusFout, zet_status
from organisaties.keuzes import Status
from organisaties.models import Organisatie, Statusstap
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_moderator, maak_organisatie

pytestmark = pytest.mark.django_db

WACHTRIJ = "/beheer/organisaties/organisatie/wachtrij/"


def maak_ingediende(**velden: Any) -> Organisatie:
    organisatie = maak_organisatie(status=Status.CONCEPT, **velden)
    door = organisatie.beheer.first().gebruiker if organisatie.beheer.exists() else None
    zet_status(organisatie=organisatie, naar=Status.INGEDIEND, door=door, meld=False)
    organisatie.refresh_from_db()
    return organisatie


def beoordelen_url(organisatie: Organisatie) -> str:
    return reverse("admin:organisaties_organisatie_beoordelen", args=[organisatie.pk])


def besluit(organisatie: Organisatie, naar: str, **extra: str) -> dict[str, str]:
    return {"naar": naar, "gezien": stand_van(organisatie), **extra}


@pytest.fixture
def beheerder(db: None) -> Any:
    return maak_gebruiker(email="beheerder@voorbeeld.example", naam="Anna")


PAGES = [
    "/beheer/organisaties/organisatie/wachtrij/",
    "/beheer/organisaties/organisatie/{pk}/beoordelen/",
    "/beheer/organisaties/organisatie/{pk}/history/",
    "/beheer/organisaties/organisatie/",
    "/beheer/organisaties/organisatie/{pk}/change/",
    "/beheer/organisaties/wijzigingsverzoek/wachtrij/",
    "/beheer/organisaties/melding/wachtrij/",
    "/beheer/organisaties/importopdracht/nieuw/",
    "/beheer/organisaties/thema/",
    "/beheer/organisaties/doelgroep/",
    "/beheer/organisaties/synoniemgroep/",
]


@pytest.mark.parametrize("pad", PAGES)
@pytest.mark.parametrize(("wie", "status"), [("niemand", 302), ("vreemde", 302), ("staff", 403), ("moderator", 200)])
def test_the_desk_is_for_moderators_alone(
    request: pytest.FixtureRequest, client: Client, pad: str, wie: str, status: int
) -> None:
    organisatie = maak_ingediende()
    if pad.endswith("change/"):
        # The data of Django's inline forms look like a tag to the strict client.
        client = Client()
    if wie != "niemand":
        client.force_login(request.getfixturevalue(wie))
    assert client.get(pad.format(pk=organisatie.pk)).status_code == status


@pytest.mark.parametrize("wie", ["niemand", "vreemde", "staff"])
@pytest.mark.parametrize("naar", ["gepubliceerd", "teruggestuurd", "gearchiveerd"])
def test_who_is_no_moderator_decides_nothing(
    request: pytest.FixtureRequest, client: Client, wie: str, naar: str
) -> None:
    organisatie = maak_ingediende()
    if wie != "niemand":
        client.force_login(request.getfixturevalue(wie))
    client.post(beoordelen_url(organisatie), besluit(organisatie, naar, reden="Daarom."))
    client.post(WACHTRIJ, {"naar": naar, "gekozen": [organisatie.pk], "reden": "Daarom."})
    organisatie.refresh_from_db()
    assert organisatie.status == Status.INGEDIEND


def test_the_queue_shows_the_oldest_first_with_age_place_and_who(
    client: Client, moderator: Any, beheerder: Any
) -> None:
    jong, oud = maak_ingediende(naam="Jong"), maak_ingediende(naam="Oud", beheerder=beheerder)
    maak_organisatie(naam="Al gepubliceerd")
    maak_locatie(oud, plaats="Ede")
    Organisatie.objects.filter(pk=oud.pk).update(status_op=timezone.now() - timedelta(days=3))
    client.force_login(moderator)
    html = client.get(WACHTRIJ).content.decode()
    assert html.index("Oud</a>") < html.index("Jong</a>")
    assert "<strong>3 dagen</strong>" in html
    assert "<strong>net binnen</strong>" in html
    assert "Ede" in html
    assert "Anna" in html
    assert "2 vermeldingen wachten op u." in html
    assert "Al gepubliceerd" not in html
    assert jong.status == Status.INGEDIEND


def test_the_queue_takes_the_same_queries_for_more_rows(
    client: Client, moderator: Any, django_assert_num_queries: Any
) -> None:
    client.force_login(moderator)

    def voeg_toe() -> None:
        organisatie = maak_ingediende()
        maak_locatie(organisatie)
        maak_dienst(organisatie)

    voeg_toe()
    client.get(WACHTRIJ)
    with django_assert_num_queries(8):
        client.get(WACHTRIJ)
    voeg_toe()
    voeg_toe()
    with django_assert_num_queries(8):
        client.get(WACHTRIJ)


def test_the_review_takes_the_same_queries_for_a_longer_history(
    client: Client, moderator: Any, beheerder: Any, django_assert_max_num_queries: Any
) -> None:
    organisatie = maak_ingediende(beheerder=beheerder)
    client.force_login(moderator)
    client.get(beoordelen_url(organisatie))
    aantallen = []
    for nummer in range(2):
        for keer in range(1 + nummer * 5):
            organisatie.kort = f"Tekst {nummer} {keer}"
            organisatie.save()
        with django_assert_max_num_queries(60) as vragen:
            client.get(beoordelen_url(organisatie))
        aantallen.append(len(vragen))
    assert aantallen[0] == aantallen[1]


def test_goedkeuren_publishes_mails_and_goes_on_to_the_next(client: Client, moderator: Any, beheerder: Any) -> None:
    eerste, tweede = maak_ingediende(naam="Eerste", beheerder=beheerder), maak_ingediende(naam="Tweede")
    client.force_login(moderator)
    antwoord = client.post(beoordelen_url(eerste), besluit(eerste, "gepubliceerd"), follow=True)
    eerste.refresh_from_db()
    assert (eerste.status, eerste.status_door) == (Status.GEPUBLICEERD, moderator)
    assert antwoord.redirect_chain == [(beoordelen_url(tweede), 302)]
    assert "&#x27;Eerste&#x27; is gepubliceerd. Dit is de volgende." in antwoord.content.decode()
    assert [(bericht.to, bericht.subject) for bericht in mail.outbox] == [
        (["beheerder@voorbeeld.example"], mail.outbox[0].subject)
    ]
    assert "Eerste" in mail.outbox[0].body
    assert client.get(eerste.get_absolute_url()).status_code == 200


def test_after_the_last_one_the_queue_is_empty(client: Client, moderator: Any) -> None:
    organisatie = maak_ingediende()
    client.force_login(moderator)
    antwoord = client.post(beoordelen_url(organisatie), besluit(organisatie, "gearchiveerd"), follow=True)
    assert antwoord.redirect_chain == [(WACHTRIJ, 302)]
    assert "De wachtrij is leeg" in antwoord.content.decode()


def test_terugsturen_needs_a_reason_beside_the_field(client: Client, moderator: Any) -> None:
    organisatie = maak_ingediende()
    client.force_login(moderator)
    html = client.post(beoordelen_url(organisatie), besluit(organisatie, "teruggestuurd", reden=" ")).content.decode()
    assert "Schrijf op wat er anders moet. De organisatie leest dit." in html
    assert 'aria-invalid="true"' in html
    organisatie.refresh_from_db()
    assert organisatie.status == Status.INGEDIEND


def test_terugsturen_mails_the_reason(client: Client, moderator: Any, beheerder: Any) -> None:
    organisatie = maak_ingediende(beheerder=beheerder)
    client.force_login(moderator)
    client.post(beoordelen_url(organisatie), besluit(organisatie, "teruggestuurd", reden="Vul uw adres aan."))
    organisatie.refresh_from_db()
    assert (organisatie.status, organisatie.terugstuurreden) == (Status.TERUGGESTUURD, "Vul uw adres aan.")
    assert [bericht.to for bericht in mail.outbox] == [["beheerder@voorbeeld.example"]]
    assert "Vul uw adres aan." in mail.outbox[0].body


def test_the_second_moderator_is_told(client: Client, moderator: Any) -> None:
    organisatie = maak_ingediende(naam="De Linde")
    oud = besluit(organisatie, "teruggestuurd", reden="Daarom.")
    zet_status(organisatie=organisatie, naar=Status.GEPUBLICEERD, door=moderator, meld=False)
    client.force_login(maak_moderator())
    antwoord = client.post(beoordelen_url(organisatie), oud, follow=True)
    assert (
        "&#x27;De Linde&#x27; is al beoordeeld: gepubliceerd door Mo. Er is niets veranderd."
        in antwoord.content.decode()
    )
    organisatie.refresh_from_db()
    assert organisatie.status == Status.GEPUBLICEERD


def test_a_text_that_changed_meanwhile_is_not_approved_unread(client: Client, moderator: Any) -> None:
    organisatie = maak_ingediende(naam="De Linde")
    oud = besluit(organisatie, "gepubliceerd")
    Organisatie.objects.filter(pk=organisatie.pk).update(kort="Heel iets anders", versie=2)
    client.force_login(moderator)
    html = client.post(beoordelen_url(organisatie), oud, follow=True).content.decode()
    assert "is aangepast terwijl u keek. Bekijk de vermelding opnieuw en beslis dan." in html
    assert "Heel iets anders" in html
    organisatie.refresh_from_db()
    assert organisatie.status == Status.INGEDIEND


def test_a_review_by_get_decides_nothing(client: Client, moderator: Any) -> None:
    organisatie = maak_ingediende()
    client.force_login(moderator)
    client.get(beoordelen_url(organisatie), besluit(organisatie, "gepubliceerd"))
    client.get(WACHTRIJ, {"naar": "gepubliceerd", "gekozen": organisatie.pk})
    organisatie.refresh_from_db()
    assert organisatie.status == Status.INGEDIEND


def test_without_a_csrf_token_nothing_is_decided(moderator: Any) -> None:
    organisatie, streng = maak_ingediende(), Client(enforce_csrf_checks=True)
    streng.force_login(moderator)
    assert streng.post(beoordelen_url(organisatie), besluit(organisatie, "gepubliceerd")).status_code == 403
    organisatie.refresh_from_db()
    assert organisatie.status == Status.INGEDIEND


@pytest.mark.parametrize("naar", ["", "concept", "ingediend", "onzin", "gepubliceerd\x00"])
def test_an_unknown_decision_does_nothing(client: Client, moderator: Any, naar: str) -> None:
    organisatie = maak_ingediende()
    client.force_login(moderator)
    assert client.post(beoordelen_url(organisatie), besluit(organisatie, naar)).status_code == 200
    organisatie.refresh_from_db()
    assert organisatie.status == Status.INGEDIEND


def test_in_bulk_each_is_decided_by_itself(client: Client, moderator: Any) -> None:
    een, twee, klaar = maak_ingediende(), maak_ingediende(), maak_organisatie(naam="Al klaar")
    client.force_login(moderator)
    keuze = {"naar": "gepubliceerd", "gekozen": [een.pk, twee.pk, klaar.pk, "x", "9" * 30]}
    html = client.post(WACHTRIJ, keuze, follow=True).content.decode()
    assert "2 vermeldingen zijn gepubliceerd." in html
    assert "&#x27;Al klaar&#x27; is al beoordeeld: gepubliceerd. Er is niets veranderd." in html
    assert set(Organisatie.objects.values_list("status", flat=True)) == {Status.GEPUBLICEERD}


def test_bulk_terugsturen_asks_one_reason_for_all(client: Client, moderator: Any, beheerder: Any) -> None:
    een, twee = maak_ingediende(beheerder=beheerder), maak_ingediende()
    client.force_login(moderator)
    keuze = {"naar": "teruggestuurd", "gekozen": [een.pk, twee.pk]}
    vraag = client.post(WACHTRIJ, keuze).content.decode()
    assert "2 vermeldingen terugsturen" in vraag
    assert "Schrijf op wat er anders moet" not in vraag
    assert "Schrijf op wat er anders moet" in client.post(WACHTRIJ, {**keuze, "reden": ""}).content.decode()
    client.post(WACHTRIJ, {**keuze, "reden": "Te weinig tekst."})
    assert set(Organisatie.objects.values_list("status", "terugstuurreden")) == {("teruggestuurd", "Te weinig tekst.")}
    assert [bericht.to for bericht in mail.outbox] == [["beheerder@voorbeeld.example"]]


def test_the_review_shows_look_alikes_steps_and_what_changed(client: Client, moderator: Any, beheerder: Any) -> None:
    maak_organisatie(naam="Buurthuis De Linden")
    organisatie = maak_ingediende(naam="Buurthuis De Linde", kort="Oude zin", beheerder=beheerder)
    zet_status(
        organisatie=organisatie, naar=Status.TERUGGESTUURD, door=moderator, reden="Maak de zin beter.", meld=False
    )
    organisatie.refresh_from_db()
    organisatie.kort = "Nieuwe zin"
    organisatie._history_user = beheerder
    organisatie.save()
    zet_status(organisatie=organisatie, naar=Status.INGEDIEND, door=beheerder, meld=False)
    client.force_login(moderator)
    html = client.get(beoordelen_url(organisatie)).content.decode()
    assert "Buurthuis De Linden</a>" in html
    assert "Lijkt op deze naam" in html
    assert "<del>Oude zin</del>" in html
    assert "<ins>Nieuwe zin</ins>" in html
    assert html.count("Maak de zin beter.") == 2
    assert "Veranderd sinds teruggestuurd" in html


def test_markup_in_a_listing_stays_text(client: Client, moderator: Any) -> None:
    kwaad = "<script>alert(1)</script>"
    organisatie = maak_ingediende(naam=kwaad, kort=kwaad, tekst=kwaad)
    organisatie.kort = f"{kwaad}2"
    organisatie.save()
    client.force_login(moderator)
    for pad in (WACHTRIJ, beoordelen_url(organisatie), f"/beheer/organisaties/organisatie/{organisatie.pk}/history/"):
        assert "<script>alert" not in client.get(pad).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_one_decides() -> None:
    organisatie = maak_ingediende()
    gezien, uitslagen, hek = stand_van(organisatie), [], threading.Barrier(2)
    moderatoren = [maak_moderator(), maak_moderator()]

    def beslis(wie: Any, naar: Status) -> None:
        try:
            hek.wait(10)
            beoordeel(organisatie=organisatie, naar=naar, door=wie, reden="Daarom.", gezien=gezien)
            uitslagen.append(naar)
        except StatusFout as fout:
            uitslagen.append(str(fout))
        finally:
            connection.close()

    draden = [
        threading.Thread(target=beslis, args=paar)
        for paar in zip(moderatoren, [Status.GEPUBLICEERD, Status.TERUGGESTUURD], strict=True)
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(20)
    organisatie.refresh_from_db()
    assert [uitslag for uitslag in uitslagen if isinstance(uitslag, Status)] == [organisatie.status]
    assert sum("is al beoordeeld" in str(uitslag) for uitslag in uitslagen) == 1
    assert Statusstap.objects.filter(organisatie=organisatie).count() == 2


def test_the_dashboard_counts_with_ages_and_leads_to_each_queue(
    client: Client, moderator: Any, django_assert_num_queries: Any
) -> None:
    organisatie = maak_ingediende()
    Organisatie.objects.filter(pk=organisatie.pk).update(status_op=timezone.now() - timedelta(days=4))
    maak_organisatie(naam="Net gepubliceerd")
    client.force_login(moderator)
    html = client.get("/beheer/").content.decode()
    assert "oudste: 4 dagen" in html
    assert f'href="{WACHTRIJ}"' in html
    assert "Net gepubliceerd</a>" in html
    assert html.count("alles is gedaan") == 7


def test_staff_without_rights_sees_how_to_get_them(client: Client, staff: Any) -> None:
    client.force_login(staff)
    assert "Vraag een beheerder om u in de groep Moderatoren te zetten." in client.get("/beheer/").content.decode()
