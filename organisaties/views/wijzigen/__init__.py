"""The editor of a listing, for its beheerders and redacteurs."""

from organisaties.views.wijzigen.onderdelen import onderdeel, onderdeel_verwijderen
from organisaties.views.wijzigen.openingstijden import openingstijden
from organisaties.views.wijzigen.overzicht import insturen, intrekken, verzoek_intrekken, wijzigen
from organisaties.views.wijzigen.secties import sectie

__all__ = [
    "insturen",
    "intrekken",
    "onderdeel",
    "onderdeel_verwijderen",
    "openingstijden",
    "sectie",
    "verzoek_intrekken",
    "wijzigen",
]
