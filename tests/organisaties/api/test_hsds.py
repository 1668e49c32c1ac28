import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisaties.actions.samenvoegen import voeg_samen
from organisaties.api import bladeren
from organisaties.exports.hsds.sleutels import Sleutelsoort, lees_sleutel, maak_sleutel
from organisaties.keuzes import Status
from organisaties.models import Locatie, Organisatie
from organisaties.zoeken import ververs
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie, maak_thema
from tests.organisaties.api.voorbeelden import (
    GEHEIME_NAAM,
    GEHEIME_POSTCODE,
    GEHEIME_STRAAT,
    SCHEMAS,
    fouten,
    maak_volle,
)

pytestmark = pytest.mark.django_db
BASIS = "/api/hsds"
LIJSTEN = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


def haal(client: Any, pad: str) -> Any:
    antwoord = client.get(BASIS + pad)
    assert antwoord.status_code == 200, antwoord.content
    inhoud = antwoord.getvalue() if antwoord.streaming else antwoord.content
    return json.loads(inhoud)


def regels(client: Any, pad: str) -> list[Any]:
    antwoord = client.get(BASIS + pad)
    assert antwoord.status_code == 200
    assert antwoord["Content-Type"].startswith("application/x-ndjson")
    return [json.loads(regel) for regel in antwoord.getvalue().decode().splitlines()]


def namen(client: Any, pad: str) -> list[str]:
    return [ding["name"] for ding in haal(client, pad)["contents"]]


def test_begin_noemt_versie_profiel_en_openapi(client: Any, settings: Any) -> None:
    begin = haal(client, "/")
    assert begin["version"] == "3.1"
    assert begin["profile"] == f"{settings.SITE_URL}/open-data/api/"
    assert begin["openapi_url"] == f"{settings.SITE_URL}/api/hsds/openapi.json"
    assert client.get(BASIS).content == client.get(BASIS + "/").content


@pytest.mark.parametrize("lijst", LIJSTEN)
@pytest.mark.parametrize("vraag", ["", "?full=true", "?full_service=true", "?full=false&per_page=1"])
def test_elk_antwoord_past_in_het_schema(client: Any, lijst: str, vraag: str) -> None:
    maak_volle()
    maak_organisatie(kort="")
    kent = {"services": "full", "service_at_locations": "full", "organizations": "full full_service"}.get(lijst, "")
    if vraag and any(naam not in kent.split() for naam in ("full", "full_service") if f"{naam}=" in vraag):
        vraag = ""
    blad = haal(client, f"/{lijst}{vraag}")
    assert set(blad) == PAGE
    assert blad["contents"]
    schema = LIJSTEN[lijst]
    for ding in blad["contents"]:
        assert fouten(ding, schema) == []
        een = haal(client, f"/{lijst}/{ding['id']}")
        assert fouten(een, schema) == []
        assert een["id"] == ding["id"]
    for ding in regels(client, f"/{lijst}?format=ndjson"):
        assert fouten(ding, schema) == []


def test_de_keuring_zelf_keurt_af() -> None:
    assert fouten({"id": "geen-uuid", "name": 3, "status": "open"}, "service")


