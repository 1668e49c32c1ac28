import pytest

from organisaties.actions.doorgeven import regels_van
from organisaties.demo.vullen import maak_doorgeeflijst
from organisaties.models import Doorgeeflijst
from tests.fabriek import maak_gebruiker, maak_organisatie


@pytest.mark.django_db
def test_opnieuw_vullen_geeft_het_account_een_lijst() -> None:
    mens = maak_gebruiker()
    organisaties = [maak_organisatie() for _ in range(3)]
    maak_doorgeeflijst(mens, organisaties)
    maak_doorgeeflijst(mens, organisaties)
    lijst = Doorgeeflijst.objects.get()
    assert (lijst.eigenaar, lijst.naam) == (mens, "Eens kennismaken")
    assert [regel.organisatie for regel in regels_van(lijst)] == [organisatie.pk for organisatie in organisaties]
