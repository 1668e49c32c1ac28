"""The rules of the tables of networks."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from netwerk.models import Lidmaatschap, Netwerk, Professional

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"zicht_pagina": 4, "zicht_leden": 1}, "netwerk_zicht_bestaat"),
        ({"zicht_pagina": 1, "zicht_leden": 2}, "netwerk_pagina_is_het_ruimst"),
        ({"zicht_pagina": 2, "zicht_leden": 1, "zicht_gesprekken": 3}, "netwerk_pagina_is_het_ruimst"),
    ],
)
def test_grenzen_van_een_netwerk(netwerk: Netwerk, velden: dict[str, int], naam: str) -> None:
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Netwerk.objects.update(**velden)


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"rol": "beheerder", "status": "aangevraagd"}, "lidmaatschap_beheerder_is_lid"),
        ({"sinds_op": None}, "lidmaatschap_lid_heeft_begin"),
    ],
)
def test_grenzen_van_een_lidmaatschap(netwerk: Netwerk, lid: Professional, velden: dict[str, Any], naam: str) -> None:
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Lidmaatschap.objects.filter(professional=lid).update(**velden)


def test_iemand_is_een_keer_lid(netwerk: Netwerk, lid: Professional) -> None:
    with pytest.raises(IntegrityError, match="lidmaatschap_een_per_persoon"), transaction.atomic():
        Lidmaatschap.objects.create(netwerk=netwerk, professional=lid, sinds_op=timezone.now())
