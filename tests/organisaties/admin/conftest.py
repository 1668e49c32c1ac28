from typing import Any

import pytest

from tests.fabriek import maak_gebruiker, maak_moderator
from welzijnportal.accounts.models import Gebruiker


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """The second factor has tests of its own."""
    settings.ADMIN_NEEDS_SECOND_FACTOR = False


@pytest.fixture
def moderator(db: None) -> Gebruiker:
    return maak_moderator(email="moderator@voorbeeld.example", naam="Mo")


@pytest.fixture
def staff(db: None) -> Gebruiker:
    """Somebody of the staff without a right on the directory."""
    return maak_gebruiker(email="staf@voorbeeld.example", is_staff=True)
