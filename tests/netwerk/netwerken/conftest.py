import pytest

from netwerk.actions.netwerken.basis import zet_vector
from netwerk.models import Netwerk, Professional
from tests.fabriek import (
    maak_netwerk,
    maak_professional,
)


@pytest.fixture
def beheerder() -> Professional:
    return maak_professional(naam="Bea Beheer")


@pytest.fixture
def lid() -> Professional:
    return maak_professional(naam="Lotte Lid")


@pytest.fixture
def netwerk(beheerder: Professional, lid: Professional) -> Netwerk:
    netwerk = maak_netwerk(naam="Eenzaamheid Noord", slug="eenzaamheid-noord", beheerder=beheerder, leden=(lid,))
    zet_vector(netwerk)
    return netwerk


@pytest.fixture
def buiten() -> Professional:
    return maak_professional(naam="Otto Buiten")