def test_een_volle_dienst_zegt_alles(client: Any) -> None:
    organisatie = maak_volle()
    dienst = haal(client, f"/services/{maak_sleutel(Sleutelsoort.DIENST, organisatie.diensten.get().pk)}")
    assert dienst["name"] == "Spreekuur"
    assert dienst["minimum_age"] == 0
    assert dienst["maximum_age"] == 27
    assert dienst["cost_options"][0]["amount"] == 2.5
    assert dienst["assured_date"] == timezone.localdate().isoformat()
    assert dienst["assurer_email"] == "info@volop.example"
    assert [(a["link_type"], a["value"]) for a in dienst["attributes"]][1] == ("target_group", "Ouderen")
    assert [taal["code"] for taal in dienst["languages"]] == ["nl", "ary"]
    assert [(g["name"], g["description"]) for g in dienst["service_areas"]] == [("Utrecht", "CBS-code GM0344")]
    assert dienst["service_areas"][0]["uri"] == "https://identifier.overheid.nl/tooi/id/gemeente/gm0344"
    eerste = dienst["service_at_locations"][0]["location"]
    rooster = eerste["schedules"][0]
    assert (rooster["byday"], rooster["opens_at"], rooster["closes_at"]) == ("MO", "09:00", "17:00")
    assert "timezone" not in rooster
    assert eerste["schedules"][1]["description"] == "Gesloten: Kerst"
    nummers = {rij["identifier_type"]: rij for rij in dienst["organization"]["organization_identifiers"]}
    assert (nummers["KvK-nummer"]["identifier_scheme"], nummers["KvK-nummer"]["identifier"]) == ("NL-KVK", "12345678")
    assert nummers["RSIN"]["identifier"] == "123456782"
    assert dienst["organization"]["phones"][0]["number"] == "+31301234567"
    assert dienst["organization"]["license"] == "CC0-1.0"


def test_de_plaatsen_van_een_dienst_staan_op_volgorde(client: Any) -> None:
    organisatie = maak_volle()
    dienst = organisatie.diensten.get()
    eerste, tweede = maak_locatie(organisatie, naam="Noord", volgorde=1), maak_locatie(organisatie, naam="Zuid")
    dienst.locaties.set([tweede])
    dienst.locaties.add(eerste)
    Locatie.objects.filter(pk=tweede.pk).update(volgorde=2)
    boom = haal(client, f"/services/{maak_sleutel(Sleutelsoort.DIENST, dienst.pk)}")
    assert [plek["location"]["name"] for plek in boom["service_at_locations"]] == ["Noord", "Zuid"]


def test_wie_nakeek_is_nooit_een_persoon_en_een_import_keek_niets_na(client: Any) -> None:
    organisatie = maak_volle()
    pad = f"/services/{maak_sleutel(Sleutelsoort.DIENST, organisatie.diensten.get().pk)}"
    organisatie.bevestigingen.update(bron="moderator")
    assert haal(client, pad)["assurer_email"] == "redactie@welzijnportal.example"
    organisatie.bevestigingen.update(bron="import")
    assert "assured_date" not in haal(client, pad)
    assert "assurer_email" not in haal(client, pad)


@pytest.mark.parametrize(
    "vraag",
    [
        "/organizations?full_service=true",
        "/organizations?format=ndjson&full_service=true",
        "/services?full=true",
        "/service_at_locations?full=true",
        "/service_at_locations",
    ],
)
def test_geheime_adressen_en_verborgen_mensen_lekken_nergens(client: Any, vraag: str) -> None:
    maak_volle()
    antwoord = client.get(BASIS + vraag)
    tekst = (antwoord.getvalue() if antwoord.streaming else antwoord.content).decode()
    assert "Geheim adres in Utrecht" in tekst
    for geheim in (GEHEIME_STRAAT, GEHEIME_NAAM, GEHEIME_POSTCODE, "Bel aan", "52.1111", "5.0555", "bram", "Bram"):
        assert geheim not in tekst, geheim
    assert "fatima@volop.example" not in tekst
    assert "+31612345678" not in tekst
    if vraag.startswith("/organizations"):
        assert "Fatima Openbaar" in tekst


def test_een_geheime_locatie_ligt_voor_de_afstand_midden_in_haar_plaats(client: Any) -> None:
    organisatie = maak_volle()
    ververs([organisatie.pk])
    geheim = organisatie.locaties.get(is_geheim=True)
    sleutel = maak_sleutel(Sleutelsoort.LOCATIE, geheim.pk)

    def gevonden(vraag: str) -> set[str]:
        return {ding["location_id"] for ding in haal(client, f"/service_at_locations?{vraag}")["contents"]}

    # The true point lies by 3554; the middle of Utrecht by 3511.
    assert sleutel not in gevonden("postcode=3554&proximity=1500")
    assert sleutel in gevonden("postcode=3511&proximity=3000")


