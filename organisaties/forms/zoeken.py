import re
import unicodedata
from typing import Any

from django import forms

from organisaties.keuzes import Soort
from organisaties.zoeken.keuzes import AFSTAND_STANDAARD
from organisaties.zoeken.vraag import AFSTAND, NAAM, NIEUWSTE, RELEVANTIE
from welzijnportal.http import ParameterForm, paginanummer

__all__ = ["AFSTANDEN", "AFSTAND_STANDAARD", "HEEL_NEDERLAND", "Slugs", "ZoekForm", "Zoektekst"]

AFSTANDEN = (2, 5, 10, 25, 50)
HEEL_NEDERLAND = 400
_MEERVOUD_MAX = 20


class Zoektekst(forms.CharField):
    """Text that is cut off instead of refused, on one line and without control characters."""

    def __init__(self, *, tekens: int, **kwargs: Any) -> None:
        self.tekens = tekens
        super().__init__(required=False, initial="", **kwargs)

    def to_python(self, value: Any) -> str:
        tekst = str(value or "")[: self.tekens * 4]
        schoon = "".join(" " if unicodedata.category(teken) in ("Cc", "Cs") else teken for teken in tekst)
        return " ".join(schoon.split())[: self.tekens].strip()


class Slugs(forms.Field):
    """A repeated parameter of slugs; what is no slug is left out."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=())

    def to_python(self, value: Any) -> tuple[str, ...]:
        goed = [slug for slug in value or () if re.fullmatch(r"[a-z0-9-]{1,60}", str(slug))]
        return tuple(dict.fromkeys(goed))[:_MEERVOUD_MAX]


class ZoekForm(ParameterForm):
    q = Zoektekst(tekens=200)
    plaats = Zoektekst(tekens=100)
    afstand = forms.TypedChoiceField(
        choices=[(km, km) for km in (*AFSTANDEN, HEEL_NEDERLAND)],
        coerce=int,
        required=False,
        initial=None,
        empty_value=None,
    )
    thema = Slugs()
    doelgroep = Slugs()
    kosten = forms.ChoiceField(choices=[("gratis", "gratis")], required=False, initial="")
    open = forms.ChoiceField(choices=[("nu", "nu")], required=False, initial="")
    soort = forms.ChoiceField(choices=Soort, required=False, initial="")
    gemeente = forms.RegexField(regex=re.compile(r"\AGM[0-9]{4}\Z", re.ASCII), required=False, initial="")
    sorteer = forms.ChoiceField(
        choices=[(naam, naam) for naam in (RELEVANTIE, AFSTAND, NAAM, NIEUWSTE)], required=False, initial=""
    )
    pagina = forms.CharField(required=False, initial=1)

    def clean_pagina(self) -> int:
        return paginanummer(self.cleaned_data["pagina"])
