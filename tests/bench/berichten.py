"""Measures the home line: a million short messages, and somebody who follows a thousand of those who write them.

    python -m tests.bench.berichten [--berichten 1000000]

Builds the database ``wp_bench_berichten`` once (with COPY) and leaves it, so that a second run only measures.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

os.environ["DB_NAME"] = os.environ.get("DB_NAME") or "wp_bench_berichten"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django

if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from netwerk.keuzes import CODETEKENS
from netwerk.models import Bericht, Professional, Volgt
from netwerk.weergave.thuislijn import thuislijn
from organisaties.models import Organisatie, Thema
from welzijnportal import embedded
from welzijnportal.accounts.models import Gebruiker

MENSEN, ORGANISATIES, GEVOLGD = 100_000, 5_000, 1_000
LABELS = [
    "eenzaamheid",
    "schulden",
    "mantelzorg",
    "taal",
    "wonen",
    "opvoeden",
    "vrijwilligers",
    "jeugd",
    "wmo",
    "buurt",
]
ZINNEN = [
    "Vandaag met twaalf mensen soep gekookt in het buurthuis.",
    "Wie heeft ervaring met een maatjesproject voor nieuwkomers?",
    "Onze inloop is vanaf maandag ook 's avonds open.",
    "Net een handige brief in gewone taal gemaakt over bewindvoering.",
    "Drie nieuwe vrijwilligers begonnen vanochtend.",
]
RONDEN = 60
OP = "2026-01-01 00:00:00+00"


def vul(cursor: Any, aantal: int) -> None:
    """Fill an empty database with so many messages; people and organisations that are there already are used.

    Some write much and most write little, one in ten passes another's message on, one in three has a hashtag.
    Four people are made to measure with, recognised by their names.
    """
    toeval = random.Random(20)
    _zorg_voor_mensen(cursor)
    mensen = [pk for (pk,) in cursor.execute("SELECT id FROM netwerk_professional ORDER BY id").fetchall()]
    organisaties = [pk for (pk,) in cursor.execute("SELECT id FROM organisaties_organisatie ORDER BY id").fetchall()]
    cursor.execute("SELECT coalesce(max(id), 0) FROM netwerk_bericht")
    eerste = cursor.fetchone()[0] + 1
    velden = (
        "id, code, auteur_id, organisatie_id, tekst, beeld, beeld_alt, link, is_antwoord, herhaalt_id, zicht, kring_id,"
        " plaatsing, reden, aantal_antwoorden, aantal_waarderingen, aantal_herhalingen, geplaatst_op, gewijzigd_op"
    )
    labels: list[tuple[int, str]] = []

    def rijen() -> Iterable[tuple[object, ...]]:
        herhaald: set[tuple[int, int]] = set()
        for pk in range(eerste, eerste + aantal):
            auteur: int | None = mensen[int(len(mensen) * toeval.random() ** 2)]
            organisatie, herhaalt, zicht, tekst = None, None, 3 + (toeval.random() < 0.5), toeval.choice(ZINNEN)
            if toeval.random() < 0.1:
                auteur, organisatie = None, toeval.choice(organisaties)
            elif toeval.random() < 0.1 and pk > eerste + 1000:
                herhaalt = pk - toeval.randrange(1, 1000)
                if (herhaalt, auteur or 0) in herhaald:
                    herhaalt = None
                else:
                    herhaald.add((herhaalt, auteur or 0))
                    tekst = ""
            elif toeval.random() < 0.05:
                zicht = toeval.choice([1, 2])
            if herhaalt is None and zicht >= 3 and toeval.random() < 0.33:
                label = toeval.choice(LABELS) if toeval.random() < 0.5 else f"onderwerp{toeval.randrange(20_000)}"
                labels.append((pk, label))
                tekst += f" #{label}"
            is_antwoord = herhaalt is None and toeval.random() < 0.2
            kring = auteur if zicht < 3 else None
            yield (
                pk, _code(pk), auteur, organisatie, tekst, "", "", "", is_antwoord, herhaalt, zicht, kring,
                "geplaatst", "", 0, 0, 0, OP, OP,
            )  # fmt: skip

    _kopieer(cursor, "netwerk_bericht", velden, rijen())
    _kopieer(cursor, "netwerk_berichtlabel", "bericht_id, label", labels)
    cursor.execute("SELECT setval('netwerk_bericht_id_seq', (SELECT max(id) FROM netwerk_bericht))")
    _volg(cursor, toeval, mensen, organisaties)
    cursor.execute(
        "ANALYZE netwerk_bericht, netwerk_berichtlabel, netwerk_volgt, netwerk_contact, netwerk_professional"
    )


def _code(nummer: int) -> str:
    tekens = []
    for _ in range(12):
        nummer, rest = divmod(nummer, len(CODETEKENS))
        tekens.append(CODETEKENS[rest])
    return "".join(tekens)


def _kopieer(cursor: Any, tabel: str, velden: str, rijen: Iterable[tuple[object, ...]]) -> None:
    with cursor.copy(f"COPY {tabel} ({velden}) FROM STDIN") as kopie:
        for rij in rijen:
            kopie.write_row(rij)


def _zorg_voor_mensen(cursor: Any) -> None:
    """Make people and organisations when the database has fewer than are to be measured with."""
    tekort = MENSEN - Professional.objects.count()
    if tekort > 0:
        gebruikers = Gebruiker.objects.bulk_create(
            (Gebruiker(email=f"bench{nummer}@voorbeeld.example", password="!") for nummer in range(tekort)),
            batch_size=5_000,
        )
        Professional.objects.bulk_create(
            (
                Professional(gebruiker=g, naam=f"Mens {nummer}", is_volgbaar=True, vindbaar_voor=2)
                for nummer, g in enumerate(gebruikers)
            ),
            batch_size=5_000,
        )
    cursor.execute("UPDATE netwerk_professional SET is_volgbaar = true WHERE NOT is_volgbaar")
    tekort = ORGANISATIES - Organisatie.objects.count()
    if tekort > 0:
        nu = timezone.now()
        Organisatie.objects.bulk_create(
            (
                Organisatie(
                    naam=f"Buurthuis {n}", slug=f"bench-buurthuis-{n}", status="gepubliceerd", gepubliceerd_op=nu,
                    bevestigd_op=nu,
                )
                for n in range(tekort)
            ),
            batch_size=1_000,
        )  # fmt: skip


KIJKERS = {
    "follows 1,000 people": (GEVOLGD, 0, 0),
    "follows 1,000 people who hardly write": (GEVOLGD, 0, 0),
    "follows 900 people, 100 organisations, 5 themes": (900, 100, 5),
    "follows 2,000 people (the most)": (2_000, 0, 0),
    "follows 3 people": (3, 0, 0),
}


def _volg(cursor: Any, toeval: random.Random, mensen: list[int], organisaties: list[int]) -> None:
    themas = _themas()
    for kijker, (naam, (aantal, van_organisaties, van_themas)) in zip(mensen, KIJKERS.items(), strict=False):
        Professional.objects.filter(pk=kijker).update(naam=naam)
        stil = "hardly" in naam
        kans = mensen[len(mensen) // 2 :] if stil else mensen[len(KIJKERS) :]
        gevolgd: list[tuple[int | None, ...]] = [(kijker, wie, None, None) for wie in toeval.sample(kans, aantal)]
        gevolgd += [(kijker, None, wie, None) for wie in toeval.sample(organisaties, van_organisaties)]
        gevolgd += [(kijker, None, None, thema) for thema in themas[:van_themas]]
        _kopieer(
            cursor,
            "netwerk_volgt",
            "volger_id, professional_id, organisatie_id, thema_id, sinds_op",
            [(*rij, OP) for rij in gevolgd],
        )
        cursor.execute(
            "INSERT INTO netwerk_contact (vrager_id, gevraagde_id, regel, status, herkomst, gevraagd_op, beantwoord_op)"
            " SELECT %s, professional_id, '', 'bevestigd', 'vraag', now(), now() FROM netwerk_volgt"
            " WHERE volger_id = %s AND professional_id IS NOT NULL LIMIT 100",
            [kijker, kijker],
        )


def _themas() -> list[int]:
    for nummer, label in enumerate(LABELS):
        Thema.objects.get_or_create(slug=label, defaults={"naam": label.capitalize(), "volgorde": nummer})
    return list(Thema.objects.filter(slug__in=LABELS).values_list("pk", flat=True))


def meet() -> dict[str, tuple[float, float, int]]:
    """Milliseconds of database time (p50, p95) and number of queries: the line, a deep page of it, and the page."""
    gemeten: dict[str, tuple[float, float, int]] = {}
    for naam in KIJKERS:
        kijker = Professional.objects.select_related("gebruiker").filter(naam=naam).first()
        if kijker is None:
            continue
        diep = _diep(kijker)
        gemeten[f"line, {naam}"] = _tijden(partial(thuislijn, kijker))
        gemeten[f"line 50 pages down, {naam}"] = _tijden(partial(thuislijn, kijker, voor=diep))
        client = Client()
        client.force_login(kijker.gebruiker)
        gemeten[f"page /berichten/, {naam}"] = _tijden(partial(client.get, "/berichten/"))
    return gemeten


def _diep(kijker: Professional) -> int | None:
    voor: int | None = None
    for _ in range(50):
        _, verder = thuislijn(kijker, voor=voor)
        if verder is None:
            break
        voor = verder
    return voor


def _tijden(doe: Callable[[], object]) -> tuple[float, float, int]:
    tijden, aantal = [], 0
    for _ in range(RONDEN):
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
        tijden.append(totaal)
    tijden = sorted(tijden[5:])
    return tijden[len(tijden) // 2], tijden[int(len(tijden) * 0.95)], aantal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--berichten", type=int, default=1_000_000)
    aantal = parser.parse_args().berichten
    if settings.USES_EMBEDDED_DATABASE:
        embedded.start()
        embedded.ensure_database(connection.settings_dict["NAME"])
    call_command("migrate", verbosity=0)
    if not Volgt.objects.exists():
        begin = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            vul(cursor, aantal)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(f"filled in {time.perf_counter() - begin:.0f} s")
    print(f"{Bericht.objects.count():,} messages, {Professional.objects.count():,} people")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"  {'milliseconds in the database':<66}{'p50':>8}{'p95':>8}{'queries':>9}")
    for naam, (p50, p95, vragen) in meet().items():
        print(f"  {naam:<66}{p50:>8.1f}{p95:>8.1f}{vragen:>9}")


if __name__ == "__main__":
    main()
