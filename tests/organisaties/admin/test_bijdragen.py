import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from organisaties.actions.beoordelen import BeoordeelFout, voer_wijziging_door, wijs_wijziging_af
from organisaties.models import Melding, Organisatie, Wijzigingsverzoek
from organisaties.zoeken.motor import zoek
from organisaties.zoeken.vraag import Zoekvraag
from tests.fabriek import maak_gebruiker, maak_moderator, maak_organisatie

WIJZIGINGEN = "/beheer/organisaties/wijzigingsverzoek/wachtrij/"
MELDINGEN = "/beheer/organisaties/melding/wachtrij/"
pytestmark = pytest.mark.django_db


def maak_verzoek(**velden: Any) -> Wijzigingsverzoek:
    beheerder = maak_gebruiker(email="beheerder@voorbeeld.example", naam="Anna")
    organisatie = maak_organisatie(naam="De Linde", beheerder=beheerder)
    velden = {"veld": "naam", "oude_waarde": "De Linde", "nieuwe_waarde": "De Eik", **velden}
    return Wijzigingsverzoek.objects.create(organisatie=organisatie, gevraagd_door=beheerder, **velden)


def maak_melding(**velden: Any) -> Melding:
    return Melding.objects.create(organisatie=maak_organisatie(naam="De Linde"), tekst="Op vrijdag dicht.", **velden)


@pytest.mark.parametrize("wie", ["niemand", "vreemde", "staff"])
def test_who_is_no_moderator_decides_nothing(request: pytest.FixtureRequest, client: Client, wie: str) -> None:
    verzoek, melding = maak_verzoek(), maak_melding()
    if wie != "niemand":
        client.force_login(request.getfixturevalue(wie))
    client.post(WIJZIGINGEN, {"pk": verzoek.pk, "besluit": "doorvoeren"})
    client.post(MELDINGEN, {"pk": melding.pk, "besluit": "verwerkt"})
    verzoek.refresh_from_db()
    melding.refresh_from_db()
    assert (verzoek.status, melding.status) == ("open", "open")


def test_a_new_name_gives_a_new_address_and_the_old_one_redirects(client: Client, moderator: Any) -> None:
    verzoek = maak_verzoek()
    oud = verzoek.organisatie.get_absolute_url()
    client.force_login(moderator)
    html = client.post(WIJZIGINGEN, {"pk": verzoek.pk, "besluit": "doorvoeren"}, follow=True).content.decode()
    assert "De wijziging bij &#x27;De Eik&#x27; is doorgevoerd. De organisatie krijgt bericht." in html
    verzoek.refresh_from_db()
    assert (verzoek.status, verzoek.beoordeeld_door) == ("akkoord", moderator)
    assert (verzoek.organisatie.naam, verzoek.organisatie.slug, verzoek.organisatie.versie) == ("De Eik", "de-eik", 2)
    assert client.get(oud)["Location"] == verzoek.organisatie.get_absolute_url()
    assert zoek(Zoekvraag(tekst="eik")).ids == [verzoek.organisatie_id]
    assert [(bericht.to, bericht.subject) for bericht in mail.outbox] == [
        (["beheerder@voorbeeld.example"], "Uw wijziging is doorgevoerd: De Eik")
    ]
    assert "Eerst: De Linde\nNieuw: De Eik" in mail.outbox[0].body


def test_a_website_is_put_in_the_listing(client: Client, moderator: Any) -> None:
    verzoek = maak_verzoek(veld="website", oude_waarde="", nieuwe_waarde="https://eik.example")
    client.force_login(moderator)
    client.post(WIJZIGINGEN, {"pk": verzoek.pk, "besluit": "doorvoeren"})
    assert Organisatie.objects.get().website == "https://eik.example"


