import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from organisaties.imports import delen, uitvoeren
from organisaties.models import Bevestiging, Importrij, Organisatie
from organisaties.zoeken import Zoekvraag, ververs, zoek
from tests.fabriek import maak_organisatie
from tests.organisaties.imports.conftest import KOP
from welzijnportal import tabular

pytestmark = pytest.mark.django_db(transaction=True)
Schrijf = Callable[..., Path]


@pytest.fixture
def bestand(tmp_path: Path, words: None) -> Schrijf:
    def doe(*rijen: list[str], kop: list[str] = KOP, codering: str = "utf-8") -> Path:
        pad = tmp_path / "lijst.csv"
        with pad.open("w", encoding=codering, newline="") as uit:
            csv.writer(uit).writerows([kop, *rijen])
        return pad

    return doe


@pytest.fixture
def words(transactional_db: None) -> None:
    """Places, which the tests before may have flushed; themes are not needed here."""
    call_command("laad_geodata", verbosity=0)


def rijen(aantal: int) -> list[list[str]]:
    return [[str(n), f"Buurthuis {n % 7}", f"Koken {n}", "Elke dinsdag.", "Utrecht"] for n in range(aantal)]


def importeer(pad: Path, **opties: Any) -> uitvoeren.Uitkomst:
    overslaan = opties.pop("sla_fouten_over", False)
    met = {"bron": "test", "door": None, "publiceer": True, "voortgang": lambda *_: None, **opties}
    with delen.neem_op(pad, sla_fouten_over=overslaan, voortgang=lambda *_: None) as opname:
        return delen.schrijf(opname, sla_fouten_over=overslaan, **met)


def test_a_file_in_parts_gives_the_same_listings_as_at_once(bestand: Schrijf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delen, "PAKKET", 4)
    monkeypatch.setattr(delen, "LEESPAKKET", 3)
    uitkomst = importeer(bestand(*rijen(10)))
    assert uitkomst.zin == "10 nieuw, 0 gewijzigd, 0 ongewijzigd."
    assert list(Organisatie.objects.order_by("pk").values_list("extern_id", flat=True)) == [str(n) for n in range(10)]
    assert Organisatie.objects.filter(slug="buurthuis-0-2", extern_id="7").exists()
    assert set(zoek(Zoekvraag(tekst="koken")).ids) == set(Organisatie.objects.values_list("pk", flat=True))
    assert Bevestiging.objects.filter(bron="import").count() == 30
    assert importeer(bestand(*rijen(10))).zin == "0 nieuw, 0 gewijzigd, 10 ongewijzigd."


def test_a_run_that_is_cut_off_goes_on_where_it_was(bestand: Schrijf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delen, "PAKKET", 4)
    pad = bestand(*rijen(10))

    def trek_de_stekker(wat: str, gedaan: int, totaal: int) -> None:
        if wat == "Bewaren" and gedaan == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importeer(pad, voortgang=trek_de_stekker)
    assert Organisatie.objects.count() == 8
    assert zoek(Zoekvraag(tekst="koken")).totaal == 0
    assert importeer(pad).zin == "2 nieuw, 0 gewijzigd, 8 ongewijzigd."
    assert zoek(Zoekvraag(tekst="koken")).totaal == 10


def test_only_what_the_source_changed_is_written_in_parts_too(bestand: Schrijf) -> None:
    importeer(bestand(*rijen(3)))
    eigen = Organisatie.objects.get(extern_id="1")
    eigen.tekst = "Zelf geschreven."
    eigen.save()
    nieuw = rijen(2)
    nieuw[0][3] = nieuw[1][3] = "Elke woensdag."
    uitkomst = importeer(bestand(*nieuw))
    assert (uitkomst.zin, uitkomst.verdwenen) == ("0 nieuw, 1 gewijzigd, 1 ongewijzigd.", 1)
    assert list(Organisatie.objects.order_by("extern_id").values_list("tekst", flat=True)) == [
        "Elke woensdag.",
        "Zelf geschreven.",
        "Elke dinsdag.",
    ]
    assert [probleem.rij for probleem in uitkomst.problemen] == [3]


def test_a_file_with_errors_is_refused_with_the_first_ten(bestand: Schrijf) -> None:
    fout = [[str(n), "", "Koken", "", "Utrecht"] for n in range(25)]
    with delen.neem_op(bestand(*fout), voortgang=lambda *_: None) as opname:
        assert [probleem.rij for probleem in opname.fouten] == list(range(2, 12))
        with pytest.raises(uitvoeren.ImportGeweigerd):
            delen.schrijf(opname, bron="x", door=None, publiceer=True, sla_fouten_over=False, voortgang=lambda *_: None)
    assert not Organisatie.objects.exists()


