from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from organisaties.models import Organisatie, Thema
from organisaties.views.detail import publiek
from organisaties.weergave import kaarten

AANTAL_NIEUWE = 8


@login_not_required
@require_safe
@conditional_page
def themas(request: HttpRequest) -> HttpResponse:
    alle = list(Thema.objects.all())
    hoofdthemas = [thema for thema in alle if thema.ouder_id is None]
    boom = [(hoofd, [thema for thema in alle if thema.ouder_id == hoofd.pk]) for hoofd in hoofdthemas]
    return publiek(request, render(request, "organisaties/themas.html", {"boom": boom}))


@login_not_required
@require_safe
@conditional_page
def thema(request: HttpRequest, slug: str) -> HttpResponse:
    thema = Thema.objects.select_related("ouder").filter(slug=slug).first()
    if thema is None:
        raise Http404
    nieuwste = Organisatie.objects.zichtbaar().met_thema(thema).nieuwste()
    context = {
        "thema": thema,
        "verborgen": [("thema", thema.slug)],
        "onderthemas": list(thema.onderthemas.all()),
        "resultaten": kaarten(list(nieuwste.values_list("pk", flat=True)[:AANTAL_NIEUWE]), timezone.now()),
    }
    return publiek(request, render(request, "organisaties/thema.html", context))
