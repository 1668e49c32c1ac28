"""Forms of profiles: making one, its blocks, who sees what, where somebody works, and finding people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from phonenumber_field.formfields import PhoneNumberField

from netwerk.keuzes import Voor
from netwerk.models import VELDEN, Professional
from organisaties.forms.velden import TELEFOON_FOUT, AdresEmailField, RegelField, TekstField, WebadresField
from organisaties.forms.zoeken import Zoektekst
from organisaties.keuzes import TALEN
from welzijnportal.geo.models import Plaats
from welzijnportal.geo.zoeken import vind_plek
from welzijnportal.http import ParameterForm, paginanummer
from welzijnportal.images import hercodeer
from welzijnportal.validators import zichtbare_tekst

MEEST_LABELS = 15
WIE = [
    (Voor.NIEMAND.value, "Niemand"),
    (Voor.CONTACTEN.value, "Mijn contacten"),
    (Voor.LEDEN.value, "Leden van het portaal"),
    (Voor.IEDEREEN.value, "Iedereen"),
]
STANDEN = [
    ("niemand", "Nog niemand. Ik kies later zelf wat ik laat zien."),
    ("contacten", "Alleen mijn contacten. Anderen kunnen mij niet vinden."),
    ("vakgenoten", "Leden van het portaal. Mijn mailadres en telefoon alleen mijn contacten."),
    ("openbaar", "Iedereen, ook zonder account. Mijn mailadres en telefoon alleen mijn contacten."),
]
AFSTANDEN = [("5", "5 km"), ("10", "10 km"), ("25", "25 km"), ("50", "50 km")]


class PlaatsField(RegelField):
    """The name of a place or a postcode; gives the place, or None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        tekst = super().clean(value)
        if not tekst:
            return None
        plek = vind_plek(tekst)
        plaats = Plaats.objects.filter(pk=plek.plaats_slug).first() if plek and plek.plaats_slug else None
        if plaats is None:
            raise ValidationError("Deze plaats kennen wij niet. Vul een plaatsnaam of postcode in.", code="onbekend")
        return plaats


class LabelsField(RegelField):
    """Subjects with commas between them; gives a list of words without doubles."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=700, required=False, **kwargs)
        self.widget.attrs.update({"list": "labels", "autocapitalize": "none"})

    def clean(self, value: Any) -> list[str]:
        tekst = super().clean(value) or ""
        woorden: dict[str, str] = {}
        for deel in tekst.replace(";", ",").split(","):
            woord = deel.strip().strip(".#").strip()
            if woord:
                zichtbare_tekst(woord)
                woorden.setdefault(woord.casefold(), woord)
        if len(woorden) > MEEST_LABELS:
            raise ValidationError(f"Vul hoogstens {MEEST_LABELS} onderwerpen in.", code="te_veel")
        if any(len(woord) > 40 for woord in woorden.values()):
            raise ValidationError("Een onderwerp is hoogstens 40 tekens. Zet er komma’s tussen.", code="te_lang")
        return list(woorden.values())


class MaakForm(forms.Form):
    """The little that a profile begins with."""

    naam = RegelField(
        label="Uw naam",
        help_text="Zo staat u onder wat u schrijft, en in netwerken waar u lid van wordt.",
        max_length=100,
        validators=[zichtbare_tekst],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Vul uw naam in."},
    )
    functie = RegelField(
        label="Wat doet u?",
        help_text="Bijvoorbeeld: ouderenadviseur, of vrijwilliger bij de voedselbank.",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    plaats = PlaatsField(label="In welke plaats werkt u?", help_text="Een plaatsnaam of postcode.")
    expertise = LabelsField(
        label="Waar weet u veel van?", help_text="Losse onderwerpen met komma’s ertussen: schuldhulp, eenzaamheid."
    )
    stand = forms.ChoiceField(
        label="Wie mag dit zien?",
        help_text="U kunt dit later per onderdeel veranderen.",
        choices=STANDEN,
        initial="niemand",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie dit mag zien."},
    )


class Blokform(forms.Form):
    """One block of a profile: its fields, and beside each who sees it."""

    velden: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def __init__(self, mens: Professional, *args: Any, **kwargs: Any) -> None:
        self.mens = mens
        kwargs.setdefault("initial", self.begin(mens))
        super().__init__(*args, **kwargs)
        for veld in self.zichtvelden():
            self.fields[veld] = forms.TypedChoiceField(
                label="Wie ziet dit?",
                choices=WIE,
                coerce=int,
                initial=getattr(mens, veld),
                error_messages={"required": "Kies wie dit mag zien."},
            )

    def zichtvelden(self) -> list[str]:
        namen = [VELDEN[veld] for veld in (*self.velden, *self.labels) if veld in VELDEN]
        if "website" in self.velden:
            namen.append("links_voor")
        return list(dict.fromkeys(namen))

    def begin(self, mens: Professional) -> dict[str, Any]:
        waarden = {veld: getattr(mens, veld) for veld in self.velden if veld not in ("plaats", "foto")}
        if "plaats" in self.velden:
            waarden["plaats"] = mens.plaats.weergavenaam if mens.plaats else ""
        return waarden | {naam: ", ".join(sorted(getattr(mens, naam).names())) for naam in self.labels}

    def paren(self) -> list[tuple[Any, Any]]:
        """Each field with the one that says who sees it, or None where the next one's holds for both."""
        paren = []
        for naam in self.fields:
            if naam.endswith("_voor"):
                continue
            voor = "links_voor" if naam == "mastodon" else VELDEN.get(naam, "")
            paren.append((self[naam], self[voor] if voor in self.fields else None))
        return paren

    def waarden(self) -> dict[str, Any]:
        """The checked values that belong to the profile's row."""
        eigen = {*self.velden, *self.zichtvelden()} - {"foto"}
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam in eigen}

    def woorden(self) -> dict[str, list[str]]:
        return {naam: self.cleaned_data[naam] for naam in self.labels}


