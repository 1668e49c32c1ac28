import re
from datetime import datetime
from typing import Any

from django.test import Client

from organisaties.actions.versheidslink import maak_link
from organisaties.models import Bevestiging, Organisatie, Versheidsdag
from organisaties.openingstijden import AMSTERDAM
from welzijnportal.accounts.models import Gebruiker

NU = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)


LANG_GELEDEN = datetime(2026, 3, 3, 10, tzinfo=AMSTERDAM)


def pad(organisatie: Organisatie, gebruiker: Gebruiker) -> str:
    return "/" + maak_link(organisatie.pk, gebruiker.pk).split("/", 3)[3]


def stand() -> Any:
    return (
        list(Organisatie.objects.order_by("pk").values()),
        list(Bevestiging.objects.order_by("pk").values()),
        Versheidsdag.objects.count(),
    )


def druk(client: Client, adres: str, wat: str = "alles", **meer: Any) -> Any:
    html = client.get(adres).content.decode()
    gezien = re.search(r'name="gezien" value="(\d+)"', html)
    return client.post(adres, {"wat": wat, "gezien": gezien[1] if gezien else 1, **meer})
