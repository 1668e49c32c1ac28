from datetime import time
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from organisaties.keuzes import Versheidsstap, Werkgebied
from organisaties.kwaliteit import PUNTEN, VERSHEID_HOOGSTENS, score
from organisaties.models import Doelgroep, Openingstijd, Organisatie
from organisaties.zoeken import ververs
from organisaties.zoeken.motor import zoek
from organisaties.zoeken.vraag import Zoekvraag
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie

pytestmark = pytest.mark.django_db


def maak_volledig(**velden: Any) -> Organisatie:
    organisatie = maak_organisatie(
        tekst="Wij zijn er voor iedereen in de buurt. " * 4,
        telefoon="+31201234567",
        email="info@linde.example",
        website="https://linde.example",
        logo="logos/x.png",
        **velden,
    )
    locatie = maak_locatie(organisatie)
    maak_dienst(organisatie)
    Openingstijd.objects.create(locatie=locatie, dag=1, van=time(9), tot=time(12))
    organisatie.doelgroepen.add(Doelgroep.objects.create(naam="Ouderen", slug="ouderen-proef"))
    return organisatie


def test_de_punten_zijn_samen_honderd() -> None:
    assert VERSHEID_HOOGSTENS + sum(punt.gewicht for punt in PUNTEN) == 100
    assert len({punt.naam for punt in PUNTEN}) == len(PUNTEN)


def test_wie_alles_heeft_krijgt_honderd() -> None:
    kwaliteit = score(maak_volledig())
    assert (kwaliteit.versheid, kwaliteit.volledigheid, kwaliteit.totaal) == (40, 60, 100)


def test_wie_niets_heeft_krijgt_niets() -> None:
    kwaliteit = score(maak_organisatie(kort="", bevestigd_op=None, versheidsstap=Versheidsstap.GEZAKT))
    assert (kwaliteit.totaal, kwaliteit.gedaan) == (0, frozenset())


@pytest.mark.parametrize(
    ("stap", "is_bevestigd", "punten"),
    [
        (Versheidsstap.VERS, True, 40),
        (Versheidsstap.OPNIEUW_HERINNERD, True, 40),
        (Versheidsstap.VEROUDERD, True, 20),
        (Versheidsstap.GEZAKT, True, 0),
        (Versheidsstap.GEWAARSCHUWD, True, 0),
        (Versheidsstap.VERS, False, 10),
        (Versheidsstap.GEZAKT, False, 0),
    ],
)
def test_versheid_volgt_de_stap(stap: Versheidsstap, is_bevestigd: bool, punten: int) -> None:
    organisatie = Organisatie(versheidsstap=stap, bevestigd_op=timezone.now() if is_bevestigd else None)
    organisatie.pk = 1
    assert score(organisatie).versheid == punten


@pytest.mark.parametrize("heeft", ["geheim", "landelijk", "postcode"])
def test_een_adres_telt_ook_als_het_geheim_of_niet_nodig_is(heeft: str) -> None:
    gebied = Werkgebied.LANDELIJK if heeft == "landelijk" else Werkgebied.PLAATSELIJK
    organisatie = maak_organisatie(werkgebied=gebied)
    if heeft != "landelijk":
        maak_locatie(organisatie, postcode="" if heeft == "geheim" else "3511 AB", is_geheim=heeft == "geheim")
    assert "adres" in score(organisatie).gedaan


def test_in_de_zoektabel_staat_dezelfde_score() -> None:
    vol, leeg = maak_volledig(naam="Volle Eik"), maak_organisatie(naam="Lege Eik")
    ververs([vol.pk, leeg.pk])
    assert vol.zoekrij.score == pytest.approx(1.0)
    assert leeg.zoekrij.score == pytest.approx(score(leeg).totaal / 100)


def test_van_twee_gelijke_staat_de_verse_eerst() -> None:
    oud = maak_volledig(naam="Buurthuis De Eik", versheidsstap=Versheidsstap.GEZAKT)
    Doelgroep.objects.all().delete()
    vers = maak_volledig(naam="Buurthuis De Eik")
    ververs([oud.pk, vers.pk])
    assert zoek(Zoekvraag(tekst="eik")).ids == [vers.pk, oud.pk]


def test_de_editor_noemt_wat_het_oplevert(client: Any, log_in: Any) -> None:
    beheerder = maak_gebruiker()
    maak_organisatie(
        slug="de-linde", beheerder=beheerder, telefoon="+31201234567", versheidsstap=Versheidsstap.VEROUDERD
    )
    html = log_in(beheerder).get("/organisaties/de-linde/wijzigen/").content.decode()
    assert "Zo maakt u hem beter" in html
    assert '<strong class="score">34</strong> van de 100 punten' in html
    assert "Zeg dat alles nog klopt" in html
    assert "20 punten" in html
    assert 'href="/organisaties/de-linde/wijzigen/diensten/toevoegen/"' in html
    assert 'href="/kwaliteit/"' in html


def test_de_uitleg_noemt_elk_punt_en_zet_geen_cookie(client: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/kwaliteit/")
    html = response.content.decode()
    for punt in PUNTEN:
        assert punt.tekst in html
    assert "Niemand kan punten kopen" in html
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in html
    assert response.headers["Cache-Control"].startswith("public, max-age=60")


@pytest.mark.django_db(transaction=True)
def test_herbouwen_geeft_dezelfde_score_als_verversen() -> None:
    organisatie = maak_volledig()
    ververs([organisatie.pk])
    toen = organisatie.zoekrij.score
    call_command("herbouw_zoekindex", verbosity=0)
    organisatie.refresh_from_db()
    assert Organisatie.objects.get(pk=organisatie.pk).zoekrij.score == toen
