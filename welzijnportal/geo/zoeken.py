"""From what a person types in the field 'Waar?' to a place on the ground.

Works on the register in memory and asks the database nothing: a look-up takes microseconds.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

from .rd import Punt, zoeksleutel
from .register import Ingang, Plek, kale_naam, letters, register, volgorde

__all__ = ["Aanvulling", "Plek", "kandidaten", "stel_voor", "vind_plek", "vul_aan"]

MAX_TEKENS = 100
VOORWOORD = re.compile(
    r"^(?:(?:in|bij|te|uit|omgeving|regio|rond|rondom|nabij|stad|dorp|van|de stad|het dorp)\s+)+", re.IGNORECASE
)
SOORTWOORD = re.compile(r"^(gemeente|gem\.?|provincie|prov\.?)\s+(?=\S)", re.IGNORECASE)
POSTCODE = re.compile(r"^\s*([1-9][0-9]{3})(?![0-9])\s*(?:[A-Za-z]{2}(?![A-Za-z]))?")
ACHTERVOEGSEL = re.compile(r"[\s,]+(nederland|nl|holland|centrum|the netherlands)\s*$", re.IGNORECASE)


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


def _postcode(pc4: str) -> Plek | None:
    """The area of these digits; a postcode for P.O. boxes has none of its own and gets its neighbour's."""
    boek = register()
    dichtbij = pc4 if pc4 in boek.postcodes else None
    for stap in range(1, 13):
        for buur in (int(pc4) + stap, int(pc4) - stap):
            dichtbij = dichtbij or (str(buur) if str(buur) in boek.postcodes else None)
    if dichtbij is None:
        return None
    plaats, gemeente, _, punt = boek.postcodes[dichtbij]
    plek = boek.op_slug[plaats].plek
    return Plek(
        f"{pc4} {kale_naam(plek.naam)}", "postcode", punt, gemeente, plek.provincie_code, plaats, pc4, dichtbij != pc4
    )


def _met_bepaling(hoofd: str, bepaling: str) -> list[Ingang]:
    """The places named `hoofd` in the municipality or province `bepaling`; nothing when either is unknown."""
    boek = register()
    sleutel = zoeksleutel(re.sub(SOORTWOORD, "", bepaling.strip(" ().")))
    ingangen = boek.op_sleutel.get(zoeksleutel(hoofd), ())
    code = boek.bepalingen.get(sleutel)
    codes = {code} if code else set()
    codes |= {ingang.plek.gemeente_code for ingang in boek.op_sleutel.get(sleutel, ()) if ingang.gewicht >= 1}
    return [i for i in ingangen if codes & {i.plek.gemeente_code, i.plek.provincie_code} - {""}]


def _zoek_exact(tekst: str) -> tuple[list[Ingang], bool]:
    """Entries for a text as typed, and whether part of it had to be ignored."""
    boek = register()
    sleutel = zoeksleutel(tekst)
    if raak := boek.op_sleutel.get(sleutel):
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
        if raak := boek.op_sleutel.get(zoeksleutel(deel)):
            return list(raak), True
    for aantal in range(min(len(woorden) - 1, 4), 0, -1):
        for stuk in (woorden[:aantal], woorden[-aantal:]):
            raak = boek.op_sleutel.get(zoeksleutel(" ".join(stuk)))
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


def _zoek_tikfout(tekst: str) -> list[Ingang]:
    """The nearest names: one edit from four letters on, two from eight. Short texts and digits stay unknown."""
    boek = register()
    sleutel = zoeksleutel(tekst)
    if not 4 <= len(sleutel) <= 40 or sleutel.isdigit():
        return []
    hoogstens = 1 if len(sleutel) < 8 else 2
    masker = letters(sleutel)
    gevonden = []
    for kandidaat, kandidaatletters in zip(boek.sleutels, boek.letters, strict=True):
        if (kandidaatletters ^ masker).bit_count() <= 2 * hoogstens and abs(len(kandidaat) - len(sleutel)) <= hoogstens:
            afstand = _afstand(sleutel, kandidaat, hoogstens)
            if afstand <= hoogstens:
                eerste = boek.op_sleutel[kandidaat]
                gevonden.append((afstand, kandidaat[0] != sleutel[0], -eerste[0].gewicht, kandidaat, eerste))
    gevonden.sort()
    return [ingang for *_, ingangen in gevonden[:4] for ingang in ingangen]


def _schoon(tekst: str | None) -> str:
    schoon = re.sub(r"[\s\x00-\x1f\x7f]+", " ", (tekst or "")[:MAX_TEKENS]).strip(" ,.;")
    if zoeksleutel(schoon) in register().op_sleutel:
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
    boek = register()
    sleutel = zoeksleutel(_schoon(begin))
    if not sleutel or n < 1:
        return []
    if sleutel.isdigit():
        postcodes = [pc4 for pc4 in boek.postcodes if pc4.startswith(sleutel[:4])] if len(sleutel) > 1 else []
        plekken = (_postcode(pc4) for pc4 in postcodes[:n])
        return [plek for plek in plekken if plek]
    if POSTCODE.match(_schoon(begin)):
        return kandidaten(begin)[:n]
    gevonden: dict[str, Ingang] = {}
    index = bisect_left(boek.sleutels, sleutel)
    while index < len(boek.sleutels) and boek.sleutels[index].startswith(sleutel):
        for ingang in boek.op_sleutel[boek.sleutels[index]]:
            if not (
                ingang.plek.soort == "gemeente"
                and ingang.plek.naam.startswith("gemeente ")
                and not sleutel.startswith("gem")
            ):
                exact = 1000 if boek.sleutels[index] == sleutel else 0
                vorige = gevonden.get(ingang.plek.naam)
                if vorige is None or vorige.gewicht < ingang.gewicht + exact:
                    gevonden[ingang.plek.naam] = ingang._replace(gewicht=ingang.gewicht + exact)
        index += 1
    return [ingang.plek for ingang in sorted(gevonden.values(), key=volgorde)[:n]]


def vul_aan(postcode: str | None) -> Aanvulling | None:
    """Place, municipality and centre of the area of a postcode ('1097 SC' or '1097'); None when unknown."""
    raak = POSTCODE.match((postcode or "")[:MAX_TEKENS])
    boek = register()
    plek = _postcode(raak[1]) if raak else None
    if plek is None:
        return None
    bekend = boek.postcodes.get(plek.postcode)
    return Aanvulling(
        plaats=kale_naam(boek.op_slug[plek.plaats_slug].plek.naam),
        plaats_slug=plek.plaats_slug,
        gemeente_code=plek.gemeente_code,
        gemeente=boek.gemeenten[plek.gemeente_code].naam,
        gemeente_is_voorstel=bekend is None or bekend[2],
        provincie_code=plek.provincie_code,
        punt=plek.punt,
    )
