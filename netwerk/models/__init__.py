"""What the networks of peers are made of."""

from netwerk.models.bericht import Bericht, Berichtlabel, Berichtzicht, Waardering
from netwerk.models.contact import Blokkade, Contact
from netwerk.models.gesprek import Gesprek, Gesprekslabel, Reactie
from netwerk.models.gespreksdelen import Gesprekvolger, Hielp, Tekstversie
from netwerk.models.kennisgeving import Kennisgeving, Voorkeur
from netwerk.models.kennismaken import Contactuitnodiging, Introductie
from netwerk.models.netwerk import Lidmaatschap, Netwerk
from netwerk.models.post import Postbericht, Postdraad
from netwerk.models.praktijkkaart import Kaarthielp, Kaartlabel, Kaartschrijver, Kaartversie, Praktijkkaart
from netwerk.models.professional import VELDEN, Expertise, Interesse, Professional, professional_van
from netwerk.models.profielzoek import NietPassend, Profielzoek
from netwerk.models.signaal import Signaal
from netwerk.models.steun import Ledenexport, NetwerkSteun
from netwerk.models.uitnodiging import Netwerklink, Netwerkuitnodiging
from netwerk.models.volgen import Gedempt, Volgt
from netwerk.models.werkplek import Werkplek
from netwerk.models.weten import Rondvraag, Vraagverzoek

__all__ = [
    "VELDEN",
    "Bericht",
    "Berichtlabel",
    "Berichtzicht",
    "Blokkade",
    "Contact",
    "Contactuitnodiging",
    "Expertise",
    "Gedempt",
    "Gesprek",
    "Gesprekslabel",
    "Gesprekvolger",
    "Hielp",
    "Interesse",
    "Introductie",
    "Kaarthielp",
    "Kaartlabel",
    "Kaartschrijver",
    "Kaartversie",
    "Kennisgeving",
    "Ledenexport",
    "Lidmaatschap",
    "Netwerk",
    "NetwerkSteun",
    "Netwerklink",
    "Netwerkuitnodiging",
    "NietPassend",
    "Postbericht",
    "Postdraad",
    "Praktijkkaart",
    "Professional",
    "Profielzoek",
    "Reactie",
    "Rondvraag",
    "Signaal",
    "Tekstversie",
    "Volgt",
    "Voorkeur",
    "Vraagverzoek",
    "Waardering",
    "Werkplek",
    "professional_van",
]
