"""Finding listings that may be one organisation, over the whole table, and setting pairs aside.

Candidates share a KvK number, a web domain, a phone number, the core of their name or a postcode: each is an
index, and of each at most ``PER_SLEUTEL`` are looked at, so that the work grows with the table and not with
its square. What they share together makes the score.
"""

import time
from collections.abc import Collection, Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.tasks import task
from django.utils import timezone

from organisaties.gelijkenis import DREMPEL, GEDEELDE_DOMEINEN, KANDIDATEN, overeenkomst
from organisaties.keuzes import Status
from organisaties.models import Dubbelpaar, Dubbelronde, Organisatie
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.fields import Punt

PER_SLEUTEL = 20
PAKKET = 500
DREMPEL_PAAR = 60
NIEUWE_RONDE = timedelta(days=30)
# Metres between two points that may be one front door.
DICHTBIJ = 150
MEE = [Status.INGEDIEND, Status.GEPUBLICEERD, Status.TERUGGESTUURD]
HOSTS = Path(__file__).resolve().parent.parent / "data" / "gedeelde_hosts.csv"

_DOMEIN = r"split_part(regexp_replace(lower({0}.website), '^https?://(www\.)?', ''), '/', 1)"
_KERN = (
    r"left(regexp_replace(lower({0}.naam), '\m(stichting|vereniging|st|ver|de|het|een|coöperatie|cooperatie|bv)\M"
    r"|[^[:alnum:]]', '', 'g'), 40)"
)
_GELIJK = {
    "kvk": ("{0}.kvk_nummer", "NOT ({0}.kvk_nummer = '')"),
    "domein": (_DOMEIN, "NOT ({0}.website = '')"),
    "telefoon": ("{0}.telefoon", "NOT ({0}.telefoon = '')"),
    "naam": (_KERN, "length(a.naam) > 3"),
}


@cache
def gedeelde_hosts() -> frozenset[str]:
    """Hosts below which many organisations have a page of their own."""
    regels = HOSTS.read_text(encoding="utf-8").splitlines()[1:]
    return GEDEELDE_DOMEINEN | {regel.partition(",")[0] for regel in regels if regel}


def _vraag() -> str:
    """Return the query for candidate pairs of some listings; parameters: keys, statuses, hosts."""
    delen = []
    for sleutel, (waarde, voorwaarde) in _GELIJK.items():
        delen.append(
            f"SELECT a.id, b.id FROM organisaties_organisatie a CROSS JOIN LATERAL ("  # noqa: S608
            f"SELECT b.id FROM organisaties_organisatie b WHERE {waarde.format('b')} = {waarde.format('a')}"
            f" AND {voorwaarde.format('b')} AND b.id <> a.id AND b.status = ANY(%(mee)s) LIMIT {PER_SLEUTEL}) b"
            f" WHERE a.id = ANY(%(pks)s) AND {voorwaarde.format('a')}"
            + (f" AND NOT ({waarde.format('a')} = ANY(%(hosts)s))" if sleutel == "domein" else "")
        )
    delen.append(
        "SELECT a.organisatie_id, b.organisatie_id FROM organisaties_locatie a CROSS JOIN LATERAL ("  # noqa: S608
        "SELECT b.organisatie_id FROM organisaties_locatie b WHERE b.postcode = a.postcode AND NOT (b.postcode = '')"
        f" AND b.organisatie_id <> a.organisatie_id LIMIT {PER_SLEUTEL}) b"
        " WHERE a.organisatie_id = ANY(%(pks)s) AND NOT (a.postcode = '')"
    )
    return " UNION ".join(delen)


def kandidaten(pks: Collection[int]) -> set[tuple[int, int]]:
    """Return the pairs that share something, the lower key first."""
    with connection.cursor() as cursor:
        cursor.execute(_vraag(), {"pks": list(pks), "mee": [str(s) for s in MEE], "hosts": list(gedeelde_hosts())})
        paren = {(min(paar), max(paar)) for paar in cursor.fetchall()}
        # So few that each name may be compared with all: one that registers, or a small import.
        if len(pks) <= KANDIDATEN:
            cursor.execute(
                "SELECT a.id, b.id FROM organisaties_organisatie a CROSS JOIN LATERAL (SELECT b.id FROM"
                " organisaties_organisatie b WHERE lower(b.naam) %% lower(a.naam) AND b.id <> a.id LIMIT 40) b"
                " WHERE a.id = ANY(%s)",
                [list(pks)],
            )
            paren |= {(min(paar), max(paar)) for paar in cursor.fetchall()}
    return paren


def beoordeel(een: Organisatie, ander: Organisatie) -> tuple[int, list[str]]:
    """Return how strongly two listings look like one organisation (0 to 100), and why."""
    if een.bron and een.bron == ander.bron and een.kort != ander.kort:
        # A source that lists each offer by itself knows that they differ.
        return 0, []
    score, redenen = 0, []
    if een.kvk_nummer and ander.kvk_nummer:
        zelfde = een.kvk_nummer == ander.kvk_nummer
        score += 60 if zelfde else -40
        redenen += ["zelfde KvK-nummer"] if zelfde else []
    if een.webdomein and een.webdomein == ander.webdomein and een.webdomein not in gedeelde_hosts():
        score += 35
        redenen.append("zelfde website")
    if een.telefoon and een.telefoon == ander.telefoon:
        score += 25
        redenen.append("zelfde telefoonnummer")
    mate = overeenkomst(een.naam, ander.naam)
    if mate >= DREMPEL:
        score += round(40 * mate)
        redenen.append("zelfde naam" if mate > 0.95 else "naam lijkt erop")
    bij_adres, reden = _adres(een, ander)
    if reden:
        score += bij_adres
        redenen.append(reden)
    return max(0, min(score, 100)), redenen


