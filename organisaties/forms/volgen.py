from typing import Any

from django import forms

from welzijnportal.validators import een_regel, zichtbare_tekst


class VolgenForm(forms.Form):
    email = forms.EmailField(
        label="Uw e-mailadres",
        help_text="Hoogstens één mail per week, en alleen als er iets nieuws is.",
        max_length=254,
        error_messages={"required": "Vul uw e-mailadres in."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # People do not see this field, so whoever fills it in is a program.
    bijnaam = forms.CharField(label="Vul dit veld niet in", required=False)

    @property
    def is_van_een_programma(self) -> bool:
        return bool(self.cleaned_data.get("bijnaam"))


class ZoekopdrachtForm(VolgenForm):
    naam = forms.CharField(
        label="Hoe noemt u deze zoekopdracht?",
        help_text="Zo staat het in de mail die u krijgt.",
        max_length=100,
        validators=[een_regel, zichtbare_tekst],
        error_messages={"required": "Geef de zoekopdracht een naam."},
    )
    field_order: Any = ("naam", "email", "bijnaam")
