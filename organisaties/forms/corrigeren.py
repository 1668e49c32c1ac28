"""A visitor's proposal for one field, and the decision on it; both check with the fields of the editor."""

from copy import copy, deepcopy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from organisaties.actions.corrigeren import DIRECT, Adres, Veld, als_tekst, huidige_waarde, merk
from organisaties.forms.onderdelen import LocatieForm
from organisaties.forms.velden import AdresEmailField, TekstField
from organisaties.forms.wijzigen import BasisForm, BereikbaarheidForm
from organisaties.models import Correctie, Dienst, Locatie, Organisatie
from organisaties.models.correctie import adresregels
from welzijnportal.validators import zichtbare_tekst

ADRESVELDEN = ("straat", "postcode", "plaats")
WEG_TE_HALEN = {
    Veld.TELEFOON: "Er is geen telefoonnummer meer",
    Veld.EMAIL: "Er is geen e-mailadres meer",
    Veld.WEBSITE: "Er is geen website meer",
}
LABELS = {
    Veld.TELEFOON: "Wat is het goede nummer?",
    Veld.EMAIL: "Wat is het goede e-mailadres?",
    Veld.WEBSITE: "Wat is de goede website?",
    Veld.TIJDEN: "Wat zijn de goede tijden?",
    Veld.DIENST: "Wat moet er staan?",
    Veld.KORT: "Wat moet er staan, in één zin?",
    Veld.TEKST: "Wat moet er staan?",
    Veld.NAAM: "Wat is de goede naam?",
    Veld.KVK: "Wat is het goede KvK-nummer?",
    Veld.VOOR_WIE: "Voor wie is het wel, of niet?",
    Veld.WERKGEBIED: "Waar werken zij wel, of niet?",
    Veld.GESTOPT: "Hoe weet u dat zij gestopt zijn?",
}
HULP = {
    Veld.TIJDEN: "Bijvoorbeeld: maandag en woensdag van 9.00 tot 12.00 uur, zaterdag gesloten.",
    Veld.DIENST: "Bijvoorbeeld: dit kost nu € 2,50. Of: dit is nu op dinsdag. Of: dit doen zij niet meer.",
    Veld.VOOR_WIE: "Bijvoorbeeld: alleen voor mensen van 65 jaar en ouder.",
    Veld.WERKGEBIED: "Bijvoorbeeld: ook in Lochem, niet meer in Zutphen.",
    Veld.GESTOPT: "Bijvoorbeeld: er hangt een briefje op de deur.",
}
LEEG = "Vul in wat er moet staan."
MAX_VRIJ = 2000


class AdresForm(LocatieForm):
    """The address of a location by itself, checked as the editor checks it."""

    naam = telefoon = toegankelijkheid = toelichting = None  # type: ignore[assignment]

    class Meta:
        model = Locatie
        fields = ("straat", "postcode", "plaats", "gemeente")

    @property
    def adres(self) -> Adres:
        plek, schoon = self.instance, self.cleaned_data
        return Adres(
            schoon["straat"],
            schoon["postcode"],
            schoon["plaats"],
            schoon["gemeente"],
            plek.breedtegraad,
            plek.lengtegraad,
            plek.punt,
        )


def _waardeveld(veld: str) -> forms.Field:
    bron: dict[str, forms.Field] = {**BasisForm.base_fields, **BereikbaarheidForm.base_fields}
    if veld in bron:
        gevonden = deepcopy(bron[veld])
        gevonden.help_text = "" if veld != Veld.KVK else gevonden.help_text
        return gevonden
    return TekstField(max_length=MAX_VRIJ, validators=[zichtbare_tekst], widget=forms.Textarea(attrs={"rows": 4}))


