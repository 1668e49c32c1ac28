"""What moderators of the portal do with conversations and replies."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from netwerk.keuzes import Plaatsing
from netwerk.models import Gesprek, Kennisgeving
from tests.fabriek import maak_gebruiker, maak_gesprek, maak_moderator, maak_reactie

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client: Any, settings: Any) -> Any:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    moderator = maak_moderator()
    moderator.user_permissions.add(*Permission.objects.filter(content_type__app_label="netwerk"))
    client.force_login(moderator)
    return client


@pytest.mark.parametrize("soort", ["gesprek", "reactie"])
def test_verbergen_met_een_reden_en_weer_tonen(moderator: Any, soort: str) -> None:
    gesprek = maak_gesprek(tekst="Dit hoort hier niet.")
    wat: Any = gesprek if soort == "gesprek" else maak_reactie(gesprek, tekst="Dit hoort hier niet.")
    pad = f"/beheer/netwerk/{soort}/{wat.pk}/verbergen/"
    assert pad in moderator.get(f"/beheer/netwerk/{soort}/").content.decode()
    assert "Dit hoort hier niet." in moderator.get(pad).content.decode()
    assert "Schrijf op waarom" in moderator.post(pad, {"reden": " "}).content.decode()
    te_lang = moderator.post(pad, {"reden": "x" * 121})
    assert "120" in te_lang.content.decode()
    assert 'aria-invalid="true"' in te_lang.content.decode()
    moderator.post(pad, {"reden": "Er staat een naam van een cliënt in."})
    wat.refresh_from_db()
    assert (wat.plaatsing, wat.reden_verborgen) == (Plaatsing.VERBORGEN, "Er staat een naam van een cliënt in.")
    woord = Kennisgeving.objects.get(ontvanger=wat.auteur.gebruiker)
    assert woord.tekst.startswith("De redactie heeft uw ")
    assert "naam van een cliënt" in woord.tekst
    if soort == "reactie":
        assert Gesprek.objects.get().aantal_reacties == 0
    moderator.post(pad)
    wat.refresh_from_db()
    assert (wat.plaatsing, wat.reden_verborgen) == (Plaatsing.GEPLAATST, "")
    if soort == "reactie":
        assert Gesprek.objects.get().aantal_reacties == 1


def test_een_verborgen_antwoord_is_geen_antwoord_meer(moderator: Any) -> None:
    gesprek = maak_gesprek()
    reactie = maak_reactie(gesprek)
    Gesprek.objects.update(antwoord=reactie)
    moderator.post(f"/beheer/netwerk/reactie/{reactie.pk}/verbergen/", {"reden": "Reclame."})
    assert Gesprek.objects.get().antwoord is None


def test_wat_de_schrijver_introk_blijft_van_de_schrijver(moderator: Any) -> None:
    gesprek = maak_gesprek(plaatsing=Plaatsing.INGETROKKEN)
    pad = f"/beheer/netwerk/gesprek/{gesprek.pk}/verbergen/"
    assert "haalde dit zelf al weg" in moderator.get(pad).content.decode()
    moderator.post(pad, {"reden": "Te laat."})
    gesprek.refresh_from_db()
    assert gesprek.plaatsing == Plaatsing.INGETROKKEN
    assert not Kennisgeving.objects.exists()


def test_concepten_staan_niet_in_het_beheer(moderator: Any) -> None:
    gesprek = maak_gesprek(plaatsing=Plaatsing.CONCEPT, titel="Nog niet af")
    assert "Nog niet af" not in moderator.get("/beheer/netwerk/gesprek/").content.decode()
    assert moderator.get(f"/beheer/netwerk/gesprek/{gesprek.pk}/verbergen/").status_code == 404


@pytest.mark.parametrize("wie", ["vreemde", "andere moderator"])
def test_alleen_moderators_van_netwerken(client: Any, settings: Any, wie: str) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    gesprek = maak_gesprek()
    client.force_login(maak_gebruiker() if wie == "vreemde" else maak_moderator())
    assert client.post(f"/beheer/netwerk/gesprek/{gesprek.pk}/verbergen/", {"reden": "x"}).status_code in (302, 403)
    gesprek.refresh_from_db()
    assert gesprek.plaatsing == Plaatsing.GEPLAATST
