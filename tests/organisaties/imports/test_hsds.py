import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from organisaties.exports import datapakket
from organisaties.gelijkenis import naamkern
from organisaties.imports.hsds import importeer, open_pakket
from organisaties.imports.uitvoeren import Uitkomst
from organisaties.models import (
    Beheer,
    Bevestiging,
    Dienst,
    Locatie,
    NietVermelding,
    Openingstijd,
    Organisatie,
)
from organisaties.zoeken import Zoekvraag, zoek
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie
from welzijnportal.tabular import TabelFout

pytestmark = pytest.mark.django_db
Tabellen = dict[str, list[dict[str, str]]]
Pak = Callable[[Tabellen], Path]


@pytest.fixture
def pak(tmp_path: Path) -> Pak:
    def doe(tabellen: Tabellen) -> Path:
        pad = tmp_path / "pakket.zip"
        with zipfile.ZipFile(pad, "w") as archief:
            bronnen = [{"name": naam, "path": f"{naam}s.csv"} for naam in tabellen]
            archief.writestr("datapackage.json", json.dumps({"resources": bronnen}))
            for naam, rijen in tabellen.items():
                uit = io.StringIO(newline="")
                schrijver = csv.DictWriter(uit, list(dict.fromkeys(kolom for rij in rijen for kolom in rij)) or ["id"])
                schrijver.writeheader()
                schrijver.writerows(rijen)
                archief.writestr(f"{naam}s.csv", uit.getvalue())
        return pad

    return doe


def tabellen() -> Tabellen:
    return {
        "organization": [
            {"id": "o1", "name": "Buurthuis De Linde", "description": "Samen in de wijk.\nElke dag.", "website": "linde.example"}
        ],
        "service": [
            {"id": "d1", "organization_id": "o1", "name": "Taalles", "status": "active", "minimum_age": "18", "fees_description": "€ 2"}
        ],
        "location": [{"id": "l1", "location_type": "physical", "name": "Zaal"}],
        "service_at_location": [{"id": "s1", "service_id": "d1", "location_id": "l1"}],
        "address": [{"id": "a1", "location_id": "l1", "address_1": "Lindelaan 1", "city": "Utrecht", "postal_code": "3511AB"}],
        "phone": [{"id": "p1", "organization_id": "o1", "number": "030 123 45 67"}],
        "schedule": [{"id": "r1", "service_id": "d1", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "12:00"}],
        "organization_identifier": [
            {"id": "i1", "organization_id": "o1", "identifier_type": "NL-KVK", "identifier": "12345678"}
        ],
    }  # fmt: skip


def doe(pad: Path, **opties: Any) -> Uitkomst:
    with open_pakket(pad) as fouten:
        assert fouten == []
        return importeer(**{"bron": "utrecht", "door": None, "publiceer": True, **opties})


def test_a_package_becomes_listings_with_services_places_and_hours(pak: Pak) -> None:
    assert doe(pak(tabellen())).zin == "1 nieuw, 0 gewijzigd, 0 ongewijzigd."
    organisatie = Organisatie.objects.get()
    assert (organisatie.naam, organisatie.kort, organisatie.kvk_nummer, organisatie.website) == (
        "Buurthuis De Linde",
        "Samen in de wijk.",
        "12345678",
        "https://linde.example",
    )
    assert organisatie.telefoon.as_e164 == "+31301234567"
    dienst, locatie = Dienst.objects.get(), Locatie.objects.get()
    assert (dienst.naam, dienst.leeftijd_van, dienst.is_gratis, dienst.kosten) == ("Taalles", 18, False, "€ 2")
    assert (locatie.straat, locatie.postcode, locatie.plaats) == ("Lindelaan 1", "3511 AB", "Utrecht")
    assert locatie.punt is not None
    assert list(dienst.locaties.all()) == [locatie]
    assert [(t.dag, f"{t.van:%H.%M}", f"{t.tot:%H.%M}") for t in Openingstijd.objects.all()] == [
        (1, "09.00", "12.00"),
        (2, "09.00", "12.00"),
    ]
    assert set(Bevestiging.objects.values_list("blok", "bron")) == {
        ("contact", "import"),
        ("diensten", "import"),
        ("locatie", "import"),
    }
    assert organisatie.bevestigd_op is None
    assert zoek(Zoekvraag(tekst="taalles")).ids == [organisatie.pk]


