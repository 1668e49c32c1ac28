import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from organisaties.actions import volgen, weekbericht
from organisaties.actions.persoonsgegevens import erase, export
from organisaties.actions.status import archiveer
from organisaties.models import Abonnement, Dienst, Organisatie
from organisaties.zoeken import ververs
from tests.fabriek import maak_dienst, maak_gebruiker, maak_organisatie

pytestmark = pytest.mark.django_db
ZOEK = "/volgen/zoekopdracht/?q=taalles"
JAN = "jan@thuis.example"


def link_in(bericht: Any, begin: str) -> str:
    gevonden = re.search(rf"\S*/volgen/{begin}/\S+", bericht.body)
    assert gevonden
    return urlsplit(gevonden[0]).path


@pytest.fixture
def weekpost(django_capture_on_commit_callbacks: Any) -> Callable[[], int]:
    """Return a function that sends what is due, mails and all, as a run of the worker would."""

    def doe() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return weekbericht.verstuur_weekberichten()

    return doe


def volgt(**velden: Any) -> Abonnement:
    lang_geleden = timezone.now() - timedelta(days=8)
    vaste = {"email": JAN, "naam": "Taalles", "bevestigd_op": lang_geleden, "verteld_tot": lang_geleden}
    return Abonnement.objects.create(**{**vaste, "volgende_op": timezone.now(), **velden})


def maak_vindbaar(**velden: Any) -> Organisatie:
    organisatie = maak_organisatie(**velden)
    ververs([organisatie.pk])
    return organisatie


def test_a_visitor_keeps_a_search_and_proves_the_address(client: Any) -> None:
    assert "“taalles”" in client.get(ZOEK).content.decode()
    response = client.post(ZOEK, {"naam": "Taal in de buurt", "email": JAN}, follow=True)
    assert "Kijk in uw mail" in response.content.decode()
    abonnement = Abonnement.objects.get()
    assert (abonnement.vraag, abonnement.naam, abonnement.is_bevestigd) == ("q=taalles", "Taal in de buurt", False)
    (bericht,) = mail.outbox
    pad = link_in(bericht, "bevestigen")
    assert "Ja, ik wil dit volgen" in client.get(pad).content.decode()
    abonnement.refresh_from_db()
    assert not abonnement.is_bevestigd
    assert "Dat is geregeld" in client.post(pad).content.decode()
    abonnement.refresh_from_db()
    assert abonnement.is_bevestigd


def test_who_is_logged_in_needs_no_mail_for_the_own_address_only(client: Any) -> None:
    lid = maak_gebruiker(email="lid@huis.example")
    client.force_login(lid)
    organisatie = maak_organisatie(naam="De Linde", slug="linde")
    response = client.post("/organisaties/linde/volgen/", {"email": "LID@huis.example"}, follow=True)
    assert "De Linde" in response.content.decode()
    assert Abonnement.objects.get().is_bevestigd
    assert mail.outbox == []
    client.post("/organisaties/linde/volgen/", {"email": JAN})
    assert not Abonnement.objects.get(email=JAN).is_bevestigd
    assert organisatie.volgers.count() == 2


def test_asking_twice_gives_one_row_and_the_same_page(client: Any) -> None:
    paginas = [client.post(ZOEK, {"naam": "x", "email": adres}, follow=True).content for adres in (JAN, JAN.upper())]
    assert paginas[0] == paginas[1]
    assert Abonnement.objects.count() == 1


def test_the_order_page_and_moment_of_a_question_are_not_kept(client: Any) -> None:
    client.post(f"{ZOEK}&sorteer=naam&pagina=3&open=nu&kosten=gratis", {"naam": "x", "email": JAN})
    assert Abonnement.objects.get().vraag == "kosten=gratis&q=taalles"


@pytest.mark.parametrize(
    "adres", ["/volgen/zoekopdracht/", "/volgen/zoekopdracht/?open=nu", "/volgen/zoekopdracht/?x=1"]
)
def test_nothing_to_keep_leads_back_to_the_list(client: Any, adres: str) -> None:
    assert client.get(adres)["Location"] == "/organisaties/"


@pytest.mark.parametrize(("velden", "fout"), [({"email": "x"}, "e-mailadres"), ({"naam": "", "email": JAN}, "Geef de")])
def test_wrong_input_is_told_beside_the_field_and_kept(client: Any, velden: dict[str, str], fout: str) -> None:
    tekst = client.post(ZOEK, {"naam": "Mijn naam", **velden}).content.decode()
    assert fout in tekst
    assert f'value="{velden["email"]}"' in tekst
    assert not Abonnement.objects.exists()


