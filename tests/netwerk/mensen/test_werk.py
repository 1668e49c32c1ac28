"""Where somebody works, asked and confirmed."""

import threading
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from netwerk.actions.mensen.profiel import ProfielFout
from netwerk.actions.mensen.werk import (
    beantwoord_werkplek,
    beeindig_werkplek,
    bevestig_als_moderator,
    voeg_werkplek_toe,
)
from netwerk.models import Kennisgeving, Werkplek
from tests.fabriek import (
    maak_contact,
    maak_gebruiker,
    maak_netwerk,
    maak_organisatie,
    maak_professional,
)
from tests.netwerk.mensen.stappen import alles_voor

pytestmark = pytest.mark.django_db


@pytest.fixture
def linde() -> Any:
    return maak_organisatie(naam="De Linde", slug="de-linde", beheerder=maak_gebruiker(email="b@linde.example"))


def test_werk_wordt_gevraagd_en_bevestigd(log_in: Any, linde: Any, client: Any) -> None:
    mens = maak_professional(**alles_voor(2))
    client = log_in(mens.gebruiker)
    client.post("/mijn/profiel/werk/", {"organisatie": linde.pk, "functie": "kok"})
    client.post("/mijn/profiel/werk/", {"organisatie": linde.pk})
    plek = Werkplek.objects.get()
    assert [bericht.to for bericht in mail.outbox] == [["b@linde.example"]]
    assert "/organisaties/de-linde/medewerkers/" in mail.outbox[0].body
    beheerder = linde.beheer.get().gebruiker
    client = log_in(beheerder)
    client.post("/organisaties/de-linde/medewerkers/", {"plek": plek.pk, "antwoord": "ja"})
    mens.refresh_from_db()
    assert mens.is_bevestigd
    assert Kennisgeving.objects.get(ontvanger=mens.gebruiker).tekst.startswith("De Linde bevestigt")
    assert (
        "bevestigd door de organisatie"
        in log_in(maak_professional().gebruiker).get(mens.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("wie", ["vreemde", "redacteur", "ander", "lid"])
def test_medewerkers_alleen_voor_de_beheerder(log_in: Any, linde: Any, wie: str) -> None:
    mens = maak_professional()
    plek = voeg_werkplek_toe(mens=mens, organisatie=linde)
    redacteur = maak_gebruiker()
    linde.beheer.create(gebruiker=redacteur, rol="redacteur")
    ander = maak_gebruiker()
    maak_organisatie(beheerder=ander)
    personen = {"vreemde": maak_gebruiker(), "redacteur": redacteur, "ander": ander, "lid": mens.gebruiker}
    client = log_in(personen[wie])
    pad = "/organisaties/de-linde/medewerkers/"
    assert client.get(pad).status_code == 404
    assert client.post(pad, {"plek": plek.pk, "antwoord": "ja"}).status_code == 404
    plek.refresh_from_db()
    assert plek.status == "gevraagd"


def test_van_baan_wisselen_houdt_netwerken_en_contacten(log_in: Any, linde: Any) -> None:
    mens = maak_professional()
    maak_netwerk(leden=(mens,))
    maak_contact(mens, maak_professional())
    linde.beheer.create(gebruiker=mens.gebruiker, rol="beheerder")
    plek = voeg_werkplek_toe(mens=mens, organisatie=linde)
    assert plek.status == "bevestigd"
    html = log_in(mens.gebruiker).post("/mijn/profiel/werk/", {"plek": plek.pk}, follow=True).content.decode()
    assert "Draag dat over aan een collega" in html
    mens.refresh_from_db()
    assert not mens.is_bevestigd
    assert mens.lidmaatschappen.count() == 1
    assert mens.contacten_gevraagd.count() == 1
    assert Werkplek.objects.get().tot_datum is not None


@pytest.mark.django_db(transaction=True)
def test_antwoord_en_vertrek_tegelijk_laten_een_stand_na(linde: Any) -> None:
    beheerder = linde.beheer.get().gebruiker
    for _ in range(4):
        mens = maak_professional()
        plek = voeg_werkplek_toe(mens=mens, organisatie=linde)
        hek = threading.Barrier(3)

        def doe(wat: Any, hek: threading.Barrier = hek) -> None:
            try:
                hek.wait()
                wat()
            except ProfielFout:
                pass
            finally:
                connection.close()

        taken = (
            lambda plek=plek: beantwoord_werkplek(plek=plek, ja=True, door=beheerder),
            lambda plek=plek: beantwoord_werkplek(plek=plek, ja=True, door=beheerder),
            lambda plek=plek: beeindig_werkplek(plek=plek),
        )
        draden = [threading.Thread(target=doe, args=(taak,)) for taak in taken]
        [draad.start() for draad in draden]
        [draad.join() for draad in draden]
        mens.refresh_from_db()
        assert mens.is_bevestigd == mens.werkplekken.bevestigd().exists()
        assert not mens.is_bevestigd


def test_een_moderator_bevestigt_en_neemt_terug(linde: Any) -> None:
    mens = maak_professional(**alles_voor(2))
    bevestig_als_moderator(mens=mens, ja=True)
    mens.refresh_from_db()
    assert mens.is_bevestigd
    plek = voeg_werkplek_toe(mens=mens, organisatie=linde)
    beeindig_werkplek(plek=plek)
    mens.refresh_from_db()
    assert mens.is_bevestigd
    bevestig_als_moderator(mens=mens, ja=False)
    mens.refresh_from_db()
    assert not mens.is_bevestigd
