"""Every page and mail of accounts speaks plain Dutch and says 'u'."""

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as instellingen
from django.core import mail
from django.template.loader import render_to_string
from django.utils import timezone

from tests.accounts.stappen import bevestig_wachtwoord, log_in_met_wachtwoord, met_app
from tests.fabriek import WACHTWOORD, maak_gebruiker
from welzijnportal import mail as post
from welzijnportal.accounts.adapter import AccountAdapter, SocialAdapter, TweedeFactorAdapter

SJABLONEN = Path(instellingen.BASE_DIR) / "templates"
ALLAUTH = Path(allauth.__file__).parent / "templates"
JE = re.compile(r"\b(je|jij|jou|jouw|jullie|jezelf)\b", re.IGNORECASE)
ENGELS = re.compile(
    r"\b(the|your|you|please|sign (?:in|up|out)|email address|submit|verify|verification|security key|"
    r"authenticator (?:app|code)|recovery codes?|enter|confirm|click|remember me|forgot|too many|"
    r"this|invalid|required|already|cannot|change|remove|add|send)\b",
    re.IGNORECASE,
)
# The page that asks for an app names what to look for in the shop.
TOEGESTAAN = re.compile(r"‘authenticator’|\(passkey\)|JavaScript")


def leesbaar(html: str) -> str:
    """Return what a person reads or hears of a page: its text, labels, titles and alternative texts."""
    main = re.search(r"<title>.*?</title>|", html, re.DOTALL)
    lichaam = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    kenmerken = re.findall(r'\b(?:alt|title|placeholder|aria-label)="([^"]*)"', lichaam)
    return " ".join([main.group() if main else "", re.sub(r"<[^>]+>", " ", lichaam), *kenmerken])


def controleer(naam: str, tekst: str) -> None:
    tekst = TOEGESTAAN.sub("", tekst)
    assert not JE.search(tekst), f"{naam}: {JE.search(tekst)}"
    assert not ENGELS.search(tekst), f"{naam}: {ENGELS.search(tekst)}"


