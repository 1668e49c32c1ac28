"""The partners of an organisation and what it is a part of, for its beheerders; and the network of all, for everyone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from organisaties.actions import partners as acties
from organisaties.forms.partners import NetwerkForm, PartnerForm, ZoekForm
from organisaties.models import Organisatie, Verbinding
from organisaties.views.toegang import ik, te_beheren
from organisaties.weergave.aanbodkaart import gemeenteplekken
from organisaties.weergave.netwerk import groepen
from organisaties.zoeken.motor import zoek
from organisaties.zoeken.vraag import Zoekvraag
from welzijnportal.geo.zoeken import vind_plek
from welzijnportal.http import publiek
from welzijnportal.ratelimit import mag

MEEST_GEVONDEN = 8
TE_VAAK = "U hebt erg veel organisaties gevraagd. Probeer het morgen opnieuw."


@require_http_methods(["GET", "POST"])
def partners(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = te_beheren(request, slug)
    if request.method == "POST":
        _doe(request, organisatie)
        return redirect("organisaties:partners", organisatie.slug)
    zoekform = ZoekForm(request.GET if "q" in request.GET else None)
    woorden = zoekform.cleaned_data["q"] if zoekform.is_valid() else ""
    alle = list(Verbinding.objects.van(organisatie).select_related("van", "naar"))
    context = {
        "organisatie": organisatie,
        "ontvangen": [een for een in alle if een.status == "gevraagd" and een.naar_id == organisatie.pk],
        "gevraagd": [een for een in alle if een.status == "gevraagd" and een.van_id == organisatie.pk],
        "partners": _partners(organisatie, alle),
        "ouder": organisatie.hoort_bij,
        "onderdelen": organisatie.onderdelen.order_by("naam", "pk")[:100],
        "zoekform": zoekform,
        "woorden": woorden,
        "gevonden": _zoek(organisatie, woorden, alle) if woorden else [],
    }
    return render(request, "organisaties/partners/partners.html", context)


def _partners(organisatie: Organisatie, alle: list[Verbinding]) -> list[dict[str, Any]]:
    verbonden = [een for een in alle if een.status == "bevestigd" and een.soort == "partner"]
    rijen = [{"verbinding": een, "ander": een.naar if een.van_id == organisatie.pk else een.van} for een in verbonden]
    return sorted(rijen, key=lambda rij: str(rij["ander"]).casefold())


def _zoek(organisatie: Organisatie, woorden: str, alle: list[Verbinding]) -> list[Organisatie]:
    ids = [pk for pk in zoek(Zoekvraag(tekst=woorden)).ids if pk != organisatie.pk][:MEEST_GEVONDEN]
    rijen = Organisatie.objects.zichtbaar().prefetch_related("locaties").in_bulk(ids)
    return [rijen[pk] for pk in ids if pk in rijen]


def _doe(request: HttpRequest, organisatie: Organisatie) -> None:
    form = PartnerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Kies wat u wilt doen.")
        return
    actie, pk = form.cleaned_data["actie"], form.cleaned_data["pk"]
    try:
        if actie == PartnerForm.VRAAG:
            _vraag(request, organisatie, pk, form.cleaned_data["soort"] or Verbinding.Soort.PARTNER)
        elif actie == PartnerForm.LOS:
            _maak_los(request, organisatie, pk)
        else:
            _antwoord(request, organisatie, pk, actie)
    except acties.PartnerFout as fout:
        messages.error(request, str(fout))


def _vraag(request: HttpRequest, organisatie: Organisatie, pk: int, soort: str) -> None:
    naar = get_object_or_404(Organisatie.objects.zichtbaar(), pk=pk)
    if not mag(request, "partners", sleutel=str(organisatie.pk)):
        messages.error(request, TE_VAAK)
        return
    verbinding = acties.vraag(van=organisatie, naar=naar, soort=Verbinding.Soort(soort), door=ik(request))
    gelukt = verbinding.status == Verbinding.Status.BEVESTIGD
    tekst = f"{naar} had u al gevraagd. U bent nu partners." if gelukt else f"Gevraagd. {naar} krijgt een mail."
    messages.success(request, tekst)


def _antwoord(request: HttpRequest, organisatie: Organisatie, pk: int, actie: str) -> None:
    verbinding = get_object_or_404(Verbinding.objects.van(organisatie).select_related("van", "naar"), pk=pk)
    ander = verbinding.naar if verbinding.van_id == organisatie.pk else verbinding.van
    if actie == PartnerForm.STOP:
        acties.beeindig(verbinding=verbinding)
        messages.success(request, f"De verbinding met {ander} is weg.")
        return
    # Only the side that was asked may answer.
    get_object_or_404(Verbinding.objects.filter(naar=organisatie), pk=pk)
    acties.beantwoord(verbinding=verbinding, ja=actie == PartnerForm.JA, door=ik(request))
    if actie == PartnerForm.JA:
        messages.success(request, f"Bevestigd. Dat staat nu ook op de pagina van {ander}.")
    else:
        messages.success(request, "Niet bevestigd. Er is niets veranderd.")


def _maak_los(request: HttpRequest, organisatie: Organisatie, pk: int) -> None:
    """End that one is a part of the other; the part and the whole may both do that."""
    lid = organisatie if pk == organisatie.pk else get_object_or_404(organisatie.onderdelen, pk=pk)
    acties.maak_los(lid=lid, door=ik(request))
    messages.success(request, f"{lid} hoort er niet meer bij.")


@login_not_required
@require_safe
@conditional_page
def netwerk(request: HttpRequest) -> HttpResponse:
    getypt = NetwerkForm(request.GET).cleaned_data["plaats"]
    plek = vind_plek(getypt) if getypt else None
    code = plek.gemeente_code if plek else ""
    alle, aantal = groepen(code) if code or not getypt else ([], 0)
    gemeente = gemeenteplekken()[code].naam if code in gemeenteplekken() else ""
    context = {"groepen": alle, "aantal": aantal, "plaats": getypt, "gemeente": gemeente}
    return publiek(request, render(request, "organisaties/partners/netwerk.html", context))
