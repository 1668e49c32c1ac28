from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from organisaties.keuzes import Status
from organisaties.models import Organisatie
from tests.fabriek import maak_locatie, maak_organisatie, maak_thema
from welzijnportal.geo.models import Gemeente

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def lees(client: Any, pad: str) -> ET.Element:
    response = client.get(pad)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titels(feed: ET.Element) -> list[str]:
    return [entry.findtext("a:title", "", ATOM) for entry in feed.findall("a:entry", ATOM)]


def test_feed_noemt_de_nieuwste_eerst_met_vaste_sleutels(client: Any, settings: Any) -> None:
    settings.SITE_URL = "https://welzijn.example"
    oud = maak_organisatie(
        naam="Oud & <b>vet</b>", slug="oud", kort="Eén", gepubliceerd_op=datetime(2026, 1, 1, 12, tzinfo=UTC)
    )
    maak_organisatie(naam="Nieuw", gepubliceerd_op=datetime(2026, 2, 1, tzinfo=UTC))
    maak_organisatie(naam="Niet", status=Status.INGEDIEND)
    feed = lees(client, "/organisaties/feed/")
    assert titels(feed) == ["Nieuw", "Oud & <b>vet</b>"]
    entry = feed.findall("a:entry", ATOM)[1]
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert (
        entry.findtext("a:id", "", ATOM),
        entry.findtext("a:published", "", ATOM),
        entry.findtext("a:updated", "", ATOM),
        entry.findtext("a:summary", "", ATOM),
        link.get("href"),
    ) == (
        f"tag:welzijn.example,2026:organisaties/{oud.pk}",
        "2026-01-01T12:00:00+00:00",
        oud.gewijzigd_op.isoformat(),
        "Eén",
        "https://welzijn.example/organisaties/oud/",
    )
    assert feed.findtext("a:id", "", ATOM) == "tag:welzijn.example,2026:organisaties/nieuw"
    zelf = [link.get("href") for link in feed.findall("a:link", ATOM) if link.get("rel") == "self"]
    assert zelf == ["https://welzijn.example/organisaties/feed/"]


def test_feed_blijft_gelijk_tot_er_iets_verandert(client: Any) -> None:
    organisatie = maak_organisatie()
    eerste = client.get("/organisaties/feed/")
    assert client.get("/organisaties/feed/", headers={"If-None-Match": eerste["ETag"]}).status_code == 304
    organisatie.naam = "Anders"
    organisatie.save()
    assert client.get("/organisaties/feed/", headers={"If-None-Match": eerste["ETag"]}).status_code == 200


def test_feed_van_een_thema_heeft_ook_wat_eronder_valt(client: Any) -> None:
    geld = maak_thema(slug="geld", naam="Geld")
    maak_organisatie(naam="A").themas.add(maak_thema(ouder=geld))
    maak_organisatie(naam="B").themas.add(maak_thema())
    feed = lees(client, "/organisaties/feed/thema/geld/")
    assert (feed.findtext("a:title", "", ATOM), titels(feed)) == ("Nieuwe organisaties: Geld", ["A"])
    assert client.get("/organisaties/feed/thema/weg/").status_code == 404


def test_feed_van_een_gemeente_heeft_wie_er_zit_en_wie_er_werkt(client: Any) -> None:
    zutphen = Gemeente.objects.get(naam="Zutphen")
    maak_locatie(maak_organisatie(naam="Zit er"), gemeente=zutphen)
    maak_organisatie(naam="Werkt er").gemeenten.add(zutphen)
    maak_organisatie(naam="Elders")
    feed = lees(client, f"/organisaties/feed/gemeente/{zutphen.code}/")
    assert feed.findtext("a:title", "", ATOM) == "Nieuwe organisaties in Zutphen"
    assert set(titels(feed)) == {"Zit er", "Werkt er"}
    assert client.get("/organisaties/feed/gemeente/GM9999/").status_code == 404


def test_feed_verdraagt_vreemde_tekens(client: Any) -> None:
    maak_organisatie(naam="\U0001f600 ]]> &amp; שלום")
    assert titels(lees(client, "/organisaties/feed/")) == ["\U0001f600 ]]> &amp; שלום"]


def test_feeds_worden_in_de_pagina_genoemd(client: Any) -> None:
    maak_thema(slug="geld")
    assert (
        'type="application/atom+xml" title="Nieuwe organisaties" href="/organisaties/feed/"'
        in client.get("/organisaties/").content.decode()
    )
    assert 'href="/organisaties/feed/thema/geld/"' in client.get("/themas/geld/").content.decode()
    assert 'href="/organisaties/feed/gemeente/GM0301/"' in client.get("/organisaties/?gemeente=GM0301").content.decode()


def test_lege_feed_is_geldig(client: Any) -> None:
    Organisatie.objects.all().delete()
    assert titels(lees(client, "/organisaties/feed/")) == []
