"""From the choices of the search page to a question, also where no page is asked for: feeds, frames, weekly mails."""

from collections.abc import Container, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.http import QueryDict

from organisaties.zoeken.vraag import AFSTAND, NIEUWSTE, RELEVANTIE, Zoekvraag
from welzijnportal.geo.laden import lees
from welzijnportal.geo.zoeken import Plek, vind_plek

AFSTAND_STANDAARD = 10


@cache
def gemeentenamen() -> dict[str, str]:
    """Municipalities by CBS code, from the same file that fills the database."""
    return {rij["code"]: rij["naam"] for rij in lees("gemeenten")}


def maak_vraag(
    keuzes: Mapping[str, Any],
    *,
    themas: Container[str],
    doelgroepen: Container[str],
    nu: datetime,
    per_pagina: int = 20,
) -> Zoekvraag:
    """The question that is really asked: what does not exist (any more) is left out.

    ``keuzes`` has the names of the search form; missing ones count as empty.
    """
    plek = vind_plek(keuzes["plaats"]) if keuzes.get("plaats") else None
    in_provincie = plek is not None and plek.soort == "provincie"
    return Zoekvraag(
        tekst=keuzes.get("q") or "",
        plek=plek,
        afstand_km=keuzes.get("afstand") or AFSTAND_STANDAARD,
        themas=tuple(slug for slug in keuzes.get("thema") or () if slug in themas),
        doelgroepen=tuple(slug for slug in keuzes.get("doelgroep") or () if slug in doelgroepen),
        alleen_gratis=bool(keuzes.get("kosten")),
        alleen_open=bool(keuzes.get("open")),
        soort=keuzes.get("soort") or "",
        gemeente=keuzes["gemeente"] if keuzes.get("gemeente") in gemeentenamen() else "",
        provincie=plek.provincie_code if plek and in_provincie else "",
        sorteer=_volgorde(keuzes, plek, in_provincie=in_provincie),
        pagina=keuzes.get("pagina") or 1,
        per_pagina=per_pagina,
        nu=nu,
    )


def _volgorde(keuzes: Mapping[str, Any], plek: Plek | None, *, in_provincie: bool) -> str:
    vanzelf = RELEVANTIE if keuzes.get("q") or not plek or in_provincie else AFSTAND
    gekozen = keuzes.get("sorteer") or vanzelf
    return vanzelf if gekozen == AFSTAND and (not plek or in_provincie) else gekozen


def bewaarbaar(adres: QueryDict) -> str:
    """The parameters of a question as they are kept: always in one order, without order, page and 'open now'."""
    kopie = adres.copy()
    for naam in ("sorteer", "pagina", "open"):
        kopie.pop(naam, None)
    for naam in ("thema", "doelgroep"):
        if naam in kopie:
            kopie.setlist(naam, sorted(kopie.getlist(naam)))
    return "&".join(sorted(kopie.urlencode().split("&"))) if kopie else ""


def bewaarde_keuzes(bewaard: str) -> dict[str, Any]:
    """The choices of a kept question, newest first."""
    adres = QueryDict(bewaard)
    afstand = adres.get("afstand", "")
    return {
        **{naam: adres.get(naam, "") for naam in ("q", "plaats", "kosten", "soort", "gemeente")},
        "afstand": int(afstand) if afstand.isascii() and afstand.isdigit() else None,
        "thema": tuple(adres.getlist("thema")),
        "doelgroep": tuple(adres.getlist("doelgroep")),
        "sorteer": NIEUWSTE,
    }
