"""Error pages in plain Dutch; those for a broken server touch neither database nor context."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

UNAVAILABLE_RETRY_SECONDS = 30


def ongeldig(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("400.html", {"kaal": True}), status=400)


def verboden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def niet_gevonden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(render_to_string("403_csrf.html", {"kaal": True}), status=403)


def serverfout(request: HttpRequest) -> HttpResponse:
    # A session that cannot be loaded fails in a middleware, where no process_exception looks.
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return onbereikbaar(request)
    return HttpResponse(render_to_string("500.html", {"kaal": True}), status=500)


def onbereikbaar(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        render_to_string("503.html", {"kaal": True}),
        status=503,
        headers={"Retry-After": str(UNAVAILABLE_RETRY_SECONDS)},
    )
