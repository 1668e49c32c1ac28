"""Joining, leaving, and what a member decides about their own place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from netwerk.actions.netwerken import leden as acties
from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.actions.netwerken.waken import wek
from netwerk.forms.netwerken import LidWordenForm, MijnPlekForm
from netwerk.keuzes import Lidstatus, Netwerkstatus, Toelating
from netwerk.models import Netwerk
from netwerk.permissions import mag_netwerk_zien
from netwerk.views.netwerken.toegang import blik_op, blik_van_lid
from netwerk.views.toegang import ik, met_profiel
from welzijnportal.http import bewaart_invoer
from welzijnportal.ratelimit import mag


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def lid_worden(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_op(request, slug)
    netwerk = blik.netwerk
    if blik.lid is not None:
        return redirect(netwerk)
    form = LidWordenForm(request.POST or None if request.method == "POST" else None, netwerk=netwerk)
    if request.method == "POST":
        # Of a form without questions nothing at all may be sent.
        form = LidWordenForm(request.POST, netwerk=netwerk)
        if form.is_valid():
            try:
                return _word_lid(request, netwerk, form)
            except NetwerkFout as fout:
                form.add_error(None, str(fout))
    return render(request, "netwerk/netwerken/lid_worden.html", {**blik.context, "form": form})


def _word_lid(request: HttpRequest, netwerk: Netwerk, form: LidWordenForm) -> HttpResponse:
    if not mag(request, "netwerk_lid_worden", sleutel=str(ik(request).pk)):
        raise NetwerkFout("U vroeg vandaag al vaak om lid te worden. Probeer het morgen opnieuw.")
    lid = acties.word_lid(
        netwerk=netwerk, door=ik(request), antwoorden=form.antwoorden, deelt_mail=form.cleaned_data["deelt_mail"]
    )
    if lid.status == Lidstatus.LID:
        return redirect(f"{netwerk.get_absolute_url()}?welkom=1")
    messages.success(request, "Gevraagd. U krijgt bericht als een beheerder heeft geantwoord.")
    return redirect(netwerk)


@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def verlaten(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_op(request, slug)
    netwerk = blik.netwerk
    if request.method != "POST":
        return redirect(netwerk)
    try:
        if blik.plaats is not None and blik.plaats.status == Lidstatus.AANGEVRAAGD:
            acties.trek_aanvraag_in(netwerk=netwerk, door=ik(request))
            messages.success(request, "Uw aanvraag is ingetrokken.")
            return redirect(netwerk)
        was_lid = acties.verlaat(netwerk=netwerk, door=ik(request))
    except NetwerkFout as fout:
        messages.error(request, str(fout))
        return redirect("netwerk:netwerk_beheer_leden", slug)
    if not was_lid:
        messages.info(request, f"U was geen lid van {netwerk}.")
    else:
        terug = {
            Toelating.OPEN: " U kunt altijd weer lid worden.",
            Toelating.AANVRAAG: " Wilt u terug? Dan vraagt u het opnieuw.",
            Toelating.UITNODIGING: " Wilt u terug? Dan hebt u een uitnodiging nodig.",
        }[Toelating(netwerk.toelating)]
        messages.success(request, f"U bent geen lid meer van {netwerk}. Wat u schreef, blijft staan.{terug}")
    if mag_netwerk_zien(blik.kijker, netwerk, None):
        return redirect(netwerk)
    return redirect("netwerk:netwerken")


@met_profiel
@require_POST
def mijn_plek(request: HttpRequest, slug: str) -> HttpResponse:
    blik, lid = blik_van_lid(request, slug)
    form = MijnPlekForm(request.POST)
    if form.is_valid():
        ja = form.cleaned_data["deelt_mail"]
        acties.deel_mail(lid=lid, ja=ja)
        messages.success(
            request,
            "De beheerders kunnen uw e-mailadres zien." if ja else "De beheerders zien uw e-mailadres niet meer.",
        )
    return redirect(f"{blik.netwerk.get_absolute_url()}#mijn-plek")


@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def blijven(request: HttpRequest, slug: str) -> HttpResponse:
    blik, lid = blik_van_lid(request, slug)
    if request.method == "POST":
        acties.gezien(lid)
        messages.success(request, f"Fijn dat u lid blijft van {blik.netwerk}.")
        return redirect(blik.netwerk)
    return render(request, "netwerk/netwerken/blijven.html", blik.context)


@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def wekken(request: HttpRequest, slug: str) -> HttpResponse:
    blik, _ = blik_van_lid(request, slug)
    if request.method == "POST":
        sliep = blik.netwerk.status == Netwerkstatus.SLAPEND
        try:
            wek(netwerk=blik.netwerk, door=ik(request))
        except NetwerkFout as fout:
            messages.error(request, str(fout))
            return redirect("netwerk:netwerken")
        wat = "is weer wakker" if sliep else "gaat door"
        messages.success(request, f"{blik.netwerk} {wat}. Begin een gesprek, dan weten de leden het ook.")
        return redirect(reverse("netwerk:netwerk", args=[slug]))
    return render(request, "netwerk/netwerken/wekken.html", blik.context)
