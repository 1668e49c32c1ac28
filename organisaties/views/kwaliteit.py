from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from organisaties.keuzes import Versheidsstap
from organisaties.kwaliteit import NOOIT_BEVESTIGD, PUNTEN, VERSHEID, VERSHEID_HOOGSTENS
from welzijnportal.http import publiek


@login_not_required
@require_safe
@conditional_page
def kwaliteit(request: HttpRequest) -> HttpResponse:
    context = {
        "punten": PUNTEN,
        "volledigheid": sum(punt.gewicht for punt in PUNTEN),
        "versheid": VERSHEID_HOOGSTENS,
        "verouderd": VERSHEID[Versheidsstap.VEROUDERD],
        "nooit": NOOIT_BEVESTIGD,
    }
    return publiek(request, render(request, "organisaties/kwaliteit.html", context))