def _adres(een: Organisatie, ander: Organisatie) -> tuple[int, str]:
    plekken, andere = list(een.locaties.all()), list(ander.locaties.all())
    deuren = {(p.postcode, "".join(p.straat.lower().split())) for p in plekken if p.postcode and p.straat}
    if deuren & {(p.postcode, "".join(p.straat.lower().split())) for p in andere if p.postcode and p.straat}:
        return 20, "zelfde adres"
    for plek in plekken:
        for verre in andere:
            # Of a place without an address the point is the middle of its town: that says nothing.
            if plek.straat and verre.straat and _meters(plek.punt, verre.punt) <= DICHTBIJ:
                return 10, "vlak bij elkaar"
    return 0, ""


def _meters(een: Punt | None, ander: Punt | None) -> float:
    if een is None or ander is None:
        return float("inf")
    return een.afstand(ander) * 1000


def zoek(pks: Collection[int]) -> int:
    """Store the pairs of these listings with any other; return how many are strong enough.

    A pair that was found before gets its new score; one that was set aside stays aside.
    """
    paren = kandidaten(pks)
    nodig = {pk for paar in paren for pk in paar}
    rijen = (
        Organisatie.objects.filter(pk__in=nodig, status__in=MEE)
        .only("pk", "naam", "kort", "website", "kvk_nummer", "telefoon", "bron")
        .prefetch_related("locaties")
        .in_bulk()
    )
    gevonden = []
    for een, ander in sorted(paren):
        if een in rijen and ander in rijen:
            score, redenen = beoordeel(rijen[een], rijen[ander])
            if score >= DREMPEL_PAAR:
                gevonden.append(Dubbelpaar(een_id=een, ander_id=ander, score=score, redenen=redenen))
    Dubbelpaar.objects.bulk_create(
        gevonden, update_conflicts=True, unique_fields=["een", "ander"], update_fields=["score", "redenen"]
    )
    return len(gevonden)


def zoek_verder(*, seconden: float = 300, pakket: int = PAKKET) -> int:
    """Go on through the table where the last run stopped, for some minutes; return how many were looked at.

    Each packet is a transaction with its place, so that a run that is cut off loses one packet at most. When a
    round is done new listings are looked at as they come, and after a month a new round begins.
    """
    einde = time.monotonic() + seconden
    totaal = 0
    while True:
        bekeken = _pakket(pakket)
        totaal += bekeken
        if bekeken < pakket or time.monotonic() > einde:
            return totaal


@transaction.atomic
def _pakket(pakket: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dubbelronde'))")
    ronde = Dubbelronde.objects.order_by("-begonnen_op", "-pk").first()
    if ronde is None or (ronde.afgerond_op and ronde.begonnen_op < timezone.now() - NIEUWE_RONDE):
        ronde = Dubbelronde.objects.create()
    pks = list(Organisatie.objects.filter(pk__gt=ronde.tot_pk).order_by("pk").values_list("pk", flat=True)[:pakket])
    if pks:
        ronde.aantal_gevonden += zoek(pks)
        ronde.tot_pk, ronde.aantal_bekeken = pks[-1], ronde.aantal_bekeken + len(pks)
    if len(pks) < pakket:
        ronde.afgerond_op = timezone.now()
    ronde.save()
    return len(pks)


@task()
def zoek_taak(*, pks: list[int]) -> None:
    """Look for look-alikes of listings that were just handed in."""
    zoek(pks)


@task()
def zoek_verder_taak() -> None:
    """Look for look-alikes of what an import brought."""
    zoek_verder(seconden=120)


@transaction.atomic
def leg_opzij(*, paar: Dubbelpaar, door: Gebruiker) -> bool:
    """Note that two listings are two organisations; False when somebody decided on the pair before."""
    return bool(
        Dubbelpaar.objects.filter(pk=paar.pk, status=Dubbelpaar.Status.OPEN).update(
            status=Dubbelpaar.Status.NIET_DUBBEL, beoordeeld_door=door, beoordeeld_op=timezone.now()
        )
    )


@transaction.atomic
def leg_terug(*, paar: Dubbelpaar) -> bool:
    """Put a pair that was set aside back in the queue."""
    return bool(
        Dubbelpaar.objects.filter(pk=paar.pk, status=Dubbelpaar.Status.NIET_DUBBEL).update(
            status=Dubbelpaar.Status.OPEN, beoordeeld_door=None, beoordeeld_op=None
        )
    )


def te_beoordelen() -> Any:
    """Return the open pairs of which both listings are still there, the strongest first."""
    over: Iterable[Status] = MEE
    return Dubbelpaar.objects.filter(
        status=Dubbelpaar.Status.OPEN, een__status__in=over, ander__status__in=over
    ).order_by("-score", "pk")
