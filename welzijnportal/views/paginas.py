"""Pages with only text: who we are, privacy, accessibility, sources."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


def _pagina(naam: str) -> Callable[[HttpRequest], HttpResponse]:
    @login_not_required
    @require_safe
    def toon(request: HttpRequest) -> HttpResponse:
        return render(request, f"welzijnportal/{naam}.html")

    toon.__name__ = naam
    return toon


over = _pagina("over")
privacy = _pagina("privacy")
toegankelijkheid = _pagina("toegankelijkheid")
gegevens = _pagina("gegevens")
