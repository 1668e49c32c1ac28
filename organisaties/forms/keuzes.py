"""Long lists of choices in groups, so that a page stays calm without script."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class Keuze:
    waarde: str
    tekst: str
    is_gekozen: bool


@dataclass(frozen=True)
class Keuzegroep:
    titel: str
    keuzes: list[Keuze]

    @property
    def aantal_gekozen(self) -> int:
        return sum(keuze.is_gekozen for keuze in self.keuzes)


class GroepenField(forms.ModelMultipleChoiceField):
    """A choice of several rows, shown in groups by what ``groep`` says of a row."""

    def __init__(self, queryset: Any, *, groep: str, hoogstens: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        kwargs.setdefault("required", False)
        super().__init__(queryset, **kwargs)
        self.groep, self.hoogstens = groep, hoogstens
        self.error_messages["invalid_choice"] = "Deze keuze bestaat niet meer. Kies een andere."
        self.error_messages["invalid_pk_value"] = "Deze keuze bestaat niet. Kies een andere."

    def clean(self, value: Any) -> Any:
        gekozen = super().clean(value)
        if self.hoogstens and len(gekozen) > self.hoogstens:
            raise ValidationError(f"Kies er hoogstens {self.hoogstens}.", code="te_veel")
        return gekozen


def groepen_van(veld: Any) -> list[Keuzegroep]:
    """Return the groups of a bound GroepenField, with what is chosen now."""
    gekozen = {str(getattr(waarde, "pk", waarde)) for waarde in (veld.value() or [])}
    groepen: dict[str, list[Keuze]] = {}
    for rij in veld.field.queryset:
        titel = rij
        for deel in veld.field.groep.split("."):
            titel = getattr(titel, deel) or rij
        groepen.setdefault(str(titel), []).append(Keuze(str(rij.pk), str(rij), str(rij.pk) in gekozen))
    return [Keuzegroep(titel, keuzes) for titel, keuzes in groepen.items()]


class MeerField(forms.TypedMultipleChoiceField):
    """A choice of several fixed values, for an array column."""

    def __init__(self, *, choices: Any, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=choices, **kwargs)
        self.error_messages["invalid_choice"] = "Deze keuze bestaat niet. Kies een andere."
