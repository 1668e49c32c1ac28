from django import forms

from organisaties.weergave.inzicht import MAAND, PERIODEN
from welzijnportal.http import ParameterForm


class InzichtForm(ParameterForm):
    """Over which period the numbers of a listing are shown."""

    periode = forms.ChoiceField(choices=list(PERIODEN.items()), required=False, initial=MAAND)
