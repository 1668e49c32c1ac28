import pytest

from netwerk.models import Gesprek, Netwerk
from tests.fabriek import (
    maak_lid,
    maak_netwerk,
    maak_professional,
)
from tests.netwerk.weten.stappen import maak_vraag


@pytest.fixture
def netwerk(db: None) -> Netwerk:
    return maak_netwerk()


@pytest.fixture
def vraag(netwerk: Netwerk) -> Gesprek:
    auteur = maak_professional(naam="Vera Vrager")
    maak_lid(netwerk, auteur)
    return maak_vraag(netwerk=netwerk, auteur=auteur)
