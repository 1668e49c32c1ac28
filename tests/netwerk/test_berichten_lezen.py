"""Reading short messages: public pages, hashtags, feeds, paging, and what a page costs."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from netwerk.models import Gedempt, Professional, Volgt
from tests.fabriek import (
    maak_bericht,
    maak_organisatie,
    maak_professional,
    maak_thema,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sanne() -> Professional:
    return maak_professional(naam="Sanne de Wit", is_volgbaar=True)


@pytest.fixture
def kees(client: Any) -> Professional:
    kees = maak_professional(naam="Kees Kok", is_volgbaar=True)
    client.force_login(kees.gebruiker)
    return kees


def test_publieke_pagina_s_hebben_geen_koekje_en_geen_token(client: Any, sanne: Professional) -> None:
    bericht = maak_bericht(sanne, tekst="Hoi #taal")
    bericht.labelrijen.create(label="taal")
    organisatie = maak_organisatie(slug="de-linde")
    maak_bericht(organisatie)
    for pad in (
        f"/berichten/{bericht.code}/",
        f"/berichten/van/{sanne.code}/",
        "/berichten/label/taal/",
        "/berichten/organisatie/de-linde/",
        "/berichten/label/taal/feed/",
        "/berichten/organisatie/de-linde/feed/",
    ):
        response = client.get(pad)
        assert (response.status_code, dict(response.cookies)) == (200, {}), pad
        assert "csrf" not in response.content.decode(), pad
        assert "public" in response["Cache-Control"], pad
        assert client.get(pad, headers={"If-None-Match": response["ETag"]}).status_code == 304, pad


def test_label_met_hoofdletters_gaat_naar_zijn_ene_adres(client: Any) -> None:
    assert client.get("/berichten/label/Één/")["Location"] == "/berichten/label/een/"
    assert client.get("/berichten/label/123/").status_code == 404
    assert client.get(f"/berichten/label/{'a' * 300}/")["Location"] == f"/berichten/label/{'a' * 50}/"
    assert "noindex" in client.get("/berichten/label/niets/").content.decode()


def test_feed_heeft_vaste_sleutels_en_namen_in_plaats_van_codes(
    client: Any, sanne: Professional, settings: Any
) -> None:
    settings.SITE_URL = "https://welzijn.example"
    organisatie = maak_organisatie(naam="De Linde", slug="de-linde")
    bericht = maak_bericht(organisatie, tekst=f"Dank @[{sanne.code}] <b>& co</b>")
    bericht.vermeldingen.add(sanne)
    response = client.get("/berichten/organisatie/de-linde/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    ns = {"a": "http://www.w3.org/2005/Atom"}
    entry = ET.fromstring(response.content).find("a:entry", ns)
    assert entry is not None
    assert entry.findtext("a:id", "", ns) == f"https://welzijn.example/berichten/{bericht.code}/"
    assert entry.findtext("a:summary", "", ns) == "Dank @Sanne de Wit <b>& co</b>"
    assert entry.findtext("a:author/a:name", "", ns) == "De Linde"


def test_label_pagina_biedt_het_thema_aan_om_te_volgen(client: Any, kees: Professional) -> None:
    thema = maak_thema(slug="geld", naam="Geld en schulden", trefwoorden=["schuld hulp"])
    for label in ("geld", "geldenschulden", "schuldhulp"):
        assert f"/berichten/volgen/thema/{thema.slug}/" in client.get(f"/berichten/label/{label}/").content.decode()
    assert "/volgen/thema/" not in client.get("/berichten/label/taal/").content.decode()


def test_antwoorden_staan_op_volgorde_in_bladzijden(client: Any, kees: Professional, sanne: Professional) -> None:
    bericht = maak_bericht(sanne)
    for nummer in range(17):
        maak_bericht(sanne, antwoord_op=bericht, tekst=f"Antwoord {nummer:02d}.")
    html = client.get(f"/berichten/{bericht.code}/").content.decode()
    assert [f"Antwoord {nummer:02d}." in html for nummer in (0, 14, 15)] == [True, True, False]
    assert html.index("Antwoord 00.") < html.index("Antwoord 14.")
    volgende = html.split('href="?na=')[1].split('"')[0]
    html = client.get(f"/berichten/{bericht.code}/?na={volgende}").content.decode()
    assert [f"Antwoord {nummer:02d}." in html for nummer in (14, 15, 16)] == [False, True, True]


@pytest.mark.parametrize("waarde", ["-1", "9" * 5000, "%00", "²", "abc", "9223372036854775808", "1e309"])
def test_kwade_bladzijden_beginnen_gewoon_vooraan(
    client: Any, kees: Professional, sanne: Professional, waarde: str
) -> None:
    bericht = maak_bericht(sanne)
    for pad in ("/berichten/", "/berichten/volgend/", f"/berichten/{bericht.code}/", f"/berichten/van/{sanne.code}/"):
        assert client.get(pad, QUERY_STRING=f"voor={waarde}&na={waarde}").status_code in (200, 400)


@pytest.mark.parametrize(
    ("pad", "bezoeker", "lid"),
    [
        ("/berichten/{code}/", 2, 6),
        ("/berichten/van/{van}/", 2, 7),
        ("/berichten/label/taal/", 2, 6),
        ("/berichten/organisatie/de-linde/", 2, 6),
        ("/berichten/label/taal/feed/", 1, None),
        ("/berichten/", None, 7),
        ("/berichten/mijn-organisatie/", None, 5),
        ("/berichten/volgend/", None, 6),
        ("/berichten/schrijven/", None, 4),
    ],
)
def test_pagina_s_kosten_een_vast_aantal_vragen(client: Any, pad: str, bezoeker: int | None, lid: int | None) -> None:
    sanne = maak_professional(naam="Sanne", is_volgbaar=True)
    kijker = maak_professional(is_volgbaar=True)
    organisatie = maak_organisatie(slug="de-linde", beheerder=kijker.gebruiker)
    maak_thema(slug="taal")
    eerste = maak_bericht(sanne, tekst=f"Hoi #taal @[{kijker.code}]")
    pad = pad.format(code=eerste.code, van=sanne.code)

    def vul(aantal: int) -> None:
        for nummer in range(aantal):
            bericht = maak_bericht(sanne, tekst=f"Hoi #taal @[{kijker.code}] {nummer}")
            bericht.labelrijen.create(label="taal")
            bericht.vermeldingen.add(kijker)
            maak_bericht(sanne, antwoord_op=eerste)
            maak_bericht(organisatie, antwoord_op=eerste)
            maak_bericht(organisatie)
            ander = maak_professional(is_volgbaar=True)
            maak_bericht(sanne, herhaalt=maak_bericht(ander), tekst="")
            Volgt.objects.get_or_create(volger=kijker, professional=sanne)
            Volgt.objects.get_or_create(volger=kijker, organisatie=maak_organisatie())
            Volgt.objects.get_or_create(volger=kijker, thema=maak_thema())
            Volgt.objects.create(volger=ander, professional=kijker)
            Gedempt.objects.create(door=kijker, gedempt=maak_professional())

    def tel() -> int:
        client.get(pad)
        with CaptureQueriesContext(connection) as vragen:
            assert client.get(pad).status_code == 200
        return len(vragen)

    geteld: dict[str, list[int]] = {"bezoeker": [], "lid": []}
    for aantal in (1, 2):
        vul(aantal)
        client.logout()
        if bezoeker is not None:
            geteld["bezoeker"].append(tel())
        if lid is not None:
            client.force_login(kijker.gebruiker)
            geteld["lid"].append(tel())
    assert geteld == {
        "bezoeker": [] if bezoeker is None else [bezoeker, bezoeker],
        "lid": [] if lid is None else [lid, lid],
    }


def test_een_volle_lijn_blijft_onder_40_kb(client: Any, kees: Professional) -> None:
    wie = maak_professional(naam="Sanne de Wit van Heemskerck", is_volgbaar=True)
    Volgt.objects.create(volger=kees, professional=wie)
    for nummer in range(16):
        maak_bericht(
            wie, tekst=f"{'Wij koken samen. ' * 14}{nummer}", link="https://www.voorbeeld.nl/recepten/soep", zicht=3
        )
    response = client.get("/berichten/")
    assert response.content.decode().count("<article") == 15
    assert len(response.content) < 40_000
