from django import forms
from django.core.validators import RegexValidator

from organisaties.actions.tellen import MAX_ORGANISATIES, MAX_WOORDEN
from organisaties.models import Telsoort

_SLUGS = RegexValidator(r"\A[a-z0-9_-]{1,140}(,[a-z0-9_-]{1,140})*\Z")
_WOORDEN = RegexValidator(r"\A[a-z]+( [a-z]+)*\Z")


class TelForm(forms.Form):
    """Reads a beacon: what happened, to which listings, and found by which words."""

    soort = forms.ChoiceField(choices=Telsoort)
    wie = forms.CharField(max_length=MAX_ORGANISATIES * 100, validators=[_SLUGS])
    woorden = forms.CharField(max_length=MAX_WOORDEN * 41, required=False, validators=[_WOORDEN])

    def clean_soort(self) -> Telsoort:
        return Telsoort(self.cleaned_data["soort"])

    def clean_wie(self) -> list[str]:
        return str(self.cleaned_data["wie"]).split(",")

    def clean_woorden(self) -> list[str]:
        return str(self.cleaned_data["woorden"]).split()
