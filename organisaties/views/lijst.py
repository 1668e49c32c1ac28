from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import conditional_page, require_safe

from organisaties.actions.tellen import woorden_van
from organisaties.forms.zoeken import AFSTAND_STANDAARD, AFSTANDEN, HEEL_NEDERLAND, ZoekForm
from organisaties.views.detail import publiek
from organisaties.weergave import kaarten
from organisaties.weergave.noodhulp import nood_in
from organisaties.weergave.onthouden import zoek_of_weet
from organisaties.weergave.tijdslimiet import DuurtTeLangError, binnen_tijd
from organisaties.weergave.zoekpagina import Woordenschat, adres_van, chips, filtergroepen, kop, sorteringen
from organisaties.zoeken import Zoekresultaat, Zoekvraag
from organisaties.zoeken.keuzes import maak_vraag
from welzijnportal.geo.kaart import Kaartpunt, kaart
from welzijnportal.geo.rd import Punt
from welzijnportal.geo.zoeken import Plek, stel_voor

# Twelve results with map and filters stay below 40 kB, which a slow phone has in a second.
PER_PAGINA = 12
PROBEER_NA_SECONDEN = 30
VOORSTELLEN = 5


@login_not_required
@require_safe
@conditional_page
def lijst(request: HttpRequest) -> HttpResponse:
    keuzes = ZoekForm(request.GET).cleaned_data
    try:
        with binnen_tijd():
            context = _gezocht(keuzes)
    except DuurtTeLangError:
        return duurt_te_lang(request, keuzes)
    return publiek(request, render(request, "organisaties/lijst.html", context))


def duurt_te_lang(request: HttpRequest, keuzes: dict[str, Any]) -> HttpResponse:
    """Say that the question took too long, with what was typed still there and the numbers of help lines."""
    context = {"keuzes": keuzes, "nood": nood_in(keuzes["q"], tuple(keuzes["thema"])) or "gevaar"}
    response = render(request, "organisaties/duurt_te_lang.html", context, status=503)
    response.headers["Retry-After"] = str(PROBEER_NA_SECONDEN)
    add_never_cache_headers(response)
    return response


