"""Deny by default: which addresses a stranger may see stands here, and every other sends to the login or does not exist."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIEK = {
    "",
    ".well-known/security.txt",
    "account/2fa/authenticate/",
    "account/2fa/webauthn/login/",
    "account/3rdparty/login/cancelled/",
    "account/3rdparty/signup/",
    "account/confirm-email/",
    "account/inactive/",
    "account/login/",
    "account/login/code/",
    "account/login/code/confirm/",
    "account/logout/",
    "account/oidc/(?P<provider_id>[^/]+)/login/",
    "account/oidc/(?P<provider_id>[^/]+)/login/callback/",
    "account/password/reset/",
    "account/password/reset/complete/",
    "account/password/reset/confirm/",
    "account/password/reset/done/",
    "account/signup/",
    r"api/hsds/.*$",
    r"api/hsds/?$",
    r"api/hsds/openapi\.json$",
    r"api/hsds/organizations/(?P<sleutel>[^/]{1,200})/?$",
    r"api/hsds/organizations/?$",
    r"api/hsds/service_at_locations/(?P<sleutel>[^/]{1,200})/?$",
    r"api/hsds/service_at_locations/?$",
    r"api/hsds/services/(?P<sleutel>[^/]{1,200})/?$",
    r"api/hsds/services/?$",
    r"api/hsds/taxonomies/(?P<sleutel>[^/]{1,200})/?$",
    r"api/hsds/taxonomies/?$",
    r"api/hsds/taxonomy_terms/(?P<sleutel>[^/]{1,200})/?$",
    r"api/hsds/taxonomy_terms/?$",
    "artikelen/",
    "artikelen/atom/",
    "gesprekken/<slug:code>/",
    "gesprekken/<slug:code>/versies/",
    "gesprekken/<slug:code>/<int:nummer>/versies/",
    "kennisgevingen/afmelden/<str:token>/",
    "mensen/",
    "mensen/<slug:code>/",
    "mensen/<slug:code>/foto/",
    r"mensen/(?P<code>[a-z0-9]{12})/vcard-(?P<versie>3\.0|4\.0)/$",
    "netwerken/<slug:slug>/gesprekken/",
    "netwerken/<slug:slug>/gesprekken/atom/",
    "beheer/login/",
    "berichten/<slug:code>/",
    "berichten/<slug:code>/beeld/",
    "berichten/label/<str:label>/",
    "berichten/label/<str:label>/feed/",
    "berichten/organisatie/<slug:slug>/",
    "berichten/organisatie/<slug:slug>/feed/",
    "berichten/van/<slug:code>/",
    "berichten/van/<slug:code>/feed/",
    "doorgegeven/<str:token>/",
    "geef-door/",
    "geef-door/afdrukken/",
    "geef-door/bewaren/",
    "geef-door/bladen/<int:pk>/intrekken/",
    "geef-door/delen/",
    "geef-door/delen/<str:token>/",
    "gegevens/",
    "gezondheid/",
    "insluiten/",
    "insluiten/uitleg/",
    "kwaliteit/",
    "media/logos/<str:bestand>",
    "netwerken/",
    "netwerken/<slug:slug>/",
    "netwerken/<slug:slug>/beeld/",
    "netwerken/<slug:slug>/expertise/",
    "netwerken/<slug:slug>/leden/",
    "netwerken/atom/",
    "netwerken/link/<str:token>/",
    "netwerken/uitnodiging/<str:token>/",
    "contacten/uitnodiging/<str:token>/",
    "ontwikkeling/mail/",
    "open-data/",
    "open-data/api/",
    "open-data/bestanden/<str:naam>",
    "opensearch.xml",
    "organisaties/",
    "organisaties/<slug:slug>/",
    "organisaties/<slug:slug>/corrigeren/",
    "organisaties/<slug:slug>/corrigeren/<slug:veld>/",
    "organisaties/<slug:slug>/corrigeren/<slug:veld>/<int:pk>/",
    "organisaties/<slug:slug>/beeld.png",
    "organisaties/<slug:slug>/melden/",
    "organisaties/<slug:slug>/niet-vermelden/",
    "organisaties/niet-vermelden/<str:token>/",
    "organisaties/<slug:slug>/vcard/",
    "organisaties/aanmelden/",
    "organisaties/aanmelden/<slug:stap>/",
    "organisaties/aanmelden/bevestigen/<str:token>/",
    "organisaties/aanmelden/controleren/",
    "organisaties/aanmelden/klaar/",
    "organisaties/feed/",
    "organisaties/klopt-dit-nog/<str:token>/",
    "organisaties/feed/gemeente/<slug:code>/",
    "organisaties/feed/zoeken/",
    "organisaties/<slug:slug>/volgen/",
    "volgen/bevestigen/<str:token>/",
    "volgen/gevraagd/",
    "volgen/stoppen/<str:token>/",
    "volgen/zoekopdracht/",
    "organisaties/feed/thema/<slug:slug>/",
    "organisaties/netwerk/",
    "organisaties/suggesties/",
    "organisaties/uitnodiging/<str:token>/",
    "over/",
    "gesprekken/",
    "praktijkkaarten/",
    "praktijkkaarten/<slug:code>/",
    "praktijkkaarten/atom/",
    "privacy/",
    "robots.txt",
    "sitemap-<section>.xml",
    "sitemap.xml",
    "stijl/",
    "tel/",
    "themas/",
    "themas/<slug:slug>/",
    "toegankelijkheid/",
    "welzijn-in-kaart/",
    "welzijn-in-kaart/<slug:slug>/",
    "welzijn-in-kaart/csv/",
}
VOORBEELDEN = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "0c9a2e1e-5b1e-4c57-9c1f-0d0a4b8f2f11"}


def routes(patronen: Any = None, voor: str = "") -> Iterator[tuple[str, Any]]:
    for patroon in get_resolver().url_patterns if patronen is None else patronen:
        route = voor + str(patroon.pattern).lstrip("^")
        if isinstance(patroon, URLResolver):
            yield from routes(patroon.url_patterns, route)
        elif isinstance(patroon, URLPattern):
            yield route, patroon.callback


def voorbeeld(route: str) -> str:
    adres = re.sub(r"<(?:(\w+):)?\w+>", lambda m: VOORBEELDEN.get(m.group(1) or "str", "x"), route)
    return "/" + re.sub(r"\(\?P<\w+>[^)]*\)", "x", adres).rstrip("$")


def test_alleen_deze_routes_zijn_publiek() -> None:
    zonder_login = {route for route, view in routes() if not getattr(view, "login_required", True)}
    assert zonder_login == PUBLIEK


@pytest.mark.django_db
def test_elke_andere_route_stuurt_een_bezoeker_naar_inloggen(client: Any) -> None:
    dicht = [route for route, _ in routes() if route not in PUBLIEK]
    assert len(dicht) > 50
    for route in dicht:
        for methode in (client.get, client.post):
            response = methode(voorbeeld(route))
            bestemming = response.headers.get("Location", "")
            assert response.status_code == 404 or bestemming.startswith(
                ("/account/login/?next=", "/beheer/login/?next=")
            ), (
                route,
                response.status_code,
                bestemming,
            )


@pytest.mark.django_db
def test_geen_publieke_route_breekt_zonder_gegevens(client: Any) -> None:
    for route in sorted(PUBLIEK):
        for methode in (client.get, client.post):
            assert methode(voorbeeld(route)).status_code < 500, route
