"""How a packet of new listings is written: its rows go to the database once, and are spread over the tables there."""

# The statements are put together from names of our own models; what a file says goes as a parameter or by COPY.
# ruff: noqa: S608

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models

from organisaties.imports.rijen import Aanbod
from organisaties.models import Bevestiging, Dienst, Doelgroep, Locatie, Organisatie, Thema
from organisaties.models.bevestiging import Bevestigingsbron, Blok
from welzijnportal.geo.fields import Punt, van_rd
from welzijnportal.geo.zoeken import vind_plek, vul_aan

# Of a column: an expression over the packet `p`, or a tuple with one value for all rows.
Waarde = str | tuple[Any]

DIENST: dict[str, Waarde] = {
    "id": "p.dienst_id",
    "organisatie_id": "p.organisatie_id",
    "naam": "p.gegevens->>'dienst'",
    "kosten": "p.gegevens->>'kosten'",
    "is_gratis": "p.gegevens->>'kosten' = ''",
}
LOCATIE: dict[str, Waarde] = {
    "id": "p.locatie_id",
    "organisatie_id": "p.organisatie_id",
    "straat": "p.gegevens->'locatie'->>'straat'",
    "postcode": "p.gegevens->'locatie'->>'postcode'",
    "plaats": "p.gegevens->'locatie'->>'plaats'",
    "gemeente_id": "p.gemeente_id",
    "punt": "p.punt",
    "breedtegraad": "p.breedtegraad",
    "lengtegraad": "p.lengtegraad",
}
_TABELLEN = """CREATE TEMP TABLE IF NOT EXISTS import_pakket (
    organisatie_id bigint, dienst_id bigint, locatie_id bigint, slug text, sleutel text, gegevens jsonb,
    gemeente_id text, punt point, breedtegraad float8, lengtegraad float8) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS import_historie (id bigint, history_id bigint) ON COMMIT DROP"""


def plek_van(waar: dict[str, str]) -> tuple[Punt | None, str]:
    """Return the point and the CBS code of the municipality of an address: of its postcode area, else of its place."""
    aanvulling = vul_aan(waar["pc4"]) if waar["pc4"] else None
    if aanvulling:
        return aanvulling.punt, aanvulling.gemeente_code
    plek = vind_plek(waar["plaats"])
    return (plek.punt, plek.gemeente_code) if plek else (None, "")


def zet_klaar(cursor: Any, pakket: Sequence[Aanbod], slugs: Sequence[str]) -> list[int]:
    """Put a packet in the table `import_pakket` of this transaction; return the keys that its listings will have."""
    cursor.execute(_TABELLEN)
    cursor.execute("TRUNCATE import_pakket")
    organisaties = _sleutels(cursor, Organisatie, len(pakket))
    diensten, locaties = _sleutels(cursor, Dienst, len(pakket)), _sleutels(cursor, Locatie, len(pakket))
    with cursor.copy("COPY import_pakket FROM STDIN") as kopie:
        for aanbod, slug, *pks in zip(pakket, slugs, organisaties, diensten, locaties, strict=True):
            waar = aanbod.gegevens["locatie"]
            punt, gemeente = plek_van(waar) if waar else (None, "")
            breedte, lengte = van_rd(punt) if punt else (None, None)
            kopie.write_row(
                (
                    pks[0],
                    pks[1],
                    pks[2] if waar else None,
                    slug,
                    aanbod.sleutel,
                    json.dumps(aanbod.gegevens, ensure_ascii=False),
                    gemeente or None,
                    f"({punt[0]!r},{punt[1]!r})" if punt else None,
                    breedte,
                    lengte,
                )
            )
    return organisaties


def _sleutels(cursor: Any, model: type[models.Model], aantal: int) -> list[int]:
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [model._meta.db_table, aantal]
    )
    return [pk for (pk,) in cursor.fetchall()]


def voeg_in(cursor: Any, model: type[models.Model], waarden: Mapping[str, Waarde], *, waar: str = "true") -> None:
    """Insert a row for each of the packet; a column that is not named gets what a new object would have."""
    kolommen, uitdrukkingen, parameters = [], [], []
    for veld in model._meta.concrete_fields:
        kolom = str(veld.column)
        if kolom not in waarden and (veld.has_db_default() or isinstance(veld, models.AutoField)):
            continue
        waarde = waarden.get(kolom)
        if waarde is None:
            waarde = (veld.get_db_prep_save(veld.get_default(), connection),)
        kolommen.append(kolom)
        uitdrukkingen.append(waarde if isinstance(waarde, str) else f"%s::{veld.rel_db_type(connection)}")
        parameters += [] if isinstance(waarde, str) else [*waarde]
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(kolommen)}) SELECT {', '.join(uitdrukkingen)}"
        f" FROM import_pakket p WHERE {waar} ORDER BY p.organisatie_id",
        parameters,
    )


def koppel(cursor: Any) -> None:
    """Tie the packet's listings and services to their themes, target groups, municipalities and locations."""
    for woorden, model in (("themas", Thema), ("doelgroepen", Doelgroep)):
        for drager in (Organisatie, Dienst):
            tussen = getattr(drager, woorden).through._meta.db_table
            eigen, ander = drager._meta.model_name, model._meta.model_name
            cursor.execute(
                f"INSERT INTO {tussen} ({eigen}_id, {ander}_id) SELECT p.{eigen}_id, t.id FROM import_pakket p"
                f" CROSS JOIN jsonb_array_elements_text(p.gegevens->'{woorden}') AS w(slug)"
                f" JOIN {model._meta.db_table} t ON t.slug = w.slug ORDER BY 1, 2"
            )
    cursor.execute(
        f"INSERT INTO {Organisatie.gemeenten.through._meta.db_table} (organisatie_id, gemeente_id)"
        " SELECT organisatie_id, gemeente_id FROM import_pakket WHERE gemeente_id IS NOT NULL"
    )
    cursor.execute(
        f"INSERT INTO {Dienst.locaties.through._meta.db_table} (dienst_id, locatie_id)"
        " SELECT dienst_id, locatie_id FROM import_pakket WHERE locatie_id IS NOT NULL"
    )


def bevestig(cursor: Any, op: datetime) -> None:
    """Note of each block that the file spoke of when it was taken over."""
    cursor.execute(
        f"INSERT INTO {Bevestiging._meta.db_table} (organisatie_id, blok, bevestigd_op, bron)"
        " SELECT p.organisatie_id, b.blok, %s, %s FROM import_pakket p CROSS JOIN unnest(%s::text[]) AS b(blok)"
        " WHERE b.blok <> %s OR p.locatie_id IS NOT NULL",
        [op, Bevestigingsbron.IMPORT, [Blok.CONTACT, Blok.DIENSTEN, Blok.LOCATIE], Blok.LOCATIE],
    )
