"""The cut-out of the country that a map shows: its frame, its scale, and the land and water in it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any, NamedTuple

from django.templatetags.static import static

from .laden import GEGEVENS, lees
from .rd import Punt, naar_rd

BREEDTE = 360
BOVEN_KM = 625
MARGE = 26
KLEINSTE_KM = 11.0
NEDERLAND = (10.0, 304.0, 280.0, 624.0)
# Germany and Belgium, roughly, so that they are not drawn as sea; the provinces cover the inner side.
BUITENLAND = (
    *((277, 583), (281, 594), (268, 603), (265, 615), (280, 660), (600, 660), (600, 100), (-200, 100), (-200, 330)),
    *(
        (14, 378),
        (40, 365),
        (75, 370),
        (90, 395),
        (150, 400),
        (190, 400),
        (190, 430),
        (225, 450),
        (240, 480),
        (245, 540),
        (262, 568),
    ),
)
Kader = tuple[float, float, float, float]


class Label(NamedTuple):
    naam: str
    x: float
    y: float
    is_wijk: bool


@dataclass(slots=True)
class Beeld:
    """Turns kilometres into units of the drawing for one cut-out of the country."""

    kader: Kader
    hoogte: float
    schaal: float = field(init=False)

    def __post_init__(self) -> None:
        self.schaal = BREEDTE / (self.kader[2] - self.kader[0])

    def xy(self, punt: tuple[float, float]) -> tuple[float, float]:
        return (punt[0] - self.kader[0]) * self.schaal, (self.kader[3] - punt[1]) * self.schaal

    @property
    def verplaatsing(self) -> str:
        schaal = self.schaal / 10
        x, y = -self.kader[0] * self.schaal, (self.kader[3] - BOVEN_KM) * self.schaal
        return f"translate({x:.2f} {y:.2f}) scale({schaal:.5f})"

    @property
    def is_heel_nederland(self) -> bool:
        return self.kader[2] - self.kader[0] > 200


@cache
def vormen() -> dict[str, Any]:
    return json.loads((GEGEVENS / "kaart.json").read_text(encoding="utf-8"))


@cache
def provincies() -> dict[str, tuple[str, str]]:
    return {rij["code"]: (rij["naam"], rij["slug"]) for rij in lees("provincies")}


@cache
def plaatsen() -> tuple[Label, ...]:
    """The places with a name on the map, the larger first, then the quarters of towns."""
    rijen = sorted(lees("plaatsen"), key=lambda rij: (rij["soort"] == "wijk", -int(rij["omvang"]), rij["naam"]))
    return tuple(
        Label(rij["naam"], *naar_rd(float(rij["breedtegraad"]), float(rij["lengtegraad"])), rij["soort"] == "wijk")
        for rij in rijen
    )


def maak_kader(punten: Sequence[Punt], zoekpunt: Punt | None, straal_km: float | None, verhouding: float) -> Kader:
    """The cut-out in kilometres that holds all points and the circle, in the wanted width : height."""
    hoeken = [tuple(punt) for punt in punten]
    if zoekpunt is not None:
        rand = straal_km or 0.0
        hoeken += [(zoekpunt[0] - rand, zoekpunt[1] - rand), (zoekpunt[0] + rand, zoekpunt[1] + rand)]
    if not hoeken:
        hoeken = [NEDERLAND[:2], NEDERLAND[2:]]
    links, onder = min(h[0] for h in hoeken), min(h[1] for h in hoeken)
    rechts, boven = max(h[0] for h in hoeken), max(h[1] for h in hoeken)
    breed = max(rechts - links, KLEINSTE_KM, (boven - onder) * verhouding, KLEINSTE_KM * verhouding)
    heel = max(NEDERLAND[2] - NEDERLAND[0], (NEDERLAND[3] - NEDERLAND[1]) * verhouding)
    if hoeken[0] != NEDERLAND[:2]:
        breed *= BREEDTE / (BREEDTE - 2 * MARGE)
    if breed > 0.62 * heel:
        links, onder, rechts, boven = NEDERLAND
        breed = heel
    midden_x, midden_y = (links + rechts) / 2, (onder + boven) / 2
    hoog = breed / verhouding
    return midden_x - breed / 2, midden_y - hoog / 2, midden_x + breed / 2, midden_y + hoog / 2


def _vorm(klasse: str, naam: str) -> str:
    """A shape of the land, drawn in the sprite of icons; its colours come from the class by inheritance."""
    return f'<use class="{klasse}" href="{static("icons/sprite.svg")}#land-{naam}"/>'


def land(beeld: Beeld, provincies_url: Callable[[str], str] | None, gekozen: str, *, buitenland: bool = True) -> str:
    """The provinces in sight, as links where the whole country is shown, and the lakes over them."""
    alle = vormen()
    buiten = "L".join(f"{x * 10} {(BOVEN_KM - y) * 10}" for x, y in BUITENLAND)
    delen = [f'<path class="kaart-buitenland" d="M{buiten}z"/>'] if buitenland else []
    x0, x1 = beeld.kader[0] * 10, beeld.kader[2] * 10
    y0, y1 = (BOVEN_KM - beeld.kader[3]) * 10, (BOVEN_KM - beeld.kader[1]) * 10
    for code, (naam, slug) in provincies().items():
        links, boven, rechts, onder = alle[code]["kader"]
        if rechts < x0 or links > x1 or onder < y0 or boven > y1:
            continue
        klasse = "kaart-provincie kaart-provincie--gekozen" if code == gekozen else "kaart-provincie"
        vorm = _vorm(klasse, code)
        if provincies_url and beeld.is_heel_nederland:
            adres = escape(provincies_url(slug))
            vorm = f'<a class="kaart-provincielink" href="{adres}" aria-label="{escape(naam)}">{vorm}</a>'
        delen.append(vorm)
    delen += [_vorm("kaart-water", "meren"), _vorm("kaart-rivier", "randmeren")]
    return f'<g transform="{beeld.verplaatsing}">{"".join(delen)}</g>'
