"""Themes, target groups and synonyms: the words by which help is found."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from organisaties.admin.basis import Tafel
from organisaties.admin.formulieren import LijstVeld
from organisaties.models import Doelgroep, Synoniemgroep, Thema
from organisaties.zoeken.synoniemen import vergeet


class ThemaForm(forms.ModelForm[Thema]):
    trefwoorden = LijstVeld(
        label="Trefwoorden", required=False, help_text="Woorden die mensen gebruiken, één per regel."
    )

    class Meta:
        model = Thema
        fields = ("naam", "slug", "ouder", "uitleg", "trefwoorden", "icoon", "tint", "volgorde")


class DoelgroepForm(forms.ModelForm[Doelgroep]):
    trefwoorden = LijstVeld(
        label="Trefwoorden", required=False, help_text="Woorden die mensen gebruiken, één per regel."
    )

    class Meta:
        model = Doelgroep
        fields = ("naam", "slug", "trefwoorden", "volgorde")


class SynoniemgroepForm(forms.ModelForm[Synoniemgroep]):
    woorden = LijstVeld(label="Woorden of zinnen", help_text="Eén per regel, of met komma's ertussen.")
    doelen = LijstVeld(
        label="Verwijzen naar",
        required=False,
        help_text="Alleen bij 'verwijzen naar andere woorden': de woorden die in vermeldingen staan, één per regel.",
    )

    class Meta:
        model = Synoniemgroep
        fields = ("soort", "woorden", "doelen", "toelichting")


def _kort(woorden: list[str]) -> str:
    return ", ".join(woorden[:8]) + (" …" if len(woorden) > 8 else "")


def _zoekvraag(woord: str) -> str:
    adres = f"{reverse('organisaties:lijst')}?{urlencode({'q': woord})}"
    return format_html('<a href="{}">Probeer: zoek ‘{}’</a>', adres, woord)


@admin.register(Thema)
class ThemaAdmin(Tafel):
    form = ThemaForm
    list_display = ("naam", "ouder", "woorden", "volgorde")
    list_filter = (("ouder", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("ouder",)
    search_fields = ("naam", "slug", "trefwoorden")
    list_per_page = 120

    def get_readonly_fields(self, request: HttpRequest, obj: Thema | None = None) -> tuple[str, ...]:
        # Addresses of pages and feeds are made of it.
        return ("slug",) if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "ouder":
            kwargs["queryset"] = Thema.objects.hoofdthemas()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="trefwoorden")
    def woorden(self, thema: Thema) -> str:
        return _kort(thema.trefwoorden)


@admin.register(Doelgroep)
class DoelgroepAdmin(Tafel):
    form = DoelgroepForm
    list_display = ("naam", "woorden", "volgorde")
    search_fields = ("naam", "slug", "trefwoorden")
    list_per_page = 120

    def get_readonly_fields(self, request: HttpRequest, obj: Doelgroep | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    @admin.display(description="trefwoorden")
    def woorden(self, doelgroep: Doelgroep) -> str:
        return _kort(doelgroep.trefwoorden)


@admin.register(Synoniemgroep)
class SynoniemgroepAdmin(Tafel):
    form = SynoniemgroepForm
    list_display = ("groep", "soort", "naar", "is_aangepast", "probeer")
    list_filter = ("soort", "is_aangepast")
    search_fields = ("woorden", "doelen", "toelichting")
    fields = ("soort", "woorden", "doelen", "toelichting", "probeer")
    readonly_fields = ("probeer",)
    list_per_page = 100

    def save_model(self, request: HttpRequest, obj: Synoniemgroep, form: Any, change: bool) -> None:
        # A group that an admin touched is no longer renewed from the files of the portal.
        obj.is_aangepast = True
        super().save_model(request, obj, form, change)
        vergeet()

    def delete_model(self, request: HttpRequest, obj: Synoniemgroep) -> None:
        super().delete_model(request, obj)
        vergeet()

    @admin.display(description="woorden")
    def groep(self, groep: Synoniemgroep) -> str:
        return _kort(groep.woorden)

    @admin.display(description="verwijst naar")
    def naar(self, groep: Synoniemgroep) -> str:
        return _kort(groep.doelen)

    @admin.display(description="proberen")
    def probeer(self, groep: Synoniemgroep) -> str:
        return _zoekvraag(groep.woorden[0]) if groep.pk and groep.woorden else "Eerst bewaren, dan proberen."
