import csv
import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisaties.actions.status import dien_in, stuur_terug
from organisaties.exports import datapakket
from organisaties.exports.hsds.tabellen import TABELLEN
from organisaties.keuzes import Status
from tests.fabriek import maak_dienst, maak_gebruiker, maak_organisatie
from tests.organisaties.api.voorbeelden import (
    GEHEIME_NAAM,
    GEHEIME_POSTCODE,
    GEHEIME_STRAAT,
    SCHEMAS,
    maak_volle,
)

pytestmark = pytest.mark.django_db


def pakket() -> zipfile.ZipFile:
    return zipfile.ZipFile(datapakket.map_van_bestanden() / datapakket.PAKKET)


def tabellen() -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    with pakket() as zip_:
        beschrijving = json.loads(zip_.read("datapackage.json"))
        inhoud = {
            bron["name"]: list(csv.DictReader(io.StringIO(zip_.read(bron["path"]).decode("utf-8"))))
            for bron in beschrijving["resources"]
        }
    return beschrijving, inhoud


def alles() -> str:
    map_ = datapakket.map_van_bestanden()
    with pakket() as zip_:
        teksten = [zip_.read(naam).decode() for naam in zip_.namelist()]
    return "\n".join([*teksten, (map_ / datapakket.TABEL).read_text(), (map_ / datapakket.PUNTEN).read_text()])


def lees_waarde(tekst: str, veld: dict[str, Any]) -> None:
    match veld["type"]:
        case "number":
            float(tekst)
        case "date":
            date.fromisoformat(tekst)
        case "datetime":
            datetime.fromisoformat(tekst)


def test_het_pakket_houdt_zich_aan_zijn_beschrijving() -> None:
    maak_volle()
    maak_organisatie(open_data_akkoord_op=timezone.now(), kort="")
    assert datapakket.exporteer() == 3
    beschrijving, inhoud = tabellen()
    assert beschrijving["profile"] == "tabular-data-package"
    assert beschrijving["licenses"][0]["name"] == "CC0-1.0"
    assert any("GeoNames" in bron["title"] for bron in beschrijving["sources"])
    sleutels = {naam: {rij["id"] for rij in rijen} for naam, rijen in inhoud.items()}
    for bron in beschrijving["resources"]:
        schema, rijen = bron["schema"], inhoud[bron["name"]]
        assert len(sleutels[bron["name"]]) == len(rijen), "ids are unique"
        for rij in rijen:
            assert list(rij) == [veld["name"] for veld in schema["fields"]]
            for veld in schema["fields"]:
                if waarde := rij[veld["name"]]:
                    lees_waarde(waarde, veld)
                else:
                    assert not veld.get("constraints", {}).get("required"), (bron["name"], veld["name"])
            for verwijzing in schema["foreignKeys"]:
                doel = verwijzing["reference"]["resource"] or bron["name"]
                assert not rij[verwijzing["fields"]] or rij[verwijzing["fields"]] in sleutels[doel]
    leeg = {naam for naam, rijen in inhoud.items() if not rijen}
    assert leeg == set(), "a full listing fills every table"


def test_elke_kolom_staat_in_de_specificatie() -> None:
    eigen = {("organization", "license")}
    for naam, tabel in TABELLEN.items():
        schema = json.loads((SCHEMAS / f"{naam}.json").read_text())
        assert tabel.pad == schema["path"]
        vreemd = {(naam, kolom) for kolom in tabel.kolommen if kolom not in schema["properties"]}
        assert vreemd <= eigen
        moet = {kolom for kolom in schema.get("required", []) if "$ref" not in schema["properties"][kolom]}
        assert moet <= set(tabel.kolommen)


def test_alleen_wat_is_vrijgegeven_en_openbaar() -> None:
    maak_volle()
    maak_organisatie(naam="Uit een andere bron", bron="lijst")
    maak_organisatie(naam="Nog niet nagekeken", status=Status.INGEDIEND, open_data_akkoord_op=timezone.now())
    ouder = maak_organisatie(naam="Ouder zonder akkoord")
    maak_organisatie(naam="Kind met akkoord", hoort_bij=ouder, open_data_akkoord_op=timezone.now())
    datapakket.exporteer()
    tekst = alles()
    for naam in ("Stichting Volop", "De Koepel", "Kind met akkoord"):
        assert naam in tekst
    geheim = (GEHEIME_STRAAT, GEHEIME_NAAM, GEHEIME_POSTCODE, "Bel aan", "52.1111", "5.0555")
    for naam in (*geheim, "Uit een andere bron", "Nog niet", "zonder akkoord", "Fatima", "Bram", "+31612345678"):
        assert naam not in tekst, naam
    kind = next(rij for rij in tabellen()[1]["organization"] if rij["name"] == "Kind met akkoord")
    assert kind["parent_organization_id"] == ""


def test_csv_opent_veilig_in_een_rekenblad() -> None:
    organisatie = maak_organisatie(
        naam="=HYPERLINK(1)", kort="a;b\nc", telefoon="+31301234567", open_data_akkoord_op=timezone.now()
    )
    maak_dienst(organisatie, naam="Een")
    maak_dienst(organisatie, naam="Twee")
    datapakket.exporteer()
    ruw = (datapakket.map_van_bestanden() / datapakket.TABEL).read_bytes()
    assert ruw.startswith(b"\xef\xbb\xbfid;naam;")
    (rij,) = csv.DictReader(io.StringIO(ruw.decode("utf-8-sig")), delimiter=";")
    assert rij["naam"] == "'=HYPERLINK(1)"
    assert rij["telefoon"] == "+31301234567"
    assert rij["diensten"] == "Een | Twee"


