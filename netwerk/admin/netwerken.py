"""Proposed networks in a queue, and the networks as tables to look things up in."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.core.validators import MaxLengthValidator
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.actions.netwerken.voorstellen import keur_goed, wijs_af
from netwerk.keuzes import Netwerkstatus
from netwerk.models import Lidmaatschap, Netwerk, NetwerkSteun
from netwerk.permissions import is_moderator
from organisaties.admin.basis import AlleenLezen
from organisaties.admin.wachtrij import PER_PAGINA
from organisaties.admin.werkbank import Stapel
from welzijnportal.http import paginanummer
from welzijnportal.validators import meer_regels, zichtbare_tekst


class AfwijzenForm(forms.Form):
    reden = forms.CharField(
        label="Waarom niet?",
        help_text="De voorsteller leest dit.",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(500)],
        error_messages={"required": "Schrijf op waarom niet. De voorsteller leest dit."},
    )


def eis_moderator(request: HttpRequest) -> Any:
    if not is_moderator(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    return request.user


def _pk(request: HttpRequest) -> int:
    ruw = request.POST.get("pk", "")
    return int(ruw) if ruw.isascii() and ruw.isdigit() and len(ruw) < 18 else 0


@require_http_methods(["GET", "POST"])
def wachtrij(request: HttpRequest) -> HttpResponse:
    eis_moderator(request)
    fout_bij, form = 0, AfwijzenForm()
    if request.method == "POST":
        netwerk = get_object_or_404(Netwerk, pk=_pk(request))
        form = AfwijzenForm(request.POST) if request.POST.get("besluit") == "afwijzen" else form
        if not form.is_bound or form.is_valid():
            _beslis(request, netwerk, form)
            return redirect("admin:netwerk_netwerk_wachtrij")
        fout_bij = netwerk.pk
    rijen = (
        Netwerk.objects.filter(status=Netwerkstatus.VOORGESTELD)
        .select_related("voorgesteld_door__gebruiker")
        .prefetch_related("themas", "provincies")
        .order_by("status_op", "pk")
    )
    context = {
        **admin.site.each_context(request),
        "title": "Voorgestelde netwerken",
        "plek": "netwerken",
        "pagina": Paginator(rijen, PER_PAGINA).get_page(paginanummer(request.GET.get("pagina"))),
        "form": form,
        "fout_bij": fout_bij,
    }
    return TemplateResponse(request, "admin/netwerken.html", context)


def _beslis(request: HttpRequest, netwerk: Netwerk, form: AfwijzenForm) -> None:
    moderator = eis_moderator(request)
    try:
        if form.is_bound:
            wijs_af(netwerk=netwerk, door=moderator, reden=form.cleaned_data["reden"])
            messages.success(request, f"‘{netwerk}’ gaat niet door. De voorsteller krijgt bericht.")
        else:
            keur_goed(netwerk=netwerk, door=moderator)
            messages.success(request, f"‘{netwerk}’ is er nu. De voorsteller is beheerder en krijgt bericht.")
    except NetwerkFout as fout:
        messages.error(request, str(fout))


def stapels(request: HttpRequest) -> dict[str, Any]:
    """Return what waits, for the dashboard."""
    if not is_moderator(request.user):  # type: ignore[arg-type]
        return {}
    wacht = Netwerk.objects.filter(status=Netwerkstatus.VOORGESTELD).aggregate(n=Count("pk"), oudste=Min("status_op"))
    return {
        "stapels": [
            Stapel(
                "Netwerken", "Een professional stelt een netwerk voor.", wacht["n"], wacht["oudste"],
                reverse("admin:netwerk_netwerk_wachtrij"), "netwerk", "tint-1", "Beoordelen",
            )
        ]
    }  # fmt: skip


@admin.register(Netwerk)
class NetwerkAdmin(AlleenLezen):
    list_display = ("naam", "status", "toelating", "aantal_leden", "laatste_op", "aangemaakt_op")
    list_filter = ("status", "toelating")
    search_fields = ("naam", "doel")
    exclude = ("vector",)
    actions = ("sluit",)

    def get_urls(self) -> list[URLPattern]:
        eigen = path("wachtrij/", self.admin_site.admin_view(wachtrij), name="netwerk_netwerk_wachtrij")
        return [eigen, *super().get_urls()]

    @admin.action(description="Sluiten: niemand ziet het netwerk nog", permissions=["view"])
    def sluit(self, request: HttpRequest, queryset: QuerySet[Netwerk]) -> None:
        eis_moderator(request)
        levend = Netwerk.objects.levend().filter(pk__in=queryset.values("pk"))
        aantal = levend.update(status=Netwerkstatus.GESLOTEN, status_op=timezone.now())
        messages.success(request, f"{aantal} gesloten.")


@admin.register(Lidmaatschap)
class LidmaatschapAdmin(AlleenLezen):
    list_display = ("professional", "netwerk", "rol", "status", "sinds_op")
    list_filter = ("rol", "status")
    list_select_related = ("professional", "netwerk")
    search_fields = ("professional__naam", "netwerk__naam")


@admin.register(NetwerkSteun)
class NetwerkSteunAdmin(AlleenLezen):
    list_display = ("organisatie", "netwerk", "status", "gevraagd_door_kant", "gevraagd_op")
    list_filter = ("status",)
    list_select_related = ("organisatie", "netwerk")
    search_fields = ("organisatie__naam", "netwerk__naam")
