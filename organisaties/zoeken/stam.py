"""The base form of a Dutch word: 'kinderen' and 'kindje' belong to 'kind', 'danst' to 'dans'.

Snowball's Dutch stemmer misses common pairs and joins others wrongly, so suffix rules come first, and a
base counts only if the word list knows it. What no rule explains falls back on Snowball.
"""

from functools import lru_cache

import snowballstemmer

from organisaties.zoeken.woordenlijst import IS_WERKWOORD, KAN_EINDIGEN, woordsoorten

_snowball = snowballstemmer.stemmer("dutch_porter")

ONREGELMATIG = {
    "kinderen": "kind", "kinders": "kind", "steden": "stad", "schepen": "schip", "leden": "lid", "eieren": "ei",
    "kleren": "kleed", "kleding": "kleed", "liederen": "lied", "bladeren": "blad", "gaten": "gat", "dagen": "dag",
    "wegen": "weg", "bedden": "bed", "goederen": "goed", "raderen": "rad", "gelederen": "gelid", "lieden": "lied",
    "gegeten": "eet", "eten": "eet", "at": "eet", "gezwommen": "zwem", "hulp": "help", "hielp": "help",
    "geholpen": "help", "brood": "brood", "gesproken": "spreek", "sprak": "spreek", "geschreven": "schrijf",
    "schreef": "schrijf", "gelezen": "lees", "gegeven": "geef", "gaf": "geef", "gekocht": "koop", "kocht": "koop",
    "gedaan": "doe", "ging": "ga", "gaan": "ga", "ouders": "ouder", "ouderen": "oudere", "oudere": "oudere",
    "jongeren": "jongere", "jongere": "jongere", "financieel": "financie", "financiele": "financie",
    "financien": "financie", "lening": "leen", "leningen": "leen", "theaters": "theater", "gesprek": "gesprek",
    "gesprekken": "gesprek", "zieken": "ziek", "ziekte": "ziek", "verslaving": "verslaaf", "verslaafd": "verslaaf",
    "verslaafde": "verslaaf", "verslaafden": "verslaaf", "verslavingen": "verslaaf", "muzikaal": "muziek",
    "sportief": "sport", "sportieve": "sport", "gehandicapt": "handicap", "gehandicapten": "handicap",
    "gehandicapte": "handicap", "dementerend": "dementie", "dementerende": "dementie", "dementerenden": "dementie",
    "buren": "buur", "vrouwelijk": "vrouw", "vrouwelijke": "vrouw", "bejaarden": "bejaard", "bejaarde": "bejaard",
    "daklozen": "dakloos", "dakloze": "dakloos", "werklozen": "werkloos", "werkloze": "werkloos",
    "overleden": "overlijd", "overlijden": "overlijd", "koken": "kook", "gevlucht": "vlucht", "vluchteling": "vlucht",
    "vluchtelingen": "vlucht", "ruzies": "ruzie", "kinder": "kind", "rekening": "rekening", "rekeningen": "rekening",
    "uitje": "uitje", "uitjes": "uitje", "reken": "reken", "rekenen": "reken", "teken": "teken", "tekenen": "teken",
    "oefen": "oefen", "oefenen": "oefen", "oefening": "oefen", "oefeningen": "oefen", "open": "open",
    "keuken": "keuken", "wapen": "wapen", "regen": "regen", "haven": "haven", "oven": "oven", "kosten": "kost",
    "centra": "centrum", "musea": "museum", "beperkingen": "beperk", "meisje": "meid", "meisjes": "meid",
    "gescheiden": "scheid", "scheiding": "scheid", "scheidingen": "scheid",
}  # fmt: skip
_AFLEIDING = (
    ("isering", "iseer"),
    ("aties", "eer"),
    ("atie", "eer"),
    ("eren", "eer"),
    ("eert", "eer"),
    ("eerd", "eer"),
)
_VOORVOEGSELS = [
    "aan",
    "achter",
    "af",
    "be",
    "bij",
    "door",
    "in",
    "mee",
    "na",
    "om",
    "ont",
    "op",
    "over",
    "samen",
    "toe",
    "uit",
    "ver",
    "voor",
    "weg",
]
_KLINKERS = "aeiou"
MINIMUM = 3


@lru_cache(maxsize=20_000)
def stam(woord: str) -> str:
    """The base form under which all forms of a word meet; of a compound only its last part is bent."""
    vorm = woord
    for _ in range(3):
        volgende = _een_stap(vorm)
        if volgende == vorm:
            break
        vorm = volgende
    return vorm


