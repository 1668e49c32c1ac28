from typing import Any

from django import forms

from organisaties.forms.velden import AdresEmailField
from organisaties.models import NietVermelding


class NietVermeldenForm(forms.ModelForm[NietVermelding]):
    email = AdresEmailField(
        label="Uw e-mailadres",
        help_text="Het liefst een adres van de organisatie. Daar sturen wij een link naartoe om het te bevestigen.",
        error_messages={"required": "Vul uw e-mailadres in, zodat wij u kunnen antwoorden."},
    )
    # People do not see this field, so whoever fills it in is a program.
    bijnaam = forms.CharField(label="Vul dit veld niet in", required=False)

    class Meta:
        model = NietVermelding
        fields = ("email", "reden")
        labels = {"reden": "Waarom?"}
        help_texts = {"reden": "Dit hoeft niet. Bijvoorbeeld: wij zijn gestopt, of wij werken alleen op verwijzing."}
        widgets = {"reden": forms.Textarea(attrs={"rows": 4, "maxlength": 1000})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].required = False

    @property
    def is_van_een_programma(self) -> bool:
        return bool(self.cleaned_data.get("bijnaam"))
