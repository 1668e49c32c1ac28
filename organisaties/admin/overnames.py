"""Requests to keep a listing: the queue."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from organisaties.actions.overnemen import OvernameFout, beoordeel_overname
from organisaties.admin.basis import AlleenLezen
from organisaties.admin.formulieren import RedenForm
from organisaties.admin.wachtrij import eis_moderator
from organisaties.keuzes import Status
from organisaties.models import Overname
from welzijnportal.http import paginanummer

PER_PAGINA = 25


class BesluitForm(forms.Form):
    pk = forms.IntegerField(min_value=1, max_value=2**62)
    besluit = forms.ChoiceField(choices=[("toekennen", ""), ("afwijzen", "")])


@require_http_methods(["GET", "POST"])
def wachtrij(request: HttpRequest) -> HttpResponse:
    eis_moderator(request)
    fout_bij, form = 0, RedenForm()
    if request.method == "POST":
        besluit = BesluitForm(request.POST)
        if not besluit.is_valid():
            messages.warning(request, "Kies een aanvraag uit de lijst.")
            return redirect("admin:organisaties_overname_wachtrij")
        overname = get_object_or_404(Overname.objects.select_related("organisatie"), pk=besluit.cleaned_data["pk"])
        akkoord = besluit.cleaned_data["besluit"] == "toekennen"
        form = form if akkoord else RedenForm(request.POST)
        if akkoord or form.is_valid():
            _beslis(request, overname, akkoord, "" if akkoord else form.cleaned_data["reden"])
            return redirect("admin:organisaties_overname_wachtrij")
        fout_bij = overname.pk
    rijen = (
        Overname.objects.filter(status=Overname.Status.OPEN)
        .exclude(organisatie__status=Status.SAMENGEVOEGD)
        .select_related("organisatie", "gebruiker", "reactie_door")
        .order_by("beslisbaar_op", "pk")
    )
    context = {
        **admin.site.each_context(request),
        "title": "Aanvragen om te beheren",
        "plek": "overnames",
        "pagina": Paginator(rijen, PER_PAGINA).get_page(paginanummer(request.GET.get("pagina"))),
        "form": form,
        "fout_bij": fout_bij,
    }
    return TemplateResponse(request, "admin/overnames.html", context)


def _beslis(request: HttpRequest, overname: Overname, akkoord: bool, reden: str) -> None:
    try:
        overname = beoordeel_overname(
            overname=overname,
            door=request.user,  # type: ignore[arg-type]
            akkoord=akkoord,
            reden=reden,
        )
    except OvernameFout as fout:
        messages.error(request, str(fout))
        return
    hoe = "houdt nu bij" if akkoord else "houdt niet bij"
    messages.success(request, f"{overname.gebruiker} {hoe}: '{overname.organisatie}'. Er is een mail gestuurd.")


@admin.register(Overname)
class OvernameAdmin(AlleenLezen):
    list_display = ("organisatie", "gebruiker", "status", "via_domein", "gevraagd_op", "beoordeeld_door")
    list_filter = ("status", "via_domein")
    list_select_related = ("organisatie", "gebruiker", "beoordeeld_door")
    search_fields = ("organisatie__naam", "gebruiker__email")

    def get_urls(self) -> list[URLPattern]:
        eigen: Any = path("wachtrij/", self.admin_site.admin_view(wachtrij), name="organisaties_overname_wachtrij")
        return [eigen, *super().get_urls()]
