"""From text to words: one normal form for everything that is indexed or asked."""

import re
import unicodedata
from functools import lru_cache

from organisaties.zoeken.woordenlijst import stopwoorden

MAX_TEKENS = 200
MAX_WOORDEN = 12
MAX_INDEXTEKENS = 20_000

_WOORD = re.compile(r"[a-z0-9]+(?:['’\-][a-z0-9]+)*\+?")
_VERBINDING = re.compile(r"['’\-]")
_ADRES = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_BIJZONDER = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "`": "'", "´": "'", "‘": "'"}
)


def zonder_accenten(tekst: str) -> str:
    """Lower case without accents: 'Financiën' becomes 'financien', 'ĳs' becomes 'ijs'."""
    if tekst.isascii():
        return tekst.lower()
    tekst = unicodedata.normalize("NFKD", tekst.lower().translate(_BIJZONDER))
    return "".join(teken for teken in tekst if not unicodedata.combining(teken))


def naamsleutel(naam: str) -> str:
    """The key by which names are sorted and looked up."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", zonder_accenten(naam)).split())[:200]


def woorden(tekst: str) -> list[str]:
    """The words of a text in order. 'foto's' gives foto, 'ex-verslaafden' gives ex and verslaafden."""
    gevonden: list[str] = []
    for stuk in _WOORD.findall(_ADRES.sub(" ", zonder_accenten(tekst))):
        if stuk.isalnum():
            gevonden.append(stuk[:40])
            continue
        if stuk.endswith(("'s", "’s")):
            stuk = stuk[:-2]
        gevonden.extend(deel[:40] for deel in _VERBINDING.split(stuk.rstrip("+")) if deel)
    return gevonden


def zoekwoorden(tekst: str) -> list[str]:
    """The words of a question, cut to what a person may reasonably ask."""
    schoon = tekst[: MAX_TEKENS * 2].replace("\x00", " ")[:MAX_TEKENS]
    return woorden(schoon)[:MAX_WOORDEN]


@lru_cache(maxsize=4096)
def gewicht_van(woord: str) -> float:
    """How much a word says about a need: 0 for 'de' and for a loose letter or figure, a third for 'hulp', else 1."""
    return 0.0 if is_los_teken(woord) else stopwoorden().get(woord, 1.0)


def is_los_teken(woord: str) -> bool:
    """A letter, or a number of one or two figures: they stand in every text and mean nothing by themselves."""
    return len(woord) == 1 or (len(woord) == 2 and woord.isdigit())
