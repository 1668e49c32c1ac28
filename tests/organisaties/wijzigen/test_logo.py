import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from organisaties.models import (
    Organisatie,
)
from tests.organisaties.wijzigen.editor import pad

pytestmark = pytest.mark.django_db


def plaatje(formaat: str = "PNG", mode: str = "RGB", maat: tuple[int, int] = (60, 40), **opties: Any) -> bytes:
    uit = io.BytesIO()
    Image.new(mode, maat).save(uit, formaat, **opties)
    return uit.getvalue()


def upload(ik: Client, organisatie: Organisatie, inhoud: bytes, naam: str = "logo.png") -> Any:
    return ik.post(pad(organisatie, "logo/"), {"logo": SimpleUploadedFile(naam, inhoud)})


def gedraaid() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return plaatje("JPEG", exif=exif)


@pytest.mark.parametrize(
    ("inhoud", "maat"),
    [
        (plaatje(), (60, 40)),
        (plaatje("JPEG", "CMYK"), (60, 40)),
        (plaatje("WEBP", "RGBA"), (60, 40)),
        (gedraaid(), (40, 60)),
    ],
)
def test_goed_logo_wordt_opnieuw_gemaakt(
    ik: Client, organisatie: Organisatie, inhoud: bytes, maat: tuple[int, int]
) -> None:
    assert upload(ik, organisatie, inhoud).status_code == 302
    organisatie.refresh_from_db()
    with Image.open(organisatie.logo.path) as beeld:
        assert (beeld.size, beeld.mode in ("RGB", "RGBA"), beeld.format in ("PNG", "JPEG")) == (maat, True, True)
        assert not beeld.getexif()


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("polyglot.png", b"GIF89a/*<script>alert(1)</script>*/"),
        ("half.jpg", plaatje("JPEG", maat=(600, 600))[:400]),
        ("foto.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 200),
        ("bom.png", plaatje(maat=(6000, 6000))),
        ("script.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"),
        ("groot.png", plaatje() + b"\x00" * 6_000_000),
    ],
)
def test_slecht_logo_wordt_geweigerd(ik: Client, organisatie: Organisatie, naam: str, inhoud: bytes) -> None:
    response = upload(ik, organisatie, inhoud, naam)
    assert response.status_code == 200
    assert re.search(r"kunnen wij niet als afbeelding lezen|te groot|te veel beeldpunten", response.content.decode())
    organisatie.refresh_from_db()
    assert not organisatie.logo


def test_leeg_logo(ik: Client, organisatie: Organisatie) -> None:
    assert "Dit bestand is leeg" in upload(ik, organisatie, b"").content.decode()
    assert "Kies een bestand" in ik.post(pad(organisatie, "logo/")).content.decode()


def test_oud_logo_verdwijnt_van_de_schijf(ik: Client, organisatie: Organisatie) -> None:
    upload(ik, organisatie, plaatje())
    organisatie.refresh_from_db()
    oud = Path(organisatie.logo.path)
    assert oud.exists()
    upload(ik, organisatie, plaatje("JPEG"))
    organisatie.refresh_from_db()
    nieuw = Path(organisatie.logo.path)
    assert (oud.exists(), nieuw.exists()) == (False, True)
    ik.post(pad(organisatie, "logo/"), {"verwijderen": "on"})
    organisatie.refresh_from_db()
    assert (bool(organisatie.logo), nieuw.exists()) == (False, False)


def test_logo_blijft_staan_als_het_bewaren_mislukt(ik: Client, organisatie: Organisatie) -> None:
    upload(ik, organisatie, plaatje())
    organisatie.refresh_from_db()
    upload(ik, organisatie, b"geen plaatje")
    organisatie.refresh_from_db()
    assert Path(organisatie.logo.path).exists()
