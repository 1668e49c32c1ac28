from datetime import datetime

import pytest
import time_machine
from django.test import Client

from organisaties.actions.bevestigen import bevestig, volgende_vraag
from organisaties.keuzes import Status, Versheidsstap
from organisaties.models import Organisatie
from organisaties.models.bevestiging import Bevestigingsbron
from organisaties.openingstijden import AMSTERDAM
from tests.fabriek import maak_gebruiker, maak_moderator, maak_organisatie
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
LIJST = "/beheer/organisaties/organisatie/"


@pytest.fixture
def moderator() -> Gebruiker:
    return maak_moderator(naam="Mo")


@pytest.fixture
def bureau(client: Client, moderator: Gebruiker) -> Client:
    client.force_login(moderator)
    return client


def namen(html: str) -> set[str]:
    return {organisatie.naam for organisatie in Organisatie.objects.all() if f">{organisatie.naam}</a>" in html}


def test_filter_op_wat_verouderd_is(bureau: Client) -> None:
    maak_organisatie(naam="Vers")
    maak_organisatie(naam="Gevraagd", versheidsstap=Versheidsstap.HERINNERD)
    maak_organisatie(naam="Oud met beheerder", versheidsstap=Versheidsstap.GEZAKT, beheerder=maak_gebruiker())
    maak_organisatie(naam="Oud zonder", versheidsstap=Versheidsstap.VEROUDERD, redacteur=maak_gebruiker())
    maak_organisatie(naam="Weg", versheidsstap=Versheidsstap.GEARCHIVEERD, status=Status.GEARCHIVEERD)
    uitkomst = {
        keuze: namen(bureau.get(LIJST, {"versheid": keuze}).content.decode())
        for keuze in ("bevestigd", "gevraagd", "verouderd", "archief", "zonder-beheerder")
    }
    assert uitkomst == {
        "bevestigd": {"Vers"},
        "gevraagd": {"Gevraagd"},
        "verouderd": {"Oud met beheerder", "Oud zonder"},
        "archief": {"Weg"},
        "zonder-beheerder": {"Oud zonder"},
    }


def test_werkbank_telt_wat_op_een_moderator_wacht(bureau: Client) -> None:
    maak_organisatie(versheidsstap=Versheidsstap.GEZAKT)
    html = bureau.get("/beheer/").content.decode()
    assert "Verouderd, zonder beheerder" in html
    assert f"{LIJST}?versheid=zonder-beheerder" in html


@time_machine.travel(NU, tick=False)
def test_bevestigen_namens_de_redactie(bureau: Client, moderator: Gebruiker) -> None:
    oud = maak_organisatie(naam="Oud", versheidsstap=Versheidsstap.GEZAKT)
    concept = maak_organisatie(naam="Concept", status=Status.CONCEPT)
    response = bureau.post(LIJST, {"action": "bevestigen", "_selected_action": [oud.pk, concept.pk]}, follow=True)
    assert "1 vermelding is bevestigd namens de redactie." in response.content.decode()
    oud.refresh_from_db()
    assert (oud.versheidsstap, oud.volgende_vraag_datum) == (Versheidsstap.VERS, volgende_vraag(oud.pk, NU, 6))
    assert {(rij.bron, rij.bevestigd_door) for rij in oud.bevestigingen.all()} == {("moderator", moderator)}
    assert not concept.bevestigingen.exists()
    assert "kloppen volgens de redactie op 23 november" not in bureau.get(oud.get_absolute_url()).content.decode()


@time_machine.travel(NU, tick=False)
def test_de_pagina_toont_stap_en_onderdelen(moderator: Gebruiker) -> None:
    # Django's own form holds JSON that the strict client takes for a tag.
    bureau = Client()
    bureau.force_login(moderator)
    organisatie = maak_organisatie(bron="sociale kaart")
    bevestig(organisatie=organisatie, bron=Bevestigingsbron.IMPORT, op=NU)
    Organisatie.objects.filter(pk=organisatie.pk).update(
        versheidsstap=Versheidsstap.HERINNERD, volgende_vraag_datum=NU.date()
    )
    html = bureau.get(f"{LIJST}{organisatie.pk}/change/").content.decode()
    assert "Stap: één keer herinnerd, volgende stap op 23 november 2026. Vraag elke 6 maanden." in html
    assert html.count("overgenomen uit sociale kaart op 23 november") == 4


def test_vreemde_ziet_de_filters_niet(client: Client, vreemde: Gebruiker) -> None:
    client.force_login(vreemde)
    assert client.get(LIJST, {"versheid": "zonder-beheerder"}).status_code in (302, 403, 404)
