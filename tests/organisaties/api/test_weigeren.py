import json
from typing import Any

import pytest

from organisaties.exports.hsds.sleutels import Sleutelsoort, lees_sleutel, maak_sleutel
from tests.fabriek import maak_dienst, maak_organisatie

pytestmark = pytest.mark.django_db
BASIS = "/api/hsds"
NIETS = "0c9a2e1e-5b1e-4c57-9c1f-0d0a4b8f2f11"


def probleem(antwoord: Any, status: int) -> Any:
    assert antwoord.status_code == status
    assert antwoord["Content-Type"] == "application/problem+json; charset=utf-8"
    assert antwoord["Access-Control-Allow-Origin"] == "*"
    inhoud = json.loads(antwoord.content)
    assert {"type", "title", "status", "detail"} <= set(inhoud)
    assert inhoud["status"] == status
    return inhoud


@pytest.mark.parametrize(
    ("vraag", "naam"),
    [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1.5", "page"),
        ("page=%D9%A3", "page"),
        ("page=²", "page"),
        ("page=" + "9" * 5000, "page"),
        ("page=", "page"),
        ("page=1&page=2", "page"),
        ("per_page=101", "per_page"),
        ("per_page=alles", "per_page"),
        ("format=xml", "format"),
        ("full=ja", "full"),
        ("minimal=1", "minimal"),
        ("search=", "search"),
        ("search=" + "a" * 201, "search"),
        ("search=a&search=b", "search"),
        ("modified_after=gisteren", "modified_after"),
        ("modified_after=2026-02-30", "modified_after"),
        ("modified_after=0001-01-01T00:00:00-14:00", "modified_after"),
        ("modified_after=9999-12-31T23:59:59%2B14:00", "modified_after"),
        ("taxonomy_term_id=1", "taxonomy_term_id"),
        ("taxonomy_id=' OR 1=1 --", "taxonomy_id"),
        ("organization_id={" + NIETS + "}", "organization_id"),
        ("organization_id=" + "f" * 10_000, "organization_id"),
        ("postcode=3511", "postcode"),
        ("pagge=2", "pagge"),
        ("a" * 500 + "=1", "a" * 40 + "…"),
        ("search[]=x", "search[]"),
    ],
)
def test_een_foute_parameter_krijgt_400_met_zijn_naam(client: Any, vraag: str, naam: str) -> None:
    inhoud = probleem(client.get(f"{BASIS}/services?{vraag}"), 400)
    assert [fout["parameter"] for fout in inhoud["errors"]] == [naam]
    assert inhoud["errors"][0]["detail"].endswith(".")
    assert naam in inhoud["detail"]


@pytest.mark.parametrize(
    ("vraag", "naam"),
    [
        ("proximity=100", "proximity"),
        ("postcode=3511&proximity=0", "proximity"),
        ("postcode=3511&proximity=nabij", "proximity"),
        ("postcode=3511&proximity=1e5", "proximity"),
        ("postcode=0000", "postcode"),
        ("postcode=Utrecht", "postcode"),
        ("postcode=35112", "postcode"),
        ("minimal=true", "minimal"),
    ],
)
def test_foute_plekparameters(client: Any, vraag: str, naam: str) -> None:
    inhoud = probleem(client.get(f"{BASIS}/service_at_locations?{vraag}"), 400)
    assert [fout["parameter"] for fout in inhoud["errors"]] == [naam]


def test_alle_fouten_staan_er_tegelijk_in(client: Any) -> None:
    inhoud = probleem(client.get(f"{BASIS}/services?page=0&per_page=0&x=1"), 400)
    assert [fout["parameter"] for fout in inhoud["errors"]] == ["page", "per_page", "x"]


@pytest.mark.parametrize("pad", ["/services?search=%00", "/services/%00", "/taxonomies?search=a%00b"])
def test_een_nul_is_een_probleem_en_geen_pagina(client: Any, pad: str) -> None:
    probleem(client.get(BASIS + pad), 400)


@pytest.mark.parametrize("lijst", ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"])
def test_een_id_dat_er_niet_is(client: Any, lijst: str) -> None:
    probleem(client.get(f"{BASIS}/{lijst}/{NIETS}"), 404)
    probleem(client.get(f"{BASIS}/{lijst}/{maak_sleutel(Sleutelsoort.ADRES, 1)}"), 404)
    fout = probleem(client.get(f"{BASIS}/{lijst}/geen-uuid"), 400)
    assert fout["errors"][0]["parameter"] == "id"
    probleem(client.get(f"{BASIS}/{lijst}/{'9' * 5000}"), 404)


@pytest.mark.parametrize("pad", ["/x", "/services/a/b", "/openapi.yaml", "//"])
def test_een_adres_dat_er_niet_is(client: Any, pad: str) -> None:
    probleem(client.get(BASIS + pad), 404)


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
def test_alleen_lezen(client: Any, methode: str) -> None:
    antwoord = getattr(client, methode)(f"{BASIS}/services")
    probleem(antwoord, 405)
    assert antwoord["Allow"] == "GET, HEAD, OPTIONS"


def test_het_id_van_een_ander_portaal_is_onbekend(settings: Any) -> None:
    settings.SITE_URL = "https://een.example"
    sleutel = maak_sleutel(Sleutelsoort.DIENST, 12, 7)
    assert lees_sleutel(sleutel) == (Sleutelsoort.DIENST, 12)
    assert lees_sleutel(sleutel.upper()) == (Sleutelsoort.DIENST, 12)
    settings.SITE_URL = "https://twee.example"
    assert lees_sleutel(sleutel) is None


def test_van_elke_site_te_lezen_en_zonder_koekjes(client: Any) -> None:
    maak_dienst(maak_organisatie())
    for pad in ("/services", "/services?format=ndjson", "/openapi.json", ""):
        antwoord = client.get(BASIS + pad)
        assert antwoord["Access-Control-Allow-Origin"] == "*"
        assert antwoord["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in antwoord
        assert not antwoord.cookies
        assert "public" in antwoord["Cache-Control"]
        assert "Cookie" not in antwoord.get("Vary", "")
        if antwoord.streaming:
            antwoord.close()
    vooraf = client.options(f"{BASIS}/services")
    assert vooraf.status_code == 204
    assert vooraf["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.head(f"{BASIS}/services").content == b""


def test_304_als_er_niets_veranderde(client: Any) -> None:
    dienst = maak_dienst(maak_organisatie())
    etag = client.get(f"{BASIS}/services")["ETag"]
    niets = client.get(f"{BASIS}/services", headers={"If-None-Match": etag})
    assert niets.status_code == 304
    assert niets["Access-Control-Allow-Origin"] == "*"
    dienst.naam = "Anders"
    dienst.save()
    assert client.get(f"{BASIS}/services", headers={"If-None-Match": etag}).status_code == 200


def test_wie_te_vaak_vraagt_moet_wachten(client: Any, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api": "2/m/ip", "api_stroom": "1/h/ip"}
    client.get(f"{BASIS}/services?format=ndjson").close()
    stroom = client.get(f"{BASIS}/services?format=ndjson")
    probleem(stroom, 429)
    assert stroom["Retry-After"] == "3600"
    gewoon = client.get(f"{BASIS}/services")
    probleem(gewoon, 429)
    assert gewoon["Retry-After"] == "60"
    assert client.options(f"{BASIS}/services").status_code == 204
