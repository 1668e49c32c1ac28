"""Signing up, logging in and out, resetting: each as a person does it, by the pages."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from tests.accounts.stappen import app_code, code_uit_mail, log_in_met_wachtwoord, met_app
from tests.fabriek import WACHTWOORD, maak_gebruiker
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


def is_ingelogd(client: Any) -> bool:
    return "_auth_user_id" in client.session


def meld_aan(client: Any, email: str = "nieuw@voorbeeld.example", **velden: str) -> Any:
    return client.post("/account/signup/", {"email": email, "password1": WACHTWOORD, **velden})


def test_aanmelden_met_code_uit_de_mail_logt_in(client: Any) -> None:
    assert meld_aan(client, "Nieuw@Voorbeeld.example").headers["Location"] == "/account/confirm-email/"
    assert not is_ingelogd(client)
    assert mail.outbox[0].to == ["nieuw@voorbeeld.example"]
    response = client.post("/account/confirm-email/", {"code": code_uit_mail()})
    assert response.headers["Location"] == "/mijn/"
    adres = EmailAddress.objects.get()
    assert (adres.email, adres.verified, adres.primary) == ("nieuw@voorbeeld.example", True, True)
    assert client.session["_auth_user_id"] == str(Gebruiker.objects.get().pk)


def test_aanmelden_gaat_daarna_verder_waar_men_heen_wilde(client: Any) -> None:
    meld_aan(client, next="/account/wijzigen/")
    response = client.post("/account/confirm-email/", {"code": code_uit_mail()})
    assert response.headers["Location"] == "/account/wijzigen/"


def test_aanmelden_zonder_code_geeft_geen_toegang(client: Any) -> None:
    meld_aan(client)
    assert client.get("/mijn/").headers["Location"] == "/account/login/?next=/mijn/"


def test_aanmelden_stuurt_een_nieuwe_code_en_de_oude_werkt_niet_meer(client: Any) -> None:
    with time_machine.travel(timezone.now(), tick=False) as klok:
        meld_aan(client)
        oud = code_uit_mail()
        klok.shift(timedelta(seconds=11))
        client.post("/account/confirm-email/", {"action": "resend"})
        assert len(mail.outbox) == 2
        client.post("/account/confirm-email/", {"code": oud})
        assert not is_ingelogd(client)
        client.post("/account/confirm-email/", {"code": code_uit_mail()})
        assert is_ingelogd(client)


def test_aanmelden_code_verloopt_na_een_kwartier(client: Any) -> None:
    with time_machine.travel(timezone.now(), tick=False) as klok:
        meld_aan(client)
        klok.shift(timedelta(minutes=16))
        response = client.post("/account/confirm-email/", {"code": code_uit_mail()})
        assert response.headers["Location"] == "/account/login/"
        assert not is_ingelogd(client)


def test_aanmelden_code_raden_mag_drie_keer(client: Any) -> None:
    meld_aan(client)
    goed = code_uit_mail()
    fout = "000-000-000" if goed != "000-000-000" else "111-111-111"
    for _ in range(3):
        client.post("/account/confirm-email/", {"code": fout})
    client.post("/account/confirm-email/", {"code": goed})
    assert not is_ingelogd(client)
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"email": ""}, "Vul uw e-mailadres in."),
        ({"email": "geen adres"}, "Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
        ({"email": "a@b.nl\r\nBcc: c@d.nl"}, "Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
        ({"email": "ſara@voorbeeld.nl"}, "alleen gewone letters en cijfers"),
        ({"email": "sara@vöörbeeld.nl"}, "alleen gewone letters en cijfers"),
        ({"email": "sara@İstanbul.nl"}, "alleen gewone letters en cijfers"),
        ({"email": "sara@[127.0.0.1]"}, "Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
        ({"email": "sara@localhost"}, "Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
        ({"email": "a" * 250 + "@voorbeeld.nl"}, "Dit e-mailadres is te lang."),
        ({"email": "a" * 1_000_000 + "@voorbeeld.nl"}, "Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
        ({"email": "a\x00@voorbeeld.nl"}, "Null-tekens zijn niet toegestaan"),
        ({"password1": "kort"}, "Dit wachtwoord is te kort"),
        ({"password1": "Welkom-2026!"}, "Dit wachtwoord is makkelijk te raden"),
        ({"password1": "nieuw@voorbeeld"}, "Dit wachtwoord lijkt te veel op uw naam of e-mailadres."),
        ({"password1": "password123"}, "Dit wachtwoord is makkelijk te raden"),
        ({"password1": "x" * 1_000_000}, "Gebruik hoogstens 256 tekens."),
        ({"password1": ""}, "Kies een wachtwoord."),
    ],
)
def test_aanmelden_weigert_met_een_uitleg(client: Any, velden: dict[str, str], melding: str) -> None:
    gegevens = {"email": "nieuw@voorbeeld.example", "password1": WACHTWOORD, **velden}
    response = client.post("/account/signup/", gegevens)
    assert response.status_code == 200
    assert melding in response.content.decode()
    assert Gebruiker.objects.count() == 0
    assert mail.outbox == []


def test_inloggen_met_wachtwoord_ongeacht_hoofdletters_in_het_adres(client: Any) -> None:
    maak_gebruiker(email="anna@voorbeeld.example")
    response = client.post("/account/login/", {"login": "ANNA@voorbeeld.example ", "password": WACHTWOORD})
    assert response.headers["Location"] == "/mijn/"


def test_inloggen_geeft_een_nieuwe_sessie(client: Any) -> None:
    client.get("/account/login/?next=/mijn/")
    client.session["van_wie"] = "vreemde"
    session = client.session
    session["gezet"] = "vooraf"
    session.save()
    vooraf = session.session_key
    client.cookies["sessie"] = vooraf
    log_in_met_wachtwoord(client, maak_gebruiker())
    assert client.session.session_key != vooraf


def test_inloggen_onthoudt_alleen_als_men_dat_vraagt(client: Any) -> None:
    gebruiker = maak_gebruiker()
    log_in_met_wachtwoord(client, gebruiker)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    log_in_met_wachtwoord(client, gebruiker, remember="on")
    assert not client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    "doel",
    [
        "https://kwaad.example/",
        "//kwaad.example/",
        "///kwaad.example",
        "/\\kwaad.example",
        "\\\\kwaad.example",
        "https:kwaad.example",
        "javascript:alert(1)",
        " https://kwaad.example",
        "/\t/kwaad.example",
        "\x00//kwaad.example",
        "http://testserver/mijn/",
        "https://voorbeeld.example@kwaad.example/",
    ],
)
@pytest.mark.parametrize("weg", ["post", "get"])
def test_inloggen_gaat_nooit_naar_een_andere_site(client: Any, doel: str, weg: str) -> None:
    gebruiker = maak_gebruiker()
    if weg == "post":
        response = log_in_met_wachtwoord(client, gebruiker, next=doel)
    else:
        response = client.post(
            "/account/login/", {"login": gebruiker.email, "password": WACHTWOORD}, query_params={"next": doel}
        )
        if "\x00" in doel:
            assert response.status_code == 400
            return
    assert response.headers["Location"] == "/mijn/"


@pytest.mark.parametrize("doel", ["/mijn/", "/account/?x=1#y", "/organisaties/?q=schuld%20en"])
def test_inloggen_gaat_wel_naar_de_eigen_pagina(client: Any, doel: str) -> None:
    assert log_in_met_wachtwoord(client, maak_gebruiker(), next=doel).headers["Location"] == doel


def test_uitloggen_gaat_nooit_naar_een_andere_site(client: Any) -> None:
    client.force_login(maak_gebruiker())
    assert client.post("/account/logout/", {"next": "https://kwaad.example"}).headers["Location"] == "/"


def test_uitloggen_gebeurt_niet_door_een_link(client: Any) -> None:
    client.force_login(maak_gebruiker())
    client.get("/account/logout/")
    assert is_ingelogd(client)
    client.post("/account/logout/")
    assert not is_ingelogd(client)


def test_inloggen_met_een_gesloten_account_kan_niet(client: Any) -> None:
    gebruiker = maak_gebruiker(is_active=False)
    response = log_in_met_wachtwoord(client, gebruiker)
    assert response.headers["Location"] == "/account/inactive/"
    assert "Dit account is afgesloten" in client.get("/account/inactive/").content.decode()
    assert not is_ingelogd(client)


def test_inloggen_met_een_code(client: Any) -> None:
    gebruiker = maak_gebruiker()
    response = client.post("/account/login/code/", {"email": gebruiker.email.upper()})
    assert response.headers["Location"] == "/account/login/code/confirm/"
    client.post("/account/login/code/confirm/", {"code": code_uit_mail().replace("-", " ")})
    assert is_ingelogd(client)


def test_inloggen_met_een_code_vraagt_ook_de_tweede_stap(client: Any) -> None:
    gebruiker = met_app(maak_gebruiker())
    client.post("/account/login/code/", {"email": gebruiker.email})
    response = client.post("/account/login/code/confirm/", {"code": code_uit_mail()})
    assert response.headers["Location"] == "/account/2fa/authenticate/"
    assert not is_ingelogd(client)
    client.post("/account/2fa/authenticate/", {"code": app_code()})
    assert is_ingelogd(client)


def test_een_code_van_een_ander_werkt_niet_in_deze_sessie(client: Any) -> None:
    gebruiker, ander = maak_gebruiker(), maak_gebruiker()
    client.post("/account/login/code/", {"email": gebruiker.email})
    code = code_uit_mail()
    client.logout()
    client.post("/account/login/code/", {"email": ander.email})
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_ingelogd(client)


def test_wachtwoord_herstellen_met_een_code(client: Any) -> None:
    gebruiker = maak_gebruiker()
    client.post("/account/password/reset/", {"email": gebruiker.email})
    response = client.post("/account/password/reset/confirm/", {"code": code_uit_mail()})
    assert response.headers["Location"] == "/account/password/reset/complete/"
    response = client.post("/account/password/reset/complete/", {"password1": "een heel andere zin"})
    assert response.headers["Location"] == "/account/password/reset/done/"
    gebruiker.refresh_from_db()
    assert gebruiker.check_password("een heel andere zin")
    assert not is_ingelogd(client)
    assert [bericht.subject for bericht in mail.outbox] == [
        "Uw code voor een nieuw wachtwoord",
        "U hebt een nieuw wachtwoord",
    ]


def test_wachtwoord_herstellen_zonder_code_kan_niet(client: Any) -> None:
    gebruiker = maak_gebruiker()
    client.post("/account/password/reset/", {"email": gebruiker.email})
    response = client.post("/account/password/reset/complete/", {"password1": "een heel andere zin"})
    assert response.headers["Location"] == "/account/password/reset/confirm/"
    gebruiker.refresh_from_db()
    assert gebruiker.check_password(WACHTWOORD)


def test_wachtwoord_herstellen_logt_andere_apparaten_uit(client: Any) -> None:
    gebruiker = maak_gebruiker()
    elders = client.__class__()
    elders.vangt = client.vangt
    elders.force_login(gebruiker)
    client.post("/account/password/reset/", {"email": gebruiker.email})
    client.post("/account/password/reset/confirm/", {"code": code_uit_mail()})
    client.post("/account/password/reset/complete/", {"password1": "een heel andere zin"})
    assert elders.get("/mijn/").headers["Location"] == "/account/login/?next=/mijn/"


def test_te_vaak_proberen_geeft_een_nederlandse_pagina(client: Any) -> None:
    antwoorden = [client.post("/account/signup/", {"email": f"a{nummer}"}) for nummer in range(21)]
    assert [antwoord.status_code for antwoord in antwoorden] == [200] * 20 + [429]
    assert "te vaak achter elkaar" in antwoorden[-1].content.decode()


def test_wachtwoord_raden_stopt_na_vijf_keer_ook_voor_het_goede(client: Any) -> None:
    gebruiker = maak_gebruiker()
    for _ in range(5):
        client.post("/account/login/", {"login": gebruiker.email, "password": "fout wachtwoord"})
    response = log_in_met_wachtwoord(client, gebruiker)
    assert "U hebt dit te vaak geprobeerd." in response.content.decode()
    assert not is_ingelogd(client)


def test_code_uit_de_app_raden_stopt_na_vijf_keer(client: Any) -> None:
    gebruiker = met_app(maak_gebruiker())
    log_in_met_wachtwoord(client, gebruiker)
    goed = app_code()
    fout = "000000" if goed != "000000" else "111111"
    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": fout})
    response = client.post("/account/2fa/authenticate/", {"code": goed})
    assert "U hebt dit te vaak geprobeerd." in response.content.decode()
    assert not is_ingelogd(client)


def test_codes_raden_stopt_ook_als_men_steeds_een_nieuwe_sessie_neemt(client: Any, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "code": "4/m/ip"}
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "99/m/ip"}
    gebruiker = maak_gebruiker()
    for _ in range(2):
        client.cookies.clear()
        client.post("/account/login/code/", {"email": gebruiker.email})
        for _ in range(2):
            client.post("/account/login/code/confirm/", {"code": "1"})
    client.cookies.clear()
    client.post("/account/login/code/", {"email": gebruiker.email})
    response = client.post("/account/login/code/confirm/", {"code": code_uit_mail()})
    assert "U hebt dit te vaak geprobeerd." in response.content.decode()
    assert not is_ingelogd(client)


def test_een_opgegeven_tussenstation_maakt_niemand_een_nieuwe_bezoeker(client: Any) -> None:
    antwoorden = [
        client.post("/account/signup/", {"email": "a"}, headers={"x-forwarded-for": f"192.0.2.{nummer}"}).status_code
        for nummer in range(21)
    ]
    assert antwoorden[-1] == 429
