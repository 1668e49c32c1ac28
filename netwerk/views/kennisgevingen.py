"""Word to the person who is logged in: the list, what comes by mail, and stopping it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netwerk.actions import kennisgevingen as acties
from netwerk.actions import mailkeuzes
from netwerk.forms.kennisgevingen import LeesForm, NetwerkvoorkeurenForm, VanafForm, VoorkeurenForm
from netwerk.keuzes import Lidstatus, Seintje
from netwerk.models import Kennisgeving
from netwerk.views.netwerken.toegang import blik_van_lid
from netwerk.views.toegang import kijker_van
from netwerk.weergave.netwerken import mijn_netwerken
from organisaties.views.toegang import ik

PER_PAGINA = 30


@require_safe
def kennisgevingen(request: HttpRequest) -> HttpResponse:
    rijen = Kennisgeving.objects.filter(ontvanger=ik(request)).select_related("netwerk")
    if voor := VanafForm(request.GET).cleaned_data["voor"]:
        moment, sleutel = voor.rsplit("-", 1)
        op = datetime.fromtimestamp(min(float(moment), 32503680000.0), UTC)
        rijen = rijen.filter(Q(aangemaakt_op__lt=op) | Q(aangemaakt_op=op, pk__lt=int(sleutel)))
    gevonden = list(rijen.order_by("-aangemaakt_op", "-pk")[: PER_PAGINA + 1])
    verder = ""
    if len(gevonden) > PER_PAGINA:
        laatste = gevonden[PER_PAGINA - 1]
        verder = f"{laatste.aangemaakt_op.timestamp():.6f}-{laatste.pk}"
    context = {
        "rijen": gevonden[:PER_PAGINA],
        "verder": verder,
        "heeft_ongelezen": any(rij.gelezen_op is None for rij in gevonden),
    }
    return render(request, "netwerk/kennisgevingen/lijst.html", context)


@require_POST
def kennisgevingen_lezen(request: HttpRequest) -> HttpResponse:
    """Note one word as read and go to what it is about, or note all as read."""
    form = LeesForm(request.POST)
    pk = form.cleaned_data["pk"] if form.is_valid() else -1
    if pk is None:
        acties.lees(gebruiker=ik(request))
        return redirect("netwerk:kennisgevingen")
    rij = Kennisgeving.objects.filter(ontvanger=ik(request), pk=pk).first()
    if rij is None:
        raise Http404
    acties.lees(gebruiker=ik(request), pks=[rij.pk])
    return redirect(rij.pad)


@require_http_methods(["GET", "HEAD", "POST"])
def mailvoorkeuren(request: HttpRequest) -> HttpResponse:
    gebruiker = ik(request)
    if request.method == "POST" and "alles_uit" in request.POST:
        acties.zet_alles_uit(gebruiker=gebruiker)
        messages.success(request, "U krijgt geen mail meer van vakgenoten. Op het portaal blijft alles te lezen.")
        return redirect("netwerk:mailvoorkeuren")
    nu = acties.voorkeuren_van(gebruiker)
    form = VoorkeurenForm(request.POST if request.method == "POST" else None, initial=nu)
    if request.method == "POST" and form.is_valid():
        for soort, wanneer in form.cleaned_data.items():
            if nu[soort] != wanneer:
                acties.zet_voorkeur(gebruiker=gebruiker, soort=soort, wanneer=wanneer)
        messages.success(request, "Bewaard.")
        return redirect("netwerk:mailvoorkeuren")
    kijker = kijker_van(request)
    context = {
        "form": form,
        "leden": [lid for lid in mijn_netwerken(kijker) if lid.status == Lidstatus.LID] if kijker else [],
        "met_eigen_keuze": mailkeuzes.met_eigen_keuze(gebruiker) if kijker else set(),
    }
    return render(request, "netwerk/kennisgevingen/voorkeuren.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mailvoorkeuren_netwerk(request: HttpRequest, slug: str) -> HttpResponse:
    blik, _ = blik_van_lid(request, slug)
    gebruiker, netwerk = ik(request), blik.netwerk
    algemeen = acties.voorkeuren_van(gebruiker)
    nu = mailkeuzes.keuzes_in(gebruiker, netwerk)
    form = NetwerkvoorkeurenForm(algemeen, request.POST if request.method == "POST" else None, initial=nu)
    if request.method == "POST" and form.is_valid():
        mailkeuzes.kies(gebruiker=gebruiker, netwerk=netwerk, keuzes=form.cleaned_data)
        messages.success(request, f"Bewaard voor {netwerk.naam}.")
        return redirect("netwerk:mailvoorkeuren")
    return render(request, "netwerk/kennisgevingen/voorkeuren_netwerk.html", {"form": form, "netwerk": netwerk})


# A mail program posts here without a page of ours; who has the signed token may stop the mail and nothing else.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def kennisgevingen_afmelden(request: HttpRequest, token: str) -> HttpResponse:
    gevonden = acties.lees_afmelding(token)
    if gevonden is None:
        return render(request, "netwerk/kennisgevingen/afmelden.html", {"is_onbekend": True}, status=404)
    gebruiker, soort = gevonden
    context: dict[str, Any] = {"soort": dict(Seintje.choices).get(soort, "")}
    if request.method == "POST":
        acties.meld_af(gebruiker=gebruiker, soort=soort)
        context["is_gedaan"] = True
    return render(request, "netwerk/kennisgevingen/afmelden.html", context)