def _een_stap(woord: str) -> str:
    if len(woord) <= MINIMUM or not woord.isalpha():
        return woord
    if woord in ONREGELMATIG:
        return ONREGELMATIG[woord]
    for uitgang, vervanger in _AFLEIDING:
        if uitgang == "eren" and woord[:-2] in woordsoorten():
            break
        if woord.endswith(uitgang) and len(woord) - len(uitgang) >= 4:
            return woord[: -len(uitgang)] + vervanger
    lijst = woordsoorten()
    if lijst.get(woord, 0) & IS_WERKWOORD and lijst.get(woord + "en", 0) & IS_WERKWOORD:
        return woord
    kandidaten = [kandidaat for kandidaat in _kandidaten(woord) if len(kandidaat) >= MINIMUM]
    is_bekend = woord in lijst
    for kandidaat in kandidaten:
        if kandidaat in lijst and not (is_bekend and woord.endswith("er")):
            return kandidaat
    if is_bekend:
        return woord
    hoofd = _hoofd(woord)
    if hoofd:
        return woord[: -len(hoofd)] + stam(hoofd)
    return woord if len(woord) < 6 else str(_snowball.stemWord(woord))


def _hoofd(woord: str) -> str:
    """The last word of a compound, which alone is bent: 'lessen' of 'zwemlessen'."""
    lijst = woordsoorten()
    for grens in range(3, len(woord) - 2):
        rest, begin = woord[grens:], woord[:grens]
        is_hoofd = lijst.get(rest, 0) & KAN_EINDIGEN or (rest != stam(rest) and lijst.get(stam(rest), 0) & KAN_EINDIGEN)
        if is_hoofd and (begin in lijst or begin.removesuffix("s") in lijst or begin.removesuffix("en") in lijst):
            return rest
    return ""


def _is_werkwoord(woord: str) -> bool:
    lijst = woordsoorten()
    if lijst.get(woord, 0) & IS_WERKWOORD:
        return True
    return any(woord.startswith(v) and lijst.get(woord[len(v) :], 0) & IS_WERKWOORD for v in _VOORVOEGSELS)


def _kandidaten(woord: str) -> list[str]:
    gevonden: list[str] = []
    for uitgang in ("jes", "je", "tjes", "tje", "pjes", "pje", "etjes", "etje"):
        if woord.endswith(uitgang):
            rest = woord[: -len(uitgang)]
            gevonden += [_enkel(rest)] if uitgang.startswith("e") else []
            gevonden += [rest, rest[:-1] + "ng" if rest.endswith("nk") else rest]
    if woord.endswith("heden"):
        gevonden.append(woord[:-5] + "heid")
    if woord.endswith("heid"):
        gevonden.append(woord[:-4])
    for uitgang in ("ingen", "ing"):
        if woord.endswith(uitgang):
            gevonden += [vorm for vorm in _lang(woord[: -len(uitgang)]) if _is_werkwoord(vorm)]
    if woord.endswith("en"):
        gevonden += _lang(woord[:-2])
    if woord.endswith("e"):
        gevonden += _lang(woord[:-1])
    if woord.endswith("er"):
        gevonden += _lang(woord[:-2])
    if woord.endswith("elijk") and len(woord) > 10:
        gevonden += [*_lang(woord[:-5]), woord[:-4]]
    if woord.endswith("ches"):
        gevonden.append(woord[:-2])
    if woord.endswith("s") and not woord.endswith(("ss", "is", "us")) and not woordsoorten().get(woord):
        gevonden.append(woord[:-1])
    if woord.startswith("ge") and woord.endswith(("t", "d")) and len(woord) > 6:
        gevonden += [vorm for vorm in (woord[2:-1], woord[2:]) if _is_werkwoord(vorm)]
    if woord.endswith("t") and not woordsoorten().get(woord, 0) & 3 and _is_werkwoord(woord[:-1]):
        gevonden.append(woord[:-1])
    return gevonden


def _enkel(rest: str) -> str:
    return rest[:-1] if len(rest) > 2 and rest[-1] == rest[-2] else rest


def _lang(rest: str) -> list[str]:
    """The closed syllable before -en or -e: 'less' to 'les', 'huiz' to 'huis', 'tal' to 'taal'."""
    if len(rest) < 2:
        return []
    if rest[-1] == rest[-2] and rest[-1] not in _KLINKERS:
        return [rest[:-1]]
    hard = {"z": "s", "v": "f"}.get(rest[-1], rest[-1])
    vormen = []
    if len(rest) > 2 and rest[-2] in "aeou" and rest[-3] not in "aeou" and rest[-1] not in _KLINKERS:
        vormen.append(rest[:-2] + rest[-2] * 2 + hard)
    elif len(rest) == 2 and rest[0] in "aeou":
        vormen.append(rest[0] * 2 + hard)
    vormen.append(rest[:-1] + hard)
    return vormen