def _gezocht(keuzes: dict[str, Any]) -> dict[str, Any]:
    woorden = Woordenschat.uit_database()
    vraag = maak_vraag(
        keuzes, themas=woorden.themas, doelgroepen=woorden.doelgroepen, nu=timezone.now(), per_pagina=PER_PAGINA
    )
    resultaat = _antwoord(vraag, woorden.stand)
    laatste = max(1, -(-resultaat.totaal // PER_PAGINA))
    if vraag.pagina > laatste:
        vraag = replace(vraag, pagina=laatste)
        resultaat = _antwoord(vraag, woorden.stand)
    return _context(keuzes, vraag, resultaat, woorden) | {"laatste": laatste}


def _antwoord(vraag: Zoekvraag, stand: int) -> Zoekresultaat:
    """In a province everything counts, not what is near its middle."""
    return zoek_of_weet(replace(vraag, plek=None) if vraag.provincie else vraag, stand)


def _ruimer(vraag: Zoekvraag) -> int | None:
    """The next larger distance worth trying."""
    if vraag.plek is None or vraag.provincie:
        return None
    return next((km for km in (*AFSTANDEN, HEEL_NEDERLAND) if km > max(vraag.afstand_km, AFSTAND_STANDAARD)), None)


def _gelezen(vraag: Zoekvraag, resultaat: Zoekresultaat) -> str:
    """What was typed, and after it how misspelled words were read."""
    return " ".join([vraag.tekst, *(woord.gelezen for woord in resultaat.verbeterd)])


def _plaatshulp(getypt: str, plek: Plek | None) -> dict[str, Any]:
    """What to say of a place that is not known, or of which there are more."""
    if plek is not None or not getypt:
        anderen = plek.alternatieven if plek else ()
        provincie = next((ander.naam for ander in anderen if ander.soort == "provincie"), "")
        return {
            "provincie": provincie,
            "plaatsalternatieven": [ander.naam for ander in anderen if ander.naam != provincie],
        }
    voorstellen = stel_voor(getypt, VOORSTELLEN) or stel_voor(getypt[:3], VOORSTELLEN)
    return {
        "plaats_fout": f"Wij kennen “{getypt}” niet. Vul een plaats of postcode in. Hieronder staat hulp uit heel Nederland.",
        "plaatsvoorstellen": [voorstel.naam for voorstel in voorstellen],
    }


def _middelpunt(vraag: Zoekvraag) -> Punt | None:
    """The middle of the circle that was searched, if it was one."""
    zoekt_rond = not vraag.provincie and vraag.afstand_km < HEEL_NEDERLAND
    return vraag.plek.punt if vraag.plek and zoekt_rond else None


def _kaart(vraag: Zoekvraag, resultaten: list[dict[str, Any]]) -> SafeString:
    """Who sits outside the circle and only serves it stays off the map, or the map would be of half the country."""
    midden = _middelpunt(vraag)
    punten = [
        Kaartpunt(r["nummer"], r["naam"], r["punt"], f"#nr-{r['nummer']}", r["plaats"])
        for r in resultaten
        if r["punt"] and not r["is_landelijk"] and (not midden or r["punt"].afstand(midden) <= vraag.afstand_km)
    ]
    return kaart(
        punten,
        zoekpunt=midden,
        straal_km=vraag.afstand_km if midden else None,
        gekozen_provincie=vraag.provincie,
        provincies_url=None if vraag.plek else _provincie_url,
    )


def _provincie_url(slug: str) -> str:
    return f"?plaats=provincie+{slug}"


def _context(
    keuzes: dict[str, Any], vraag: Zoekvraag, resultaat: Zoekresultaat, woorden: Woordenschat
) -> dict[str, Any]:
    adres = adres_van(keuzes, vraag)
    aan = chips(vraag, woorden, adres)
    plek = vraag.plek
    zoekdeel = [(naam, str(adres[naam])) for naam in ("q", "plaats", "afstand", "sorteer") if naam in adres]
    filterdeel = [
        (naam, waarde)
        for naam, waarden in adres.lists()
        for waarde in waarden
        if naam not in ("q", "plaats", "afstand")
    ]
    kaal = QueryDict(mutable=True)
    kaal.update(dict(zoekdeel))
    resultaten = kaarten(
        resultaat.ids,
        vraag.nu or timezone.now(),
        afstanden=dict(resultaat.afstanden),
        punt=plek.punt if plek else None,
        eerste_nummer=(vraag.pagina - 1) * PER_PAGINA + 1,
    )
    return {
        "kop": kop(vraag, resultaat, woorden),
        "vraag": vraag,
        "resultaat": resultaat,
        "resultaten": resultaten,
        "telwoorden": woorden_van(vraag.tekst, resultaat),
        "kaart": _kaart(vraag, resultaten),
        "kaart_rond": _middelpunt(vraag) is not None,
        # On a phone the form folds away once there is something to see.
        "zoek_dicht": bool(resultaten and (vraag.tekst or plek)) and not (keuzes["plaats"] and plek is None),
        "keuzes": keuzes,
        "adres": adres,
        "afstand": keuzes["afstand"] or (AFSTAND_STANDAARD if plek else ""),
        "heel_nederland": HEEL_NEDERLAND,
        "zoekdeel": zoekdeel,
        "filterdeel": filterdeel,
        "chips": aan,
        "wis_url": f"?{kaal.urlencode()}",
        "groepen": filtergroepen(vraag, resultaat, woorden),
        "sorteringen": sorteringen(vraag, adres),
        "ruimer": _ruimer(vraag),
        "nood": nood_in(_gelezen(vraag, resultaat), vraag.themas),
        "nonsens": bool(resultaat.onbekend) and not resultaten,
        "lijst_url": reverse("organisaties:lijst"),
        **_plaatshulp(keuzes["plaats"], plek),
        "hoofdthemas": [(slug, thema["naam"]) for slug, thema in woorden.themas.items() if thema["ouder"] is None],
    }
