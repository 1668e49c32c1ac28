from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory

from welzijnportal.http import zelfde_oorsprong


@zelfde_oorsprong
def proef(request: HttpRequest, woord: str = "gedaan") -> HttpResponse:
    return HttpResponse(woord)


def stuur(methode: str = "post", **headers: str) -> HttpResponse:
    fabriek = RequestFactory()
    request = getattr(fabriek, methode)("/", headers=headers, SERVER_NAME="portaal.example")
    request.user = AnonymousUser()
    return proef(request)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": "http://portaal.example"},
        {"referer": "http://portaal.example/organisaties/?q=taal"},
    ],
)
def test_een_post_van_eigen_paginas_mag(headers: dict[str, str], settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["portaal.example"]
    assert stuur(**headers).content == b"gedaan"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": ""},
        {"sec-fetch-site": "cross-site", "origin": "http://portaal.example"},
        {"origin": "https://portaal.example"},
        {"origin": "http://portaal.example.kwaad.example"},
        {"origin": "null"},
        {"origin": "http://kwaad.example", "referer": "http://portaal.example/"},
        {"referer": "http://kwaad.example/?http://portaal.example/"},
        {"referer": "http://portaal.example@kwaad.example/"},
        {"referer": "http://[kapot"},
        {"referer": "/"},
    ],
)
def test_een_post_van_elders_krijgt_een_pagina_in_het_nederlands(headers: dict[str, str], settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["portaal.example"]
    response = stuur(**headers)
    assert response.status_code == 403
    assert "Dit kan alleen op onze eigen pagina’s" in response.content.decode()
    assert "gedaan" not in response.content.decode()


def test_het_adres_van_de_site_telt_ook(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["portaal.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://welzijn.example"]
    assert stuur(origin="https://welzijn.example").content == b"gedaan"


@pytest.mark.parametrize("methode", ["get", "head", "options"])
def test_lezen_mag_van_overal(methode: str, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["portaal.example"]
    assert stuur(methode, **{"sec-fetch-site": "cross-site"}).status_code == 200


def test_een_token_is_niet_nodig_en_geeft_geen_cookie() -> None:
    request = RequestFactory().post("/")
    assert CsrfViewMiddleware(proef).process_view(request, proef, (), {}) is None
    assert "CSRF_COOKIE" not in request.META
