"""The map of 'Welzijn in kaart': a dot for each municipality at its place, larger where there is more on offer.

There are no open outlines of municipalities, so a dot it is. Where the whole country is shown the dots of one size
are one path, and the provinces are links; of one province each dot is a link. All of it stands in the table beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from welzijnportal.geo.beeld import BOVEN_KM, BREEDTE, Beeld, land, maak_kader, provincies, vormen
from welzijnportal.geo.laden import lees
from welzijnportal.geo.rd import Punt, naar_rd

VERHOUDING = 0.84
# From so much on offer a dot is so large, in units of a drawing 360 wide; in one province it may be twice that.
GROOTTEN = ((1, 2.5), (5, 3.5), (20, 4.8), (100, 6.4))
WIT = 1.9
RAND_WIT = 0.9
VERGROTING = 1.8


@dataclass(frozen=True, slots=True)
class Gemeenteplek:
    """A municipality as the map knows it."""

    code: str
    naam: str
    slug: str
    provincie: str
    punt: Punt


@cache
def gemeenteplekken() -> dict[str, Gemeenteplek]:
    """All municipalities by CBS code in the order of their names, from the file that fills the database."""
    plekken = [
        Gemeenteplek(
            rij["code"],
            rij["naam"],
            rij["slug"],
            rij["provincie"],
            naar_rd(float(rij["breedtegraad"]), float(rij["lengtegraad"])),
        )
        for rij in lees("gemeenten")
    ]
    return {
        plek.code: plek for plek in sorted(plekken, key=lambda plek: plek.slug.removeprefix("s-").removeprefix("t-"))
    }


def groottestap(aantal: int) -> int:
    """0 for nothing on offer, else the number of the size."""
    return sum(aantal >= vanaf for vanaf, _ in GROOTTEN)


def landkaart(aantallen: Mapping[str, int], *, provincie_url: Callable[[str], str], label: str) -> SafeString:
    """The whole country; `aantallen` by CBS code, `provincie_url` gives the address for a province's slug."""
    beeld = Beeld(maak_kader([], None, None, VERHOUDING), BREEDTE / VERHOUDING)
    stappen: dict[int, list[str]] = {}
    for plek in gemeenteplekken().values():
        x, y = beeld.xy(plek.punt)
        stappen.setdefault(groottestap(aantallen.get(plek.code, 0)), []).append(f"M{x:.1f} {y:.1f}h0")
    stippen = []
    for stap, delen in sorted(stappen.items(), reverse=True):
        pad = "".join(delen)
        if stap:
            stippen.append(f'<path class="aanbod-stip" stroke-width="{2 * GROOTTEN[stap - 1][1]}" d="{pad}"/>')
        else:
            stippen.append(
                f'<path class="aanbod-wit" stroke-width="{2 * WIT}" d="{pad}"/>'
                f'<path class="aanbod-gat" stroke-width="{2 * (WIT - RAND_WIT):.1f}" d="{pad}"/>'
            )
    return _svg(land(beeld, provincie_url, "") + "".join(stippen), beeld.hoogte, label)


def provinciekaart(
    aantallen: Mapping[str, int],
    provincie: str,
    *,
    gemeente_url: Callable[[str], str],
    label: str,
    hier: str = "",
) -> SafeString:
    """One province (CBS code) with a link for each municipality; `hier` is the code of the one that the page is about."""
    links, boven, rechts, onder = (waarde / 10 for waarde in vormen()[provincie]["kader"])
    verhouding = min(max((rechts - links) / (onder - boven), 0.8), 1.3)
    hoeken = [Punt(links, BOVEN_KM - onder), Punt(rechts, BOVEN_KM - boven)]
    beeld = Beeld(maak_kader(hoeken, None, None, verhouding), BREEDTE / verhouding)
    binnen = [plek for plek in gemeenteplekken().values() if plek.provincie == provincie]
    # Small dots lie on top of large ones, and what has most gets its name first.
    volgorde = sorted(binnen, key=lambda plek: (plek.code == hier, aantallen.get(plek.code, 0)), reverse=True)
    stippen = [_stip(beeld, plek, aantallen.get(plek.code, 0), gemeente_url(plek.slug), hier) for plek in volgorde]
    inhoud = land(beeld, None, provincie) + "".join(stippen) + _namen(beeld, volgorde, aantallen)
    return _svg(inhoud, beeld.hoogte, label)


def _straal(aantal: int) -> float:
    return VERGROTING * (GROOTTEN[groottestap(aantal) - 1][1] if aantal else WIT)


def _stip(beeld: Beeld, plek: Gemeenteplek, aantal: int, url: str, hier: str) -> str:
    x, y = beeld.xy(plek.punt)
    titel = escape(f"{plek.naam}: {aantal or 'geen aanbod'}")
    klasse = "aanbod-rondje" if aantal else "aanbod-ring"
    rand = (
        f'<circle class="aanbod-hier" cx="{x:.1f}" cy="{y:.1f}" r="{_straal(aantal) + 4:.1f}"/>'
        if plek.code == hier
        else ""
    )
    return (
        f'<a class="aanbod-link" href="{escape(url)}" tabindex="-1" aria-label="{titel}"><title>{titel}</title>{rand}'
        f'<circle class="{klasse}" cx="{x:.1f}" cy="{y:.1f}" r="{_straal(aantal):.1f}"/></a>'
    )


def _namen(beeld: Beeld, plekken: list[Gemeenteplek], aantallen: Mapping[str, int], *, aantal: int = 12) -> str:
    """The names that fit above, right, left or below their dots without touching another name or dot."""
    bezet = []
    for plek in plekken:
        x, y = beeld.xy(plek.punt)
        straal = _straal(aantallen.get(plek.code, 0))
        bezet.append((x - straal, y - straal, x + straal, y + straal))
    delen: list[str] = []
    for plek in plekken:
        if len(delen) == aantal:
            break
        x, y = beeld.xy(plek.punt)
        ver = _straal(aantallen.get(plek.code, 0)) + 3
        breed = 6.3 * len(plek.naam) + 4
        for dx, dy, anker in ((0, -ver, "middle"), (ver, 4, "start"), (-ver, 4, "end"), (0, ver + 9, "middle")):
            links = x + dx - {"middle": breed / 2, "end": breed, "start": 0.0}[anker]
            vak = (links, y + dy - 10, links + breed, y + dy + 2)
            past = vak[0] > 2 and vak[2] < BREEDTE - 2 and vak[1] > 2 and vak[3] < beeld.hoogte - 2
            if past and not any(vak[0] < b[2] and vak[2] > b[0] and vak[1] < b[3] and vak[3] > b[1] for b in bezet):
                bezet.append(vak)
                delen.append(
                    f'<text class="kaart-plaatsnaam" x="{x + dx:.1f}" y="{y + dy:.1f}" text-anchor="{anker}">{escape(plek.naam)}</text>'
                )
                break
    return "".join(delen)


def _svg(inhoud: str, hoogte: float, label: str) -> SafeString:
    return mark_safe(  # noqa: S308
        f'<svg class="kaart aanbodkaart" viewBox="0 0 {BREEDTE} {hoogte:.0f}" role="group" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{inhoud}</svg>'
    )


__all__ = ["Gemeenteplek", "gemeenteplekken", "groottestap", "landkaart", "provinciekaart", "provincies"]
