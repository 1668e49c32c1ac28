"""Lists of organisations to pass on that an account keeps."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from organisaties.actions.doorgeven import (
    MAX_LIJSTEN,
    DoorgeefFout,
    Regel,
    maak_lijst,
    met,
    regels_van,
    wijzig_lijst,
)
from organisaties.models import Doorgeeflijst, Doorgeefregel, Organisatie
from tests.fabriek import maak_gebruiker, maak_organisatie
from tests.organisaties.doorgeven.stappen import bewaar
from welzijnportal import privacy


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_een_account_zes_query_s(
    client: Any, vreemde: Any, aantal: int, django_assert_num_queries: Any
) -> None:
    client.force_login(vreemde)
    bewaar(client, *(maak_organisatie() for _ in range(aantal)))
    for _ in range(aantal):
        maak_lijst(eigenaar=vreemde)
    client.get("/geef-door/")
    with django_assert_num_queries(6):
        client.get("/geef-door/")
    with django_assert_num_queries(3):
        client.get("/geef-door/lijsten/")


@pytest.mark.django_db
def test_een_account_bewaart_in_de_database(client: Any, vreemde: Any) -> None:
    client.force_login(vreemde)
    een, twee = maak_organisatie(), maak_organisatie()
    bewaar(client, een, twee)
    lijst = Doorgeeflijst.objects.get()
    assert (lijst.eigenaar, lijst.naam) == (vreemde, "Mijn lijst")
    assert [regel.organisatie for regel in regels_van(lijst)] == [een.pk, twee.pk]
    assert "doorgeven" not in client.session
    client.post("/geef-door/", {"naam": "Oost", f"zin_{een.pk}": "Bel eerst.", "doe": f"omlaag-{een.pk}"})
    lijst.refresh_from_db()
    assert lijst.naam == "Oost"
    assert regels_van(lijst) == [Regel(twee.pk), Regel(een.pk, None, "Bel eerst.")]
    assert "Mijn lijst (2)" in client.get("/").content.decode()


@pytest.mark.django_db
def test_na_inloggen_wordt_de_lijst_van_de_sessie_aangeboden(client: Any, vreemde: Any) -> None:
    een, twee = maak_organisatie(), maak_organisatie()
    lijst = maak_lijst(eigenaar=vreemde, naam="Oost", regels=[Regel(een.pk)])
    bewaar(client, twee)
    client.force_login(vreemde)
    html = client.get("/geef-door/").content.decode()
    assert "U bewaarde 1 adres voordat u inlogde" in html
    assert [regel.organisatie for regel in regels_van(lijst)] == [een.pk]
    client.post("/geef-door/lijsten/", {"doe": "overnemen"})
    assert [regel.organisatie for regel in regels_van(lijst)] == [een.pk, twee.pk]
    assert "doorgeven" not in client.session


@pytest.mark.django_db
def test_na_inloggen_komt_de_sessie_vanzelf_mee_bij_het_volgende_adres(client: Any, vreemde: Any) -> None:
    een, twee = maak_organisatie(), maak_organisatie()
    bewaar(client, een)
    client.force_login(vreemde)
    bewaar(client, twee)
    assert [regel.organisatie for regel in regels_van(Doorgeeflijst.objects.get())] == [een.pk, twee.pk]


@pytest.mark.django_db
def test_meer_lijsten_maken_kiezen_en_verwijderen(client: Any, vreemde: Any) -> None:
    client.force_login(vreemde)
    linde, eik = maak_organisatie(), maak_organisatie()
    client.post("/geef-door/lijsten/", {"doe": "maak", "nieuw": "West"})
    bewaar(client, linde)
    client.post("/geef-door/lijsten/", {"doe": "maak", "nieuw": "Oost"})
    bewaar(client, eik)
    west, oost = Doorgeeflijst.objects.order_by("pk")
    client.post("/geef-door/lijsten/", {"doe": "kies", "lijst": west.pk})
    bewaar(client, eik)
    assert [regel.organisatie for regel in regels_van(west)] == [linde.pk, eik.pk]
    assert [regel.organisatie for regel in regels_van(oost)] == [eik.pk]
    client.post("/geef-door/lijsten/", {"doe": "verwijder", "lijst": west.pk})
    assert list(Doorgeeflijst.objects.all()) == [oost]


@pytest.mark.django_db
@pytest.mark.parametrize("naam", ["", " ", "\u200b", "a" * 81, "Kijk op www.kwaad.nl"])
def test_een_lijst_zonder_goede_naam_komt_er_niet(client: Any, vreemde: Any, naam: str) -> None:
    client.force_login(vreemde)
    html = client.post("/geef-door/lijsten/", {"doe": "maak", "nieuw": naam}).content.decode()
    assert "Nog niet gelukt" in html
    assert not Doorgeeflijst.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("doe", ["kies", "verwijder"])
def test_een_ander_komt_niet_bij_mijn_lijst(client: Any, vreemde: Any, doe: str) -> None:
    lijst = maak_lijst(eigenaar=maak_gebruiker(), naam="Geheim")
    client.force_login(vreemde)
    assert client.post("/geef-door/lijsten/", {"doe": doe, "lijst": lijst.pk}).status_code == 404
    assert Doorgeeflijst.objects.filter(pk=lijst.pk).exists()
    assert "Geheim" not in client.get("/geef-door/lijsten/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("lijst", ["", "x", "9" * 40, "-1"])
def test_een_vreemd_nummer_van_een_lijst_geeft_een_404(client: Any, vreemde: Any, lijst: str) -> None:
    client.force_login(vreemde)
    assert client.post("/geef-door/lijsten/", {"doe": "kies", "lijst": lijst}).status_code == 404


@pytest.mark.django_db
def test_een_organisatie_staat_een_keer_in_een_lijst(vreemde: Any) -> None:
    linde = maak_organisatie()
    lijst = maak_lijst(eigenaar=vreemde, regels=[Regel(linde.pk)])
    with pytest.raises(IntegrityError, match="doorgeefregel_een_per_organisatie"), transaction.atomic():
        Doorgeefregel.objects.create(lijst=lijst, organisatie=linde)


@pytest.mark.django_db(transaction=True)
def test_tegelijk_bewaren_verliest_niets() -> None:
    lijst = maak_lijst(eigenaar=maak_gebruiker())
    organisaties = [maak_organisatie() for _ in range(8)]

    def doe(organisatie: Organisatie) -> None:
        try:
            wijzig_lijst(lijst=lijst, wijziging=lambda oud: met(oud, Regel(organisatie.pk)))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(doe, organisaties))
    assert {regel.organisatie for regel in regels_van(lijst)} == {organisatie.pk for organisatie in organisaties}


@pytest.mark.django_db(transaction=True)
def test_tegelijk_de_laatste_lijst_maken_geeft_er_niet_meer_dan_twintig() -> None:
    eigenaar = maak_gebruiker()
    for _ in range(MAX_LIJSTEN - 1):
        maak_lijst(eigenaar=eigenaar)

    def doe(_: int) -> bool:
        try:
            maak_lijst(eigenaar=eigenaar)
        except DoorgeefFout:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(doe, range(5))) == 1
    assert eigenaar.doorgeeflijsten.count() == MAX_LIJSTEN


@pytest.mark.django_db
def test_wat_er_van_iemand_wordt_bewaard_staat_in_de_uitdraai_en_wordt_gewist(vreemde: Any) -> None:
    linde = maak_organisatie(naam="De Linde")
    maak_lijst(eigenaar=vreemde, naam="Oost", regels=[Regel(linde.pk, None, "Bel eerst.")])
    (lijst,) = privacy.gegevens_van(vreemde)["organisaties"]["doorgeeflijsten"]
    assert lijst["naam"] == "Oost"
    assert lijst["adressen"] == [{"organisatie__naam": "De Linde", "dienst__naam": None, "zin": "Bel eerst."}]
    privacy.wis(vreemde)
    assert not Doorgeeflijst.objects.exists()
    assert not Doorgeefregel.objects.exists()
