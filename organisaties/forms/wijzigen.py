"""The sections of a listing's editor that belong to the organisation itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from organisaties.forms.keuzes import GroepenField, MeerField
from organisaties.forms.velden import (
    AdresEmailField,
    CijfersField,
    RegelField,
    TekstField,
    TelefoonField,
    WebadresField,
)
from organisaties.keuzes import TALEN, Werkgebied
from organisaties.models import Doelgroep, Organisatie, Thema
from welzijnportal.geo.models import Gemeente, Provincie
from welzijnportal.images import hercodeer
from welzijnportal.validators import webadres

MAX_LABELS = 12
MAX_SOCIALE_LINKS = 6


def _validators(veld: str) -> Any:
    bron: Any = Organisatie._meta.get_field(veld)
    return bron.validators


class BasisForm(forms.ModelForm[Organisatie]):
    naam = RegelField(
        label="Naam",
        max_length=120,
        validators=_validators("naam"),
        error_messages={"required": "Vul de naam van uw organisatie in."},
    )
    ook_bekend_als = RegelField(
        label="Ook bekend als",
        max_length=200,
        required=False,
        help_text="Een afkorting of oude naam waarop mensen zoeken.",
    )
    kort = RegelField(
        label="In het kort",
        max_length=160,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wat kan iemand bij u halen? In één zin van hoogstens 160 tekens.",
        error_messages={"required": "Schrijf in één zin op wat iemand bij u kan halen."},
    )
    tekst = TekstField(
        label="Beschrijving",
        max_length=10_000,
        required=False,
        help_text="Wie bent u en wat doet u? Een witregel begint een nieuwe alinea. Met * voor een regel maakt u een lijstje.",
    )
    kvk_nummer = CijfersField(
        label="KvK-nummer", required=False, validators=_validators("kvk_nummer"), help_text="8 cijfers."
    )
    rsin = CijfersField(label="RSIN", required=False, validators=_validators("rsin"), help_text="9 cijfers.")
    opgericht_jaar = forms.IntegerField(
        label="Opgericht in",
        required=False,
        min_value=1200,
        help_text="Een jaartal, zoals 1998.",
        error_messages={"invalid": "Vul een jaartal in, zoals 1998."},
    )

    class Meta:
        model = Organisatie
        fields = (
            "naam",
            "ook_bekend_als",
            "soort",
            "kort",
            "tekst",
            "kvk_nummer",
            "rsin",
            "opgericht_jaar",
            "is_initiatief",
        )

    def clean_opgericht_jaar(self) -> int | None:
        jaar: int | None = self.cleaned_data["opgericht_jaar"]
        if jaar and jaar > timezone.localdate().year:
            raise ValidationError("Dit jaar moet nog komen. Kijk het jaartal na.", code="toekomst")
        return jaar


class BereikbaarheidForm(forms.ModelForm[Organisatie]):
    telefoon = TelefoonField(label="Telefoonnummer", required=False)
    email = AdresEmailField(label="E-mailadres", required=False)
    website = WebadresField(label="Website", required=False)
    sociale_links = forms.CharField(
        label="Sociale media",
        required=False,
        max_length=2500,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url"}),
        help_text="De adressen van uw pagina's, elk op een eigen regel. Hoogstens 6.",
    )

    class Meta:
        model = Organisatie
        fields = ("telefoon", "email", "website", "sociale_links")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["sociale_links"] = "\n".join(self.instance.sociale_links)

    def clean_sociale_links(self) -> list[str]:
        veld, schoon = WebadresField(required=False), []
        for regel in self.cleaned_data["sociale_links"].split():
            try:
                adres = veld.clean(regel.strip(","))
                webadres(adres)
            except ValidationError:
                raise ValidationError(
                    f"‘{regel[:60]}’ is geen webadres. Vul het in zoals https://www.facebook.com/uwpagina.",
                    code="webadres",
                ) from None
            if adres not in schoon:
                schoon.append(adres)
        if len(schoon) > MAX_SOCIALE_LINKS:
            raise ValidationError(f"Vul hoogstens {MAX_SOCIALE_LINKS} adressen in.", code="te_veel")
        return schoon

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if not any(schoon.get(veld) or veld in self.errors for veld in ("telefoon", "email", "website")):
            self.add_error(
                "telefoon",
                ValidationError("Vul een telefoonnummer, een e-mailadres of een website in.", code="geen_contact"),
            )
        return schoon


class VoorWieForm(forms.ModelForm[Organisatie]):
    themas = GroepenField(
        Thema.objects.none(),
        groep="ouder",
        label="Onderwerpen",
        required=True,
        hoogstens=15,
        help_text="Waar kunt u mensen mee helpen? Kies wat echt bij u past, hoogstens 15.",
        error_messages={"required": "Kies ten minste één onderwerp."},
    )
    doelgroepen = forms.ModelMultipleChoiceField(
        queryset=Doelgroep.objects.all(),
        label="Voor wie",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Is het voor iedereen? Kies dan niets.",
    )
    labels = RegelField(
        label="Labels",
        required=False,
        max_length=400,
        help_text="Losse woorden waarop mensen zoeken, met komma's ertussen. Hoogstens 12.",
    )
    talen = MeerField(choices=TALEN, label="Talen die u spreekt")

    class Meta:
        model = Organisatie
        fields = ("themas", "doelgroepen", "talen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themas"].queryset = themas_in_boom()  # type: ignore[attr-defined]
        self.initial["labels"] = ", ".join(sorted(self.instance.labels.names()))

    def clean_labels(self) -> list[str]:
        labels = list(dict.fromkeys(deel for stuk in self.cleaned_data["labels"].split(",") if (deel := stuk.strip())))
        if len(labels) > MAX_LABELS:
            raise ValidationError(f"Vul hoogstens {MAX_LABELS} labels in.", code="te_veel")
        if any(len(label) > 40 for label in labels):
            raise ValidationError("Een label is hoogstens 40 tekens lang.", code="te_lang")
        return labels

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        self.instance.labels.set(self.cleaned_data["labels"])


def themas_in_boom() -> Any:
    """Main themes, each followed by its subthemes."""
    return Thema.objects.select_related("ouder").order_by(
        Coalesce("ouder__volgorde", "volgorde"),
        Coalesce("ouder__naam", "naam"),
        F("ouder").asc(nulls_first=True),
        "volgorde",
    )


class WerkgebiedForm(forms.ModelForm[Organisatie]):
    gemeenten = GroepenField(
        Gemeente.objects.select_related("provincie").order_by("provincie__naam", "naam"),
        groep="provincie",
        label="Gemeenten",
        help_text="Alleen als u in bepaalde gemeenten werkt.",
    )
    provincies = forms.ModelMultipleChoiceField(
        queryset=Provincie.objects.all(),
        label="Provincies",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen als u in hele provincies werkt.",
    )

    class Meta:
        model = Organisatie
        fields = ("werkgebied", "provincies", "gemeenten")
        widgets = {"werkgebied": forms.RadioSelect}
        labels = {"werkgebied": "Waar werkt u?"}

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        gebied = schoon.get("werkgebied")
        if gebied == Werkgebied.PLAATSELIJK and not schoon.get("gemeenten") and "gemeenten" not in self.errors:
            self.add_error("gemeenten", ValidationError("Kies ten minste één gemeente.", code="gemeenten"))
        if gebied == Werkgebied.PROVINCIAAL and not schoon.get("provincies") and "provincies" not in self.errors:
            self.add_error("provincies", ValidationError("Kies ten minste één provincie.", code="provincies"))
        # What does not go with the choice would make the search think otherwise.
        if gebied != Werkgebied.PLAATSELIJK:
            schoon["gemeenten"] = Gemeente.objects.none()
        if gebied != Werkgebied.PROVINCIAAL:
            schoon["provincies"] = Provincie.objects.none()
        return schoon


class LogoForm(forms.ModelForm[Organisatie]):
    logo = forms.FileField(
        label="Logo",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="Een JPG, PNG of WebP van hoogstens 5 MB. Liefst vierkant.",
        error_messages={
            "empty": "Dit bestand is leeg. Kies een ander.",
            "invalid": "Kies een bestand.",
            "max_length": "De naam van dit bestand is te lang. Geef het een kortere naam.",
        },
    )
    verwijderen = forms.BooleanField(label="Het logo weghalen", required=False)

    class Meta:
        model = Organisatie
        fields = ("logo",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.oud = self.instance.logo.name
        if not self.oud:
            del self.fields["verwijderen"]

    def clean_logo(self) -> Any:
        nieuw = self.files.get(self.add_prefix("logo"))
        return hercodeer(nieuw, max_zijde=800) if nieuw else self.instance.logo

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if "logo" not in self.errors and not self.files.get("logo") and not schoon.get("verwijderen"):
            self.add_error(
                "logo", ValidationError("Kies een bestand van uw computer of telefoon.", code="geen_bestand")
            )
        if schoon.get("verwijderen") and not self.files.get("logo"):
            schoon["logo"] = ""
        return schoon

    def save(self, commit: bool = True) -> Organisatie:
        """Save the new picture; the old file goes when the database has let go of it."""
        organisatie = super().save(commit)
        if self.oud and self.oud != organisatie.logo.name:
            opslag, naam = organisatie.logo.storage, self.oud
            transaction.on_commit(lambda: opslag.delete(naam))
        return organisatie