def test_wat_is_samengevoegd_wijst_naar_wat_bleef(client: Any) -> None:
    blijft, weg = maak_organisatie(naam="De Linde"), maak_organisatie(naam="Stichting De Linde")
    eten, zelfde = maak_dienst(blijft, naam="Samen eten"), maak_dienst(weg, naam="Samen eten")
    voeg_samen(blijver=blijft, ander=weg, door=maak_gebruiker())
    oud, nieuw = (maak_sleutel(Sleutelsoort.ORGANISATIE, een.pk) for een in (weg, blijft))
    antwoord = client.get(f"{BASIS}/organizations/{oud}?full_service=true")
    assert (antwoord.status_code, antwoord["Location"]) == (301, f"{BASIS}/organizations/{nieuw}?full_service=true")
    assert antwoord["Access-Control-Allow-Origin"] == "*"
    assert haal(client, f"/organizations/{nieuw}")["name"] == "De Linde"
    oud, nieuw = (maak_sleutel(Sleutelsoort.DIENST, een.pk) for een in (zelfde, eten))
    antwoord = client.get(f"{BASIS}/services/{oud}/")
    assert (antwoord.status_code, antwoord["Location"]) == (301, f"{BASIS}/services/{nieuw}")


def test_alleen_wat_gepubliceerd_is(client: Any) -> None:
    for status in (Status.CONCEPT, Status.INGEDIEND, Status.GEARCHIVEERD):
        verborgen = maak_organisatie(status=status, naam=f"Verborgen {status}")
        dienst = maak_dienst(verborgen, naam="Verborgen dienst")
        dienst.locaties.add(maak_locatie(verborgen))
        assert client.get(f"{BASIS}/services/{maak_sleutel(Sleutelsoort.DIENST, dienst.pk)}").status_code == 404
        sleutel = maak_sleutel(Sleutelsoort.ORGANISATIE, verborgen.pk)
        assert client.get(f"{BASIS}/organizations/{sleutel}").status_code == 404
        assert haal(client, f"/services?organization_id={sleutel}")["total_items"] == 0
    kind = maak_organisatie(naam="Kind", hoort_bij=Organisatie.objects.get(naam="Verborgen concept"))
    maak_dienst(kind, naam="Zichtbaar")
    assert namen(client, "/organizations?full_service=true") == ["Kind"]
    assert "parent_organization_id" not in haal(client, "/organizations")["contents"][0]
    assert namen(client, "/services") == ["Zichtbaar"]
    assert haal(client, "/service_at_locations")["empty"] is True


def test_het_page_object_telt_en_bladert(client: Any) -> None:
    organisatie = maak_organisatie()
    for nummer in range(5):
        maak_dienst(organisatie, naam=f"Dienst {nummer}")
    blad = haal(client, "/services?per_page=2&page=3")
    assert {naam: waarde for naam, waarde in blad.items() if naam != "contents"} == {
        "total_items": 5, "total_pages": 3, "page_number": 3, "size": 1, "first_page": False, "last_page": True,
        "empty": False,
    }  # fmt: skip
    assert [ding["name"] for ding in blad["contents"]] == ["Dienst 4"]
    leeg = haal(client, "/services?page=9999999")
    assert (leeg["size"], leeg["empty"], leeg["total_items"], leeg["last_page"]) == (0, True, 5, True)


