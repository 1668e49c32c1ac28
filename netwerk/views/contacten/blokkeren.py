"""Blocking somebody, and whom one blocked."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from netwerk.actions.contacten import blokkeren as acties
from netwerk.models import Blokkade, Professional
from netwerk.views.toegang import ik, met_profiel

MEEST_GETOOND = 500


def elk_mens(request: HttpRequest, code: str) -> Professional:
    """Fetch anybody but oneself by code alone: who is blocked by somebody must still be able to block and report."""
    mens = Professional.objects.exclude(pk=ik(request).pk).filter(code=code).first()
    if mens is None:
        raise Http404
    return mens


@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def blokkeren(request: HttpRequest, code: str) -> HttpResponse:
    mens = elk_mens(request, code)
    if request.method == "POST":
        if request.POST.get("doe") == "niet":
            acties.deblokkeer(door=ik(request), wie=mens)
            messages.success(request, f"{mens} is niet meer geblokkeerd.")
        else:
            acties.blokkeer(door=ik(request), wie=mens)
            messages.success(request, f"{mens} is geblokkeerd en krijgt daar geen bericht van.")
        return redirect("netwerk:geblokkeerd")
    al = Blokkade.objects.filter(door=ik(request), geblokkeerd=mens).exists()
    return render(request, "netwerk/contacten/blokkeren.html", {"mens": mens, "is_geblokkeerd": al})


@met_profiel
@require_safe
def geblokkeerd(request: HttpRequest) -> HttpResponse:
    rijen = Blokkade.objects.filter(door=ik(request)).select_related("geblokkeerd")[:MEEST_GETOOND]
    return render(request, "netwerk/contacten/geblokkeerd.html", {"rijen": rijen})
