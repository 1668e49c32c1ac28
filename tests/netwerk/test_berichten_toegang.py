"""Who sees which message, and who may do what with it."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from netwerk.keuzes import Plaatsing, Voor
from netwerk.models import Bericht, Gedempt, Professional, Volgt, Waardering
from netwerk.models.bericht import Berichtzicht
from netwerk.weergave.thuislijn import thuislijn
from organisaties.models.beheer import Beheer
from tests.fabriek import (
    maak_bericht,
    maak_blokkade,
    maak_contact,
    maak_gebruiker,
    maak_organisatie,
    maak_professional,
    maak_thema,
)

pytestmark = pytest.mark.django_db
CONTACTEN, VOLGERS, PORTAAL, PUBLIEK = Berichtzicht
ALLEN = {CONTACTEN, VOLGERS, PORTAAL, PUBLIEK}
TEKST = "Wij zoeken een kok voor woensdag."

# Who, and of which messages of one person they may open the page.
WIE_ZIET = {
    "bezoeker": {PUBLIEK},
    "account": {PUBLIEK},
    "lid": {PORTAAL, PUBLIEK},
    "volger": {VOLGERS, PORTAAL, PUBLIEK},
    "contact": {CONTACTEN, PORTAAL, PUBLIEK},
    "demper": {PORTAAL, PUBLIEK},
    "gedempte": {PORTAAL, PUBLIEK},
    "geblokkeerde": set(),
    "blokkeerder": set(),
    "verwijderde volger": {PORTAAL, PUBLIEK},
    "afgewezen contact": {PORTAAL, PUBLIEK},
    "auteur": ALLEN,
}


def plaatje() -> bytes:
    uit = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(uit, "PNG")
    return uit.getvalue()


@pytest.fixture
def auteur() -> Professional:
    return maak_professional(naam="Sanne de Wit", is_volgbaar=True)


@pytest.fixture
def als(client: Any, auteur: Professional) -> Any:
    def doe(rol: str) -> Professional | None:
        if rol == "bezoeker":
            return None
        if rol == "account":
            client.force_login(maak_gebruiker())
            return None
        kijker = auteur if rol == "auteur" else maak_professional(naam="Kees Kijker")
        if rol in ("volger", "verwijderde volger"):
            Volgt.objects.create(volger=kijker, professional=auteur)
        if rol == "verwijderde volger":
            Volgt.objects.all().delete()
        if rol == "contact":
            maak_contact(auteur, kijker)
        if rol == "afgewezen contact":
            maak_contact(auteur, kijker, status="afgewezen")
        if rol == "demper":
            Gedempt.objects.create(door=kijker, gedempt=auteur)
        if rol == "gedempte":
            Gedempt.objects.create(door=auteur, gedempt=kijker)
        if rol == "geblokkeerde":
            maak_blokkade(auteur, kijker)
        if rol == "blokkeerder":
            maak_blokkade(kijker, auteur)
        client.force_login(kijker.gebruiker)
        return kijker

    return doe


@pytest.mark.parametrize("rol", WIE_ZIET)
@pytest.mark.parametrize("zicht", Berichtzicht)
def test_pagina_van_een_bericht(client: Any, als: Any, auteur: Professional, rol: str, zicht: Berichtzicht) -> None:
    bericht = maak_bericht(auteur, tekst=TEKST, zicht=zicht)
    als(rol)
    for pad in (f"/berichten/{bericht.code}/", f"/berichten/van/{auteur.code}/"):
        response = client.get(pad)
        mag = zicht in WIE_ZIET[rol]
        assert (TEKST in response.content.decode()) == mag, pad
        if not mag and pad == f"/berichten/{bericht.code}/":
            assert response.status_code == 404
            assert "Sanne" not in response.content.decode()


@pytest.mark.parametrize("rol", WIE_ZIET)
@pytest.mark.parametrize("zicht", Berichtzicht)
def test_antwoord_is_voor_wie_het_bericht_leest(
    client: Any, als: Any, auteur: Professional, rol: str, zicht: Berichtzicht
) -> None:
    bericht = maak_bericht(auteur, zicht=zicht)
    antwoord = maak_bericht(maak_professional(), tekst=TEKST, zicht=zicht, antwoord_op=bericht, kring=bericht.kring)
    als(rol)
    response = client.get(f"/berichten/{antwoord.code}/")
    # Of what is for all and for members, a block between reader and asker hides the asker alone.
    mag = zicht in WIE_ZIET[rol] or (zicht >= PORTAAL and rol in ("geblokkeerde", "blokkeerder"))
    assert response.status_code == (200 if mag else 404)


@pytest.mark.parametrize("rol", WIE_ZIET)
@pytest.mark.parametrize("zicht", Berichtzicht)
def test_wie_mag_antwoorden_waarderen_en_doorgeven(
    client: Any, als: Any, auteur: Professional, rol: str, zicht: Berichtzicht
) -> None:
    bericht = maak_bericht(auteur, zicht=zicht)
    kijker = als(rol)
    for knop in ("waarderen", "doorgeven"):
        client.post(f"/berichten/{bericht.code}/{knop}/", {"doe": "wel"})
    client.post(f"/berichten/{bericht.code}/antwoorden/", {"tekst": "Ik kom"})
    mag = kijker is not None and zicht in WIE_ZIET[rol]
    assert Waardering.objects.filter(bericht=bericht).exists() == mag
    assert Bericht.objects.filter(antwoord_op=bericht).exists() == mag
    assert Bericht.objects.filter(herhaalt=bericht).exists() == (mag and zicht >= PORTAAL and rol != "auteur")


@pytest.mark.parametrize("rol", WIE_ZIET)
def test_alleen_wie_het_schreef_trekt_het_in(client: Any, als: Any, auteur: Professional, rol: str) -> None:
    bericht = maak_bericht(auteur)
    als(rol)
    response = client.post(f"/berichten/{bericht.code}/intrekken/")
    bericht.refresh_from_db()
    assert (bericht.plaatsing == Plaatsing.INGETROKKEN) == (rol == "auteur")
    if rol == "bezoeker":
        assert response["Location"].startswith("/account/login/")
    elif rol != "auteur":
        assert response.status_code == 404


@pytest.mark.parametrize("plaatsing", [Plaatsing.INGETROKKEN, Plaatsing.VERBORGEN])
@pytest.mark.parametrize("rol", ["bezoeker", "lid", "volger", "auteur"])
def test_wat_weg_is_ziet_niemand(client: Any, als: Any, auteur: Professional, rol: str, plaatsing: str) -> None:
    bericht = maak_bericht(auteur, tekst=f"{TEKST} #taal", plaatsing=plaatsing, reden="Geen naam van een cliënt.")
    bericht.labelrijen.create(label="taal")
    kijker = als(rol)
    assert client.get(f"/berichten/{bericht.code}/").status_code == 404
    assert client.get(f"/berichten/{bericht.code}/beeld/").status_code == 404
    for pad in (f"/berichten/van/{auteur.code}/", "/berichten/label/taal/", "/berichten/"):
        assert TEKST not in client.get(pad, follow=True).content.decode()
    if kijker:
        assert thuislijn(kijker) == ([], None)


@pytest.mark.parametrize(
    ("rol", "mag"),
    [("beheerder", True), ("redacteur", True), ("lid", False), ("oud-redacteur", False), ("zonder profiel", True)],
)
def test_namens_een_organisatie_schrijven(client: Any, rol: str, mag: bool) -> None:
    organisatie = maak_organisatie(naam="De Linde", slug="de-linde")
    gebruiker = maak_gebruiker()
    if rol != "zonder profiel":
        maak_professional(naam="Kees", gebruiker=gebruiker)
    if rol != "lid":
        beheer = Beheer.objects.create(
            organisatie=organisatie, gebruiker=gebruiker, rol="beheerder" if rol == "beheerder" else "redacteur"
        )
        if rol == "oud-redacteur":
            beheer.delete()
    client.force_login(gebruiker)
    client.post("/berichten/schrijven/", {"tekst": TEKST, "als": "de-linde", "zicht": 4})
    gevonden = Bericht.objects.filter(organisatie=organisatie, auteur=None, door=gebruiker, tekst=TEKST)
    assert gevonden.exists() == mag
    if mag:
        html = client.get("/berichten/organisatie/de-linde/").content.decode()
        assert TEKST in html
        assert "Kees" not in html
        bericht = gevonden.get()
        client.post(f"/berichten/{bericht.code}/intrekken/")
        bericht.refresh_from_db()
        assert bericht.plaatsing == Plaatsing.INGETROKKEN


@pytest.mark.parametrize("status", ["concept", "ingediend", "gearchiveerd"])
def test_een_organisatie_die_niet_op_het_portaal_staat_zegt_niets(client: Any, status: str) -> None:
    kijker = maak_professional()
    organisatie = maak_organisatie(slug="de-linde", beheerder=kijker.gebruiker)
    bericht = maak_bericht(organisatie, tekst=TEKST)
    Volgt.objects.create(volger=kijker, organisatie=organisatie)
    type(organisatie).objects.filter(pk=organisatie.pk).update(status=status)
    client.force_login(kijker.gebruiker)
    assert client.get(f"/berichten/{bericht.code}/").status_code == 404
    assert client.get("/berichten/organisatie/de-linde/").status_code == 404
    assert thuislijn(kijker) == ([], None)
    client.post("/berichten/schrijven/", {"tekst": TEKST, "als": "de-linde", "zicht": 4})
    assert Bericht.objects.count() == 1


@pytest.mark.parametrize("pad", ["/berichten/", "/berichten/mijn-organisatie/", "/berichten/volgend/"])
def test_eigen_pagina_s_vragen_om_een_profiel(client: Any, pad: str, vreemde: Any) -> None:
    assert client.get(pad)["Location"] == f"/account/login/?next={pad}"
    client.force_login(vreemde)
    assert "profiel" in client.get(pad)["Location"]


@pytest.mark.parametrize(
    ("wat", "rol", "mag"),
    [
        ("mens", "lid", True),
        ("mens", "geblokkeerde", False),
        ("mens", "blokkeerder", False),
        ("mens", "auteur", False),
        ("mens", "account", False),
        ("mens", "bezoeker", False),
        ("organisatie", "lid", True),
        ("thema", "lid", True),
        ("huisdier", "lid", False),
    ],
)
def test_wie_mag_volgen(client: Any, als: Any, auteur: Professional, wat: str, rol: str, mag: bool) -> None:
    sleutel = {
        "mens": auteur.code,
        "organisatie": maak_organisatie(slug="de-linde").slug,
        "thema": maak_thema(slug="geld").slug,
        "huisdier": "poes",
    }[wat]
    als(rol)
    client.post(f"/berichten/volgen/{wat}/{sleutel}/", {"doe": "wel"})
    assert Volgt.objects.exists() == mag


def test_wie_niet_gevolgd_wil_worden_wordt_dat_niet(client: Any, als: Any, auteur: Professional) -> None:
    kijker = als("volger")
    maak_bericht(auteur, tekst=TEKST, zicht=VOLGERS)
    assert TEKST in client.get("/berichten/").content.decode()
    Professional.objects.filter(pk=auteur.pk).update(is_volgbaar=False)
    assert TEKST not in client.get("/berichten/").content.decode()
    Volgt.objects.all().delete()
    response = client.post(f"/berichten/volgen/mens/{auteur.code}/", {"doe": "wel"}, follow=True)
    assert "wil niet gevolgd worden" in response.content.decode()
    assert not Volgt.objects.exists()
    assert kijker is not None


def test_een_gesloten_account_zwijgt(client: Any, als: Any, auteur: Professional) -> None:
    als("volger")
    bericht = maak_bericht(auteur, tekst=TEKST)
    auteur.gebruiker.is_active = False
    auteur.gebruiker.save()
    assert client.get(f"/berichten/{bericht.code}/").status_code == 404
    assert TEKST not in client.get("/berichten/").content.decode()


def test_feed_van_een_mens_alleen_als_het_profiel_voor_iedereen_is(client: Any, auteur: Professional) -> None:
    maak_bericht(auteur, tekst=TEKST)
    maak_bericht(auteur, tekst="Voor leden", zicht=PORTAAL)
    assert client.get(f"/berichten/van/{auteur.code}/feed/").status_code == 404
    Professional.objects.filter(pk=auteur.pk).update(vindbaar_voor=Voor.IEDEREEN)
    feed = client.get(f"/berichten/van/{auteur.code}/feed/").content.decode()
    assert TEKST in feed
    assert "Voor leden" not in feed


def test_beeld_is_voor_wie_het_bericht_leest(client: Any, als: Any, auteur: Professional, settings: Any) -> None:
    Path(settings.MEDIA_ROOT, "berichten").mkdir(parents=True)
    Path(settings.MEDIA_ROOT, "berichten/a.png").write_bytes(plaatje())
    bericht = maak_bericht(auteur, zicht=PORTAAL, beeld="berichten/a.png", beeld_alt="Een pan soep")
    assert client.get(f"/berichten/{bericht.code}/beeld/").status_code == 404
    als("lid")
    response = client.get(f"/berichten/{bericht.code}/beeld/")
    assert b"".join(response.streaming_content) == plaatje()
    response.close()
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
