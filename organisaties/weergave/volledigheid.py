"""How complete a listing is, as plain advice to its beheerders."""

from dataclasses import dataclass

from organisaties.models import Organisatie


@dataclass(frozen=True)
class Punt:
    """One thing that makes a listing easier to find or to use."""

    onderdeel: str
    tekst: str
    advies: str
    is_gedaan: bool


def punten(organisatie: Organisatie) -> list[Punt]:
    """Return all points, those that help visitors most first."""
    diensten = list(organisatie.diensten.all())
    locaties = list(organisatie.locaties.all())
    heeft_adres = any(locatie.postcode or locatie.is_geheim for locatie in locaties)
    heeft_tijden = any(d.openingstijden.all() for d in diensten) or any(p.openingstijden.all() for p in locaties)
    return [
        Punt(
            "bereikbaarheid",
            "Een telefoonnummer",
            "Veel mensen bellen liever dan dat ze mailen.",
            bool(organisatie.telefoon),
        ),
        Punt("diensten", "Wat u aanbiedt", "Mensen zoeken op wat ze nodig hebben, niet op uw naam.", bool(diensten)),
        Punt("openingstijden", "Openingstijden", "Dan staat erbij of u nu open bent.", heeft_tijden),
        Punt(
            "locaties",
            "Een adres",
            "Dan kunnen mensen u vinden en zien ze hoe ver het is.",
            heeft_adres,
        ),
        Punt(
            "basis", "Een beschrijving", "Vertel wie u bent; daarin wordt ook gezocht.", bool(organisatie.tekst.strip())
        ),
        Punt("voor-wie", "Voor wie u er bent", "Dan vinden de juiste mensen u.", bool(organisatie.doelgroepen.all())),
        Punt("logo", "Een logo", "Mensen herkennen u sneller.", bool(organisatie.logo)),
        Punt("bereikbaarheid", "Een website", "Daar kunnen mensen meer lezen.", bool(organisatie.website)),
        Punt(
            "voor-wie", "Talen die u spreekt", "Wie weinig Nederlands spreekt, zoekt daarop.", bool(organisatie.talen)
        ),
    ]