def test_rows_with_errors_can_be_left_out(bestand: Schrijf) -> None:
    uitkomst = importeer(bestand(*rijen(3), ["9", "", "Koken", "", "Utrecht"]), sla_fouten_over=True)
    assert uitkomst.zin == "3 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 overgeslagen."


def test_a_key_that_comes_twice_is_an_error_and_a_row_without_key_is_left_out(bestand: Schrijf) -> None:
    with delen.neem_op(bestand(*rijen(2), rijen(1)[0]), voortgang=lambda *_: None) as opname:
        assert [(probleem.rij, probleem.waarde) for probleem in opname.fouten] == [(4, "0")]
    zonder = [rij[1:] for rij in [*rijen(2), rijen(1)[0]]]
    uitkomst = importeer(bestand(*zonder, kop=KOP[1:]))
    assert uitkomst.zin == "2 nieuw, 0 gewijzigd, 0 ongewijzigd."


def test_a_sign_of_another_encoding_far_into_the_file_is_told_with_its_row(bestand: Schrijf, tmp_path: Path) -> None:
    pad = bestand(*rijen(30_000))
    with pad.open("ab") as uit:
        uit.write("x,Caf\xe9,Koken,y,Ede\n".encode("cp1252"))
    with (
        pytest.raises(tabular.TabelFout, match=r"Kort na rij 29\d+ staat een teken dat geen UTF-8 is"),
        delen.neem_op(pad, voortgang=lambda *_: None),
    ):
        pass


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (b"%PDF-1.7", "Dit is een PDF"),
        (b"PK\x03\x04", "Alleen een CSV-bestand"),
        (b"", "Het bestand is leeg"),
        (b"<html><p>x", "Dit is een webpagina"),
        (b"naam,plaats\n", "staan geen rijen"),
        (b"a,b\n1,2\n", "geen kolom met de naam"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, words: None, inhoud: bytes, melding: str) -> None:
    pad = tmp_path / "lijst.csv"
    pad.write_bytes(inhoud)
    with pytest.raises(tabular.TabelFout, match=melding), delen.neem_op(pad, voortgang=lambda *_: None):
        pass


def test_one_import_at_a_time_and_the_lock_is_given_back(bestand: Schrijf) -> None:
    pad = bestand(*rijen(1))
    ander = connection.copy()
    try:
        with ander.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [uitvoeren.ADVISORY_LOCK])
            with pytest.raises(uitvoeren.ImportGeweigerd, match="Er loopt al een andere import"):
                importeer(pad)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [uitvoeren.ADVISORY_LOCK])
    finally:
        ander.close()
    assert importeer(pad).nieuw == 1
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] != "0"
        cursor.execute(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE l.locktype = 'advisory' AND l.objid = %s AND d.datname = current_database()",
            [uitvoeren.ADVISORY_LOCK],
        )
        assert cursor.fetchone()[0] == 0


def test_existing_addresses_are_never_given_again(bestand: Schrijf) -> None:
    maak_organisatie(naam="Buurthuis 0", slug="buurthuis-0")
    maak_organisatie(naam="Kaart", slug="kaart-2")
    importeer(bestand(["1", "Buurthuis 0", "x", "y", "Ede"], ["2", "Kaart", "x", "y", "Ede"]))
    assert sorted(Organisatie.objects.filter(bron="test").values_list("slug", flat=True)) == [
        "buurthuis-0-2",
        "kaart-3",
    ]


def test_the_command_imports_in_parts(bestand: Schrijf, capsys: pytest.CaptureFixture[str]) -> None:
    pad = str(bestand(*rijen(3)))
    call_command("import_organisaties", pad, "--in-delen", "--proef", "--bron", "x")
    assert "Proef: 3 nieuw, 0 gewijzigd, 0 ongewijzigd. Er is niets bewaard." in capsys.readouterr().out
    assert not Importrij.objects.exists()
    call_command("import_organisaties", pad, "--in-delen", "--publiceer", "--bron", "x")
    assert "3 nieuw, 0 gewijzigd, 0 ongewijzigd." in capsys.readouterr().out
    fout = bestand(["1", "", "x", "y", "Ede"])
    with pytest.raises(CommandError, match="Niet alle rijen zijn goed"):
        call_command("import_organisaties", str(fout), "--in-delen", "--bron", "x")
    assert "De naam ontbreekt" in capsys.readouterr().out


def test_the_search_rows_of_others_are_left_alone(bestand: Schrijf) -> None:
    ander = maak_organisatie(naam="Ander", status="gepubliceerd")
    ververs([ander.pk])
    importeer(bestand(*rijen(2)))
    assert zoek(Zoekvraag(tekst="ander")).ids == [ander.pk]
