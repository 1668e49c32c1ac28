"""Finding people, and being found no more."""

from typing import Any

import pytest
from django.core.management import call_command

from netwerk.actions.mensen.vindbaar import ververs_mensen
from netwerk.models import NietPassend, Professional
from netwerk.weergave.mensenzoeker import Mensenvraag, past_bij, zoek_mensen
from tests.fabriek import (
    maak_blokkade,
    maak_contact,
    maak_netwerk,
    maak_professional,
    maak_werkplek,
)
from tests.netwerk.mensen.stappen import alles_voor, vol_profiel
from welzijnportal.geo.models import Plaats
from welzijnportal.geo.zoeken import vind_plek

pytestmark = pytest.mark.django_db


def gevonden(vraag: Mensenvraag, kijker: Professional | None) -> set[str]:
    return {mens.naam for mens in Professional.objects.filter(pk__in=zoek_mensen(vraag, kijker).sleutels)}


def test_zoeken_vindt_op_woorden_kennis_aanbod_en_werk() -> None:
    kijker = maak_professional(naam="Kijker")
    weet = maak_professional(naam="Weet", **alles_voor(2), biedt="een kijkje in de keuken")
    weet.expertise.set(["schuldhulpverlening"])
    werk = maak_werkplek(weet).organisatie
    maak_professional(naam="Zoekt", **alles_voor(2), zoekt="hulp bij schulden")
    maak_professional(naam="Ander", **alles_voor(2))
    ververs_mensen(Professional.objects.values_list("pk", flat=True))
    # A compound is found by its parts, and its parts by the compound.
    assert gevonden(Mensenvraag(tekst="schuldhulp"), kijker) == {"Weet", "Zoekt"}
    assert gevonden(Mensenvraag(tekst="schulden"), kijker) == {"Weet", "Zoekt"}
    assert gevonden(Mensenvraag(tekst="keuken"), kijker) == {"Weet"}
    assert gevonden(Mensenvraag(expertise="Schuldhulpverlening"), kijker) == {"Weet"}
    assert gevonden(Mensenvraag(aanbod="biedt"), kijker) == {"Weet"}
    assert gevonden(Mensenvraag(aanbod="zoekt"), kijker) == {"Zoekt"}
    assert gevonden(Mensenvraag(organisatie=werk.pk), kijker) == {"Weet"}
    assert gevonden(Mensenvraag(tekst="qwrtzx"), kijker) == set()
    assert gevonden(Mensenvraag(), kijker) == {"Weet", "Zoekt", "Ander"}
    assert gevonden(Mensenvraag(), None) == set()
    maak_blokkade(weet, kijker)
    assert gevonden(Mensenvraag(), kijker) == {"Zoekt", "Ander"}


def test_zoeken_op_afstand() -> None:
    call_command("laad_geodata", verbosity=0)
    for naam, slug in (("Dichtbij", "utrecht"), ("Veraf", "groningen")):
        plaats = Plaats.objects.get(pk=slug)
        maak_professional(naam=naam, plaats=plaats, punt=plaats.punt, **alles_voor(3))
    stil = Plaats.objects.get(pk="utrecht")
    maak_professional(naam="Stil", plaats=stil, punt=stil.punt, **{**alles_voor(3), "plaats_voor": 1})
    ververs_mensen(Professional.objects.values_list("pk", flat=True))
    plek = vind_plek("Zeist")
    assert plek
    assert gevonden(Mensenvraag(punt=plek.punt, km=25), None) == {"Dichtbij"}


@pytest.mark.parametrize("q", ["' OR 1=1 --", "a & | ! :*", "%00", "(((", "x" * 10_000, "\\", "~", "de het een"])
def test_zoeken_met_kwade_tekens(client: Any, q: str) -> None:
    assert client.get("/mensen/", {"q": q}).status_code in (200, 400)


@pytest.mark.parametrize("aantal", [1, 3])
def test_zoeken_en_een_profiel_kosten_een_vast_aantal_vragen(
    client: Any, log_in: Any, aantal: int, django_assert_num_queries: Any
) -> None:
    mensen = [vol_profiel(3) for _ in range(aantal)]
    with django_assert_num_queries(2):
        client.get("/mensen/")
    with django_assert_num_queries(1):
        client.get(mensen[0].get_absolute_url())
    client = log_in(maak_professional().gebruiker)
    client.get("/mensen/")
    with django_assert_num_queries(6):
        client.get("/mensen/")
    # The fifth is how the viewer stands to this person; whom both know costs one more where both let it be seen.
    with django_assert_num_queries(5):
        client.get(mensen[0].get_absolute_url())


def test_past_bij_u_met_de_reden() -> None:
    ik = maak_professional(naam="Ik", **alles_voor(2))
    ik.interesses.set(["rouw"])
    ik.expertise.set(["taalles"])
    weet, leert, contact, verborgen = (maak_professional(naam=n, **alles_voor(2)) for n in ("W", "L", "C", "V"))
    for mens in (weet, contact, verborgen):
        mens.expertise.set(["rouw"])
    leert.interesses.set(["taalles"])
    maak_contact(ik, contact)
    Professional.objects.filter(pk=verborgen.pk).update(expertise_voor=1)
    netwerk = maak_netwerk(leden=(ik, leert))
    ververs_mensen(Professional.objects.values_list("pk", flat=True))
    redenen = {een.sleutel: een.reden for een in past_bij(ik)}
    assert redenen[weet.pk] == "Weet veel van rouw. Daarover wilt u leren."
    assert redenen[leert.pk] == "Wil leren over taalles. Daar weet u veel van."
    assert contact.pk not in redenen
    assert verborgen.pk not in redenen
    assert ik.pk not in redenen
    beheerder = netwerk.lidmaatschappen.get(rol="beheerder").professional_id
    ververs_mensen([beheerder])
    assert {een.sleutel: een.reden for een in past_bij(ik)}[beheerder] == f"Zit ook in het netwerk {netwerk}."


def test_niet_meer_tonen(log_in: Any) -> None:
    ik, ander = maak_professional(**alles_voor(2)), maak_professional(naam="Ander", **alles_voor(2))
    ik.interesses.set(["rouw"])
    ander.expertise.set(["rouw"])
    ververs_mensen([ik.pk, ander.pk])
    client = log_in(ik.gebruiker)
    assert "Past bij u" in client.get("/mensen/").content.decode()
    for _ in range(2):
        client.post(f"/mensen/{ander.code}/niet-meer-tonen/")
    assert NietPassend.objects.count() == 1
    assert "Past bij u" not in client.get("/mensen/").content.decode()