def test_a_second_run_changes_nothing(pak: Pak) -> None:
    doe(pak(tabellen()))
    voor = list(Organisatie.objects.values()), list(Dienst.objects.values()), list(Openingstijd.objects.values())
    assert doe(pak(tabellen())).zin == "0 nieuw, 0 gewijzigd, 1 ongewijzigd."
    assert voor == (
        list(Organisatie.objects.values()),
        list(Dienst.objects.values()),
        list(Openingstijd.objects.values()),
    )


def test_only_what_the_source_changed_is_written_and_own_changes_stay(pak: Pak) -> None:
    doe(pak(tabellen()))
    organisatie = Organisatie.objects.get()
    organisatie.tekst = "Zelf geschreven."
    organisatie.save()
    Dienst.objects.update(tekst="Eigen uitleg")
    nieuw = tabellen()
    nieuw["organization"][0] |= {"description": "Van de bron.", "name": "Buurthuis De Eik"}
    nieuw["service"][0] |= {"name": "Taalcafé", "description": "Uitleg van de bron"}
    nieuw["service"].append({"id": "d2", "organization_id": "o1", "name": "Koken", "status": "active"})
    uitkomst = doe(pak(nieuw))
    assert uitkomst.zin == "0 nieuw, 1 gewijzigd, 0 ongewijzigd."
    organisatie.refresh_from_db()
    assert (organisatie.naam, organisatie.slug, organisatie.tekst) == (
        "Buurthuis De Eik",
        "buurthuis-de-eik",
        "Zelf geschreven.",
    )
    assert list(Dienst.objects.values_list("naam", "tekst")) == [("Taalcafé", "Eigen uitleg"), ("Koken", "")]
    assert any(probleem.kolom == "tekst" for probleem in uitkomst.problemen)


def test_what_left_the_package_stays(pak: Pak) -> None:
    doe(pak(tabellen()))
    nieuw = tabellen()
    nieuw["service"] = []
    nieuw["service_at_location"] = nieuw["schedule"] = []
    nieuw["service"] = [{"id": "d9", "organization_id": "o1", "name": "Koken", "status": "active"}]
    doe(pak(nieuw))
    assert sorted(Dienst.objects.values_list("naam", flat=True)) == ["Koken", "Taalles"]


