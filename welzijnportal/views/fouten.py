"""Error pages in plain Dutch; those for a broken server touch neither database nor context.

Below /api/ the same trouble is told as a problem (RFC 9457), for there a program reads it.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from organisaties.api.antwoord import probleem

UNAVAILABLE_RETRY_SECONDS = 30


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def ongeldig(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_api(request):
        return probleem(400, "ongeldig", "Ongeldige vraag", "Deze vraag is niet te lezen. Kijk het adres nog eens na.")
    return HttpResponse(render_to_string("400.html", {"kaal": True}), status=400)


def verboden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def niet_gevonden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_api(request):
        return probleem(404, "niet-gevonden", "Niet gevonden", "Dit adres bestaat niet in de API.")
    return render(request, "404.html", status=404)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(render_to_string("403_csrf.html", {"kaal": True}), status=403)


def serverfout(request: HttpRequest) -> HttpResponse:
    # A session that cannot be loaded fails in a middleware, where no process_exception looks.
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return onbereikbaar(request)
    if _is_api(request):
        return probleem(500, "server", "Er ging iets mis", "Er ging bij ons iets mis. Probeer het later opnieuw.")
    return HttpResponse(render_to_string("500.html", {"kaal": True}), status=500)


def onbereikbaar(request: HttpRequest) -> HttpResponse:
    if _is_api(request):
        antwoord = probleem(
            503, "server", "Even niet bereikbaar", "Wij zijn even niet bereikbaar. Probeer het zo weer."
        )
    else:
        antwoord = HttpResponse(render_to_string("503.html", {"kaal": True}), status=503)
    antwoord["Retry-After"] = str(UNAVAILABLE_RETRY_SECONDS)
    return antwoord
