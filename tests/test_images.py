"""Uploaded pictures: what is made of good ones, what is said of bad ones."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from welzijnportal.images import hercodeer


def _plaatje(vorm: str = "PNG", mode: str = "RGB", maat: tuple[int, int] = (60, 40), **opties: object) -> bytes:
    uit = io.BytesIO()
    Image.new(mode, maat, 0).save(uit, vorm, **opties)
    return uit.getvalue()


def _brok(soort: bytes, inhoud: bytes) -> bytes:
    return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))


def _png_met_tekstbom() -> bytes:
    bom = b"x\x00\x00" + zlib.compress(b"A" * 80_000_000)
    heel = _plaatje()
    return heel[:-12] + _brok(b"zTXt", bom) + heel[-12:]


def _open(bestand: ContentFile) -> Image.Image:
    return Image.open(io.BytesIO(bestand.read()))


@pytest.mark.parametrize(
    ("vorm", "mode"), [("PNG", "RGB"), ("JPEG", "RGB"), ("WEBP", "RGB"), ("JPEG", "CMYK"), ("PNG", "P")]
)
def test_hercodeer_makes_a_fresh_picture(vorm: str, mode: str) -> None:
    uit = hercodeer(ContentFile(_plaatje(vorm, mode), name="../../etc/foto.php"))
    assert "/" not in uit.name
    assert uit.name.endswith(".jpg")
    assert _open(uit).mode == "RGB"


def test_hercodeer_keeps_transparency() -> None:
    uit = hercodeer(ContentFile(_plaatje("PNG", "RGBA"), name="logo.png"))
    assert _open(uit).mode == "RGBA"


def test_hercodeer_turns_a_phone_photo_upright_and_drops_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "thuis bij Ann"
    uit = hercodeer(ContentFile(_plaatje("JPEG", exif=exif), name="foto.jpg"))
    beeld = _open(uit)
    assert beeld.size == (40, 60)
    assert not beeld.getexif()


def test_hercodeer_makes_large_pictures_smaller() -> None:
    assert max(_open(hercodeer(ContentFile(_plaatje("JPEG", maat=(3000, 1000)), name="f.jpg"))).size) == 1200


@pytest.mark.parametrize(
    "inhoud",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        _plaatje("JPEG", maat=(600, 400))[:900],
        _plaatje("GIF"),
        b"GIF89a<script>alert(1)</script>",
        b"\x00\x00\x00 ftypheic\x00\x00\x00\x00heicmif1" + b"\x00" * 64,
        _png_met_tekstbom(),
    ],
    ids=["leeg", "svg", "eps", "half", "gif", "polyglot", "heic", "tekstbom"],
)
def test_hercodeer_refuses_in_plain_dutch(inhoud: bytes) -> None:
    with pytest.raises(ValidationError, match="kunnen wij niet als afbeelding lezen"):
        hercodeer(ContentFile(inhoud, name="foto.jpg"))


def test_hercodeer_drops_what_is_glued_behind_a_picture() -> None:
    uit = hercodeer(ContentFile(_plaatje() + b"<?php system($_GET[0]); ?>", name="foto.png"))
    assert b"<?php" not in uit.read()


def test_hercodeer_refuses_too_many_pixels_before_decoding() -> None:
    with pytest.raises(ValidationError, match="te veel beeldpunten"):
        hercodeer(ContentFile(_plaatje("PNG", mode="1", maat=(13000, 13000)), name="groot.png"))


def test_hercodeer_refuses_too_many_bytes() -> None:
    with pytest.raises(ValidationError, match="te groot"):
        hercodeer(ContentFile(b"x" * (5 * 1024 * 1024 + 1), name="groot.jpg"))