def test_geojson_heeft_alleen_openbare_punten() -> None:
    maak_volle()
    datapakket.exporteer()
    kaart = json.loads((datapakket.map_van_bestanden() / datapakket.PUNTEN).read_text())
    (punt,) = kaart["features"]
    assert kaart["type"] == "FeatureCollection"
    assert punt["geometry"] == {"type": "Point", "coordinates": [5.1214, 52.0907]}
    assert punt["properties"]["diensten"] == ["Spreekuur"]


def test_leeg_is_ook_een_pakket() -> None:
    assert datapakket.exporteer() == 0
    assert tabellen()[1]["organization"] == []
    kaart = json.loads((datapakket.map_van_bestanden() / datapakket.PUNTEN).read_text())
    assert kaart["features"] == []


def test_het_aantal_vragen_groeit_per_pakket_en_niet_per_organisatie() -> None:
    maak_volle()
    with CaptureQueriesContext(connection) as met_twee:
        datapakket.exporteer()
    for _ in range(3):
        maak_volle(kvk_nummer="")
    with CaptureQueriesContext(connection) as met_acht:
        datapakket.exporteer()
    assert len(met_acht) == len(met_twee)


def test_een_export_die_stukgaat_laat_de_oude_bestanden_staan(monkeypatch: pytest.MonkeyPatch) -> None:
    maak_organisatie(open_data_akkoord_op=timezone.now())
    datapakket.exporteer()
    oud = {pad.name: pad.read_bytes() for pad in datapakket.map_van_bestanden().iterdir()}

    def stuk(*args: Any) -> None:
        raise OSError("vol")

    monkeypatch.setattr(datapakket, "_pak_in", stuk)
    with pytest.raises(OSError, match="vol"):
        datapakket.exporteer()
    assert {pad.name: pad.read_bytes() for pad in datapakket.map_van_bestanden().iterdir()} == oud


@pytest.mark.django_db(transaction=True)
def test_twee_tegelijk_schrijven_niet_door_elkaar() -> None:
    ander = connection.copy()
    try:
        with ander.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [datapakket.SLOT])
        with pytest.raises(CommandError, match="schrijft de bestanden nu al"):
            call_command("exporteer_open_data", verbosity=0)
        datapakket.exporteer_dagelijks()
        assert not (datapakket.map_van_bestanden() / datapakket.PAKKET).exists()
        with ander.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [datapakket.SLOT])
    finally:
        ander.close()
    call_command("exporteer_open_data", verbosity=0)
    assert (datapakket.map_van_bestanden() / datapakket.PAKKET).exists()


def test_de_bestanden_zijn_op_te_halen_en_worden_niet_twee_keer_gestuurd(client: Any) -> None:
    adres = f"/open-data/bestanden/{datapakket.PAKKET}"
    assert client.get(adres).status_code == 404
    assert "worden vannacht gemaakt" in client.get("/open-data/").content.decode()
    datapakket.exporteer()
    antwoord = client.get(adres)
    assert antwoord["Content-Type"] == "application/zip"
    assert antwoord["Access-Control-Allow-Origin"] == "*"
    assert antwoord.getvalue() == (datapakket.map_van_bestanden() / datapakket.PAKKET).read_bytes()
    for kop in ({"If-None-Match": antwoord["ETag"]}, {"If-Modified-Since": antwoord["Last-Modified"]}):
        assert client.get(adres, headers=kop).status_code == 304
    for vreemd in ("../settings.py", "iets.zip", "%2e%2e%2fx", ".bezig"):
        assert client.get(f"/open-data/bestanden/{vreemd}").status_code == 404
    assert f'href="{adres}"' in client.get("/open-data/").content.decode()


@pytest.mark.parametrize("pad", ["/open-data/", "/open-data/api/"])
def test_de_uitleg_is_klein_en_zonder_koekjes(client: Any, pad: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        antwoord = client.get(pad)
    assert antwoord.status_code == 200
    assert len(antwoord.content) <= 40_000
    assert not antwoord.cookies


def test_wie_instuurt_geeft_de_vermelding_vrij(vreemde: Any) -> None:
    concept = maak_organisatie(status=Status.CONCEPT, beheerder=vreemde)
    assert concept.open_data_akkoord_op is None
    dien_in(organisatie=concept, door=vreemde)
    concept.refresh_from_db()
    eerste = concept.open_data_akkoord_op
    assert eerste is not None
    stuur_terug(organisatie=concept, door=vreemde, reden="Nog iets.")
    dien_in(organisatie=concept, door=vreemde)
    concept.refresh_from_db()
    assert concept.open_data_akkoord_op == eerste, "the first time counts"


def test_een_overgenomen_vermelding_is_later_vrij_te_geven(log_in: Any, vreemde: Any) -> None:
    beheerder = maak_gebruiker()
    organisatie = maak_organisatie(bron="lijst", beheerder=beheerder)
    adres = f"/organisaties/{organisatie.slug}/wijzigen/vrijgeven/"
    assert log_in(vreemde).post(adres).status_code == 404
    organisatie.refresh_from_db()
    assert organisatie.open_data_akkoord_op is None
    client = log_in(beheerder)
    assert client.get(adres).status_code == 405
    assert adres in client.get(f"/organisaties/{organisatie.slug}/wijzigen/").content.decode()
    client.post(adres)
    assert datapakket.exporteer() == 1
    assert adres not in client.get(f"/organisaties/{organisatie.slug}/wijzigen/").content.decode()
