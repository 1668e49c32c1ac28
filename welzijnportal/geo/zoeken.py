"""From what a person types in the field 'Waar?' to a place on the ground.

Reads the committed CSVs once per process (some 4 MB) and asks the database nothing: a look-up takes microseconds.
The same CSVs fill the database, so every slug and code given here exists there too.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from .laden import lees
from .rd import Punt, naar_rd, zoeksleutel

MAX_TEKENS = 100
PROVINCIE_KORT = {
    "PV20": "gr gn gron",
    "PV21": "fr frl friesland frysln",
    "PV22": "dr dn",
    "PV23": "ov o",
    "PV24": "fl flev",
    "PV25": "gld gd g gelre",
    "PV26": "ut u utr",
    "PV27": "nh noordholland",
    "PV28": "zh zuidholland",
    "PV29": "z zl zld",
    "PV30": "nb brabant nbr",
    "PV31": "l li lb lim",
}
VOORWOORD = re.compile(
    r"^(?:(?:in|bij|te|uit|omgeving|regio|rond|rondom|nabij|stad|dorp|van|de stad|het dorp)\s+)+", re.IGNORECASE
)
SOORTWOORD = re.compile(r"^(gemeente|gem\.?|provincie|prov\.?)\s+(?=\S)", re.IGNORECASE)
POSTCODE = re.compile(r"^\s*([1-9][0-9]{3})(?![0-9])\s*(?:[A-Za-z]{2}(?![A-Za-z]))?")
ACHTERVOEGSEL = re.compile(r"[\s,]+(nederland|nl|holland|centrum|the netherlands)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plek:
    """A place that was meant. `naam` is written out ('Hengelo (Gelderland)') and finds this place again.

    `soort` is 'postcode', 'woonplaats', 'wijk', 'gemeente' or 'provincie'. With a province one filters on
    `provincie_code`, with the others on the distance to `punt`. `is_gok` means that the text was not found
    as typed, so that the page says where it looked ('We zochten in Amsterdam'). Codes are '' where unknown.
    """

    naam: str
    soort: str
    punt: Punt
    gemeente_code: str = ""
    provincie_code: str = ""
    plaats_slug: str = ""
    postcode: str = ""
    is_gok: bool = False
    alternatieven: tuple["Plek", ...] = ()


@dataclass(frozen=True, slots=True)
class Aanvulling:
    """What a postcode says of an address. The municipality is a proposal where `gemeente_is_voorstel`."""

    plaats: str
    plaats_slug: str
    gemeente_code: str
    gemeente: str
    gemeente_is_voorstel: bool
    provincie_code: str
    punt: Punt


class _Ingang(NamedTuple):
    plek: Plek
    gewicht: float


class _Register(NamedTuple):
    op_sleutel: dict[str, tuple[_Ingang, ...]]
    sleutels: list[str]
    letters: list[int]
    op_slug: dict[str, _Ingang]
    postcodes: dict[str, tuple[str, str, bool, Punt]]
    gemeenten: dict[str, Plek]
    bepalingen: dict[str, str]


def _letters(sleutel: str) -> int:
    masker = 0
    for teken in sleutel:
        masker |= 1 << (ord(teken) & 63)
    return masker


@cache
def _register() -> _Register:
    op_sleutel: dict[str, list[_Ingang]] = defaultdict(list)
    op_slug: dict[str, _Ingang] = {}
    bepalingen: dict[str, str] = {}

    def voeg_toe(naam: str, ingang: _Ingang) -> None:
        lijst = op_sleutel[zoeksleutel(naam)]
        if ingang not in lijst:
            lijst.append(ingang)

    bij_provincie: dict[str, list[Punt]] = defaultdict(list)
    eigen_plaats = set()
    gemeentenaam = {rij["code"]: rij["naam"] for rij in lees("gemeenten")}
    for rij in lees("plaatsen"):
        punt = naar_rd(float(rij["breedtegraad"]), float(rij["lengtegraad"]))
        plek = Plek(rij["weergavenaam"], rij["soort"], punt, rij["gemeente"], rij["provincie"], rij["slug"])
        ingang = _Ingang(plek, float(rij["omvang"]))
        op_slug[rij["slug"]] = ingang
        bij_provincie[rij["provincie"]].append(punt)
        voeg_toe(rij["naam"], ingang)
        voeg_toe(rij["weergavenaam"], ingang)
        if zoeksleutel(rij["naam"]) == zoeksleutel(_kaal(gemeentenaam[rij["gemeente"]])):
            eigen_plaats.add(rij["gemeente"])
    for rij in lees("plaatsnamen"):
        voeg_toe(rij["naam"], op_slug[rij["plaats"]])
        if rij["naam"] == "'s-Gravenhage":
            eigen_plaats.add(op_slug[rij["plaats"]].plek.gemeente_code)
    gemeenten = {}
    for rij in lees("gemeenten"):
        punt = naar_rd(float(rij["breedtegraad"]), float(rij["lengtegraad"]))
        gemeenten[rij["code"]] = plek = Plek(rij["naam"], "gemeente", punt, rij["code"], rij["provincie"])
        bepalingen[zoeksleutel(rij["naam"])] = rij["code"]
        if rij["code"] not in eigen_plaats:
            voeg_toe(rij["naam"], _Ingang(plek, 3.5))
        voeg_toe(f"gemeente {rij['naam']}", _Ingang(replace(plek, naam=f"gemeente {_kaal(rij['naam'])}"), 3.5))
        voeg_toe(f"gemeente {_kaal(rij['naam'])}", _Ingang(replace(plek, naam=f"gemeente {rij['naam']}"), 3.5))
    for rij in lees("provincies"):
        punten = bij_provincie[rij["code"]]
        midden = Punt(sum(p.x for p in punten) / len(punten), sum(p.y for p in punten) / len(punten))
        ingang = _Ingang(Plek(f"provincie {rij['naam']}", "provincie", midden, "", rij["code"]), 5.5)
        namen = [rij["naam"], *(woord for woord in PROVINCIE_KORT[rij["code"]].split() if len(woord) > 5)]
        for naam in namen:
            voeg_toe(naam, ingang)
            voeg_toe(f"provincie {naam}", ingang)
        for woord in [rij["naam"], *PROVINCIE_KORT[rij["code"]].split()]:
            bepalingen[zoeksleutel(woord)] = rij["code"]
    postcodes = {
        rij["pc4"]: (
            rij["plaats"],
            rij["gemeente"],
            rij["gemeente_is_voorstel"] == "1",
            naar_rd(float(rij["breedtegraad"]), float(rij["lengtegraad"])),
        )
        for rij in lees("postcodes")
    }
    sleutels = sorted(op_sleutel)
    vast = {sleutel: tuple(sorted(rij, key=_volgorde)) for sleutel, rij in op_sleutel.items()}
    return _Register(vast, sleutels, [_letters(s) for s in sleutels], op_slug, postcodes, gemeenten, bepalingen)


def _volgorde(ingang: _Ingang) -> tuple[float, str]:
    return -ingang.gewicht, ingang.plek.naam


def _kaal(naam: str) -> str:
    return re.sub(r" \(.*", "", naam)


def _postcode(pc4: str) -> Plek | None:
    """The area of these digits; a postcode for P.O. boxes has none of its own and gets its neighbour's."""
    register = _register()
    dichtbij = pc4 if pc4 in register.postcodes else None
    for stap in range(1, 13):
        for buur in (int(pc4) + stap, int(pc4) - stap):
            dichtbij = dichtbij or (str(buur) if str(buur) in register.postcodes else None)
    if dichtbij is None:
        return None
    plaats, gemeente, _, punt = register.postcodes[dichtbij]
    plek = register.op_slug[plaats].plek
    return Plek(
        f"{pc4} {_kaal(plek.naam)}", "postcode", punt, gemeente, plek.provincie_code, plaats, pc4, dichtbij != pc4
    )


