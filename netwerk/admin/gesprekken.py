"""Conversations and replies as tables to look things up in, and hiding one with the reason."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from netwerk.actions.gesprekken.basis import GesprekFout
from netwerk.actions.gesprekken.modereren import toon_weer, verberg
from netwerk.admin.netwerken import eis_moderator
from netwerk.keuzes import Plaatsing
from netwerk.models import Gesprek, Reactie
from organisaties.admin.basis import AlleenLezen
from organisaties.forms.velden import RegelField
from welzijnportal.validators import zichtbare_tekst


class VerbergForm(forms.Form):
    reden = RegelField(
        label="Waarom verbergt u dit?",
        help_text="De schrijver leest dit.",
        max_length=Reactie._meta.get_field("reden_verborgen").max_length,
        validators=[zichtbare_tekst],
        error_messages={"required": "Schrijf op waarom. De schrijver leest dit."},
    )


@require_http_methods(["GET", "POST"])
def verbergen(request: HttpRequest, pk: int, *, model: type[Gesprek] | type[Reactie]) -> HttpResponse:
    """Hide a text that stands, or show again one that is hidden; what its writer withdrew is left alone."""
    eis_moderator(request)
    rijen = model._default_manager.exclude(plaatsing=Plaatsing.CONCEPT).select_related("auteur")
    wat: Any = get_object_or_404(rijen, pk=pk)
    terug = f"admin:netwerk_{model._meta.model_name}_changelist"
    form = VerbergForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and wat.plaatsing == Plaatsing.VERBORGEN:
        toon_weer(wat=wat)
        messages.success(request, "De tekst is weer te zien.")
        return redirect(terug)
    if request.method == "POST" and form.is_valid():
        try:
            verberg(wat=wat, reden=form.cleaned_data["reden"])
        except GesprekFout as fout:
            messages.info(request, str(fout))
        else:
            messages.success(request, "De tekst is verborgen. De schrijver krijgt bericht.")
        return redirect(terug)
    context = {
        **admin.site.each_context(request),
        "title": f"{model._meta.verbose_name} verbergen".capitalize(),
        "plek": "gesprekken",
        "wat": wat,
        "terug": reverse(terug),
        "is_verborgen": wat.plaatsing == Plaatsing.VERBORGEN,
        "is_weg": wat.plaatsing == Plaatsing.INGETROKKEN,
        "form": form,
    }
    return TemplateResponse(request, "admin/tekst_verbergen.html", context)


class Teksttabel(AlleenLezen):
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        naam = f"netwerk_{self.model._meta.model_name}_verbergen"
        eigen = path("<int:pk>/verbergen/", self.admin_site.admin_view(verbergen), {"model": self.model}, name=naam)
        return [eigen, *super().get_urls()]

    @admin.display(description="doen")
    def wat_te_doen(self, wat: Any) -> str:
        woord = {Plaatsing.GEPLAATST: "Verbergen", Plaatsing.VERBORGEN: "Weer tonen"}.get(Plaatsing(wat.plaatsing))
        if woord is None:
            return "–"
        adres = reverse(f"admin:netwerk_{self.model._meta.model_name}_verbergen", args=[wat.pk])
        return format_html('<a href="{}">{}</a>', adres, woord)


@admin.register(Gesprek)
class GesprekAdmin(Teksttabel):
    """Without drafts: what somebody has not placed is theirs alone."""

    list_display = ("titel", "soort", "netwerk", "auteur", "zicht", "plaatsing", "geplaatst_op", "wat_te_doen")
    list_filter = ("plaatsing", "soort", "zicht")
    list_select_related = ("netwerk", "auteur")
    search_fields = ("titel", "code", "auteur__naam")
    exclude = ("vector",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).exclude(plaatsing=Plaatsing.CONCEPT)


@admin.register(Reactie)
class ReactieAdmin(Teksttabel):
    list_filter = ("plaatsing",)
    list_display = ("tekst_kort", "gesprek", "auteur", "plaatsing", "geplaatst_op", "wat_te_doen")
    list_select_related = ("gesprek", "auteur")
    search_fields = ("tekst", "auteur__naam")

    @admin.display(description="reactie")
    def tekst_kort(self, reactie: Reactie) -> str:
        return reactie.tekst[:80]
