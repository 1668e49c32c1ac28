"""Milliseconds of database time and statements of the pages among peers, at the size of tests/bench/netwerk_gegevens.py."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from netwerk.actions.kennisgevingen import verstuur_mails
from netwerk.actions.weten.kandidaten import zoek_kandidaten
from netwerk.keuzes import Seintje, Zicht
from netwerk.models import Gesprek, Kennisgeving, Netwerk, Professional, Reactie
from netwerk.notifications.basis import geef_kennis
from tests.bench.gegevens import Woordenschat
from welzijnportal.mail import zet_in_de_rij

KEER, GRENS_MS = 15, 20.0


def meet(doe: Callable[[], object], keer: int = KEER) -> tuple[float, float, int]:
    """The median and the worst of the database's milliseconds, and the number of statements."""
    tijden, aantal = [], 0
    for ronde in range(keer + 2):
        totaal, aantal = 0.0, 0

        def teller(execute: Any, *args: Any) -> Any:
            nonlocal totaal, aantal
            begin = time.perf_counter()
            try:
                return execute(*args)
            finally:
                totaal += (time.perf_counter() - begin) * 1000
                aantal += 1

        with connection.execute_wrapper(teller):
            doe()
        if ronde > 1:
            tijden.append(totaal)
    return sorted(tijden)[len(tijden) // 2], max(tijden), aantal


def _pagina(client: Client, adressen: list[str]) -> Callable[[], object]:
    volgende = cycle(adressen)

    def doe() -> None:
        adres = next(volgende)
        response = client.get(adres)
        if response.status_code != 200:
            raise AssertionError(f"{adres}: {response.status_code}")

    return doe


def _adres(naam: str, *delen: str) -> str:
    try:
        return reverse(f"netwerk:{naam}", args=delen)
    except NoReverseMatch:
        return ""


def metingen() -> dict[str, Callable[[], object]]:
    """What is measured: pages of a member of ordinary networks and of one in the fifty largest, and matching."""
    gewoon = Professional.objects.select_related("gebruiker").get(pk=777)
    druk = Professional.objects.select_related("gebruiker").get(pk=1)
    clients = {}
    for naam, mens in (("a member", gewoon), ("a member of the 50 largest", druk)):
        clients[naam] = Client()
        clients[naam].force_login(mens.gebruiker)
    clients["a visitor"] = Client()
    woorden = [woord for woord in Woordenschat.maak().woorden if 5 <= len(woord) <= 12]
    soorten = {"common words": woorden[:15], "medium words": woorden[100:115], "rare words": woorden[5000:5015]}
    netwerken = list(Netwerk.objects.filter(pk__in=range(1, 16)).order_by("pk").values_list("slug", flat=True))
    lang = Gesprek.objects.get(pk=1)
    gevonden: dict[str, Callable[[], object]] = {}
    for wie, client in clients.items():
        if zoekpagina := _adres("gesprekken"):
            gevonden[f"conversation search, nothing typed, {wie}"] = _pagina(client, [zoekpagina])
            gevonden[f"conversation search, unanswered, {wie}"] = _pagina(client, [f"{zoekpagina}?onbeantwoord=ja"])
            for soort, reeks in soorten.items():
                adressen = [f"{zoekpagina}?q={woord}" for woord in reeks]
                gevonden[f"conversation search, {soort}, {wie}"] = _pagina(client, adressen)
        if mensen := _adres("mensen"):
            gevonden[f"people search, nothing typed, {wie}"] = _pagina(client, [mensen])
            for soort, reeks in soorten.items():
                gevonden[f"people search, {soort}, {wie}"] = _pagina(client, [f"{mensen}?q={w}" for w in reeks])
        if _adres("netwerk", "x"):
            gevonden[f"network page, {wie}"] = _pagina(client, [_adres("netwerk", slug) for slug in netwerken])
    client = clients["a member of the 50 largest"]
    if adres := _adres("gesprek", lang.code):
        gevonden["conversation with 1,000 replies, first page"] = _pagina(client, [adres])
        gevonden["conversation with 1,000 replies, last page"] = _pagina(client, [f"{adres}?pagina=20"])
    if adres := _adres("vragen"):
        gevonden["questions that wait"] = _pagina(client, [adres])
    vragen = list(Gesprek.objects.select_related("auteur", "netwerk").filter(pk__in=range(2, 400, 25)))
    for vraag in vragen:
        vraag.zicht = Zicht.PORTAAL
    volgende = cycle(vragen)
    gevonden["who knows this: matching a question"] = lambda: zoek_kandidaten(next(volgende), aantal=15, straal_km=60)
    return gevonden


def meet_seintjes(aantal: int = 10_000) -> tuple[float, int]:
    """Seconds and rows to give word to all members of the largest network, all undone: the writing half of a digest."""
    mensen = list(Professional.objects.filter(lidmaatschappen__netwerk=1)[:aantal])
    netwerk = Netwerk.objects.get(pk=1)
    begin = time.perf_counter()
    with transaction.atomic():
        geschreven = geef_kennis(
            aan=mensen, soort=Seintje.GESPREK, tekst="Een nieuw gesprek.", pad="/gesprekken/x/", netwerk=netwerk
        )
        seconden = time.perf_counter() - begin
        assert Kennisgeving.objects.filter(aangemaakt_op__gt=timezone.now() - timedelta(minutes=5)).exists()
        transaction.set_rollback(True)
    return seconden, geschreven


def meet_overzicht(aantal: int = 10_000) -> tuple[float, float, int]:
    """Seconds to queue the daily mail of many people, seconds of the floor, and how many mails; all undone.

    The floor is what cannot be left out: the rows of the queue alone, in one go, with a short text.
    """
    mensen = list(Professional.objects.order_by("pk")[:aantal])
    with transaction.atomic():
        geef_kennis(aan=mensen, soort=Seintje.GESPREK, tekst="Een nieuw gesprek.", pad="/gesprekken/x/")
        begin = time.perf_counter()
        mails = verstuur_mails(timezone.now() + timedelta(days=2))
        overzicht = time.perf_counter() - begin
        begin = time.perf_counter()
        zet_in_de_rij({"aan": "a@voorbeeld.example", "onderwerp": "x", "tekst": "x"} for _ in range(mails))
        bodem = time.perf_counter() - begin
        transaction.set_rollback(True)
    return overzicht, bodem, mails


def verslag(meld: Callable[[str], object]) -> bool:
    """Print the figures; return whether every page stays within 20 ms of the database."""
    meld(
        f"{Professional.objects.count():,} people, {Netwerk.objects.count():,} networks, {Gesprek.objects.count():,}"
        f" conversations, {Reactie.objects.count():,} replies; load of the machine {os.getloadavg()[0]:.1f}"
        f" on {os.cpu_count()} cores"
    )
    meld(f"  {'milliseconds in the database':<70}{'p50':>8}{'worst':>8}{'queries':>9}")
    is_goed = True
    for naam, doe in metingen().items():
        try:
            p50, hoogste, aantal = meet(doe)
        except AssertionError as fout:
            meld(f"  {naam:<70} {fout}")
            continue
        te_traag = "" if p50 <= GRENS_MS else "  over 20 ms"
        is_goed = is_goed and not te_traag
        meld(f"  {naam:<70}{p50:>8.1f}{hoogste:>8.1f}{aantal:>9}{te_traag}")
    seconden, rijen = meet_seintjes()
    meld(f"  word to {rijen:,} members of one network written in {seconden:.1f} s")
    overzicht, bodem, mails = meet_overzicht()
    meld(
        f"  the daily mail of {mails:,} people queued in {overzicht:.1f} s, {overzicht / bodem:.1f} times its rows alone"
    )
    return is_goed
