from django import forms

from organisaties.weergave.aanbodkaart import provincies
from welzijnportal.http import ParameterForm

NAAM, MEESTE, MINSTE = "naam", "meeste", "minste"


class KaartForm(ParameterForm):
    """What 'Welzijn in kaart' shows: of which theme, in which province, in which order."""

    thema = forms.SlugField(max_length=60, required=False, initial="")
    provincie = forms.ChoiceField(
        choices=[(slug, naam) for naam, slug in provincies().values()], required=False, initial=""
    )
    sorteer = forms.ChoiceField(choices=[(w, w) for w in (NAAM, MEESTE, MINSTE)], required=False, initial=NAAM)