def test_a_listing_that_is_not_public_cannot_be_followed(client: Any) -> None:
    maak_organisatie(slug="weg", status="gearchiveerd")
    assert client.get("/organisaties/weg/volgen/").status_code == 404


@pytest.mark.parametrize("soort", ["bevestigen", "stoppen"])
def test_a_forged_link_is_answered_in_dutch(client: Any, soort: str) -> None:
    response = client.get(f"/volgen/{soort}/onzin:abc/")
    assert (response.status_code, "Traceback" in response.content.decode()) == (
        404 if soort == "bevestigen" else 200,
        False,
    )


def test_a_link_to_confirm_dies_after_a_week(client: Any) -> None:
    client.post(ZOEK, {"naam": "x", "email": JAN})
    pad = link_in(mail.outbox[0], "bevestigen")
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert "werkt niet meer" in client.get(pad).content.decode()
        volgen.ruim_onbevestigde_op()
    assert not Abonnement.objects.exists()


def test_the_weekly_mail_tells_of_new_answers_only_and_only_once(weekpost: Callable[[], int]) -> None:
    volgt(vraag="q=taalles")
    maak_vindbaar(naam="Oude taalles", gepubliceerd_op=timezone.now() - timedelta(days=9))
    maak_vindbaar(naam="Nieuwe taalles", slug="nieuw", kort="Elke dinsdag.")
    maak_vindbaar(naam="Heel iets anders", kort="Klussen.")
    assert weekpost() == 1
    (bericht,) = mail.outbox
    assert "Nieuwe taalles: Elke dinsdag." in bericht.body
    assert "/organisaties/nieuw/" in bericht.body
    assert "Oude taalles" not in bericht.body
    assert "Heel iets anders" not in bericht.body
    assert weekpost() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert weekpost() == 0
    assert len(mail.outbox) == 1


def test_one_address_gets_one_mail_and_stops_with_one_click(client: Any, weekpost: Callable[[], int]) -> None:
    linde = maak_vindbaar(naam="De Linde taalles")
    eerste = volgt(vraag="q=taalles")
    volgt(organisatie=linde, naam="De Linde")
    volgt(vraag="q=taalles", email="ander@thuis.example")
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        maak_dienst(linde, naam="Fietsles")
        assert weekpost() == 2
    bericht = next(bericht for bericht in mail.outbox if bericht.to == [JAN])
    assert "Nieuw aanbod: Fietsles." in bericht.body
    assert bericht.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    afmelden = urlsplit(bericht.extra_headers["List-Unsubscribe"].strip("<>")).path
    een = urlsplit(volgen.stoplink(eerste)).path
    assert een in bericht.body
    client.get(afmelden)
    assert Abonnement.objects.filter(email=JAN).count() == 2
    assert client.post(een).status_code == 200
    assert Abonnement.objects.filter(email=JAN).count() == 1
    # As a mail program does it: without cookies or referrer, from nowhere.
    strikt = Client(enforce_csrf_checks=True)
    afmelden = urlsplit(volgen.stoplink(Abonnement.objects.get(email=JAN), alles=True)).path
    assert strikt.post(afmelden, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Abonnement.objects.values_list("email", flat=True)) == ["ander@thuis.example"]
    assert "U volgt dit niet meer" in client.get(afmelden).content.decode()


def test_a_change_of_an_organisation_is_told_in_words_and_its_end_too(weekpost: Callable[[], int]) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        linde = maak_organisatie(naam="De Linde", telefoon="0301234567")
        dienst = maak_dienst(linde, naam="Koken")
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False):
        volgt(organisatie=linde, naam="De Linde", verteld_tot=datetime(2026, 3, 2, tzinfo=UTC))
        linde.telefoon = "0307654321"
        linde.save()
        dienst.delete()
        weekpost()
    assert "Veranderd: het telefoonnummer." in mail.outbox[0].body
    assert "Niet meer: Koken." in mail.outbox[0].body
    with time_machine.travel(datetime(2026, 3, 18, 12, tzinfo=UTC)):
        archiveer(organisatie=linde, door=None)
        weekpost()
    assert "staat niet meer op het portaal" in mail.outbox[1].body
    assert not Dienst.objects.exists()


def test_an_address_that_was_never_proved_gets_nothing(weekpost: Callable[[], int]) -> None:
    maak_vindbaar(naam="Taalles")
    volgt(vraag="q=taalles", bevestigd_op=None)
    assert weekpost() == 0


