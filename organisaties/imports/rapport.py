"""What an import has to say, as a table to open in a spreadsheet."""

from collections.abc import Iterable

from organisaties.imports.rijen import Probleem
from welzijnportal.tabular import schrijf_csv


def als_csv(problemen: Iterable[Probleem]) -> bytes:
    """Return the problems as CSV for a Dutch Excel; no cell is run as a formula."""
    kop: list[object] = ["rij", "soort", "kolom", "waarde", "wat is er en wat kunt u doen"]
    rijen = [[p.rij, "fout" if p.is_fout else "let op", p.kolom, p.waarde, p.melding] for p in problemen]
    return schrijf_csv([kop, *rijen])
