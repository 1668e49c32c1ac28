import pytest
from django.test import Client

from organisaties.models import (
    Organisatie,
)
from tests.fabriek import maak_gebruiker, maak_organisatie
from welzijnportal.accounts.models import Gebruiker


@pytest.fixture
def beheerder() -> Gebruiker:
    return maak_gebruiker(email="beheerder@linde.example", naam="Bea")


@pytest.fixture
def redacteur() -> Gebruiker:
    return maak_gebruiker(email="redacteur@linde.example", naam="Rik")


@pytest.fixture
def organisatie(beheerder: Gebruiker, redacteur: Gebruiker) -> Organisatie:
    return maak_organisatie(
        naam="De Linde", telefoon="0575 123456", kvk_nummer="12345678", beheerder=beheerder, redacteur=redacteur
    )


@pytest.fixture
def ik(client: Client, beheerder: Gebruiker) -> Client:
    client.force_login(beheerder)
    return client
