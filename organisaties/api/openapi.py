"""The description of the API in OpenAPI 3.1: the specification's paths and parameters as they work here."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from organisaties.api.parameters import METERS_MAX, PAGINA_MAX, PARAMETERS, PER_PAGINA, PER_PAGINA_MAX, ZOEKTEKST_MAX
from welzijnportal.http import volledige_url

Document = dict[str, Any]
_SCHEMA = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema"
_UUID = {"type": "string", "format": "uuid"}
_JANEE = {"type": "boolean", "default": False}

_UITLEG: dict[str, tuple[str, Document]] = {
    "search": (
        "Zoektekst. De zoekmachine van het portaal zoekt, met synoniemen en tikfouten, en geeft de beste eerst; "
        "het antwoord bevat hoogstens wat bij de duizend beste organisaties hoort.",
        {"type": "string", "maxLength": ZOEKTEKST_MAX},
    ),
    "page": ("Nummer van de pagina.", {"type": "integer", "minimum": 1, "maximum": PAGINA_MAX, "default": 1}),
    "per_page": (
        "Aantal per pagina.",
        {"type": "integer", "minimum": 1, "maximum": PER_PAGINA_MAX, "default": PER_PAGINA},
    ),
    "format": (
        "json geeft een pagina; ndjson geeft alles, één object per regel, zonder pagina's.",
        {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
    ),
    "minimal": (
        "Alleen id en modified_date van elke dienst, alles in één pagina, tenzij page of per_page er ook staat.",
        _JANEE,
    ),
    "full": ("Volledige objecten met alles wat eronder hangt.", _JANEE),
    "full_service": ("Volledige organisaties met volledige diensten erin.", _JANEE),
    "modified_after": (
        "Gewijzigd op of na dit moment.",
        {"type": "string", "format": "date-time"},
    ),
    "taxonomy_term_id": ("Met deze term, of een term daaronder.", _UUID),
    "taxonomy_id": ("Met een term uit deze taxonomie.", _UUID),
    "organization_id": ("Van deze organisatie.", _UUID),
    "top_only": ("Alleen termen zonder term erboven.", _JANEE),
    "parent_id": ("Termen direct onder deze term.", _UUID),
    "postcode": (
        "Wat er voor deze postcode is: het werkgebied omvat de gemeente ervan. Met proximity: wat dichtbij is.",
        {"type": "string", "pattern": "^[1-9][0-9]{3} ?([A-Za-z]{2})?$"},
    ),
    "proximity": (
        "Hoogstens zoveel meter van het midden van het postcodegebied. Alleen samen met postcode.",
        {"type": "integer", "minimum": 1, "maximum": METERS_MAX},
    ),
}
_BRONNEN = (
    ("services", "service", "Diensten"),
    ("organizations", "organization", "Organisaties"),
    ("service_at_locations", "service_at_location", "Diensten op locaties"),
    ("taxonomies", "taxonomy", "Taxonomieën"),
    ("taxonomy_terms", "taxonomy_term", "Termen"),
)


def beschrijving() -> Document:
    """Return the document; it follows the parameters that the API really reads."""
    paden: Document = {"/": {"get": _vraag("Over deze API", "getAPIMetaInformation", [], {"type": "object"})}}
    for meervoud, enkelvoud, naam in _BRONNEN:
        ding = {"$ref": f"{_SCHEMA}/{enkelvoud}.json"}
        paden[f"/{meervoud}"] = {
            "get": _vraag(f"{naam}, per pagina", f"list_{meervoud}", _verwijzingen(PARAMETERS[meervoud]), _lijst(ding))
        }
        sleutel = {"name": "id", "in": "path", "required": True, "schema": _UUID}
        paden[f"/{meervoud}/{{id}}"] = {
            "get": _vraag(
                f"{naam}: één, volledig",
                f"get_{enkelvoud}",
                [sleutel, *_verwijzingen(PARAMETERS.get(enkelvoud, ()))],
                ding,
                kan_ontbreken=True,
            )
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Welzijnportal: open gegevens over hulp en ontmoeting in Nederland",
            "version": "1.0.0",
            "summary": "Lezen volgens Open Referral HSDS 3.1.",
            "description": f"Uitleg, afwijkingen en voorbeelden: {volledige_url(reverse('organisaties:open_api'))}",
            "contact": {"name": "Welzijnportal", "email": settings.CONTACT_EMAIL, "url": settings.SITE_URL},
            "license": {"name": "CC0 1.0", "identifier": "CC0-1.0"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": volledige_url(reverse("organisaties:hsds"))}],
        "paths": paden,
        "components": {"schemas": _SCHEMAS, "parameters": _parameters(), "responses": _ANTWOORDEN},
    }


def _vraag(
    titel: str, naam: str, parameters: list[Document], schema: Document, *, kan_ontbreken: bool = False
) -> Document:
    antwoorden: Document = {"200": {"description": titel, "content": {"application/json": {"schema": schema}}}}
    if kan_ontbreken:
        antwoorden["404"] = {"$ref": "#/components/responses/Probleem"}
    elif parameters:
        antwoorden["200"]["content"]["application/x-ndjson"] = {"schema": {"type": "string"}}
    return {
        "summary": titel,
        "operationId": naam,
        "parameters": parameters,
        "responses": antwoorden
        | {code: {"$ref": "#/components/responses/Probleem"} for code in ("400", "429")}
        | {"304": {"description": "Niet veranderd sinds de ETag in If-None-Match."}},
    }


def _verwijzingen(namen: tuple[str, ...]) -> list[Document]:
    return [{"$ref": f"#/components/parameters/{naam}"} for naam in namen]


def _lijst(ding: Document) -> Document:
    return {
        "allOf": [{"$ref": "#/components/schemas/Page"}],
        "properties": {"contents": {"type": "array", "items": ding}},
    }


def _parameters() -> Document:
    return {
        naam: {"name": naam, "in": "query", "required": False, "description": uitleg, "schema": schema}
        for naam, (uitleg, schema) in _UITLEG.items()
    }


_SCHEMAS: Document = {
    "Page": {
        "type": "object",
        "required": ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"],
        "properties": {
            **{naam: {"type": "integer"} for naam in ("total_items", "total_pages", "page_number", "size")},
            **{naam: {"type": "boolean"} for naam in ("first_page", "last_page", "empty")},
        },
    },
    "Probleem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
                },
            },
        },
    },
}
_ANTWOORDEN: Document = {
    "Probleem": {
        "description": "Wat er niet klopt, in het Nederlands (RFC 9457).",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}},
    }
}
