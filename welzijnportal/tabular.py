"""Reads tables that people hand in: CSV in any usual encoding and delimiter, and XLSX.

Every cell becomes text, as a person sees it in the spreadsheet. Nothing here knows what the columns mean.
"""

import csv
import io
import math
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

MAX_BYTES = 20 * 1024 * 1024
MAX_UITGEPAKT = 200 * 1024 * 1024
MAX_RIJEN = 100_000
MAX_KOLOMMEN = 200
# The last row that a spreadsheet knows; LibreOffice often writes it, empty, at the end of a short list.
LAATSTE_RIJ = 1_048_576

SCHEIDINGEN = {",": "komma", ";": "puntkomma", "\t": "tab", "|": "rechte streep"}
CODERINGEN = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "mac_roman": "Mac Roman",
    "cp850": "MS-DOS (850)",
}
# What Dutch texts hold beside ASCII; tells apart the single-byte encodings, in which every byte means something.
_GEWOON = frozenset("éëèêïíöóüúáàâäçñÉËÈÊÏÖÓÜÁÇñôûîß€‘’“”–—…•°½²©®´·«»\xa0ﬁ£§ø")
_SIGNATUREN: list[tuple[bytes, str]] = [
    (b"\xd0\xcf\x11\xe0", "Dit is een oud Excel-bestand (.xls) of een bestand met een wachtwoord."),
    (b"%PDF", "Dit is een PDF."),
    (b"\x89PNG", "Dit is een afbeelding."),
    (b"\xff\xd8\xff", "Dit is een afbeelding."),
    (b"GIF8", "Dit is een afbeelding."),
    (b"{\\rtf", "Dit is een tekstdocument."),
    (b"\x1f\x8b", "Dit is een ingepakt bestand."),
    (b"Rar!", "Dit is een ingepakt bestand."),
    (b"7z\xbc\xaf", "Dit is een ingepakt bestand."),
]
_OPSLAAN = "Sla uw lijst op als CSV of als Excel-bestand (.xlsx) en kies dat bestand."
EXCEL_FOUT = re.compile(r"#(N/[AB]|(REF|VERW|VALUE|WAARDE|DIV/0|DEEL/0|NUM|GETAL|NULL|LEEG)!|(NAME|NAAM)\?)")


