"""Who sees which field, picture and card of a profile."""

from typing import Any

import pytest

from netwerk.actions.mensen.kaart import token_van_kaart
from netwerk.actions.mensen.profiel import wijzig_profiel
from netwerk.keuzes import Voor
from netwerk.models import VELDEN, Professional
from netwerk.weergave.mensenzoeker import Mensenvraag, zoek_mensen
from tests.fabriek import (
    maak_blokkade,
    maak_contact,
    maak_gebruiker,
    maak_professional,
)
from tests.netwerk.mensen.stappen import GEHEIM, maak_foto, vol_profiel
from welzijnportal.images import hercodeer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("niveau", list(Voor))
@pytest.mark.parametrize("wie", ["bezoeker", "account", "lid", "contact", "zelf", "geblokkeerd"])
def test_wie_ziet_welk_veld(client: Any, log_in: Any, wie: str, niveau: int) -> None:
    mens = vol_profiel(niveau)
    kijker = maak_professional()
    if wie == "contact":
        maak_contact(kijker, mens)
    if wie == "geblokkeerd":
        maak_blokkade(mens, kijker)
    if wie != "bezoeker":
        client = log_in({"account": maak_gebruiker(), "zelf": mens.gebruiker}.get(wie, kijker.gebruiker))
    nodig = {"bezoeker": 3, "account": 3, "lid": 2, "contact": 1, "zelf": 0, "geblokkeerd": 9}[wie]
    antwoord = client.get(mens.get_absolute_url())
    kaart = client.get(f"{mens.get_absolute_url()}vcard-3.0/")
    assert antwoord.status_code == kaart.status_code == (200 if niveau >= nodig else 404)
    html = antwoord.content.decode()
    for woord in (*GEHEIM.values(), "geheimkennis", "geheimleren", "Geheime Werkgever"):
        assert (woord in html) == (niveau >= nodig), woord
    assert ("geheimfunctie" in kaart.content.decode()) == (niveau >= nodig)


@pytest.mark.parametrize("veld", [veld for veld in VELDEN if veld in GEHEIM])
def test_een_verborgen_veld_staat_nergens(log_in: Any, veld: str) -> None:
    mens = vol_profiel(Voor.IEDEREEN, **{VELDEN[veld]: Voor.CONTACTEN})
    client = log_in(maak_professional().gebruiker)
    assert GEHEIM[veld] not in client.get(mens.get_absolute_url()).content.decode()
    assert GEHEIM[veld] not in client.get(f"{mens.get_absolute_url()}vcard-4.0/").content.decode()
    assert zoek_mensen(Mensenvraag(tekst=GEHEIM[veld]), maak_professional()).sleutels == []


def test_foto_alleen_voor_wie_haar_mag_zien(client: Any, log_in: Any) -> None:
    mens = maak_professional(vindbaar_voor=3, foto_voor=Voor.LEDEN)
    wijzig_profiel(mens=mens, velden={}, foto=hercodeer(maak_foto()))
    pad = f"{mens.get_absolute_url()}foto/"
    assert client.get(pad).status_code == 404
    client = log_in(maak_professional().gebruiker)
    antwoord = client.get(pad)
    assert antwoord.status_code == 200
    assert antwoord["Cache-Control"] == "private, no-store"
    assert "sandbox" in antwoord["Content-Security-Policy"]
    antwoord.close()


@pytest.mark.parametrize("code", ["bcdfghjkmnpq", "x", "../../etc", "%00", "1" * 300])
def test_een_vreemde_raadt_niets(client: Any, code: str) -> None:
    assert client.get(f"/mensen/{code}/").status_code in (400, 404)
    assert client.get(f"/mensen/{code}/foto/").status_code in (400, 404)


@pytest.mark.parametrize(("als", "ziet"), [("bezoeker", False), ("lid", True), ("contact", True)])
def test_zo_zien_anderen_u(log_in: Any, als: str, ziet: bool) -> None:
    mens = vol_profiel(Voor.LEDEN)
    html = log_in(mens.gebruiker).get(f"/mijn/profiel/voorbeeld/{als}/").content.decode()
    assert ("geheimbod" in html) is ziet


def test_kaart_houdt_een_token_en_geen_gegevens(client: Any, log_in: Any) -> None:
    mens, ander = vol_profiel(Voor.NIEMAND), maak_professional()
    html = log_in(mens.gebruiker).get("/mijn/profiel/kaart/").content.decode()
    assert "<svg" in html
    token = token_van_kaart(mens)
    client = log_in(ander.gebruiker)
    dicht = client.get(f"/mensen/kaart/{token}/").content.decode()
    assert mens.naam in dicht
    assert "geheimfunctie" not in dicht
    Professional.objects.filter(pk=mens.pk).update(vindbaar_voor=2)
    assert client.get(f"/mensen/kaart/{token}/")["Location"] == mens.get_absolute_url()
    assert client.get("/mensen/kaart/onzin/").status_code == 404
    maak_blokkade(mens, ander)
    assert client.get(f"/mensen/kaart/{token}/").status_code == 404
    client.logout()
    assert "/account/login/" in client.get(f"/mensen/kaart/{token}/")["Location"]


def test_vcard_in_twee_versies(client: Any) -> None:
    mens = maak_professional(
        naam="Jan, de; Wit",
        functie="adviseur",
        telefoon="+31302345678",
        telefoon_voor=3,
        functie_voor=3,
        vindbaar_voor=3,
    )
    drie = client.get(f"{mens.get_absolute_url()}vcard-3.0/").content.decode()
    vier = client.get(f"{mens.get_absolute_url()}vcard-4.0/").content.decode()
    assert drie.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert "FN:Jan\\, de\\; Wit\r\n" in drie
    assert "TEL;TYPE=WORK,VOICE:+31302345678\r\n" in drie
    assert "TEL;VALUE=uri;TYPE=work,voice:tel:+31302345678\r\n" in vier
    assert all(len(regel.encode()) <= 75 for regel in (drie + vier).split("\r\n"))
    assert client.get(f"{mens.get_absolute_url()}vcard-2.1/").status_code == 404
