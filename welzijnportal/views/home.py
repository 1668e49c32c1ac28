"""The front page: search, themes, what is new, and the doors for those who work in welfare."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from organisaties.models import Organisatie, Thema
from welzijnportal.http import publiek

AANTAL_NIEUWE = 4


@login_not_required
@require_safe
@conditional_page
def home(request: HttpRequest) -> HttpResponse:
    nieuwe = Organisatie.objects.zichtbaar().nieuwste().only("naam", "slug", "kort").prefetch_related("themas")
    context = {"themas": Thema.objects.hoofdthemas(), "nieuwe": nieuwe[:AANTAL_NIEUWE]}
    return publiek(request, render(request, "welzijnportal/home.html", context))
