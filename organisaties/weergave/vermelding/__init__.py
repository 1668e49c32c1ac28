"""A whole listing as a person sees it, and the words that other pages say of it too."""

from organisaties.weergave.vermelding.contact import ContactBlok, e164, leesbaar, telefoonnummer
from organisaties.weergave.vermelding.dienst import DienstBlok, kosten_in_woorden, leeftijd_in_woorden
from organisaties.weergave.vermelding.locatie import LocatieBlok, route_url
from organisaties.weergave.vermelding.pagina import organisatie_op, vermelding_context
from organisaties.weergave.vermelding.tijden import Tijdenblok, tijdenblok
from organisaties.weergave.vermelding.versheid import is_verouderd

__all__ = [
    "ContactBlok",
    "DienstBlok",
    "LocatieBlok",
    "Tijdenblok",
    "e164",
    "is_verouderd",
    "kosten_in_woorden",
    "leeftijd_in_woorden",
    "leesbaar",
    "organisatie_op",
    "route_url",
    "telefoonnummer",
    "tijdenblok",
    "vermelding_context",
]
