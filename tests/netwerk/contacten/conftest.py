from typing import Any

import pytest

from netwerk.models import Professional
from tests.fabriek import maak_professional


@pytest.fixture
def anna() -> Professional:
    return maak_professional(naam="Anna Aker")


@pytest.fixture
def bram() -> Professional:
    return maak_professional(naam="Bram Bos")


@pytest.fixture
def cleo() -> Professional:
    return maak_professional(naam="Cleo Cats")


@pytest.fixture
def als(client: Any) -> Any:
    """Log somebody in on the client, and give it back."""

    def doe(mens: Professional) -> Any:
        client.force_login(mens.gebruiker)
        return client

    return doe
