"""Charts drawn on the server: columns as an SVG, and bars within a table. No script; colours come from the classes.

Every chart stands beside a table with the same numbers, so it is one picture to a screen reader, with what it shows
in words. A drawing is 360 units wide and scales with its box, so that its type stays readable on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

BREEDTE, HOOGTE = 360, 168
LINKS, BOVEN, ONDER = 34, 10, 24
# A number that is hidden because it is small is drawn as a stub of one height, whatever it is.
STOMP = 3.0


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column: what it is in full, what stands below it (or nothing), and how many; None is a hidden small number."""

    naam: str
    onderschrift: str
    aantal: int | None


def mooie_top(hoogste: int) -> int:
    """The end of the axis: the first of 10, 20, 30, 40, 60, 80, 100, 200, 300 … that holds the highest number."""
    tien = 10
    while True:
        for keer in (1, 2, 3, 4, 6, 8):
            if tien * keer >= hoogste:
                return tien * keer
        tien *= 10


def kolommen(punten: Sequence[Kolom], *, titel: str, klein: str, klasse: str = "") -> SafeString:
    """Draw columns over time. `titel` says what and when, `klein` what a hidden number is called."""
    top = mooie_top(max((punt.aantal or 0 for punt in punten), default=0))
    breed = (BREEDTE - LINKS) / max(len(punten), 1)
    bodem = HOOGTE - ONDER
    per_een = (bodem - BOVEN) / top
    delen = []
    for stap in (top, top // 2):
        y = bodem - stap * per_een
        delen.append(f'<path class="grafiek-lijn" d="M{LINKS} {y:.1f}H{BREEDTE}"/>')
        delen.append(f'<text x="{LINKS - 6}" y="{y + 4:.1f}" text-anchor="end">{_getal(stap)}</text>')
    delen.append(f'<text x="{LINKS - 6}" y="{bodem + 4}" text-anchor="end">0</text>')
    for nummer, punt in enumerate(punten):
        x = LINKS + nummer * breed
        hoog = STOMP if punt.aantal is None else punt.aantal * per_een
        soort = "grafiek-klein" if punt.aantal is None else f"grafiek-staaf {klasse}".strip()
        waarde = klein if punt.aantal is None else _getal(punt.aantal)
        delen.append(
            f'<g><title>{escape(punt.naam)}: {waarde}</title><rect class="{soort}" x="{x + breed * 0.14:.1f}"'
            f' y="{bodem - hoog:.1f}" width="{breed * 0.72:.1f}" height="{hoog:.1f}" rx="{min(2.0, hoog / 2):.1f}"/></g>'
        )
        if punt.onderschrift:
            midden = min(x + breed / 2, BREEDTE - 3.1 * len(punt.onderschrift))
            delen.append(
                f'<text x="{midden:.1f}" y="{HOOGTE - 7}" text-anchor="middle">{escape(punt.onderschrift)}</text>'
            )
    delen.append(f'<path class="grafiek-as" d="M{LINKS} {bodem}H{BREEDTE}"/>')
    return mark_safe(  # noqa: S308
        f'<svg class="grafiek" viewBox="0 0 {BREEDTE} {HOOGTE}" role="img" aria-label="{escape(_in_woorden(titel, punten, klein))}"'
        f' xmlns="http://www.w3.org/2000/svg">{"".join(delen)}</svg>'
    )


def balk(aantal: int | None, hoogste: int) -> SafeString:
    """A bar for a cell of a table that has the number in the next cell."""
    lang = 1.5 if aantal is None else max(1.5, 100 * aantal / max(hoogste, 1))
    return mark_safe(  # noqa: S308
        '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="is-track" width="100" height="8"/>'
        f'<rect width="{lang:.1f}" height="8"/></svg>'
    )


def _getal(getal: int) -> str:
    return f"{getal:,}".replace(",", ".")


def _in_woorden(titel: str, punten: Sequence[Kolom], klein: str) -> str:
    bekend = [punt for punt in punten if punt.aantal is not None]
    if not bekend:
        return f"{titel}. Overal {klein}."
    hoogste = max(bekend, key=lambda punt: punt.aantal or 0)
    return f"{titel}. Het meest bij {hoogste.naam}: {_getal(hoogste.aantal or 0)}. Alle getallen staan in de tabel."
