"""Forms of private post."""

from django import forms
from django.core.validators import MaxLengthValidator

from netwerk.models.post import MAX_TEKST
from organisaties.forms.velden import RegelField, TekstField
from welzijnportal.http import ParameterForm, paginanummer
from welzijnportal.validators import meer_regels, zichtbare_tekst


def _tekst(label: str) -> TekstField:
    return TekstField(
        label=label,
        max_length=MAX_TEKST,
        validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(MAX_TEKST)],
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Schrijf een bericht."},
    )


class AntwoordForm(forms.Form):
    tekst = _tekst("Uw antwoord")


class SchrijfForm(forms.Form):
    onderwerp = RegelField(
        label="Onderwerp",
        max_length=120,
        validators=[zichtbare_tekst],
        error_messages={"required": "Schrijf in een paar woorden waar het over gaat."},
    )
    tekst = _tekst("Uw bericht")


class PostForm(ParameterForm):
    """Which page of one's post is asked for."""

    pagina = forms.CharField(required=False, initial=1)

    def clean_pagina(self) -> int:
        return paginanummer(self.cleaned_data["pagina"], hoogste=200)
