"""Identifiers of HSDS objects: UUIDs from which the row can be read back.

Version 8 (RFC 9562, section 5.8) leaves its bits to us: 32 for this portal, 16 for the kind of object, 16 that
tell objects of one row apart, 46 for the primary key. So no column and no table is needed, and a look-up by id
is a look-up by primary key.
"""

import hashlib
import re
import uuid
from enum import IntEnum
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings

_VERSIE, _VARIANT = 8, 2
_PK_BITS, _DEEL_BITS = 46, 16
# uuid.UUID() also takes braces, 'urn:uuid:' and digits without hyphens; the specification has one way of writing.
_VORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


class Sleutelsoort(IntEnum):
    """The kinds of objects. Numbers are for ever: a number that changes gives every such object another id."""

    ORGANISATIE = 1
    DIENST = 2
    LOCATIE = 3
    DIENST_OP_LOCATIE = 4
    TAXONOMIE = 5
    THEMA = 6
    DOELGROEP = 7
    ADRES = 10
    OPENINGSTIJD = 11
    UITZONDERING = 12
    CONTACTPERSOON = 13
    TELEFOON_ORGANISATIE = 14
    TELEFOON_LOCATIE = 15
    TELEFOON_CONTACTPERSOON = 16
    KVK = 17
    RSIN = 18
    WEBADRES_ORGANISATIE = 19
    WEBADRES_DIENST = 20
    TOEGANKELIJKHEID = 21
    KOSTEN = 22
    TAAL_DIENST = 23
    TAAL_LOCATIE = 24
    GEBIED_GEMEENTE = 25
    GEBIED_PROVINCIE = 26
    GEBIED_LAND = 27
    KENMERK_ORGANISATIE_THEMA = 28
    KENMERK_ORGANISATIE_DOELGROEP = 29
    KENMERK_DIENST_THEMA = 30
    KENMERK_DIENST_DOELGROEP = 31
    GEBIED_PLEK = 32


@cache
def _portaal(site_url: str) -> int:
    naam = urlsplit(site_url).hostname or ""
    return int.from_bytes(hashlib.sha256(f"hsds:{naam}".encode()).digest()[:4])


def maak_sleutel(soort: Sleutelsoort, pk: int, deel: int = 0) -> str:
    """Return the id of an object: its kind, the row that it comes from, and which object of that row."""
    getal = (
        _portaal(settings.SITE_URL) << 96
        | soort << 80
        | _VERSIE << 76
        | _VARIANT << 62
        | (deel % (1 << _DEEL_BITS)) << _PK_BITS
        | pk
    )
    return str(uuid.UUID(int=getal))


def lees_sleutel(tekst: str) -> tuple[Sleutelsoort, int] | None:
    """Return the kind and the primary key of an id; None for an id that this portal never gave.

    Raises ValueError for a text that is no UUID at all.
    """
    if not _VORM.fullmatch(tekst):
        raise ValueError(tekst)
    getal = uuid.UUID(tekst).int
    pk = getal & ((1 << _PK_BITS) - 1)
    try:
        soort = Sleutelsoort(getal >> 80 & 0xFFFF)
    except ValueError:
        return None
    deel = getal >> _PK_BITS & ((1 << _DEEL_BITS) - 1)
    return (soort, pk) if maak_sleutel(soort, pk, deel) == tekst.lower() else None


def taaldeel(code: str) -> int:
    """A number for a language code of two or three letters, the same for ever."""
    getal = 0
    for letter in code[:3]:
        getal = getal * 27 + (ord(letter) - 96) % 27
    return getal


def gebieddeel(code: str) -> int:
    """The digits of a CBS code: GM0363 gives 363."""
    return int(code[2:])
