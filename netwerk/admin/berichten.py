"""Short messages as a table to look things up in, and hiding one with the reason."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from netwerk.actions.berichten import toon_weer, verberg
from netwerk.admin.netwerken import eis_moderator
from netwerk.keuzes import Plaatsing
from netwerk.models import Bericht, Volgt
from netwerk.weergave.berichten import te_tonen, tekst_zonder_opmaak
from organisaties.admin.basis import AlleenLezen
from welzijnportal.validators import een_regel, zichtbare_tekst


class VerbergForm(forms.Form):
    reden = forms.CharField(
        label="Waarom verbergt u dit bericht?",
        help_text="De schrijver leest dit.",
        max_length=200,
        validators=[een_regel, zichtbare_tekst],
        error_messages={"required": "Schrijf op waarom. De schrijver leest dit."},
    )


@require_http_methods(["GET", "POST"])
def verbergen(request: HttpRequest, pk: int) -> HttpResponse:
    eis_moderator(request)
    bericht = get_object_or_404(te_tonen(Bericht.objects.eigen_woorden(), None), pk=pk)
    form = VerbergForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if bericht.plaatsing == Plaatsing.VERBORGEN:
            toon_weer(bericht=bericht)
            messages.success(request, "Het bericht is weer te zien.")
            return redirect("admin:netwerk_bericht_changelist")
        if form.is_valid():
            verberg(bericht=bericht, reden=form.cleaned_data["reden"])
            messages.success(request, "Het bericht is verborgen. De schrijver krijgt bericht.")
            return redirect("admin:netwerk_bericht_changelist")
    context = {
        **admin.site.each_context(request),
        "title": "Bericht verbergen",
        "plek": "berichten",
        "bericht": bericht,
        "tekst": tekst_zonder_opmaak(bericht),
        "is_verborgen": bericht.plaatsing == Plaatsing.VERBORGEN,
        "form": form,
    }
    return TemplateResponse(request, "admin/berichten_verbergen.html", context)


@admin.register(Bericht)
class BerichtAdmin(AlleenLezen):
    list_display = ("tekst_kort", "van", "zicht", "plaatsing", "geplaatst_op", "wat_te_doen")
    list_filter = ("plaatsing", "zicht")
    list_select_related = ("auteur", "organisatie")
    search_fields = ("tekst", "auteur__naam", "organisatie__naam", "code")
    exclude = ("vermeldingen",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(herhaalt=None)

    def get_urls(self) -> list[URLPattern]:
        eigen = path("<int:pk>/verbergen/", self.admin_site.admin_view(verbergen), name="netwerk_bericht_verbergen")
        return [eigen, *super().get_urls()]

    @admin.display(description="bericht")
    def tekst_kort(self, bericht: Bericht) -> str:
        return str(bericht)

    @admin.display(description="van")
    def van(self, bericht: Bericht) -> str:
        return str(bericht.afzender)

    @admin.display(description="doen")
    def wat_te_doen(self, bericht: Bericht) -> str:
        woord = {Plaatsing.GEPLAATST: "Verbergen", Plaatsing.VERBORGEN: "Weer tonen"}.get(Plaatsing(bericht.plaatsing))
        if woord is None:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("admin:netwerk_bericht_verbergen", args=[bericht.pk]), woord)


@admin.register(Volgt)
class VolgtAdmin(AlleenLezen):
    list_display = ("volger", "professional", "organisatie", "thema", "sinds_op")
    list_select_related = ("volger", "professional", "organisatie", "thema")
    search_fields = ("volger__naam", "professional__naam", "organisatie__naam")
    show_full_result_count = False
