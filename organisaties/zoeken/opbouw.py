"""Keeping the search tables equal to the published listings, save by save."""

from collections import Counter
from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.db import connection, transaction

from organisaties.models import Zoekopening, Zoekpunt
from organisaties.zoeken import kaartgegevens
from organisaties.zoeken.bron import Bron, lees_bronnen
from organisaties.zoeken.rij import Rij, maak_rij
from organisaties.zoeken.tellingen import boek

# The statements are put together from texts of our own; values go as parameters.
# ruff: noqa: S608

PER_KEER = 500
VOLGENDE_STAND = "nextval('organisaties_zoekstand_id_seq')"
VELDEN = (
    "organisatie_id", "score", "naamsleutel", "aanbod", "vector", "themas", "doelgroepen", "gemeenten", "soort",
    "is_gratis", "gepubliceerd_op", "week", "afwijkende_dagen", "punt",
)  # fmt: skip
KOLOMMEN = ", ".join(VELDEN)
_SOORTEN = {
    "vector": "::tsvector",
    "punt": "::point",
    "week": "::int4multirange",
    "afwijkende_dagen": "::datemultirange",
}
_TE_VERGELIJKEN = [veld for veld in VELDEN if veld not in ("organisatie_id", "punt")]
# A row that stays as it was is not written: that would cost an entry in the word index for each of its words.
SCHRIJF = f"""WITH kaart AS ({kaartgegevens.SCHRIJF}) INSERT INTO organisaties_zoekrij AS z ({KOLOMMEN})
    VALUES ({", ".join("%s" + _SOORTEN.get(veld, "") for veld in VELDEN)})
    ON CONFLICT (organisatie_id) DO UPDATE SET {", ".join(f"{veld} = excluded.{veld}" for veld in VELDEN[1:])},
    bijgewerkt_op = clock_timestamp() WHERE ({", ".join(f"z.{veld}" for veld in _TE_VERGELIJKEN)}, z.punt::text)
    IS DISTINCT FROM ({", ".join(f"excluded.{veld}" for veld in _TE_VERGELIJKEN)}, excluded.punt::text)"""


def ververs(organisatie_ids: Iterable[int]) -> None:
    """Bring the search tables up to date for these organisations; one that is not published leaves them.

    What workers remember of earlier answers is forgotten now, and once more when the transaction has ended: who
    reads between the two remembers the old.
    Call it in the transaction that changes the listing or its parts. Safe to repeat.
    """
    with transaction.atomic(savepoint=False):
        for ids in batched(dict.fromkeys(organisatie_ids), PER_KEER, strict=False):
            openstaand = _zet_vast(ids)
            bronnen = list(lees_bronnen(ids, met_oud=True))
            verschillen = _schrijf([(bron, maak_rij(bron)) for bron in bronnen])
            weg = set(ids) - {bron.organisatie.pk for bron in bronnen}
            if weg:
                verschillen.update(_haal_weg(weg))
            boek(verschillen, openstaand=openstaand)
        transaction.on_commit(vergeet_antwoorden)


def verwijder(organisatie_ids: Iterable[int]) -> None:
    """Take these organisations out of the search tables."""
    with transaction.atomic(savepoint=False):
        ids = list(organisatie_ids)
        openstaand = _zet_vast(ids)
        boek(_haal_weg(ids), openstaand=openstaand)
        transaction.on_commit(vergeet_antwoorden)


def vergeet_antwoorden() -> None:
    """Let workers forget what they remember of answers (see Zoekstand)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {VOLGENDE_STAND}")


def _zet_vast(ids: Iterable[int]) -> bool:
    """Lock the listings, so that two saves of one wait here instead of both writing its row.

    Return whether other writers left counts that are still to be added up.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH vast AS MATERIALIZED (SELECT id FROM organisaties_organisatie WHERE id = ANY(%s) ORDER BY id FOR UPDATE)"
            f" SELECT count(*), {VOLGENDE_STAND}, EXISTS (SELECT 1 FROM organisaties_woordverschil) FROM vast",
            [list(ids)],
        )
        return bool(cursor.fetchone()[2])


def _haal_weg(ids: Iterable[int]) -> Counter[str]:
    verschillen: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH punten AS (DELETE FROM organisaties_zoekpunt WHERE organisatie_id = ANY(%(ids)s)),
            openingen AS (DELETE FROM organisaties_zoekopening WHERE organisatie_id = ANY(%(ids)s)),
            kaarten AS (DELETE FROM organisaties_zoekkaart WHERE organisatie_id = ANY(%(ids)s))
            DELETE FROM organisaties_zoekrij WHERE organisatie_id = ANY(%(ids)s) RETURNING tsvector_to_array(vector)""",
            {"ids": list(ids)},
        )
        for (lexemen,) in cursor.fetchall():
            verschillen.subtract(lexemen)
    return verschillen


def waarden(rij: Rij) -> tuple[Any, ...]:
    """What a row holds, in the order of VELDEN."""
    return (
        rij.organisatie_id, rij.score, rij.naamsleutel, rij.aanbod, rij.vector, rij.themas, rij.doelgroepen,
        rij.gemeenten, rij.soort, rij.is_gratis, rij.gepubliceerd_op, rij.week, rij.afwijkende_dagen, rij.enig_punt,
    )  # fmt: skip


def _schrijf(paren: list[tuple[Bron, Rij]]) -> Counter[str]:
    """Write the rows, and the points and hours that differ from what is there; return how word counts change."""
    verschillen: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.executemany(SCHRIJF, [(*kaartgegevens.maak_kaart(bron), *waarden(rij)) for bron, rij in paren])
    for bron, rij in paren:
        nieuw, oud = rij.lexemen.keys(), set(bron.oude_lexemen or ())
        verschillen.update(nieuw - oud)
        verschillen.subtract(oud - nieuw)
    _schrijf_punten([(bron, rij) for bron, rij in paren if bron.oude_punten != sorted(rij.punten)])
    _schrijf_openingen([(bron, rij) for bron, rij in paren if bron.oude_openingen != rij.openingen])
    return verschillen


def _schrijf_punten(paren: list[tuple[Bron, Rij]]) -> None:
    if any(bron.oude_punten for bron, _ in paren):
        _leeg("zoekpunt", paren)
    schrijf_punten([rij for _, rij in paren])


def _schrijf_openingen(paren: list[tuple[Bron, Rij]]) -> None:
    if any(bron.oude_openingen for bron, _ in paren):
        _leeg("zoekopening", paren)
    schrijf_openingen([rij for _, rij in paren])


def _leeg(tabel: str, paren: list[tuple[Bron, Rij]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM organisaties_{tabel} WHERE organisatie_id = ANY(%s)",
            [[rij.organisatie_id for _, rij in paren]],
        )


def schrijf_punten(rijen: list[Rij]) -> None:
    Zoekpunt.objects.bulk_create(
        [Zoekpunt(organisatie_id=rij.organisatie_id, punt=punt) for rij in rijen for punt in rij.punten]
    )


def schrijf_openingen(rijen: list[Rij]) -> None:
    Zoekopening.objects.bulk_create(
        [
            Zoekopening(organisatie_id=rij.organisatie_id, week=week, afwijkende_dagen=dagen, afwijkend_open=open_op)
            for rij in rijen
            for week, dagen, open_op in rij.openingen
        ]
    )
