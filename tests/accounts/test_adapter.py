"""What allauth leaves to the portal: secrets, mails, redirects."""

import json
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import transaction

from tests.accounts.stappen import GEHEIM, app_code, bevestig_wachtwoord, log_in_met_wachtwoord, met_app
from tests.fabriek import WACHTWOORD, maak_gebruiker
from welzijnportal.accounts.adapter import AccountAdapter

NIEUWE_SLEUTEL = "een andere geheime sleutel van meer dan veertig tekens"


@pytest.mark.django_db
def test_het_geheim_van_de_app_staat_versleuteld_in_de_database() -> None:
    gebruiker = met_app(maak_gebruiker())
    bewaard = {factor.type: factor.data for factor in Authenticator.objects.filter(user=gebruiker)}
    assert GEHEIM not in str(bewaard)
    assert get_adapter().decrypt(bewaard["totp"]["secret"]) == GEHEIM
    assert len(get_adapter().decrypt(bewaard["recovery_codes"]["seed"])) == 80


@pytest.mark.django_db
def test_een_nieuwe_sleutel_leest_oude_geheimen_zolang_de_oude_sleutel_meedoet(settings: Any) -> None:
    versleuteld = get_adapter().encrypt(GEHEIM)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NIEUWE_SLEUTEL, [settings.SECRET_KEY]
    assert get_adapter().decrypt(versleuteld) == GEHEIM


@pytest.mark.django_db
def test_een_onleesbaar_geheim_laat_niemand_binnen(client: Any, settings: Any) -> None:
    gebruiker = met_app(maak_gebruiker())
    settings.SECRET_KEY = NIEUWE_SLEUTEL
    log_in_met_wachtwoord(client, gebruiker)
    response = client.post("/account/2fa/authenticate/", {"code": app_code()})
    assert "Deze code klopt niet." in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
def test_een_mail_gaat_pas_na_de_commit_in_de_rij() -> None:
    with transaction.atomic():
        AccountAdapter().send_mail("account/email/login_code", "anna@voorbeeld.example", {"code": "123-456-789"})
        assert mail.outbox == []
    assert [(bericht.to, bericht.subject) for bericht in mail.outbox] == [
        (["anna@voorbeeld.example"], "Uw code om in te loggen")
    ]


@pytest.mark.django_db
def test_een_mail_heeft_platte_tekst_en_html(client: Any) -> None:
    client.post("/account/login/code/", {"email": maak_gebruiker().email})
    bericht = mail.outbox[0]
    [html] = [inhoud for inhoud, soort in bericht.alternatives if soort == "text/html"]
    code = next(regel for regel in bericht.body.splitlines() if regel.count("-") == 2)
    assert code in html
    assert "Geef hem aan niemand anders" in html


@pytest.mark.django_db
def test_een_adres_wordt_in_platte_tekst_niet_verminkt(client: Any) -> None:
    client.post("/account/login/code/", {"email": "o'brien&zoon@voorbeeld.example"})
    assert "o'brien&zoon@voorbeeld.example" in mail.outbox[0].body
    assert mail.outbox[0].to == ["o'brien&zoon@voorbeeld.example"]


@pytest.mark.django_db
def test_een_mail_wijst_naar_het_eigen_adres_en_niet_naar_dat_van_het_verzoek(client: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/account/login/code/", {"email": "niemand@voorbeeld.example"}, headers={"host": "kwaad.example"})
    assert "kwaad.example" not in mail.outbox[0].body
    assert f"{settings.SITE_URL}/account/signup/" in mail.outbox[0].body


@pytest.mark.django_db
def test_wie_zijn_wachtwoord_wijzigt_krijgt_bericht_zonder_woorden_van_de_browser(client: Any) -> None:
    gebruiker = maak_gebruiker()
    client.force_login(gebruiker)
    client.post(
        "/account/password/change/",
        {"oldpassword": WACHTWOORD, "password1": "een heel andere zin"},
        headers={"user-agent": "Bel nu https://kwaad.example"},
    )
    assert mail.outbox[0].subject == "Uw wachtwoord is gewijzigd"
    assert "kwaad.example" not in mail.outbox[0].body
    assert "127.0.0.1" in mail.outbox[0].body


@pytest.mark.django_db
def test_een_gebruikte_code_van_de_app_werkt_geen_tweede_keer(client: Any) -> None:
    gebruiker = met_app(maak_gebruiker())
    code = app_code()
    log_in_met_wachtwoord(client, gebruiker)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" in client.session
    client.logout()
    log_in_met_wachtwoord(client, gebruiker)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_een_herstelcode_werkt_een_keer(client: Any) -> None:
    gebruiker = met_app(maak_gebruiker())
    herstelcode = Authenticator.objects.get(user=gebruiker, type="recovery_codes").wrap().get_unused_codes()[3]
    for verwacht in (True, False):
        log_in_met_wachtwoord(client, gebruiker)
        client.post("/account/2fa/authenticate/", {"code": herstelcode})
        assert ("_auth_user_id" in client.session) is verwacht
        client.logout()


NAGEMAAKT = json.dumps(
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "response": dict.fromkeys(
            ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"), "AA"
        ),
    }
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "bewijs",
    ["", "{}", "[]", "null", "1", '"x"', '{"id": 1}', '{"response": null}', "[" * 5000, NAGEMAAKT],
    ids=str.__len__,
)
def test_een_verzonnen_toegangssleutel_geeft_geen_fout_en_geen_toegang(client: Any, bewijs: str) -> None:
    client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    response = client.post("/account/2fa/webauthn/login/", {"credential": bewijs})
    assert response.headers["Location"] == "/account/login/"
    gebruiker = met_app(maak_gebruiker())
    log_in_met_wachtwoord(client, gebruiker)
    client.get("/account/2fa/authenticate/")
    assert client.post("/account/2fa/authenticate/", {"credential": bewijs}).status_code == 200
    assert "_auth_user_id" not in client.session
    client.force_login(maak_gebruiker())
    bevestig_wachtwoord(client)
    client.get("/account/2fa/webauthn/add/")
    assert client.post("/account/2fa/webauthn/add/", {"name": "x", "credential": bewijs}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 0
