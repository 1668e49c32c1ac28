"""What every answer carries to keep a visitor safe, and what production adds."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.accounts.stappen import bevestig_wachtwoord, log_in_met_wachtwoord
from tests.fabriek import maak_gebruiker
from tests.test_settings import GOED

ROOT = Path(__file__).parent.parent
CSP = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "frame-src": "'none'",
    "object-src": "'none'",
    "manifest-src": "'self'",
}
PAGINAS = [
    "/",
    "/account/login/",
    "/account/signup/",
    "/bestaat-niet/",
    "/mijn/",
    "/beheer/",
    "/gezondheid/",
    "/?q=%00",
]


def regels(response: Any) -> dict[str, str]:
    delen = [deel.strip().partition(" ") for deel in response.headers["Content-Security-Policy"].split(";")]
    return {naam: bron for naam, _, bron in delen}


@pytest.mark.django_db
@pytest.mark.parametrize("pad", PAGINAS)
@pytest.mark.parametrize("ingelogd", [False, True])
def test_elk_antwoord_draagt_de_beveiliging(client: Any, settings: Any, pad: str, ingelogd: bool) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    if ingelogd:
        client.force_login(maak_gebruiker(is_staff=True, is_superuser=True))
    response = client.get(pad)
    assert regels(response) == CSP
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "Server" not in response.headers


@pytest.mark.django_db
def test_een_pagina_van_wie_is_ingelogd_wordt_nergens_bewaard(client: Any) -> None:
    client.force_login(maak_gebruiker())
    bevestig_wachtwoord(client)
    for pad in ("/", "/mijn/", "/account/", "/account/gegevens/", "/bestaat-niet/"):
        assert {"no-store", "private"} <= set(client.get(pad).headers["Cache-Control"].split(", ")), pad


@pytest.mark.django_db
def test_de_koekjes_zijn_voor_de_server_alleen(client: Any) -> None:
    client.get("/account/login/")
    log_in_met_wachtwoord(client, maak_gebruiker())
    assert set(client.cookies) == {"sessie", "csrf"}
    for koekje in client.cookies.values():
        assert koekje["httponly"]
        assert koekje["samesite"] == "Lax"
        assert koekje["path"] == "/"
        assert not koekje["domain"]


@pytest.mark.django_db
def test_een_bezoeker_krijgt_geen_koekje(client: Any) -> None:
    client.get("/")
    assert not client.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pad", ["/%00", "/?q=%00", "/account/login/?next=%00", "/organisaties/%00/", "/mijn/?x=a%00b", "/account/%00/"]
)
def test_een_nulteken_in_het_adres_wordt_in_het_nederlands_geweigerd(client: Any, pad: str) -> None:
    response = client.get(pad)
    assert response.status_code == 400
    assert 'lang="nl"' in response.content.decode()
    assert response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_een_verlopen_formulier_wordt_in_het_nederlands_geweigerd() -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a@b.nl", "password": "x"})
    assert response.status_code == 403
    assert "Het formulier was verlopen" in response.content.decode()
    assert regels(response) == CSP


@pytest.mark.django_db
def test_een_vreemde_herkomst_wordt_geweigerd() -> None:
    streng = Client(enforce_csrf_checks=True)
    streng.get("/account/login/")
    gegevens = {"login": "a@b.nl", "password": "x", "csrfmiddlewaretoken": streng.cookies["csrf"].value}
    antwoord = streng.post("/account/login/", gegevens, headers={"origin": "https://kwaad.example"})
    assert antwoord.status_code == 403
    assert streng.post("/account/login/", gegevens, headers={"origin": "http://testserver"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("grootte", [4_000_000, 2001])
def test_een_te_groot_formulier_wordt_geweigerd(client: Any, grootte: int) -> None:
    velden = {"login": "x" * grootte} if grootte > 10_000 else {f"v{nummer}": "" for nummer in range(grootte)}
    response = client.post("/account/login/", urlencode(velden), content_type="application/x-www-form-urlencoded")
    assert response.status_code in (400, 413)


def _productie(code: str, **omgeving: str) -> subprocess.CompletedProcess[str]:
    schoon = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **GOED, **omgeving}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=schoon, capture_output=True, text=True, check=False
    )


def test_productie_zet_alles_vast() -> None:
    namen = [
        "DEBUG", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS", "ADMIN_NEEDS_SECOND_FACTOR", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
        "HAS_DEVELOPMENT_PAGES",
    ]  # fmt: skip
    code = f"import json, welzijnportal.settings as s; print(json.dumps({{n: getattr(s, n) for n in {namen}}}))"
    uitkomst = _productie(code)
    assert json.loads(uitkomst.stdout or "{}") == {
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-sessie",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "ADMIN_NEEDS_SECOND_FACTOR": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "HAS_DEVELOPMENT_PAGES": False,
    }, uitkomst.stderr


def test_productie_doorstaat_de_controle_van_django() -> None:
    code = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'welzijnportal.settings'; django.setup();"
        "from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    uitkomst = _productie(code, SECRET_KEY="aB3dE5gH7jK9mN1pQ3sT5vW7yZ9-" * 2)
    assert uitkomst.returncode == 0, uitkomst.stderr[-2000:]


def test_productie_laat_formulieren_naar_een_aanbieder_gaan_als_die_is_ingesteld() -> None:
    code = "import welzijnportal.settings as s; print(s.SECURE_CSP['form-action'])"
    zonder = _productie(code).stdout
    met = _productie(
        code, LINKEDIN_CLIENT_ID="x", OIDC_CLIENT_ID="y", OIDC_SERVER_URL="https://inloggen.example/realm"
    ).stdout
    assert "linkedin" not in zonder
    assert "'https://www.linkedin.com', 'https://inloggen.example'" in met


def test_productie_telt_in_een_cache_die_alle_processen_delen_en_die_niet_volloopt() -> None:
    code = "import json, welzijnportal.settings as s; print(json.dumps(s.CACHES['default']))"
    cache = json.loads(_productie(code).stdout)
    assert cache["BACKEND"].endswith("DatabaseCache")
    assert cache["OPTIONS"]["MAX_ENTRIES"] >= 50_000
