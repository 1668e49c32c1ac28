"""What the rows of a search over conversations and cards say on the screen."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from netwerk.keuzes import Gesprekssoort
from netwerk.weergave.kennis import KAART, Gevonden, Vondst
from netwerk.weergave.zoekwoorden import Markeerder

SOORTNAMEN = {**{waarde: str(naam) for waarde, naam in Gesprekssoort.choices}, KAART: "Praktijkkaart"}
ICONEN = {"vraag": "vraag", "ervaring": "gesprek", "mededeling": "informatie", "artikel": "boek", KAART: "tip"}
TINTEN = {"vraag": "tint-4", "ervaring": "tint-6", "mededeling": "tint-2", "artikel": "tint-10", KAART: "tint-3"}
_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)")
_OPMAAK = re.compile(r"[*_`#>~]+|^\s*(?:[-+]|\d{1,3}[.)])\s+", re.MULTILINE)


@dataclass(frozen=True)
class Kennisrij:
    soort: str
    icoon: str
    tint: str
    url: str
    titel: SafeString
    uittreksel: SafeString
    is_uit_antwoord: bool
    op: datetime
    netwerk: str
    netwerkslug: str
    door: str
    aantal_reacties: int
    aantal_hielp: int
    is_kaart: bool
    is_vraag: bool
    is_beantwoord: bool


def kaal(tekst: str) -> str:
    """Markdown without its signs, on one line: quick, for a piece of a text that is escaped afterwards."""
    return " ".join(_OPMAAK.sub("", _LINK.sub(r"\1", tekst)).split())


def rijen_van(gevonden: Gevonden) -> list[Kennisrij]:
    markeerder = Markeerder(gevonden.gezocht)
    return [_rij(vondst, markeerder) for vondst in gevonden.rijen]


def _rij(vondst: Vondst, markeerder: Markeerder) -> Kennisrij:
    tekst = kaal(f"{vondst.samenvatting}\n\n{vondst.tekst}" if vondst.samenvatting else vondst.tekst)
    antwoord = kaal(vondst.antwoord)
    # What was looked for stands in the answer alone.
    uit_antwoord = bool(antwoord) and markeerder.eerste(tekst) < 0 <= markeerder.eerste(antwoord)
    is_kaart = vondst.soort == KAART
    return Kennisrij(
        soort=SOORTNAMEN[vondst.soort],
        icoon=ICONEN[vondst.soort],
        tint=TINTEN[vondst.soort],
        url=reverse("netwerk:praktijkkaart" if is_kaart else "netwerk:gesprek", args=[vondst.code]),
        titel=markeerder.markeer(vondst.titel),
        uittreksel=markeerder.uittreksel(antwoord if uit_antwoord else tekst),
        is_uit_antwoord=uit_antwoord,
        op=vondst.op,
        netwerk=vondst.netwerk,
        netwerkslug=vondst.netwerkslug,
        door=vondst.door,
        aantal_reacties=vondst.aantal_reacties,
        aantal_hielp=vondst.aantal_hielp,
        is_kaart=is_kaart,
        is_vraag=vondst.soort == Gesprekssoort.VRAAG,
        is_beantwoord=vondst.is_beantwoord,
    )
