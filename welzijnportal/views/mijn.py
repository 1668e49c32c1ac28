"""The page of the person who is logged in."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisaties.models import Beheer


@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    rollen = Beheer.objects.filter(gebruiker=request.user.pk).select_related("organisatie")
    beheer = rollen.annotate(
        aantal_verbeteringen=Count("organisatie__correcties", filter=Q(organisatie__correcties__status="open"))
    ).order_by("organisatie__naam")
    return render(request, "welzijnportal/mijn.html", {"beheer": beheer})
