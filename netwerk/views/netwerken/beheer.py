"""What beheerders do: requests, roles, and what the network says of itself."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from netwerk.actions.netwerken import leden as acties
from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.actions.netwerken.wijzigen import wijzig
from netwerk.forms.netwerken import BesluitForm, LedenlijstForm, LidForm, WijzigenForm
from netwerk.keuzes import Rol
from netwerk.models import Lidmaatschap
from netwerk.views.netwerken.toegang import Blik, blik_van_beheerder
from netwerk.views.toegang import ik
from welzijnportal.http import bewaart_invoer

PER_PAGINA = 50
MEEST_AANVRAGEN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def beheer(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_van_beheerder(request, slug)
    if request.method == "POST":
        _besluit(request, blik)
        return redirect("netwerk:netwerk_beheer", slug)
    wachtend = Lidmaatschap.objects.wachtend().filter(netwerk=blik.netwerk).select_related("professional")
    aanvragen = list(wachtend[:MEEST_AANVRAGEN])
    for aanvraag in aanvragen:
        # The questions as they are now beside the answers as they were given.
        vragen = [*blik.netwerk.vragen, *[""] * len(aanvraag.antwoorden)]
        aanvraag.paren = list(zip(vragen, aanvraag.antwoorden, strict=False))  # type: ignore[attr-defined]
    return render(
        request,
        "netwerk/netwerken/beheer/aanvragen.html",
        {**blik.context, "aanvragen": aanvragen, "plek": "aanvragen"},
    )


def _besluit(request: HttpRequest, blik: Blik) -> None:
    form = BesluitForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Kies wat u wilt doen.")
        return
    lid = Lidmaatschap.objects.filter(netwerk=blik.netwerk, pk=form.cleaned_data["pk"]).first()
    if lid is None:
        messages.info(request, "Deze persoon heeft de aanvraag ingetrokken.")
        return
    ja = form.cleaned_data["besluit"] == "ja"
    try:
        lid = acties.beslis(lid=lid, ja=ja, door=ik(request))
    except NetwerkFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, f"{lid.professional} is nu lid." if ja else f"{lid.professional} is niet toegelaten.")


@require_http_methods(["GET", "HEAD"])
def beheer_leden(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_van_beheerder(request, slug)
    keuzes = LedenlijstForm(request.GET).cleaned_data
    rijen = Lidmaatschap.objects.leden().filter(netwerk=blik.netwerk).select_related("professional__gebruiker")
    if keuzes["q"]:
        rijen = rijen.filter(professional__naam__icontains=keuzes["q"])
    pagina = Paginator(rijen.order_by("rol", "professional__naam", "pk"), PER_PAGINA).get_page(keuzes["pagina"])
    context = {**blik.context, "pagina": pagina, "keuzes": keuzes, "plek": "leden"}
    return render(request, "netwerk/netwerken/beheer/leden.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def beheer_lid(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    blik = blik_van_beheerder(request, slug)
    leden = Lidmaatschap.objects.leden().filter(netwerk=blik.netwerk).select_related("professional")
    lid = get_object_or_404(leden, pk=pk)
    if request.method == "POST":
        form = LidForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Kies wat u wilt doen.")
            return redirect("netwerk:netwerk_beheer_lid", slug, pk)
        return _doe(request, blik, lid, form.cleaned_data["actie"])
    context = {**blik.context, "ander": lid, "is_zelf": lid.professional_id == ik(request).pk, "plek": "leden"}
    return render(request, "netwerk/netwerken/beheer/lid.html", context)


def _doe(request: HttpRequest, blik: Blik, lid: Lidmaatschap, actie: str) -> HttpResponse:
    wie = lid.professional
    door = ik(request)
    try:
        if actie == LidForm.VERWIJDER:
            acties.verwijder_lid(lid=lid, door=door)
            messages.success(request, f"{wie} is geen lid meer en kan zelf niet terugkomen.")
        elif actie == LidForm.DRAAG_OVER:
            acties.draag_over(aan=lid, door=door)
            messages.success(request, f"{wie} is nu beheerder. U bent gewoon lid.")
            return redirect(blik.netwerk)
        else:
            acties.wijzig_rol(lid=lid, rol=Rol(actie), door=door)
            messages.success(request, f"{wie} is nu {Rol(actie).label.lower()}.")
            if wie.pk == door.pk and actie == Rol.LID:
                return redirect(blik.netwerk)
    except NetwerkFout as fout:
        messages.error(request, str(fout))
    return redirect("netwerk:netwerk_beheer_leden", blik.netwerk.slug)


@bewaart_invoer
@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_van_beheerder(request, slug)
    is_post = request.method == "POST"
    form = WijzigenForm(request.POST if is_post else None, request.FILES if is_post else None, instance=blik.netwerk)
    if is_post and form.is_valid():
        try:
            netwerk = wijzig(netwerk=blik.netwerk, door=ik(request), **_invoer(form))
        except NetwerkFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "De wijzigingen zijn bewaard.")
            return redirect(netwerk)
    context = {**blik.context, "form": form, "plek": "wijzigen", "naam": str(form.initial.get("naam") or "")}
    return render(request, "netwerk/netwerken/beheer/wijzigen.html", context)


def _invoer(form: WijzigenForm) -> dict[str, Any]:
    return {
        "velden": form.eigen_velden,
        "verbonden": form.verbonden,
        "beeld": form.cleaned_data["beeld"],
        "beeld_weg": form.cleaned_data.get("beeld_weg", False),
        "gezien_op": form.cleaned_data["gezien_op"],
    }
