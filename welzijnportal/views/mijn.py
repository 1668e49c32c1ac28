"""The page of the person who is logged in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisaties.models import Beheer


@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    beheer = Beheer.objects.filter(gebruiker_id=request.user.pk).select_related("organisatie").order_by("organisatie__naam")
    return render(request, "welzijnportal/mijn.html", {"beheer": beheer})
