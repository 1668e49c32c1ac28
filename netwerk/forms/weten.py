"""Forms of what peers know: the search, cards, and answers to questions that were put to somebody."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from netwerk.keuzes import Gesprekssoort, Zicht
from netwerk.models import Netwerk
from netwerk.models.gesprek import MAX_TEKST
from netwerk.models.praktijkkaart import MAX_AANPAK, MAX_LETOP
from netwerk.weergave.kennis import KAART, NIEUWSTE, PASSEND, Plek
from organisaties.forms.velden import RegelField, TekstField
from organisaties.forms.zoeken import Zoektekst
from organisaties.models import Thema
from welzijnportal.http import ParameterForm, paginanummer
from welzijnportal.validators import zichtbare_tekst

MAX_LABELS = 8
SOORTEN = [
    (Gesprekssoort.VRAAG.value, "Vragen"),
    (Gesprekssoort.ERVARING.value, "Ervaringen"),
    (Gesprekssoort.ARTIKEL.value, "Artikelen"),
    (Gesprekssoort.MEDEDELING.value, "Mededelingen"),
    (KAART, "Praktijkkaarten"),
]
ZICHT = [
    (Zicht.NETWERK.value, "Alleen leden van het netwerk"),
    (Zicht.PORTAAL.value, "Iedereen met een profiel op het portaal"),
    (Zicht.PUBLIEK.value, "Iedereen, ook zonder account"),
]
_SLUG = re.compile(r"\A[\w-]{1,120}\Z")
_PLEK = re.compile(r"\A([0-9]{1,17})-([0-9]{1,18})\Z", re.ASCII)
HOOGSTE_PAGINA = 60


def als_parameter(plek: Plek) -> str:
    """Return where a page ended as it stands in an address."""
    return f"{int(plek.op.timestamp()) * 1_000_000 + plek.op.microsecond}-{plek.sleutel}"


class PlekField(forms.Field):
    def to_python(self, value: Any) -> Plek | None:
        gelezen = _PLEK.match(str(value or ""))
        if gelezen is None:
            return None
        seconden, micro = divmod(int(gelezen[1]), 1_000_000)
        try:
            op = datetime.fromtimestamp(seconden, UTC).replace(microsecond=micro)
        except (OverflowError, ValueError, OSError):
            return None
        return Plek(op, int(gelezen[2]))

    def validate(self, value: Any) -> None:
        return

    def run_validators(self, value: Any) -> None:
        return


class KennisForm(ParameterForm):
    q = Zoektekst(tekens=200)
    soort = forms.ChoiceField(choices=SOORTEN, required=False, initial="")
    netwerk = forms.RegexField(regex=_SLUG, required=False, initial="")
    thema = forms.RegexField(regex=re.compile(r"\A[a-z0-9-]{1,60}\Z"), required=False, initial="")
    label = Zoektekst(tekens=60)
    onbeantwoord = forms.ChoiceField(choices=[("ja", "ja")], required=False, initial="")
    sorteer = forms.ChoiceField(choices=[(PASSEND, PASSEND), (NIEUWSTE, NIEUWSTE)], required=False, initial=PASSEND)
    pagina = forms.CharField(required=False, initial=1)
    na = PlekField(required=False, initial=None)

    def clean_pagina(self) -> int:
        return paginanummer(self.cleaned_data["pagina"], hoogste=HOOGSTE_PAGINA)


class KaartForm(forms.Form):
    titel = RegelField(
        label="Titel",
        max_length=120,
        validators=[zichtbare_tekst],
        help_text="Waar helpt het bij? Bijvoorbeeld: iemand bereiken die nooit de deur opendoet.",
        error_messages={"required": "Geef de kaart een titel."},
    )
    samenvatting = RegelField(
        label="Wat is het?",
        max_length=300,
        validators=[zichtbare_tekst],
        help_text="In één of twee zinnen. Dit staat in de lijst.",
        error_messages={"required": "Schrijf in één of twee zinnen wat het is."},
    )
    aanpak = TekstField(
        label="Zo doet u het",
        max_length=MAX_AANPAK,
        validators=[zichtbare_tekst],
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Stap voor stap. Begin een regel met 1. of - voor een lijst; zet **sterretjes** om wat vet moet.",
        error_messages={"required": "Schrijf op hoe u het doet."},
    )
    letop = TekstField(
        label="Let op",
        required=False,
        max_length=MAX_LETOP,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wanneer werkt het niet, of waar moet iemand op letten?",
    )
    themas = forms.ModelMultipleChoiceField(
        queryset=Thema.objects.none(), label="Thema’s", required=False, widget=forms.CheckboxSelectMultiple
    )
    labels = RegelField(
        label="Labels",
        required=False,
        max_length=300,
        help_text=f"Losse woorden waarop mensen zoeken, met komma’s ertussen. Hoogstens {MAX_LABELS}.",
    )
    netwerk = forms.ModelChoiceField(
        queryset=Netwerk.objects.none(),
        label="Hoort bij het netwerk",
        required=False,
        empty_label="Geen netwerk",
    )
    zicht = forms.TypedChoiceField(label="Wie mag dit lezen?", coerce=int, choices=ZICHT, widget=forms.RadioSelect)
    is_genoemd = forms.BooleanField(label="Zet mijn naam bij de kaart", required=False, initial=True)
    # The version that the writer saw, so that nobody's change is lost in silence.
    versie = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        netwerken: Iterable[Netwerk] | None = None,
        ruimste: int = Zicht.PUBLIEK,
        engste: int = Zicht.NETWERK,
        is_nieuw: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themas"].queryset = Thema.objects.hoofdthemas()  # type: ignore[attr-defined]
        if netwerken is None:
            del self.fields["netwerk"]
        else:
            self.fields["netwerk"].queryset = netwerken  # type: ignore[attr-defined]
        self.fields["zicht"].choices = [een for een in ZICHT if engste <= een[0] <= ruimste]  # type: ignore[attr-defined]
        if not is_nieuw:
            del self.fields["is_genoemd"]

    def clean_labels(self) -> list[str]:
        labels = list(dict.fromkeys(deel for stuk in self.cleaned_data["labels"].split(",") if (deel := stuk.strip())))
        if len(labels) > MAX_LABELS:
            raise ValidationError(f"Vul hoogstens {MAX_LABELS} labels in.", code="te_veel")
        if any(len(label) > 40 for label in labels):
            raise ValidationError("Een label is hoogstens 40 tekens lang.", code="te_lang")
        return labels

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if "netwerk" in self.fields and "zicht" in schoon:
            netwerk = schoon.get("netwerk")
            if netwerk is None and schoon["zicht"] == Zicht.NETWERK:
                self.add_error("netwerk", "Kies een netwerk, of laat meer mensen de kaart lezen.")
            elif netwerk is not None and schoon["zicht"] > netwerk.zicht_pagina:
                self.add_error("zicht", "Zo ruim is dit netwerk zelf niet te zien. Kies minder mensen.")
        return schoon


class InstemmingForm(forms.Form):
    is_genoemd = forms.TypedChoiceField(
        label="Mag uw naam bij de kaart staan?",
        coerce=lambda waarde: waarde == "ja",
        choices=[("ja", "Ja, zet mijn naam erbij"), ("nee", "Nee, liever zonder mijn naam")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee."},
    )
    mag_ruimer = forms.TypedChoiceField(
        label="Mogen meer mensen de kaart lezen dan het gesprek?",
        coerce=lambda waarde: waarde == "ja",
        choices=[("ja", "Ja, dat is goed"), ("nee", "Nee, houd het bij wie het gesprek leest")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee."},
    )


class AntwoordForm(forms.Form):
    tekst = TekstField(
        label="Uw antwoord",
        max_length=MAX_TEKST,
        validators=[zichtbare_tekst, MaxLengthValidator(MAX_TEKST)],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Kort is goed. Wie de vraag mag lezen, leest ook uw antwoord, met uw naam erbij.",
        error_messages={"required": "Schrijf uw antwoord."},
    )


class PerMaandForm(forms.Form):
    aantal = forms.TypedChoiceField(
        label="Hoeveel vragen mogen wij u per maand sturen?",
        coerce=int,
        choices=[(0, "geen"), *((n, str(n)) for n in range(1, 11))],
        error_messages={"required": "Kies een aantal.", "invalid_choice": "Kies een aantal van 0 tot en met 10."},
    )


class HielpForm(forms.Form):
    doe = forms.ChoiceField(choices=[("wel", "wel"), ("niet", "niet")])
