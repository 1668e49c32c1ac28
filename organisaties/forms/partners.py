"""Links with other organisations: looking one up, and what to do with a link."""

from django import forms

from organisaties.forms.velden import RegelField
from organisaties.models import Verbinding
from welzijnportal.http import ParameterForm


class ZoekForm(forms.Form):
    q = RegelField(label="Naam van de andere organisatie", required=False, max_length=120)


class NetwerkForm(ParameterForm):
    """Where the network of organisations is looked at; empty is the whole country."""

    plaats = RegelField(label="Gemeente of plaats", required=False, max_length=100, initial="")


class PartnerForm(forms.Form):
    """One press of a button on the page of links; ``pk`` is that of an organisation or of a link, as the action says."""

    VRAAG, JA, NEE, STOP, LOS = "vraag", "ja", "nee", "stop", "los"

    actie = forms.ChoiceField(choices=[(keuze, keuze) for keuze in (VRAAG, JA, NEE, STOP, LOS)])
    pk = forms.IntegerField(min_value=1, max_value=2**62)
    soort = forms.ChoiceField(choices=Verbinding.Soort, required=False)
