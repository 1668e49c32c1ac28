"""The members of a network: the list, what they know together, and the download for beheerders."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import conditional_page, require_POST, require_safe

from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.actions.netwerken.uitvoer import neem_leden_mee
from netwerk.exports.leden import XLSX, als_csv, als_xlsx, rijen_van
from netwerk.forms.netwerken import ExportForm, LedenlijstForm
from netwerk.models import Lidmaatschap
from netwerk.views.netwerken.toegang import Blik, blik_op, blik_van_beheerder
from netwerk.views.toegang import ik
from netwerk.weergave.expertisekaart import expertisekaart
from netwerk.weergave.netwerken import regels, zichtbare_leden
from welzijnportal.http import publiek

PER_PAGINA = 50


def _blik_op_leden(request: HttpRequest, slug: str) -> Blik:
    blik = blik_op(request, slug)
    if not blik.mag_leden_zien:
        raise Http404
    return blik


@login_not_required
@require_safe
@conditional_page
def leden(request: HttpRequest, slug: str) -> HttpResponse:
    blik = _blik_op_leden(request, slug)
    keuzes = LedenlijstForm(request.GET).cleaned_data
    zichtbaar = zichtbare_leden(blik.netwerk, blik.kijker, blik.lid)
    if keuzes["q"]:
        zichtbaar = zichtbaar.filter(professional__naam__icontains=keuzes["q"])
    volgorde = ("rol", "professional__naam", "pk")
    begin = (keuzes["pagina"] - 1) * PER_PAGINA
    deze = zichtbaar.order_by(*volgorde).values("pk")[begin : begin + PER_PAGINA + 1]
    rijen = list(Lidmaatschap.objects.filter(pk__in=deze).select_related("professional__plaats").order_by(*volgorde))
    is_alles = begin == 0 and len(rijen) <= PER_PAGINA and not keuzes["q"]
    context = {
        **blik.context,
        "keuzes": keuzes,
        "regels": regels(rijen[:PER_PAGINA], blik.kijker),
        "laatste": keuzes["pagina"] + (len(rijen) > PER_PAGINA),
        # Who does not want to be found outside the network; says nothing of who they are.
        "verborgen": max(blik.netwerk.aantal_leden - len(rijen), 0) if is_alles and blik.lid is None else 0,
        "is_van_buiten": blik.lid is None and not is_alles,
    }
    return publiek(request, render(request, "netwerk/netwerken/leden.html", context))


@login_not_required
@require_safe
@conditional_page
def expertise(request: HttpRequest, slug: str) -> HttpResponse:
    blik = _blik_op_leden(request, slug)
    zichtbaar = zichtbare_leden(blik.netwerk, blik.kijker, blik.lid)
    context = {**blik.context, "kaart": expertisekaart(zichtbaar, is_publiek=blik.kijker is None)}
    return publiek(request, render(request, "netwerk/netwerken/expertise.html", context))


@require_POST
def leden_export(request: HttpRequest, slug: str) -> HttpResponse:
    netwerk = blik_van_beheerder(request, slug).netwerk
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Kies CSV of Excel.")
        return redirect("netwerk:netwerk_leden", slug)
    vorm = form.cleaned_data["vorm"]
    try:
        rijen = rijen_van(neem_leden_mee(netwerk=netwerk, door=ik(request), vorm=vorm))
    except NetwerkFout as fout:
        messages.error(request, str(fout))
        return redirect("netwerk:netwerk_leden", slug)
    inhoud = als_csv(rijen) if vorm == "csv" else als_xlsx(rijen, netwerk.naam)
    antwoord = HttpResponse(inhoud, content_type="text/csv; charset=utf-8" if vorm == "csv" else XLSX)
    antwoord["Content-Disposition"] = f'attachment; filename="leden-{netwerk.slug}.{vorm}"'
    return antwoord
