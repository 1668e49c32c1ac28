"""Forms of contacts, introductions, personal invitations, blocks and reports."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from netwerk.models import Signaal
from organisaties.forms.velden import AdresEmailField, RegelField, TekstField
from organisaties.forms.zoeken import Zoektekst
from welzijnportal.http import ParameterForm, paginanummer
from welzijnportal.validators import een_regel, meer_regels, zichtbare_tekst


def _woord(label: str, uitleg: str = "", *, verplicht: str = "") -> RegelField:
    """A line to a person; with ``verplicht`` it must be there, and that is what is said when it is not."""
    return RegelField(
        label=label,
        help_text=uitleg,
        required=bool(verplicht),
        max_length=300,
        validators=[een_regel, *([zichtbare_tekst] if verplicht else [])],
        error_messages={"required": verplicht},
    )


class VraagForm(forms.Form):
    regel = _woord("Uw vraag in een zin", "Bijvoorbeeld: wij spraken elkaar op de studiedag over eenzaamheid.")


class AntwoordForm(forms.Form):
    antwoord = forms.ChoiceField(choices=[("ja", "ja"), ("nee", "nee")])


class ContactenForm(ParameterForm):
    """What the page of one's contacts is asked."""

    q = Zoektekst(tekens=100)
    pagina = forms.CharField(required=False, initial=1)

    def clean_pagina(self) -> int:
        return paginanummer(self.cleaned_data["pagina"], hoogste=100)


class WaaroverForm(forms.Form):
    """What a report is about, as 'gesprek:<code>'."""

    wat = forms.RegexField(r"\A(mens|gesprek|reactie|bericht|praktijkkaart|post):[a-z0-9]{1,18}\Z")


class SignaalForm(forms.Form):
    reden = forms.ChoiceField(
        label="Wat is er aan de hand?",
        choices=Signaal.Reden,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er aan de hand is."},
    )
    tekst = TekstField(
        label="Wat is er gebeurd?",
        help_text="Alleen een moderator van het portaal leest dit.",
        required=False,
        max_length=2000,
        validators=[meer_regels, MaxLengthValidator(2000)],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    blokkeren = forms.BooleanField(
        label="Ook blokkeren", help_text="U ziet dan niets meer van deze persoon, en andersom.", required=False
    )

    def __init__(self, *args: Any, met_persoon: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not met_persoon:
            del self.fields["blokkeren"]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if schoon.get("reden") == Signaal.Reden.ANDERS and not schoon.get("tekst") and "tekst" not in self.errors:
            self.add_error("tekst", "Schrijf op wat er is gebeurd.")
        return schoon


class UitnodigenForm(forms.Form):
    email = AdresEmailField(
        label="E-mailadres", error_messages={"required": "Vul het e-mailadres in van wie u uitnodigt."}
    )
    regel = _woord("Een persoonlijk woord erbij", "Bijvoorbeeld: leuk dat wij elkaar spraken in Zwolle.")


class IntroductieForm(forms.Form):
    """Which of one's contacts is asked, and why one wants to meet the other."""

    via = forms.ChoiceField(label="Aan wie vraagt u het?", error_messages={"required": "Kies een van uw contacten."})
    regel = _woord(
        "Waarom wilt u kennismaken?",
        "Dit leest uw contact, en daarna de ander.",
        verplicht="Schrijf in een zin waarom u wilt kennismaken.",
    )

    def __init__(self, *args: Any, contacten: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["via"].choices = [("", "Kies iemand"), *contacten]  # type: ignore[attr-defined]


class DoorgevenForm(forms.Form):
    regel = _woord("Uw woord erbij", "Bijvoorbeeld: ik werkte drie jaar met haar, een aanrader.")
