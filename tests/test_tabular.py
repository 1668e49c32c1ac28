import csv
import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from welzijnportal import tabular
from welzijnportal.tabular import TabelFout, als_tekst, lees, schrijf_csv, veilige_cel

RIJEN = [["naam", "omschrijving"], ["Café Één", 'Zegt "hoi"; en, of | wat\tdan'], ["Ünïe", "regel 1\nregel 2"]]


def als_csv(rijen: list[list[str]], scheiding: str) -> str:
    uit = io.StringIO(newline="")
    csv.writer(uit, delimiter=scheiding).writerows(rijen)
    return uit.getvalue()


def als_xlsx(rijen: list[list[object]]) -> bytes:
    boek = openpyxl.Workbook()
    for rij in rijen:
        boek.active.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def zip_met(**delen: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in delen.items():
            archief.writestr(naam.replace("__", "/").replace("_xml", ".xml"), inhoud)
    return uit.getvalue()


@pytest.mark.parametrize("scheiding", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("codering", "verwacht"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("mac_roman", "mac_roman"),
        ("cp850", "cp850"),
    ],
)
def test_every_encoding_and_delimiter_gives_the_same_table(scheiding: str, codering: str, verwacht: str) -> None:
    tabel = lees(als_csv(RIJEN, scheiding).encode(codering))
    assert [rij.cellen for rij in tabel.rijen] == [[cel.strip() for cel in rij] for rij in RIJEN]
    assert [rij.nummer for rij in tabel.rijen] == [1, 2, 3]
    assert (tabel.codering, tabel.scheiding) == (verwacht, scheiding)


def test_the_euro_sign_and_curly_quotes_of_windows_are_read() -> None:
    assert lees("naam;prijs\n‘t Huis;€ 5".encode("cp1252")).rijen[1].cellen == ["‘t Huis", "€ 5"]


def test_xlsx_gives_text_as_a_person_sees_it() -> None:
    inhoud = als_xlsx(
        [
            ["naam", "nummer", "datum", "tijd", "waar", "half"],
            ["Huis", 1012.0, datetime(2026, 11, 3), time(9, 30), True, 2.5],
        ]
    )
    tabel = lees(inhoud)
    assert tabel.soort == "xlsx"
    assert tabel.rijen[1].cellen == ["Huis", "1012", "2026-11-03", "09.30", "ja", "2,5"]
    assert tabel.rijen[1].opmerkingen == ((2, "Excel heeft hier een datum van gemaakt. Kijk of dat klopt."),)


def test_xlsx_tells_of_a_formula_without_outcome() -> None:
    tabel = lees(als_xlsx([["naam", "som"], ["Huis", "=1+1"]]))
    assert tabel.rijen[1].cellen == ["Huis"]
    assert tabel.rijen[1].opmerkingen == (
        (1, "Hier staat een formule zonder uitkomst. Plak de waarde in de cel in plaats van de formule."),
    )


def test_xlsx_reads_the_first_visible_sheet_with_rows_and_says_which_it_left() -> None:
    boek = openpyxl.Workbook()
    boek.active.title = "Leeg"
    boek.create_sheet("Lijst").append(["naam"])
    boek.create_sheet("Geheim").append(["andere"])
    boek["Geheim"].sheet_state = "hidden"
    uit = io.BytesIO()
    boek.save(uit)
    tabel = lees(uit.getvalue())
    assert [rij.cellen for rij in tabel.rijen] == [["naam"]]
    assert tabel.opmerkingen == ["Alleen het blad 'Lijst' is gelezen, niet: Leeg, Geheim."]


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    assert [rij.nummer for rij in lees(b"naam,x\n\nA,1\n,\nB,2\n").rijen] == [1, 3, 5]
    assert [rij.nummer for rij in lees(b"sep=;\nnaam;x\nA;1\n").rijen] == [2, 3]


HOSTILE = {
    "leeg": (b"", "Het bestand is leeg."),
    "alleen wit": (b"\xef\xbb\xbf \r\n\t\n", "Het bestand is leeg."),
    "te groot": (b"a" * (tabular.MAX_BYTES + 1), "groter dan 20 MB"),
    "pdf": (b"%PDF-1.7 ...", "Dit is een PDF."),
    "oud excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "oud Excel-bestand"),
    "foto": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "Dit is een afbeelding."),
    "webpagina": (b"<!DOCTYPE html><html><body>x", "webpagina"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "webpagina of XML"),
    "json": (b'[{"naam": "x"}]', "JSON"),
    "json diep": (b"[" * 100_000, "JSON"),
    "zip": (zip_met(foto_xml=b"<x/>"), "geen Excel-tabel"),
    "opendocument": (zip_met(content_xml=b"<x/>"), "OpenDocument"),
    "kapotte zip": (b"PK\x03\x04" + b"\xff" * 200, "beschadigd"),
    "bom": (zip_met(xl__workbook_xml=b"<x/>", bom=b"\0" * (tabular.MAX_UITGEPAKT + 1)), "uitgepakt te groot"),
    "entiteiten": (
        zip_met(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
        "niet door een spreadsheetprogramma",
    ),
    "halve werkmap": (zip_met(xl__workbook_xml=b"<workbook>"), "beschadigd"),
    "cel van 1 MB": (b"naam,tekst\nA," + b"x" * 1_000_000, "Rij 2 heeft een cel met meer dan 131.072 tekens"),
    "open aanhalingsteken": (b'naam,tekst\nA,"' + b"x\n" * 100_000, "aanhalingsteken"),
    "te veel kolommen": (b"naam" + b"," * 300 + b"\n", "meer dan 200 kolommen"),
    "verkeerde utf-16": (b"\xff\xfen\x00a\x00m", "Sla het opnieuw op"),
}


@pytest.mark.parametrize("geval", HOSTILE)
def test_what_is_no_table_is_refused_with_what_to_do(geval: str) -> None:
    inhoud, melding = HOSTILE[geval]
    with pytest.raises(TabelFout, match=r".") as fout:
        lees(inhoud)
    assert melding in str(fout.value)


def met_laatste_rij(rij: bytes) -> bytes:
    """Return a sheet of one row that says it fills a whole spreadsheet, with as its last row what you say."""
    bron = als_xlsx([["naam"]])
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bron)) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam in oud.namelist():
            inhoud = oud.read(naam)
            if naam == "xl/worksheets/sheet1.xml":
                inhoud = inhoud.replace(b'ref="A1"', b'ref="A1:XFD1048576"').replace(
                    b"</sheetData>", rij + b"</sheetData>"
                )
                assert b"XFD1048576" in inhoud
                assert rij in inhoud
            nieuw.writestr(naam, inhoud)
    return uit.getvalue()


