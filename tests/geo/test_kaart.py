import re
from itertools import combinations
from math import dist
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

from welzijnportal.geo.kaart import Kaartpunt, kaart, locatiekaart
from welzijnportal.geo.rd import Punt
from welzijnportal.geo.zoeken import vind_plek

UTRECHT = vind_plek("Utrecht").punt
NS = "{http://www.w3.org/2000/svg}"


def stip(nummer, naam="Buurthuis", punt=UTRECHT, **velden):
    return Kaartpunt(nummer, naam, Punt(*punt), f"#resultaat-{nummer}", **velden)


def lees(svg):
    return ElementTree.fromstring(svg)


def kilometers(svg):
    """Width of the drawing in kilometres, by its scale."""
    return 360 / (float(re.search(r"scale\(([\d.]+)\)", svg)[1]) * 10)


def test_de_lege_kaart_toont_twaalf_provincies_als_links():
    svg = kaart([], provincies_url=lambda slug: f"/organisaties/?provincie={slug}&q=a")
    links = lees(svg).findall(f".//{NS}a")
    assert len(links) == 12
    assert {link.get("href") for link in links} >= {
        "/organisaties/?provincie=fryslan&q=a",
        "/organisaties/?provincie=zeeland&q=a",
    }
    assert "Overijssel" in svg
    assert len(svg) < 4_000
    vormen = {vorm.get("href").partition("#")[2] for vorm in lees(svg).findall(f".//{NS}use")}
    sprite = (Path(settings.BASE_DIR) / "static/icons/sprite.svg").read_text()
    assert len(vormen) == 14
    assert all(f'id="{naam}"' in sprite for naam in vormen)


def test_een_lange_naam_wordt_op_de_kaart_afgekapt():
    svg = lees(kaart([stip(1, "Samenwerkingsverband " * 6)]))
    assert svg.findtext(f".//{NS}title") == "1. Samenwerkingsverband Samenwerkingsverband Samenwerkingsverb…"


def test_elke_stip_linkt_naar_zijn_resultaat_en_heeft_een_naam():
    svg = kaart([stip(1, "Inloop <De> & Linde", plaats="Utrecht"), stip(2, "Ver weg", (233, 582))])
    links = {link.get("href"): link.findtext(f"{NS}title") for link in lees(svg).findall(f".//{NS}a")}
    assert links == {"#resultaat-1": "1. Inloop <De> & Linde, Utrecht", "#resultaat-2": "2. Ver weg"}


@pytest.mark.parametrize("aantal", [2, 20])
def test_stippen_op_dezelfde_plek_staan_los_van_elkaar_en_wijzen_ernaar(aantal):
    svg = lees(kaart([stip(nummer, "A") for nummer in range(1, aantal + 1)], zoekpunt=UTRECHT, straal_km=10))
    cirkels = svg.findall(f".//{NS}circle[@class='kaart-punt']")
    plekken = [(float(cirkel.get("cx")), float(cirkel.get("cy"))) for cirkel in cirkels]
    assert len(plekken) == aantal
    assert min(dist(een, ander) for een, ander in combinations(plekken, 2)) > 23
    lijnen = {lijn.get("d").split("L")[0] for lijn in svg.findall(f".//{NS}path[@class='kaart-lijn']")}
    assert len(lijnen) == 1
    teksten = {"".join(tekst.itertext()) for tekst in svg.findall(f".//{NS}a/{NS}text")}
    assert teksten == {str(nummer) for nummer in range(1, aantal + 1)}


def test_dezelfde_vraag_geeft_dezelfde_kaart():
    assert kaart([stip(n) for n in range(1, 9)]) == kaart([stip(n) for n in range(1, 9)])


def test_de_kaart_zoomt_in_op_het_gezochte_gebied():
    svg = kaart([stip(1)], zoekpunt=UTRECHT, straal_km=10)
    assert 20 < kilometers(svg) < 26
    assert 'class="kaart-straal"' in svg
    assert ">Utrecht<" in kaart([stip(1, punt=(UTRECHT.x + 4, UTRECHT.y))], zoekpunt=UTRECHT, straal_km=10)


def test_de_kaart_toont_heel_nederland_als_de_stippen_ver_uiteen_liggen():
    assert kilometers(kaart([stip(1, punt=(176, 318)), stip(2, punt=(233, 582))])) > 265


def test_een_gekozen_provincie_vult_de_kaart():
    svg = kaart([], gekozen_provincie="PV26")
    assert kilometers(svg) < 100
    assert svg.count("kaart-provincie--gekozen") == 1


@pytest.mark.parametrize("verhouding", [0.6, 0.84, 1, 1.5])
def test_alle_stippen_liggen_binnen_de_kaart(verhouding):
    punten = [stip(i, punt=(100 + 7 * i, 400 + 3 * i)) for i in range(1, 21)]
    svg = lees(kaart(punten, breedte_verhouding=verhouding))
    _, _, breed, hoog = map(float, svg.get("viewBox").split())
    for cirkel in svg.findall(f".//{NS}circle[@class='kaart-punt']"):
        assert 12 <= float(cirkel.get("cx")) <= breed - 12
        assert 12 <= float(cirkel.get("cy")) <= hoog - 12


def test_de_kaart_heeft_niets_dat_de_inhoudspolitiek_weigert():
    for svg in (kaart([stip(1)], zoekpunt=UTRECHT, straal_km=5), locatiekaart(UTRECHT, '"><script>')):
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", svg)


def test_locatiekaart_is_een_beeld_met_een_naam():
    svg = lees(locatiekaart(UTRECHT, "Buurthuis & co"))
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "Kaart van de omgeving van Buurthuis & co")
    assert svg.findall(f".//{NS}a") == []


def test_een_punt_buiten_nederland_geeft_toch_een_kaart():
    assert "kaart-punt" in kaart([stip(1, punt=(-5000, 9000))])
