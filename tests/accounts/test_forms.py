"""Nobody learns from an answer whether somebody else has an account."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.fabriek import WACHTWOORD, maak_gebruiker
from welzijnportal.accounts.models import Gebruiker

BEKEND = "bekend@voorbeeld.example"
NIEUW = "anders@voorbeeld.exampl"


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Count how often a password is hashed; that is what takes time in production."""
    geteld: list[str] = []
    echt = hashers.MD5PasswordHasher.encode

    def tel(self: Any, password: str, salt: str) -> str:
        geteld.append(password)
        return echt(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", tel)
    return geteld


def kaal(response: Any) -> tuple[int, str, str]:
    """Return an answer without what differs at each request and without the address that was typed."""
    tekst = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", response.content.decode())
    return response.status_code, response.headers.get("Location", ""), re.sub(f"{BEKEND}|{NIEUW}", "ADRES", tekst)


STROMEN: dict[str, list[tuple[str, dict[str, str]]]] = {
    "aanmelden": [
        ("/account/signup/", {"email": "ADRES", "password1": WACHTWOORD}),
        ("/account/confirm-email/", {}),
        ("/account/confirm-email/", {"code": "000-000-000"}),
        ("/account/confirm-email/", {"action": "change", "email": "ander@voorbeeld.example"}),
    ],
    "inloggen": [("/account/login/", {"login": "ADRES", "password": "niet het wachtwoord"})],
    "code": [
        ("/account/login/code/", {"email": "ADRES"}),
        ("/account/login/code/confirm/", {}),
        ("/account/login/code/confirm/", {"action": "resend"}),
        ("/account/login/code/confirm/", {"code": "000-000-000"}),
    ],
    "herstellen": [
        ("/account/password/reset/", {"email": "ADRES"}),
        ("/account/password/reset/confirm/", {}),
        ("/account/password/reset/confirm/", {"code": "000-000-000"}),
    ],
}


def doorloop(client: Any, stroom: str, adres: str) -> tuple[list[tuple[int, str, str]], list[int]]:
    antwoorden, vragen = [], []
    for pad, velden in STROMEN[stroom]:
        ingevuld = {naam: waarde.replace("ADRES", adres) for naam, waarde in velden.items()}
        with CaptureQueriesContext(connection) as gevangen:
            response = client.post(pad, ingevuld) if velden else client.get(pad)
        antwoorden.append(kaal(response))
        vragen.append(len(gevangen))
    return antwoorden, vragen


@pytest.mark.django_db
@pytest.mark.parametrize("stroom", STROMEN)
@pytest.mark.parametrize("soort", ["bevestigd", "onbevestigd", "afgesloten"])
def test_bekend_en_onbekend_adres_krijgen_hetzelfde_antwoord(
    client: Any, hashes: list[str], stroom: str, soort: str
) -> None:
    maak_gebruiker(email=BEKEND, bevestigd=soort != "onbevestigd", is_active=soort != "afgesloten")
    hashes.clear()
    bekend, vragen_bekend = doorloop(client, stroom, BEKEND)
    hashes_bekend, mails_bekend = len(hashes), len(mail.outbox)
    client.cookies.clear()
    hashes.clear()
    mail.outbox.clear()
    nieuw, vragen_nieuw = doorloop(client, stroom, NIEUW)
    assert bekend == nieuw
    assert hashes_bekend == len(hashes)
    # A new code is mailed to those who have an account alone; the others heard at once that they have none.
    assert mails_bekend - len(mail.outbox) == (1 if stroom == "code" and soort != "afgesloten" else 0)
    assert all(abs(a - b) <= 8 for a, b in zip(vragen_bekend, vragen_nieuw, strict=True)), (vragen_bekend, vragen_nieuw)


@pytest.mark.django_db
def test_wie_al_een_account_heeft_krijgt_dat_per_mail_te_horen(client: Any) -> None:
    maak_gebruiker(email=BEKEND)
    client.post("/account/signup/", {"email": BEKEND.upper(), "password1": WACHTWOORD})
    assert [(bericht.to, bericht.subject) for bericht in mail.outbox] == [([BEKEND], "U hebt al een account")]
    assert Gebruiker.objects.count() == 1


@pytest.mark.django_db
def test_wie_geen_account_heeft_krijgt_dat_per_mail_te_horen(client: Any) -> None:
    client.post("/account/login/code/", {"email": NIEUW})
    assert [(bericht.to, bericht.subject) for bericht in mail.outbox] == [([NIEUW], "Wij kennen dit e-mailadres niet")]


@pytest.mark.django_db
def test_een_ander_adres_kiezen_verraadt_niet_dat_het_bezet_is(client: Any) -> None:
    maak_gebruiker(email=BEKEND)
    mij = maak_gebruiker()
    client.force_login(mij)
    client.post("/account/reauthenticate/", {"password": WACHTWOORD})
    antwoorden = []
    for adres in (BEKEND, NIEUW):
        response = client.post("/account/email/", {"email": adres, "action_add": ""})
        antwoorden.append((kaal(response), kaal(client.get("/account/confirm-email/"))))
    assert antwoorden[0] == antwoorden[1]


@pytest.mark.django_db(transaction=True)
def test_dubbel_tegelijk_aanmelden_maakt_een_account() -> None:
    def meld_aan(_: int) -> int:
        try:
            response = Client().post("/account/signup/", {"email": NIEUW, "password1": WACHTWOORD})
            return response.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        statussen = list(pool.map(meld_aan, range(8)))
    # The same address may get a code once in ten seconds, so the later ones may be told to wait.
    assert set(statussen) <= {302, 429}
    assert Gebruiker.objects.count() == 1
