"""Validators for what people type; each raises ValidationError with a plain Dutch message."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.nl import bsn as stdnum_bsn
from stdnum.nl import postcode as stdnum_postcode

# Directional overrides and isolates can make a name read differently from what is stored.
_BIDI = "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"
_NOT_ON_ONE_LINE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI}]")
_NOT_IN_TEXT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}]")


def een_regel(waarde: str) -> None:
    """Refuse control characters, line breaks and directional overrides: for names, subjects, labels."""
    if _NOT_ON_ONE_LINE.search(waarde):
        raise ValidationError("Gebruik hier één regel zonder bijzondere tekens.", code="een_regel")


def meer_regels(waarde: str) -> None:
    """Refuse control characters other than tab and line breaks, and directional overrides."""
    if _NOT_IN_TEXT.search(waarde):
        raise ValidationError("Deze tekst bevat een teken dat wij niet kunnen bewaren.", code="teken")


def zichtbare_tekst(waarde: str) -> None:
    """Refuse a text in which nothing can be seen, such as a lone zero-width space."""
    if not any(unicodedata.category(teken)[0] in "LNPS" for teken in waarde):
        raise ValidationError("Vul hier tekst in die te lezen is.", code="onzichtbaar")


def normaliseer_postcode(waarde: str) -> str:
    """Return a Dutch postcode as '1234 AB'; raise ValidationError for anything else.

    Source of the rule: PostNL's postcode system, as python-stdnum implements it (no SA, SD, SS).
    """
    try:
        if not waarde.isascii():
            raise StdnumError
        return str(stdnum_postcode.validate(waarde))
    except StdnumError:
        raise ValidationError(
            "Een postcode bestaat uit 4 cijfers en 2 letters, zoals 1234 AB.", code="postcode"
        ) from None


def postcode(waarde: str) -> None:
    """Refuse what is not a Dutch postcode."""
    normaliseer_postcode(waarde)


def kvk_nummer(waarde: str) -> None:
    """Refuse what is not eight ASCII digits (a Chamber of Commerce number has no check digit)."""
    if not re.fullmatch(r"[0-9]{8}", waarde):
        raise ValidationError("Een KvK-nummer bestaat uit 8 cijfers.", code="kvk")


def rsin(waarde: str) -> None:
    """Refuse what is not a nine-digit RSIN that passes the eleven test (the same as the BSN's)."""
    try:
        if not re.fullmatch(r"[0-9]{9}", waarde):
            raise StdnumError
        stdnum_bsn.validate(waarde)
    except StdnumError:
        raise ValidationError("Dit is geen geldig RSIN. Het bestaat uit 9 cijfers.", code="rsin") from None


def webadres(waarde: str) -> None:
    """Refuse web addresses that are not http(s), carry a login, or have no host name with a dot."""
    melding = "Vul een webadres in, zoals https://www.voorbeeld.nl."
    URLValidator(schemes=["http", "https"], message=melding)(waarde)
    delen = urlsplit(waarde)
    if "@" in delen.netloc or "." not in (delen.hostname or ""):
        raise ValidationError(melding, code="webadres")


def webdomein(waarde: str) -> str:
    """Return the host of a web address without 'www.', in lower case; '' when there is none."""
    try:
        host = urlsplit(waarde if "://" in waarde else f"https://{waarde}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")
