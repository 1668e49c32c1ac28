"""A listing as a vCard 4.0 (RFC 6350), to keep in a phone."""

import re
import uuid

from organisaties.models import Locatie, Organisatie
from welzijnportal.http import volledige_url

_REGEL_OCTETTEN = 75


def als_vcard(organisatie: Organisatie, locaties: list[Locatie]) -> str:
    """Return the card; a confidential location gives its phone number and nothing else."""
    adres = volledige_url(organisatie.get_absolute_url())
    regels = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "PRODID:-//Welzijnportal//NL",
        "KIND:org",
        # Stable when the name and with it the address changes, so that a phone updates instead of doubling.
        f"UID:urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, volledige_url(f'/organisaties/{organisatie.pk}'))}",
        f"REV:{organisatie.gewijzigd_op:%Y%m%dT%H%M%SZ}",
        f"SOURCE:{adres}vcard/",
        f"FN:{tekst(organisatie.naam)}",
        f"ORG:{tekst(organisatie.naam)}",
    ]
    if organisatie.ook_bekend_als:
        regels.append(f"NICKNAME:{tekst(organisatie.ook_bekend_als)}")
    nummers = [organisatie.telefoon, *(locatie.telefoon for locatie in locaties)]
    for nummer in dict.fromkeys(nummer.as_e164 for nummer in nummers if nummer):
        regels.append(f"TEL;VALUE=uri;TYPE=work,voice:tel:{nummer}")
    if organisatie.email:
        regels.append(f"EMAIL;TYPE=work:{tekst(organisatie.email)}")
    for locatie in locaties:
        if not locatie.is_geheim:
            delen = ["", "", locatie.straat, locatie.plaats, "", locatie.postcode, "Nederland"]
            regels.append(f"ADR;TYPE=work:{';'.join(tekst(deel) for deel in delen)}")
    if organisatie.website:
        regels.append(f"URL:{uri(organisatie.website)}")
    regels.append(f"URL:{adres}")
    if organisatie.kort:
        regels.append(f"NOTE:{tekst(organisatie.kort)}")
    regels.append("END:VCARD")
    return "".join(f"{gevouwen(regel)}\r\n" for regel in regels)


def tekst(waarde: str) -> str:
    """A text value: backslash, comma, semicolon and line breaks escaped (RFC 6350, 3.4)."""
    waarde = waarde.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return re.sub(r"\r\n|\r|\n", r"\\n", waarde)


def uri(waarde: str) -> str:
    return re.sub(r"\s", "", waarde)


def gevouwen(regel: str) -> str:
    """Fold a line at 75 octets, never inside a character (RFC 6350, 3.2)."""
    delen, deel, lengte = [], "", 0
    for teken in regel:
        octetten = len(teken.encode())
        if lengte + octetten > _REGEL_OCTETTEN:
            delen.append(deel)
            # The space that marks a continued line counts as well.
            deel, lengte = "", 1
        deel += teken
        lengte += octetten
    return "\r\n ".join([*delen, deel])
