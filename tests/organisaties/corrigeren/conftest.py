from typing import Any

import pytest

from organisaties.models import Organisatie
from tests.fabriek import maak_gebruiker, maak_organisatie


@pytest.fixture
def beheerder(db: None) -> Any:
    return maak_gebruiker(email="b@linde.example", naam="Bea")


@pytest.fixture
def linde(beheerder: Any) -> Organisatie:
    return maak_organisatie(
        naam="De Linde",
        slug="de-linde",
        telefoon="+31201234567",
        email="info@linde.example",
        website="https://linde.example",
        beheerder=beheerder,
    )