class TabelFout(Exception):
    """The file cannot be read as a table; the message says in Dutch what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Rij:
    """One row; ``nummer`` is the row number that a spreadsheet shows, from 1 on.

    ``opmerkingen`` are (column index, Dutch message) about cells whose text is not what was typed.
    """

    nummer: int
    cellen: list[str]
    opmerkingen: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Tabel:
    """The rows of a file that hold anything, the header row among them, and how the file was read."""

    rijen: list[Rij]
    soort: str
    codering: str = ""
    scheiding: str = ""
    opmerkingen: list[str] = field(default_factory=list)

    @property
    def omschrijving(self) -> str:
        if self.soort == "xlsx":
            return "Excel-bestand"
        return f"CSV, {CODERINGEN[self.codering]}, kolommen gescheiden door een {SCHEIDINGEN[self.scheiding]}"


@dataclass(slots=True)
class Stroom:
    """A CSV that is read while it is used; ``gelezen`` tells how many of its ``bytes`` were."""

    rijen: Iterator[Rij]
    codering: str
    scheiding: str
    gelezen: Callable[[], int]
    bytes: int

    @property
    def omschrijving(self) -> str:
        return f"CSV, {CODERINGEN[self.codering]}, kolommen gescheiden door een {SCHEIDINGEN[self.scheiding]}"


def lees(inhoud: bytes) -> Tabel:
    """Read a CSV or XLSX file. Raises TabelFout; never runs, opens or fetches anything that the file names."""
    if len(inhoud) > MAX_BYTES:
        raise TabelFout(
            f"Het bestand is groter dan {MAX_BYTES // 1024 // 1024} MB. Verdeel de lijst over een paar bestanden."
        )
    _keur_begin(inhoud)
    tabel = _lees_xlsx(inhoud) if inhoud.startswith(b"PK") else _lees_csv(inhoud)
    if not tabel.rijen:
        raise TabelFout("Het bestand is leeg.")
    return tabel


def _keur_begin(inhoud: bytes) -> None:
    """Refuse what is empty or plainly something else than a table."""
    if not inhoud.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise TabelFout("Het bestand is leeg.")
    for begin, uitleg in _SIGNATUREN:
        if inhoud.startswith(begin):
            raise TabelFout(f"{uitleg} {_OPSLAAN}")


# CSV ------------------------------------------------------------------------------------------------


def _lees_csv(inhoud: bytes) -> Tabel:
    tekst, codering = decodeer(inhoud)
    scheiding, begin, eerste = _csv_vorm(tekst)
    rijen = _csv_rijen(io.StringIO(tekst[begin:], newline=""), scheiding, eerste)
    return Tabel(list(rijen), "csv", codering, scheiding)


def _csv_vorm(tekst: str) -> tuple[str, int, int]:
    """Return the delimiter, where the table begins, and the number of its first row."""
    begin = tekst.lstrip()[:200].lower()
    if begin.startswith(("<!doctype", "<html", "<?xml", "<svg")):
        raise TabelFout(f"Dit is een webpagina of XML, geen tabel. {_OPSLAAN}")
    if begin.startswith(("{", "[{", "[[")):
        raise TabelFout(f"Dit is een JSON-bestand. {_OPSLAAN}")
    # Excel's own first line 'sep=;' takes a row number, but is not a row.
    opgegeven = re.match(r"sep=(.)\r?\n", tekst)
    einde = opgegeven.end() if opgegeven else 0
    scheiding = opgegeven[1] if opgegeven and opgegeven[1] in SCHEIDINGEN else vind_scheiding(tekst[einde:])
    return scheiding, einde, 2 if opgegeven else 1


@contextmanager
def stroom(pad: Path) -> Iterator["Stroom"]:
    """Open a CSV of any size and read it row by row, in constant memory. Raises TabelFout, also while reading.

    Encoding and delimiter are told from the first megabyte. Raises OSError when the file cannot be read.
    """
    with pad.open("rb") as ruw:
        proef = ruw.read(1 << 20)
        _keur_begin(proef)
        if proef.startswith(b"PK"):
            raise TabelFout("Alleen een CSV-bestand kan in delen worden gelezen. Sla de lijst op als 'CSV UTF-8'.")
        # A sign may be cut in two at the end of the sample; a line break is one byte in all that goes by bytes.
        heel = proef if len(proef) < 1 << 20 else proef[: proef.rfind(b"\n") + 1] or proef
        tekst, codering = decodeer(heel)
        scheiding, begin, eerste = _csv_vorm(tekst)
        ruw.seek(0)
        with io.TextIOWrapper(ruw, encoding=codering, newline="") as bestand:
            bestand.read(begin)
            rijen = _ontcijferd(_csv_rijen(bestand, scheiding, eerste, sys.maxsize), codering)
            yield Stroom(rijen, codering, scheiding, gelezen=ruw.tell, bytes=pad.stat().st_size)


def _ontcijferd(rijen: Iterator[Rij], codering: str) -> Iterator[Rij]:
    laatste = 0
    try:
        for rij in rijen:
            laatste = rij.nummer
            yield rij
    except UnicodeDecodeError:
        raise TabelFout(
            f"Kort na rij {laatste} staat een teken dat geen {CODERINGEN[codering]} is. "
            "Sla het bestand opnieuw op als 'CSV UTF-8' en probeer het nog eens."
        ) from None


def decodeer(inhoud: bytes) -> tuple[str, str]:
    """Return the text of a file and the Python name of its encoding.

    UTF-8 and UTF-16 can be recognised. Among the single-byte encodings the one whose signs are most like
    Dutch is taken; Windows-1252 when nothing tells them apart.
    """
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodeer_als(inhoud, "utf-16")
    if inhoud.startswith(b"\xef\xbb\xbf"):
        return _decodeer_als(inhoud, "utf-8-sig")
    proef = inhoud[:4000]
    if len(proef) >= 4 and len(proef) % 2 == 0 and proef.count(0) > len(proef) * 0.3:
        return _decodeer_als(inhoud, "utf-16-le" if proef[1::2].count(0) > proef[::2].count(0) else "utf-16-be")
    try:
        return inhoud.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    beste, hoogste = "latin-1", float("-inf")
    # Signs of which there are few differ per encoding; a translation table per byte keeps 20 MB quick.
    aantallen = Counter(inhoud)
    for codering in ("cp1252", "mac_roman", "cp850"):
        punten = 0.0
        for waarde in range(128, 256):
            if aantal := aantallen.get(waarde):
                teken = bytes([waarde]).decode(codering, errors="replace")
                punten += aantal if teken in _GEWOON else -aantal * (5 if teken == "\ufffd" else 1)
        if punten > hoogste:
            beste, hoogste = codering, punten
    try:
        return inhoud.decode(beste), beste
    except UnicodeDecodeError:
        return inhoud.decode("latin-1"), "latin-1"


def _decodeer_als(inhoud: bytes, codering: str) -> tuple[str, str]:
    try:
        return inhoud.decode(codering), codering
    except UnicodeDecodeError:
        raise TabelFout(
            f"Het bestand zegt dat het {CODERINGEN[codering]} is, maar er staan andere tekens in. "
            "Sla het opnieuw op als 'CSV UTF-8' en probeer het nog eens."
        ) from None


def vind_scheiding(tekst: str) -> str:
    """Return the delimiter by which the first rows fall most evenly into columns."""
    begin = tekst[:64_000]
    beste, hoogste = ",", 0.0
    for scheiding in SCHEIDINGEN:
        breedtes = []
        try:
            for rij in csv.reader(io.StringIO(begin, newline=""), delimiter=scheiding):
                if any(cel.strip() for cel in rij):
                    breedtes.append(len(rij))
                if len(breedtes) == 40:
                    break
        except csv.Error:
            continue
        if not breedtes or breedtes[0] < 2:
            continue
        # The header decides; the rows agree with it or not.
        gelijk = sum(breedte == breedtes[0] for breedte in breedtes) / len(breedtes)
        punten = gelijk * 100 + min(breedtes[0], 50)
        if punten > hoogste:
            beste, hoogste = scheiding, punten
    return beste


def _csv_rijen(bron: Iterable[str], scheiding: str, eerste: int, meeste: int = MAX_RIJEN) -> Iterator[Rij]:
    lezer = csv.reader(bron, delimiter=scheiding)
    nummer, aantal = eerste - 1, 0
    while True:
        nummer += 1
        try:
            cellen = next(lezer)
        except StopIteration:
            return
        except csv.Error:
            raise TabelFout(
                f"Rij {nummer} heeft een cel met meer dan {csv.field_size_limit():,} tekens".replace(",", ".")
                + '. Vaak staat daar een aanhalingsteken (") dat nergens sluit. Verbeter die rij en probeer het opnieuw.'
            ) from None
        if not any(cel.strip() for cel in cellen):
            continue
        aantal += 1
        _bewaak_maten(aantal, len(cellen), meeste)
        yield Rij(nummer, [cel.strip() for cel in cellen])


def _bewaak_maten(aantal_rijen: int, aantal_kolommen: int, meeste: int = MAX_RIJEN) -> None:
    if aantal_rijen > meeste + 1:
        raise TabelFout(f"Het bestand heeft meer dan {meeste} rijen. Verdeel de lijst over een paar bestanden.")
    if aantal_kolommen > MAX_KOLOMMEN:
        raise TabelFout(f"Het bestand heeft meer dan {MAX_KOLOMMEN} kolommen. Haal weg wat niet nodig is.")


# XLSX -----------------------------------------------------------------------------------------------


def _lees_xlsx(inhoud: bytes) -> Tabel:
    # Only at use: every web worker imports this module, and openpyxl takes 8 MB of each that few imports need.
    from openpyxl.utils.exceptions import InvalidFileException

    heeft_formules = _keur_zip(inhoud)
    opmerkingen: list[str] = []
    try:
        boek = _open_boek(inhoud, waarden=True)
        bladen = [blad for blad in boek.worksheets if blad.sheet_state == "visible"] or list(boek.worksheets)
        rijen: list[Rij] = []
        for blad in bladen:
            formules = _formules(inhoud, blad.title) if heeft_formules else {}
            rijen = list(_xlsx_rijen(blad, formules))
            if rijen:
                overige = [ander.title for ander in boek.worksheets if ander is not blad]
                if overige:
                    opmerkingen.append(f"Alleen het blad '{blad.title}' is gelezen, niet: {', '.join(overige)}.")
                break
        boek.close()
    except TabelFout:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        SyntaxError,
        OSError,
        OverflowError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise TabelFout(
            "Dit Excel-bestand is beschadigd. Open het in Excel of LibreOffice, sla het opnieuw op als .xlsx "
            "en probeer het nog eens."
        ) from error
    return Tabel(rijen, "xlsx", opmerkingen=opmerkingen)


def _keur_zip(inhoud: bytes) -> bool:
    """Refuse archives that are no workbook, that unpack to too much or define XML entities; tell whether there are formulas.

    zipfile never unpacks more of a part than its directory says, so the stated sizes can be trusted here.
    """
    heeft_formules = False
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            delen = archief.infolist()
            namen = {deel.filename for deel in delen}
            if "xl/workbook.xml" not in namen:
                uitleg = (
                    "Dit is een OpenDocument-bestand."
                    if "content.xml" in namen
                    else "Dit is een ingepakt bestand of een document, geen Excel-tabel."
                )
                raise TabelFout(f"{uitleg} {_OPSLAAN}")
            if len(delen) > 2000 or sum(deel.file_size for deel in delen) > MAX_UITGEPAKT:
                raise TabelFout("Dit Excel-bestand wordt uitgepakt te groot. Bewaar alleen het blad met de lijst.")
            for deel in delen:
                if not deel.filename.endswith((".xml", ".rels")):
                    continue
                with archief.open(deel) as stroom:
                    staart = b""
                    while brok := stroom.read(1 << 20):
                        stuk = staart + brok
                        if b"<!ENTITY" in stuk or b"<!DOCTYPE" in stuk:
                            raise TabelFout(
                                "Dit bestand is niet door een spreadsheetprogramma gemaakt en wordt geweigerd."
                            )
                        if deel.filename.startswith("xl/worksheets/") and (b"<f>" in stuk or b"<f " in stuk):
                            heeft_formules = True
                        staart = brok[-16:]
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        zlib.error,
    ) as error:
        raise TabelFout(
            "Dit bestand is beschadigd of beveiligd met een wachtwoord. Sla het opnieuw op, zonder wachtwoord."
        ) from error
    return heeft_formules


def _open_boek(inhoud: bytes, *, waarden: bool) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True, data_only=waarden, keep_links=False)


def _formules(inhoud: bytes, bladnaam: str) -> dict[int, set[int]]:
    """Return by row number the columns with a formula; its last outcome is in the file, or is not."""
    boek = _open_boek(inhoud, waarden=False)
    gevonden: dict[int, set[int]] = {}
    for nummer, cellen in _gevulde_rijen(boek[bladnaam], {}, max_col=MAX_KOLOMMEN):
        kolommen = {index for index, cel in enumerate(cellen, start=1) if getattr(cel, "data_type", "") == "f"}
        if kolommen:
            gevonden[nummer] = kolommen
    boek.close()
    return gevonden


def _gevulde_rijen(blad: Any, formules: dict[int, set[int]], **keuzes: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the number and cells of the rows that hold a value or a formula, cut off after the last cell that does.

    Raises TabelFout for such a row beyond the limit, and for too many rows in the file, empty ones among them.
    """
    # The stated dimensions may be a lie: A1:XFD1048576 would make 16,384 cells of every row.
    blad.reset_dimensions()
    geschreven, opvulling = 0, None
    for nummer, cellen in enumerate(blad.iter_rows(**keuzes), start=1):
        # openpyxl fills a gap of a million rows with one and the same tuple.
        if cellen is opvulling and nummer <= LAATSTE_RIJ:
            continue
        geschreven += 1
        breedte, minste = len(cellen), max(formules.get(nummer, (0,)))
        while breedte > minste and getattr(cellen[breedte - 1], "value", cellen[breedte - 1]) is None:
            breedte -= 1
        _bewaak_maten(nummer if breedte or nummer > LAATSTE_RIJ else geschreven, 0)
        if breedte:
            yield nummer, cellen[:breedte]
        else:
            opvulling = cellen


