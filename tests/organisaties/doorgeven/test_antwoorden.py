from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from organisaties.models import Dienst, Doorgeeftelling, Organisatie
from organisaties.weergave.antwoorden import antwoordtabel
from tests.fabriek import maak_dienst, maak_gebruiker, maak_organisatie


def tel(organisatie: Organisatie, dienst: Dienst | None, antwoord: str, aantal: int, dagen_terug: int = 0) -> None:
    dag = timezone.localdate() - timedelta(days=dagen_terug)
    Doorgeeftelling.objects.create(organisatie=organisatie, dienst=dienst, dag=dag, antwoord=antwoord, aantal=aantal)


@pytest.mark.django_db
def test_de_tabel_telt_per_dienst_en_verbergt_kleine_aantallen() -> None:
    linde = maak_organisatie()
    eten, klussen = maak_dienst(linde, naam="Eten"), maak_dienst(linde, naam="Klussen", volgorde=1)
    tel(linde, eten, "ja", 3)
    tel(linde, eten, "ja", 2, dagen_terug=10)
    tel(linde, eten, "nee", 4)
    tel(linde, klussen, "ja", 12)
    tel(linde, klussen, "ja", 100, dagen_terug=400)
    tel(maak_organisatie(), None, "ja", 50)
    tabel = antwoordtabel(linde)
    assert tabel.koppen == ["Ja", "Nog niet", "Nee"]
    assert tabel.rijen == [
        ("Eten", ["5", "minder dan 5", "minder dan 5"]),
        ("Klussen", ["12", "minder dan 5", "minder dan 5"]),
    ]
    assert tabel.samen == ["17", "minder dan 5", "minder dan 5"]


@pytest.mark.django_db
def test_een_klein_aantal_is_niet_uit_het_totaal_af_te_leiden() -> None:
    linde = maak_organisatie()
    tel(linde, maak_dienst(linde), "ja", 3)
    tel(linde, None, "ja", 10)
    tabel = antwoordtabel(linde)
    assert [rij[1][0] for rij in tabel.rijen] == ["minder dan 5", "10"]
    assert tabel.samen[0] == "–"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rol", "status"),
    [("bezoeker", 302), ("vreemde", 404), ("beheerder_van_ander", 404), ("redacteur", 200), ("beheerder", 200)],
)
def test_wie_de_antwoorden_ziet(client: Any, rol: str, status: int, django_assert_max_num_queries: Any) -> None:
    mensen = {naam: maak_gebruiker() for naam in ("vreemde", "beheerder_van_ander", "redacteur", "beheerder")}
    linde = maak_organisatie(slug="linde", beheerder=mensen["beheerder"], redacteur=mensen["redacteur"])
    maak_organisatie(beheerder=mensen["beheerder_van_ander"])
    tel(linde, None, "ja", 7)
    if rol in mensen:
        client.force_login(mensen[rol])
    # The first request of a session writes down that it is in use.
    client.get("/account/")
    with django_assert_max_num_queries(9):
        response = client.get("/organisaties/linde/antwoorden/")
    assert response.status_code == status
    assert ("Antwoorden van het afgelopen jaar" in response.content.decode()) == (status == 200)


@pytest.mark.django_db
def test_zonder_antwoorden_staat_er_uitleg(client: Any) -> None:
    mens = maak_gebruiker()
    maak_organisatie(slug="linde", beheerder=mens)
    client.force_login(mens)
    assert "Nog geen antwoorden" in client.get("/organisaties/linde/antwoorden/").content.decode()
