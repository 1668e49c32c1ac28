"""Inviting by mail, by link and by QR; and the pages on which an invitation is accepted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from netwerk.actions.netwerken import uitnodigen as acties
from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.forms.netwerken import LinkForm, UitnodigenForm
from netwerk.views.netwerken.toegang import blik_van_beheerder
from netwerk.views.toegang import ik, kijker_van
from organisaties.weergave.qr import qr_svg
from welzijnportal.http import volledige_url

MEEST_GETOOND = 100
ONBEKEND = "Deze uitnodiging kennen wij niet. Kijk of de link helemaal is overgenomen."


@require_http_methods(["GET", "HEAD", "POST"])
def uitnodigen(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_van_beheerder(request, slug)
    form = UitnodigenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            uitnodiging = acties.nodig_uit(netwerk=blik.netwerk, door=ik(request), **form.cleaned_data)
        except NetwerkFout as fout:
            form.add_error("email", str(fout))
        else:
            messages.success(request, f"De uitnodiging is gemaild naar {uitnodiging.email}.")
            return redirect("netwerk:netwerk_uitnodigen", slug)
    context = {
        **blik.context,
        "form": form,
        "uitnodigingen": blik.netwerk.uitnodigingen.open().select_related("door")[:MEEST_GETOOND],
        "plek": "uitnodigen",
    }
    return render(request, "netwerk/netwerken/beheer/uitnodigen.html", context)


@require_POST
def uitnodiging_intrekken(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    blik = blik_van_beheerder(request, slug)
    if acties.trek_in(uitnodiging=get_object_or_404(blik.netwerk.uitnodigingen, pk=pk)):
        messages.success(request, "De uitnodiging is ingetrokken.")
    else:
        messages.info(request, "Deze uitnodiging was al gebruikt of ingetrokken.")
    return redirect("netwerk:netwerk_uitnodigen", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_van_beheerder(request, slug)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        gegevens = form.cleaned_data
        try:
            link = acties.maak_link(
                netwerk=blik.netwerk,
                naam=gegevens["naam"],
                door=ik(request),
                verloopt_op=gegevens["tot"],
                meest=gegevens["meest"],
            )
        except NetwerkFout as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("netwerk:netwerk_link", slug, link.pk)
    context = {**blik.context, "form": form, "links": list(blik.netwerk.links.open()), "plek": "links"}
    return render(request, "netwerk/netwerken/beheer/links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def link_tonen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    blik = blik_van_beheerder(request, slug)
    gevonden = get_object_or_404(blik.netwerk.links.open(), pk=pk)
    if request.method == "POST":
        acties.trek_link_in(link=gevonden)
        messages.success(request, "De link is ingetrokken. Ook de QR-code werkt niet meer.")
        return redirect("netwerk:netwerk_links", slug)
    adres = volledige_url(reverse("netwerk:netwerklink", args=[gevonden.token]))
    context = {
        **blik.context,
        "link": gevonden,
        "adres": adres,
        "qr": qr_svg(adres, f"QR-code om lid te worden van {blik.netwerk}"),
        "plek": "links",
    }
    return render(request, "netwerk/netwerken/beheer/link.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    gevonden = acties.uitnodiging_van(token)
    if gevonden is None:
        return render(request, "netwerk/netwerken/uitnodiging.html", {"fout": ONBEKEND}, status=404)
    context: dict[str, Any] = {"uitnodiging": gevonden, "netwerk": gevonden.netwerk, "met_nee": True}
    fout = acties.reden_van_weigering(gevonden)
    kijker = kijker_van(request)
    if kijker is not None and not fout:
        context["is_ander_adres"] = not acties.is_voor(gevonden, kijker)
    if request.method == "POST" and not fout:
        if request.POST.get("besluit") == "nee":
            acties.trek_in(uitnodiging=gevonden)
            return render(request, "netwerk/netwerken/uitnodiging.html", {"is_nee": True, "netwerk": gevonden.netwerk})
        if kijker is not None and not context["is_ander_adres"]:
            try:
                acties.aanvaard(uitnodiging=gevonden, door=kijker)
            except NetwerkFout as weigering:
                fout = str(weigering)
            else:
                return redirect(f"{gevonden.netwerk.get_absolute_url()}?welkom=1")
    context |= {"fout": fout, "volgende": urlencode({"next": request.path}), "kijker": kijker}
    return render(request, "netwerk/netwerken/uitnodiging.html", context, status=410 if fout else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_gebruiken(request: HttpRequest, token: str) -> HttpResponse:
    gevonden = acties.link_van(token)
    if gevonden is None:
        return render(request, "netwerk/netwerken/uitnodiging.html", {"fout": ONBEKEND}, status=404)
    fout = acties.reden_dat_link_niet_werkt(gevonden)
    kijker = kijker_van(request)
    if request.method == "POST" and kijker is not None and not fout:
        try:
            acties.gebruik_link(link=gevonden, door=kijker)
        except NetwerkFout as weigering:
            fout = str(weigering)
        else:
            return redirect(f"{gevonden.netwerk.get_absolute_url()}?welkom=1")
    context = {
        "netwerk": gevonden.netwerk,
        "fout": fout,
        "volgende": urlencode({"next": request.path}),
        "kijker": kijker,
    }
    return render(request, "netwerk/netwerken/uitnodiging.html", context, status=410 if fout else 200)
