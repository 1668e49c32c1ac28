"""Forms of conversations."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from netwerk.forms.mensen import LabelsField
from netwerk.keuzes import Gesprekssoort, Zicht
from netwerk.models import Gesprek, Netwerk
from netwerk.models.gesprek import MAX_TEKST
from organisaties.forms.velden import RegelField, TekstField
from welzijnportal.http import ParameterForm, paginanummer
from welzijnportal.validators import zichtbare_tekst

SOORTEN = [
    (Gesprekssoort.VRAAG.value, "Een vraag: ik wil iets weten"),
    (Gesprekssoort.ERVARING.value, "Een ervaring: zo ging het bij ons"),
    (Gesprekssoort.MEDEDELING.value, "Een mededeling: dit moet u weten"),
]
_LEZERS = {
    Zicht.NETWERK.value: "Alleen leden van dit netwerk",
    Zicht.PORTAAL.value: "Iedereen met een profiel op het portaal",
    Zicht.PUBLIEK.value: "Iedereen, ook zonder account",
}


class LeesForm(ParameterForm):
    pagina = forms.CharField(required=False, initial=1)

    def clean_pagina(self) -> int:
        return paginanummer(self.cleaned_data["pagina"], hoogste=100_000)


class VanafForm(ParameterForm):
    """Where the page before ended: a moment and a key, as '1732400000.123456-42'."""

    voor = forms.RegexField(regex=r"\A[0-9]{1,12}\.[0-9]{1,6}-[0-9]{1,18}\Z", required=False, initial="")


def _tekstveld(label: str, hulp: str = "", rijen: int = 8) -> TekstField:
    return TekstField(
        label=label,
        help_text=hulp,
        max_length=MAX_TEKST,
        validators=[zichtbare_tekst, MaxLengthValidator(MAX_TEKST)],
        widget=forms.Textarea(attrs={"rows": rijen}),
        error_messages={"required": "Schrijf eerst iets."},
    )


class GesprekForm(forms.Form):
    """A conversation in a network; who may read it is never wider than the network lets it be."""

    soort = forms.ChoiceField(
        label="Wat wilt u delen?",
        choices=SOORTEN,
        initial=Gesprekssoort.VRAAG.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat u wilt delen."},
    )
    titel = RegelField(
        label="Titel",
        help_text="Bij een vraag: de vraag in één zin.",
        max_length=150,
        validators=[zichtbare_tekst],
        error_messages={"required": "Geef uw gesprek een titel."},
    )
    tekst = _tekstveld(
        "Uw tekst",
        "Noem geen namen of adressen van mensen die u helpt. Met @ en een naam roept u iemand uit het netwerk erbij.",
        10,
    )
    labels = LabelsField(label="Onderwerpen", help_text="Losse woorden met komma’s ertussen. Mag leeg blijven.")
    zicht = forms.TypedChoiceField(label="Wie mag dit lezen?", coerce=int, widget=forms.RadioSelect)

    def __init__(self, netwerk: Netwerk | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ruimst = netwerk.zicht_gesprekken if netwerk else Zicht.PUBLIEK.value
        self.fields["zicht"].choices = [  # type: ignore[attr-defined]
            (waarde, tekst) for waarde, tekst in _LEZERS.items() if waarde <= ruimst and (netwerk or waarde >= 2)
        ]
        self.fields["zicht"].initial = ruimst
        self.fields["zicht"].error_messages["required"] = "Kies wie dit mag lezen."

    def velden(self) -> dict[str, Any]:
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "labels"}


class ArtikelForm(GesprekForm):
    samenvatting = RegelField(
        label="Samenvatting",
        help_text="In één of twee zinnen. Die staat in de lijst van artikelen.",
        max_length=300,
        required=False,
    )
    field_order = ("titel", "samenvatting", "tekst", "labels", "zicht")

    def __init__(self, netwerk: Netwerk | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(netwerk, *args, **kwargs)
        del self.fields["soort"]

    def velden(self) -> dict[str, Any]:
        return {**super().velden(), "soort": Gesprekssoort.ARTIKEL}


class ReactieForm(forms.Form):
    tekst = _tekstveld("Uw reactie", rijen=5)
    op = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)


class WijzigForm(forms.Form):
    """A changed text; ``gezien`` says which version it was made from."""

    titel = RegelField(
        label="Titel",
        max_length=150,
        validators=[zichtbare_tekst],
        error_messages={"required": "Geef uw gesprek een titel."},
    )
    samenvatting = RegelField(label="Samenvatting", max_length=300, required=False)
    tekst = _tekstveld("Uw tekst", rijen=10)
    labels = LabelsField(label="Onderwerpen", help_text="Losse woorden met komma’s ertussen.")
    gezien = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, gesprek: Gesprek | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if gesprek is None:
            for naam in ("titel", "samenvatting", "labels"):
                del self.fields[naam]
        elif gesprek.soort != Gesprekssoort.ARTIKEL:
            del self.fields["samenvatting"]

    def clean_gezien(self) -> datetime | None:
        tekst = self.cleaned_data["gezien"]
        if not tekst:
            return None
        try:
            return datetime.fromisoformat(tekst)
        except ValueError as fout:
            raise ValidationError("Open de pagina opnieuw.", code="gezien") from fout


class DoeForm(forms.Form):
    """One press of a button at a conversation or a reply."""

    actie = forms.ChoiceField(
        choices=[
            (naam, naam)
            for naam in (
                "sluit", "heropen", "zet_vast", "maak_los", "verberg", "trek_in", "herstel", "volg", "ontvolg",
                "hielp", "hielp_niet", "antwoord", "geen_antwoord",
            )
        ]
    )  # fmt: skip
    reden = RegelField(max_length=120, required=False)


class VerbergForm(forms.Form):
    """Why a beheerder hides a reply."""

    reden = RegelField(
        label="Waarom verbergt u deze reactie?",
        help_text="De schrijver leest dit. Bijvoorbeeld: er staat een naam van een cliënt in.",
        max_length=120,
        validators=[zichtbare_tekst],
        error_messages={"required": "Schrijf waarom. De schrijver leest dit."},
    )