@pytest.mark.django_db(transaction=True)
def test_a_run_that_dies_half_way_skips_nobody_and_mails_nobody_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    maak_vindbaar(naam="Taalles")
    for n in range(4):
        volgt(vraag="q=taalles", email=f"m{n}@thuis.example")
    echt = weekbericht.opstellen

    def valt_om(sjabloon: str, context: dict[str, Any]) -> tuple[str, str]:
        if len(mail.outbox) == 2:
            raise MemoryError
        return echt(sjabloon, context)

    monkeypatch.setattr(weekbericht, "opstellen", valt_om)
    with pytest.raises(MemoryError):
        weekbericht.verstuur_weekberichten()
    monkeypatch.setattr(weekbericht, "opstellen", echt)
    weekbericht.verstuur_weekberichten()
    assert sorted(bericht.to[0] for bericht in mail.outbox) == [f"m{n}@thuis.example" for n in range(4)]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_mail_each() -> None:
    maak_vindbaar(naam="Taalles")
    for n in range(6):
        volgt(vraag="q=taalles", email=f"m{n}@thuis.example")

    def loop(_: int) -> None:
        try:
            weekbericht.verstuur_weekberichten()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as draden:
        list(draden.map(loop, range(3)))
    assert sorted(bericht.to[0] for bericht in mail.outbox) == [f"m{n}@thuis.example" for n in range(6)]


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_gives_one_row() -> None:
    def vraag(_: int) -> None:
        try:
            volgen.volg(email=JAN, naam="x", vraag="q=a")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as draden:
        list(draden.map(vraag, range(4)))
    assert Abonnement.objects.count() == 1


def test_constraints_hold_one_thing_a_row_and_one_row_a_thing() -> None:
    linde = maak_organisatie()
    fout: list[dict[str, Any]] = [{}, {"organisatie": linde, "vraag": "q=a"}]
    volgt(vraag="q=a")
    volgt(organisatie=linde)
    fout += [{"vraag": "q=a", "email": JAN.upper()}, {"organisatie": linde, "email": JAN.upper()}]
    for velden in fout:
        with pytest.raises(IntegrityError), transaction.atomic():
            volgt(**velden)


def test_who_follows_too_much_is_told(monkeypatch: pytest.MonkeyPatch, client: Any) -> None:
    monkeypatch.setattr(volgen, "MEESTE", 1)
    volgt(vraag="q=a")
    assert "volgt u al 1 dingen" in client.post(ZOEK, {"naam": "x", "email": JAN}).content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_own_list_stops_one_thing_and_shows_no_strangers(
    client: Any, aantal: int, django_assert_max_num_queries: Any
) -> None:
    lid, vreemde = maak_gebruiker(email=JAN), maak_gebruiker()
    rijen = [volgt(vraag=f"q={n}", naam=f"Vraag {n}") for n in range(aantal)]
    client.force_login(vreemde)
    assert "Vraag 0" not in client.get("/volgen/").content.decode()
    assert client.post(f"/volgen/{rijen[0].pk}/verwijderen/").status_code == 404
    client.force_login(lid)
    client.get("/volgen/")
    with django_assert_max_num_queries(9):
        assert "Vraag 0" in client.get("/volgen/").content.decode()
    client.post(f"/volgen/{rijen[0].pk}/verwijderen/")
    assert Abonnement.objects.count() == aantal - 1


def test_what_an_address_follows_is_exported_and_erased() -> None:
    lid = maak_gebruiker(email=JAN)
    volgt(vraag="q=a", naam="Vraag")
    volgt(vraag="q=a", email="ander@thuis.example")
    assert [rij["wat"] for rij in export(lid)["volgt"]] == ["Vraag"]
    erase(lid)
    assert [rij.email for rij in Abonnement.objects.all()] == ["ander@thuis.example"]


def test_a_feed_of_any_filter_gives_the_newest_answers(client: Any) -> None:
    maak_vindbaar(naam="Oude taalles", gepubliceerd_op=datetime(2026, 1, 1, tzinfo=UTC))
    maak_vindbaar(naam="Nieuwe taalles", gepubliceerd_op=datetime(2026, 2, 1, tzinfo=UTC))
    maak_vindbaar(naam="Anders", kort="Iets.")
    response = client.get("/organisaties/feed/zoeken/?q=taalles&afstand=999&sorteer=naam")
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(response.content)
    assert [entry.findtext(f"{atom}title") for entry in feed.findall(f"{atom}entry")] == [
        "Nieuwe taalles",
        "Oude taalles",
    ]
    assert feed.findtext(f"{atom}title") == "Nieuwe hulp: “taalles”"
