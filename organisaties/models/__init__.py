"""The directory: who offers help, what, where and when."""

from organisaties.models.beheer import Beheer, BeheerUitnodiging
from organisaties.models.bevestiging import Bevestiging, Versheidsdag
from organisaties.models.bijdragen import Aanmeldconcept, Melding, Wijzigingsverzoek
from organisaties.models.contactpersoon import Contactpersoon
from organisaties.models.correctie import Correctie
from organisaties.models.dienst import Dienst
from organisaties.models.dubbel import Dubbelpaar, Dubbelronde
from organisaties.models.importeren import Importopdracht, Importrij
from organisaties.models.lijst import Bladregel, Doorgeefblad, Doorgeeflijst, Doorgeefregel, Doorgeeftelling
from organisaties.models.locatie import Locatie
from organisaties.models.nietvermeld import NietVermelding
from organisaties.models.openingstijd import Openingstijd, Openingsuitzondering
from organisaties.models.organisatie import Organisatie, OrganisatieSlug, Statusstap
from organisaties.models.overname import Overname
from organisaties.models.partner import Verbinding
from organisaties.models.samenvoeging import Samenvoeging
from organisaties.models.taxonomie import Doelgroep, Synoniemgroep, Thema
from organisaties.models.telling import Aanbodtelling, Dagtelling, Telsoort, Woordtelling
from organisaties.models.volgen import Abonnement
from organisaties.models.voorspraak import Voorspraak
from organisaties.models.zoeken import Woord, Woordverschil, Zoekkaart, Zoekopening, Zoekpunt, Zoekrij, Zoekstand

__all__ = [
    "Aanbodtelling",
    "Aanmeldconcept",
    "Abonnement",
    "Beheer",
    "BeheerUitnodiging",
    "Bevestiging",
    "Bladregel",
    "Contactpersoon",
    "Correctie",
    "Dagtelling",
    "Dienst",
    "Doelgroep",
    "Doorgeefblad",
    "Doorgeeflijst",
    "Doorgeefregel",
    "Doorgeeftelling",
    "Dubbelpaar",
    "Dubbelronde",
    "Importopdracht",
    "Importrij",
    "Locatie",
    "Melding",
    "NietVermelding",
    "Openingstijd",
    "Openingsuitzondering",
    "Organisatie",
    "OrganisatieSlug",
    "Overname",
    "Samenvoeging",
    "Statusstap",
    "Synoniemgroep",
    "Telsoort",
    "Thema",
    "Verbinding",
    "Versheidsdag",
    "Voorspraak",
    "Wijzigingsverzoek",
    "Woord",
    "Woordtelling",
    "Woordverschil",
    "Zoekkaart",
    "Zoekopening",
    "Zoekpunt",
    "Zoekrij",
    "Zoekstand",
]
