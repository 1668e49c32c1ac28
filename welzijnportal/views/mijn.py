"""The page of the person who is logged in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisaties.models import Beheer


@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    rollen = Beheer.objects.filter(gebruiker=request.user.pk).select_related("organisatie")
    beheer = rollen.order_by("organisatie__naam")
    return render(request, "welzijnportal/mijn.html", {"beheer": beheer})
