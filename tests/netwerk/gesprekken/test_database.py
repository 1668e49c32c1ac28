"""The queries that conversations cost and the rules of their tables."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from netwerk.keuzes import Plaatsing, Zicht
from netwerk.models import Gesprek, Gesprekvolger, Hielp, Netwerk, Reactie, Tekstversie
from tests.fabriek import (
    maak_gesprek,
    maak_reactie,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("aantal", [1, 3, 60])
def test_een_gesprek_kost_een_vast_aantal_vragen(
    client: Any, log_in: Any, netwerk: Netwerk, lid: Any, aantal: int, django_assert_num_queries: Any
) -> None:
    gesprek = maak_gesprek(netwerk, lid, zicht=Zicht.PUBLIEK)
    for _ in range(aantal):
        maak_reactie(gesprek, lid, tekst=f"Zie @[{lid.code}]")
    with django_assert_num_queries(3):
        client.get(gesprek.get_absolute_url())
    client = log_in(lid.gebruiker)
    client.get(gesprek.get_absolute_url())
    with django_assert_num_queries(8):
        client.get(gesprek.get_absolute_url())
    with django_assert_num_queries(7):
        client.get("/netwerken/eenzaamheid/gesprekken/")


def test_bladeren_door_veel_reacties(client: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = maak_gesprek(netwerk, lid, zicht=Zicht.PUBLIEK)
    Reactie.objects.bulk_create(
        [Reactie(gesprek=gesprek, nummer=n, auteur=lid, tekst=f"Nummer {n}.") for n in range(1, 121)]
    )
    Gesprek.objects.filter(pk=gesprek.pk).update(aantal_reacties=120)
    html = client.get(f"{gesprek.get_absolute_url()}?pagina=3").content.decode()
    assert "Nummer 101." in html
    assert "Nummer 100." not in html
    for kwaad in ("x", "-1", "9" * 30, "%00"):
        assert client.get(f"{gesprek.get_absolute_url()}?pagina={kwaad}").status_code in (200, 400)


def test_bladeren_door_veel_gesprekken(client: Any, netwerk: Netwerk, lid: Any) -> None:
    nu = timezone.now()
    for nummer in range(25):
        maak_gesprek(
            netwerk, lid, zicht=Zicht.PUBLIEK, titel=f"Gesprek {nummer}.", laatste_op=nu - timedelta(days=nummer)
        )
    eerste = client.get("/netwerken/eenzaamheid/gesprekken/").content.decode()
    assert "Gesprek 19." in eerste
    assert "Gesprek 20." not in eerste
    verder = eerste.split('href="?voor=')[1].split('"')[0]
    tweede = client.get(f"/netwerken/eenzaamheid/gesprekken/?voor={verder}").content.decode()
    assert "Gesprek 20." in tweede
    assert "Gesprek 19." not in tweede
    for kwaad in ("x", "1-1", "999999999999.1-999999999999999999", "0.0-0"):
        assert client.get(f"/netwerken/eenzaamheid/gesprekken/?voor={kwaad}").status_code == 200


def test_regels_van_de_database(netwerk: Netwerk, lid: Any) -> None:
    gesprek = maak_gesprek(netwerk, lid)
    reactie = maak_reactie(gesprek, lid)

    def mag_niet(doe: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            doe()

    mag_niet(lambda: Reactie.objects.create(gesprek=gesprek, nummer=1, tekst="x"))
    mag_niet(lambda: maak_reactie(gesprek, lid, plaatsing=Plaatsing.CONCEPT))
    mag_niet(lambda: maak_gesprek(netwerk, lid, zicht=4))
    mag_niet(lambda: maak_gesprek(None, lid, soort="artikel", zicht=1))
    mag_niet(lambda: Gesprek.objects.create(auteur=lid, soort="vraag", titel="x", tekst="x", zicht=3))
    mag_niet(lambda: maak_gesprek(netwerk, lid, geplaatst_op=None))
    mag_niet(lambda: Tekstversie.objects.create(tekst="x"))
    mag_niet(lambda: Tekstversie.objects.create(gesprek=gesprek, reactie=reactie, tekst="x"))
    Hielp.objects.create(reactie=reactie, professional=lid)
    mag_niet(lambda: Hielp.objects.create(reactie=reactie, professional=lid))
    Gesprekvolger.objects.create(gesprek=gesprek, professional=lid)
    mag_niet(lambda: Gesprekvolger.objects.create(gesprek=gesprek, professional=lid))


def test_wat_is_ingetrokken_houdt_zijn_plek_bij_het_bladeren(client: Any) -> None:
    gesprek = maak_gesprek(zicht=Zicht.PUBLIEK)
    Reactie.objects.bulk_create(Reactie(gesprek=gesprek, nummer=n, tekst=f"Raad {n}.") for n in range(1, 52))
    gesprek.reacties.filter(nummer__lte=10).update(plaatsing=Plaatsing.INGETROKKEN)
    Gesprek.objects.update(aantal_reacties=41)
    html = client.get(gesprek.get_absolute_url()).content.decode()
    assert "Raad 50." in html
    assert "Raad 51." not in html
    assert "?pagina=2" in html
    assert "Raad 51." in client.get(f"{gesprek.get_absolute_url()}?pagina=2").content.decode()
