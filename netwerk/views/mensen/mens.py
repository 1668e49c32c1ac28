"""The page of a person, the photo and the card."""

from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from netwerk.actions.mensen.kaart import GELDIG_SECONDEN, KaartOngeldig, code_van_kaart, token_van_kaart
from netwerk.exports.mensvcard import als_vcard
from netwerk.keuzes import Voor
from netwerk.models import Professional
from netwerk.permissions import mag_post_sturen, ziet_veld
from netwerk.views.toegang import ik, kijker_van, met_profiel
from netwerk.weergave.contacten import band_met
from netwerk.weergave.mensen import Mens, als_mens, is_te_zien, met_onderdelen, niveau_van
from organisaties.weergave.qr import qr_svg
from welzijnportal.http import publiek, volledige_url


def te_zien_mens(request: HttpRequest, code: str) -> tuple[Any, Mens]:
    """Fetch a person whose page this viewer may see, in one query; 404 for all others."""
    kijker = kijker_van(request)
    rij = met_onderdelen(Professional.objects.filter(code=code), kijker).first()
    if rij is None or not is_te_zien(rij, kijker):
        raise Http404
    return rij, als_mens(rij, niveau_van(rij, kijker))


@login_not_required
@require_safe
@conditional_page
def mens(request: HttpRequest, code: str) -> HttpResponse:
    rij, gezien = te_zien_mens(request, code)
    kijker = kijker_van(request)
    context = {
        "mens": gezien,
        "kijker": kijker,
        "is_zelf": kijker is not None and kijker.pk == rij.pk,
        "is_contact": rij.is_contact,
        "band": band_met(kijker, rij) if kijker is not None and kijker.pk != rij.pk else None,
        "mag_post": mag_post_sturen(kijker, rij, is_contact=rij.is_contact),
        "is_openbaar": rij.vindbaar_voor == Voor.IEDEREEN,
    }
    return publiek(request, render(request, "netwerk/mensen/mens.html", context))


@login_not_required
@require_safe
def foto(request: HttpRequest, code: str) -> HttpResponseBase:
    """Serve a photo to who may see it: written anew by us, and still as harmless as can be.

    The page it stands on may be of a network, whose members see each other's name; the photo asks for itself.
    """
    kijker = kijker_van(request)
    rij: Any = met_onderdelen(Professional.objects.filter(code=code), kijker).first()
    if rij is None or not rij.foto or rij.is_geblokkeerd or not rij.gebruiker.is_active:
        raise Http404
    if not ziet_veld(niveau_van(rij, kijker), rij, "foto"):
        raise Http404
    try:
        bestand = rij.foto.open("rb")
    except OSError as fout:
        raise Http404 from fout
    soort = "image/png" if Path(rij.foto.name).suffix == ".png" else "image/jpeg"
    antwoord = FileResponse(bestand, content_type=soort)
    antwoord.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    antwoord.headers["X-Content-Type-Options"] = "nosniff"
    is_openbaar = rij.foto_voor == Voor.IEDEREEN and not request.user.is_authenticated
    antwoord.headers["Cache-Control"] = "public, max-age=600" if is_openbaar else "private, no-store"
    return antwoord


@login_not_required
@require_safe
def vcard(request: HttpRequest, code: str, versie: str) -> HttpResponse:
    """The card of a person as a file for a phone, with the fields that this viewer may see."""
    rij, gezien = te_zien_mens(request, code)
    antwoord = HttpResponse(als_vcard(gezien, rij, versie), content_type="text/vcard; charset=utf-8")
    antwoord.headers["Content-Disposition"] = 'attachment; filename="visitekaartje.vcf"'
    antwoord.headers["Cache-Control"] = "private, no-store"
    return antwoord


@met_profiel
@require_safe
def kaart(request: HttpRequest) -> HttpResponse:
    """One's own card, to hold up: the code holds a token that soon ends, and nothing of the person."""
    zelf = ik(request)
    token = token_van_kaart(zelf)
    adres = volledige_url(reverse("netwerk:kaart_openen", args=[token]))
    rij = met_onderdelen(Professional.objects.filter(pk=zelf.pk), zelf).get()
    context = {
        "qr": qr_svg(adres, "QR-code van uw visitekaartje"),
        "mens": als_mens(rij, Voor.CONTACTEN),
        "minuten": GELDIG_SECONDEN // 60,
    }
    return render(request, "netwerk/mensen/kaart.html", context)


@met_profiel
@require_safe
def kaart_openen(request: HttpRequest, token: str) -> HttpResponse:
    """Who scanned a card: to the person's page, or to a name and the question for contact where the page is closed."""
    try:
        code = code_van_kaart(token)
    except KaartOngeldig:
        return render(request, "netwerk/mensen/kaart_verlopen.html", status=404)
    kijker = ik(request)
    rij: Any = met_onderdelen(Professional.objects.filter(code=code), kijker).first()
    if rij is None or rij.is_geblokkeerd or not rij.gebruiker.is_active:
        raise Http404
    if is_te_zien(rij, kijker):
        return redirect("netwerk:mens", code)
    return render(request, "netwerk/mensen/kaart_naam.html", {"naam": rij.naam, "code": code, "token": token})
