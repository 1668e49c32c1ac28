"""The queue of visitors' proposals, and a table to look them up in; who vouches, and which links there are."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from organisaties.admin.basis import AlleenLezen
from organisaties.admin.wachtrij import eis_moderator
from organisaties.models import Correctie, Verbinding, Voorspraak
from organisaties.views.correcties import besluit, kaarten
from welzijnportal.http import paginanummer

PER_PAGINA = 25


@require_http_methods(["GET", "POST"])
def wachtrij(request: HttpRequest) -> HttpResponse:
    eis_moderator(request)
    gekozen = None
    if request.method == "POST":
        gekozen = besluit(request, Correctie.objects.all(), als_moderator=True)
        if gekozen is None:
            return redirect("admin:organisaties_correctie_wachtrij")
    rijen = Correctie.objects.wachtend().select_related("organisatie", "locatie", "dienst")
    pagina = Paginator(rijen.prefetch_related("organisatie__beheer"), PER_PAGINA).get_page(
        paginanummer(request.GET.get("pagina"))
    )
    gemaakt = kaarten(pagina.object_list, gekozen)
    for kaart in gemaakt:
        # A moderator has no role in the editor.
        kaart["editor"] = reverse("admin:organisaties_organisatie_change", args=[kaart["correctie"].organisatie_id])
    context = {
        **admin.site.each_context(request),
        "title": "Verbeteringen",
        "plek": "verbeteringen",
        "pagina": pagina,
        "kaarten": gemaakt,
    }
    return TemplateResponse(request, "admin/correcties.html", context)


@admin.register(Correctie)
class CorrectieAdmin(AlleenLezen):
    list_display = ("organisatie", "veld", "status", "voorgesteld_op", "besloten_door")
    list_filter = ("status", "veld")
    list_select_related = ("organisatie", "besloten_door")
    search_fields = ("organisatie__naam", "nieuwe_waarde")

    def get_urls(self) -> list[URLPattern]:
        eigen = path("wachtrij/", self.admin_site.admin_view(wachtrij), name="organisaties_correctie_wachtrij")
        return [eigen, *super().get_urls()]


@admin.register(Voorspraak)
class VoorspraakAdmin(AlleenLezen):
    list_display = ("organisatie", "namens", "gegeven_door", "gegeven_op")
    list_select_related = ("organisatie", "namens", "gegeven_door")
    search_fields = ("organisatie__naam", "namens__naam")


@admin.register(Verbinding)
class VerbindingAdmin(AlleenLezen):
    list_display = ("van", "naar", "soort", "status", "gevraagd_op", "beantwoord_op")
    list_filter = ("soort", "status")
    list_select_related = ("van", "naar")
    search_fields = ("van__naam", "naar__naam")
