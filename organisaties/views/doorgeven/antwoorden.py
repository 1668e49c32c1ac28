from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisaties.views.toegang import te_wijzigen
from organisaties.weergave.antwoorden import antwoordtabel


@require_safe
def antwoorden(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = te_wijzigen(request, slug)
    context = {"organisatie": organisatie, "tabel": antwoordtabel(organisatie)}
    return render(request, "organisaties/doorgeven/antwoorden.html", context)
