"""The page of one network, and its picture."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from netwerk.actions.netwerken.leden import gezien
from netwerk.keuzes import Netwerkstatus, Rol, Zicht
from netwerk.models import Gesprek
from netwerk.views.netwerken.toegang import blik_op
from netwerk.weergave.netwerken import steunende_organisaties, zichtbare_leden
from welzijnportal.http import publiek

MEEST_GESPREKKEN = 10
MEEST_BEHEERDERS = 8
# The list of the conversations' own app; a plain one where that is not there.
GESPREKSLIJST = ["netwerk/gesprekken/_lijst.html", "netwerk/netwerken/_gesprekken.html"]


@login_not_required
@require_safe
@conditional_page
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_op(request, slug)
    netwerk = blik.netwerk
    if blik.lid is not None:
        gezien(blik.lid)
    gesprekken = Gesprek.objects.zichtbaar_voor(blik.kijker).filter(netwerk=netwerk).select_related("auteur", "netwerk")
    beheerders = zichtbare_leden(netwerk, blik.kijker, blik.lid).filter(rol=Rol.BEHEERDER)
    context = {
        **blik.context,
        "beheerders": list(beheerders.select_related("professional").order_by("sinds_op", "pk")[:MEEST_BEHEERDERS]),
        "gesprekken": list(gesprekken.order_by("-is_vastgezet", "-laatste_op", "-pk")[:MEEST_GESPREKKEN]),
        "gesprekslijst": GESPREKSLIJST,
        "steun": steunende_organisaties(netwerk),
        "toon_welkom": blik.lid is not None and request.GET.get("welkom") == "1",
        "slaapt": netwerk.status == Netwerkstatus.SLAPEND,
        "is_publiek": netwerk.zicht_pagina == Zicht.PUBLIEK,
        "ziet_alle_gesprekken": blik.lid is not None,
    }
    return publiek(request, render(request, "netwerk/netwerken/detail.html", context))


@login_not_required
@require_safe
def beeld(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Serve the picture to who may see the page: written anew by us, and still as harmless as can be."""
    netwerk = blik_op(request, slug).netwerk
    if not netwerk.beeld:
        raise Http404
    try:
        bestand = netwerk.beeld.open("rb")
    except OSError as fout:
        raise Http404 from fout
    soort = "image/png" if Path(netwerk.beeld.name or "").suffix == ".png" else "image/jpeg"
    antwoord = FileResponse(bestand, content_type=soort)
    antwoord.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    antwoord.headers["X-Content-Type-Options"] = "nosniff"
    is_publiek = netwerk.zicht_pagina == Zicht.PUBLIEK and not request.user.is_authenticated
    antwoord.headers["Cache-Control"] = "public, max-age=3600" if is_publiek else "private, no-store"
    return antwoord
