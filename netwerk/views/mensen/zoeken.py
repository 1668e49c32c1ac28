"""Finding people, and whom one may want to know."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import conditional_page, require_POST, require_safe

from netwerk.actions.mensen.suggesties import haal_weg
from netwerk.forms.mensen import AFSTANDEN, ZoekForm
from netwerk.models import Professional
from netwerk.views.toegang import ik, kijker_van, met_profiel
from netwerk.weergave.mensen import mensen_op_volgorde
from netwerk.weergave.mensenzoeker import MEEST, PER_PAGINA, Mensenvraag, past_bij, zoek_mensen
from organisaties.models import Organisatie
from welzijnportal.geo.zoeken import vind_plek
from welzijnportal.http import publiek


@login_not_required
@require_safe
@conditional_page
def mensen(request: HttpRequest) -> HttpResponse:
    kijker = kijker_van(request)
    form = ZoekForm(request.GET)
    keuzes = form.cleaned_data
    plek = vind_plek(keuzes["plaats"]) if keuzes["plaats"] else None
    organisatie = (
        Organisatie.objects.zichtbaar().filter(slug=keuzes["organisatie"]).only("pk", "naam").first()
        if keuzes["organisatie"]
        else None
    )
    vraag = Mensenvraag(
        tekst=keuzes["q"],
        expertise=keuzes["expertise"],
        aanbod=keuzes["aanbod"],
        organisatie=organisatie.pk if organisatie else None,
        punt=plek.punt if plek else None,
        km=float(keuzes["afstand"]),
        pagina=keuzes["pagina"],
    )
    gevonden = zoek_mensen(vraag, kijker)
    past = past_bij(kijker) if kijker and vraag.is_leeg and vraag.pagina == 1 else []
    alle = mensen_op_volgorde([*gevonden.sleutels, *(een.sleutel for een in past)], kijker)
    per_sleutel = {mens.professional.pk: mens for mens in alle}
    context = {
        "keuzes": keuzes,
        "kijker": kijker,
        "mensen": [per_sleutel[pk] for pk in gevonden.sleutels if pk in per_sleutel],
        "past": [(per_sleutel[een.sleutel], een.reden) for een in past if een.sleutel in per_sleutel],
        "aantal": gevonden.aantal,
        "is_afgekapt": gevonden.is_afgekapt,
        "meest": MEEST,
        "pagina": vraag.pagina,
        "laatste": gevonden.laatste_pagina,
        "is_leeg": vraag.is_leeg,
        "organisatie": organisatie,
        "plek": plek,
        "onbekende_plaats": bool(keuzes["plaats"]) and plek is None,
        "afstanden": AFSTANDEN,
        "per_pagina": PER_PAGINA,
    }
    return publiek(request, render(request, "netwerk/mensen/zoeken.html", context))


@met_profiel
@require_POST
def niet_passend(request: HttpRequest, code: str) -> HttpResponse:
    """Do not suggest this person again."""
    ander = Professional.objects.vindbaar(ik(request)).filter(code=code).first()
    if ander is None:
        raise Http404
    haal_weg(mens=ik(request), ander=ander)
    messages.success(request, f"{ander} stellen wij niet meer voor.")
    return redirect("netwerk:mensen")
