from typing import Any

from django import forms

from organisaties.models import Organisatie


class InstaanForm(forms.Form):
    namens = forms.ModelChoiceField(
        queryset=Organisatie.objects.none(),
        label="Namens welke organisatie?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Kies een organisatie.", "invalid_choice": "Kies een organisatie uit de lijst."},
    )
    klopt = forms.BooleanField(
        label="Wij kennen deze organisatie en deze gegevens kloppen",
        error_messages={"required": "Zet een vinkje als u zeker weet dat de gegevens kloppen."},
    )

    def __init__(self, *args: Any, mogelijk: list[Organisatie], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["namens"]
        veld.queryset = Organisatie.objects.filter(pk__in=[een.pk for een in mogelijk]).order_by("naam", "pk")
        if len(mogelijk) == 1:
            veld.initial = mogelijk[0].pk