def _xlsx_rijen(blad: Any, formules: dict[int, set[int]]) -> Iterator[Rij]:
    for nummer, waarden in _gevulde_rijen(blad, formules, max_col=MAX_KOLOMMEN + 1, values_only=True):
        opmerkingen: list[tuple[int, str]] = []
        cellen = []
        for index, waarde in enumerate(waarden):
            tekst, opmerking = als_tekst(waarde)
            if not tekst and index + 1 in formules.get(nummer, ()):
                opmerking = "Hier staat een formule zonder uitkomst. Plak de waarde in de cel in plaats van de formule."
            if opmerking:
                opmerkingen.append((index, opmerking))
            cellen.append(tekst)
        while cellen and not cellen[-1]:
            cellen.pop()
        if not cellen and not opmerkingen:
            continue
        _bewaak_maten(nummer, len(cellen))
        yield Rij(nummer, cellen, tuple(opmerkingen))


def als_tekst(waarde: Any) -> tuple[str, str]:
    """Return a spreadsheet's value as text, and a Dutch remark when Excel changed what was typed."""
    match waarde:
        case None:
            return "", ""
        case bool():
            return ("ja" if waarde else "nee"), ""
        case str():
            tekst = waarde.strip()
            if EXCEL_FOUT.fullmatch(tekst.upper()):
                return "", f"Hier staat de Excel-fout {tekst}. Verbeter de cel of maak hem leeg."
            # Excel writes line breaks and control characters as _x000D_ and the like.
            return re.sub(r"_x000[dD]_\n?", "\n", tekst), ""
        case int():
            return str(waarde), ""
        case float() | Decimal():
            getal = float(waarde)
            if not math.isfinite(getal):
                return "", "Hier staat geen gewoon getal."
            if getal == int(getal) and abs(getal) < 1e15:
                return str(int(getal)), ""
            return f"{getal:.12g}".replace(".", ","), ""
        case datetime():
            opmerking = "Excel heeft hier een datum van gemaakt. Kijk of dat klopt."
            return (
                waarde.date().isoformat() if waarde.time() == time() else waarde.isoformat(" ", "minutes")
            ), opmerking
        case date():
            return waarde.isoformat(), "Excel heeft hier een datum van gemaakt. Kijk of dat klopt."
        case time():
            return f"{waarde:%H.%M}", ""
        case _:
            return str(waarde).strip(), ""


# Writing --------------------------------------------------------------------------------------------


def veilige_cel(waarde: object) -> str:
    """Return a cell that a spreadsheet will not run as a formula: a quote before =, +, -, @, tab or return."""
    tekst = str(waarde)
    return f"'{tekst}" if tekst.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else tekst


def schrijf_csv(rijen: Iterable[Iterable[object]]) -> bytes:
    """Return rows as CSV that a Dutch Excel opens at once: semicolons, UTF-8 with a byte order mark."""
    uit = io.StringIO(newline="")
    csv.writer(uit, delimiter=";").writerows([[veilige_cel(cel) for cel in rij] for rij in rijen])
    return uit.getvalue().encode("utf-8-sig")
