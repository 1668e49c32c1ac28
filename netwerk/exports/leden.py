"""The members of a network as a table, for its beheerders: what each member agreed to share, and no more."""

import io
from collections.abc import Iterable

from netwerk.keuzes import Voor
from netwerk.models import Expertise, Lidmaatschap
from netwerk.permissions import ziet_veld
from welzijnportal.tabular import schrijf_csv, veilige_cel

KOLOMMEN = ("naam", "rol", "lid sinds", "functie", "plaats of streek", "wat dit lid weet", "e-mailadres")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rijen_van(leden: Iterable[Lidmaatschap]) -> list[list[str]]:
    """Return a heading and a row for each member: a field as far as members of the portal may see it.

    The address is there only of who lets the beheerders have it (``deelt_mail``). Two queries in all.
    """
    alle = list(leden)
    weten: dict[int, list[str]] = {}
    expertises = Expertise.objects.filter(content_object__in=[lid.professional_id for lid in alle])
    for professional, naam in expertises.order_by("tag__name").values_list("content_object", "tag__name"):
        weten.setdefault(professional, []).append(naam)
    rijen = [list(KOLOMMEN)]
    for lid in alle:
        mens = lid.professional

        def als(veld: str, waarde: object, mens: object = mens) -> str:
            return str(waarde or "") if ziet_veld(Voor.LEDEN, mens, veld) else ""  # type: ignore[arg-type]

        rijen.append(
            [
                mens.naam,
                lid.get_rol_display(),
                f"{lid.sinds_op:%Y-%m-%d}" if lid.sinds_op else "",
                als("functie", mens.functie),
                als("plaats", mens.plaats),
                als("expertise", ", ".join(weten.get(mens.pk, []))),
                mens.gebruiker.email if lid.deelt_mail else "",
            ]
        )
    return rijen


def als_csv(rijen: list[list[str]]) -> bytes:
    return schrijf_csv(rijen)


def als_xlsx(rijen: list[list[str]], titel: str) -> bytes:
    """Return a workbook of one sheet; each cell is text, so that nothing in it runs as a formula."""
    # Only at use: openpyxl takes memory of every web worker.
    import openpyxl
    from openpyxl.utils.exceptions import IllegalCharacterError

    boek = openpyxl.Workbook(write_only=True)
    blad = boek.create_sheet("".join(teken for teken in titel if teken not in "[]:*?/\\'")[:31] or "Leden")
    for rij in rijen:
        try:
            blad.append([veilige_cel(cel) for cel in rij])
        except IllegalCharacterError:
            blad.append(["".join(teken for teken in veilige_cel(cel) if teken.isprintable()) for cel in rij])
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()
