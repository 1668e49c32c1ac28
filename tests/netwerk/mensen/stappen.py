"""A full profile of which each field can be found back."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from netwerk.actions.mensen.vindbaar import ververs_mensen
from netwerk.models import VELDEN, Professional
from tests.fabriek import (
    maak_organisatie,
    maak_professional,
    maak_werkplek,
)

GEHEIM = {
    "functie": "geheimfunctie", "biedt": "geheimbod", "zoekt": "geheimzoek", "tekst": "geheimtekst",
    "werkmail": "geheim@werk.example", "website": "https://geheimsite.example",
}  # fmt: skip


def maak_foto() -> SimpleUploadedFile:
    uit = io.BytesIO()
    Image.new("RGB", (80, 60), "#0f4d4b").save(uit, "PNG")
    return SimpleUploadedFile("foto.png", uit.getvalue(), content_type="image/png")


def alles_voor(niveau: int) -> dict[str, int]:
    return dict.fromkeys((*VELDEN.values(), "vindbaar_voor"), niveau)


def vol_profiel(niveau: int, **velden: Any) -> Professional:
    mens = maak_professional(**{**GEHEIM, **alles_voor(niveau), **velden})
    mens.expertise.set(["geheimkennis"])
    mens.interesses.set(["geheimleren"])
    maak_werkplek(mens, maak_organisatie(naam="Geheime Werkgever"))
    ververs_mensen([mens.pk])
    return mens
