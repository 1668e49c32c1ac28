"""Fields of the directory's forms."""

import pytest
from django.core.exceptions import ValidationError

from organisaties.forms.velden import PlekField

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("getypt", "melding"),
    [
        ("Amsterdm", "Deze plaats kennen wij niet. Bedoelt u Amsterdam? Vul dat dan in, of vul de postcode in."),
        ("Qwxzyvbn", "Deze plaats kennen wij niet. Kijk de naam na, of vul de postcode in."),
    ],
)
def test_plek_that_is_not_known_gets_a_proposal_where_there_is_one(getypt: str, melding: str) -> None:
    with pytest.raises(ValidationError) as gevangen:
        PlekField().clean(getypt)
    assert gevangen.value.messages == [melding]


def test_plek_gives_the_place_and_its_municipality() -> None:
    plek = PlekField().clean("zutphen")
    assert plek is not None
    assert (plek.plaats, plek.gemeente.naam) == ("Zutphen", "Zutphen")
