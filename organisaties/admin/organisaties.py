"""The table of listings: search, filter, edit; the status moves by buttons alone."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ActionLocation
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from organisaties.actions.adres import hernoem
from organisaties.actions.opvolging import meld_zonder_beheerder, trek_uitnodigingen_in, verwerk_verlies
from organisaties.actions.status import StatusFout, archiveer, publiceer, stuur_terug
from organisaties.admin import samenvoegen, wachtrij
from organisaties.admin.basis import Onderdelen, Tafel
from organisaties.admin.formulieren import OrganisatieForm, RedenForm
from organisaties.admin.versheid import VersheidFilter, bevestig_namens_redactie, versheid_in_woorden
from organisaties.models import Beheer, Contactpersoon, Dienst, Locatie, Openingstijd, Organisatie
from organisaties.models.beheer import Rol
from organisaties.notifications import meld_rol
from organisaties.weergave.geschiedenis import momenten
from organisaties.zoeken import ververs, verwijder
from welzijnportal.geo.fields import naar_rd, van_rd
from welzijnportal.geo.zoeken import vind_plek, vul_aan


class DienstInline(Onderdelen, admin.StackedInline[Dienst, Organisatie]):
    model = Dienst
    extra = 0
    classes = ("collapse",)
    fields = (
        "naam", "tekst", ("themas", "doelgroepen"), ("leeftijd_van", "leeftijd_tot_en_met"), ("is_gratis", "kosten", "bedrag"),
        "aanmeldlink", "wachttijd", "volgorde",
    )  # fmt: skip
    autocomplete_fields = ("themas", "doelgroepen")


class LocatieInline(Onderdelen, admin.StackedInline[Locatie, Organisatie]):
    model = Locatie
    extra = 0
    classes = ("collapse",)
    fields = (
        "naam", "straat", ("postcode", "plaats"), "gemeente", ("breedtegraad", "lengtegraad"), "telefoon", "toelichting",
        "is_geheim", "uren",
    )  # fmt: skip
    readonly_fields = ("uren",)
    autocomplete_fields = ("gemeente",)

    @admin.display(description="openingstijden")
    def uren(self, locatie: Locatie) -> str:
        if not locatie.pk:
            return "Bewaar de locatie eerst."
        adres = reverse("admin:organisaties_locatie_change", args=[locatie.pk])
        return format_html('<a href="{}">Openingstijden van {}</a>', adres, locatie)


class ContactpersoonInline(Onderdelen, admin.StackedInline[Contactpersoon, Organisatie]):
    model = Contactpersoon
    extra = 0
    classes = ("collapse",)
    fields = (
        ("naam", "naam_voor"),
        ("functie", "functie_voor"),
        ("email", "email_voor"),
        ("telefoon", "telefoon_voor"),
    )


class BeheerInline(Onderdelen, admin.StackedInline[Beheer, Organisatie]):
    model = Beheer
    extra = 0
    fields = ("gebruiker", "rol")
    raw_id_fields = ("gebruiker",)


class OpeningstijdInline(Onderdelen, admin.TabularInline[Openingstijd, Locatie]):
    model = Openingstijd
    fk_name = "locatie"
    extra = 1
    fields = ("dag", "van", "tot", "is_op_afspraak")


@admin.register(Locatie)
class LocatieAdmin(Tafel):
    """Only for the hours of a location; the rest is on the page of its organisation."""

    fields = ("organisatie", "straat", "postcode", "plaats")
    readonly_fields = fields
    inlines = (OpeningstijdInline,)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Locatie | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        ververs([form.instance.organisatie_id])


class BronFilter(admin.SimpleListFilter):
    """By source; what was typed on the portal itself has none."""

    title = "bron"
    parameter_name = "bron"
    eigen = "-"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        bronnen = Organisatie.objects.exclude(bron="").order_by("bron").values_list("bron", flat=True).distinct()[:30]
        return [(self.eigen, "op het portaal ingevuld"), *((bron, bron) for bron in bronnen)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() is None:
            return queryset
        return queryset.filter(bron="" if self.value() == self.eigen else self.value())


@admin.register(Organisatie)
class OrganisatieAdmin(Tafel):
    form = OrganisatieForm
    list_display = ("naam", "soort", "plaatsen", "status", "sinds", "versheid", "bron")
    list_filter = (
        "status",
        VersheidFilter,
        "soort",
        "is_initiatief",
        "werkgebied",
        ("themas", admin.RelatedOnlyFieldListFilter),
        BronFilter,
    )
    search_fields = ("naam", "ook_bekend_als", "kvk_nummer__exact", "website", "email")
    search_help_text = "Zoek op naam, KvK-nummer, website of e-mailadres."
    ordering = ("naam", "pk")
    list_per_page = 50
    show_full_result_count = False
    inlines = (DienstInline, LocatieInline, ContactpersoonInline, BeheerInline)
    autocomplete_fields = ("themas", "doelgroepen", "gemeenten", "hoort_bij")
    readonly_fields = ("stand", "herkomst", "adres_op_portaal", "bevestigd")
    actions = ("bevestigen", "publiceren", "terugsturen", "archiveren", "samenvoegen")
    fieldsets = (
        (None, {"fields": ("gezien_versie", "stand", "naam", "ook_bekend_als", "soort", "is_initiatief", "kort", "tekst")}),
        ("Klopt het nog?", {"fields": ("bevestigd",)}),
        ("Contact", {"fields": ("email", "telefoon", "website", "logo")}),
        ("Voor wie en waarover", {"fields": ("themas", "doelgroepen", "labels")}),
        ("Waar", {"fields": ("werkgebied", "gemeenten", "provincies")}),
        (
            "Gegevens",
            {
                "classes": ("collapse",),
                "fields": ("kvk_nummer", "rsin", "opgericht_jaar", "hoort_bij", "adres_op_portaal", "herkomst"),
            },
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Organisatie]:
        return super().get_queryset(request).prefetch_related("locaties")

    def get_urls(self) -> list[URLPattern]:
        om = self.admin_site.admin_view
        return [
            path("wachtrij/", om(wachtrij.wachtrij), name="organisaties_organisatie_wachtrij"),
            path("<int:pk>/beoordelen/", om(wachtrij.beoordelen), name="organisaties_organisatie_beoordelen"),
            *super().get_urls(),
        ]

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        # Deleting in bulk has no place here: archiving keeps the address and the history.
        alle = super().get_actions(request, action_location)
        return {naam: actie for naam, actie in alle.items() if naam != "delete_selected"}

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Organisatie | None:
        # Saving writes the whole row: without the lock it would undo what was decided in between, as a merge.
        if request.method == "POST" and object_id.isascii() and object_id.isdigit() and len(object_id) < 18:
            Organisatie.objects.select_for_update(of=("self",)).filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    @admin.display(description="plaats")
    def plaatsen(self, organisatie: Organisatie) -> str:
        return ", ".join(dict.fromkeys(locatie.plaats for locatie in organisatie.locaties.all()))

    @admin.display(description="status sinds", ordering="status_op")
    def sinds(self, organisatie: Organisatie) -> Any:
        return organisatie.status_op

    @admin.display(description="status")
    def stand(self, organisatie: Organisatie) -> str:
        if not organisatie.pk:
            return "Wordt een concept"
        adres = reverse("admin:organisaties_organisatie_beoordelen", args=[organisatie.pk])
        return format_html('{} · <a href="{}">Bekijken en beslissen</a>', organisatie.get_status_display(), adres)

    @admin.display(description="versheid", ordering="versheidsstap")
    def versheid(self, organisatie: Organisatie) -> str:
        return organisatie.get_versheidsstap_display() if organisatie.bevestigd_op else "nooit bevestigd"

    @admin.display(description="bevestigd")
    def bevestigd(self, organisatie: Organisatie) -> str:
        return versheid_in_woorden(organisatie)

    @admin.display(description="herkomst")
    def herkomst(self, organisatie: Organisatie) -> str:
        return f"{organisatie.bron}, sleutel {organisatie.extern_id}" if organisatie.bron else "op het portaal ingevuld"

    @admin.display(description="adres op het portaal")
    def adres_op_portaal(self, organisatie: Organisatie) -> str:
        if not organisatie.pk:
            return ""
        return format_html('<a href="{0}">{0}</a>', organisatie.get_absolute_url())

    def save_model(self, request: HttpRequest, obj: Organisatie, form: Any, change: bool) -> None:
        if change:
            obj.versie += 1
            if "naam" in form.changed_data:
                hernoem(organisatie=obj, naam=obj.naam)
                return
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is Locatie:
            for deel in formset.forms:
                if deel.has_changed() and not deel.cleaned_data.get("DELETE"):
                    plaats_locatie(deel.instance, deel.changed_data)
        super().save_formset(request, form, formset, change)
        if formset.model is Beheer:
            verwerk_rollen(form.instance, formset)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        ververs([form.instance.pk])

    def delete_model(self, request: HttpRequest, obj: Organisatie) -> None:
        verwijder([obj.pk])
        super().delete_model(request, obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not object_id.isascii() or not object_id.isdigit() or len(object_id) > 17:
            object_id = "0"
        organisatie = get_object_or_404(Organisatie, pk=object_id)
        wachtrij.eis_moderator(request)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Geschiedenis: {organisatie}",
            "organisatie": organisatie,
            "momenten": momenten(organisatie),
            "stappen": organisatie.statusstappen.select_related("gezet_door"),
            "plek": "vermeldingen",
        }
        return TemplateResponse(request, "admin/geschiedenis.html", context)

    @admin.action(description="Klopt volgens de redactie", permissions=["change"])
    def bevestigen(self, request: HttpRequest, queryset: models.QuerySet[Organisatie]) -> None:
        aantal = bevestig_namens_redactie(queryset, request.user)  # type: ignore[arg-type]
        wat = "1 vermelding is" if aantal == 1 else f"{aantal} vermeldingen zijn"
        messages.success(request, f"{wat} bevestigd namens de redactie.")

    @admin.action(description="Publiceren", permissions=["change"])
    def publiceren(self, request: HttpRequest, queryset: models.QuerySet[Organisatie]) -> None:
        self._zet(request, queryset, publiceer, "gepubliceerd")

    @admin.action(description="Archiveren", permissions=["change"])
    def archiveren(self, request: HttpRequest, queryset: models.QuerySet[Organisatie]) -> None:
        self._zet(request, queryset, archiveer, "gearchiveerd")

    @admin.action(description="Terugsturen met één reden", permissions=["change"])
    def terugsturen(self, request: HttpRequest, queryset: models.QuerySet[Organisatie]) -> HttpResponse | None:
        form = RedenForm(request.POST if "reden" in request.POST else None)
        if form.is_valid():
            self._zet(request, queryset, stuur_terug, "teruggestuurd", reden=form.cleaned_data["reden"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Terugsturen",
            "form": form,
            "organisaties": queryset.order_by("naam"),
            "doel": request.get_full_path(),
            "selectieveld": ACTION_CHECKBOX_NAME,
            "actie": "terugsturen",
            "plek": "vermeldingen",
        }
        return TemplateResponse(request, "admin/terugsturen.html", context)

    @admin.action(description="Samenvoegen (kies er twee)", permissions=["change"])
    def samenvoegen(self, request: HttpRequest, queryset: models.QuerySet[Organisatie]) -> HttpResponse | None:
        pks = list(queryset.order_by("aangemaakt_op", "pk").values_list("pk", flat=True)[:3])
        if len(pks) != 2:
            messages.warning(request, "Vink precies twee vermeldingen aan die over dezelfde organisatie gaan.")
            return None
        return redirect(samenvoegen.adres(*pks))

    def _zet(
        self, request: HttpRequest, queryset: models.QuerySet[Organisatie], stap: Any, woord: str, **extra: str
    ) -> None:
        gelukt = 0
        for organisatie in queryset.order_by("pk"):
            try:
                stap(organisatie=organisatie, door=request.user, **extra)
                gelukt += 1
            except StatusFout as fout:
                messages.error(request, str(fout))
        if gelukt:
            wat = "1 vermelding is" if gelukt == 1 else f"{gelukt} vermeldingen zijn"
            messages.success(request, f"{wat} {woord}.")


def verwerk_rollen(organisatie: Organisatie, formset: Any) -> None:
    """Tell people that a role was changed or taken away at the desk, as their own page does."""
    for beheer, velden in formset.changed_objects:
        if "rol" in velden:
            if beheer.rol != Rol.BEHEERDER:
                trek_uitnodigingen_in(gebruiker_id=beheer.gebruiker_id, organisatie_id=organisatie.pk)
            meld_rol(gebruiker=beheer.gebruiker, organisatie=organisatie, rol=beheer.rol)
    for beheer in formset.new_objects:
        meld_rol(gebruiker=beheer.gebruiker, organisatie=organisatie, rol=beheer.rol)
    for beheer in formset.deleted_objects:
        verwerk_verlies(organisatie=organisatie, gebruiker=beheer.gebruiker)
    if formset.changed_objects:
        meld_zonder_beheerder([organisatie])


def plaats_locatie(locatie: Locatie, gewijzigd: list[str]) -> None:
    """Give a location its point: from typed coordinates, else from its postcode or place when those changed."""
    if {"breedtegraad", "lengtegraad"} & set(gewijzigd):
        heeft = locatie.breedtegraad is not None and locatie.lengtegraad is not None
        locatie.punt = naar_rd(locatie.breedtegraad, locatie.lengtegraad) if heeft else None  # type: ignore[arg-type]
    elif {"postcode", "plaats"} & set(gewijzigd):
        aanvulling = vul_aan(locatie.postcode)
        plek = None if aanvulling else vind_plek(locatie.plaats)
        locatie.punt = aanvulling.punt if aanvulling else plek.punt if plek else None
        locatie.breedtegraad, locatie.lengtegraad = van_rd(locatie.punt) if locatie.punt else (None, None)
        if "gemeente" not in gewijzigd:
            locatie.gemeente_id = (
                aanvulling.gemeente_code if aanvulling else plek.gemeente_code if plek else ""
            ) or None
