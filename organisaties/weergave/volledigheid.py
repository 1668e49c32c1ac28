"""How good a listing is, as plain advice to its beheerders: what would better it, and what that gives."""

from dataclasses import dataclass

from django.urls import reverse

from organisaties.kwaliteit import PUNTEN, VERSHEID_HOOGSTENS, score
from organisaties.models import Organisatie


@dataclass(frozen=True)
class Advies:
    """One thing to do, with the page on which it is done."""

    tekst: str
    uitleg: str
    punten: int
    url: str


@dataclass(frozen=True)
class Oordeel:
    """The points of a listing and what would add to them, most first."""

    totaal: int
    versheid: int
    volledigheid: int
    advies: list[Advies]


def oordeel(organisatie: Organisatie) -> Oordeel:
    """Weigh a listing whose parts were prefetched."""
    kwaliteit = score(organisatie)
    advies = [
        Advies(punt.tekst, punt.advies, punt.gewicht, _url(organisatie, punt.onderdeel))
        for punt in PUNTEN
        if punt.naam not in kwaliteit.gedaan
    ]
    if kwaliteit.versheid < VERSHEID_HOOGSTENS and organisatie.is_zichtbaar:
        tekort = VERSHEID_HOOGSTENS - kwaliteit.versheid
        advies.append(
            Advies("Zeg dat alles nog klopt", "Dan weten bezoekers dat zij op u kunnen bouwen.", tekort, "#bevestigen")
        )
    advies.sort(key=lambda een: -een.punten)
    return Oordeel(kwaliteit.totaal, kwaliteit.versheid, kwaliteit.volledigheid, advies)


def _url(organisatie: Organisatie, onderdeel: str) -> str:
    if onderdeel == "openingstijden":
        return "#locaties"
    naam = "toevoegen_onderdeel" if onderdeel in ("diensten", "locaties") else "wijzigen_sectie"
    return reverse(f"organisaties:{naam}", args=[organisatie.slug, onderdeel])
