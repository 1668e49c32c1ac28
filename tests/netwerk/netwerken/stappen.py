"""How the tests of networks look at pages, word and members."""

from typing import Any

from django.test import Client

from netwerk.models import Kennisgeving, Lidmaatschap, Netwerk, Professional


def als(mens: Professional | None) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    if mens is not None:
        client.force_login(mens.gebruiker)
    return client


def tekst(response: Any) -> str:
    return " ".join(response.content.decode().split())


def woord(mens: Professional) -> list[str]:
    return list(Kennisgeving.objects.filter(ontvanger=mens.gebruiker).order_by("pk").values_list("tekst", flat=True))


def rollen(netwerk: Netwerk) -> set[tuple[str, str, str]]:
    rijen = Lidmaatschap.objects.filter(netwerk=netwerk)
    return set(rijen.values_list("professional__naam", "rol", "status"))


def klopt_aantal(netwerk: Netwerk) -> bool:
    netwerk.refresh_from_db()
    return netwerk.aantal_leden == Lidmaatschap.objects.leden().filter(netwerk=netwerk).count()
