"""Fields that understand what people type: phone numbers, web addresses, KvK numbers, postcodes, places."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from phonenumber_field.formfields import PhoneNumberField

from welzijnportal.geo.models import Gemeente, Plaats, Plaatsnaam, Postcode
from welzijnportal.geo.rd import ongeveer_km, zoeksleutel
from welzijnportal.geo.zoeken import kandidaten
from welzijnportal.validators import een_regel, meer_regels, normaliseer_postcode, webadres, zichtbare_tekst

EMAIL_FOUT = "Vul een e-mailadres in, zoals naam@voorbeeld.nl."
TELEFOON_FOUT = "Vul een telefoonnummer in, zoals 06 12345678 of 010 1234567."


def op_een_regel(waarde: Any) -> str:
    """Return typed text with runs of white space, pasted line breaks among them, as one space."""
    return " ".join(unicodedata.normalize("NFC", str(waarde)).split())


def geen_webadres(waarde: str) -> None:
    """Refuse a name that a mail program would turn into a link: it is mailed to an address not yet confirmed."""
    if "://" in waarde or "www." in waarde.lower():
        raise ValidationError("Vul hier de naam in. Het webadres vult u later in.", code="webadres")


class RegelField(forms.CharField):
    """A text on one line; pasted tabs and line breaks become spaces."""

    default_validators = [een_regel]

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return op_een_regel(value) if value else value


class TekstField(forms.CharField):
    """A text of several lines."""

    widget = forms.Textarea
    default_validators = [meer_regels]

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n") if value else value


class WebadresField(forms.CharField):
    """A web address; 'https://' is put before it when it is left out."""

    default_validators = [webadres]
    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"})

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not value:
            return value
        value = op_een_regel(value)
        return value if "://" in value or value.lower().startswith(("javascript:", "data:")) else f"https://{value}"


class CijfersField(RegelField):
    """A number that people write with spaces, points or a prefix, such as a KvK number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # The length is checked after the spaces are gone.
        self.widget.attrs.pop("maxlength", None)
        self.widget.attrs["inputmode"] = "numeric"

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return "".join(teken for teken in value if teken not in " .-") if value else value


class TelefoonField(PhoneNumberField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("region", "NL")
        super().__init__(**kwargs)
        self.widget.input_type = "tel"
        self.error_messages["invalid"] = TELEFOON_FOUT

    def to_python(self, value: Any) -> Any:
        value = op_een_regel(value or "")
        # A long text is no number; parsing it would cost time.
        if len(value) > 40 or "\x00" in value:
            raise ValidationError(TELEFOON_FOUT, code="invalid")
        return super().to_python(value)


class AdresEmailField(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = EMAIL_FOUT
        for controle in self.validators:
            if isinstance(controle, EmailValidator):
                controle.message = EMAIL_FOUT
        self.widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if value:
            een_regel(value)
        return value


class PostcodeField(RegelField):
    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return normaliseer_postcode(value) if value else value


@dataclass(frozen=True)
class Plek:
    """Where something is, as far as a place name or a postcode tells; coordinates in degrees (WGS84)."""

    plaats: str
    gemeente: Gemeente | None
    breedtegraad: float | None
    lengtegraad: float | None
    postcode: str = ""
    is_voorstel: bool = True

    def km_van(self, ander: "Plek") -> float:
        """Kilometres as the crow flies; 0 when either is unknown."""
        if self.breedtegraad is None or self.lengtegraad is None:
            return 0.0
        if ander.breedtegraad is None or ander.lengtegraad is None:
            return 0.0
        return ongeveer_km(self.breedtegraad, self.lengtegraad, ander.breedtegraad, ander.lengtegraad)


def plek_van_postcode(postcode: str) -> Plek | None:
    """Return the place of a Dutch postcode ('1234 AB' or '1234'); None when nobody lives there."""
    rij = Postcode.objects.select_related("plaats", "gemeente").filter(pc4=postcode[:4]).first()
    if rij is None:
        return None
    return Plek(
        rij.plaats.naam,
        rij.gemeente,
        rij.breedtegraad,
        rij.lengtegraad,
        postcode if len(postcode) > 4 else "",
        rij.gemeente_is_voorstel,
    )


def plekken_van_naam(naam: str) -> list[Plaats]:
    """Return the places with this name, its other names included; the largest first."""
    sleutel = zoeksleutel(naam)
    if not sleutel:
        return []
    plaatsen = Plaats.objects.select_related("gemeente", "provincie")
    gevonden = list(plaatsen.filter(weergavenaam__iexact=naam)) or list(plaatsen.filter(zoeksleutel=sleutel))
    gevonden = gevonden or list(plaatsen.filter(pk__in=Plaatsnaam.objects.filter(zoeksleutel=sleutel).values("plaats")))
    return sorted(gevonden, key=lambda plaats: (plaats.soort != Plaats.Soort.WOONPLAATS, -plaats.omvang))


class PlekField(RegelField):
    """A place name or a postcode; gives a `Plek`, and asks which when a name occurs more than once."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Plek | None:  # type: ignore[override]
        tekst = super().clean(value)
        if not tekst:
            return None
        zichtbare_tekst(tekst)
        if tekst[0].isdigit():
            return self._postcode(tekst)
        gevonden = plekken_van_naam(tekst)
        woonplaatsen = [plaats for plaats in gevonden if plaats.soort == Plaats.Soort.WOONPLAATS] or gevonden
        if not woonplaatsen:
            gok = next((plek.naam for plek in kandidaten(tekst) if plek.soort == "woonplaats"), "")
            vraag = f"Bedoelt u {gok}? Vul dat dan in" if gok else "Kijk de naam na"
            raise ValidationError(f"Deze plaats kennen wij niet. {vraag}, of vul de postcode in.", code="onbekend")
        if len(woonplaatsen) > 1:
            namen = " of ".join(f"‘{plaats.weergavenaam}’" for plaats in woonplaatsen[:6])
            raise ValidationError(f"Deze naam komt vaker voor. Vul in: {namen}.", code="vaker")
        plaats = woonplaatsen[0]
        return Plek(
            plaats.naam,
            plaats.gemeente,
            plaats.breedtegraad,
            plaats.lengtegraad,
            is_voorstel=plaats.gemeente_is_voorstel,
        )

    def _postcode(self, tekst: str) -> Plek:
        kaal = tekst.replace(" ", "")
        code = kaal if len(kaal) == 4 and kaal.isascii() and kaal.isdigit() else normaliseer_postcode(kaal)
        plek = plek_van_postcode(code)
        if plek is None:
            raise ValidationError("Deze postcode bestaat niet. Kijk de cijfers nog eens na.", code="onbekend")
        return plek
