"""The search engine: from what a person types to the listings that help."""

from organisaties.zoeken.opbouw import herbouw, ververs, verwijder
from organisaties.zoeken.vraag import Facetwaarde, Zoekresultaat, Zoekvraag

__all__ = ["Facetwaarde", "Zoekresultaat", "Zoekvraag", "herbouw", "ververs", "verwijder"]
