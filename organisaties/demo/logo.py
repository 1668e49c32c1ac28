"""Logos of simple forms in the portal's colours, with the initials of an invented organisation."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFont

ZIJDE = 256
SCHAAL = 2
KLEUREN = [
    ("#0f4d4b", "#f4b183", "#fbf3e6"),
    ("#a8431f", "#fbe3d3", "#fffdf9"),
    ("#1c4f7c", "#dfebf6", "#fffdf9"),
    ("#25602f", "#e0efdc", "#fffdf9"),
    ("#774d00", "#fcecc4", "#fffdf9"),
    ("#6a2e5e", "#f3dcec", "#fffdf9"),
    ("#3f7472", "#dcebe5", "#fffdf9"),
    ("#d9622f", "#241d17", "#fffdf9"),
    ("#3d3a78", "#f4b183", "#fffdf9"),
]
LIDWOORDEN = {"de", "het", "van", "voor", "en", "na", "in", "stichting", "vereniging"}


def initialen(naam: str) -> str:
    woorden = [woord for woord in naam.replace("'", "").replace(",", "").split() if woord.lower() not in LIDWOORDEN]
    return "".join(woord[0] for woord in (woorden or [naam])[:2]).upper()


def maak_logo(naam: str) -> bytes:
    """A PNG of 256 by 256 pixels; the same for the same name."""
    toeval = Random(naam)  # noqa: S311
    donker, zacht, letter = toeval.choice(KLEUREN)
    z = ZIJDE * SCHAAL
    beeld = Image.new("RGB", (z, z), "#fffdf9")
    pen = ImageDraw.Draw(beeld)
    links = 0.5
    match toeval.randrange(6):
        case 0:
            pen.polygon([(z * 0.08, z * 0.42), (z * 0.5, z * 0.06), (z * 0.92, z * 0.42)], fill=zacht)
            pen.rounded_rectangle((z * 0.16, z * 0.36, z * 0.84, z * 0.92), z * 0.06, fill=donker)
            midden = 0.64
        case 1:
            pen.ellipse((z * 0.34, z * 0.06, z * 0.96, z * 0.68), fill=zacht)
            pen.ellipse((z * 0.06, z * 0.18, z * 0.8, z * 0.92), fill=donker)
            links, midden = 0.43, 0.55
        case 2:
            pen.rounded_rectangle((z * 0.06, z * 0.06, z * 0.94, z * 0.94), z * 0.2, fill=donker)
            pen.pieslice((z * 0.2, z * 0.64, z * 0.8, z * 1.24), 180, 360, fill=zacht)
            midden = 0.34
        case 3:
            pen.ellipse((z * 0.06, z * 0.06, z * 0.94, z * 0.94), fill=donker)
            for x, y in ((0.5, 0.16), (0.2, 0.34), (0.8, 0.34)):
                pen.ellipse((z * (x - 0.06), z * (y - 0.06), z * (x + 0.06), z * (y + 0.06)), fill=zacht)
            midden = 0.6
        case 4:
            pen.polygon(
                [(0.5 * z, 0.03 * z), (0.97 * z, 0.5 * z), (0.5 * z, 0.97 * z), (0.03 * z, 0.5 * z)], fill=donker
            )
            pen.line([(0.27 * z, 0.74 * z), (0.73 * z, 0.74 * z)], fill=zacht, width=z // 28)
            midden = 0.48
        case _:
            pen.rounded_rectangle((z * 0.06, z * 0.06, z * 0.94, z * 0.94), z * 0.16, fill=donker)
            roof = [(z * 0.22, z * 0.4), (z * 0.5, z * 0.18), (z * 0.78, z * 0.4)]
            pen.line(roof, fill=zacht, width=z // 16, joint="curve")
            midden = 0.64
    lettertype = ImageFont.load_default(size=z * (0.3 if len(initialen(naam)) > 1 else 0.38))
    pen.text((z * links, z * midden), initialen(naam), fill=letter, font=lettertype, anchor="mm")
    bestand = io.BytesIO()
    beeld.resize((ZIJDE, ZIJDE), Image.Resampling.LANCZOS).quantize(32).save(bestand, "PNG", optimize=False)
    return bestand.getvalue()
