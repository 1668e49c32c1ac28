"""Changes that wait and reports of visitors: their queues, and read-only tables."""

from typing import Any
from urllib.parse import quote

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from organisaties.actions.beoordelen import (
    BeoordeelFout,
    handel_melding_af,
    voer_wijziging_door,
    wijs_wijziging_af,
)
from organisaties.admin.basis import AlleenLezen
from organisaties.admin.formulieren import RedenForm
from organisaties.admin.wachtrij import PER_PAGINA, eis_moderator
from organisaties.keuzes import Status
from organisaties.models import Melding, Wijzigingsverzoek
from welzijnportal.http import paginanummer


def _moderator(request: HttpRequest) -> Any:
    return request.user


def _pk(request: HttpRequest) -> int:
    ruw = request.POST.get("pk", "")
    return int(ruw) if ruw.isascii() and ruw.isdigit() and len(ruw) < 18 else 0


def _pagina(request: HttpRequest, rijen: Any) -> Any:
    return Paginator(rijen, PER_PAGINA).get_page(paginanummer(request.GET.get("pagina")))


@require_http_methods(["GET", "POST"])
def wijzigingen(request: HttpRequest) -> HttpResponse:
    eis_moderator(request)
    fout_bij, form = 0, RedenForm()
    if request.method == "POST":
        verzoek = get_object_or_404(Wijzigingsverzoek, pk=_pk(request))
        form = RedenForm(request.POST) if request.POST.get("besluit") == "afwijzen" else form
        if not form.is_bound or form.is_valid():
            _beslis_wijziging(request, verzoek, form)
            return redirect("admin:organisaties_wijzigingsverzoek_wachtrij")
        fout_bij = verzoek.pk
    rijen = (
        Wijzigingsverzoek.objects.filter(status=Wijzigingsverzoek.Status.OPEN)
        .exclude(organisatie__status=Status.SAMENGEVOEGD)
        .select_related("organisatie", "gevraagd_door")
    )
    context = {
        **admin.site.each_context(request),
        "title": "Wijzigingen",
        "plek": "wijzigingen",
        "pagina": _pagina(request, rijen),
        "form": form,
        "fout_bij": fout_bij,
    }
    return TemplateResponse(request, "admin/wijzigingen.html", context)


def _beslis_wijziging(request: HttpRequest, verzoek: Wijzigingsverzoek, form: RedenForm) -> None:
    try:
        if form.is_bound:
            verzoek = wijs_wijziging_af(verzoek=verzoek, door=_moderator(request), reden=form.cleaned_data["reden"])
            messages.success(
                request, f"De wijziging bij '{verzoek.organisatie}' is afgewezen. De organisatie krijgt bericht."
            )
        else:
            verzoek = voer_wijziging_door(verzoek=verzoek, door=_moderator(request))
            messages.success(
                request, f"De wijziging bij '{verzoek.organisatie}' is doorgevoerd. De organisatie krijgt bericht."
            )
    except BeoordeelFout as fout:
        messages.error(request, str(fout))


@require_http_methods(["GET", "POST"])
def meldingen(request: HttpRequest) -> HttpResponse:
    eis_moderator(request)
    if request.method == "POST":
        melding = get_object_or_404(Melding, pk=_pk(request))
        is_verwerkt = request.POST.get("besluit") == "verwerkt"
        try:
            melding = handel_melding_af(melding=melding, door=_moderator(request), is_verwerkt=is_verwerkt)
            hoe = "als verwerkt afgevinkt" if is_verwerkt else "gesloten: er was niets nodig"
            messages.success(request, f"De melding over '{melding.organisatie}' is {hoe}.")
        except BeoordeelFout as fout:
            messages.error(request, str(fout))
        return redirect("admin:organisaties_melding_wachtrij")
    pagina = _pagina(request, Melding.objects.filter(status=Melding.Status.OPEN).select_related("organisatie"))
    for melding in pagina.object_list:
        if melding.email:
            onderwerp = quote(f"Uw melding over {melding.organisatie}")
            melding.antwoord = f"mailto:{quote(melding.email, safe='@')}?subject={onderwerp}"
    context = {**admin.site.each_context(request), "title": "Meldingen", "plek": "meldingen", "pagina": pagina}
    return TemplateResponse(request, "admin/meldingen.html", context)


@admin.register(Wijzigingsverzoek)
class WijzigingsverzoekAdmin(AlleenLezen):
    list_display = ("organisatie", "veld", "oude_waarde", "nieuwe_waarde", "status", "gevraagd_op")
    list_filter = ("status", "veld")
    list_select_related = ("organisatie",)
    search_fields = ("organisatie__naam", "nieuwe_waarde")

    def get_urls(self) -> list[URLPattern]:
        eigen = path(
            "wachtrij/", self.admin_site.admin_view(wijzigingen), name="organisaties_wijzigingsverzoek_wachtrij"
        )
        return [eigen, *super().get_urls()]


@admin.register(Melding)
class MeldingAdmin(AlleenLezen):
    list_display = ("organisatie", "tekst", "status", "gemeld_op", "afgehandeld_door")
    list_filter = ("status",)
    list_select_related = ("organisatie", "afgehandeld_door")
    search_fields = ("organisatie__naam", "tekst")

    def get_urls(self) -> list[URLPattern]:
        eigen = path("wachtrij/", self.admin_site.admin_view(meldingen), name="organisaties_melding_wachtrij")
        return [eigen, *super().get_urls()]
