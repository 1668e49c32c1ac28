from django import forms

from organisaties.actions.bevestigen import ALLE
from organisaties.keuzes import Bevestigritme
from organisaties.models import Organisatie
from organisaties.models.bevestiging import Blok


class BevestigForm(forms.Form):
    """The button that was pressed, and the version of the listing that stood above it."""

    wat = forms.ChoiceField(choices=[("alles", "Alles"), *Blok.choices])
    gezien = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    @property
    def blokken(self) -> tuple[Blok, ...]:
        wat = self.cleaned_data["wat"]
        return ALLE if wat == "alles" else (Blok(wat),)


class RitmeForm(forms.ModelForm[Organisatie]):
    bevestigritme = forms.TypedChoiceField(
        label="Hoe vaak mogen wij u vragen of alles nog klopt?",
        choices=Bevestigritme.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe vaak.", "invalid_choice": "Kies een van deze drie."},
    )

    class Meta:
        model = Organisatie
        fields = ("bevestigritme",)
