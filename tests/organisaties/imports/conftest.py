import csv
import io
from collections.abc import Callable

import pytest

from organisaties.imports.rijen import Voorbeeld, controleer
from organisaties.models import Doelgroep
from tests.fabriek import maak_thema
from welzijnportal import tabular

KOP = ["id", "naam", "aanbod", "omschrijving", "plaats"]
RIJ = ["1", "Buurthuis De Linde", "Samen eten", "Elke dinsdag.", "Utrecht"]


@pytest.fixture
def words(db: None) -> None:
    maak_thema(slug="geld", naam="Geld en schulden")
    maak_thema(slug="schulden", naam="Schulden")
    maak_thema(slug="meedoen", naam="Meedoen", trefwoorden=["ontmoeting"])
    Doelgroep.objects.create(slug="ouderen", naam="Ouderen", trefwoorden=["senioren"])


@pytest.fixture
def bekijk(words: None) -> Callable[..., Voorbeeld]:
    """Return a function that checks rows, the header first, as a file of them would be."""

    def doe(*rijen: list[str], kop: list[str] = KOP) -> Voorbeeld:
        uit = io.StringIO(newline="")
        csv.writer(uit).writerows([kop, *rijen])
        return controleer(tabular.lees(uit.getvalue().encode()))

    return doe