def _met_bepaling(hoofd: str, bepaling: str) -> list[_Ingang]:
    """The places named `hoofd` in the municipality or province `bepaling`; nothing when either is unknown."""
    register = _register()
    sleutel = zoeksleutel(re.sub(SOORTWOORD, "", bepaling.strip(" ().")))
    ingangen = register.op_sleutel.get(zoeksleutel(hoofd), ())
    code = register.bepalingen.get(sleutel)
    codes = {code} if code else set()
    codes |= {ingang.plek.gemeente_code for ingang in register.op_sleutel.get(sleutel, ()) if ingang.gewicht >= 1}
    return [i for i in ingangen if codes & {i.plek.gemeente_code, i.plek.provincie_code} - {""}]


def _zoek_exact(tekst: str) -> tuple[list[_Ingang], bool]:
    """Entries for a text as typed, and whether part of it had to be ignored."""
    register = _register()
    sleutel = zoeksleutel(tekst)
    if raak := register.op_sleutel.get(sleutel):
        return list(raak), False
    woorden = tekst.replace(",", " ").replace("(", " (").split()
    for deel in (",", "("):
        hoofd, _, bepaling = tekst.partition(deel)
        if bepaling and (gevonden := _met_bepaling(hoofd, bepaling)):
            return gevonden, False
    for aantal in (1, 2, 3):
        if len(woorden) > aantal and (
            gevonden := _met_bepaling(" ".join(woorden[:-aantal]), " ".join(woorden[-aantal:]))
        ):
            return gevonden, False
    for deel in reversed([deel for deel in re.split(r"[,()]", tekst) if deel.strip()][:4]):
        if raak := register.op_sleutel.get(zoeksleutel(deel)):
            return list(raak), True
    for aantal in range(min(len(woorden) - 1, 4), 0, -1):
        for stuk in (woorden[:aantal], woorden[-aantal:]):
            raak = register.op_sleutel.get(zoeksleutel(" ".join(stuk)))
            if raak and len(zoeksleutel(" ".join(stuk))) > 3:
                return list(raak), True
    return [], False


