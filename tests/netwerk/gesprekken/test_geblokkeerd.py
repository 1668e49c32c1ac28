"""The buttons at a reply of somebody who is blocked: no made-up request presses them."""

from typing import Any

import pytest

from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.keuzes import Plaatsing, Rol
from netwerk.models import Netwerk, Reactie
from tests.fabriek import maak_blokkade, maak_lid, maak_professional
from tests.netwerk.gesprekken.stappen import begin

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kant", ["geen", "door", "geblokkeerd"])
@pytest.mark.parametrize("actie", ["hielp", "antwoord"])
def test_knoppen_bij_een_reactie(log_in: Any, netwerk: Netwerk, lid: Any, actie: str, kant: str) -> None:
    ander = maak_professional(naam="Anne Ander")
    maak_lid(netwerk, ander)
    gesprek = begin(netwerk, lid)
    reactie = reageer(gesprek=gesprek, door=ander, tekst="Raad")
    if kant != "geen":
        maak_blokkade(lid, ander) if kant == "door" else maak_blokkade(ander, lid)
    antwoord = log_in(lid.gebruiker).post(f"{gesprek.get_absolute_url()}1/doen/", {"actie": actie})
    reactie.refresh_from_db()
    gesprek.refresh_from_db()
    mag = kant == "geen"
    assert antwoord.status_code == (302 if mag else 404)
    assert (reactie.aantal_hielp == 1 or gesprek.antwoord_id == reactie.pk) is mag


@pytest.mark.parametrize("kant", ["geen", "door", "geblokkeerd"])
def test_antwoorden_op_een_reactie(log_in: Any, netwerk: Netwerk, lid: Any, kant: str) -> None:
    ander = maak_lid(netwerk).professional
    gesprek = begin(netwerk, lid)
    reactie = reageer(gesprek=gesprek, door=ander, tekst="Raad")
    if kant != "geen":
        maak_blokkade(lid, ander) if kant == "door" else maak_blokkade(ander, lid)
    antwoord = log_in(lid.gebruiker).post(gesprek.get_absolute_url(), {"tekst": "Dank u", "op": "1"})
    if kant == "geen":
        assert Reactie.objects.get(tekst="Dank u").op == reactie
    else:
        html = antwoord.content.decode()
        assert "is intussen weggehaald" in html
        assert "Dank u</textarea>" in html
        assert not Reactie.objects.filter(tekst="Dank u").exists()


def test_een_beheerder_die_geblokkeerd_is_houdt_orde(log_in: Any, netwerk: Netwerk, lid: Any) -> None:
    gesprek = begin(netwerk, maak_lid(netwerk).professional)
    reactie = reageer(gesprek=gesprek, door=lid, tekst="Raad")
    beheerder = netwerk.lidmaatschappen.get(rol=Rol.BEHEERDER).professional
    maak_blokkade(lid, beheerder)
    client = log_in(beheerder.gebruiker)
    client.post(f"{gesprek.get_absolute_url()}1/doen/", {"actie": "verberg", "reden": "Er staat een naam in."})
    reactie.refresh_from_db()
    assert reactie.plaatsing == Plaatsing.VERBORGEN
