"""How good a listing is, from 0 to 100: how recently it was found right, and how much it tells.

The same for every listing, and nobody can buy or be given points. It weighs a little in the order of a list
(``zoeken.rij``), beheerders see in the editor what would better it, and /kwaliteit/ explains it to all. Pure: it
reads what was fetched with the listing. Time changes it only by ``Organisatie.versheidsstap``, which the cycle of
'klopt dit nog?' sets, and which refreshes the search row with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from organisaties.keuzes import Versheidsstap, Werkgebied
from organisaties.models import Dienst, Locatie, Organisatie

TEKST_MINSTENS = 80
VERSHEID_HOOGSTENS = 40


@dataclass(frozen=True, slots=True)
class Feiten:
    """What is needed to judge a listing, so that search and the editor can each give what they fetched."""

    organisatie: Organisatie
    diensten: list[Dienst]
    locaties: list[Locatie]
    heeft_tijden: bool
    heeft_doelgroepen: bool


@dataclass(frozen=True, slots=True)
class Punt:
    """One thing that makes a listing easier to find or to use, and what it gives."""

    naam: str
    onderdeel: str
    tekst: str
    advies: str
    gewicht: int
    is_gedaan: Callable[[Feiten], bool]


PUNTEN = (
    Punt(
        "aanbod", "diensten", "Wat u aanbiedt", "Mensen zoeken op wat ze nodig hebben, niet op uw naam.", 10,
        lambda feiten: bool(feiten.diensten),
    ),
    Punt(
        "telefoon", "bereikbaarheid", "Een telefoonnummer", "Veel mensen bellen liever dan dat ze mailen.", 8,
        lambda feiten: bool(feiten.organisatie.telefoon),
    ),
    Punt(
        "tijden", "openingstijden", "Openingstijden", "Dan staat erbij of u nu open bent.", 8,
        lambda feiten: feiten.heeft_tijden,
    ),
    Punt(
        "adres", "locaties", "Een adres", "Dan kunnen mensen u vinden en zien ze hoe ver het is.", 8,
        lambda feiten: feiten.organisatie.werkgebied == Werkgebied.LANDELIJK
        or any(locatie.postcode or locatie.is_geheim for locatie in feiten.locaties),
    ),
    Punt(
        "kort", "basis", "Eén zin over wat iemand bij u kan halen", "Die zin staat in elke lijst onder uw naam.", 6,
        lambda feiten: bool(feiten.organisatie.kort),
    ),
    Punt(
        "tekst", "basis", "Een beschrijving", "Vertel in een paar zinnen wie u bent; daarin wordt ook gezocht.", 6,
        lambda feiten: len(feiten.organisatie.tekst.strip()) > TEKST_MINSTENS,
    ),
    Punt(
        "voor-wie", "voor-wie", "Voor wie u er bent", "Dan vinden de juiste mensen u.", 4,
        lambda feiten: feiten.heeft_doelgroepen,
    ),
    Punt(
        "email", "bereikbaarheid", "Een e-mailadres", "Voor wie niet kan of durft te bellen.", 4,
        lambda feiten: bool(feiten.organisatie.email),
    ),
    Punt(
        "website", "bereikbaarheid", "Een website", "Daar kunnen mensen meer lezen.", 4,
        lambda feiten: bool(feiten.organisatie.website),
    ),
    Punt("logo", "logo", "Een logo", "Mensen herkennen u sneller.", 2, lambda feiten: bool(feiten.organisatie.logo)),
)  # fmt: skip
# Points for freshness by the step of the cycle; what its own people never confirmed has a quarter.
VERSHEID = {
    Versheidsstap.VERS: VERSHEID_HOOGSTENS,
    Versheidsstap.GEVRAAGD: VERSHEID_HOOGSTENS,
    Versheidsstap.HERINNERD: VERSHEID_HOOGSTENS,
    Versheidsstap.OPNIEUW_HERINNERD: VERSHEID_HOOGSTENS,
    Versheidsstap.VEROUDERD: 20,
}
NOOIT_BEVESTIGD = 10


@dataclass(frozen=True, slots=True)
class Kwaliteit:
    """The points of one listing."""

    versheid: int
    volledigheid: int
    gedaan: frozenset[str]

    @property
    def totaal(self) -> int:
        return self.versheid + self.volledigheid


def weeg(feiten: Feiten) -> Kwaliteit:
    gedaan = [punt for punt in PUNTEN if punt.is_gedaan(feiten)]
    return Kwaliteit(
        versheid=versheid(feiten.organisatie),
        volledigheid=sum(punt.gewicht for punt in gedaan),
        gedaan=frozenset(punt.naam for punt in gedaan),
    )


def score(organisatie: Organisatie) -> Kwaliteit:
    """Weigh a listing whose parts were prefetched; without that it asks for them."""
    diensten, locaties = list(organisatie.diensten.all()), list(organisatie.locaties.all())
    dragers: Iterable[Any] = [*locaties, *diensten]
    bronnen: Iterable[Any] = [organisatie, *diensten]
    return weeg(
        Feiten(
            organisatie,
            diensten,
            locaties,
            heeft_tijden=any(drager.openingstijden.all() for drager in dragers),
            heeft_doelgroepen=any(bron.doelgroepen.all() for bron in bronnen),
        )
    )


def versheid(organisatie: Organisatie) -> int:
    stap = Versheidsstap(organisatie.versheidsstap)
    punten = VERSHEID.get(stap, 0)
    return punten if organisatie.bevestigd_op else min(punten, NOOIT_BEVESTIGD)
