"""A location as visitors may see it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from organisaties.keuzes import Toegankelijkheid
from organisaties.models import Locatie
from organisaties.weergave.vermelding.contact import e164, leesbaar
from organisaties.weergave.vermelding.tijden import Tijdenblok
from organisaties.weergave.vermelding.vastevraag import IEMAND, VasteVraag
from welzijnportal.geo.kaart import locatiekaart


@dataclass
class LocatieBlok:
    """A location as visitors may see it: of a confidential one the place, the phone and the hours alone."""

    titel: str
    straat: str
    postcode: str
    plaats: str
    is_geheim: bool
    telefoon: str
    telefoon_e164: str
    route_url: str
    toegankelijkheid: list[str]
    toelichting: str
    tijden: Tijdenblok
    kaart: SafeString | str
    pk: int = 0

    @property
    def toon_straat(self) -> bool:
        """Not under a heading that is the street already."""
        return bool(self.straat) and self.straat.casefold() != self.titel.casefold()


LOCATIES = VasteVraag("vermelding_locaties", lambda: Locatie.objects.filter(organisatie=IEMAND))


def route_url(locatie: Locatie) -> str:
    """Return the address of a route planner for an address that may be shown; '' for any other.

    It leads by the written address: the coordinates of most locations are the middle of their postcode area.
    """
    if locatie.is_geheim or not (locatie.straat or locatie.postcode):
        return ""
    return "https://www.openstreetmap.org/directions?" + urlencode({"to": f"{locatie.adresregel}, Nederland"})


def locatieblok(locatie: Locatie, tijden: Tijdenblok, *, is_eerste: bool) -> LocatieBlok:
    geheim = locatie.is_geheim
    # A name or directions may give a confidential address away as well as the street does.
    return LocatieBlok(
        titel=f"Geheim adres in {locatie.plaats}" if geheim else locatie.naam or locatie.straat or locatie.plaats,
        straat="" if geheim else locatie.straat,
        postcode="" if geheim else locatie.postcode,
        plaats=locatie.plaats,
        is_geheim=geheim,
        telefoon=leesbaar(locatie.telefoon),
        telefoon_e164=e164(locatie.telefoon),
        route_url=route_url(locatie),
        toegankelijkheid=[
            Toegankelijkheid(feit).label for feit in locatie.toegankelijkheid if feit in Toegankelijkheid
        ],
        toelichting="" if geheim else locatie.toelichting,
        tijden=tijden,
        # Where in the country it is, the first map says for all: a listing of three locations stays light.
        kaart=locatiekaart(locatie.punt, locatie.plaats, met_land=is_eerste) if locatie.punt and not geheim else "",
        pk=locatie.pk,
    )
