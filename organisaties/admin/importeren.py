"""Importing in the admin: choose a file, look at what it would do, confirm, see what it did."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from organisaties.admin.basis import AlleenLezen
from organisaties.imports import opdrachten, rapport, uitvoeren
from organisaties.imports.rijen import Probleem, Voorbeeld, controleer
from organisaties.models import Importopdracht
from welzijnportal import tabular
from welzijnportal.validators import een_regel, zichtbare_tekst

GETOOND = 200
MEEST_RIJEN = 25_000


class UploadForm(forms.Form):
    bestand = forms.FileField(
        label="Uw lijst",
        help_text="Een CSV- of Excel-bestand (.xlsx) van hoogstens 20 MB, met in de eerste rij wat er in elke kolom staat.",
        allow_empty_file=True,
        max_length=150,
        error_messages={
            "required": "Kies een bestand.",
            "max_length": "De naam van het bestand is te lang. Geef het een kortere naam.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    bron = forms.CharField(
        label="Waar komt de lijst vandaan?",
        help_text="Bijvoorbeeld 'sociale-kaart-utrecht'. Gebruik elke keer dezelfde naam: zo herkennen wij wat er al staat.",
        max_length=60,
        required=False,
        validators=[een_regel, zichtbare_tekst],
    )

    def clean_bestand(self) -> Any:
        bestand = self.cleaned_data["bestand"]
        if bestand.size > tabular.MAX_BYTES:
            raise forms.ValidationError(
                f"Het bestand is groter dan {tabular.MAX_BYTES // 1024 // 1024} MB. Verdeel de lijst over een paar bestanden."
            )
        self.inhoud: bytes = bestand.read()
        try:
            self.voorbeeld: Voorbeeld = controleer(tabular.lees(self.inhoud))
        except tabular.TabelFout as fout:
            raise forms.ValidationError(str(fout)) from fout
        if self.voorbeeld.aantal_rijen > MEEST_RIJEN:
            raise forms.ValidationError(
                f"Hier kunnen hoogstens {MEEST_RIJEN} rijen tegelijk. Verdeel de lijst, of laat de beheerder van de server "
                "het commando import_organisaties gebruiken."
            )
        return bestand

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if "bron" in gegevens and "bestand" in gegevens:
            naam = PurePath(gegevens["bestand"].name).stem
            gegevens["bron"] = " ".join(gegevens["bron"].split()) or slugify(naam)[:60] or "import"
        return gegevens


def eis_importeur(request: HttpRequest) -> None:
    rechten = ("organisaties.add_organisatie", "organisaties.change_organisatie")
    if not request.user.has_perms(rechten):
        raise PermissionDenied


def _context(request: HttpRequest, titel: str, **extra: Any) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": titel, "plek": "import", **extra}


@require_http_methods(["GET", "POST"])
def uploaden(request: Any) -> HttpResponse:
    eis_importeur(request)
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        naam = "".join(teken for teken in form.cleaned_data["bestand"].name if teken.isprintable())[:200]
        opdracht = Importopdracht.objects.create(
            bestand=form.inhoud,
            bestandsnaam=naam or "bestand",
            bron=form.cleaned_data["bron"],
            aantal_rijen=form.voorbeeld.aantal_rijen,
            gemaakt_door=request.user,
        )
        return redirect("admin:organisaties_importopdracht_voorbeeld", pk=opdracht.pk)
    recent = Importopdracht.objects.exclude(status=Importopdracht.Status.VOORBEELD).defer("bestand", "uitkomst")
    context = _context(request, "Lijst importeren", form=form, recent=recent.select_related("gemaakt_door")[:10])
    return TemplateResponse(request, "admin/import_uploaden.html", context)


def _opdracht(request: HttpRequest, pk: int) -> Importopdracht:
    eis_importeur(request)
    return get_object_or_404(Importopdracht.objects.select_related("gemaakt_door"), pk=pk)


@require_http_methods(["GET", "POST"])
def voorbeeld(request: HttpRequest, pk: int) -> HttpResponse:
    opdracht = _opdracht(request, pk)
    if opdracht.status != Importopdracht.Status.VOORBEELD:
        return redirect("admin:organisaties_importopdracht_uitkomst", pk=pk)
    gelezen = opdrachten.lees(opdracht)
    if request.method == "POST":
        if request.POST.get("besluit") == "weg":
            opdracht.delete()
            messages.success(request, "De lijst is weggegooid. Er is niets geïmporteerd.")
            return redirect("admin:organisaties_importopdracht_uploaden")
        if not gelezen.fouten:
            return _bevestig(request, opdracht, gelezen)
    context = _context(
        request,
        f"Controleren: {opdracht.bestandsnaam}",
        opdracht=opdracht,
        voorbeeld=gelezen,
        plan=uitvoeren.vergelijk(gelezen, bron=opdracht.bron),
        fouten=gelezen.fouten[:GETOOND],
        waarschuwingen=gelezen.waarschuwingen[:GETOOND],
        eerste=gelezen.aanbod[:5],
    )
    return TemplateResponse(request, "admin/import_voorbeeld.html", context)


def _bevestig(request: HttpRequest, opdracht: Importopdracht, gelezen: Voorbeeld) -> HttpResponse:
    publiceer = request.POST.get("hoe") == "publiceren"
    nieuw = opdrachten.bevestig(opdracht=opdracht, publiceer=publiceer, aantal_rijen=gelezen.aantal_rijen)
    if nieuw and gelezen.aantal_rijen <= opdrachten.DIRECT:
        opdrachten.voer_opdracht(opdracht.pk)
    return redirect("admin:organisaties_importopdracht_uitkomst", pk=opdracht.pk)


@require_safe
def uitkomst(request: HttpRequest, pk: int) -> HttpResponse:
    opdracht = _opdracht(request, pk)
    if opdracht.status == Importopdracht.Status.VOORBEELD:
        return redirect("admin:organisaties_importopdracht_voorbeeld", pk=pk)
    loopt = opdracht.status in (Importopdracht.Status.WACHT, Importopdracht.Status.LOOPT)
    problemen = opdracht.uitkomst.get("problemen", [])
    context = _context(
        request,
        f"Import van {opdracht.bestandsnaam}",
        opdracht=opdracht,
        loopt=loopt,
        problemen=problemen[:GETOOND],
        aantal_problemen=len(problemen),
    )
    antwoord = TemplateResponse(request, "admin/import_uitkomst.html", context)
    if loopt:
        # Works without script, and the strict content policy needs no exception.
        antwoord["Refresh"] = "3"
    return antwoord


@require_safe
def meldingenlijst(request: HttpRequest, pk: int) -> HttpResponse:
    opdracht = _opdracht(request, pk)
    if opdracht.status == Importopdracht.Status.VOORBEELD:
        problemen = opdrachten.lees(opdracht).problemen
    else:
        problemen = [Probleem(**rij) for rij in opdracht.uitkomst.get("problemen", [])]
    antwoord = HttpResponse(rapport.als_csv(problemen), content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="import-{opdracht.pk}-meldingen.csv"'
    return antwoord


@admin.register(Importopdracht)
class ImportopdrachtAdmin(AlleenLezen):
    list_display = ("bestandsnaam", "bron", "status", "aantal_rijen", "gemaakt_door", "gemaakt_op")
    list_filter = ("status",)
    list_select_related = ("gemaakt_door",)
    fields = (
        "bestandsnaam",
        "bron",
        "status",
        "aantal_rijen",
        "is_publiceren",
        "gemaakt_door",
        "gemaakt_op",
        "afgerond_op",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("bestand")

    def get_urls(self) -> list[URLPattern]:
        om = self.admin_site.admin_view
        naam = "organisaties_importopdracht"
        return [
            path("nieuw/", om(uploaden), name=f"{naam}_uploaden"),
            path("<int:pk>/voorbeeld/", om(voorbeeld), name=f"{naam}_voorbeeld"),
            path("<int:pk>/uitkomst/", om(uitkomst), name=f"{naam}_uitkomst"),
            path("<int:pk>/meldingen.csv", om(meldingenlijst), name=f"{naam}_meldingen"),
            *super().get_urls(),
        ]
