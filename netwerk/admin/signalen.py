"""Reports that wait, with what they are about; hiding a short message or closing the report."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from netwerk.actions.contacten.signalen import handel_af
from netwerk.admin.netwerken import eis_moderator
from netwerk.models import Bericht, Gesprek, Praktijkkaart, Reactie, Signaal
from netwerk.permissions import is_moderator
from organisaties.admin.basis import AlleenLezen
from organisaties.admin.wachtrij import PER_PAGINA
from organisaties.admin.werkbank import Stapel
from organisaties.forms.velden import RegelField
from welzijnportal.http import paginanummer

_TEKST = {
    Signaal.Wat.GESPREK: (Gesprek, ("titel", "tekst")),
    Signaal.Wat.REACTIE: (Reactie, ("tekst",)),
    Signaal.Wat.BERICHT: (Bericht, ("tekst",)),
    Signaal.Wat.PRAKTIJKKAART: (Praktijkkaart, ("titel", "aanpak")),
}

# Of these the admin has a page that hides the text.
_VERBERGEN = (Signaal.Wat.GESPREK, Signaal.Wat.REACTIE, Signaal.Wat.BERICHT)


class AfhandelForm(forms.Form):
    pk = forms.IntegerField(min_value=1, max_value=2**62)
    besluit = forms.ChoiceField(choices=[("gedaan", "gedaan"), ("niets", "niets")])
    uitleg = RegelField(label="Een zin voor wie het meldde", required=False, max_length=160)


def _teksten(signalen: list[Signaal]) -> dict[tuple[str, int], str]:
    """Return what was written in what is reported; a query for each kind that is there."""
    per_soort: dict[str, set[int]] = defaultdict(set)
    for signaal in signalen:
        per_soort[signaal.wat].add(signaal.sleutel)
    gevonden: dict[tuple[str, int], str] = {}
    for wat, (model, velden) in _TEKST.items():
        if per_soort[wat]:
            rijen = model._default_manager.filter(pk__in=per_soort[wat]).values_list("pk", *velden)
            gevonden |= {(wat, pk): "\n\n".join(delen)[:3000] for pk, *delen in rijen}
    return gevonden


def _waar(signaal: Signaal) -> str:
    """Return where in the admin a moderator does something about it, '' where there is no such page."""
    if signaal.wat in _VERBERGEN:
        return reverse(f"admin:netwerk_{signaal.wat}_verbergen", args=[signaal.sleutel])
    if signaal.wat == Signaal.Wat.PRAKTIJKKAART:
        return reverse("admin:netwerk_praktijkkaart_change", args=[signaal.sleutel])
    if signaal.over_id:
        return reverse("admin:netwerk_professional_change", args=[signaal.over_id])
    return ""


@require_http_methods(["GET", "POST"])
def wachtrij(request: HttpRequest) -> HttpResponse:
    moderator = eis_moderator(request)
    form = AfhandelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        signaal = get_object_or_404(Signaal, pk=schoon["pk"])
        is_nu = handel_af(
            signaal=signaal, door=moderator, is_gedaan=schoon["besluit"] == "gedaan", besluit=schoon["uitleg"]
        )
        if is_nu:
            messages.success(request, "Afgehandeld. Wie het meldde, krijgt bericht.")
        else:
            messages.info(request, "Deze melding was al afgehandeld.")
        return redirect("admin:netwerk_signaal_wachtrij")
    rijen = Signaal.objects.filter(status=Signaal.Status.OPEN).select_related("door", "over")
    blad = Paginator(rijen, PER_PAGINA).get_page(paginanummer(request.GET.get("pagina")))
    signalen = list(blad.object_list)
    teksten = _teksten(signalen)
    context = {
        **admin.site.each_context(request),
        "title": "Meldingen over vakgenoten",
        "plek": "signalen",
        "blad": blad,
        "regels": [(een, een.bewijs or teksten.get((een.wat, een.sleutel), ""), _waar(een)) for een in signalen],
        "form": form,
    }
    return TemplateResponse(request, "admin/signalen.html", context)


def stapels(request: HttpRequest) -> dict[str, Any]:
    """Return what waits, for the dashboard."""
    if not is_moderator(request.user):  # type: ignore[arg-type]
        return {}
    wacht = Signaal.objects.filter(status=Signaal.Status.OPEN).aggregate(n=Count("pk"), oudste=Min("gemeld_op"))
    return {
        "stapels": [
            Stapel(
                "Meldingen over vakgenoten", "Iemand meldt een persoon of een tekst.", wacht["n"], wacht["oudste"],
                reverse("admin:netwerk_signaal_wachtrij"), "waarschuwing", "tint-4", "Bekijken",
            )
        ]
    }  # fmt: skip


@admin.register(Signaal)
class SignaalAdmin(AlleenLezen):
    list_display = ("gemeld_op", "wat", "reden", "over", "status", "afgehandeld_door")
    list_filter = ("status", "reden", "wat")
    list_select_related = ("over", "afgehandeld_door")
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        eigen = path("wachtrij/", self.admin_site.admin_view(wachtrij), name="netwerk_signaal_wachtrij")
        return [eigen, *super().get_urls()]
