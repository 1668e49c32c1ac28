"""Where one works, and for an organisation's keepers: who says to work there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from netwerk.actions.mensen.profiel import ProfielFout
from netwerk.actions.mensen.werk import beantwoord_werkplek, beeindig_werkplek, rol_over_te_dragen, voeg_werkplek_toe
from netwerk.forms.mensen import AntwoordForm, EindeForm, WerkplekForm, WerkplekZoekForm
from netwerk.models import Professional, Werkplek
from netwerk.views.toegang import ik, met_profiel
from organisaties.models import Organisatie
from organisaties.views.toegang import ik as mijn_account
from organisaties.views.toegang import te_beheren
from organisaties.zoeken import Zoekvraag, zoek

MEEST_GEVONDEN = 10


@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def werk(request: HttpRequest) -> HttpResponse:
    mens = ik(request)
    if request.method == "POST":
        try:
            _eindig(request, mens) if "plek" in request.POST else _voeg_toe(request, mens)
        except ProfielFout as fout:
            messages.error(request, str(fout))
        return redirect("netwerk:werk")
    woorden = WerkplekZoekForm(request.GET).cleaned_data["q"]
    werkplekken = list(mens.werkplekken.select_related("organisatie"))
    context = {
        "huidig": [plek for plek in werkplekken if plek.tot_datum is None],
        "vroeger": [plek for plek in werkplekken if plek.tot_datum is not None],
        "q": woorden,
        "gevonden": _zoek(woorden) if woorden else [],
    }
    return render(request, "netwerk/mensen/werk.html", context)


def _zoek(woorden: str) -> list[Organisatie]:
    volgorde = zoek(Zoekvraag(tekst=woorden, per_pagina=MEEST_GEVONDEN)).ids
    rijen = Organisatie.objects.zichtbaar().in_bulk(volgorde)
    return [rijen[pk] for pk in volgorde if pk in rijen]


def _voeg_toe(request: HttpRequest, mens: Professional) -> None:
    form = WerkplekForm(request.POST)
    organisatie = (
        Organisatie.objects.zichtbaar().filter(pk=form.cleaned_data["organisatie"]).first() if form.is_valid() else None
    )
    if organisatie is None:
        messages.error(request, "Kies een organisatie uit de lijst.")
        return
    plek = voeg_werkplek_toe(mens=mens, organisatie=organisatie, functie=form.cleaned_data["functie"])
    if plek.status == Werkplek.Status.BEVESTIGD:
        messages.success(request, f"Toegevoegd: {organisatie}.")
    else:
        messages.success(request, f"Toegevoegd. Wij vragen {organisatie} om het te bevestigen.")


def _eindig(request: HttpRequest, mens: Professional) -> None:
    form = EindeForm(request.POST)
    plek = None
    if form.is_valid():
        plek = mens.werkplekken.huidig().select_related("organisatie").filter(pk=form.cleaned_data["plek"]).first()
    elif "tot" in form.errors:
        raise ProfielFout("Vul een datum in, zoals 31-12-2026.")
    if plek is None:
        raise Http404
    rol = rol_over_te_dragen(mens, plek.organisatie)
    beeindig_werkplek(plek=plek, tot=form.cleaned_data["tot"])
    messages.success(request, f"U werkt niet meer bij {plek.organisatie}. Uw netwerken en contacten blijven.")
    if rol:
        adres = reverse("organisaties:beheerders", args=[plek.organisatie.slug])
        messages.warning(
            request,
            f"U houdt de vermelding van {plek.organisatie} nog bij. Draag dat over aan een collega, op de pagina "
            f"Beheerders van de organisatie ({adres}).",
        )


@require_http_methods(["GET", "HEAD", "POST"])
def medewerkers(request: HttpRequest, slug: str) -> HttpResponse:
    """For the beheerders of an organisation: confirm or decline who says to work there."""
    organisatie = te_beheren(request, slug)
    if request.method == "POST":
        form = AntwoordForm(request.POST)
        plekken = Werkplek.objects.huidig().filter(organisatie=organisatie)
        plek = plekken.filter(pk=form.cleaned_data["plek"]).first() if form.is_valid() else None
        if plek is None:
            raise Http404
        ja = form.cleaned_data["antwoord"] == "ja"
        try:
            beantwoord_werkplek(plek=plek, ja=ja, door=mijn_account(request))
        except ProfielFout as fout:
            messages.error(request, str(fout))
        else:
            messages.success(request, "Bevestigd." if ja else "Weggehaald. De naam staat niet meer bij uw organisatie.")
        return redirect("netwerk:medewerkers", organisatie.slug)
    alle = list(Werkplek.objects.huidig().filter(organisatie=organisatie).select_related("professional")[:500])
    context = {
        "organisatie": organisatie,
        "wachtend": [plek for plek in alle if plek.status == Werkplek.Status.GEVRAAGD],
        "bevestigd": [plek for plek in alle if plek.status == Werkplek.Status.BEVESTIGD],
    }
    return render(request, "netwerk/mensen/medewerkers.html", context)
