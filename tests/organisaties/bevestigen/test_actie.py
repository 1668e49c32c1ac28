import threading
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from organisaties.actions import beantwoorden, uitnodigen
from organisaties.actions.bevestigen import ALLE, bevestig
from organisaties.keuzes import Versheidsstap
from organisaties.models import Beheer, Bevestiging, Organisatie, Versheidsdag
from organisaties.models.bevestiging import Bevestigingsbron, Blok
from organisaties.models.organisatie import vrije_slug
from tests.fabriek import maak_dienst, maak_gebruiker, maak_organisatie
from tests.organisaties.bevestigen.pagina import LANG_GELEDEN, NU
from welzijnportal import privacy
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


def test_een_latere_bevestiging_wordt_niet_overschreven(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    bevestig(organisatie=organisatie, door=beheerder)
    bevestig(organisatie=organisatie, bron=Bevestigingsbron.IMPORT, op=NU - timedelta(days=1))
    assert set(Bevestiging.objects.values_list("bron", "bevestigd_op")) == {("organisatie", NU)}


def test_een_collega_of_import_telt_niet_voor_het_geheel(organisatie: Organisatie) -> None:
    for bron in (Bevestigingsbron.COLLEGA, Bevestigingsbron.IMPORT):
        bevestig(organisatie=organisatie, bron=bron)
        organisatie.refresh_from_db()
        assert (organisatie.bevestigd_op, organisatie.versheidsstap) == (LANG_GELEDEN, Versheidsstap.VEROUDERD)
    bevestig(organisatie=organisatie, bron=Bevestigingsbron.MODERATOR)
    organisatie.refresh_from_db()
    assert (organisatie.bevestigd_op, organisatie.versheidsstap) == (NU, Versheidsstap.VERS)


@pytest.mark.parametrize(
    ("bron", "op", "woorden"),
    [
        ("organisatie", NU - timedelta(days=20), "Aanbod: klopt volgens de organisatie op 3 november."),
        ("moderator", NU - timedelta(days=20), "Aanbod: klopt volgens de redactie op 3 november."),
        ("collega", NU - timedelta(days=400), "Aanbod: klopt volgens een andere organisatie op 19 oktober 2025."),
        ("import", NU, "Aanbod: overgenomen uit sociale kaart op 23 november, nog niet bevestigd door de organisatie."),
    ],
)
def test_de_vermelding_zegt_bij_elk_onderdeel_sinds_wanneer(
    client: Client, organisatie: Organisatie, bron: str, op: datetime, woorden: str
) -> None:
    Organisatie.objects.filter(pk=organisatie.pk).update(bron="sociale kaart")
    organisatie.bevestigingen.filter(blok=Blok.DIENSTEN).update(bron=bron, bevestigd_op=op)
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert woorden in html
    assert "Adres en tijden: kloppen volgens de organisatie op 3 maart." in html
    assert "Telefoon, e-mail en website: kloppen volgens de organisatie op 3 maart." in html


def test_zonder_locatie_staan_de_tijden_bij_het_aanbod(client: Client) -> None:
    organisatie = maak_organisatie(telefoon="+31302345678")
    maak_dienst(organisatie)
    bevestig(organisatie=organisatie)
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert "Aanbod en tijden: kloppen volgens de organisatie op 23 november." in html
    assert "Adres:" not in html


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"blok": "contact"}, "bevestiging_een_per_blok"),
        ({"blok": "anders"}, "bevestiging_blok_bestaat"),
        ({"blok": "tijden", "bron": "buurman"}, "bevestiging_bron_bestaat"),
    ],
)
def test_database_weigert_een_verkeerde_bevestiging(velden: dict[str, str], naam: str) -> None:
    organisatie = maak_organisatie()
    Bevestiging.objects.create(organisatie=organisatie, blok=Blok.CONTACT)
    with pytest.raises(IntegrityError, match=naam):
        Bevestiging.objects.create(organisatie=organisatie, **velden)


def test_versheidsdag_is_er_een_per_dag() -> None:
    Versheidsdag.objects.create(datum=NU.date())
    with pytest.raises(IntegrityError):
        Versheidsdag.objects.create(datum=NU.date())


def test_geen_organisatie_krijgt_het_adres_van_de_link() -> None:
    assert vrije_slug("Klopt dit nog") == "klopt-dit-nog-2"


def test_uitvoer_en_wissen_van_wie_bevestigde(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    bevestig(organisatie=organisatie, door=beheerder, blokken=[Blok.CONTACT])
    uitvoer = privacy.gegevens_van(beheerder)
    assert uitvoer["organisaties"]["bevestigingen"] == [
        {"organisatie": "De Linde", "onderdeel": "Telefoon, e-mail en website", "op": NU}
    ]
    privacy.wis(beheerder)
    assert Bevestiging.objects.get(blok=Blok.CONTACT).bevestigd_door is None


@pytest.mark.django_db(transaction=True)
def test_bevestigen_en_weggehaald_worden_tegelijk(organisatie: Organisatie, beheerder: Gebruiker) -> None:
    ander = maak_gebruiker()
    Beheer.objects.create(organisatie=organisatie, gebruiker=ander, rol="beheerder")
    start = threading.Barrier(6)
    uitkomst: list[str] = []

    def antwoord() -> None:
        start.wait()
        try:
            beantwoorden.beantwoord(organisatie=organisatie, blokken=ALLE, gezien=1, door=beheerder)
            uitkomst.append("ja")
        except beantwoorden.AntwoordFout:
            uitkomst.append("nee")
        finally:
            connection.close()

    def weg() -> None:
        start.wait()
        try:
            uitnodigen.verwijder_beheer(beheer=organisatie.beheer.get(gebruiker=beheerder))
        finally:
            connection.close()

    draden = [threading.Thread(target=antwoord) for _ in range(5)] + [threading.Thread(target=weg)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(uitkomst) == 5
    assert Bevestiging.objects.filter(organisatie=organisatie).count() == 4
    bevestigd = Bevestiging.objects.filter(bevestigd_door=beheerder).count()
    assert bevestigd == (4 if "ja" in uitkomst else 0)
