"""The parameters of the specification: which exist, on which address, and what they may hold."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from organisaties.api.antwoord import Parameterfout
from organisaties.exports.hsds.sleutels import Sleutelsoort, lees_sleutel
from organisaties.openingstijden import AMSTERDAM
from welzijnportal.geo.zoeken import Aanvulling, vul_aan

PER_PAGINA, PER_PAGINA_MAX = 50, 100
PAGINA_MAX = 10_000_000
METERS_MAX = 300_000
ZOEKTEKST_MAX = 200
JSON, NDJSON = "json", "ndjson"
Sleutel = tuple[Sleutelsoort, int]
# An id of the right form that this portal never gave: it finds nothing.
ONBEKEND: tuple[None, int] = (None, 0)
_POSTCODE = re.compile(r"\s*[1-9][0-9]{3}\s*(?:[A-Za-z]{2}\s*)?", re.ASCII)
# An unescaped '+' in an address arrives as a space: '2026-01-01T12:00:00 01:00'.
_PLUS = re.compile(r"(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?) (\d\d:?\d\d)$", re.ASCII)


class GetalField(forms.Field):
    """A whole number in ASCII digits."""

    def __init__(self, laagste: int, hoogste: int) -> None:
        super().__init__(required=False)
        self.laagste, self.hoogste = laagste, hoogste

    def clean(self, value: Any) -> int:
        tekst = str(value)
        if not (tekst.isascii() and tekst.isdigit()) or len(tekst) > 12:
            raise ValidationError(f"Geef een geheel getal van {self.laagste} tot en met {self.hoogste}.")
        if not self.laagste <= int(tekst) <= self.hoogste:
            raise ValidationError(f"Dit getal moet van {self.laagste} tot en met {self.hoogste} zijn.")
        return int(tekst)


class JaNeeField(forms.Field):
    def clean(self, value: Any) -> bool:
        if value not in ("true", "false"):
            raise ValidationError("Geef true of false.")
        return bool(value == "true")


class SleutelField(forms.Field):
    """The id of an object of one of these kinds; ONBEKEND for one that does not exist."""

    def __init__(self, *soorten: Sleutelsoort) -> None:
        super().__init__()
        self.soorten = soorten

    def clean(self, value: Any) -> Sleutel | tuple[None, int]:
        try:
            sleutel = lees_sleutel(str(value))
        except ValueError:
            raise ValidationError("Dit is geen id. Een id is een UUID, zoals in het veld id.") from None
        return sleutel if sleutel and sleutel[0] in self.soorten else ONBEKEND


class MomentField(forms.Field):
    """A day or a moment of ISO 8601; without an offset it is the time in Europe/Amsterdam."""

    def clean(self, value: Any) -> datetime:
        tekst = _PLUS.sub(r"\1+\2", str(value)[:40])
        try:
            gelezen: datetime | date | None = parse_datetime(tekst) if len(tekst) > 10 else parse_date(tekst)
            if gelezen is None or not 1900 <= gelezen.year <= 9998:
                raise ValueError(tekst)
            if not isinstance(gelezen, datetime):
                gelezen = datetime.combine(gelezen, time())
            return gelezen if gelezen.tzinfo else gelezen.replace(tzinfo=AMSTERDAM)
        except ValueError:
            raise ValidationError("Geef een dag of moment zoals 2026-11-03 of 2026-11-03T09:30:00Z.") from None


class PostcodeField(forms.Field):
    def clean(self, value: Any) -> Aanvulling:
        gebied = vul_aan(str(value)) if _POSTCODE.fullmatch(str(value)[:20]) else None
        if gebied is None:
            raise ValidationError("Geef een Nederlandse postcode, zoals 3511 AB of 3511.")
        return gebied


class KeuzeField(forms.Field):
    def __init__(self, *keuzes: str) -> None:
        super().__init__()
        self.keuzes = keuzes

    def clean(self, value: Any) -> str:
        if value not in self.keuzes:
            raise ValidationError(f"Kies uit: {', '.join(self.keuzes)}.")
        return str(value)


class TekstField(forms.CharField):
    default_error_messages = {"required": "Vul hier iets in of laat de parameter weg."}

    def clean(self, value: Any) -> str:
        if len(str(value)) > ZOEKTEKST_MAX:
            raise ValidationError(f"Deze tekst mag hoogstens {ZOEKTEKST_MAX} tekens lang zijn.")
        return str(super().clean(value))


VELDEN: dict[str, forms.Field] = {
    "search": TekstField(),
    "page": GetalField(1, PAGINA_MAX),
    "per_page": GetalField(1, PER_PAGINA_MAX),
    "format": KeuzeField(JSON, NDJSON),
    "minimal": JaNeeField(),
    "full": JaNeeField(),
    "full_service": JaNeeField(),
    "modified_after": MomentField(),
    "taxonomy_term_id": SleutelField(Sleutelsoort.THEMA, Sleutelsoort.DOELGROEP),
    "taxonomy_id": SleutelField(Sleutelsoort.TAXONOMIE),
    "organization_id": SleutelField(Sleutelsoort.ORGANISATIE),
    "top_only": JaNeeField(),
    "parent_id": SleutelField(Sleutelsoort.THEMA),
    "postcode": PostcodeField(),
    "proximity": GetalField(1, METERS_MAX),
}
_BLADEREN = ("search", "page", "per_page", "format")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "services": (*_BLADEREN, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "minimal", "full"),
    "organizations": (*_BLADEREN, "taxonomy_term_id", "taxonomy_id", "full", "full_service"),
    "organization": ("full_service",),
    "service_at_locations": (
        *_BLADEREN, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full", "postcode",
        "proximity",
    ),
    "taxonomies": _BLADEREN,
    "taxonomy_terms": (*_BLADEREN, "taxonomy_id", "top_only", "parent_id"),
}  # fmt: skip


def lees(gegeven: QueryDict, bron: str = "") -> dict[str, Any]:
    """Return what was asked of this resource; raise Parameterfout that names everything wrong at once.

    A name that the address does not know is refused as well: a filter that is spelt wrong would otherwise
    give everything, and nobody would notice.
    """
    mag = PARAMETERS.get(bron, ())
    keuzes: dict[str, Any] = {}
    fouten: list[tuple[str, str]] = []
    for naam, waarden in gegeven.lists():
        if naam not in mag:
            kent = f"Dit adres kent alleen: {', '.join(mag)}." if mag else "Dit adres kent geen parameters."
            fouten.append((_kort(naam), f"Deze parameter bestaat hier niet. {kent}"))
        elif len(waarden) > 1:
            fouten.append((naam, "Deze parameter staat er meer dan eens. Geef hem één keer."))
        else:
            try:
                keuzes[naam] = VELDEN[naam].clean(waarden[0])
            except ValidationError as fout:
                fouten.append((naam, " ".join(fout.messages)))
    if "proximity" in keuzes and "postcode" not in gegeven:
        fouten.append(("proximity", "Geef er ook een postcode bij: de afstand telt vanaf het midden daarvan."))
    if fouten:
        raise Parameterfout(fouten[:20])
    return keuzes


def _kort(naam: str) -> str:
    return naam if len(naam) <= 40 else naam[:40] + "…"