class _WaardeForm(forms.Form):
    """The value of one field of a listing: one box, or three for an address. ``waarde`` is what was checked."""

    waarde: str | Adres

    def __init__(
        self,
        data: Any = None,
        *,
        veld: str,
        organisatie: Organisatie,
        onderdeel: Locatie | Dienst | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.veld, self.organisatie, self.onderdeel = Veld(veld), organisatie, onderdeel
        self.nu = huidige_waarde(veld, organisatie, onderdeel)
        if veld == Veld.ADRES:
            eigen: dict[str, forms.Field] = {naam: deepcopy(AdresForm.base_fields[naam]) for naam in ADRESVELDEN}
        elif self.toont_waarde:
            eigen = {"waarde": _waardeveld(veld)}
            eigen["waarde"].label = LABELS[self.veld]
            eigen["waarde"].help_text = HULP.get(self.veld, eigen["waarde"].help_text)
        else:
            eigen = {}
        self.fields = {**eigen, **self.fields}

    @property
    def toont_waarde(self) -> bool:
        return True

    @property
    def waardevelden(self) -> list[forms.BoundField]:
        return [self[naam] for naam in (ADRESVELDEN if self.veld == Veld.ADRES else ("waarde",)) if naam in self.fields]

    def _lees_adres(self) -> None:
        data = {naam: self.data.get(self.add_prefix(naam), "") for naam in ADRESVELDEN}
        form = AdresForm(data, instance=copy(self.onderdeel), organisatie=self.organisatie)
        if form.is_valid():
            self.waarde = form.adres
        for naam, fouten in form.errors.items():
            if naam not in self.errors:
                self.add_error(naam if naam in ADRESVELDEN else None, [str(fout) for fout in fouten])


class VoorstelForm(_WaardeForm):
    weg = forms.BooleanField(required=False)
    opmerking = TekstField(
        label="Wilt u er iets bij zeggen?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld hoe u dit weet. De organisatie leest dit.",
    )
    email = AdresEmailField(
        label="Uw e-mailadres",
        required=False,
        help_text="Dan hoort u wat ermee is gedaan. De organisatie ziet uw adres niet; wij wissen het na 30 dagen.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "waarde" in self.fields:
            self.fields["waarde"].required = True
            self.fields["waarde"].error_messages["required"] = LEEG
        if self.veld in WEG_TE_HALEN and self.nu:
            self.fields["weg"].label = WEG_TE_HALEN[self.veld]
        else:
            del self.fields["weg"]
        if self.veld in (Veld.KORT, Veld.TEKST):
            # Long texts are mended, not typed anew.
            self.initial["waarde"] = self.nu
        if self.veld == Veld.ADRES:
            self.initial.update(zip(ADRESVELDEN, adresregels(self.nu), strict=True))

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if self.veld == Veld.ADRES:
            self._lees_adres()
        elif schoon.get("weg"):
            self.errors.pop("waarde", None)
            self.waarde = ""
            return schoon
        else:
            self.waarde = als_tekst(schoon.get("waarde"))
        plek = "straat" if self.veld == Veld.ADRES else "waarde"
        if not self.errors and not str(self.waarde).strip():
            self.add_error(plek, ValidationError(LEEG, code="required"))
        elif not self.errors and str(self.waarde) == self.nu:
            self.add_error(plek, ValidationError("Dit staat er al. Vul in wat het moet zijn.", code="gelijk"))
        return schoon


class BesluitForm(_WaardeForm):
    """A beheerder's or moderator's answer; the value may be changed first."""

    antwoord = TekstField(
        label="Een woord aan wie het doorgaf",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    gezien = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, correctie: Correctie) -> None:
        self.correctie = correctie
        super().__init__(
            data,
            veld=correctie.veld,
            organisatie=correctie.organisatie,
            onderdeel=correctie.onderdeel,
            auto_id=f"c{correctie.pk}-%s",
        )
        if not correctie.email:
            del self.fields["antwoord"]
        self.initial["gezien"] = merk(self.nu)
        if self.veld == Veld.ADRES:
            self.initial.update(zip(ADRESVELDEN, adresregels(correctie.nieuwe_waarde), strict=True))
        elif "waarde" in self.fields:
            self.fields["waarde"].label = "Wordt"
            self.fields["waarde"].required = False
            self.fields["waarde"].help_text = ""
            self.initial["waarde"] = correctie.nieuw

    @property
    def toont_waarde(self) -> bool:
        return self.veld in DIRECT

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if self.veld == Veld.ADRES:
            self._lees_adres()
        elif self.toont_waarde and "waarde" not in self.errors:
            self.waarde = als_tekst(schoon.get("waarde"))
            verplicht = self.veld in (Veld.KORT, Veld.NAAM)
            if verplicht and not self.waarde:
                self.add_error("waarde", ValidationError("Dit kan niet leeg zijn.", code="required"))
        return schoon


class BesluitkeuzeForm(forms.Form):
    """Which proposal, and what to do with it."""

    OVERNEMEN, AFWIJZEN, GEDAAN = "overnemen", "afwijzen", "gedaan"

    pk = forms.IntegerField(min_value=1, max_value=2**62)
    besluit = forms.ChoiceField(choices=[(keuze, keuze) for keuze in (OVERNEMEN, AFWIJZEN, GEDAAN)])


class ErnaastForm(forms.Form):
    """The proposal that lies beside a form of the editor."""

    correctie = forms.IntegerField(min_value=1, max_value=2**62)
