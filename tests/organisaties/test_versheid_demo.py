from collections import Counter

import pytest

from organisaties.demo.vullen import vul
from organisaties.models import Bevestiging, Organisatie


@pytest.mark.django_db
def test_vermeldingen_in_de_demo_zijn_verschillend_vers() -> None:
    vul(aantal=120, met_logo=False)
    zichtbaar = Organisatie.objects.zichtbaar()
    stappen = Counter(zichtbaar.values_list("versheidsstap", flat=True))
    assert stappen[0] > zichtbaar.count() * 0.6
    assert len(stappen) > 2
    assert max(stappen) < 7
    assert not zichtbaar.filter(volgende_vraag_datum=None).exists()
    assert Bevestiging.objects.filter(organisatie__in=zichtbaar).count() == 4 * zichtbaar.count()
