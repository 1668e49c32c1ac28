"""The shapes of invented listings, before they are rows of a database."""

from dataclasses import dataclass, field
from decimal import Decimal

from organisaties.demo.weken import Slot, Uitzondering


@dataclass(frozen=True)
class Plek:
    """A postcode area in which an invented address may lie."""

    pc4: str
    plaats: str
    plaats_id: str
    omvang: int
    gemeente: str
    provincie: str
    breedtegraad: float
    lengtegraad: float


@dataclass
class Locatieplan:
    plek: Plek
    naam: str
    straat: str
    postcode: str
    breedtegraad: float
    lengtegraad: float
    telefoon: str
    toelichting: str
    toegankelijkheid: list[str]
    is_geheim: bool
    week: list[Slot]
    uitzonderingen: list[Uitzondering]


@dataclass
class Dienstplan:
    sleutel: str
    naam: str
    tekst: str
    themas: list[str]
    doelgroepen: list[str]
    aanmelden: list[str]
    is_gratis: bool
    kosten: str
    bedrag: Decimal | None
    wachttijd: str
    leeftijd: tuple[int | None, int | None]
    talen: list[str]
    week: list[Slot]


@dataclass
class Organisatieplan:
    soort: str
    naam: str
    slug: str
    rechtsvorm: str
    kort: str
    tekst: str
    themas: list[str]
    doelgroepen: list[str]
    labels: list[str]
    talen: list[str]
    werkgebied: str
    domein: str
    telefoon: str
    kvk_nummer: str
    opgericht_jaar: int
    contact: tuple[str, str]
    heeft_logo: bool
    locaties: list[Locatieplan] = field(default_factory=list)
    diensten: list[Dienstplan] = field(default_factory=list)
