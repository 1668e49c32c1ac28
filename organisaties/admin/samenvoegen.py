"""Merging two listings: side by side, choose, look, confirm; and undoing it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from organisaties.actions.samenvoegen import (
    Keuzes,
    SamenvoegFout,
    kenmerk,
    maak_ongedaan,
    reden_van_weigering,
    voeg_samen,
)
from organisaties.actions.samenvoegen.ongedaan import reden_van_weigering as reden_van_blijven
from organisaties.actions.samenvoegen.waarden import is_leeg, standaard, verschillen
from organisaties.admin.basis import AlleenLezen
from organisaties.admin.wachtrij import eis_moderator
from organisaties.keuzes import Status
from organisaties.models import Organisatie, Samenvoeging


class PaarForm(forms.Form):
    een = forms.IntegerField(min_value=1, max_value=2**62)
    ander = forms.IntegerField(min_value=1, max_value=2**62)


class KiesForm(forms.Form):
    """For each field that differs: the value of the listing that stays, or that of the other."""

    gezien = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, blijver: Organisatie, ander: Organisatie, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blijver, self.ander = blijver, ander
        self.velden = verschillen(blijver, ander)
        for veld in self.velden:
            self.fields[f"veld_{veld}"] = forms.ChoiceField(
                label=_veldnaam(veld),
                choices=[("blijver", in_woorden(blijver, veld)), ("ander", in_woorden(ander, veld))],
                initial=standaard(blijver, ander, veld),
                widget=forms.RadioSelect,
                error_messages={"required": "Kies wat er komt te staan.", "invalid_choice": "Kies een van de twee."},
            )
        if "naam" in self.velden:
            self.fields["oude_naam_bewaren"] = forms.BooleanField(
                label="Zet de andere naam bij 'ook bekend als'", required=False, initial=True
            )
        if ander.beheer.exists():
            # A listing that is on the portal has shown who it is from; one that was only handed in has not.
            vertrouwd = ander.status == Status.GEPUBLICEERD or not blijver.beheer.exists()
            self.fields["beheerders_mee"] = forms.BooleanField(
                label=f"Wie {ander} bijhoudt, gaat ook {blijver} bijhouden", required=False, initial=vertrouwd
            )
        self.fields["gezien"].initial = kenmerk(blijver, ander)

    @property
    def keuzes(self) -> Keuzes:
        schoon = self.cleaned_data
        return Keuzes(
            velden={veld: schoon[f"veld_{veld}"] for veld in self.velden},
            beheerders_mee=schoon.get("beheerders_mee", False),
            oude_naam_bewaren=schoon.get("oude_naam_bewaren", False),
        )

    @property
    def keuzevelden(self) -> list[Any]:
        return [self[f"veld_{veld}"] for veld in self.velden]

    @property
    def vinkjes(self) -> list[Any]:
        return [self[naam] for naam in ("oude_naam_bewaren", "beheerders_mee") if naam in self.fields]

    @property
    def uitkomst(self) -> list[tuple[str, str, str]]:
        """Return what will stand in each field: (label, value, whose it was)."""
        rijen = []
        for veld in self.velden:
            bron = self.ander if self.cleaned_data[f"veld_{veld}"] == "ander" else self.blijver
            rijen.append((_veldnaam(veld), in_woorden(bron, veld), str(bron)))
        return rijen


def _veldnaam(naam: str) -> str:
    veld: Any = Organisatie._meta.get_field(naam)
    naam = str(veld.verbose_name)
    return naam[:1].upper() + naam[1:]


def in_woorden(organisatie: Organisatie, naam: str) -> str:
    """Return a field's value as people read it."""
    waarde = getattr(organisatie, naam)
    if is_leeg(waarde):
        return "(leeg)"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    toon = getattr(organisatie, f"get_{naam}_display", None)
    if naam == "logo":
        return "een logo"
    return str(toon() if toon else waarde)


@dataclass(frozen=True)
class Kant:
    """One of the two, with what hangs on it."""

    organisatie: Organisatie
    plaatsen: str
    aantallen: list[tuple[int, str]]
    beheerders: list[str]


def _kant(organisatie: Organisatie) -> Kant:
    locaties = list(organisatie.locaties.all())
    telling = (
        (len(locaties), "locatie,locaties"),
        (organisatie.diensten.count(), "aanbod,keer aanbod"),
        (organisatie.contactpersonen.count(), "contactpersoon,contactpersonen"),
    )
    mensen = [
        f"{een.gebruiker} ({een.get_rol_display().lower()})" for een in organisatie.beheer.select_related("gebruiker")
    ]
    plaatsen = ", ".join(dict.fromkeys(locatie.adresregel for locatie in locaties))
    return Kant(organisatie, plaatsen, [rij for rij in telling if rij[0]], mensen)


