from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from netwerk.models import Professional
from netwerk.models.bericht import Berichtzicht, hoogstens_500
from organisaties.models import Organisatie
from welzijnportal.http import ParameterForm
from welzijnportal.images import hercodeer
from welzijnportal.validators import een_regel, meer_regels, zichtbare_tekst

GROOTSTE_SLEUTEL = 2**62
# Not a slug, so that no organisation can be called so.
UZELF = "ik."
TEKST: dict[str, Any] = {
    "validators": [meer_regels, zichtbare_tekst, hoogstens_500],
    "widget": forms.Textarea(attrs={"rows": 6}),
    "error_messages": {"required": "Schrijf eerst een bericht."},
}


class LijnForm(ParameterForm):
    """Before or after which message a page goes on."""

    voor = forms.IntegerField(min_value=1, max_value=GROOTSTE_SLEUTEL, required=False)
    na = forms.IntegerField(min_value=1, max_value=GROOTSTE_SLEUTEL, required=False)


class NamensForm(ParameterForm):
    organisatie = forms.SlugField(required=False, max_length=140)


class KeuzeForm(forms.Form):
    """Doing a thing or undoing it."""

    doe = forms.ChoiceField(choices=[("wel", "wel"), ("niet", "niet")])

    @property
    def wel(self) -> bool:
        return bool(self.cleaned_data["doe"] == "wel")


class AntwoordForm(forms.Form):
    tekst = forms.CharField(
        label="Uw antwoord",
        help_text="Hoogstens 500 tekens. Wie dit bericht mag lezen, leest ook uw antwoord.",
        **TEKST,
    )
    als = forms.ChoiceField(
        label="Wie schrijft dit?", widget=forms.RadioSelect, error_messages={"required": "Kies wie dit schrijft."}
    )

    def __init__(
        self, *args: Any, schrijver: Professional | None, organisaties: list[Organisatie], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisaties = {organisatie.slug: organisatie for organisatie in organisaties}
        keuzes = [(UZELF, f"{schrijver.naam} (uzelf)")] if schrijver else []
        keuzes += [(organisatie.slug, organisatie.naam) for organisatie in organisaties]
        als: Any = self.fields["als"]
        als.choices = keuzes
        als.initial = keuzes[0][0] if keuzes else ""
        if not organisaties:
            del self.fields["als"]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        # Somebody who lost the role while the page was open must not say in their own name what was another's.
        if "als" not in self.fields and self.data.get(self.add_prefix("als"), UZELF) != UZELF:
            raise ValidationError("U kunt niet (meer) schrijven namens deze organisatie.", code="organisatie")
        return schoon

    @property
    def organisatie(self) -> Organisatie | None:
        return self.organisaties.get(self.cleaned_data.get("als") or "")


class BerichtForm(AntwoordForm):
    tekst = forms.CharField(
        label="Uw bericht",
        help_text="Hoogstens 500 tekens. Met een hekje maakt u er een onderwerp bij, zoals #mantelzorg."
        " Noem iemand die u volgt of kent met een apenstaartje en de naam, zoals @Sanne de Wit.",
        **TEKST,
    )
    beeld = forms.FileField(
        label="Foto",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="Een JPG, PNG of WebP van hoogstens 5 MB. Waar de foto is gemaakt, halen wij eruit.",
        error_messages={
            "empty": "Dit bestand is leeg. Kies een ander.",
            "invalid": "Kies een bestand.",
            "max_length": "De naam van dit bestand is te lang. Geef het een kortere naam.",
        },
    )
    beeld_alt = forms.CharField(
        label="Wat is er op de foto te zien?",
        required=False,
        max_length=300,
        validators=[een_regel],
        help_text="Voor wie de foto niet kan zien.",
    )
    zicht = forms.TypedChoiceField(label="Wie mag dit lezen?", coerce=int, widget=forms.RadioSelect)
    field_order = ("als", "tekst", "beeld", "beeld_alt", "zicht")

    def __init__(self, *args: Any, schrijver: Professional | None, **kwargs: Any) -> None:
        super().__init__(*args, schrijver=schrijver, **kwargs)
        keuzes = [(niveau.value, niveau.label.capitalize()) for niveau in reversed(Berichtzicht)]
        if schrijver is None:
            # Whoever has no profile would not see what is for members alone.
            keuzes = keuzes[:1]
        elif not schrijver.is_volgbaar:
            keuzes = [keuze for keuze in keuzes if keuze[0] != Berichtzicht.VOLGERS]
        zicht: Any = self.fields["zicht"]
        zicht.choices = keuzes
        zicht.initial = Berichtzicht.PORTAAL.value if schrijver else Berichtzicht.PUBLIEK.value

    def clean_beeld(self) -> Any:
        nieuw = self.files.get(self.add_prefix("beeld"))
        return hercodeer(nieuw) if nieuw else None

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        alt = schoon.get("beeld_alt", "")
        if schoon.get("beeld") and "beeld_alt" not in self.errors and not alt.strip():
            self.add_error("beeld_alt", ValidationError("Schrijf op wat er op de foto te zien is.", code="alt"))
        if not schoon.get("beeld"):
            schoon["beeld_alt"] = ""
        zicht = schoon.get("zicht")
        if self.organisatie is not None and zicht is not None and zicht < Berichtzicht.PORTAAL:
            self.add_error(
                "zicht",
                ValidationError(
                    "Een organisatie schrijft voor iedereen of voor leden van het portaal.", code="organisatie"
                ),
            )
        return schoon
