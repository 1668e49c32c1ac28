"""Steps that the tests of accounts share: reading a code from the mail, going through a login."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client

from tests.fabriek import WACHTWOORD

GEHEIM = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_uit_mail() -> str:
    return re.findall(r"^\d{3}-\d{3}-\d{3}$", mail.outbox[-1].body, re.MULTILINE)[-1]


def met_app(gebruiker: Any) -> Any:
    """Give a person an app with codes and recovery codes, as if they had set them up."""
    auth.TOTP.activate(gebruiker, GEHEIM)
    RecoveryCodes.activate(gebruiker)
    return gebruiker


def app_code(geheim: str = GEHEIM, stap: int = 0) -> str:
    """Return the code an app shows now, or ``stap`` half minutes from now."""
    teller = list(auth.yield_hotp_counters_from_time())[1] + stap
    return auth.format_hotp_value(auth.hotp_value(geheim, teller))


def log_in_met_wachtwoord(client: Client, gebruiker: Any, **velden: str) -> Any:
    return client.post("/account/login/", {"login": gebruiker.email, "password": WACHTWOORD, **velden})


def bevestig_wachtwoord(client: Client) -> None:
    """Show once more that it is you, so that the pages that ask for it open."""
    client.post("/account/reauthenticate/", {"password": WACHTWOORD})


def aantal_factoren(gebruiker: Any) -> int:
    return Authenticator.objects.filter(user=gebruiker).count()