def test_our_own_package_can_be_read_back(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    eigen = maak_organisatie(naam="De Linde", kort="Samen eten.", telefoon="0301234567", kvk_nummer="12345678")
    Organisatie.objects.update(open_data_akkoord_op="2026-01-01T12:00:00Z")
    locatie = maak_locatie(eigen)
    dienst = maak_dienst(eigen, naam="Taalles", leeftijd_van=18)
    dienst.locaties.set([locatie])
    Openingstijd.objects.create(locatie=locatie, dag=3, van="09:00", tot="17:00")
    datapakket.exporteer()
    uitkomst = doe(tmp_path / "open-data" / datapakket.PAKKET, bron="terug")
    assert uitkomst.nieuw == 1
    kopie = Organisatie.objects.get(bron="terug")
    assert (kopie.naam, kopie.telefoon, kopie.kvk_nummer) == (eigen.naam, eigen.telefoon, "12345678")
    assert list(kopie.diensten.values_list("naam", "leeftijd_van")) == [("Taalles", 18)]
    assert list(kopie.locaties.values_list("straat", "postcode", "plaats")) == [("Lindelaan 12", "3511 AB", "Utrecht")]
    assert Openingstijd.objects.filter(locatie__organisatie=kopie, dag=3).count() == 1
    assert not Beheer.objects.exists()


@pytest.mark.parametrize(
    ("maak", "melding"),
    [
        (lambda pad: pad.write_bytes(b"%PDF"), "geen zip"),
        (lambda pad: zipfile.ZipFile(pad, "w").close(), "geen datapackage.json"),
        (lambda pad: schrijf(pad, {"datapackage.json": "{"}), "niet te lezen"),
        (lambda pad: schrijf(pad, {"datapackage.json": '{"resources": []}'}), "ontbreken"),
    ],
)
def test_a_file_that_is_no_package_is_refused(tmp_path: Path, maak: Callable[[Path], None], melding: str) -> None:
    pad = tmp_path / "x.zip"
    maak(pad)
    with pytest.raises(TabelFout, match=melding), open_pakket(pad):
        pass


def schrijf(pad: Path, delen: dict[str, str]) -> None:
    with zipfile.ZipFile(pad, "w") as archief:
        for naam, inhoud in delen.items():
            archief.writestr(naam, inhoud)


def test_a_package_with_errors_is_refused_with_the_first_ten(pak: Pak, capsys: pytest.CaptureFixture[str]) -> None:
    fout = tabellen()
    fout["service"] += [{"id": f"x{n}", "organization_id": "weg", "name": "x", "status": "active"} for n in range(25)]
    pad = pak(fout)
    with open_pakket(pad) as fouten:
        assert [(probleem.rij, probleem.waarde) for probleem in fouten] == [(n, "weg") for n in range(3, 13)]
    with pytest.raises(CommandError, match="Dit pakket klopt niet"):
        call_command("import_hsds", str(pad))
    assert "De organisatie van deze dienst staat niet in het pakket." in capsys.readouterr().out
    assert not Organisatie.objects.exists()


def test_hostile_values_are_left_out_with_a_remark(pak: Pak) -> None:
    raar = tabellen()
    raar["organization"][0] |= {"website": "javascript:alert(1)", "email": "geen adres", "year_incorporated": "9" * 400}
    raar["organization_identifier"][0]["identifier"] = "1"
    raar["service"][0] |= {"minimum_age": "²", "maximum_age": "-1", "name": "A" * 500}
    raar["schedule"][0] |= {"opens_at": "25:99", "byday": "XX"}
    uitkomst = doe(pak(raar))
    organisatie, dienst = Organisatie.objects.get(), Dienst.objects.get()
    assert (organisatie.website, organisatie.email, organisatie.opgericht_jaar, organisatie.kvk_nummer) == (
        "",
        "",
        None,
        "",
    )
    assert (dienst.leeftijd_van, dienst.leeftijd_tot_en_met, len(dienst.naam)) == (None, None, 120)
    assert not Openingstijd.objects.exists()
    assert {"website", "email", "identifier", "name"} <= {probleem.kolom for probleem in uitkomst.problemen}


@pytest.mark.parametrize(
    "kenmerk",
    [
        {"bron": "utrecht", "extern_id": "o1"},
        {"kvk_nummer": "12345678"},
        {"domein": "linde.example"},
        {"naamkern": naamkern("Buurthuis De Linde"), "postcode": "3511 AB"},
    ],
)
def test_who_asked_to_be_left_out_is_left_out_and_told(pak: Pak, kenmerk: dict[str, str]) -> None:
    NietVermelding.objects.create(naam="De Linde", status=NietVermelding.Status.ACTIEF, **kenmerk)
    uitkomst = doe(pak(tabellen()))
    assert uitkomst.zin == "0 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 overgeslagen."
    assert [(p.rij, p.melding) for p in uitkomst.problemen] == [(2, "Overgeslagen: wil niet vermeld worden.")]
    assert not Organisatie.objects.exists()


def test_the_command_says_what_it_did(pak: Pak, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_hsds", str(pak(tabellen())), "--bron", "utrecht")
    assert "1 nieuw, 0 gewijzigd, 0 ongewijzigd." in capsys.readouterr().out
    assert Organisatie.objects.get().status == "ingediend"
