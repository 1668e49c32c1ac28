"""Making and changing a profile, and what the database keeps of it."""

import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from netwerk.actions.mensen.profiel import STANDEN, maak_profiel, wijzig_profiel, zichtbaarheid_van
from netwerk.keuzes import Voor
from netwerk.models import VELDEN, NietPassend, Professional, Profielzoek, Werkplek
from tests.fabriek import (
    maak_gebruiker,
    maak_professional,
    maak_werkplek,
)
from tests.netwerk.mensen.stappen import alles_voor, maak_foto, vol_profiel
from welzijnportal import privacy
from welzijnportal.images import hercodeer

pytestmark = pytest.mark.django_db


# Making and changing


def test_profiel_maken_in_een_keer(client: Any, log_in: Any) -> None:
    gebruiker = maak_gebruiker()
    client = log_in(gebruiker)
    antwoord = client.get("/netwerken/voorstellen/")
    assert antwoord["Location"] == "/mijn/profiel/maken/?next=%2Fnetwerken%2Fvoorstellen%2F"
    velden = {"naam": "Sanne", "functie": "opbouwwerker", "expertise": "Schuldhulp, eenzaamheid,schuldhulp"}
    antwoord = client.post(antwoord["Location"], {**velden, "stand": "niemand", "next": "/netwerken/voorstellen/"})
    assert antwoord["Location"] == "/netwerken/voorstellen/"
    mens = Professional.objects.get(gebruiker=gebruiker)
    assert set(mens.expertise.names()) == {"Schuldhulp", "eenzaamheid"}
    assert {getattr(mens, veld) for veld in VELDEN.values()} == {0}
    assert mens.vindbaar_voor == Voor.NIEMAND
    assert not Profielzoek.objects.exists()


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"naam": ""}, "Vul uw naam in."),
        ({"naam": "\u200b"}, "te lezen"),
        ({"plaats": "Atlantis bij Zee"}, "Deze plaats kennen wij niet."),
        ({"expertise": "a" * 41}, "hoogstens 40 tekens"),
        ({"expertise": ",".join(f"w{n}" for n in range(16))}, "hoogstens 15"),
        ({"stand": "wat"}, "Selecteer"),
        ({"stand": ""}, "Kies wie dit mag zien."),
    ],
)
def test_profiel_maken_met_een_fout_houdt_wat_is_getypt(log_in: Any, velden: dict[str, str], fout: str) -> None:
    goed = {"naam": "Sanne", "functie": "mijn eigen werk", "stand": "niemand"}
    html = log_in(maak_gebruiker()).post("/mijn/profiel/maken/", {**goed, **velden}).content.decode()
    assert fout in html
    assert "mijn eigen werk" in html
    assert not Professional.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twee_keer_tegelijk_maken_geeft_een_profiel() -> None:
    gebruiker, hek, fouten = maak_gebruiker(), threading.Barrier(4), []

    def maak() -> None:
        try:
            hek.wait()
            maak_profiel(gebruiker=gebruiker, naam="San", functie="", plaats=None, expertise=["a"], stand="openbaar")
        except Exception as fout:  # noqa: BLE001 - told by the test below
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=maak) for _ in range(4)]
    [draad.start() for draad in draden]
    [draad.join() for draad in draden]
    assert fouten == []
    assert Professional.objects.count() == 1
    assert Profielzoek.objects.count() == 2


def test_blokken_bewaren_velden_en_wie_ze_ziet(log_in: Any) -> None:
    mens = maak_professional()
    client = log_in(mens.gebruiker)
    kennis = {"expertise": "rouw", "interesses": "dans", "biedt": "koffie", "zoekt": "thee"}
    zicht = {"expertise_voor": 3, "interesses_voor": 2, "biedt_voor": 1, "zoekt_voor": 0}
    assert client.post("/mijn/profiel/kennis/", kennis | zicht)["Location"] == "/mijn/profiel/"
    contact = {"werkmail": "s@werk.example", "telefoon": "030 234 5678", "website": "werk.example"}
    zicht_contact = {"werkmail_voor": 1, "telefoon_voor": 1, "links_voor": 2}
    client.post("/mijn/profiel/contact/", contact | zicht_contact)
    mens.refresh_from_db()
    assert (mens.biedt, mens.biedt_voor, mens.expertise_voor) == ("koffie", 1, 3)
    assert (str(mens.telefoon.as_e164), mens.website, mens.links_voor) == ("+31302345678", "https://werk.example", 2)
    html = client.get("/mijn/profiel/").content.decode()
    for tekst in ("rouw", "dans", "koffie", "thee", "s@werk.example"):
        assert tekst in html


