import pytest

from organisaties.models import Thema
from tests.fabriek import maak_thema


@pytest.fixture
def thema() -> Thema:
    return maak_thema(naam="Nederlands leren", slug="taal", icoon="taal", tint="tint-8")
