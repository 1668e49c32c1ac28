"""Forms of word to people."""

from typing import Any

from django import forms

from netwerk.actions.mailkeuzes import VAN_NETWERK
from netwerk.forms.gesprekken import VanafForm
from netwerk.keuzes import Seintje, Wanneer

__all__ = ["LeesForm", "NetwerkvoorkeurenForm", "VanafForm", "VoorkeurenForm"]


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


class NetwerkvoorkeurenForm(forms.Form):
    """When each kind of word of one network comes by mail; empty is as in general, which ``algemeen`` holds."""

    def __init__(self, algemeen: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for soort in VAN_NETWERK:
            zoals = Wanneer(algemeen[soort]).label
            self.fields[soort.value] = forms.ChoiceField(
                label=soort.label,
                required=False,
                choices=[("", f"zoals in het algemeen: {zoals}"), *Wanneer.choices],
                error_messages={"invalid_choice": "Kies wanneer."},
            )