@pytest.mark.parametrize(
    ("blok", "velden", "fout"),
    [
        ("contact", {"website": "javascript:alert(1)"}, "webadres"),
        ("contact", {"linkedin": "https://linkedin.com.kwaad.example/x"}, "geen adres van LinkedIn"),
        ("contact", {"telefoon": "12"}, "Vul een telefoonnummer in"),
        ("wie", {"naam": "x" * 101}, "100"),
        ("wie", {"naam": "San", "tekst": "x" * 1501}, "1500"),
        ("kennis", {"biedt_voor": "9"}, "Selecteer"),
    ],
)
def test_blok_met_een_fout(log_in: Any, blok: str, velden: dict[str, str], fout: str) -> None:
    mens = maak_professional()
    html = log_in(mens.gebruiker).post(f"/mijn/profiel/{blok}/", velden).content.decode()
    assert fout in html
    assert "Nog niet gelukt" in html


@pytest.mark.parametrize("stand", STANDEN)
def test_een_stand_stelt_alles_in(log_in: Any, stand: str) -> None:
    mens = maak_professional(**alles_voor(2))
    log_in(mens.gebruiker).post("/mijn/profiel/stand/", {"stand": stand})
    mens.refresh_from_db()
    assert {veld: getattr(mens, veld) for veld in zichtbaarheid_van(stand)} == zichtbaarheid_van(stand)
    assert mens.werkmail_voor <= Voor.CONTACTEN


def test_foto_wordt_opnieuw_geschreven_en_oude_gaat_weg(log_in: Any, django_capture_on_commit_callbacks: Any) -> None:
    mens = maak_professional(vindbaar_voor=3)
    client = log_in(mens.gebruiker)
    client.post("/mijn/profiel/foto/", {"foto": maak_foto(), "foto_voor": 3})
    mens.refresh_from_db()
    eerste = mens.foto.name
    assert eerste.startswith("fotos/")
    assert mens.foto.storage.exists(eerste)
    client.post("/mijn/profiel/foto/", {"foto_voor": 3, "verwijderen": "on"})
    mens.refresh_from_db()
    assert not mens.foto
    assert not mens.foto.storage.exists(eerste)
    kwaad = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", content_type="image/jpeg")
    assert (
        "niet als afbeelding lezen"
        in client.post("/mijn/profiel/foto/", {"foto": kwaad, "foto_voor": 0}).content.decode()
    )


# The database keeps it


def test_regels_van_de_database() -> None:
    mens = maak_professional()
    plek = maak_werkplek(mens)

    def mag_niet(doe: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            doe()

    mag_niet(lambda: maak_professional(functie_voor=4))
    mag_niet(lambda: maak_professional(vragen_per_maand=11))
    mag_niet(lambda: maak_professional(punt=(1.0, 2.0)))
    mag_niet(lambda: maak_professional(gebruiker=mens.gebruiker))
    mag_niet(lambda: maak_werkplek(mens, plek.organisatie))
    mag_niet(lambda: maak_werkplek(mens, beantwoord_op=None))
    mag_niet(lambda: maak_werkplek(mens, sinds_datum="2026-05-01", tot_datum="2026-04-01"))
    mag_niet(lambda: Profielzoek.objects.create(professional=mens, niveau=1))
    mag_niet(lambda: NietPassend.objects.bulk_create([NietPassend(professional=mens, ander=mens)] * 2))


def test_export_en_wissen(django_capture_on_commit_callbacks: Any) -> None:
    mens = vol_profiel(2)
    wijzig_profiel(mens=mens, velden={}, foto=hercodeer(maak_foto()))
    mens.refresh_from_db()
    gegevens = privacy.gegevens_van(mens.gebruiker)["profiel"]
    assert gegevens["weet veel van"] == ["geheimkennis"]
    assert gegevens["werk"][0]["organisatie"] == "Geheime Werkgever"
    naam, opslag = mens.foto.name, mens.foto.storage
    privacy.wis(mens.gebruiker)
    assert not opslag.exists(naam)
    assert not Profielzoek.objects.exists()
    assert not Werkplek.objects.exists()
