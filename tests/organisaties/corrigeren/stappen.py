"""A correction, and what is sent to decide on it."""

from typing import Any

from organisaties.actions.corrigeren import (
    merk,
)
from organisaties.models import Correctie, Organisatie

BASIS = "/organisaties/de-linde/"


NIEUW = "+31205555555"


def maak_correctie(organisatie: Organisatie, **velden: Any) -> Correctie:
    velden = {"veld": "telefoon", "nieuwe_waarde": NIEUW, "oude_waarde": "+31201234567", **velden}
    return Correctie.objects.create(organisatie=organisatie, **velden)


def besluit(correctie: Correctie, wat: str, nu: str = "+31201234567", **velden: Any) -> dict[str, Any]:
    return {"pk": correctie.pk, "besluit": wat, "gezien": merk(nu), "waarde": correctie.nieuwe_waarde, **velden}
