"""Inviting somebody to become a contact, and the page on which that is accepted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from netwerk.actions.contacten import uitnodigen as acties
from netwerk.actions.contacten.basis import ContactFout
from netwerk.forms.contacten import UitnodigenForm
from netwerk.permissions import is_geblokkeerd
from netwerk.views.toegang import ik, kijker_van, met_profiel
from organisaties.weergave.qr import qr_svg
from welzijnportal.http import bewaarde_invoer, bewaart_invoer, volledige_url
from welzijnportal.ratelimit import mag

MEEST_GETOOND = 100
SJABLOON = "netwerk/contacten/uitnodiging.html"


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def contact_uitnodigen(request: HttpRequest) -> HttpResponse:
    zelf = ik(request)
    form = UitnodigenForm(request.POST if request.method == "POST" else bewaarde_invoer(request))
    if request.method == "POST" and form.is_valid():
        try:
            if not mag(request, "contact_uitnodigen", sleutel=str(zelf.pk)):
                raise ContactFout("U nodigde vandaag al veel mensen uit. Ga morgen verder, of deel uw link.")
            uitnodiging = acties.nodig_uit(door=zelf, **form.cleaned_data)
        except ContactFout as fout:
            form.add_error("email", str(fout))
        else:
            messages.success(request, f"De uitnodiging is gemaild naar {uitnodiging.email}.")
            return redirect("netwerk:contact_uitnodigen")
    link = zelf.contactuitnodigingen.geldig().links().first()
    adres = volledige_url(reverse("netwerk:contactuitnodiging", args=[link.token])) if link else ""
    context = {
        "form": form,
        "uitnodigingen": zelf.contactuitnodigingen.open().per_mail()[:MEEST_GETOOND],
        "link": link,
        "adres": adres,
        "qr": qr_svg(adres, "QR-code van uw persoonlijke link") if adres else "",
    }
    return render(request, "netwerk/contacten/uitnodigen.html", context)


@met_profiel
@require_POST
def contact_link(request: HttpRequest) -> HttpResponse:
    """Make one's personal link, make it anew, or let it stop."""
    zelf = ik(request)
    try:
        if request.POST.get("doe") == "stop":
            for link in zelf.contactuitnodigingen.open().links():
                acties.trek_in(uitnodiging=link)
            messages.success(request, "Uw link werkt niet meer. Ook de QR-code niet.")
        else:
            acties.persoonlijke_link(door=zelf, nieuw=request.POST.get("doe") == "nieuw")
    except ContactFout as fout:
        messages.info(request, str(fout))
    return redirect(f"{reverse('netwerk:contact_uitnodigen')}#link")


@met_profiel
@require_POST
def contactuitnodiging_intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    if acties.trek_in(uitnodiging=get_object_or_404(ik(request).contactuitnodigingen.per_mail(), pk=pk)):
        messages.success(request, "De uitnodiging is ingetrokken.")
    else:
        messages.info(request, "Deze uitnodiging was al gebruikt of ingetrokken.")
    return redirect("netwerk:contact_uitnodigen")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contactuitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    gevonden = acties.uitnodiging_van(token)
    if gevonden is None:
        fout = "Deze uitnodiging kennen wij niet. Kijk of de link helemaal is overgenomen."
        return render(request, SJABLOON, {"fout": fout}, status=404)
    kijker = kijker_van(request)
    fout = "" if gevonden.is_geldig and not is_geblokkeerd(gevonden.door, kijker) else acties.NIET_MEER
    context: dict[str, Any] = {"uitnodiging": gevonden, "kijker": kijker, "volgende": urlencode({"next": request.path})}
    context["is_eigen"] = kijker is not None and gevonden.door_id == kijker.pk
    if kijker is not None and not fout:
        context["is_ander_adres"] = not acties.is_voor(gevonden, kijker)
    if request.method == "POST" and not fout:
        # Who has a link for all may not end it for all.
        if request.POST.get("besluit") == "nee" and not gevonden.is_link:
            acties.trek_in(uitnodiging=gevonden)
            return render(request, SJABLOON, {"is_nee": True})
        if kijker is not None:
            try:
                acties.aanvaard(uitnodiging=gevonden, door=kijker)
            except ContactFout as weigering:
                fout = str(weigering)
            else:
                messages.success(request, f"U en {gevonden.door} zijn nu contacten.")
                return redirect("netwerk:contacten")
    return render(request, SJABLOON, {**context, "fout": fout}, status=410 if fout else 200)