class WieForm(Blokform):
    velden = ("naam", "functie", "plaats", "talen", "tekst")
    naam = RegelField(
        label="Uw naam",
        help_text="Uw naam staat altijd bij wat u schrijft.",
        max_length=100,
        validators=[zichtbare_tekst],
        error_messages={"required": "Vul uw naam in."},
    )
    functie = RegelField(
        label="Wat doet u?", help_text="Bijvoorbeeld: ouderenadviseur.", max_length=100, required=False
    )
    plaats = PlaatsField(label="In welke plaats werkt u?", help_text="Een plaatsnaam of postcode.")
    talen = forms.MultipleChoiceField(
        label="Welke talen spreekt u?", choices=TALEN, required=False, widget=forms.CheckboxSelectMultiple
    )
    tekst = TekstField(
        label="Iets over uzelf",
        help_text="Een paar zinnen. Wat vindt u mooi aan uw werk, waarvoor kan iemand bij u komen?",
        required=False,
        max_length=1500,
        validators=[MaxLengthValidator(1500)],
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class KennisForm(Blokform):
    velden = ("biedt", "zoekt")
    labels = ("expertise", "interesses")
    expertise = LabelsField(
        label="Waar weet u veel van?", help_text="Losse onderwerpen met komma’s ertussen: schuldhulp, eenzaamheid."
    )
    interesses = LabelsField(label="Waarover wilt u leren?", help_text="Ook met komma’s ertussen.")
    biedt = RegelField(
        label="Ik bied",
        help_text="Bijvoorbeeld: een kijkje bij onze inloop, of een halve dag meelopen.",
        max_length=300,
        required=False,
    )
    zoekt = RegelField(
        label="Ik zoek",
        help_text="Bijvoorbeeld: iemand die ervaring heeft met wijkmoestuinen.",
        max_length=300,
        required=False,
    )


class ContactForm(Blokform):
    velden = ("werkmail", "telefoon", "website", "linkedin", "mastodon")
    werkmail = AdresEmailField(label="E-mailadres op het werk", required=False)
    telefoon = PhoneNumberField(label="Telefoonnummer", required=False, error_messages={"invalid": TELEFOON_FOUT})
    website = WebadresField(label="Website", required=False)
    linkedin = WebadresField(label="LinkedIn", required=False, help_text="Het adres van uw pagina daar.")
    mastodon = WebadresField(label="Mastodon", required=False, help_text="Het adres van uw pagina daar.")

    def clean_linkedin(self) -> str:
        return self._op("linkedin", ("linkedin.com",), "Dit is geen adres van LinkedIn.")

    def _op(self, veld: str, domeinen: tuple[str, ...], fout: str) -> str:
        adres = str(self.cleaned_data[veld] or "")
        gast = adres.split("//", 1)[-1].split("/", 1)[0].lower()
        if adres and not any(gast == domein or gast.endswith(f".{domein}") for domein in domeinen):
            raise ValidationError(fout, code="ander_adres")
        return adres


class ZichtForm(forms.Form):
    """Who finds and follows the person, and how often a question may come."""

    vindbaar_voor = forms.TypedChoiceField(
        label="Wie mag uw profiel vinden en openen?",
        help_text="Wat op de pagina staat, kiest u per onderdeel.",
        choices=WIE,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie uw profiel mag vinden."},
    )
    werkplekken_voor = forms.TypedChoiceField(label="Wie ziet waar u werkt?", choices=WIE, coerce=int)
    netwerken_voor = forms.TypedChoiceField(label="Wie ziet in welke netwerken u zit?", choices=WIE, coerce=int)
    is_volgbaar = forms.BooleanField(
        label="Anderen mogen mij volgen", help_text="Zij zien dan uw korte berichten in hun overzicht.", required=False
    )
    post_van = forms.TypedChoiceField(
        label="Wie mag u een persoonlijk bericht sturen?",
        help_text="Uw e-mailadres blijft verborgen.",
        choices=WIE[:3],
        coerce=int,
    )
    toont_kring = forms.BooleanField(
        label="Laat mensen zien wie zij en ik allebei kennen",
        help_text="Alleen als die ander dat ook goed vindt.",
        required=False,
    )
    vragen_per_maand = forms.IntegerField(
        label="Hoeveel vragen van vakgenoten wilt u per maand krijgen?",
        help_text="Alleen vragen waarop u misschien het antwoord weet. 0 is geen.",
        min_value=0,
        max_value=10,
        error_messages={
            "min_value": "Kies een getal van 0 tot en met 10.",
            "max_value": "Kies een getal van 0 tot en met 10.",
            "required": "Kies een getal van 0 tot en met 10.",
            "invalid": "Kies een getal van 0 tot en met 10.",
        },
    )


class StandForm(forms.Form):
    stand = forms.ChoiceField(choices=STANDEN, error_messages={"required": "Kies een van de vier."})


class FotoForm(forms.Form):
    foto = forms.FileField(
        label="Uw foto",
        help_text="JPG, PNG of WebP, hoogstens 5 MB. Wij maken haar kleiner en halen weg waar zij is gemaakt.",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    foto_voor = forms.TypedChoiceField(label="Wie ziet uw foto?", choices=WIE, coerce=int)
    verwijderen = forms.BooleanField(label="De foto weghalen", required=False)

    def clean_foto(self) -> Any:
        nieuw = self.cleaned_data["foto"]
        return hercodeer(nieuw, max_zijde=600) if nieuw else None


class WerkplekForm(forms.Form):
    organisatie = forms.IntegerField(min_value=1, max_value=2**62)
    functie = RegelField(label="Wat doet u daar?", max_length=100, required=False)


class WerkplekZoekForm(ParameterForm):
    q = Zoektekst(tekens=100)


class EindeForm(forms.Form):
    plek = forms.IntegerField(min_value=1, max_value=2**62)
    tot = forms.DateField(
        label="Tot en met", required=False, error_messages={"invalid": "Vul een datum in, zoals 31-12-2026."}
    )


class AntwoordForm(forms.Form):
    plek = forms.IntegerField(min_value=1, max_value=2**62)
    antwoord = forms.ChoiceField(choices=[("ja", "ja"), ("nee", "nee")])


class ZoekForm(ParameterForm):
    """What the page of people is asked."""

    q = Zoektekst(tekens=100)
    expertise = Zoektekst(tekens=40)
    aanbod = forms.ChoiceField(choices=[("biedt", "biedt iets"), ("zoekt", "zoekt iets")], required=False, initial="")
    organisatie = forms.SlugField(max_length=140, required=False, initial="")
    plaats = Zoektekst(tekens=100)
    afstand = forms.ChoiceField(choices=AFSTANDEN, required=False, initial="25")
    pagina = forms.CharField(required=False, initial=1)

    def clean_pagina(self) -> int:
        return paginanummer(self.cleaned_data["pagina"], hoogste=20)
