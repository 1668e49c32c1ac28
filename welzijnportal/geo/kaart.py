"""The map: an inline SVG of the Netherlands made on the server, with the results of a search as numbered dots.

No tile server, no script, no inline style: colours and type sizes come from the classes `kaart-…`. Everything on
the map also stands in the list beside it. The drawing is 360 units wide and scales with its box, so that type
and dots stay readable on a phone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from itertools import combinations
from math import cos, hypot, sin

from django.utils.safestring import SafeString, mark_safe

from .beeld import BOVEN_KM, BREEDTE, Beeld, Kader, land, maak_kader, plaatsen, provincies, vormen
from .rd import Punt

STRAAL_STIP = 12.0
# Dots stand at least so far apart, and so far from the edge of the drawing; in so many rounds of pushing.
APART = 25.0
RAND = 15.0
RONDEN = 60
# A name is cut there, for it stands in full in the list.
NAAM_LANGST = 60
# Where the names of the provinces fit, in kilometres; a line break where the province is narrow.
PROVINCIENAMEN = {
    "PV20": (240, 585, "Groningen"),
    "PV21": (187, 572, "Fryslân"),
    "PV22": (239, 541, "Drenthe"),
    "PV23": (230, 494, "Overijssel"),
    "PV24": (166.5, 502, "Flevo-/land"),
    "PV25": (200, 455, "Gelderland"),
    "PV26": (142, 457, "Utrecht"),
    "PV27": (115, 510, "Noord-/Holland"),
    "PV28": (93, 448, "Zuid-/Holland"),
    "PV29": (44, 391, "Zeeland"),
    "PV30": (150, 395, "Noord-Brabant"),
    "PV31": (197, 362, "Limburg"),
}
# Where a name may stand: above, right, left or below its place, or beyond a dot that covers the place.
NAAST = (
    *((0, -7, "middle"), (7, 4, "start"), (-7, 4, "end"), (0, 16, "middle")),
    *((0, -18, "middle"), (18, 4, "start"), (-18, 4, "end"), (0, 28, "middle")),
)


@dataclass(frozen=True, slots=True)
class Kaartpunt:
    """A result: its number in the list, its name, where it is, and the address that its dot links to."""

    nummer: int
    naam: str
    punt: Punt
    url: str
    plaats: str = ""


def _regels(x: float, y: float, tekst: str, klasse: str) -> str:
    regels = tekst.split("/")
    if len(regels) == 1:
        return f'<text class="{klasse}" x="{x:.0f}" y="{y:.0f}">{escape(tekst)}</text>'
    delen = "".join(
        f'<tspan x="{x:.0f}" dy="{0 if i == 0 else 14}">{escape(regel)}</tspan>' for i, regel in enumerate(regels)
    )
    return f'<text class="{klasse}" x="{x:.0f}" y="{y:.0f}">{delen}</text>'


def _provincienamen(beeld: Beeld) -> str:
    return "".join(_regels(*beeld.xy((x, y)), naam, "kaart-provincienaam") for x, y, naam in PROVINCIENAMEN.values())


def _raakt(a: Kader, b: Kader) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def _plaatsnamen(beeld: Beeld, bezet: list[Kader], aantal: int) -> str:
    """Names of the largest places that fit beside the dots and each other."""
    delen: list[str] = []
    links_km, onder_km, rechts_km, boven_km = beeld.kader
    geplaatst = 0
    toon_wijken = rechts_km - links_km < 20
    for plaats in plaatsen():
        if geplaatst >= aantal or (plaats.is_wijk and not toon_wijken):
            break
        if not (links_km < plaats.x < rechts_km and onder_km < plaats.y < boven_km):
            continue
        x, y = beeld.xy((plaats.x, plaats.y))
        breed = 6.9 * len(plaats.naam) + 4
        stip = (x - 3, y - 3, x + 3, y + 3)
        for dx, dy, anker in NAAST:
            links = x + dx - (breed / 2 if anker == "middle" else breed if anker == "end" else 0)
            vak = (links, y + dy - 11, links + breed, y + dy + 3)
            if vak[0] < 2 or vak[2] > BREEDTE - 2 or vak[1] < 2 or vak[3] > beeld.hoogte - 2:
                continue
            is_ver = abs(dx) + abs(dy) > 16
            if any(_raakt(vak, ander) or (not is_ver and _raakt(stip, ander)) for ander in bezet):
                continue
            bezet += [vak] if is_ver else [vak, stip]
            klasse = "kaart-wijknaam" if plaats.is_wijk else "kaart-plaatsnaam"
            if not is_ver:
                delen.append(
                    f'<circle class="kaart-plaats" cx="{x:.1f}" cy="{y:.1f}" r="{1 if plaats.is_wijk else 2}"/>'
                )
            delen.append(
                f'<text class="{klasse}" x="{x + dx:.1f}" y="{y + dy:.1f}" text-anchor="{anker}">{escape(plaats.naam)}</text>'
            )
            geplaatst += 1
            break
    return "".join(delen)


def _gespreid(punten: Sequence[Kaartpunt], beeld: Beeld) -> list[tuple[float, float]]:
    """Where the dots stand: in place, or pushed aside just so far that every number can be read.

    Many places share the middle of a postcode area, so dots often start on top of each other; the golden angle
    gives each its own way out, the same at every visit.
    """
    plekken = [list(beeld.xy(punt.punt)) for punt in punten]
    for nummer, plek in enumerate(plekken):
        plek[0] += 0.01 * cos(2.39996 * nummer)
        plek[1] += 0.01 * sin(2.39996 * nummer)
    for _ in range(RONDEN):
        is_klaar = True
        for een, ander in combinations(plekken, 2):
            dx, dy = ander[0] - een[0], ander[1] - een[1]
            afstand = hypot(dx, dy)
            if afstand < APART:
                is_klaar = False
                duw = (APART + 0.2 - afstand) / 2 / afstand
                for plek, kant in ((een, -duw), (ander, duw)):
                    plek[0] += dx * kant
                    plek[1] += dy * kant
        for plek in plekken:
            plek[0] = min(max(plek[0], RAND), BREEDTE - RAND)
            plek[1] = min(max(plek[1], RAND), beeld.hoogte - RAND)
        if is_klaar:
            break
    return [(x, y) for x, y in plekken]


def _stip(x: float, y: float, punt: Kaartpunt, beeld: Beeld) -> str:
    echt_x, echt_y = beeld.xy(punt.punt)
    naam = punt.naam if len(punt.naam) <= NAAM_LANGST else f"{punt.naam[: NAAM_LANGST - 1].rstrip()}…"
    titel = escape(f"{punt.nummer}. {naam}" + (f", {punt.plaats}" if punt.plaats else ""))
    lijn = ""
    if hypot(x - echt_x, y - echt_y) > STRAAL_STIP:
        lijn = f'<path class="kaart-lijn" d="M{echt_x:.1f} {echt_y:.1f}L{x:.1f} {y:.1f}"/>'
    klasse = "kaart-nummer kaart-nummer--klein" if punt.nummer > 99 else "kaart-nummer"
    return (
        f'<a class="kaart-stip" href="{escape(punt.url)}" tabindex="-1"><title>{titel}</title>{lijn}'
        f'<circle class="kaart-punt" cx="{x:.1f}" cy="{y:.1f}" r="{STRAAL_STIP:.0f}"/>'
        f'<text class="{klasse}" x="{x:.1f}" y="{y + 4.3:.1f}">{punt.nummer}</text></a>'
    )


def _zoekgebied(beeld: Beeld, zoekpunt: Punt | None, straal_km: float | None) -> str:
    if zoekpunt is None:
        return ""
    x, y = beeld.xy(zoekpunt)
    cirkel = ""
    if straal_km:
        cirkel = f'<circle class="kaart-straal" cx="{x:.1f}" cy="{y:.1f}" r="{straal_km * beeld.schaal:.1f}"/>'
    return f'{cirkel}<path class="kaart-hier" d="M{x - 6:.1f} {y:.1f}h12M{x:.1f} {y - 6:.1f}v12"/>'


def _schaalbalk(beeld: Beeld) -> str:
    km = next((k for k in (100, 50, 20, 10, 5, 2, 1) if k * beeld.schaal <= 90), 1)
    y = beeld.hoogte - 10
    lang = km * beeld.schaal
    return (
        f'<path class="kaart-schaal" d="M10 {y - 4:.1f}v4h{lang:.1f}v-4"/>'
        f'<text class="kaart-schaaltekst" x="{14 + lang:.1f}" y="{y:.1f}">{km} km</text>'
    )


def _svg(inhoud: str, hoogte: float, label: str, klasse: str, rol: str) -> SafeString:
    return mark_safe(  # noqa: S308
        f'<svg class="{klasse}" viewBox="0 0 {BREEDTE} {hoogte:.0f}" role="{rol}" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{inhoud}</svg>'
    )


def kaart(
    punten: Sequence[Kaartpunt],
    *,
    zoekpunt: tuple[float, float] | None = None,
    straal_km: float | None = None,
    provincies_url: Callable[[str], str] | None = None,
    gekozen_provincie: str = "",
    breedte_verhouding: float = 0.84,
    label: str = "",
) -> SafeString:
    """The map of a page of results; without points or search point the whole country.

    `provincies_url` gives the address for a province's slug; the provinces are links while the whole country is
    shown. `gekozen_provincie` (CBS code) is coloured, and the map closes in on it when there are no points.
    `breedte_verhouding` is width through height.
    """
    hier = Punt(*zoekpunt) if zoekpunt is not None else None
    hoeken = [punt.punt for punt in punten]
    if not hoeken and hier is None and gekozen_provincie in provincies():
        links, boven, rechts, onder = (waarde / 10 for waarde in vormen()[gekozen_provincie]["kader"])
        hoeken = [Punt(links, BOVEN_KM - onder), Punt(rechts, BOVEN_KM - boven)]
    beeld = Beeld(maak_kader(hoeken, hier, straal_km, breedte_verhouding), BREEDTE / breedte_verhouding)
    stippen = _gespreid(punten, beeld)
    bezet = [(x - 15, y - 15, x + 15, y + 15) for x, y in stippen] + [(0.0, beeld.hoogte - 26, 150.0, beeld.hoogte)]
    if hier is not None:
        x, y = beeld.xy(hier)
        bezet.append((x - 8, y - 8, x + 8, y + 8))
    if beeld.is_heel_nederland and not punten and hier is None:
        namen = _provincienamen(beeld)
    else:
        namen = _plaatsnamen(beeld, bezet, 7 if beeld.is_heel_nederland else 11)
    delen = [
        land(beeld, provincies_url, gekozen_provincie),
        _zoekgebied(beeld, hier, straal_km),
        namen,
        "" if beeld.is_heel_nederland else _schaalbalk(beeld),
        *(_stip(x, y, punt, beeld) for (x, y), punt in reversed(list(zip(stippen, punten, strict=True)))),
    ]
    if not label:
        label = (
            "Kaart van Nederland"
            if not punten
            else f"Kaart met {len(punten)} {'plek' if len(punten) == 1 else 'plekken'} uit de lijst"
        )
    return _svg("".join(delen), beeld.hoogte, label, "kaart", "group" if punten or provincies_url else "img")


@cache
def _heel_land() -> tuple[Beeld, str]:
    """The whole country for the corner of a map, the same on every page."""
    heel = Beeld(maak_kader([], None, None, 0.84), BREEDTE / 0.84)
    return heel, land(heel, None, "", buitenland=False)


@lru_cache(maxsize=256)
def locatiekaart(punt: tuple[float, float], naam: str, *, straal_km: float = 4.0, met_land: bool = True) -> SafeString:
    """The map of one listing: its surroundings, and in the corner where that is in the country (``met_land``).

    For a confidential address pass the point of its place.
    """
    plek = Punt(*punt)
    beeld = Beeld(maak_kader([], plek, straal_km, 1.4), BREEDTE / 1.4)
    x, y = beeld.xy(plek)
    inzet = (BREEDTE - 86.0, 6.0, BREEDTE - 6.0, 101.0)
    bezet = [(x - 14, y - 26, x + 14, y + 6), (0.0, beeld.hoogte - 26, 150.0, beeld.hoogte)]
    bezet += [inzet] if met_land else []
    speld = (
        f'<path class="kaart-punt" d="M{x:.1f} {y:.1f}c-3-7-9.5-9.5-9.5-16a9.5 9.5 0 0 1 19 0c0 6.5-6.5 9-9.5 16z"/>'
        f'<circle class="kaart-oog" cx="{x:.1f}" cy="{y - 16:.1f}" r="3.5"/>'
    )
    heel, heel_land = _heel_land()
    heel_x, heel_y = heel.xy(plek)
    inzetkaart = (
        f'<rect class="kaart-inzet" x="{inzet[0]:.0f}" y="6" width="80" height="95" rx="8"/>'
        f'<g class="kaart-mini" transform="translate({inzet[0]:.0f} 6) scale({80 / BREEDTE:.4f})">{heel_land}'
        f'<circle class="kaart-punt" cx="{heel_x:.1f}" cy="{heel_y:.1f}" r="22"/></g>'
    )
    inhoud = land(beeld, None, "") + _plaatsnamen(beeld, bezet, 8) + _schaalbalk(beeld) + speld
    inhoud += inzetkaart if met_land else ""
    return _svg(inhoud, beeld.hoogte, f"Kaart van de omgeving van {naam}", "kaart", "img")
