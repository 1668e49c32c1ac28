from typing import Any

import pytest

from netwerk.keuzes import Zicht
from netwerk.models import Netwerk
from tests.fabriek import (
    maak_netwerk,
    maak_professional,
)


@pytest.fixture
def lid() -> Any:
    return maak_professional(naam="Lena Lid")


@pytest.fixture
def netwerk(lid: Any) -> Netwerk:
    return maak_netwerk(
        naam="Eenzaamheid", slug="eenzaamheid", beheerder=maak_professional(naam="Bea Beheer"), leden=(lid,),
        zicht_gesprekken=Zicht.NETWERK,
    )  # fmt: skip
