"""The picture that is shown where somebody shares a listing: 1200 by 630 pixels, name, one line and place.

The mark and the street come from the portal's own picture (static/img/delen.png); the words between are drawn in
the portal's letter, whose two files together have the Latin letters of Europe.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

# Pillow is loaded when something is drawn: it takes memory of every web worker, and proxies keep the pictures.
if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

# To be raised when the drawing changes, so that nobody keeps the old picture.
VORM = 1
_PAPIER, _ZACHT, _ABRIKOOS, _DIEP = "#fbf3e6", "#d5e6df", "#f4b183", "#0f4d4b"
_LINKS, _BREEDTE, _BOVEN, _ONDER = 75, 1050, 176, 474
_KLEUREN = 64
_LATIJN = (range(0x100), range(0x2000, 0x2070))
_LATIJN_LOS = frozenset({0x131, 0x152, 0x153, 0x2BB, 0x2BC, 0x2C6, 0x2DA, 0x2DC, 0x20AC, 0x2122})
_STERK, _GEWOON = 700, 450
type Letter = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Woorden:
    """What is written on the picture."""

    naam: str
    kort: str
    plaats: str

    @property
    def etag(self) -> str:
        return hashlib.sha256(repr((VORM, self)).encode()).hexdigest()[:32]


def teken(woorden: Woorden) -> bytes:
    """Return the picture as PNG; long names get smaller letters, then dots."""
    from PIL import Image, ImageDraw

    beeld = _ondergrond().copy()
    pen = ImageDraw.Draw(beeld)
    naam, maat = _passend(woorden.naam)
    regels = [(regel, _STERK, maat, _PAPIER) for regel in naam]
    kort = _breek(woorden.kort, _GEWOON, 36, 1 if len(naam) > 2 else 2)
    regels += [(regel, _GEWOON, 36, _ZACHT) for regel in kort]
    if woorden.plaats:
        regels += [(woorden.plaats, _STERK, 34, _ABRIKOOS)]
    hoogten = [_regelhoogte(maat) for _, _, maat, _ in regels]
    y = float(_BOVEN) + max(0, (_ONDER - _BOVEN - sum(hoogten)) / 3)
    for nummer, (tekst, gewicht, maat, kleur) in enumerate(regels):
        if nummer and kleur != regels[nummer - 1][3]:
            y += 12
        _schrijf(pen, (_LINKS, y), tekst, gewicht, maat, kleur)
        y += hoogten[nummer]
    uit = io.BytesIO()
    beeld.quantize(_KLEUREN, dither=Image.Dither.NONE).save(uit, "PNG", compress_level=6)
    return uit.getvalue()


@cache
def _ondergrond() -> "Image.Image":
    from PIL import Image, ImageDraw

    with Image.open(Path(settings.BASE_DIR) / "static" / "img" / "delen.png", formats=["PNG"]) as bron:
        beeld = bron.convert("RGB")
    ImageDraw.Draw(beeld).rectangle((0, _BOVEN - 6, beeld.width, _ONDER + 4), fill=_DIEP)
    return beeld


@lru_cache(maxsize=32)
def _letter(deel: str, gewicht: int, maat: int) -> Letter:
    from PIL import ImageFont

    pad = Path(settings.BASE_DIR) / "static" / "fonts" / f"atkinson-hyperlegible-next-{deel}-wght-normal.woff2"
    letter = ImageFont.truetype(str(pad), maat)
    letter.set_variation_by_axes([gewicht])
    return letter


def _regelhoogte(maat: int) -> float:
    return maat * 1.16


def _deel(teken: str) -> str:
    punt = ord(teken)
    return "latin" if punt in _LATIJN_LOS or any(punt in reeks for reeks in _LATIJN) else "latin-ext"


def _stukken(tekst: str, gewicht: int, maat: int) -> Iterator[tuple[str, Letter]]:
    """The text in runs of one font file each."""
    for deel, tekens in groupby(tekst, _deel):
        yield "".join(tekens), _letter(deel, gewicht, maat)


def _lengte(tekst: str, gewicht: int, maat: int) -> float:
    return sum(letter.getlength(stuk) for stuk, letter in _stukken(tekst, gewicht, maat))


def _schrijf(
    pen: "ImageDraw.ImageDraw", plek: tuple[float, float], tekst: str, gewicht: int, maat: int, kleur: str
) -> None:
    x, y = plek
    for stuk, letter in _stukken(tekst, gewicht, maat):
        # Both files on one base line, whatever their own heights say.
        pen.text((x, y + maat), stuk, font=letter, fill=kleur, anchor="ls")
        x += letter.getlength(stuk)


def _passend(naam: str) -> tuple[list[str], int]:
    """The name in the largest letters in which it takes three lines at most."""
    for maat, meeste in ((86, 2), (72, 2), (60, 3)):
        regels = _breek(naam, _STERK, maat, meeste + 1)
        if len(regels) <= meeste:
            return regels, maat
    return _breek(naam, _STERK, 50, 3), 50


def _breek(tekst: str, gewicht: int, maat: int, meeste: int) -> list[str]:
    """Break at spaces, and a word that is wider than a line anywhere; what is too much ends in dots."""
    regels: list[str] = []
    regel = ""
    for woord in _passende_woorden(tekst, gewicht, maat):
        langer = f"{regel} {woord}".strip()
        if regel and _lengte(langer, gewicht, maat) > _BREEDTE:
            regels.append(regel)
            regel = woord
        else:
            regel = langer
    regels += [regel] if regel else []
    if len(regels) > meeste:
        laatste = regels[meeste - 1]
        while laatste and _lengte(f"{laatste}…", gewicht, maat) > _BREEDTE:
            laatste = laatste[:-1]
        regels = [*regels[: meeste - 1], f"{laatste.rstrip(' ,.;:–-')}…"]
    return regels


def _passende_woorden(tekst: str, gewicht: int, maat: int) -> Iterator[str]:
    for woord in tekst.split():
        rest = woord
        while _lengte(rest, gewicht, maat) > _BREEDTE:
            knip = next(n for n in range(len(rest) - 1, 0, -1) if _lengte(rest[:n] + "-", gewicht, maat) <= _BREEDTE)
            yield rest[:knip] + "-"
            rest = rest[knip:]
        yield rest
