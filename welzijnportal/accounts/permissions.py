"""Who may pass the doors that ask for more than being logged in."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest


def mist_tweede_factor(request: HttpRequest) -> bool:
    """Tell whether the admin must send this person away to set up a second factor."""
    return settings.ADMIN_NEEDS_SECOND_FACTOR and not is_mfa_enabled(request.user)


def toonde_tweede_factor(request: HttpRequest) -> bool:
    """Tell whether this very session has shown a second factor.

    A session from before the factor was set up knows the password alone, and may be a thief's.
    """
    if not settings.ADMIN_NEEDS_SECOND_FACTOR:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
