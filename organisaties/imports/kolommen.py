"""Which column of a file means what: the many ways in which people name their columns."""

import re
import unicodedata
from dataclasses import dataclass

from welzijnportal.tabular import Rij, Tabel, TabelFout

# Of two columns that mean the same, the one whose spelling stands first here is read.
SPELLINGEN: dict[str, list[str]] = {
    "sleutel": [
        "id", "extern id", "externe sleutel", "external key", "external id", "sleutel", "key", "uuid", "referentie", "ref",
        "nummer", "nr", "code", "identifier",
    ],
    "naam": [
        "naam", "naam organisatie", "organisatienaam", "organisatie", "name", "organization", "organisation", "instelling",
        "naam instelling", "aanbieder", "bedrijfsnaam", "stichting", "titel",
    ],
    "aanbod": [
        "aanbod", "dienst", "diensten", "activiteit", "activiteiten", "wat", "service", "hulp", "hulpaanbod", "product",
        "naam dienst", "naam activiteit", "dienstverlening",
    ],
    "tekst": [
        "omschrijving", "beschrijving", "tekst", "uitleg", "toelichting", "description", "informatie", "over", "inhoud",
        "lange omschrijving",
    ],
    "kort": ["in het kort", "kort", "samenvatting", "korte omschrijving", "korte beschrijving", "intro"],
    "thema": ["thema", "themas", "thema's", "categorie", "categorieen", "rubriek", "onderwerp", "onderwerpen", "theme", "leefgebied"],
    "doelgroep": ["doelgroep", "doelgroepen", "voor wie", "target group", "bestemd voor"],
    "labels": ["stadsdeel", "stadsdelen", "wijk", "wijken", "buurt", "gebied", "stadsgebied", "labels", "label", "tags"],
    "straat": ["straat en huisnummer", "straat", "straatnaam", "adres", "bezoekadres", "address", "street"],
    "huisnummer": ["huisnummer", "huisnr", "nr huis", "house number"],
    "toevoeging": ["toevoeging", "huisnummertoevoeging", "huisletter"],
    "postcode": ["postcode", "pc", "pc6", "postal code", "zip", "zipcode"],
    "plaats": ["plaats", "woonplaats", "vestigingsplaats", "stad", "city", "plaatsnaam"],
    "telefoon": ["telefoon", "telefoonnummer", "tel", "tel nr", "telefoonnr", "phone", "mobiel", "bellen"],
    "email": ["e-mail", "email", "e-mailadres", "emailadres", "mail", "mailadres", "contact e-mail"],
    "website": ["website", "web", "url", "site", "webadres", "link", "internet", "homepage", "www"],
    "kvk_nummer": ["kvk", "kvk nummer", "kvknummer", "kvk nr", "kamer van koophandel", "coc"],
    "soort": ["soort", "soort organisatie", "rechtsvorm", "type", "organisatietype"],
    "ook_bekend_als": ["ook bekend als", "afkorting", "alias", "andere naam", "alternatieve naam"],
    "kosten": ["kosten", "prijs", "bijdrage", "eigen bijdrage", "tarief", "costs", "fee"],
}  # fmt: skip

NAMEN = {
    "sleutel": "sleutel",
    "naam": "naam van de organisatie",
    "aanbod": "wat men aanbiedt",
    "tekst": "beschrijving",
    "kort": "in het kort",
    "thema": "thema",
    "doelgroep": "doelgroep",
    "labels": "label (stadsdeel of wijk)",
    "straat": "straat",
    "huisnummer": "huisnummer",
    "toevoeging": "toevoeging bij het huisnummer",
    "postcode": "postcode",
    "plaats": "plaats",
    "telefoon": "telefoonnummer",
    "email": "e-mailadres",
    "website": "website",
    "kvk_nummer": "KvK-nummer",
    "soort": "soort organisatie",
    "ook_bekend_als": "ook bekend als",
    "kosten": "kosten",
}
# A title or a date may stand above the header.
KOP_ZOEKEN = 10


def vlak(tekst: str) -> str:
    """Return a text in lower case, without accents and signs, words apart by one space."""
    plat = unicodedata.normalize("NFKD", tekst.casefold())
    plat = "".join(teken for teken in plat if not unicodedata.combining(teken))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plat).split())


_VELD_VAN = {
    vlak(spelling).replace(" ", ""): (veld, rang)
    for veld, spellingen in SPELLINGEN.items()
    for rang, spelling in enumerate(spellingen)
}


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column of the file; ``veld`` is '' when it is not used."""

    kop: str
    veld: str

    @property
    def veldnaam(self) -> str:
        return NAMEN.get(self.veld, "")


@dataclass(frozen=True, slots=True)
class Indeling:
    """How the file's columns were understood, and its rows below the header."""

    kolommen: list[Kolom]
    rijen: list[Rij]

    @property
    def index(self) -> dict[str, int]:
        return {kolom.veld: nummer for nummer, kolom in enumerate(self.kolommen) if kolom.veld}

    def kop_van(self, veld: str) -> str:
        nummer = self.index.get(veld)
        return self.kolommen[nummer].kop if nummer is not None else veld


def deel_in(tabel: Tabel) -> Indeling:
    """Find the header row and say what each column means. Raises TabelFout when no column holds names."""
    kop, kolommen = vind_kop(tabel.rijen[:KOP_ZOEKEN])
    rijen = tabel.rijen[kop + 1 :]
    if not rijen:
        raise TabelFout("Onder de kop van de tabel staan geen rijen.")
    return Indeling(kolommen, rijen)


def vind_kop(rijen: list[Rij]) -> tuple[int, list[Kolom]]:
    """Return which of the first rows is the header, and its columns. Raises TabelFout when none holds names."""
    beste = max(range(len(rijen)), key=lambda n: (_punten(rijen[n]), -n))
    kolommen = _kolommen(rijen[beste])
    if not any(kolom.veld == "naam" for kolom in kolommen):
        gevonden = ", ".join(f"'{cel[:40]}'" for cel in rijen[0].cellen[:12] if cel) or "niets"
        raise TabelFout(
            "Er is geen kolom met de naam van de organisatie. Zet boven die kolom het woord 'naam'. "
            f"In de eerste rij staat: {gevonden}."
        )
    return beste, kolommen


def _punten(rij: Rij) -> int:
    return len({kolom.veld for kolom in _kolommen(rij) if kolom.veld})


def _kolommen(rij: Rij) -> list[Kolom]:
    gekozen: dict[str, tuple[int, int]] = {}
    for nummer, cel in enumerate(rij.cellen):
        veld, rang = _VELD_VAN.get(vlak(cel).replace(" ", ""), ("", 0))
        if veld and (veld not in gekozen or rang < gekozen[veld][0]):
            gekozen[veld] = (rang, nummer)
    veld_bij = {nummer: veld for veld, (_, nummer) in gekozen.items()}
    return [Kolom(" ".join(cel.split())[:80], veld_bij.get(nummer, "")) for nummer, cel in enumerate(rij.cellen)]
