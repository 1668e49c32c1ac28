import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.nl import bsn

from organisaties.actions.doorgeefbladen import TERMIJNEN
from organisaties.models.lijst import ZIN_MAX, Antwoord
from welzijnportal.validators import een_regel, meer_regels, zichtbare_tekst

_WEBADRES = re.compile(
    r"://|\bwww\.|\b[\w-]+\.(?:nl|be|de|eu|com|net|org|info|io|nu|app|shop|xyz|online|site|me|to|ly|co|biz|top|link)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TELEFOON = re.compile(r"(?:\+|\b00|\b0)[1-9](?:[ \-./()]*\d){7,11}\b")
_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d(?:[ .]?\d){8}(?!\d)")
_MAANDEN = "jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec"
_DATUM = re.compile(
    rf"\b\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](?:19|20)\d\d\b|\b\d{{1,2}} (?:{_MAANDEN})[a-z]* (?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d-\d\d-\d\d\b|\bgeboren\b",
    re.IGNORECASE,
)


def zonder_webadres(waarde: str) -> None:
    """Refuse web addresses: a shared list must not be a way to send people elsewhere."""
    if _WEBADRES.search(_MAIL.sub(" ", waarde)):
        raise ValidationError("Zet hier geen webadres in. De link naar de organisatie staat er al bij.")


def lijkt_persoonlijk(tekst: str) -> str:
    """Return what in a sentence may say who the client is, in words; '' when nothing does."""
    if _MAIL.search(tekst):
        return "een e-mailadres"
    if any(_is_bsn(vondst) for vondst in _NEGEN_CIJFERS.findall(tekst)):
        return "een burgerservicenummer"
    if _TELEFOON.search(tekst):
        return "een telefoonnummer"
    return "een geboortedatum" if _DATUM.search(tekst) else ""


def _is_bsn(tekst: str) -> bool:
    try:
        bsn.validate(re.sub(r"\D", "", tekst))
    except StdnumError:
        return False
    return True


class Zinveld(forms.CharField):
    """One sentence in a box of two lines; line breaks become spaces."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"rows": 2, "maxlength": ZIN_MAX}
        super().__init__(
            label="Uw zin erbij",
            required=False,
            max_length=ZIN_MAX,
            widget=forms.Textarea(attrs=attrs),
            validators=[meer_regels, zonder_webadres],
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


class DienstVeld(forms.TypedChoiceField):
    def __init__(self, diensten: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(
            label="Waarvoor?",
            choices=[("", "Alles wat zij doen"), *diensten],
            coerce=int,
            empty_value=None,
            required=False,
            **kwargs,
        )


class LijstForm(forms.Form):
    """The whole list in one form: its title, and beside each listing a service and a sentence.

    ``diensten`` has for each listing the services that may be chosen, by its key.
    """

    naam = forms.CharField(
        label="Titel",
        max_length=80,
        required=False,
        validators=[een_regel, zonder_webadres],
        help_text="Staat boven het blad. Zet er geen naam van een cliënt in.",
    )

    def __init__(self, *args: Any, diensten: dict[int, list[tuple[int, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sleutels = list(diensten)
        for pk, keuzes in diensten.items():
            if len(keuzes) > 1:
                self.fields[f"dienst_{pk}"] = DienstVeld(keuzes)
            self.fields[f"zin_{pk}"] = Zinveld()

    def waarden(self) -> dict[int, tuple[int | None, str]]:
        """By listing: the chosen service and the sentence."""
        return {pk: (self.cleaned_data.get(f"dienst_{pk}"), self.cleaned_data[f"zin_{pk}"]) for pk in self.sleutels}

    def clean_naam(self) -> str:
        return str(self.cleaned_data["naam"]).strip()


class DoeForm(forms.Form):
    """Which button of the list was pressed: 'bewaren', 'omhoog-12', 'weg-12'."""

    doe = forms.RegexField(
        regex=re.compile(r"\A(?:(?:omhoog|omlaag|weg)-[0-9]{1,18}|bewaren|afdrukken|delen)\Z", re.ASCII), required=False
    )

    def opdracht(self) -> tuple[str, int]:
        if not self.is_valid():
            return "bewaren", 0
        wat, _, wie = (self.cleaned_data["doe"] or "bewaren").partition("-")
        return wat, int(wie or 0)


class BewaarForm(forms.Form):
    organisatie = forms.IntegerField(min_value=1, max_value=2**62)


class LijstenForm(forms.Form):
    """Choosing, making or deleting a list of an account."""

    doe = forms.ChoiceField(choices=[(wat, wat) for wat in ("kies", "maak", "verwijder", "overnemen")])
    lijst = forms.IntegerField(min_value=1, max_value=2**62, required=False)


class NieuweLijstForm(forms.Form):
    nieuw = forms.CharField(
        label="Naam van de nieuwe lijst",
        max_length=80,
        validators=[een_regel, zichtbare_tekst, zonder_webadres],
        help_text="Bijvoorbeeld ‘Eenzaamheid in Oost’. Geen naam van een cliënt.",
        error_messages={"required": "Vul een naam voor de lijst in."},
    )


class DelenForm(forms.Form):
    termijn = forms.ChoiceField(
        label="Hoe lang moet de link werken?",
        choices=[(waarde, naam) for waarde, (naam, _) in TERMIJNEN.items()],
        initial="maand",
        widget=forms.RadioSelect,
        help_text="Daarna werkt de link niet meer en wissen wij het blad.",
        error_messages={"required": "Kies hoe lang de link moet werken."},
    )


class MailForm(forms.Form):
    email = forms.EmailField(
        label="Naar welk e-mailadres?",
        max_length=254,
        validators=[een_regel],
        help_text="Wij sturen één mail en bewaren het adres niet.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Vul een e-mailadres in."},
    )
    # People do not see this field, so whoever fills it in is a program.
    bijnaam = forms.CharField(label="Vul dit veld niet in", required=False)

    @property
    def is_van_een_programma(self) -> bool:
        return bool(self.cleaned_data.get("bijnaam"))


class AntwoordForm(forms.Form):
    regel = forms.IntegerField(min_value=1, max_value=2**62)
    antwoord = forms.ChoiceField(choices=Antwoord)
