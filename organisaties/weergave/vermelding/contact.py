"""Phone numbers as people read and dial them, and the people to ask for."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from phonenumber_field.phonenumber import to_python

from organisaties.models import Contactpersoon, Organisatie
from organisaties.permissions import Wie, mag_contactveld_zien


@dataclass
class ContactBlok:
    naam: str
    functie: str
    email: str
    telefoon: str
    telefoon_e164: str


def leesbaar(telefoon: Any) -> str:
    """A phone number as people dial it in the Netherlands, or in international form when it is foreign."""
    if not telefoon:
        return ""
    return str(telefoon.as_national if telefoon.country_code == 31 else telefoon.as_international)


@lru_cache(maxsize=2048)
def telefoonnummer(tekst: str) -> tuple[str, str]:
    """(readable, E.164) of a number as the database holds it, which is E.164; ('', '') for none.

    Kept, because finding the pattern of a number takes longer than all the rest of a card.
    """
    nummer = to_python(tekst) if tekst else ""
    return leesbaar(nummer), e164(nummer)


def e164(telefoon: Any) -> str:
    return str(telefoon.as_e164) if telefoon else ""


def contactblokken(
    rijen: list[dict[str, str]], organisatie: Organisatie, gebruiker: Wie, *, hoort_erbij: bool
) -> list[ContactBlok]:
    """The people to ask for, each with the fields that may be seen; somebody without a visible field is left out."""
    blokken = []
    for rij in rijen:
        persoon = Contactpersoon(organisatie=organisatie, **rij)
        zichtbaar = {
            veld: getattr(persoon, veld)
            for veld in ("naam", "functie", "email", "telefoon")
            if mag_contactveld_zien(gebruiker, persoon, veld, hoort_erbij=hoort_erbij)
        }
        if any(zichtbaar.values()):
            telefoon = zichtbaar.get("telefoon", "")
            blokken.append(
                ContactBlok(
                    naam=zichtbaar.get("naam", ""),
                    functie=zichtbaar.get("functie", ""),
                    email=zichtbaar.get("email", ""),
                    telefoon=leesbaar(telefoon),
                    telefoon_e164=e164(telefoon),
                )
            )
    return blokken
