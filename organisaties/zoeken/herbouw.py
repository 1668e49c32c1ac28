"""Building the search tables anew from all published listings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import batched
from typing import Any

from django.db import connection, transaction

from organisaties.models import Organisatie, Woord, Woordverschil, Zoekkaart, Zoekopening, Zoekpunt
from organisaties.zoeken import herbouw_naast, kaartgegevens
from organisaties.zoeken.bron import lees_bronnen
from organisaties.zoeken.opbouw import (
    KOLOMMEN,
    PER_KEER,
    schrijf_openingen,
    schrijf_punten,
    vergeet_antwoorden,
    ververs,
    waarden,
)
from organisaties.zoeken.rij import alle_lexemen_van, maak_rij
from organisaties.zoeken.tellingen import SLOT, maak_woorden

# The statements are put together from texts of our own.
# ruff: noqa: S608

Voortgang = Callable[[int, int], object]


def herbouw(voortgang: Voortgang | None = None) -> int:
    """Build the search tables anew from all published listings and return how many there are.

    Visitors see the old tables until it is done. Few listings are done in one transaction; many in tables of their
    own by several processes, while listings may be saved as always. Calls `voortgang(gedaan, totaal)`.
    """
    meld = voortgang or (lambda gedaan, totaal: None)
    aantal = Organisatie.objects.zichtbaar().count()
    if aantal < herbouw_naast.GROOT or connection.in_atomic_block:
        return _in_een_keer(meld)
    gewijzigd = herbouw_naast.bouw(aantal, meld)
    for ids in batched(gewijzigd, PER_KEER, strict=False):
        ververs(ids)
    vergeet_antwoorden()
    return aantal


def _in_een_keer(voortgang: Voortgang) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        ids = list(Organisatie.objects.zichtbaar().order_by("pk").values_list("pk", flat=True))
        for model in (Zoekpunt, Zoekopening, Zoekkaart, Woordverschil, Woord):
            model.objects.all().delete()
        # A rebuild may come twice in one outer transaction.
        cursor.execute("DROP TABLE IF EXISTS pg_temp.zoekrij_nieuw")
        # Stored as the table itself stores it: a compressed word list would be unpacked for each look into it.
        cursor.execute(
            "CREATE TEMP TABLE zoekrij_nieuw (LIKE organisaties_zoekrij INCLUDING DEFAULTS INCLUDING STORAGE)"
            " WITH (toast_tuple_target = 8160) ON COMMIT DROP"
        )
        tellingen = _vul(cursor, ids, voortgang)
        cursor.execute("DELETE FROM organisaties_zoekrij")
        cursor.execute(
            f"INSERT INTO organisaties_zoekrij ({KOLOMMEN}) SELECT {KOLOMMEN} FROM zoekrij_nieuw"
            " ORDER BY score DESC, organisatie_id"
        )
        Woord.objects.bulk_create(maak_woorden(sorted(tellingen.items())), batch_size=5000)
        cursor.execute(
            "ANALYZE organisaties_zoekrij, organisaties_zoekpunt, organisaties_zoekopening, organisaties_zoekkaart,"
            " organisaties_woord"
        )
        transaction.on_commit(vergeet_antwoorden)
    vergeet_antwoorden()
    return len(ids)


def _vul(cursor: Any, ids: Iterable[int], voortgang: Voortgang) -> Counter[str]:
    ids = list(ids)
    woordkennis = cache(alle_lexemen_van)
    tellingen: Counter[str] = Counter()
    for nummer, stuk in enumerate(batched(ids, PER_KEER, strict=False)):
        bronnen = list(lees_bronnen(stuk))
        rijen = [maak_rij(bron, woordkennis) for bron in bronnen]
        with cursor.copy(f"COPY zoekrij_nieuw ({KOLOMMEN}) FROM STDIN") as kopie:
            for rij in rijen:
                kopie.write_row(waarden(rij))
                tellingen.update(rij.lexemen.keys())
        with cursor.copy(f"COPY organisaties_zoekkaart ({kaartgegevens.KOLOMMEN}) FROM STDIN") as kopie:
            for bron in bronnen:
                kopie.write_row(kaartgegevens.maak_kaart(bron))
        schrijf_punten(rijen)
        schrijf_openingen(rijen)
        voortgang(nummer * PER_KEER + len(stuk), len(ids))
    return tellingen
