"""A person as a vCard 3.0 (RFC 2426) or 4.0 (RFC 6350), with the fields that the viewer may see."""

import uuid
from typing import Any

from organisaties.exports.vcard import gevouwen, tekst, uri
from welzijnportal.http import volledige_url

VERSIES = ("3.0", "4.0")


def als_vcard(mens: Any, professional: Any, versie: str) -> str:
    """Return the card of a ``weergave.mensen.Mens``; ValueError for a version that is none of ``VERSIES``.

    Lines end in CRLF and are folded at 75 octets. N has the whole name as the family name: what of a Dutch name is
    the family's cannot be told from the text, and a phone shows FN.
    """
    if versie not in VERSIES:
        raise ValueError(versie)
    is_vier = versie == "4.0"
    adres = volledige_url(mens.url)
    regels = [
        "BEGIN:VCARD",
        f"VERSION:{versie}",
        "PRODID:-//Welzijnportal//NL",
        *(["KIND:individual"] if is_vier else []),
        f"UID:urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, adres)}",
        f"REV:{professional.gewijzigd_op:%Y%m%dT%H%M%SZ}",
        f"FN:{tekst(mens.naam)}",
        f"N:{tekst(mens.naam)};;;;",
    ]
    if mens.functie:
        regels.append(f"TITLE:{tekst(mens.functie)}")
    if mens.werk:
        regels.append(f"ORG:{tekst(mens.werk[0].naam)}")
    if mens.telefoon:
        nummer = mens.telefoon.as_e164
        regels.append(f"TEL;VALUE=uri;TYPE=work,voice:tel:{nummer}" if is_vier else f"TEL;TYPE=WORK,VOICE:{nummer}")
    if mens.werkmail:
        regels.append(f"EMAIL;TYPE={'work' if is_vier else 'INTERNET,WORK'}:{tekst(mens.werkmail)}")
    if mens.plaats:
        regels.append(f"ADR;TYPE={'work' if is_vier else 'WORK'}:;;;{tekst(mens.plaats)};;;Nederland")
    for link in (mens.website, mens.linkedin, mens.mastodon):
        if link:
            regels.append(f"URL:{uri(link)}")
    regels.append(f"URL:{adres}")
    if mens.expertise:
        regels.append(f"CATEGORIES:{','.join(tekst(label) for label in mens.expertise)}")
    regels.append("END:VCARD")
    return "".join(f"{gevouwen(regel)}\r\n" for regel in regels)
