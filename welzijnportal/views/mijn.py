"""The page of the person who is logged in."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from netwerk.views.toegang import kijker_van
from netwerk.weergave.netwerken import mijn_netwerken
from organisaties.models import Beheer


@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    rollen = Beheer.objects.filter(gebruiker=request.user.pk).select_related("organisatie")
    beheer = rollen.annotate(
        aantal_verbeteringen=Count("organisatie__correcties", filter=Q(organisatie__correcties__status="open"))
    ).order_by("organisatie__naam")
    kijker = kijker_van(request)
    context = {
        "beheer": beheer,
        "kijker": kijker,
        "netwerken": mijn_netwerken(kijker) if kijker else [],
    }
    return render(request, "welzijnportal/mijn.html", context)
