"""The four steps of registering; together they ask six things that must be filled in."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from organisaties.forms.velden import (
    AdresEmailField,
    CijfersField,
    Plek,
    PlekField,
    PostcodeField,
    RegelField,
    TelefoonField,
    WebadresField,
    geen_webadres,
    plek_van_postcode,
)
from organisaties.keuzes import Dag
from organisaties.models import Organisatie, Thema

MAX_THEMAS = 3
# Four digits of a postcode may lie in another village, but not this far from the place.
MAX_KM_POSTCODE = 15


class NaamForm(forms.ModelForm[Organisatie]):
    naam = RegelField(
        label="Hoe heet uw organisatie?",
        max_length=120,
        validators=[*Organisatie._meta.get_field("naam").validators, geen_webadres],
        help_text="De naam waaronder mensen u kennen.",
        error_messages={"required": "Vul de naam van uw organisatie in."},
    )
    plaats = PlekField(
        label="In welke plaats zit u?",
        help_text="Een plaatsnaam of een postcode, zoals Zutphen of 7201 AB.",
        error_messages={"required": "Vul een plaats of postcode in."},
    )

    class Meta:
        model = Organisatie
        fields = ("naam",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["naam"].widget.attrs["autocomplete"] = "organization"
        self.fields["plaats"].widget.attrs["autocomplete"] = "off"


class AanbodForm(forms.ModelForm[Organisatie]):
    kort = RegelField(
        label="Wat kan iemand bij u halen?",
        max_length=160,
        validators=Organisatie._meta.get_field("kort").validators,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In één zin van hoogstens 160 tekens. Bijvoorbeeld: ‘Samen eten en koffie drinken met mensen uit de buurt.’",
        error_messages={"required": "Schrijf in één zin op wat iemand bij u kan halen."},
    )
    themas = forms.ModelMultipleChoiceField(
        queryset=Thema.objects.none(),
        label="Waar gaat het over?",
        widget=forms.CheckboxSelectMultiple,
        help_text=f"Kies er hoogstens {MAX_THEMAS}. Later kunt u het preciezer aangeven.",
        error_messages={
            "required": "Kies ten minste één onderwerp.",
            "invalid_choice": "Dit onderwerp bestaat niet meer. Kies een ander.",
            "invalid_pk_value": "Dit onderwerp bestaat niet. Kies een ander.",
        },
    )
    dienst = RegelField(
        label="Noem één ding dat u aanbiedt",
        max_length=120,
        required=False,
        help_text="Bijvoorbeeld ‘Taalcafé’ of ‘Spreekuur schulden’. Meer kunt u later toevoegen.",
    )

    class Meta:
        model = Organisatie
        fields = ("kort", "themas")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themas"].queryset = Thema.objects.hoofdthemas()  # type: ignore[attr-defined]

    def clean_themas(self) -> Any:
        themas = self.cleaned_data["themas"]
        if len(themas) > MAX_THEMAS:
            raise ValidationError(f"Kies hoogstens {MAX_THEMAS} onderwerpen.", code="te_veel")
        return themas


class BereikbaarForm(forms.ModelForm[Organisatie]):
    telefoon = TelefoonField(label="Telefoonnummer", required=False)
    email = AdresEmailField(label="E-mailadres voor bezoekers", required=False)
    website = WebadresField(label="Website", required=False)
    straat = RegelField(
        label="Straat en huisnummer",
        max_length=120,
        required=False,
        help_text="Laat dit leeg als uw adres niet op het portaal mag staan.",
    )
    postcode = PostcodeField(label="Postcode", max_length=12, required=False)
    dagen = forms.TypedMultipleChoiceField(
        label="Op welke dagen bent u open?",
        choices=[(dag.value, dag.label) for dag in Dag],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    van = forms.TimeField(
        label="Open van", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    tot = forms.TimeField(label="tot", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    kvk_nummer = CijfersField(
        label="KvK-nummer",
        required=False,
        validators=Organisatie._meta.get_field("kvk_nummer").validators,
        help_text="8 cijfers, als u bij de Kamer van Koophandel staat. Zo zien wij sneller dat u het bent.",
    )

    class Meta:
        model = Organisatie
        fields = ("telefoon", "email", "website", "kvk_nummer")

    def __init__(self, *args: Any, plek: Plek | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plek = plek
        if plek and plek.postcode:
            self.fields["postcode"].initial = plek.postcode
        for veld, soort in (
            ("telefoon", "tel"),
            ("email", "email"),
            ("website", "url"),
            ("straat", "street-address"),
            ("postcode", "postal-code"),
        ):
            self.fields[veld].widget.attrs["autocomplete"] = soort
        for veld in ("van", "tot"):
            self.fields[veld].error_messages["invalid"] = "Vul een tijd in, zoals 9:00 of 13:30."

    def clean_postcode(self) -> str:
        postcode = self.cleaned_data["postcode"]
        if not postcode:
            return ""
        hier = plek_van_postcode(postcode)
        if hier is None:
            raise ValidationError("Deze postcode bestaat niet. Kijk de cijfers nog eens na.", code="onbekend")
        if self.plek and hier.km_van(self.plek) > MAX_KM_POSTCODE:
            raise ValidationError(
                f"Deze postcode hoort bij {hier.plaats}, niet bij {self.plek.plaats}.", code="andere_plaats"
            )
        return str(postcode)

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        gevraagd = ("telefoon", "email", "website")
        if not any(schoon.get(veld) or veld in self.errors for veld in gevraagd):
            self.add_error(
                "telefoon",
                ValidationError("Vul een telefoonnummer, een e-mailadres of een website in.", code="geen_contact"),
            )
        self._controleer_tijden(schoon)
        return schoon

    def _controleer_tijden(self, schoon: dict[str, Any]) -> None:
        dagen, van, tot = schoon.get("dagen"), schoon.get("van"), schoon.get("tot")
        if {"van", "tot", "dagen"} & set(self.errors):
            return
        if (van or tot) and not dagen:
            self.add_error("dagen", ValidationError("Kruis aan op welke dagen u open bent.", code="dagen"))
        if dagen and not van:
            self.add_error("van", ValidationError("Vul in hoe laat u opengaat.", code="van"))
        if dagen and not tot:
            self.add_error("tot", ValidationError("Vul in hoe laat u dichtgaat.", code="tot"))
        if van and tot and van >= tot:
            self.add_error("tot", ValidationError("De eindtijd moet later zijn dan de begintijd.", code="volgorde"))

    def tijden(self) -> list[tuple[int, time, time]]:
        return [(dag, self.cleaned_data["van"], self.cleaned_data["tot"]) for dag in self.cleaned_data["dagen"]]


class InsturenForm(forms.Form):
    """The last step asks for an address of one's own, unless one is logged in."""

    eigen_email = AdresEmailField(
        label="Uw eigen e-mailadres",
        help_text="Hier sturen wij een bevestiging heen. Met dit adres beheert u straks de vermelding. Bezoekers zien het niet.",
        error_messages={"required": "Vul uw eigen e-mailadres in."},
    )

    def __init__(self, *args: Any, is_ingelogd: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["eigen_email"].widget.attrs["autocomplete"] = "email"
        if is_ingelogd:
            del self.fields["eigen_email"]

    def clean_eigen_email(self) -> str:
        email = self.cleaned_data["eigen_email"].lower()
        # An address that could pass for another's, as with a dotless i, makes no account.
        if not email.rpartition("@")[0].isascii():
            raise ValidationError("Gebruik vóór het apenstaartje alleen gewone letters en cijfers.", code="ascii")
        return str(email)


class CodeForm(forms.Form):
    code = RegelField(
        label="Code uit de mail",
        max_length=20,
        help_text="8 cijfers. De spatie mag u weglaten.",
        error_messages={"required": "Vul de code uit de mail in.", "max_length": "De code bestaat uit 8 cijfers."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-field"}
        )

    def clean_code(self) -> str:
        cijfers = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{8}", cijfers):
            raise ValidationError("De code bestaat uit 8 cijfers. Kijk hem nog eens na.", code="vorm")
        return cijfers
