"""A practice card under the name of somebody who is blocked is not there."""

from typing import Any

import pytest

from netwerk.actions.weten.kaarten import maak_kaart
from netwerk.keuzes import Rol, Zicht
from netwerk.models import Kaartschrijver, Netwerk, Praktijkkaart, Professional
from netwerk.weergave.kennis import Kennisvraag, zoek
from tests.fabriek import maak_blokkade, maak_lid, maak_professional

pytestmark = pytest.mark.django_db


def kaart_van(mens: Professional, netwerk: Netwerk | None = None, *, is_genoemd: bool = True) -> Praktijkkaart:
    velden = {"titel": "Raadselwoord", "samenvatting": "Zo.", "aanpak": "Bel aan.", "letop": "", "zicht": Zicht.PUBLIEK}
    return maak_kaart(
        door=mens, velden=velden, gesprek=None, netwerk=netwerk, is_genoemd=is_genoemd, themas=[], labels=["deur"]
    )


def waar(client: Any, kijker: Professional, kaart: Praktijkkaart) -> dict[str, bool]:
    """Tell at which places this viewer meets the card."""
    lijst = "/praktijkkaarten/"
    return {
        "pagina": client.get(kaart.get_absolute_url()).status_code == 200,
        "geschiedenis": client.get(f"{kaart.get_absolute_url()}geschiedenis/").status_code == 200,
        "lijst": kaart.titel in client.get(lijst).content.decode(),
        "zoeken": bool(zoek(Kennisvraag(kijker=kijker, q="raadselwoord")).rijen),
        "nieuwste": bool(zoek(Kennisvraag(kijker=kijker)).rijen),
        "label": bool(zoek(Kennisvraag(kijker=kijker, label="deur")).rijen),
        "queryset": Praktijkkaart.objects.zichtbaar_voor(kijker).filter(pk=kaart.pk).exists(),
    }


@pytest.mark.parametrize("kant", ["geen", "door", "geblokkeerd", "anoniem", "derde"])
def test_een_kaart_van_een_geblokkeerde_is_er_niet(client: Any, log_in: Any, kant: str) -> None:
    schrijver, kijker, derde = maak_professional(), maak_professional(), maak_professional()
    kaart = kaart_van(schrijver, is_genoemd=kant != "anoniem")
    if kant == "geblokkeerd":
        maak_blokkade(schrijver, kijker)
    elif kant == "derde":
        maak_blokkade(derde, kijker)
    elif kant != "geen":
        maak_blokkade(kijker, schrijver)
    # Without a name it stays: that it went would tell whose it is.
    ziet = kant in ("geen", "anoniem", "derde")
    client = log_in(kijker.gebruiker)
    assert set(waar(client, kijker, kaart).values()) == {ziet}
    hielp = client.post(f"{kaart.get_absolute_url()}hielp/", {"doe": "wel"})
    assert (hielp.status_code == 404) is not ziet
    client.logout()
    assert client.get(kaart.get_absolute_url()).status_code == 200


def test_wie_meeschreef_en_wie_beheert_blijft_de_kaart_zien(log_in: Any, netwerk: Netwerk) -> None:
    schrijver, mede = maak_lid(netwerk).professional, maak_lid(netwerk).professional
    beheerder = netwerk.lidmaatschappen.get(rol=Rol.BEHEERDER).professional
    kaart = kaart_van(schrijver, netwerk)
    Kaartschrijver.objects.create(kaart=kaart, professional=mede)
    for ander in (mede, beheerder):
        maak_blokkade(schrijver, ander)
    assert set(waar(log_in(mede.gebruiker), mede, kaart).values()) == {True}
    client = log_in(beheerder.gebruiker)
    assert client.get(kaart.get_absolute_url()).status_code == 200
    assert not zoek(Kennisvraag(kijker=beheerder, q="raadselwoord")).rijen
