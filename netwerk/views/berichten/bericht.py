from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe
from django.views.static import serve

from netwerk.actions.berichten import BerichtFout, plaats, trek_in
from netwerk.actions.waarderen import geef_door, geef_niet_meer_door, waardeer, waardeer_niet_meer
from netwerk.forms.berichten import AntwoordForm, BerichtForm, LijnForm, NamensForm
from netwerk.models import Bericht, Professional
from netwerk.models.bericht import Berichtzicht
from netwerk.views.berichten.basis import TE_VAAK, met_keuze, organisaties_van, te_lezen_bericht
from netwerk.views.toegang import ik, kijker_van, met_profiel
from netwerk.weergave.berichten import antwoorden_op, regel_van
from organisaties.models import Organisatie
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import bewaarde_invoer, bewaart_invoer, publiek, zelfde_oorsprong
from welzijnportal.ratelimit import mag


def _gebruiker(request: HttpRequest) -> Gebruiker:
    gebruiker: Any = request.user
    return gebruiker  # type: ignore[no-any-return]


def _antwoordform(
    request: HttpRequest,
    bericht: Bericht,
    kijker: Professional | None,
    organisaties: list[Organisatie],
    data: Any = None,
) -> AntwoordForm | None:
    if bericht.zicht < Berichtzicht.PORTAAL:
        organisaties = []
    if kijker is None and not organisaties:
        return None
    return AntwoordForm(data, schrijver=kijker, organisaties=organisaties)


def _context(request: HttpRequest, bericht: Bericht, kijker: Professional | None) -> dict[str, Any]:
    antwoorden, verder = antwoorden_op(bericht, kijker, na=LijnForm(request.GET).cleaned_data["na"])
    regel = regel_van(bericht, kijker)
    return {"bericht": bericht, "kijker": kijker, "regel": regel, "antwoorden": antwoorden, "verder": verder}


@login_not_required
@require_safe
@conditional_page
def bericht(request: HttpRequest, code: str) -> HttpResponse:
    bericht, kijker = te_lezen_bericht(request, code), kijker_van(request)
    context = _context(request, bericht, kijker)
    organisaties = organisaties_van(request)
    context["mag_intrekken"] = context["regel"].is_eigen or bericht.organisatie in organisaties
    context["form"] = _antwoordform(request, bericht, kijker, organisaties)
    return publiek(request, render(request, "netwerk/berichten/bericht.html", context))


@bewaart_invoer
@require_http_methods(["GET", "HEAD", "POST"])
@zelfde_oorsprong
def antwoorden(request: HttpRequest, code: str) -> HttpResponse:
    bericht, kijker = te_lezen_bericht(request, code), kijker_van(request)
    data = request.POST if request.method == "POST" else bewaarde_invoer(request)
    form = _antwoordform(request, bericht, kijker, organisaties_van(request), data)
    if form is None:
        return redirect("netwerk:profiel_maken")
    status = 200
    if request.method == "POST" and form.is_valid():
        if not mag(request, "bericht", sleutel=str(request.user.pk)):
            form.add_error(None, TE_VAAK)
            status = 429
        elif (antwoord := _plaats(request, form, kijker, zicht=bericht.zicht, antwoord_op=bericht)) is not None:
            messages.success(request, "Uw antwoord is geplaatst.")
            return redirect(f"{bericht.get_absolute_url()}#b-{antwoord.code}")
    context = {"form": form, **_context(request, bericht, kijker)}
    return render(request, "netwerk/berichten/antwoorden.html", context, status=status)


def _plaats(request: HttpRequest, form: AntwoordForm, kijker: Professional | None, **velden: Any) -> Bericht | None:
    organisatie = form.organisatie
    try:
        return plaats(
            tekst=form.cleaned_data["tekst"],
            door=_gebruiker(request),
            auteur=None if organisatie else kijker,
            organisatie=organisatie,
            **velden,
        )
    except BerichtFout as fout:
        form.add_error(None, str(fout))
        return None


@bewaart_invoer
@require_http_methods(["GET", "HEAD", "POST"])
@zelfde_oorsprong
def schrijven(request: HttpRequest) -> HttpResponse:
    kijker, organisaties = kijker_van(request), organisaties_van(request)
    if kijker is None and not organisaties:
        return redirect(f"{reverse('netwerk:profiel_maken')}?next={request.path}")
    data = request.POST if request.method == "POST" else bewaarde_invoer(request)
    namens = NamensForm(request.GET).cleaned_data["organisatie"]
    begin = {"als": namens} if any(organisatie.slug == namens for organisatie in organisaties) else {}
    form = BerichtForm(data, request.FILES or None, schrijver=kijker, organisaties=organisaties, initial=begin)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not mag(request, "bericht", sleutel=str(request.user.pk)):
            form.add_error(None, TE_VAAK)
            status = 429
        else:
            velden = {naam: form.cleaned_data[naam] for naam in ("zicht", "beeld", "beeld_alt")}
            if (nieuw := _plaats(request, form, kijker, **velden)) is not None:
                messages.success(request, "Uw bericht is geplaatst.")
                return redirect(nieuw)
    return render(request, "netwerk/berichten/schrijven.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@zelfde_oorsprong
def intrekken(request: HttpRequest, code: str) -> HttpResponse:
    bericht, kijker = te_lezen_bericht(request, code), kijker_van(request)
    is_eigen = kijker is not None and bericht.auteur_id == kijker.pk
    if not is_eigen and bericht.organisatie not in organisaties_van(request):
        raise Http404
    if request.method == "POST":
        trek_in(bericht=bericht)
        messages.success(request, "Uw bericht is ingetrokken. Niemand ziet het meer.")
        return redirect("netwerk:berichten" if kijker else "mijn")
    context = {"bericht": bericht, "regel": regel_van(bericht, kijker)}
    return render(request, "netwerk/berichten/intrekken.html", context)


@require_POST
@zelfde_oorsprong
@met_profiel
@met_keuze("bericht_knop", bij_bericht=True)
def waarderen(request: HttpRequest, wel: bool, code: str) -> str:
    _met_bericht(request, code, waardeer if wel else waardeer_niet_meer)
    return ""


@require_POST
@zelfde_oorsprong
@met_profiel
@met_keuze("bericht_knop", bij_bericht=True)
def doorgeven(request: HttpRequest, wel: bool, code: str) -> str:
    if not _met_bericht(request, code, geef_door if wel else geef_niet_meer_door):
        return ""
    return "De mensen die u volgen, zien dit bericht nu ook." if wel else "U geeft dit bericht niet meer door."


def _met_bericht(request: HttpRequest, code: str, doe: Any) -> bool:
    try:
        doe(bericht=te_lezen_bericht(request, code), door=ik(request))
    except BerichtFout as fout:
        messages.error(request, str(fout))
        return False
    return True


@login_not_required
@require_safe
def berichtbeeld(request: HttpRequest, code: str) -> HttpResponseBase:
    """The picture of a message, for who may read the message."""
    bericht = te_lezen_bericht(request, code)
    if not bericht.beeld:
        raise Http404
    antwoord = serve(request, str(bericht.beeld), document_root=str(Path(settings.MEDIA_ROOT)))
    if isinstance(antwoord, FileResponse):
        antwoord.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        if not request.user.is_authenticated:
            # Short, for a message can be withdrawn.
            antwoord.headers["Cache-Control"] = "public, max-age=600"
    return antwoord
