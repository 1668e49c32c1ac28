"""Uploaded pictures: decoded, turned upright, made smaller and written anew under a random name."""

import io
import secrets

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File

FORMATS = ["JPEG", "PNG", "WEBP"]
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000


def hercodeer(bestand: File, *, max_zijde: int = 1200) -> ContentFile:
    """Return the picture as a fresh PNG or JPEG with no metadata, at most ``max_zijde`` pixels wide or high.

    Raises ValidationError with a Dutch message for anything that is not a whole JPEG, PNG or WebP of at
    most 5 MB and 25 megapixels. Size and pixels are checked before decoding, against decompression bombs.
    """
    # Only at use: Pillow takes memory of every web worker, and few of them ever see a picture.
    from PIL import Image, ImageOps

    if bestand.size > MAX_BYTES:
        raise ValidationError("Deze afbeelding is te groot. Kies er een van hoogstens 5 MB.", code="te_groot")
    try:
        bestand.seek(0)
        with Image.open(bestand, formats=FORMATS) as beeld:
            if beeld.width * beeld.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            beeld.load()
            upright = ImageOps.exif_transpose(beeld)
            transparent = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            upright = upright.convert("RGBA" if transparent else "RGB")
            upright.thumbnail((max_zijde, max_zijde), Image.Resampling.LANCZOS)
            # A fresh canvas: nothing of the original file's chunks travels along.
            canvas = Image.new(upright.mode, upright.size)
            canvas.paste(upright)
            uit = io.BytesIO()
            if transparent:
                canvas.save(uit, "PNG", optimize=True)
            else:
                canvas.save(uit, "JPEG", quality=86, optimize=True, progressive=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fout:
        raise ValidationError(
            "Deze afbeelding heeft te veel beeldpunten. Maak haar eerst kleiner.", code="te_veel_beeldpunten"
        ) from fout
    except Exception as fout:
        raise ValidationError(
            "Dit bestand kunnen wij niet als afbeelding lezen. Kies een foto of logo als JPG, PNG of WebP.",
            code="geen_afbeelding",
        ) from fout
    return ContentFile(uit.getvalue(), name=f"{secrets.token_urlsafe(16)}.{'png' if transparent else 'jpg'}")
