"""Two listings of one organisation, with everything that hangs on a listing."""

from typing import Any

import pytest

from organisaties.models import Organisatie
from organisaties.zoeken import ververs
from tests.fabriek import maak_gebruiker, maak_moderator, maak_organisatie
from welzijnportal.accounts.models import Gebruiker


@pytest.fixture
def moderator(db: None) -> Gebruiker:
    return maak_moderator(email="moderator@voorbeeld.example", naam="Mo")


@pytest.fixture
def bea(db: None) -> Gebruiker:
    return maak_gebruiker(email="bea@linde.example", naam="Bea")


@pytest.fixture
def rik(db: None) -> Gebruiker:
    return maak_gebruiker(email="rik@linde.example", naam="Rik")


def maak(naam: str, **velden: Any) -> Organisatie:
    organisatie = maak_organisatie(naam=naam, **velden)
    ververs([organisatie.pk])
    return organisatie


@pytest.fixture
def linde(bea: Gebruiker) -> Organisatie:
    return maak("Buurthuis De Linde", beheerder=bea, website="https://linde.example/", telefoon="0301234567")


@pytest.fixture
def dubbel(rik: Gebruiker) -> Organisatie:
    return maak(
        "Stichting De Linde",
        beheerder=rik,
        email="info@linde.example",
        kvk_nummer="12345678",
        bron="amsterdam",
        extern_id="77",
    )
