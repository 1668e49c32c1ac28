import re
from typing import Any

from django import forms

from organisaties.forms.zoeken import Zoektekst
from welzijnportal.http import ParameterForm

HOOGTE = 720


class InsluitForm(ParameterForm):
    """What an embedded list shows; what is not right is left out, for the page stands on somebody else's site."""

    q = Zoektekst(tekens=100)
    gemeente = forms.RegexField(regex=re.compile(r"\AGM[0-9]{4}\Z", re.ASCII), required=False, initial="")
    thema = forms.RegexField(regex=re.compile(r"\A[a-z0-9-]{1,60}\Z"), required=False, initial="")


class InsluitKeuzeForm(forms.Form):
    """Choosing what the list on one's own site shows."""

    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    thema = forms.ChoiceField(label="Onderwerp", required=False)
    q = forms.CharField(
        label="Zoekwoorden",
        max_length=100,
        required=False,
        help_text="Alleen als u de lijst smaller wilt maken, bijvoorbeeld ‘taalcafé’.",
    )
    hoogte = forms.TypedChoiceField(
        label="Hoogte",
        choices=[(480, "Laag (480 pixels)"), (720, "Gewoon (720 pixels)"), (1080, "Hoog (1080 pixels)")],
        coerce=int,
        initial=HOOGTE,
        required=False,
    )

    def __init__(
        self, *args: Any, gemeenten: list[tuple[str, str]], themas: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].choices = [("", "Heel Nederland"), *gemeenten]  # type: ignore[attr-defined]
        self.fields["thema"].choices = [("", "Alle onderwerpen"), *themas]  # type: ignore[attr-defined]

    def keuze(self) -> dict[str, str]:
        """What was rightly chosen, as parameters of the embedded page."""
        self.is_valid()
        return {naam: self.cleaned_data[naam] for naam in ("gemeente", "thema", "q") if self.cleaned_data.get(naam)}

    def hoogte_in_pixels(self) -> int:
        return int(self.cleaned_data.get("hoogte") or HOOGTE)
