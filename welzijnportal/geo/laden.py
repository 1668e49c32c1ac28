"""Loads the committed CSVs of data/ into the database; used by the command and by the first migration."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import transaction

from .rd import naar_rd, zoeksleutel

GEGEVENS = Path(__file__).parent / "data"


def lees(naam: str) -> Iterator[dict[str, str]]:
    """The rows of data/<naam>.csv."""
    with (GEGEVENS / f"{naam}.csv").open(encoding="utf-8", newline="") as bestand:
        yield from csv.DictReader(bestand)


def _waarden(rij: dict[str, str]) -> dict[str, Any]:
    waarden: dict[str, Any] = {}
    for kolom, waarde in rij.items():
        if kolom in ("provincie", "gemeente", "plaats"):
            waarden[f"{kolom}_id"] = waarde
        elif kolom in ("breedtegraad", "lengtegraad"):
            waarden[kolom] = float(waarde)
        elif kolom == "omvang":
            waarden[kolom] = int(waarde)
        elif kolom.endswith("_is_voorstel"):
            waarden[kolom] = waarde == "1"
        else:
            waarden[kolom] = waarde
    if "breedtegraad" in waarden:
        waarden["punt"] = naar_rd(waarden["breedtegraad"], waarden["lengtegraad"])
    if "naam" in waarden:
        waarden["zoeksleutel"] = zoeksleutel(waarden["naam"])
    return waarden


def laad(modellen: Apps, *, meld: Callable[[str], object] = lambda regel: None) -> dict[str, int]:
    """Writes all geodata by upsert, in one transaction; returns the number of rows per model.

    Running it again changes nothing. A place that left the CSV is removed when nothing refers to it and
    otherwise stays, as do municipalities and postcodes. Calls `meld` once per model.
    """
    aantallen = {}
    tabellen = {
        "Provincie": ("provincies", ["code"]),
        "Gemeente": ("gemeenten", ["code"]),
        "Plaats": ("plaatsen", ["slug"]),
        "Plaatsnaam": ("plaatsnamen", ["plaats", "naam"]),
        "Postcode": ("postcodes", ["pc4"]),
    }
    with transaction.atomic():
        for modelnaam, (bestand, sleutel) in tabellen.items():
            model: Any = modellen.get_model("geo", modelnaam)
            velden = {veld.attname: veld.name for veld in model._meta.concrete_fields}
            rijen = [{k: v for k, v in _waarden(rij).items() if k in velden} for rij in lees(bestand)]
            model.objects.bulk_create(
                [model(**rij) for rij in rijen],
                batch_size=2000,
                update_conflicts=True,
                unique_fields=sleutel,
                update_fields=[velden[k] for k in rijen[0] if velden[k] not in sleutel],
            )
            if modelnaam == "Plaatsnaam":
                blijft = {(rij["plaats_id"], rij["naam"]) for rij in rijen}
                weg = [
                    pk
                    for pk, plaats, naam in model.objects.values_list("pk", "plaats_id", "naam")
                    if (plaats, naam) not in blijft
                ]
                model.objects.filter(pk__in=weg).delete()
            aantallen[modelnaam] = len(rijen)
            meld(f"{model._meta.verbose_name_plural}: {len(rijen)}")
        _ruim_op(modellen.get_model("geo", "Plaats"))
    return aantallen


def _ruim_op(model: Any) -> None:
    weg = model.objects.exclude(slug__in=[rij["slug"] for rij in lees("plaatsen")])
    for relatie in model._meta.related_objects:
        weg = weg.filter(**{f"{relatie.field.related_query_name()}__isnull": True})
    model.objects.filter(pk__in=list(weg.values_list("pk", flat=True))).delete()
