"""Rate limits of our own views, on the counters that allauth keeps in the shared cache.

The rates stand in settings, RATE_LIMITS, beside those of allauth.
"""

import time
from collections import Counter

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


# Per process and per minute: how often each address asked. It is emptied when the minute is over.
_deze_minuut: tuple[int, Counter[tuple[str, str]]] = (0, Counter())


def mag_hier(request: HttpRequest, actie: str) -> bool:
    """As ``mag`` for a rate '…/m/ip' of what costs nearly nothing, counted by this process alone.

    The shared counter takes nine queries, many times what a suggestion itself costs; with several processes
    somebody may ask as many times more.
    """
    global _deze_minuut
    hoogste, eenheid, *_ = settings.RATE_LIMITS[actie].split("/")
    if eenheid != "m":
        raise ValueError(f"{actie}: only a rate a minute can be counted here")
    minuut, geteld = int(time.time() // 60), _deze_minuut[1]
    if minuut != _deze_minuut[0]:
        geteld = Counter()
        _deze_minuut = (minuut, geteld)
    sleutel = (actie, adres_van(request))
    geteld[sleutel] += 1
    return geteld[sleutel] <= int(hoogste)


def vergeet() -> None:
    """Begin counting anew in this process."""
    _deze_minuut[1].clear()
