"""What the accounts themselves hold of a person; deleting the account takes all of it along."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry

from welzijnportal.accounts.models import Gebruiker

SOORTEN = {"totp": "app met codes", "webauthn": "toegangssleutel", "recovery_codes": "herstelcodes"}


def export(gebruiker: Gebruiker) -> dict[str, Any]:
    return {
        "e-mailadres": gebruiker.email,
        "naam": gebruiker.naam,
        "aangemaakt op": gebruiker.aangemaakt_op,
        "laatst ingelogd op": gebruiker.last_login,
        "e-mailadressen": [
            {"adres": adres.email, "bevestigd": adres.verified}
            for adres in EmailAddress.objects.filter(user=gebruiker).order_by("pk")
        ],
        # The secrets stay out: who finds the download must not get in with it.
        "extra beveiliging": [
            {"soort": SOORTEN[factor.type], "sinds": factor.created_at, "laatst gebruikt op": factor.last_used_at}
            for factor in Authenticator.objects.filter(user=gebruiker).order_by("pk")
        ],
        "gekoppelde accounts": [
            {
                "dienst": koppeling.provider,
                "kenmerk": koppeling.uid,
                "sinds": koppeling.date_joined,
                "gegevens": koppeling.extra_data,
            }
            for koppeling in SocialAccount.objects.filter(user=gebruiker).order_by("pk")
        ],
        "ingelogd op": [
            {
                "IP-adres": sessie.ip,
                "browser": sessie.user_agent,
                "sinds": sessie.created_at,
                "laatst gezien": sessie.last_seen_at,
            }
            for sessie in UserSession.objects.filter(user=gebruiker).order_by("pk")
        ],
        "handelingen in het beheer": [
            {"op": regel.action_time, "wat": regel.object_repr, "hoe": regel.get_change_message()}
            for regel in LogEntry.objects.filter(user=gebruiker).order_by("pk")
        ],
    }


def erase(gebruiker: Gebruiker) -> None:
    """End every session at the server too; the rows that name the person go with the account."""
    for sessie in UserSession.objects.filter(user=gebruiker):
        sessie.end()
