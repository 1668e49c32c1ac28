"""Where a confidential address lies cannot be worked out from which place a card names."""

import pytest
from django.utils import timezone

from organisaties.weergave import kaarten
from tests.fabriek import maak_locatie, maak_organisatie
from welzijnportal.geo.rd import Punt

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("punt", [Punt(233.9, 582.1), Punt(234.0, 557.0), Punt(236.0, 570.0)])
def test_a_card_names_the_public_place_wherever_the_visitor_is(punt: Punt) -> None:
    opvang = maak_organisatie()
    maak_locatie(opvang, plaats="Groningen", is_geheim=True, punt=Punt(233.9, 582.1))
    maak_locatie(opvang, plaats="Assen", straat="Kerkplein 1", punt=Punt(234.0, 557.0))
    (kaart,) = kaarten([opvang.pk], timezone.now(), punt=punt)
    assert kaart["plaats"] == "Assen"
