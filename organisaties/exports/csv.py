"""The directory as one table: an organisation a row, for who opens it in a spreadsheet."""

import csv
from pathlib import Path

from organisaties.exports.hsds.boom import Boom
from organisaties.exports.hsds.objecten import gecontroleerd, organisatie_id, pagina_van
from organisaties.exports.hsds.taxonomie import Termen
from organisaties.keuzes import Soort
from organisaties.openingstijden import AMSTERDAM
from welzijnportal.tabular import veilige_cel

KOLOMMEN = (
    "id", "naam", "ook_bekend_als", "soort", "in_het_kort", "kvk_nummer", "rsin", "telefoon", "email", "website",
    "straat", "postcode", "plaats", "gemeentecode", "themas", "doelgroepen", "diensten", "werkgebied",
    "werkgebied_codes", "nagekeken_op", "gewijzigd_op", "pagina",
)  # fmt: skip
TUSSEN = " | "


class CsvBestand:
    """Writes rows as they come. Semicolons, UTF-8 with a byte order mark: a Dutch Excel opens it at once."""

    def __init__(self, pad: Path, termen: Termen) -> None:
        self.bestand = pad.open("w", encoding="utf-8-sig", newline="")
        self.schrijver = csv.writer(self.bestand, delimiter=";")
        self.schrijver.writerow(KOLOMMEN)
        self.termen = termen

    def voeg_toe(self, boom: Boom) -> None:
        # A phone number begins with a plus sign, and letters and digits alone run as nothing.
        self.schrijver.writerow(
            str(waarde) if naam == "telefoon" else veilige_cel(waarde)
            for naam, waarde in zip(KOLOMMEN, self._waarden(boom), strict=True)
        )

    def _waarden(self, boom: Boom) -> tuple[object, ...]:
        op, _ = gecontroleerd(boom)
        eerste = next(iter(boom["locaties"]), {"straat": "", "postcode": "", "plaats": "", "gemeentecode": ""})
        return (
            organisatie_id(boom), boom["naam"], boom["ook_bekend_als"],
            Soort(boom["soort"]).label if boom["soort"] in Soort else "", boom["kort"], boom["kvk_nummer"],
            boom["rsin"], boom["telefoon"], boom["email"], boom["website"], eerste["straat"], eerste["postcode"],
            eerste["plaats"], eerste["gemeentecode"] or "",
            self._namen(boom["thema_pks"], self.termen.themas),
            self._namen(boom["doelgroep_pks"], self.termen.doelgroepen),
            TUSSEN.join(dienst["naam"] for dienst in boom["diensten"]), boom["werkgebied"],
            TUSSEN.join([*boom["gemeentecodes"], *boom["provinciecodes"]]),
            op.astimezone(AMSTERDAM).date().isoformat() if op else "",
            boom["gewijzigd_op"].astimezone(AMSTERDAM).date().isoformat(), pagina_van(boom),
        )  # fmt: skip

    def _namen(self, pks: list[int], termen: dict[int, dict[str, str]]) -> str:
        return TUSSEN.join(termen[pk]["name"] for pk in pks if pk in termen)

    def sluit(self) -> None:
        self.bestand.close()
