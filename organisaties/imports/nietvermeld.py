"""Which rows of a file an import leaves out, because the organisation asked not to be listed."""

from collections.abc import Iterable, Mapping
from typing import Any

from organisaties.gelijkenis import naamkern
from organisaties.imports.rijen import Aanbod, Probleem
from organisaties.models import NietVermelding
from welzijnportal.validators import webdomein

MELDING = "Overgeslagen: wil niet vermeld worden."


class Weerlijst:
    """Those who asked to be left out, read once for an import."""

    def __init__(self, bron: str) -> None:
        self.sleutels: set[str] = set()
        self.nummers: set[str] = set()
        self.domeinen: set[str] = set()
        self.namen: set[tuple[str, str]] = set()
        actief = NietVermelding.objects.filter(status=NietVermelding.Status.ACTIEF)
        velden = ("bron", "extern_id", "kvk_nummer", "domein", "naamkern", "postcode")
        for van, sleutel, nummer, domein, kern, postcode in actief.values_list(*velden):
            self.sleutels |= {sleutel} if sleutel and van == bron else set()
            self.nummers |= {nummer} - {""}
            self.domeinen |= {domein} - {""}
            self.namen |= {(kern, postcode)} if kern and postcode else set()

    def weert(self, aanbod: Aanbod) -> bool:
        return self.weert_gegevens(aanbod.sleutel, aanbod.gegevens, [aanbod.gegevens["locatie"] or {}])

    def weert_gegevens(self, sleutel: str, gegevens: Mapping[str, Any], locaties: Iterable[Mapping[str, Any]]) -> bool:
        """Tell it by a key at the source, or by the KvK number, own web domain, or name with one of the postcodes."""
        return (
            sleutel in self.sleutels
            or gegevens["kvk_nummer"] in self.nummers
            or (bool(self.domeinen) and webdomein(gegevens["website"]) in self.domeinen)
            or (
                bool(self.namen)
                and any((naamkern(gegevens["naam"]), plek.get("postcode", "")) in self.namen for plek in locaties)
            )
        )


def als_problemen(geweerd: Iterable[Aanbod]) -> list[Probleem]:
    """Return a line of the report for each row that was left out."""
    return [
        Probleem(aanbod.rij, "naam van de organisatie", aanbod.gegevens["naam"][:80], MELDING, is_fout=False)
        for aanbod in geweerd
    ]