@pytest.mark.parametrize(
    "rij",
    [
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c r="A1048576"><f>1+1</f></c></row>',
        b'<row r="100002"><c r="A100002"><v>1</v></c></row>',
        b'<row r="99999999999"/>',
        b"<row/>" * 100_001,
    ],
)
def test_a_row_beyond_the_limit_is_refused_without_looking_at_those_before_it(
    rij: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    gelezen: list[object] = []
    monkeypatch.setattr(tabular, "als_tekst", lambda waarde: (gelezen.append(waarde), (str(waarde or ""), ""))[1])
    with pytest.raises(TabelFout, match="meer dan 100000 rijen"):
        lees(met_laatste_rij(rij))
    assert len(gelezen) <= 1


@pytest.mark.parametrize(
    "rij", [b'<row r="1048576" hidden="false"/>', b'<row r="1048576"><c r="A1048576" s="0"/></row>']
)
def test_an_empty_last_row_as_libreoffice_writes_it_is_no_row(rij: bytes) -> None:
    assert [rij.cellen for rij in lees(met_laatste_rij(rij)).rijen] == [["naam"]]


def test_rows_up_to_the_limit_are_read_after_a_gap() -> None:
    laatste = b'<row r="100001"><c r="A100001"><v>1</v></c></row>'
    assert [(rij.nummer, rij.cellen) for rij in lees(met_laatste_rij(laatste)).rijen] == [
        (1, ["naam"]),
        (100_001, ["1"]),
    ]


def test_more_columns_than_the_limit_are_refused() -> None:
    assert len(lees(als_xlsx([["x"] * 200])).rijen[0].cellen) == 200
    with pytest.raises(TabelFout, match="meer dan 200 kolommen"):
        lees(als_xlsx([["x"] * 201]))


def test_a_sheet_that_lies_about_its_size_is_read_quickly() -> None:
    boek = openpyxl.Workbook()
    boek.active["A1"], boek.active["A2"] = "naam", "Huis"
    uit = io.BytesIO()
    boek.save(uit)
    bron, doel = zipfile.ZipFile(uit), io.BytesIO()
    with zipfile.ZipFile(doel, "w") as kopie:
        for naam in bron.namelist():
            inhoud = bron.read(naam).replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
            kopie.writestr(naam, inhoud)
    assert [rij.cellen for rij in lees(doel.getvalue()).rijen] == [["naam"], ["Huis"]]


@pytest.mark.parametrize("fout", ["#N/B", "#REF!", "#NAAM?", "#n/a"])
def test_excel_errors_are_left_out_and_told(fout: str) -> None:
    assert als_tekst(fout)[0] == ""
    assert fout in als_tekst(fout)[1]


def test_a_date_and_nothing_and_odd_numbers_become_text() -> None:
    assert als_tekst(date(2026, 1, 2))[0] == "2026-01-02"
    assert als_tekst(None) == ("", "")
    assert als_tekst(float("nan")) == ("", "Hier staat geen gewoon getal.")
    assert als_tekst(201234567.0) == ("201234567", "")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_written_cells_never_run_as_a_formula(begin: str) -> None:
    assert veilige_cel(f"{begin}cmd|' /C calc'!A0").startswith("'")
    assert schrijf_csv([[f"{begin}x", "gewoon"]]).decode("utf-8-sig").lstrip('"').startswith("'")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_message(inhoud: bytes) -> None:
    try:
        tabel = lees(inhoud)
    except TabelFout:
        return
    assert tabel.rijen
