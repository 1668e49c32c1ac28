"""The front page: search, themes, what is new, and the doors for those who work in welfare."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisaties.models import Organisatie, Thema

AANTAL_NIEUWE = 4


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "welzijnportal/home.html",
        {
            "themas": Thema.objects.hoofdthemas(),
            "nieuwe": Organisatie.objects.zichtbaar()
            .nieuwste()
            .only("naam", "slug", "kort")
            .prefetch_related("themas")[:AANTAL_NIEUWE],
        },
    )