def test_afwijzen_needs_a_reason_and_mails_it(client: Client, moderator: Any) -> None:
    verzoek = maak_verzoek()
    client.force_login(moderator)
    html = client.post(WIJZIGINGEN, {"pk": verzoek.pk, "besluit": "afwijzen", "reden": ""}).content.decode()
    assert "Schrijf op wat er anders moet. De organisatie leest dit." in html
    client.post(WIJZIGINGEN, {"pk": verzoek.pk, "besluit": "afwijzen", "reden": "Deze naam is van een ander."})
    verzoek.refresh_from_db()
    assert (verzoek.status, verzoek.reden, verzoek.organisatie.naam) == (
        "afgewezen",
        "Deze naam is van een ander.",
        "De Linde",
    )
    assert [bericht.subject for bericht in mail.outbox] == ["Uw wijziging is niet doorgevoerd: De Linde"]
    assert "Deze naam is van een ander." in mail.outbox[0].body


def test_the_second_moderator_is_told(client: Client, moderator: Any) -> None:
    verzoek = maak_verzoek()
    voer_wijziging_door(verzoek=verzoek, door=moderator)
    client.force_login(maak_moderator())
    html = client.post(WIJZIGINGEN, {"pk": verzoek.pk, "besluit": "doorvoeren"}, follow=True).content.decode()
    assert "Dit verzoek is al doorgevoerd (Mo). Er is niets veranderd." in html


def test_a_refusal_without_reason_is_refused_below_the_screen_too(moderator: Any) -> None:
    with pytest.raises(BeoordeelFout, match="Schrijf op waarom u de wijziging afwijst"):
        wijs_wijziging_af(verzoek=maak_verzoek(), door=moderator, reden=" ")


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_counts() -> None:
    verzoek, uitslagen, hek = maak_verzoek(), [], threading.Barrier(2)
    moderatoren = [maak_moderator(), maak_moderator()]

    def beslis(wie: Any) -> None:
        try:
            hek.wait(10)
            voer_wijziging_door(verzoek=verzoek, door=wie)
            uitslagen.append("gelukt")
        except BeoordeelFout:
            uitslagen.append("gezegd")
        finally:
            connection.close()

    draden = [threading.Thread(target=beslis, args=[wie]) for wie in moderatoren]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(20)
    assert sorted(uitslagen) == ["gelukt", "gezegd"]
    assert Organisatie.objects.get().versie == 2


@pytest.mark.parametrize(("besluit", "status"), [("verwerkt", "verwerkt"), ("afgewezen", "afgewezen")])
def test_a_report_is_closed_once(client: Client, moderator: Any, besluit: str, status: str) -> None:
    melding = maak_melding()
    client.force_login(moderator)
    client.post(MELDINGEN, {"pk": melding.pk, "besluit": besluit})
    melding.refresh_from_db()
    assert (melding.status, melding.afgehandeld_door) == (status, moderator)
    assert not mail.outbox
    html = client.post(MELDINGEN, {"pk": melding.pk, "besluit": besluit}, follow=True).content.decode()
    assert "Deze melding is al afgehandeld" in html


def test_an_answer_goes_by_the_moderators_own_mail(client: Client, moderator: Any) -> None:
    maak_melding(email="buur@voorbeeld.example", gemeld_op=timezone.now() - timedelta(days=2))
    client.force_login(moderator)
    html = client.get(MELDINGEN).content.decode()
    assert 'href="mailto:buur@voorbeeld.example?subject=Uw%20melding%20over%20De%20Linde"' in html
    assert "<strong>2 dagen</strong>" in html


@pytest.mark.parametrize("pad", [WIJZIGINGEN, MELDINGEN])
@pytest.mark.parametrize("pk", ["", "x", "0", "٣", "9" * 40])
def test_an_unknown_row_is_not_found(client: Client, moderator: Any, pad: str, pk: str) -> None:
    client.force_login(moderator)
    assert client.post(pad, {"pk": pk, "besluit": "doorvoeren"}).status_code == 404


@pytest.mark.parametrize("pad", [WIJZIGINGEN, MELDINGEN])
def test_an_empty_queue_says_so(client: Client, moderator: Any, pad: str) -> None:
    client.force_login(moderator)
    assert 'class="empty"' in client.get(pad).content.decode()
