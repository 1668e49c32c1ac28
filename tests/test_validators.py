"""What the ground's validators let through and what they refuse."""

import contextlib
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from welzijnportal import validators


@pytest.mark.parametrize(
    ("toets", "waarde"),
    [
        (validators.een_regel, "Stichting 't Buurthuis – Één & Twee"),
        (validators.een_regel, "Familie 👨‍👩‍👧 thuis"),
        (validators.een_regel, "مرحبا بكم"),
        (validators.meer_regels, "Regel 1\r\nRegel 2\tmet tab"),
        (validators.zichtbare_tekst, "a\u200b"),
        (validators.postcode, "1234 AB"),
        (validators.postcode, "1234ab"),
        (validators.kvk_nummer, "01234567"),
        (validators.rsin, "123456782"),
        (validators.webadres, "https://www.voorbeeld.nl/pad?x=1"),
    ],
)
def test_validator_accepts(toets: Callable[[str], None], waarde: str) -> None:
    toets(waarde)


@pytest.mark.parametrize(
    ("toets", "waarde"),
    [
        (validators.een_regel, "twee\nregels"),
        (validators.een_regel, "nul\x00byte"),
        (validators.een_regel, "om\u202egekeerd"),
        (validators.een_regel, "alinea\u2029teken"),
        (validators.meer_regels, "nul\x00byte"),
        (validators.meer_regels, "om\u202egekeerd"),
        (validators.zichtbare_tekst, "\u200b"),
        (validators.zichtbare_tekst, "   "),
        (validators.postcode, "0123 AB"),
        (validators.postcode, "1234 SS"),
        (validators.postcode, "١٢٣٤ AB"),
        (validators.postcode, "1234"),
        (validators.kvk_nummer, "1234567"),
        (validators.kvk_nummer, "١٢٣٤٥٦٧٨"),
        (validators.rsin, "123456789"),
        (validators.webadres, "javascript:alert(1)"),
        (validators.webadres, "https://gebruiker@voorbeeld.nl"),
        (validators.webadres, "https://localhost"),
        (validators.webadres, "ftp://voorbeeld.nl"),
    ],
)
def test_validator_refuses(toets: Callable[[str], None], waarde: str) -> None:
    with pytest.raises(ValidationError) as gevangen:
        toets(waarde)
    assert gevangen.value.messages[0].endswith(".")


def test_postcode_is_written_one_way() -> None:
    assert validators.normaliseer_postcode(" 1234ab ") == "1234 AB"


@pytest.mark.parametrize(
    ("adres", "domein"),
    [
        ("https://www.Voorbeeld.nl/x", "voorbeeld.nl"),
        ("voorbeeld.nl", "voorbeeld.nl"),
        ("https://[kapot", ""),
        ("", ""),
    ],
)
def test_webdomein(adres: str, domein: str) -> None:
    assert validators.webdomein(adres) == domein


@given(st.text(max_size=60))
def test_validators_raise_nothing_but_validation_errors(waarde: str) -> None:
    for toets in (
        validators.een_regel,
        validators.meer_regels,
        validators.zichtbare_tekst,
        validators.postcode,
        validators.kvk_nummer,
        validators.rsin,
        validators.webadres,
    ):
        with contextlib.suppress(ValidationError):
            toets(waarde)
    validators.webdomein(waarde)
