from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisaties.actions.doorgeven import (
    STANDAARDNAAM,
    DoorgeefFout,
    maak_lijst,
    regels_van,
    verwijder_lijst,
)
from organisaties.forms.doorgeven import LijstenForm, NieuweLijstForm
from organisaties.models import Doorgeeflijst
from organisaties.views.doorgeven.houder import LIJST, SLEUTELS, bewaar_los, losse_lijst, onthoud, wijzig
from organisaties.views.toegang import ik
from welzijnportal.http import zelfde_oorsprong


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@zelfde_oorsprong
def doorgeven_lijsten(request: HttpRequest) -> HttpResponse:
    """The lists of an account: choose, make and delete one, or take over what was gathered before logging in."""
    nieuw = NieuweLijstForm()
    if request.method == "POST":
        form = LijstenForm(request.POST)
        doe = form.cleaned_data["doe"] if form.is_valid() else ""
        if doe == "maak":
            nieuw = NieuweLijstForm(request.POST)
            if nieuw.is_valid():
                return _maak(request, nieuw.cleaned_data["nieuw"])
        elif doe == "overnemen":
            return _neem_over(request)
        else:
            lijst = ik(request).doorgeeflijsten.filter(pk=form.cleaned_data.get("lijst") or 0).first()
            if lijst is None:
                raise Http404
            return _verwijder(request, lijst) if doe == "verwijder" else _kies(request, lijst)
    lijsten = ik(request).doorgeeflijsten.met_aantal()
    return render(request, "organisaties/doorgeven/lijsten.html", {"lijsten": lijsten, "nieuw": nieuw})


def _kies(request: HttpRequest, lijst: Doorgeeflijst) -> HttpResponse:
    onthoud(request, lijst, regels_van(lijst))
    return redirect("organisaties:doorgeven")


def _maak(request: HttpRequest, naam: str) -> HttpResponse:
    try:
        lijst = maak_lijst(eigenaar=ik(request), naam=naam)
    except DoorgeefFout as fout:
        messages.warning(request, str(fout))
        return redirect("organisaties:doorgeven_lijsten")
    onthoud(request, lijst, [])
    messages.success(request, f"De lijst ‘{lijst}’ is gemaakt. Wat u nu bewaart, komt in deze lijst.")
    return redirect("organisaties:doorgeven")


def _neem_over(request: HttpRequest) -> HttpResponse:
    naam, los = losse_lijst(request)
    try:
        if los and not ik(request).doorgeeflijsten.exists():
            lijst = maak_lijst(eigenaar=ik(request), naam=naam or STANDAARDNAAM, regels=los)
            bewaar_los(request, "", [])
            onthoud(request, lijst, los)
        elif los:
            wijzig(request, lambda oud: oud)
    except DoorgeefFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(request, "Wat u eerder bewaarde, staat nu in uw lijst.")
    return redirect("organisaties:doorgeven")


def _verwijder(request: HttpRequest, lijst: Doorgeeflijst) -> HttpResponse:
    verwijder_lijst(lijst=lijst)
    if request.session.get(LIJST) in (lijst.pk, None):
        request.session.pop(LIJST, None)
        request.session.pop(SLEUTELS, None)
    messages.success(request, f"De lijst ‘{lijst}’ is verwijderd.")
    return redirect("organisaties:doorgeven_lijsten")
