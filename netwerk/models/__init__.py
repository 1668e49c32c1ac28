"""What the networks of peers are made of."""

from netwerk.models.contact import Blokkade, Contact
from netwerk.models.gesprek import Gesprek, Gesprekslabel, Reactie
from netwerk.models.kennisgeving import Kennisgeving, Voorkeur
from netwerk.models.netwerk import Lidmaatschap, Netwerk
from netwerk.models.professional import VELDEN, Expertise, Interesse, Professional, professional_van
from netwerk.models.werkplek import Werkplek

__all__ = [
    "VELDEN",
    "Blokkade",
    "Contact",
    "Expertise",
    "Gesprek",
    "Gesprekslabel",
    "Interesse",
    "Kennisgeving",
    "Lidmaatschap",
    "Netwerk",
    "Professional",
    "Reactie",
    "Voorkeur",
    "Werkplek",
    "professional_van",
]
