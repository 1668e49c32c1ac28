"""Rate limits of our own views, on the counters that allauth keeps in the shared cache.

The rates stand in settings, RATE_LIMITS, beside those of allauth.
"""

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest


def mag(request: HttpRequest, actie: str, *, sleutel: str = "") -> bool:
    """Count one ``actie`` and tell whether it stays within its rate; KeyError for an unknown action.

    ``sleutel`` is what a rate that ends in '/key' counts by, as an organisation or an address.
    """
    if actie not in settings.RATE_LIMITS:
        raise KeyError(actie)
    return bool(ratelimit.consume(request, action=f"portaal_{actie}", key=sleutel or "-"))
