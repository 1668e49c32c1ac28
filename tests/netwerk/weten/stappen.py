"""A question, and those who may know."""

from typing import Any
from zoneinfo import ZoneInfo

from netwerk.actions.weten.vragen import stel_vraag
from netwerk.keuzes import Voor, Zicht
from netwerk.models import Gesprek, Netwerk, Professional
from tests.fabriek import (
    maak_gesprek,
    maak_lid,
    maak_professional,
)
from welzijnportal.geo.models import Gemeente, Plaats, Provincie

NL = ZoneInfo("Europe/Amsterdam")


def maak_kenner(*labels: str, netwerk: Netwerk | None = None, **velden: Any) -> Professional:
    velden.setdefault("expertise_voor", Voor.LEDEN)
    kenner = maak_professional(**velden)
    kenner.expertise.set(labels or ["schuldhulp"])
    if netwerk is not None:
        maak_lid(netwerk, kenner)
    return kenner


def maak_vraag(**velden: Any) -> Gesprek:
    velden.setdefault("titel", "Wie kent goede schuldhulp voor zelfstandigen?")
    velden.setdefault("tekst", "Een ondernemer kwam vast te zitten.")
    velden.setdefault("zicht", Zicht.NETWERK)
    return maak_gesprek(**velden)


def gevraagd(gesprek: Gesprek) -> set[str]:
    return set(gesprek.vraagverzoeken.values_list("professional__naam", flat=True))


def stel(gesprek: Gesprek) -> int:
    assert gesprek.auteur
    return stel_vraag(gesprek=gesprek, door=gesprek.auteur)


def een_plaats() -> Plaats:
    provincie, _ = Provincie.objects.get_or_create(code="PV26", defaults={"naam": "Utrecht", "slug": "utrecht"})
    gemeente, _ = Gemeente.objects.get_or_create(
        code="GM0344",
        defaults={
            "naam": "Utrecht", "zoeksleutel": "utrecht", "provincie": provincie, "breedtegraad": 52.09, "lengtegraad": 5.12,
            "punt": (136.0, 456.0),
        },
    )  # fmt: skip
    return Plaats.objects.get_or_create(
        slug="utrecht",
        defaults={
            "naam": "Utrecht", "weergavenaam": "Utrecht", "zoeksleutel": "utrecht", "gemeente": gemeente,
            "provincie": provincie, "breedtegraad": 52.09, "lengtegraad": 5.12, "punt": (136.0, 456.0),
        },
    )[0]  # fmt: skip
