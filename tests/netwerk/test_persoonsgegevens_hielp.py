"""Who erases the account takes 'this helped' along: what stands at a text is what is still said of it."""

from typing import Any

import pytest

from netwerk.actions.gesprekken.helpen import zet_hielp
from netwerk.actions.weten.kaarten import maak_kaart
from netwerk.keuzes import Zicht
from netwerk.models import Hielp, Kaarthielp, Praktijkkaart, Reactie
from tests.fabriek import maak_gesprek, maak_professional, maak_reactie
from welzijnportal.privacy import wis

pytestmark = pytest.mark.django_db


def test_wissen_telt_de_hulp_bij_reacties_opnieuw() -> None:
    gesprek = maak_gesprek(zicht=Zicht.PUBLIEK)
    van_beide, alleen_weg, alleen_blijft = (maak_reactie(gesprek) for _ in range(3))
    weg, blijft = maak_professional(), maak_professional()
    for reactie, mensen in ((van_beide, (weg, blijft)), (alleen_weg, (weg,)), (alleen_blijft, (blijft,))):
        for mens in mensen:
            zet_hielp(reactie=reactie, door=mens, ja=True)
    wis(weg.gebruiker)
    assert list(Reactie.objects.order_by("nummer").values_list("aantal_hielp", flat=True)) == [1, 0, 1]
    assert Hielp.objects.count() == 2


def test_wissen_telt_de_hulp_bij_kaarten_opnieuw(log_in: Any) -> None:
    velden = {"titel": "Bel aan", "samenvatting": "Zo.", "aanpak": "Bel.", "letop": "", "zicht": Zicht.PUBLIEK}
    kaart = maak_kaart(
        door=maak_professional(), velden=velden, gesprek=None, netwerk=None, is_genoemd=True, themas=[], labels=[]
    )
    weg, blijft = maak_professional(), maak_professional()
    for mens in (weg, blijft):
        Kaarthielp.objects.create(kaart=kaart, door=mens)
    Praktijkkaart.objects.update(aantal_hielp=5)
    wis(weg.gebruiker)
    kaart.refresh_from_db()
    assert (kaart.aantal_hielp, Kaarthielp.objects.count()) == (1, 1)
