"""Rate limits of our own views, on the counters that allauth keeps in the shared cache.

The rates stand in settings, RATE_LIMITS, beside those of allauth.
"""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest


def mag(request: HttpRequest, actie: str, *, sleutel: str = "") -> bool:
    """Count one ``actie`` and tell whether it stays within its rate; KeyError for an unknown action.

    ``sleutel`` is what a rate that ends in '/key' counts by, as an organisation or an address.
    """
    if actie not in settings.RATE_LIMITS:
        raise KeyError(actie)
    # allauth's public function lets every GET pass uncounted, and suggestions are a GET.
    gebruik = ratelimit.consume(
        request, app="portaal", action=actie, config=settings.RATE_LIMITS, key=sleutel or "-", limit_get=True
    )
    return gebruik is not None


def adres_van(request: HttpRequest) -> str:
    """Return the visitor's address as the rates count by: behind our own proxy, and of IPv6 the network alone."""
    return str(ratelimit.get_ip(request))
