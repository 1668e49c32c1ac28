"""The door of the admin: staff alone, and with a second factor shown in this session."""

from typing import Any

import pytest

from tests.accounts.stappen import app_code, bevestig_wachtwoord, log_in_met_wachtwoord, met_app
from tests.fabriek import WACHTWOORD, maak_gebruiker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def met_tweede_factor(settings: Any) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = True


def test_beheer_stuurt_een_bezoeker_naar_inloggen(client: Any) -> None:
    response = client.get("/beheer/", follow=True)
    assert [adres for adres, _ in response.redirect_chain][-1].startswith("/account/login/?next=")
    assert 'name="login"' in response.content.decode()


def test_beheer_kent_geen_eigen_inlogformulier(client: Any) -> None:
    maak_gebruiker(email="baas@voorbeeld.example", is_staff=True, is_superuser=True)
    response = client.post("/beheer/login/", {"username": "baas@voorbeeld.example", "password": WACHTWOORD})
    assert response.headers["Location"].startswith("/account/login/")
    assert "_auth_user_id" not in client.session


def test_beheer_weigert_wie_geen_medewerker_is(client: Any, vreemde: Any) -> None:
    client.force_login(vreemde)
    assert client.get("/beheer/login/").status_code == 403
    assert client.get("/beheer/", follow=True).status_code == 403


def test_beheer_stuurt_een_medewerker_zonder_tweede_factor_naar_extra_beveiliging(client: Any) -> None:
    client.force_login(maak_gebruiker(is_staff=True, is_superuser=True))
    response = client.get("/beheer/", follow=True)
    assert response.redirect_chain[-1][0] == "/account/2fa/"
    assert "Voor het beheer hebt u extra beveiliging nodig." in response.content.decode()
    assert client.get("/beheer/accounts/gebruiker/").status_code == 302


def test_beheer_gaat_open_na_inloggen_met_de_tweede_factor(client: Any) -> None:
    log_in_met_wachtwoord(client, met_app(maak_gebruiker(is_staff=True, is_superuser=True)))
    client.post("/account/2fa/authenticate/", {"code": app_code()})
    assert client.get("/beheer/accounts/gebruiker/").status_code == 200


def test_beheer_vraagt_de_tweede_factor_in_een_sessie_van_ervoor(client: Any) -> None:
    gebruiker = maak_gebruiker(is_staff=True, is_superuser=True)
    log_in_met_wachtwoord(client, gebruiker)
    met_app(gebruiker)
    response = client.get("/beheer/accounts/gebruiker/", follow=True)
    assert response.redirect_chain[-1][0] == "/account/2fa/reauthenticate/?next=%2Fbeheer%2Faccounts%2Fgebruiker%2F"
    response = client.post(response.redirect_chain[-1][0], {"code": app_code()})
    assert response.headers["Location"] == "/beheer/accounts/gebruiker/"
    assert client.get("/beheer/accounts/gebruiker/").status_code == 200


def test_beheer_verliest_wie_de_tweede_factor_uitzet(client: Any) -> None:
    gebruiker = met_app(maak_gebruiker(is_staff=True, is_superuser=True))
    log_in_met_wachtwoord(client, gebruiker)
    client.post("/account/2fa/authenticate/", {"code": app_code()})
    bevestig_wachtwoord(client)
    client.post("/account/2fa/totp/deactivate/")
    assert client.get("/beheer/accounts/gebruiker/").status_code == 302


def test_beheer_laat_in_ontwikkeling_zonder_tweede_factor_toe(client: Any, settings: Any) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    client.force_login(maak_gebruiker(is_staff=True, is_superuser=True))
    assert client.get("/beheer/accounts/gebruiker/").status_code == 200


@pytest.mark.parametrize("doel", ["https://kwaad.example/beheer/", "//kwaad.example", "/beheer/../mijn/", "/mijn/"])
def test_beheer_gaat_na_inloggen_alleen_naar_het_beheer(client: Any, settings: Any, doel: str) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    client.force_login(maak_gebruiker(is_staff=True, is_superuser=True))
    bestemming = client.get("/beheer/login/", {"next": doel}).headers["Location"]
    assert bestemming in ("/beheer/", "/beheer/../mijn/")
