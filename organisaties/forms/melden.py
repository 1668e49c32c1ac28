from typing import Any

from django import forms

from organisaties.models import Melding


class MeldenForm(forms.ModelForm[Melding]):
    # People do not see this field, so whoever fills it in is a program.
    bijnaam = forms.CharField(label="Vul dit veld niet in", required=False)

    class Meta:
        model = Melding
        fields = ("tekst", "email")
        labels = {"tekst": "Wat klopt er niet?", "email": "Uw e-mailadres"}
        help_texts = {
            "tekst": "Bijvoorbeeld: het telefoonnummer is veranderd.",
            "email": "Alleen als wij u iets mogen vragen. De organisatie ziet uw adres niet.",
        }
        error_messages = {"tekst": {"required": "Schrijf op wat er niet klopt."}}
        widgets = {
            "tekst": forms.Textarea(attrs={"rows": 5, "maxlength": 2000}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tekst"].max_length = 2000  # type: ignore[attr-defined]

    @property
    def is_van_een_programma(self) -> bool:
        return bool(self.cleaned_data.get("bijnaam"))
