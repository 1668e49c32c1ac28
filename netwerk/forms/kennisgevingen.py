"""Forms of word to people."""

from typing import Any

from django import forms

from netwerk.forms.gesprekken import VanafForm
from netwerk.keuzes import Seintje, Wanneer

__all__ = ["LeesForm", "VanafForm", "VoorkeurenForm"]


class LeesForm(forms.Form):
    """Which words were read; without a key all of them."""

    pk = forms.IntegerField(min_value=1, max_value=2**62, required=False)


class VoorkeurenForm(forms.Form):
    """When each kind of word comes by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for soort in Seintje:
            self.fields[soort.value] = forms.ChoiceField(
                label=soort.label,
                choices=Wanneer.choices,
                error_messages={"required": "Kies wanneer.", "invalid_choice": "Kies wanneer."},
            )
