from typing import Any

import pytest
import time_machine

from organisaties.keuzes import Versheidsstap
from organisaties.models import Bevestiging, Organisatie
from organisaties.models.bevestiging import Blok
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie
from tests.organisaties.bevestigen.pagina import LANG_GELEDEN, NU, pad
from welzijnportal.accounts.models import Gebruiker


@pytest.fixture(autouse=True)
def vandaag() -> Any:
    with time_machine.travel(NU, tick=False) as klok:
        yield klok


@pytest.fixture
def beheerder() -> Gebruiker:
    return maak_gebruiker(email="bea@linde.example", naam="Bea")


@pytest.fixture
def organisatie(beheerder: Gebruiker) -> Organisatie:
    organisatie = maak_organisatie(
        naam="De Linde",
        beheerder=beheerder,
        telefoon="+31302345678",
        bevestigd_op=LANG_GELEDEN,
        versheidsstap=Versheidsstap.VEROUDERD,
        volgende_vraag_datum=NU.date(),
    )
    for blok in Blok:
        Bevestiging.objects.create(organisatie=organisatie, blok=blok, bevestigd_op=LANG_GELEDEN)
    maak_locatie(organisatie)
    maak_dienst(organisatie)
    return organisatie


@pytest.fixture
def link(organisatie: Organisatie, beheerder: Gebruiker) -> str:
    return pad(organisatie, beheerder)
