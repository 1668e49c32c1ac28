"""Where help is given, as points (RFC 7946). A confidential location has no point and is not in it."""

import json
from pathlib import Path
from typing import Any

from organisaties.exports.hsds.boom import Boom
from organisaties.exports.hsds.delen import gevuld
from organisaties.exports.hsds.objecten import organisatie_id, pagina_van
from organisaties.exports.hsds.sleutels import Sleutelsoort, maak_sleutel

NAUWKEURIG = 5


class GeojsonBestand:
    """Writes one feature a line, as they come."""

    def __init__(self, pad: Path) -> None:
        self.bestand = pad.open("w", encoding="utf-8")
        kop = {"type": "FeatureCollection", "license": "CC0-1.0", "attribution": "Bevat GeoNames-gegevens, CC BY 4.0"}
        self.bestand.write(json.dumps(kop, ensure_ascii=False)[:-1] + ', "features": [')
        self.is_eerste = True

    def voeg_toe(self, boom: Boom) -> None:
        for locatie in boom["locaties"]:
            if locatie["is_geheim"] or locatie["breedtegraad"] is None:
                continue
            self.bestand.write("\n" if self.is_eerste else ",\n")
            json.dump(_punt(boom, locatie), self.bestand, ensure_ascii=False, separators=(",", ":"))
            self.is_eerste = False

    def sluit(self) -> None:
        self.bestand.write("\n]}\n")
        self.bestand.close()


def _punt(boom: Boom, locatie: dict[str, Any]) -> dict[str, Any]:
    plek = [round(locatie[naam], NAUWKEURIG) for naam in ("lengtegraad", "breedtegraad")]
    hier = [
        dienst["naam"]
        for dienst in boom["diensten"]
        if any(plaats["locatie_pk"] == locatie["pk"] for plaats in dienst["plaatsen"])
    ]
    return {
        "type": "Feature",
        "id": maak_sleutel(Sleutelsoort.LOCATIE, locatie["pk"]),
        "geometry": {"type": "Point", "coordinates": plek},
        "properties": gevuld(
            organisatie=boom["naam"],
            organisatie_id=organisatie_id(boom),
            naam=locatie["naam"],
            straat=locatie["straat"],
            postcode=locatie["postcode"],
            plaats=locatie["plaats"],
            gemeentecode=locatie["gemeentecode"],
            telefoon=str(locatie["telefoon"] or boom["telefoon"]),
            diensten=hier,
            pagina=pagina_van(boom),
        ),
    }
