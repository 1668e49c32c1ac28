import importlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from organisaties.imports import uitvoeren
from organisaties.models import Bevestiging, Organisatie
from organisaties.models.bevestiging import Blok
from tests.fabriek import maak_gebruiker, maak_organisatie
from tests.organisaties.imports.conftest import RIJ

pytestmark = pytest.mark.django_db
Bekijk = Callable[..., Any]


def stand() -> dict[str, tuple[str, bool]]:
    """By block: the source, and whether it is of the last minute."""
    net = timezone.now() - timedelta(minutes=1)
    return {rij.blok: (rij.bron, rij.bevestigd_op > net) for rij in Bevestiging.objects.all()}


def test_an_import_says_that_nobody_confirmed_it(bekijk: Bekijk) -> None:
    uitvoeren.voer_uit(bekijk(RIJ), bron="sociale kaart", door=None, publiceer=True)
    assert stand() == dict.fromkeys((Blok.CONTACT, Blok.DIENSTEN, Blok.LOCATIE), ("import", True))
    assert Organisatie.objects.get().bevestigd_op is None


def test_what_a_source_changed_is_no_longer_confirmed(bekijk: Bekijk) -> None:
    uitvoeren.voer_uit(bekijk(RIJ), bron="test", door=None)
    Bevestiging.objects.update(bron="organisatie", bevestigd_op=timezone.now() - timedelta(days=9))
    uitvoeren.voer_uit(bekijk([*RIJ[:2], "Samen koken", *RIJ[3:]]), bron="test", door=None)
    assert stand() == {
        Blok.CONTACT: ("organisatie", False),
        Blok.DIENSTEN: ("import", True),
        Blok.LOCATIE: ("organisatie", False),
    }


def test_existing_rows_get_their_blocks_once_and_in_packets(monkeypatch: pytest.MonkeyPatch) -> None:
    migratie = importlib.import_module("organisaties.migrations.0012_versheid_blokken")
    monkeypatch.setattr(migratie, "PER_KEER", 2)
    oud = timezone.now() - timedelta(days=100)
    rijen = {
        "zelf": maak_organisatie(bevestigd_op=oud),
        "moderator": maak_organisatie(bevestigd_op=oud, bron="kaart"),
        "met beheerder": maak_organisatie(bevestigd_op=oud, bron="kaart", beheerder=maak_gebruiker()),
        "import": maak_organisatie(bevestigd_op=None, gepubliceerd_op=oud, bron="kaart"),
        "concept": maak_organisatie(bevestigd_op=None, status="concept"),
    }
    for _ in range(2):
        migratie.geef_blokken(None, connection.schema_editor())
    assert {
        naam: sorted(set(organisatie.bevestigingen.values_list("bron", "bevestigd_op")))
        for naam, organisatie in rijen.items()
    } == {
        "zelf": [("organisatie", oud)],
        "moderator": [("moderator", oud)],
        "met beheerder": [("organisatie", oud)],
        "import": [("import", oud)],
        "concept": [],
    }
    assert Bevestiging.objects.count() == 16