def _afstand(a: str, b: str, hoogstens: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) from a to b; more than `hoogstens` ends the count."""
    vorige2: list[int] = []
    vorige = list(range(len(b) + 1))
    for i, teken in enumerate(a, 1):
        rij = [i]
        for j, ander in enumerate(b, 1):
            kosten = min(vorige[j] + 1, rij[-1] + 1, vorige[j - 1] + (teken != ander))
            if i > 1 and j > 1 and teken == b[j - 2] and a[i - 2] == ander:
                kosten = min(kosten, vorige2[j - 2] + 1)
            rij.append(kosten)
        if min(rij) > hoogstens:
            return hoogstens + 1
        vorige2, vorige = vorige, rij
    return vorige[-1]


def _zoek_tikfout(tekst: str) -> list[_Ingang]:
    """The nearest names: one edit from four letters on, two from eight. Short texts and digits stay unknown."""
    register = _register()
    sleutel = zoeksleutel(tekst)
    if not 4 <= len(sleutel) <= 40 or sleutel.isdigit():
        return []
    hoogstens = 1 if len(sleutel) < 8 else 2
    masker = _letters(sleutel)
    gevonden = []
    for kandidaat, letters in zip(register.sleutels, register.letters, strict=True):
        if (letters ^ masker).bit_count() <= 2 * hoogstens and abs(len(kandidaat) - len(sleutel)) <= hoogstens:
            afstand = _afstand(sleutel, kandidaat, hoogstens)
            if afstand <= hoogstens:
                eerste = register.op_sleutel[kandidaat]
                gevonden.append((afstand, kandidaat[0] != sleutel[0], -eerste[0].gewicht, kandidaat, eerste))
    gevonden.sort()
    return [ingang for *_, ingangen in gevonden[:4] for ingang in ingangen]


def _schoon(tekst: str | None) -> str:
    schoon = re.sub(r"[\s\x00-\x1f\x7f]+", " ", (tekst or "")[:MAX_TEKENS]).strip(" ,.;")
    if zoeksleutel(schoon) in _register().op_sleutel:
        return schoon
    return re.sub(ACHTERVOEGSEL, "", re.sub(VOORWOORD, "", schoon)) or schoon


@lru_cache(maxsize=1024)
def _kandidaten(tekst: str) -> tuple[Plek, ...]:
    if postcode := POSTCODE.match(tekst):
        plek = _postcode(postcode[1])
        return (plek,) if plek else ()
    if not zoeksleutel(tekst):
        return ()
    ingangen, is_gok = _zoek_exact(tekst)
    if not ingangen and SOORTWOORD.match(tekst):
        ingangen, is_gok = _zoek_exact(re.sub(SOORTWOORD, "", tekst))
    if not ingangen:
        ingangen, is_gok = _zoek_tikfout(tekst), True
    gezien: dict[tuple[str, str, str], Plek] = {}
    for ingang in ingangen:
        plek = ingang.plek
        gezien.setdefault((plek.plaats_slug, plek.gemeente_code, plek.provincie_code), replace(plek, is_gok=is_gok))
    return tuple(gezien.values())


def kandidaten(tekst: str | None) -> list[Plek]:
    """All places that the text can mean, the likeliest first; without `alternatieven` of their own."""
    return list(_kandidaten(_schoon(tekst)))


def vind_plek(tekst: str | None) -> Plek | None:
    """The place that is meant by a postcode or the name of a place, quarter, municipality or province.

    Understands '1097', '1097sc', 'Den Haag', 'Hengelo' (the larger one; the other is an alternative), 'Bergen
    (NH)', 'Bergen Limburg', 'gemeente Ede', 'Dam 1, Amsterdam' and small typing errors. None when unknown;
    never raises, whatever the text.
    """
    gevonden = _kandidaten(_schoon(tekst))
    if not gevonden:
        return None
    return replace(gevonden[0], alternatieven=gevonden[1:7])


def stel_voor(begin: str | None, n: int = 5) -> list[Plek]:
    """At most n places whose name or other name begins so, accents aside, the larger first; digits give postcodes."""
    register = _register()
    sleutel = zoeksleutel(_schoon(begin))
    if not sleutel or n < 1:
        return []
    if sleutel.isdigit():
        postcodes = [pc4 for pc4 in register.postcodes if pc4.startswith(sleutel[:4])] if len(sleutel) > 1 else []
        plekken = (_postcode(pc4) for pc4 in postcodes[:n])
        return [plek for plek in plekken if plek]
    if POSTCODE.match(_schoon(begin)):
        return kandidaten(begin)[:n]
    gevonden: dict[str, _Ingang] = {}
    index = bisect_left(register.sleutels, sleutel)
    while index < len(register.sleutels) and register.sleutels[index].startswith(sleutel):
        for ingang in register.op_sleutel[register.sleutels[index]]:
            if not (
                ingang.plek.soort == "gemeente"
                and ingang.plek.naam.startswith("gemeente ")
                and not sleutel.startswith("gem")
            ):
                exact = 1000 if register.sleutels[index] == sleutel else 0
                vorige = gevonden.get(ingang.plek.naam)
                if vorige is None or vorige.gewicht < ingang.gewicht + exact:
                    gevonden[ingang.plek.naam] = ingang._replace(gewicht=ingang.gewicht + exact)
        index += 1
    return [ingang.plek for ingang in sorted(gevonden.values(), key=_volgorde)[:n]]


def vul_aan(postcode: str | None) -> Aanvulling | None:
    """Place, municipality and centre of the area of a postcode ('1097 SC' or '1097'); None when unknown."""
    raak = POSTCODE.match((postcode or "")[:MAX_TEKENS])
    register = _register()
    plek = _postcode(raak[1]) if raak else None
    if plek is None:
        return None
    bekend = register.postcodes.get(plek.postcode)
    return Aanvulling(
        plaats=_kaal(register.op_slug[plek.plaats_slug].plek.naam),
        plaats_slug=plek.plaats_slug,
        gemeente_code=plek.gemeente_code,
        gemeente=register.gemeenten[plek.gemeente_code].naam,
        gemeente_is_voorstel=bekend is None or bekend[2],
        provincie_code=plek.provincie_code,
        punt=plek.punt,
    )
