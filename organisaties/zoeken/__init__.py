"""The search engine: from what a person types to the listings that help."""

from organisaties.zoeken.herbouw import herbouw
from organisaties.zoeken.motor import zoek
from organisaties.zoeken.opbouw import ververs, verwijder
from organisaties.zoeken.suggesties import Suggestie, stel_voor
from organisaties.zoeken.vraag import MAXIMUM, Facetwaarde, Verbetering, Zoekresultaat, Zoekvraag

__all__ = [
    "MAXIMUM",
    "Facetwaarde",
    "Suggestie",
    "Verbetering",
    "Zoekresultaat",
    "Zoekvraag",
    "herbouw",
    "stel_voor",
    "ververs",
    "verwijder",
    "zoek",
]
