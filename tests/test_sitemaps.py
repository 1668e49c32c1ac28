from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from organisaties.keuzes import Status
from organisaties.sitemaps import OrganisatieSitemap
from tests.fabriek import maak_organisatie, maak_thema
from welzijnportal.sitemaps import ONDERDELEN, PAGINAS

pytestmark = pytest.mark.django_db
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def lees(client: Any, pad: str) -> dict[str, str]:
    response = client.get(pad)
    assert response.status_code == 200
    root = ET.fromstring(response.content)
    return {url.findtext("s:loc", "", NS): url.findtext("s:lastmod", "", NS) for url in root}


def alles(client: Any) -> dict[str, str]:
    """Every address in every file that the list of files names."""
    paden = [f"/{bestand.split('/', 3)[3]}" for bestand in lees(client, "/sitemap.xml")]
    return {adres: dag for pad in paden for adres, dag in lees(client, pad).items()}


def test_sitemap_heeft_wat_bezoekers_mogen_zien(client: Any, settings: Any) -> None:
    settings.SITE_URL = "https://welzijn.example"
    organisatie = maak_organisatie(slug="linde")
    organisatie.themas.add(maak_thema(slug="geld"))
    maak_organisatie(slug="verborgen", status=Status.INGEDIEND)
    dag = timezone.localdate(organisatie.gewijzigd_op).isoformat()
    assert alles(client) == {
        **{f"https://welzijn.example{reverse(naam)}": "" for naam in PAGINAS},
        "https://welzijn.example/themas/geld/": dag,
        "https://welzijn.example/organisaties/linde/": dag,
    }


def test_grote_sitemap_wordt_verdeeld(client: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_URL = "https://welzijn.example"
    monkeypatch.setattr(OrganisatieSitemap, "limit", 2)
    clubs = [maak_organisatie(slug=f"club-{nummer}") for nummer in range(5)]
    clubs[1].delete()
    # A file for each two keys, whatever is left of them, beside the pages, the themes and the municipalities.
    assert len(lees(client, "/sitemap.xml")) == (clubs[-1].pk + 1) // 2 + len(ONDERDELEN) - 1
    over = {f"https://welzijn.example/organisaties/club-{nummer}/" for nummer in (0, 2, 3, 4)}
    assert {adres for adres in alles(client) if "/club-" in adres} == over
    assert "https://welzijn.example/over/" in alles(client)


@pytest.mark.parametrize("blad", ["0", "-1", "99999", "x", "9" * 30])
def test_een_blad_dat_er_niet_is(client: Any, blad: str) -> None:
    maak_organisatie()
    assert client.get(f"/sitemap-organisaties.xml?p={blad}").status_code == 404
