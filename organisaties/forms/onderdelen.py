"""Parts of a listing of which there can be several: locations, services, contact persons."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from organisaties.forms.keuzes import GroepenField, MeerField
from organisaties.forms.velden import (
    AdresEmailField,
    Plek,
    PlekField,
    PostcodeField,
    RegelField,
    TekstField,
    TelefoonField,
    WebadresField,
    plek_van_postcode,
)
from organisaties.forms.wijzigen import themas_in_boom
from organisaties.keuzes import TALEN, AanmeldenVia, Toegankelijkheid
from organisaties.models import Contactpersoon, Dienst, Doelgroep, Locatie, Organisatie, Thema
from welzijnportal.geo.models import Gemeente
from welzijnportal.geo.rd import naar_rd

MAX_KM_POSTCODE = 15


class LocatieForm(forms.ModelForm[Locatie]):
    naam = RegelField(
        label="Naam van de locatie", max_length=120, required=False, help_text="Bijvoorbeeld ‘Buurthuis De Linde’."
    )
    straat = RegelField(label="Straat en huisnummer", max_length=120, required=False)
    postcode = PostcodeField(label="Postcode", max_length=12, required=False)
    plaats = PlekField(label="Plaats", required=False, help_text="Vult u een postcode in, dan mag u dit leeg laten.")
    gemeente = forms.ModelChoiceField(
        queryset=Gemeente.objects.order_by("naam"),
        label="Gemeente",
        required=False,
        empty_label="Vul in bij de plaats",
        help_text="Laat dit staan, dan stellen wij een gemeente voor. Kijk daarna na of ze klopt.",
        error_messages={"invalid_choice": "Deze gemeente bestaat niet. Kies een andere."},
    )
    telefoon = TelefoonField(label="Telefoonnummer van deze locatie", required=False)
    toegankelijkheid = MeerField(choices=Toegankelijkheid.choices, label="Toegankelijkheid")
    toelichting = TekstField(
        label="Hoe vindt iemand het?",
        max_length=1000,
        required=False,
        help_text="Bijvoorbeeld: ‘De ingang is aan de achterkant.’",
    )

    class Meta:
        model = Locatie
        fields = (
            "naam",
            "straat",
            "postcode",
            "plaats",
            "gemeente",
            "is_geheim",
            "telefoon",
            "toegankelijkheid",
            "toelichting",
        )

    def __init__(self, *args: Any, organisatie: Organisatie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisatie = organisatie
        self.heeft_voorstel = False

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if {"plaats", "postcode"} & set(self.errors):
            return schoon
        plek: Plek | None = schoon.get("plaats")
        postcode = schoon.get("postcode") or (plek.postcode if plek else "")
        hier = plek_van_postcode(postcode) if postcode else None
        if postcode and hier is None:
            self.add_error("postcode", ValidationError("Deze postcode bestaat niet. Kijk de cijfers nog eens na."))
        elif plek is None and hier is None:
            self.add_error("plaats", ValidationError("Vul een plaats of een postcode in.", code="required"))
        elif plek and hier and hier.km_van(plek) > MAX_KM_POSTCODE:
            self.add_error(
                "postcode", ValidationError(f"Deze postcode hoort bij {hier.plaats}, niet bij {plek.plaats}.")
            )
        else:
            self._vul_aan(schoon, plek, hier, postcode)
        return schoon

    def _vul_aan(self, schoon: dict[str, Any], plek: Plek | None, hier: Plek | None, postcode: str) -> None:
        waar = plek or hier
        if waar is None:
            return
        schoon["plaats"], schoon["postcode"] = waar.plaats, postcode
        if not schoon.get("gemeente"):
            schoon["gemeente"] = waar.gemeente
            self.heeft_voorstel = waar.gemeente is not None
        precies = hier or waar
        self.instance.breedtegraad, self.instance.lengtegraad = precies.breedtegraad, precies.lengtegraad
        if precies.breedtegraad is not None and precies.lengtegraad is not None:
            self.instance.punt = naar_rd(precies.breedtegraad, precies.lengtegraad)


class DienstForm(forms.ModelForm[Dienst]):
    naam = RegelField(
        label="Wat biedt u aan?",
        max_length=120,
        validators=Dienst._meta.get_field("naam").validators,
        help_text="In een paar woorden, zoals ‘Taalcafé’ of ‘Hulp bij schulden’.",
        error_messages={"required": "Vul in wat u aanbiedt."},
    )
    tekst = TekstField(
        label="Uitleg", max_length=5000, required=False, help_text="Wat gebeurt er precies, en wat heeft iemand eraan?"
    )
    themas = GroepenField(Thema.objects.none(), groep="ouder", label="Onderwerpen", hoogstens=8)
    doelgroepen = forms.ModelMultipleChoiceField(
        queryset=Doelgroep.objects.all(),
        label="Voor wie",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Is het voor iedereen? Kies dan niets.",
    )
    kosten = RegelField(
        label="Wat kost het?",
        max_length=200,
        required=False,
        help_text="In woorden, zoals ‘Een kleine bijdrage voor de koffie’. Laat leeg als het gratis is.",
    )
    bedrag = forms.DecimalField(
        label="Bedrag in euro",
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        localize=True,
        error_messages={"invalid": "Vul een bedrag in, zoals 2,50."},
    )
    aanmelden_via = MeerField(choices=AanmeldenVia.choices, label="Hoe meldt iemand zich aan?")
    aanmeldlink = WebadresField(label="Link naar het aanmeldformulier", required=False)
    wachttijd = RegelField(
        label="Wachttijd", max_length=100, required=False, help_text="Bijvoorbeeld ‘Ongeveer twee weken’."
    )
    talen = MeerField(choices=TALEN, label="Talen")

    class Meta:
        model = Dienst
        fields = (
            "naam",
            "tekst",
            "themas",
            "doelgroepen",
            "leeftijd_van",
            "leeftijd_tot_en_met",
            "is_gratis",
            "kosten",
            "bedrag",
            "aanmelden_via",
            "aanmeldlink",
            "wachttijd",
            "talen",
            "locaties",
        )
        widgets = {"locaties": forms.CheckboxSelectMultiple}
        labels = {"is_gratis": "Het is gratis", "locaties": "Op welke locaties?"}

    def __init__(self, *args: Any, organisatie: Organisatie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisatie = organisatie
        self.fields["themas"].queryset = themas_in_boom()  # type: ignore[attr-defined]
        eigen = organisatie.locaties.all()
        self.fields["locaties"].queryset = eigen  # type: ignore[attr-defined]
        self.fields["locaties"].error_messages["invalid_choice"] = "Deze locatie bestaat niet meer. Kies een andere."
        for veld in ("leeftijd_van", "leeftijd_tot_en_met"):
            self.fields[veld].error_messages["invalid"] = "Vul een leeftijd in, zoals 18."

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if schoon.get("is_gratis") and (schoon.get("kosten") or schoon.get("bedrag")):
            self.add_error(
                "is_gratis",
                ValidationError("U vulde ook kosten in. Haal het vinkje weg, of laat de kosten leeg.", code="gratis"),
            )
        van, tot = schoon.get("leeftijd_van"), schoon.get("leeftijd_tot_en_met")
        if van is not None and tot is not None and van > tot:
            self.add_error(
                "leeftijd_tot_en_met", ValidationError("De laagste leeftijd is hoger dan de hoogste.", code="volgorde")
            )
        return schoon


class ContactpersoonForm(forms.ModelForm[Contactpersoon]):
    naam = RegelField(
        label="Naam",
        max_length=100,
        validators=Contactpersoon._meta.get_field("naam").validators,
        error_messages={"required": "Vul de naam van de contactpersoon in."},
    )
    functie = RegelField(label="Functie", max_length=100, required=False)
    email = AdresEmailField(label="E-mailadres", required=False)
    telefoon = TelefoonField(label="Telefoonnummer", required=False)

    class Meta:
        model = Contactpersoon
        fields = (
            "naam",
            "naam_voor",
            "functie",
            "functie_voor",
            "email",
            "email_voor",
            "telefoon",
            "telefoon_voor",
        )
        labels = {
            "naam_voor": "Wie mag de naam zien?",
            "functie_voor": "Wie mag de functie zien?",
            "email_voor": "Wie mag het e-mailadres zien?",
            "telefoon_voor": "Wie mag het nummer zien?",
        }

    def __init__(self, *args: Any, organisatie: Organisatie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisatie = organisatie