def test_een_lange_lijst_bladert_met_het_boek_even_goed(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    organisatie = maak_organisatie()
    for nummer in range(11):
        maak_dienst(organisatie, naam=f"Dienst {nummer:02}")
    verwacht = [namen(client, f"/services?per_page=3&page={nummer}") for nummer in range(1, 6)]
    monkeypatch.setattr(bladeren, "EXACT", 4)
    monkeypatch.setattr(bladeren, "STAP", 2)
    assert [namen(client, f"/services?per_page=3&page={nummer}") for nummer in range(1, 6)] == verwacht
    assert [naam for blad in verwacht for naam in blad] == [f"Dienst {nummer:02}" for nummer in range(11)]
    assert haal(client, "/services")["total_items"] == 11
    with CaptureQueriesContext(
        connection,
    ) as diep:
        haal(client, "/services?per_page=3&page=4")
    assert len(diep) == 2, "with the book there is nothing to count"


@pytest.mark.parametrize(
    ("pad", "aantal"),
    [
        ("/services", 3),
        ("/services?full=true", 5),
        ("/organizations?full_service=true", 5),
        ("/service_at_locations?full=true", 5),
        ("/service_at_locations?postcode=3511&proximity=5000", 4),
        ("/taxonomy_terms", 2),
        ("/taxonomies", 0),
    ],
)
def test_het_aantal_vragen_groeit_niet_mee(client: Any, pad: str, aantal: int, django_assert_num_queries: Any) -> None:
    ververs([maak_volle().pk])
    with django_assert_num_queries(aantal):
        haal(client, pad)
    ververs([maak_volle(kvk_nummer="").pk, maak_volle(kvk_nummer="").pk])
    with django_assert_num_queries(aantal):
        assert haal(client, pad)["contents"]


def test_filters_tellen_samen(client: Any) -> None:
    boven = maak_thema(naam="Geld")
    onder = maak_thema(naam="Schulden", ouder=boven)
    een, twee = maak_organisatie(naam="Een"), maak_organisatie(naam="Twee")
    maak_dienst(een, naam="Schuldhulp").themas.add(onder)
    maak_dienst(een, naam="Soep")
    maak_dienst(twee, naam="Budgetcursus").themas.add(boven)
    sleutels = {thema.naam: maak_sleutel(Sleutelsoort.THEMA, thema.pk) for thema in (boven, onder)}
    van_een = maak_sleutel(Sleutelsoort.ORGANISATIE, een.pk)
    assert namen(client, f"/services?taxonomy_term_id={sleutels['Geld']}") == ["Schuldhulp", "Budgetcursus"]
    assert namen(client, f"/services?taxonomy_term_id={sleutels['Schulden']}") == ["Schuldhulp"]
    assert namen(client, f"/services?taxonomy_term_id={sleutels['Geld']}&organization_id={van_een}") == ["Schuldhulp"]
    assert namen(client, f"/services?organization_id={van_een}") == ["Schuldhulp", "Soep"]
    themas = maak_sleutel(Sleutelsoort.TAXONOMIE, 1)
    groepen = maak_sleutel(Sleutelsoort.TAXONOMIE, 2)
    assert namen(client, f"/services?taxonomy_id={themas}") == ["Schuldhulp", "Budgetcursus"]
    assert namen(client, f"/services?taxonomy_id={groepen}") == []
    onbekend = maak_sleutel(Sleutelsoort.THEMA, 99999)
    assert namen(client, f"/services?taxonomy_term_id={onbekend}") == []
    assert namen(client, "/services?taxonomy_term_id=0c9a2e1e-5b1e-4c57-9c1f-0d0a4b8f2f11") == []
    assert namen(client, f"/taxonomy_terms?parent_id={sleutels['Geld']}") == ["Schulden"]
    assert namen(client, "/taxonomy_terms?top_only=true&search=gel") == ["Geld"]


def test_gewijzigd_na_een_moment(client: Any) -> None:
    oud, nieuw = maak_organisatie(naam="Oud"), maak_organisatie(naam="Nieuw")
    maak_dienst(oud, naam="Oude dienst")
    maak_dienst(nieuw, naam="Nieuwe dienst")
    vorige_week = timezone.now() - timedelta(days=7)
    Organisatie.objects.filter(pk=oud.pk).update(gewijzigd_op=vorige_week)
    gisteren = (timezone.now() - timedelta(days=1)).isoformat()
    assert namen(client, f"/services?modified_after={quote(gisteren)}") == ["Nieuwe dienst"]
    # A plus sign that was not escaped arrives as a space.
    assert namen(client, f"/services?modified_after={gisteren}") == ["Nieuwe dienst"]
    assert namen(client, f"/services?modified_after={quote(vorige_week.isoformat())}") == [
        "Oude dienst",
        "Nieuwe dienst",
    ]
    assert namen(client, "/services?modified_after=2020-01-01") == ["Oude dienst", "Nieuwe dienst"]


def test_zoeken_gaat_met_de_zoekmachine_en_de_filters(client: Any) -> None:
    een = maak_organisatie(naam="Schuldhulpmaatje", kort="Hulp bij schulden")
    twee = maak_organisatie(naam="Soepbus", kort="Samen eten")
    maak_dienst(een, naam="Schulden op orde")
    maak_dienst(twee, naam="Soep")
    ververs([een.pk, twee.pk])
    assert namen(client, "/organizations?search=schulden") == ["Schuldhulpmaatje"]
    assert namen(client, "/services?search=schulden") == ["Schulden op orde"]
    van_twee = maak_sleutel(Sleutelsoort.ORGANISATIE, twee.pk)
    assert namen(client, f"/services?search=schulden&organization_id={van_twee}") == []
    assert haal(client, "/organizations?search=schulden&page=2")["empty"] is True
    assert [ding["name"] for ding in regels(client, "/services?search=soep&format=ndjson")] == ["Soep"]
    assert namen(client, "/services?search=" + quote("!&|:*'\\ %_ (")) == []


def test_postcode_vindt_wie_daar_werkt(client: Any) -> None:
    volle = maak_volle()
    landelijk = maak_organisatie(naam="Landelijk", werkgebied="landelijk")
    maak_dienst(landelijk, naam="Overal").locaties.add(maak_locatie(landelijk, plaats="Groningen"))
    elders = maak_organisatie(naam="Elders")
    maak_dienst(elders, naam="Daar").locaties.add(maak_locatie(elders, plaats="Groningen"))

    def van(vraag: str) -> set[str]:
        inhoud = haal(client, f"/service_at_locations?full=true&{vraag}")["contents"]
        return {ding["service"]["name"] for ding in inhoud}

    assert volle.diensten.count() == 1
    assert van("postcode=3511") == {"Spreekuur", "Overal"}
    assert van("postcode=9711AB") == {"Overal"}


def test_minimaal_geeft_alles_in_een_bladzijde(client: Any) -> None:
    organisatie = maak_organisatie()
    diensten = [maak_dienst(organisatie) for _ in range(3)]
    blad = haal(client, "/services?minimal=true")
    assert blad["total_pages"] == 1
    assert [set(ding) for ding in blad["contents"]] == [{"id", "modified_date"}] * 3
    assert [lees_sleutel(ding["id"]) for ding in blad["contents"]] == [(Sleutelsoort.DIENST, d.pk) for d in diensten]
    assert haal(client, "/services?minimal=true&per_page=2")["size"] == 2
    assert len(regels(client, "/services?minimal=true&format=ndjson")) == 3


def test_ndjson_geeft_alles_ook_over_pakketten_heen(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    organisatie = maak_organisatie()
    for nummer in range(5):
        maak_dienst(organisatie, naam=f"Dienst {nummer}")
    monkeypatch.setattr(bladeren.alles_van, "__defaults__", (2,))
    alle = regels(client, "/services?format=ndjson")
    assert [ding["name"] for ding in alle] == [f"Dienst {nummer}" for nummer in range(5)]


def test_openapi_noemt_elke_parameter_van_de_specificatie(client: Any) -> None:
    eigen = haal(client, "/openapi.json")
    spec = json.loads((SCHEMAS / "openapi.json").read_text())
    assert set(eigen["paths"]) == set(spec["paths"])
    for pad, werkwoorden in spec["paths"].items():
        gevraagd = {
            deel.get("name") or deel["$ref"].rsplit("/")[-1] for deel in werkwoorden["get"].get("parameters", [])
        }
        gegeven = {
            deel.get("name") or deel["$ref"].rsplit("/")[-1] for deel in eigen["paths"][pad]["get"]["parameters"]
        }
        assert gevraagd <= gegeven, pad
    for deel in eigen["components"]["parameters"].values():
        assert deel["description"]
