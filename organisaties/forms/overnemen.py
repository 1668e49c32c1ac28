from typing import Any

from django import forms

from organisaties.forms.beheerders import ROLLEN
from organisaties.models import Overname
from organisaties.models.beheer import Rol


class OvernemenForm(forms.ModelForm[Overname]):
    class Meta:
        model = Overname
        fields = ("uitleg",)
        labels = {"uitleg": "Wat doet u bij deze organisatie?"}
        help_texts = {
            "uitleg": "Bijvoorbeeld: ik ben de coördinator en sta op onze website bij 'Wie zijn wij'. "
            "Wie de vermelding nu bijhoudt en de redactie lezen dit."
        }
        widgets = {"uitleg": forms.Textarea(attrs={"rows": 5, "maxlength": 1000})}
        error_messages = {"uitleg": {"required": "Schrijf kort op wat u bij deze organisatie doet."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uitleg"].required = True


class ReactieForm(forms.Form):
    klopt = forms.ChoiceField(choices=[("ja", "ja"), ("nee", "nee")])
    rol = forms.ChoiceField(
        label="Wat mag deze persoon?",
        choices=ROLLEN,
        initial=Rol.REDACTEUR.value,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Deze rol bestaat niet."},
    )

    def clean_rol(self) -> Rol:
        return Rol(self.cleaned_data["rol"] or Rol.REDACTEUR)
