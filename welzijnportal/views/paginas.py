"""Pages with only text: who we are, privacy, accessibility, sources."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from welzijnportal.http import publiek


def _pagina(naam: str) -> Callable[[HttpRequest], HttpResponse]:
    @login_not_required
    @require_safe
    @conditional_page
    def toon(request: HttpRequest) -> HttpResponse:
        return publiek(request, render(request, f"welzijnportal/{naam}.html"))

    toon.__name__ = naam
    return toon


over = _pagina("over")
privacy = _pagina("privacy")
toegankelijkheid = _pagina("toegankelijkheid")
gegevens = _pagina("gegevens")
