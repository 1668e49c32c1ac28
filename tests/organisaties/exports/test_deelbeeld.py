import io
from typing import Any

import pytest
from PIL import Image

from organisaties.exports.deelbeeld import _BREEDTE, _STERK, Woorden, _breek, _lengte, teken
from organisaties.keuzes import Status
from organisaties.models import OrganisatieSlug
from tests.fabriek import maak_locatie, maak_organisatie


@pytest.mark.parametrize(
    "naam", ["Linde", "a" * 120, "W" * 120, "Zeer lang woord " * 7, "Łódź Şırnak", "日本", "‏שלום", "👋", "-" * 120]
)
def test_elke_naam_geeft_een_beeld_van_de_goede_maat(naam: str) -> None:
    inhoud = teken(Woorden(naam, "x" * 160, "y" * 80))
    with Image.open(io.BytesIO(inhoud)) as beeld:
        assert (beeld.format, beeld.size) == ("PNG", (1200, 630))
    assert len(inhoud) < 100_000


def test_regels_passen_en_wat_te_veel_is_wordt_puntjes() -> None:
    tekst = "Stichting Maatschappelijke Dienstverlening en Schuldhulpverlening in de regio Noordoost-Twente"
    regels = _breek(tekst, _STERK, 60, 2)
    assert len(regels) == 2
    assert regels[1].endswith("…")
    assert all(_lengte(regel, _STERK, 60) <= _BREEDTE for regel in regels)
    assert " ".join(_breek(tekst, _STERK, 60, 9)) == tekst


@pytest.mark.django_db
def test_beeld_van_een_organisatie(client: Any, django_assert_num_queries: Any) -> None:
    organisatie = maak_organisatie(naam="Buurthuis De Linde")
    maak_locatie(organisatie, plaats="Utrecht")
    adres = f"/organisaties/{organisatie.slug}/beeld.png"
    with django_assert_num_queries(2):
        antwoord = client.get(adres)
    assert antwoord["Content-Type"] == "image/png"
    assert antwoord.content == teken(Woorden("Buurthuis De Linde", organisatie.kort, "Utrecht"))
    assert not antwoord.cookies
    assert client.get(adres, headers={"If-None-Match": antwoord["ETag"]}).status_code == 304
    organisatie.kort = "Iets anders."
    organisatie.save()
    assert client.get(adres, headers={"If-None-Match": antwoord["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_beeld_van_wat_niet_te_zien_is(client: Any) -> None:
    concept = maak_organisatie(status=Status.CONCEPT)
    assert client.get(f"/organisaties/{concept.slug}/beeld.png").status_code == 404
    nieuw = maak_organisatie()
    OrganisatieSlug.objects.create(slug="oude-naam", organisatie=nieuw)
    antwoord = client.get("/organisaties/oude-naam/beeld.png")
    assert (antwoord.status_code, antwoord["Location"]) == (301, f"/organisaties/{nieuw.slug}/beeld.png")


@pytest.mark.django_db
def test_de_pagina_noemt_een_deelbeeld_en_niet_meer(client: Any, settings: Any) -> None:
    organisatie = maak_organisatie(naam='Huis "&" <Hof>', logo="logos/x.png")
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert html.count('property="og:image"') == 1
    assert f'content="{settings.SITE_URL}/organisaties/{organisatie.slug}/beeld.png"' in html
    assert 'property="og:image:alt" content="Huis &quot;&amp;&quot; &lt;Hof&gt;"' in html
    assert f'<link rel="canonical" href="{settings.SITE_URL}{organisatie.get_absolute_url()}">' in html
    assert "img/delen.png" in client.get("/over/").content.decode()
