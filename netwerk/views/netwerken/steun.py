"""Organisations that support a network: the side of the network, and the side of the organisation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from netwerk.actions.netwerken import steun as acties
from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.forms.netwerken import SteunForm, ZoekOrganisatieForm
from netwerk.models import Netwerk, NetwerkSteun
from netwerk.views.netwerken.toegang import Blik, blik_op, blik_van_beheerder
from netwerk.views.toegang import ik
from organisaties.models import Organisatie
from organisaties.models.beheer import Rol
from organisaties.zoeken.motor import zoek
from organisaties.zoeken.vraag import Zoekvraag
from welzijnportal.ratelimit import mag

MEEST_GEVONDEN = 8
KIES = "Kies wat u wilt doen."
TE_VAAK = "U hebt vandaag al veel organisaties gevraagd. Ga morgen verder."


@require_http_methods(["GET", "HEAD", "POST"])
def steun(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_van_beheerder(request, slug)
    if request.method == "POST":
        try:
            _als_netwerk(request, blik)
        except NetwerkFout as fout:
            messages.error(request, str(fout))
        return redirect("netwerk:netwerk_steun", slug)
    zoekform = ZoekOrganisatieForm(request.GET if "q" in request.GET else None)
    woorden = zoekform.cleaned_data["q"] if zoekform.is_valid() else ""
    alle = list(blik.netwerk.steun.select_related("organisatie"))
    context = {
        **blik.context,
        "gevraagd": [een for een in alle if een.status == "gevraagd" and een.gevraagd_door_kant == "netwerk"],
        "ontvangen": [een for een in alle if een.status == "gevraagd" and een.gevraagd_door_kant == "organisatie"],
        "bevestigd": [een for een in alle if een.status == "bevestigd"],
        "zoekform": zoekform,
        "woorden": woorden,
        "gevonden": _zoek(woorden, {een.organisatie_id for een in alle}) if woorden else [],
        "plek": "steun",
    }
    return render(request, "netwerk/netwerken/beheer/steun.html", context)


def _zoek(woorden: str, behalve: set[int]) -> list[Organisatie]:
    ids = [pk for pk in zoek(Zoekvraag(tekst=woorden)).ids if pk not in behalve][:MEEST_GEVONDEN]
    rijen = Organisatie.objects.zichtbaar().prefetch_related("locaties").in_bulk(ids)
    return [rijen[pk] for pk in ids if pk in rijen]


def _als_netwerk(request: HttpRequest, blik: Blik) -> None:
    form = SteunForm(request.POST)
    if not form.is_valid():
        raise NetwerkFout(KIES)
    actie, pk = form.cleaned_data["actie"], form.cleaned_data["pk"]
    if actie == SteunForm.VRAAG:
        organisatie = get_object_or_404(Organisatie.objects.zichtbaar(), pk=pk)
        if not mag(request, "netwerk_steun", sleutel=f"netwerk {blik.netwerk.pk}"):
            raise NetwerkFout(TE_VAAK)
        rij = acties.vraag_als_netwerk(netwerk=blik.netwerk, organisatie=organisatie, door=ik(request))
        is_klaar = rij.status == NetwerkSteun.Status.BEVESTIGD
        messages.success(
            request, f"{organisatie} steunt nu dit netwerk." if is_klaar else f"Gevraagd aan {organisatie}."
        )
        return
    rij = get_object_or_404(blik.netwerk.steun.select_related("netwerk", "organisatie"), pk=pk)
    acties.antwoord_als_netwerk(steun=rij, ja=actie == SteunForm.JA, door=ik(request))
    if actie == SteunForm.JA:
        messages.success(request, f"{rij.organisatie} steunt nu dit netwerk.")
    else:
        messages.success(request, f"{rij.organisatie} staat er niet meer bij.")


def _eigen_organisaties(request: HttpRequest) -> list[Organisatie]:
    eigen = Organisatie.objects.zichtbaar().filter(beheer__gebruiker=request.user.pk, beheer__rol=Rol.BEHEERDER)
    return list(eigen.order_by("naam", "pk")[:50])


def _netwerk_voor_steun(request: HttpRequest, slug: str, eigen: list[Organisatie]) -> Netwerk:
    """A network that somebody may see, or that asked or has an organisation of theirs."""
    try:
        return blik_op(request, slug).netwerk
    except Http404:
        gevraagd = (
            NetwerkSteun.objects.filter(netwerk__slug=slug, organisatie__in=eigen).select_related("netwerk").first()
        )
        if gevraagd is None or not gevraagd.netwerk.is_levend:
            raise
        return gevraagd.netwerk


@require_http_methods(["GET", "HEAD", "POST"])
def steunen(request: HttpRequest, slug: str) -> HttpResponse:
    eigen = _eigen_organisaties(request)
    netwerk = _netwerk_voor_steun(request, slug, eigen)
    if request.method == "POST":
        try:
            _als_organisatie(request, netwerk, eigen)
        except NetwerkFout as fout:
            messages.error(request, str(fout))
        return redirect("netwerk:netwerk_steunen", slug)
    rijen = {een.organisatie_id: een for een in netwerk.steun.filter(organisatie__in=eigen)}
    context = {"netwerk": netwerk, "paren": [(organisatie, rijen.get(organisatie.pk)) for organisatie in eigen]}
    return render(request, "netwerk/netwerken/steunen.html", context)


def _als_organisatie(request: HttpRequest, netwerk: Netwerk, eigen: list[Organisatie]) -> None:
    form = SteunForm(request.POST)
    if not form.is_valid():
        raise NetwerkFout(KIES)
    actie, pk = form.cleaned_data["actie"], form.cleaned_data["pk"]
    gebruiker: Any = request.user
    if actie == SteunForm.VRAAG:
        organisatie = next((een for een in eigen if een.pk == pk), None)
        if organisatie is None:
            raise Http404
        if not mag(request, "netwerk_steun", sleutel=f"organisatie {pk}"):
            raise NetwerkFout(TE_VAAK)
        acties.vraag_als_organisatie(netwerk=netwerk, organisatie=organisatie, door=gebruiker)
        messages.success(request, "Dank u wel. De beheerders van het netwerk krijgen bericht.")
        return
    rijen = netwerk.steun.filter(organisatie__in=eigen).select_related("netwerk", "organisatie")
    rij = get_object_or_404(rijen, pk=pk)
    acties.antwoord_als_organisatie(steun=rij, ja=actie == SteunForm.JA, door=gebruiker)
    if actie == SteunForm.JA:
        messages.success(request, f"{rij.organisatie} steunt nu {netwerk}.")
    else:
        messages.success(request, f"{rij.organisatie} steunt {netwerk} niet (meer).")