BUITEN = [
    "/account/login/",
    "/account/signup/",
    "/account/login/code/",
    "/account/password/reset/",
    "/account/inactive/",
    "/account/3rdparty/login/cancelled/",
]
BINNEN = [
    "/account/",
    "/account/wijzigen/",
    "/account/email/",
    "/account/password/change/",
    "/account/gegevens/",
    "/account/verwijderen/",
    "/account/logout/",
    "/account/sessions/",
    "/account/reauthenticate/",
    "/account/3rdparty/",
    "/account/3rdparty/login/error/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
]
MET_FACTOR = [
    "/account/2fa/",
    "/account/2fa/totp/deactivate/",
    "/account/2fa/recovery-codes/",
    "/account/2fa/recovery-codes/generate/",
    "/account/2fa/reauthenticate/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("pad", BUITEN)
def test_paginas_voor_wie_niet_is_ingelogd(client: Any, pad: str) -> None:
    for response in (client.get(pad), client.post(pad, {"login": "x", "email": "x", "password1": "k"})):
        if response.status_code == 200:
            controleer(pad, leesbaar(response.content.decode()))


@pytest.mark.django_db
@pytest.mark.parametrize("pad", BINNEN)
def test_paginas_voor_wie_is_ingelogd(client: Any, pad: str) -> None:
    client.force_login(maak_gebruiker(naam="Anna"))
    bevestig_wachtwoord(client)
    antwoorden = [client.get(pad), client.post(pad, {"email": "x", "action_add": ""})]
    gelezen = [antwoord for antwoord in antwoorden if antwoord.status_code in (200, 401)]
    assert gelezen
    for antwoord in gelezen:
        if antwoord.headers["Content-Type"].startswith("text/html"):
            controleer(pad, leesbaar(antwoord.content.decode()))


@pytest.mark.django_db
@pytest.mark.parametrize("pad", MET_FACTOR)
def test_paginas_met_een_tweede_factor(client: Any, pad: str) -> None:
    client.force_login(met_app(maak_gebruiker()))
    bevestig_wachtwoord(client)
    antwoord = client.get(pad)
    assert antwoord.status_code == 200
    controleer(pad, leesbaar(antwoord.content.decode()))


@pytest.mark.django_db
def test_paginas_van_een_toegangssleutel(client: Any) -> None:
    gebruiker = maak_gebruiker()
    sleutel = Authenticator.objects.create(user=gebruiker, type="webauthn", data={"name": "Telefoon", "credential": {}})
    client.force_login(gebruiker)
    bevestig_wachtwoord(client)
    for weg in ("edit", "remove"):
        pad = f"/account/2fa/webauthn/keys/{sleutel.pk}/{weg}/"
        controleer(pad, leesbaar(client.get(pad).content.decode()))


@pytest.mark.django_db
def test_paginas_onderweg(client: Any) -> None:
    client.post("/account/signup/", {"email": "nieuw@voorbeeld.example", "password1": WACHTWOORD})
    controleer("bevestigen", leesbaar(client.get("/account/confirm-email/").content.decode()))
    controleer("fout", leesbaar(client.post("/account/confirm-email/", {"code": "1"}).content.decode()))
    client.cookies.clear()
    gebruiker = met_app(maak_gebruiker())
    client.post("/account/password/reset/", {"email": gebruiker.email})
    controleer("herstellen", leesbaar(client.get("/account/password/reset/confirm/").content.decode()))
    client.cookies.clear()
    client.post("/account/login/code/", {"email": gebruiker.email})
    controleer("code", leesbaar(client.get("/account/login/code/confirm/").content.decode()))
    client.cookies.clear()
    log_in_met_wachtwoord(client, gebruiker)
    controleer("tweede stap", leesbaar(client.get("/account/2fa/authenticate/").content.decode()))
    fout = client.post("/account/2fa/authenticate/", {"code": "1"})
    controleer("tweede stap fout", leesbaar(fout.content.decode()))


@pytest.mark.django_db
def test_mails_die_onderweg_worden_verstuurd(client: Any) -> None:
    gebruiker = maak_gebruiker(email="anna@voorbeeld.example")
    client.post("/account/signup/", {"email": gebruiker.email, "password1": WACHTWOORD})
    client.cookies.clear()
    client.post("/account/login/code/", {"email": "niemand@voorbeeld.example"})
    client.cookies.clear()
    client.post("/account/password/reset/", {"email": gebruiker.email})
    assert len(mail.outbox) == 3
    for bericht in mail.outbox:
        controleer(bericht.subject, f"{bericht.subject}\n{bericht.body}")
        for html, _ in bericht.alternatives:
            controleer(bericht.subject, leesbaar(html))


MAILS = sorted(
    str(pad.relative_to(SJABLONEN / "mail").with_suffix(""))
    for map_ in ("account", "mfa", "socialaccount")
    for pad in (SJABLONEN / "mail" / map_).glob("*.txt")
    if pad.stem not in ("basis", "code", "melding")
)


@pytest.mark.parametrize("naam", MAILS)
def test_elke_mail_heeft_een_onderwerp_en_is_gewoon_nederlands(naam: str) -> None:
    context = {"code": "123-456-789", "timestamp": timezone.now(), "ip": "192.0.2.1", "email": "a@b.nl"}
    onderwerp, tekst = post.opstellen(naam, {**context, "provider": "LinkedIn", "from_email": "a@b", "to_email": "c@d"})
    assert onderwerp
    assert "Onderwerp" not in onderwerp
    assert tekst.startswith("Goedendag,\n\n")
    controleer(naam, f"{onderwerp} {tekst}")


def test_elke_mail_die_allauth_kent_heeft_een_eigen_tekst() -> None:
    """So that a mail that a new version of allauth adds cannot fail when it is sent."""
    onbereikbaar = {"account/base", "account/base_notification", "account/password_reset_key"}
    bekend = {
        str(pad.relative_to(ALLAUTH)).replace("/email/", "/").removesuffix("_message.txt").removesuffix(".txt")
        for pad in ALLAUTH.glob("*/email/*.txt")
        if not pad.name.endswith("_subject.txt")
    }
    assert bekend - onbereikbaar <= set(MAILS)


def test_elke_melding_die_allauth_kent_heeft_een_eigen_tekst() -> None:
    zonder_telefoon = {pad for pad in ALLAUTH.glob("*/messages/*.txt") if "phone" not in pad.name}
    for pad in zonder_telefoon:
        eigen = SJABLONEN / pad.relative_to(ALLAUTH)
        assert eigen.exists(), eigen
        context = {"email": "a@b.nl", "recipient": "a@b.nl"}
        controleer(eigen.name, render_to_string(str(pad.relative_to(ALLAUTH)), context))


def test_elke_foutmelding_van_allauth_heeft_een_eigen_tekst() -> None:
    nooit = {"phone_password_mismatch", "phone_taken", "unknown_phone", "username_blacklisted"}
    nooit |= {"username_password_mismatch", "username_taken"}
    for adapter in (AccountAdapter, TweedeFactorAdapter, SocialAdapter):
        for naam, tekst in adapter.error_messages.items():
            if naam not in nooit:
                assert isinstance(tekst, str), naam
                controleer(naam, tekst)
