"""Pairs of listings that may be one organisation: the queue."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from organisaties.actions.dubbelen import leg_opzij, leg_terug, te_beoordelen
from organisaties.admin.basis import AlleenLezen
from organisaties.admin.samenvoegen import adres
from organisaties.admin.wachtrij import eis_moderator
from organisaties.models import Dubbelpaar, Dubbelronde
from welzijnportal.http import paginanummer

PER_PAGINA = 25


class BesluitForm(forms.Form):
    pk = forms.IntegerField(min_value=1, max_value=2**62)
    besluit = forms.ChoiceField(choices=[("opzij", ""), ("terug", "")])


@require_http_methods(["GET", "POST"])
def wachtrij(request: HttpRequest) -> HttpResponse:
    eis_moderator(request)
    if request.method == "POST":
        return _beslis(request)
    rijen = te_beoordelen().select_related("een", "ander").prefetch_related("een__locaties", "ander__locaties")
    pagina = Paginator(rijen, PER_PAGINA).get_page(paginanummer(request.GET.get("pagina")))
    for paar in pagina.object_list:
        paar.adres = adres(paar.een_id, paar.ander_id)
        paar.kanten = [(kant, ", ".join(dict.fromkeys(p.adresregel for p in kant.locaties.all()))) for kant in
                       (paar.een, paar.ander)]  # fmt: skip
    context = {
        **admin.site.each_context(request),
        "title": "Mogelijk dubbel",
        "plek": "dubbelen",
        "pagina": pagina,
        "opzij": Dubbelpaar.objects.filter(status=Dubbelpaar.Status.NIET_DUBBEL).count(),
        "ronde": Dubbelronde.objects.first(),
    }
    return TemplateResponse(request, "admin/dubbelen.html", context)


def _beslis(request: HttpRequest) -> HttpResponse:
    form = BesluitForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Kies een paar uit de lijst.")
        return redirect("admin:organisaties_dubbelpaar_wachtrij")
    paar = get_object_or_404(Dubbelpaar.objects.select_related("een", "ander"), pk=form.cleaned_data["pk"])
    if form.cleaned_data["besluit"] == "terug":
        leg_terug(paar=paar)
        messages.success(request, f"'{paar.een}' en '{paar.ander}' staan weer in de lijst.")
    elif leg_opzij(paar=paar, door=request.user):  # type: ignore[arg-type]
        messages.success(request, f"'{paar.een}' en '{paar.ander}' zijn niet dubbel. U ziet dit paar niet meer.")
    else:
        messages.error(request, "Over dit paar is al beslist. Er is niets veranderd.")
    return redirect("admin:organisaties_dubbelpaar_wachtrij")


@admin.register(Dubbelpaar)
class DubbelpaarAdmin(AlleenLezen):
    list_display = ("paar", "score", "waarom", "status", "beoordeeld_door", "beoordeeld_op")
    list_display_links = None
    list_filter = ("status",)
    list_select_related = ("een", "ander", "beoordeeld_door")
    search_fields = ("een__naam", "ander__naam")
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        eigen = path("wachtrij/", self.admin_site.admin_view(wachtrij), name="organisaties_dubbelpaar_wachtrij")
        return [eigen, *super().get_urls()]

    @admin.display(description="paar")
    def paar(self, paar: Dubbelpaar) -> Any:
        if paar.status == Dubbelpaar.Status.SAMENGEVOEGD:
            return str(paar)
        return format_html('<a href="{}">{}</a>', adres(paar.een_id, paar.ander_id), paar)

    @admin.display(description="waarom")
    def waarom(self, paar: Dubbelpaar) -> str:
        return ", ".join(paar.redenen)