def _paar(request: HttpRequest) -> tuple[Organisatie, Organisatie]:
    form = PaarForm(request.GET)
    if not form.is_valid() or form.cleaned_data["een"] == form.cleaned_data["ander"]:
        raise Http404
    basis = Organisatie.objects.select_related("hoort_bij", "samengevoegd_met")
    een, ander = (get_object_or_404(basis, pk=form.cleaned_data[kant]) for kant in ("een", "ander"))
    return een, ander


def adres(een: int, ander: int) -> str:
    return f"{reverse('admin:organisaties_samenvoeging_maken')}?{urlencode({'een': een, 'ander': ander})}"


@require_http_methods(["GET", "POST"])
def samenvoegen(request: HttpRequest) -> HttpResponse:
    eis_moderator(request)
    blijver, ander = _paar(request)
    if request.method == "GET" and "ander" not in request.GET.get("blijft", "") and _beter_andersom(blijver, ander):
        return redirect(adres(ander.pk, blijver.pk))
    form = KiesForm(blijver, ander, request.POST if request.method == "POST" else None)
    weigering = reden_van_weigering(blijver, ander)
    toon_uitkomst = request.method == "POST" and not weigering and form.is_valid()
    if toon_uitkomst and form.cleaned_data["gezien"] != kenmerk(blijver, ander):
        messages.warning(request, "Een van de twee is aangepast terwijl u keek. Kijk uw keuzes hieronder na.")
        toon_uitkomst = False
    elif toon_uitkomst and request.POST.get("stap") == "bevestigen":
        return _voeg_samen(request, form)
    elif request.POST.get("stap") == "terug":
        toon_uitkomst = False
    context = {
        **admin.site.each_context(request),
        "title": "Samenvoegen",
        "plek": "dubbelen",
        "blijver": _kant(blijver),
        "ander": _kant(ander),
        "form": form,
        "gezien": kenmerk(blijver, ander),
        "weigering": weigering,
        "toon_uitkomst": toon_uitkomst,
        "andersom": "" if _beter_andersom(ander, blijver) else adres(ander.pk, blijver.pk),
    }
    return TemplateResponse(request, "admin/samenvoegen.html", context)


def _beter_andersom(blijver: Organisatie, ander: Organisatie) -> bool:
    """Tell whether only the other one can stay."""
    return ander.status == Status.GEPUBLICEERD and blijver.status != Status.GEPUBLICEERD


def _voeg_samen(request: HttpRequest, form: KiesForm) -> HttpResponse:
    try:
        voeging = voeg_samen(
            blijver=form.blijver,
            ander=form.ander,
            door=request.user,  # type: ignore[arg-type]
            keuzes=form.keuzes,
            gezien=form.cleaned_data["gezien"],
        )
    except SamenvoegFout as fout:
        messages.error(request, str(fout))
        return redirect(adres(form.blijver.pk, form.ander.pk))
    messages.success(
        request,
        f"'{voeging.verdwenen}' is samengevoegd met '{voeging.blijver}'. Het oude adres verwijst voortaan door. "
        "U kunt dit ongedaan maken.",
    )
    return redirect("admin:organisaties_samenvoeging_ongedaan", pk=voeging.pk)


@require_http_methods(["GET", "POST"])
def ongedaan(request: HttpRequest, pk: int) -> HttpResponse:
    eis_moderator(request)
    voeging = get_object_or_404(
        Samenvoeging.objects.select_related("blijver__samengevoegd_met", "verdwenen", "gedaan_door", "ongedaan_door"),
        pk=pk,
    )
    if request.method == "POST":
        try:
            terug = maak_ongedaan(samenvoeging=voeging, door=request.user)  # type: ignore[arg-type]
            messages.success(request, f"'{voeging.blijver}' en '{terug}' zijn weer twee vermeldingen.")
        except SamenvoegFout as fout:
            messages.error(request, str(fout))
        return redirect("admin:organisaties_samenvoeging_ongedaan", pk=pk)
    context = {
        **admin.site.each_context(request),
        "title": "Samengevoegd",
        "plek": "dubbelen",
        "voeging": voeging,
        "weigering": reden_van_blijven(voeging),
    }
    return TemplateResponse(request, "admin/samengevoegd.html", context)


@admin.register(Samenvoeging)
class SamenvoegingAdmin(AlleenLezen):
    list_display = ("wat", "gedaan_op", "gedaan_door", "ongedaan_op")
    list_display_links = None
    list_select_related = ("blijver", "verdwenen", "gedaan_door")
    search_fields = ("blijver__naam", "verdwenen__naam", "oude_slug")

    def get_urls(self) -> list[URLPattern]:
        om = self.admin_site.admin_view
        return [
            path("maken/", om(samenvoegen), name="organisaties_samenvoeging_maken"),
            path("<int:pk>/ongedaan/", om(ongedaan), name="organisaties_samenvoeging_ongedaan"),
            *super().get_urls(),
        ]

    @admin.display(description="samenvoeging")
    def wat(self, voeging: Samenvoeging) -> str:
        doel = reverse("admin:organisaties_samenvoeging_ongedaan", args=[voeging.pk])
        return format_html('<a href="{}">{}</a>', doel, voeging)
