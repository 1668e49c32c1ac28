"""Builds static/icons/sprite.svg from Lucide's icons, so that a page needs one request for all of them."""

import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from welzijnportal.geo.laden import GEGEVENS

KOP = "<!-- Icons: Lucide (ISC, LICENSE-lucide.txt); drawings of our own: own/*.svg. Made by manage.py make_sprite. -->"


def maak_symbool(naam: str, svg: str) -> str:
    """Return a <symbol> with the drawing of one SVG file; colours come from the page."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    kop = re.search(r"<svg\b([^>]*)>(.*)</svg>", svg, flags=re.DOTALL)
    if kop is None:
        raise CommandError(f"{naam}: geen SVG.")
    viewbox = re.search(r'viewBox="([^"]+)"', kop[1])
    verhouding = re.search(r'(preserveAspectRatio="[^"]+")', kop[1])
    inhoud = re.sub(r">\s+<", "><", kop[2].strip()).replace(" />", "/>")
    extra = f" {verhouding[1]}" if verhouding else ""
    return f'<symbol id="{naam}" viewBox="{viewbox[1] if viewbox else "0 0 24 24"}"{extra}>{inhoud}</symbol>'


def landvormen() -> list[str]:
    """The provinces and the large water as paths: a map refers to them, or each would weigh seven kilobytes."""
    vormen = json.loads((GEGEVENS / "kaart.json").read_text(encoding="utf-8"))
    water = vormen.pop("water")
    paden = {code: vorm["d"] for code, vorm in vormen.items()}
    paden |= {"meren": water["ijsselmeer"] + water["markermeer"], "randmeren": water["randmeren"]}
    return [f'<path id="land-{naam}" vector-effect="non-scaling-stroke" d="{d}"/>' for naam, d in paden.items()]


class Command(BaseCommand):
    help = "Make static/icons/sprite.svg from the icons of the npm package lucide-static."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("map", type=Path, help="the folder icons/ of an unpacked lucide-static")

    def handle(self, *args: Any, **options: Any) -> None:
        doel = Path(settings.BASE_DIR) / "static" / "icons"
        namen = json.loads((doel / "iconen.json").read_text())
        symbolen = []
        for naam, lucide in sorted(namen.items()):
            bron = options["map"] / f"{lucide}.svg"
            if not bron.exists():
                raise CommandError(f"{naam}: lucide kent geen icoon {lucide}.")
            symbolen.append(maak_symbool(naam, bron.read_text()))
        symbolen += [maak_symbool(pad.stem, pad.read_text()) for pad in sorted((doel / "own").glob("*.svg"))]
        regels = "\n".join([*symbolen, *landvormen()])
        (doel / "sprite.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{KOP}\n{regels}\n</svg>\n')
        self.stdout.write(f"{len(symbolen)} symbolen in sprite.svg.")
