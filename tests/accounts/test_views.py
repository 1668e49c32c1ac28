"""One's own account: overview, name, address, password, devices, data, farewell."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail

from organisaties.models import Beheer
from tests.accounts.stappen import aantal_factoren, app_code, bevestig_wachtwoord, code_uit_mail, met_app
from tests.fabriek import WACHTWOORD, maak_gebruiker, maak_organisatie
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client: Any) -> Gebruiker:
    gebruiker = maak_gebruiker(email="anna@voorbeeld.example", naam="Anna de Vries")
    client.force_login(gebruiker)
    return gebruiker


def test_overzicht_toont_hoe_het_account_ervoor_staat(client: Any, anna: Gebruiker) -> None:
    leeg = client.get("/account/").content.decode()
    assert "Anna de Vries" in leeg
    assert "Staat uit." in leeg
    met_app(anna)
    assert "Staat aan, met een app" in client.get("/account/").content.decode()


def test_wijzigen_bewaart_de_naam(client: Any, anna: Gebruiker) -> None:
    assert client.post("/account/wijzigen/", {"naam": "Anna Jansen"}).headers["Location"] == "/account/"
    anna.refresh_from_db()
    assert anna.naam == "Anna Jansen"


@pytest.mark.parametrize("naam", ["Anna\r\nBcc: x@y.nl", "Anna\u202ennA", "x" * 101, "Anna\x00"])
def test_wijzigen_weigert_een_naam_die_geen_naam_is(client: Any, anna: Gebruiker, naam: str) -> None:
    response = client.post("/account/wijzigen/", {"naam": naam})
    assert response.status_code == 200
    assert "Nog niet gelukt" in response.content.decode()
    anna.refresh_from_db()
    assert anna.naam == "Anna de Vries"


def test_een_naam_met_html_wordt_gewone_tekst(client: Any, anna: Gebruiker) -> None:
    client.post("/account/wijzigen/", {"naam": "<b onclick=x>Anna</b>"})
    assert "&lt;b onclick=x&gt;Anna&lt;/b&gt;" in client.get("/account/").content.decode()


def test_ander_adres_geldt_pas_na_de_code(client: Any, anna: Gebruiker) -> None:
    assert (
        client.post("/account/email/", {"email": "nieuw@voorbeeld.example", "action_add": ""})
        .headers["Location"]
        .startswith("/account/reauthenticate/")
    )
    bevestig_wachtwoord(client)
    response = client.post("/account/email/", {"email": "nieuw@voorbeeld.example", "action_add": ""})
    assert response.headers["Location"] == "/account/confirm-email/"
    assert mail.outbox[-1].to == ["nieuw@voorbeeld.example"]
    anna.refresh_from_db()
    assert anna.email == "anna@voorbeeld.example"
    client.post("/account/confirm-email/", {"code": code_uit_mail()})
    anna.refresh_from_db()
    assert anna.email == "nieuw@voorbeeld.example"
    assert [adres.email for adres in EmailAddress.objects.filter(user=anna)] == ["nieuw@voorbeeld.example"]
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["anna@voorbeeld.example"],
        "Uw e-mailadres is gewijzigd",
    )


def test_ander_adres_van_een_ander_kan_niet_ook_niet_met_de_code(client: Any, anna: Gebruiker) -> None:
    bert = maak_gebruiker(email="bert@voorbeeld.example")
    bevestig_wachtwoord(client)
    client.post("/account/email/", {"email": bert.email, "action_add": ""})
    response = client.post("/account/confirm-email/", {"code": code_uit_mail()})
    assert "Dit e-mailadres kunt u niet gebruiken." in response.content.decode()
    anna.refresh_from_db()
    assert anna.email == "anna@voorbeeld.example"


def test_wachtwoord_wijzigen_vraagt_het_oude_en_logt_andere_apparaten_uit(client: Any, anna: Gebruiker) -> None:
    elders = client.__class__()
    elders.vangt = client.vangt
    elders.force_login(anna)
    fout = client.post("/account/password/change/", {"oldpassword": "x", "password1": "een heel andere zin"})
    assert "Dit is niet uw huidige wachtwoord." in fout.content.decode()
    client.post("/account/password/change/", {"oldpassword": WACHTWOORD, "password1": "een heel andere zin"})
    anna.refresh_from_db()
    assert anna.check_password("een heel andere zin")
    assert client.get("/mijn/").status_code == 200
    assert elders.get("/mijn/").status_code == 302


def test_app_koppelen_geeft_herstelcodes_en_bericht(client: Any, anna: Gebruiker) -> None:
    bevestig_wachtwoord(client)
    pagina = client.get("/account/2fa/totp/activate/")
    geheim = pagina.context["form"].secret
    assert 'src="data:image/svg+xml;base64,' in pagina.content.decode()
    assert client.post("/account/2fa/totp/activate/", {"code": "abc"}).context["form"].secret == geheim
    response = client.post("/account/2fa/totp/activate/", {"code": app_code(geheim)}, follow=True)
    assert response.redirect_chain[-1][0] == "/account/2fa/recovery-codes/"
    codes = Authenticator.objects.get(user=anna, type="recovery_codes").wrap().get_unused_codes()
    assert all(f"<code>{code}</code>" in response.content.decode() for code in codes)
    assert mail.outbox[-1].subject == "Extra beveiliging staat aan"
    download = client.get("/account/2fa/recovery-codes/download/")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert all(code in download.content.decode() for code in codes)


def test_app_koppelen_vraagt_eerst_of_u_het_bent(client: Any, anna: Gebruiker) -> None:
    assert client.get("/account/2fa/totp/activate/").headers["Location"].startswith("/account/reauthenticate/")
    response = client.post("/account/2fa/totp/activate/", {"code": "123456"})
    assert response.headers["Location"].startswith("/account/reauthenticate/")
    assert aantal_factoren(anna) == 0


def test_een_sleutel_van_een_ander_bestaat_niet(client: Any, anna: Gebruiker) -> None:
    bert = maak_gebruiker()
    sleutel = Authenticator.objects.create(user=bert, type="webauthn", data={"name": "x", "credential": {}})
    bevestig_wachtwoord(client)
    for weg in ("edit", "remove"):
        assert client.get(f"/account/2fa/webauthn/keys/{sleutel.pk}/{weg}/").status_code == 404
        assert client.post(f"/account/2fa/webauthn/keys/{sleutel.pk}/{weg}/", {"name": "y"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "x"


def test_apparaten_toont_waar_men_is_ingelogd_en_logt_elders_uit(client: Any, anna: Gebruiker) -> None:
    elders = client.__class__(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0"})
    elders.vangt = client.vangt
    elders.force_login(anna)
    elders.get("/mijn/")
    client.get("/mijn/")
    pagina = client.get("/account/sessions/").content.decode()
    assert "Firefox op Windows" in pagina
    assert "Onbekend apparaat" in pagina
    client.post("/account/sessions/")
    assert elders.get("/mijn/").status_code == 302
    assert client.get("/mijn/").status_code == 200
    assert UserSession.objects.count() == 1


def test_uitloggen_overal_logt_ook_hier_uit(client: Any, anna: Gebruiker) -> None:
    elders = client.__class__()
    elders.vangt = client.vangt
    elders.force_login(anna)
    elders.get("/mijn/")
    client.get("/mijn/")
    assert client.get("/account/uitloggen/").status_code == 405
    assert client.post("/account/uitloggen/").headers["Location"] == "/"
    assert elders.get("/mijn/").status_code == 302
    assert client.get("/mijn/").status_code == 302


def test_gegevens_vraagt_of_u_het_bent_en_geeft_alles_zonder_geheimen(client: Any, anna: Gebruiker) -> None:
    met_app(anna)
    organisatie = maak_organisatie(beheerder=anna, naam="Buurthuis De Linde")
    assert client.get("/account/gegevens/").headers["Location"].startswith("/account/reauthenticate/")
    assert client.post("/account/gegevens/").headers["Location"].startswith("/account/reauthenticate/")
    bevestig_wachtwoord(client)
    assert "Download mijn gegevens" in client.get("/account/gegevens/").content.decode()
    response = client.post("/account/gegevens/")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="mijn-gegevens-20')
    assert "no-store" in response.headers["Cache-Control"]
    inhoud = json.loads(response.content)
    assert inhoud["account"]["e-mailadres"] == "anna@voorbeeld.example"
    assert inhoud["account"]["naam"] == "Anna de Vries"
    assert [factor["soort"] for factor in inhoud["account"]["extra beveiliging"]] == ["app met codes", "herstelcodes"]
    assert len(inhoud["account"]["ingelogd op"]) == 1
    assert inhoud["organisaties"]["beheer"][0]["organisatie"] == organisatie.naam
    tekst = response.content.decode()
    assert anna.password not in tekst
    assert client.session.session_key not in tekst
    assert not any(str(factor.data) in tekst for factor in Authenticator.objects.all())


def test_verwijderen_wist_account_sessies_en_rollen(client: Any, anna: Gebruiker) -> None:
    organisatie = maak_organisatie(beheerder=anna, naam="Buurthuis De Linde")
    met_app(anna)
    client.get("/mijn/")
    assert client.post("/account/verwijderen/", {"begrepen": "on"}).headers["Location"].startswith("/account/reauth")
    bevestig_wachtwoord(client)
    assert "Buurthuis De Linde" in client.get("/account/verwijderen/").content.decode()
    assert "Zet hier een vinkje" in client.post("/account/verwijderen/").content.decode()
    assert Gebruiker.objects.filter(pk=anna.pk).exists()
    response = client.post("/account/verwijderen/", {"begrepen": "on"})
    assert response.headers["Location"] == "/"
    assert not Gebruiker.objects.filter(pk=anna.pk).exists()
    assert not Beheer.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()
    assert not UserSession.objects.exists()
    assert not any("_auth_user_id" in sessie.get_decoded() for sessie in Session.objects.all())
    organisatie.refresh_from_db()
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (["anna@voorbeeld.example"], "Uw account is verwijderd")


def test_verwijderen_kan_niet_voor_de_laatste_hoofdbeheerder(client: Any) -> None:
    baas = maak_gebruiker(is_staff=True, is_superuser=True)
    client.force_login(baas)
    bevestig_wachtwoord(client)
    response = client.post("/account/verwijderen/", {"begrepen": "on"})
    assert "Geef eerst iemand anders deze rechten." in response.content.decode()
    assert Gebruiker.objects.filter(pk=baas.pk).exists()


def test_de_anders_inloggen_knoppen_zijn_er_alleen_als_ze_zijn_ingesteld(client: Any, settings: Any) -> None:
    assert "LinkedIn" not in client.get("/account/login/").content.decode()
    app = {"provider_id": "linkedin", "name": "LinkedIn", "client_id": "x", "secret": "y"}
    app["settings"] = {"server_url": "https://www.linkedin.com/oauth"}  # type: ignore[assignment]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    for pad, knop in (("/account/login/", "Verder met LinkedIn"), ("/account/signup/", "Verder met LinkedIn")):
        assert knop in client.get(pad).content.decode()
    client.force_login(maak_gebruiker())
    assert "Gekoppelde accounts" in client.get("/account/").content.decode()
    assert "LinkedIn koppelen" in client.get("/account/3rdparty/").content.decode()
