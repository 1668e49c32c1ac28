"""The tabular form of HSDS: which tables and columns there are, and nested objects taken apart into rows.

Rows come from the same objects as the API gives, so that both say the same. There is no table of contact persons:
who asks to be forgotten cannot be taken back out of a file that everybody may copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from organisaties.exports.hsds.taxonomie import Object

Rij = tuple[str, dict[str, Any]]
_GETALLEN = {"latitude", "longitude", "amount", "minimum_age", "maximum_age", "year_incorporated", "interval"}
_DATUMS = {"assured_date", "valid_from", "valid_to"}
_VERWIJST = {
    "organization_id": "organization", "parent_organization_id": "organization", "service_id": "service",
    "location_id": "location", "taxonomy_id": "taxonomy", "taxonomy_term_id": "taxonomy_term",
    "parent_id": "taxonomy_term",
}  # fmt: skip


@dataclass(frozen=True)
class Tabel:
    """One table: its file, its columns, and the tables of the lists below it with the column that points back."""

    pad: str
    kolommen: tuple[str, ...]
    verplicht: tuple[str, ...] = ("id",)
    delen: dict[str, tuple[str, str]] = field(default_factory=dict)


TABELLEN: dict[str, Tabel] = {
    "organization": Tabel(
        "organizations.csv",
        (
            "id", "name", "alternate_name", "description", "email", "website", "year_incorporated", "legal_status",
            "logo", "uri", "parent_organization_id", "license",
        ),
        ("id", "name", "description"),
        {
            "additional_websites": ("url", "organization_id"),
            "phones": ("phone", "organization_id"),
            "organization_identifiers": ("organization_identifier", "organization_id"),
            "attributes": ("attribute", "link_id"),
            "locations": ("location", "organization_id"),
            "services": ("service", "organization_id"),
        },
    ),
    "service": Tabel(
        "services.csv",
        (
            "id", "organization_id", "name", "description", "url", "email", "status", "application_process",
            "fees_description", "wait_time", "eligibility_description", "minimum_age", "maximum_age", "assured_date",
            "assurer_email", "last_modified",
        ),
        ("id", "organization_id", "name", "status"),
        {
            "additional_urls": ("url", "service_id"),
            "schedules": ("schedule", "service_id"),
            "service_areas": ("service_area", "service_id"),
            "languages": ("language", "service_id"),
            "cost_options": ("cost_option", "service_id"),
            "attributes": ("attribute", "link_id"),
            "service_at_locations": ("service_at_location", "service_id"),
        },
    ),
    "location": Tabel(
        "locations.csv",
        ("id", "location_type", "organization_id", "name", "description", "latitude", "longitude"),
        ("id", "location_type"),
        {
            "addresses": ("address", "location_id"),
            "phones": ("phone", "location_id"),
            "accessibility": ("accessibility", "location_id"),
            "schedules": ("schedule", "location_id"),
        },
    ),
    "service_at_location": Tabel(
        "service_at_location.csv", ("id", "service_id", "location_id"), ("id", "service_id", "location_id")
    ),
    "address": Tabel(
        "addresses.csv",
        (
            "id", "location_id", "address_1", "city", "region", "state_province", "postal_code", "country",
            "address_type",
        ),
        # A confidential address has an empty street and postcode, which a table cannot tell from missing ones.
        ("id", "location_id", "city", "country", "address_type"),
    ),
    "phone": Tabel(
        "phones.csv", ("id", "location_id", "organization_id", "number", "type"), ("id", "number")
    ),
    "schedule": Tabel(
        "schedules.csv",
        (
            "id", "service_id", "location_id", "valid_from", "valid_to", "wkst", "freq", "interval", "byday",
            "description", "opens_at", "closes_at", "attending_type", "notes",
        ),
    ),
    "service_area": Tabel("service_areas.csv", ("id", "service_id", "name", "description", "uri")),
    "language": Tabel("languages.csv", ("id", "service_id", "name", "code")),
    "accessibility": Tabel("accessibility.csv", ("id", "location_id", "description")),
    "cost_option": Tabel(
        "cost_options.csv", ("id", "service_id", "currency", "amount", "amount_description"), ("id", "service_id")
    ),
    "organization_identifier": Tabel(
        "organization_identifiers.csv",
        ("id", "organization_id", "identifier_scheme", "identifier_type", "identifier"),
        ("id", "organization_id", "identifier_type", "identifier"),
    ),
    "url": Tabel("url.csv", ("id", "label", "url", "organization_id", "service_id"), ("id", "url")),
    "attribute": Tabel(
        "attributes.csv",
        ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value"),
        ("id", "link_id", "taxonomy_term_id", "link_entity"),
    ),
    "taxonomy": Tabel("taxonomies.csv", ("id", "name", "description", "uri"), ("id", "name", "description")),
    "taxonomy_term": Tabel(
        "taxonomy_terms.csv",
        ("id", "code", "name", "description", "parent_id", "taxonomy", "taxonomy_id", "language", "term_uri"),
        ("id", "name", "description"),
    ),
}  # fmt: skip


def rijen_van(ding: Object, tabel: str, **terug: str) -> Iterator[Rij]:
    """Yield the row of an object and of everything below it, as (table, values by column)."""
    vorm = TABELLEN[tabel]
    waarden = {**ding, **terug}
    yield tabel, {kolom: waarden[kolom] for kolom in vorm.kolommen if kolom in waarden}
    for veld, (onder, kolom) in vorm.delen.items():
        for deel in ding.get(veld, ()):
            yield from rijen_van(deel, onder, **{kolom: ding["id"]})


def beschrijving(tabel: str, tabellen: set[str]) -> dict[str, Any]:
    """The resource of one table in datapackage.json (Frictionless Tabular Data Resource)."""
    vorm = TABELLEN[tabel]
    return {
        "name": tabel,
        "path": vorm.pad,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_veld(kolom, vorm) for kolom in vorm.kolommen],
            "primaryKey": "id",
            "missingValues": [""],
            "foreignKeys": [
                {"fields": kolom, "reference": {"resource": "" if doel == tabel else doel, "fields": "id"}}
                for kolom, doel in _VERWIJST.items()
                if kolom in vorm.kolommen and doel in tabellen
            ],
        },
    }


def _veld(kolom: str, vorm: Tabel) -> dict[str, Any]:
    veld: dict[str, Any] = {"name": kolom, "type": "string"}
    if kolom in _GETALLEN:
        veld["type"] = "number"
    elif kolom in _DATUMS:
        veld["type"] = "date"
    elif kolom == "last_modified":
        veld |= {"type": "datetime", "format": "any"}
    elif kolom == "id" or kolom in _VERWIJST or kolom == "link_id":
        veld["format"] = "uuid"
    regels = {"required": True} if kolom in vorm.verplicht else {}
    if kolom == "id":
        regels["unique"] = True
    return veld | ({"constraints": regels} if regels else {})
