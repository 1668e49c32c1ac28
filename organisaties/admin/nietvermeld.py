"""Organisations that do not want to be listed: what waits, and who is on the list."""

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from organisaties.actions.nietvermelden import NietVermeldFout, beoordeel_verzoek, hef_op
from organisaties.admin.basis import AlleenLezen
from organisaties.admin.wachtrij import eis_moderator
from organisaties.models import NietVermelding
from welzijnportal.http import paginanummer

PER_PAGINA = 25


class BesluitForm(forms.Form):
    pk = forms.IntegerField(min_value=1, max_value=2**62)
    besluit = forms.ChoiceField(choices=[("weghalen", ""), ("afwijzen", ""), ("opheffen", "")])


@require_http_methods(["GET", "POST"])
def wachtrij(request: HttpRequest) -> HttpResponse:
    eis_moderator(request)
    if request.method == "POST":
        form = BesluitForm(request.POST)
        if form.is_valid():
            verzoek = get_object_or_404(NietVermelding, pk=form.cleaned_data["pk"])
            _beslis(request, verzoek, form.cleaned_data["besluit"])
        return redirect("admin:organisaties_nietvermelding_wachtrij")
    alle = NietVermelding.objects.select_related("organisatie")
    actief = alle.filter(status=NietVermelding.Status.ACTIEF).order_by("-beoordeeld_op", "-pk")
    context = {
        **admin.site.each_context(request),
        "title": "Niet vermelden",
        "plek": "nietvermeld",
        "wachtend": alle.filter(status=NietVermelding.Status.GEVRAAGD, token_hash="").order_by("gevraagd_op", "pk")[
            :50
        ],
        "pagina": Paginator(actief, PER_PAGINA).get_page(paginanummer(request.GET.get("pagina"))),
    }
    return TemplateResponse(request, "admin/nietvermeld.html", context)


def _beslis(request: HttpRequest, verzoek: NietVermelding, besluit: str) -> None:
    door = request.user
    try:
        if besluit == "opheffen":
            hef_op(verzoek=verzoek, door=door)  # type: ignore[arg-type]
            messages.success(request, f"'{verzoek}' mag weer vermeld worden. Publiceer de vermelding als dat moet.")
            return
        beoordeel_verzoek(verzoek=verzoek, door=door, akkoord=besluit == "weghalen")  # type: ignore[arg-type]
    except NietVermeldFout as fout:
        messages.error(request, str(fout))
        return
    hoe = "staat niet meer op het portaal" if besluit == "weghalen" else "blijft staan"
    messages.success(request, f"'{verzoek}' {hoe}. De vrager krijgt een mail.")


@admin.register(NietVermelding)
class NietVermeldingAdmin(AlleenLezen):
    list_display = ("naam", "status", "bron", "kvk_nummer", "domein", "gevraagd_op", "beoordeeld_op")
    list_filter = ("status",)
    search_fields = ("naam", "kvk_nummer", "domein")

    def get_urls(self) -> list[URLPattern]:
        eigen = path("wachtrij/", self.admin_site.admin_view(wachtrij), name="organisaties_nietvermelding_wachtrij")
        return [eigen, *super().get_urls()]
