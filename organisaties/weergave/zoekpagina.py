"""What the search page says around its results: heading, filters, chips, ways to sort."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.http import QueryDict

from organisaties.keuzes import Soort
from organisaties.zoeken.keuzes import gemeentenamen
from organisaties.zoeken.vraag import AFSTAND, NAAM, NIEUWSTE, RELEVANTIE, Zoekresultaat, Zoekvraag
from welzijnportal.templatetags.portaal import aantal, url_met

MEESTE_GEMEENTEN, MEESTE_DOELGROEPEN = 20, 12
_SORTEERNAMEN = {
    RELEVANTIE: "Past het best",
    AFSTAND: "Dichtbij eerst",
    NAAM: "Op naam",
    NIEUWSTE: "Nieuwste eerst",
}


_WOORDENSCHAT = """SELECT 'thema', t.slug, t.naam, p.slug, t.volgorde::bigint
    FROM organisaties_thema t LEFT JOIN organisaties_thema p ON p.id = t.ouder_id
    UNION ALL SELECT 'doelgroep', slug, naam, NULL, volgorde FROM organisaties_doelgroep
    UNION ALL SELECT 'stand', '', '', NULL, last_value FROM organisaties_zoekstand_id_seq"""


@dataclass
class Woordenschat:
    """The names of themes and target groups by slug, in their order."""

    themas: dict[str, dict[str, Any]] = field(default_factory=dict)
    doelgroepen: dict[str, str] = field(default_factory=dict)
    # What Zoekstand said at that moment.
    stand: int = 0

    @classmethod
    def uit_database(cls) -> "Woordenschat":
        """Read both in one query."""
        with connection.cursor() as cursor:
            cursor.execute(_WOORDENSCHAT)
            rijen = cursor.fetchall()
        schat = cls()
        for soort, slug, naam, ouder, volgorde in sorted(rijen, key=lambda rij: (rij[4], rij[2])):
            if soort == "thema":
                schat.themas[slug] = {"naam": naam, "ouder": ouder}
            elif soort == "doelgroep":
                schat.doelgroepen[slug] = naam
            else:
                schat.stand = volgorde
        return schat


def adres_van(keuzes: dict[str, Any], vraag: Zoekvraag) -> QueryDict:
    """The parameters of this question without anything that was ignored, to build other addresses on."""
    adres = QueryDict(mutable=True)
    for naam, waarde in (("q", vraag.tekst), ("plaats", keuzes["plaats"]), ("afstand", keuzes["afstand"])):
        if waarde:
            adres[naam] = str(waarde)
    adres.setlist("thema", list(vraag.themas))
    adres.setlist("doelgroep", list(vraag.doelgroepen))
    for naam, waarde in (
        ("kosten", "gratis" if vraag.alleen_gratis else ""),
        ("open", "nu" if vraag.alleen_open else ""),
        ("soort", vraag.soort),
        ("gemeente", vraag.gemeente),
        ("sorteer", keuzes["sorteer"] and vraag.sorteer),
    ):
        if waarde:
            adres[naam] = waarde
    return adres


def in_woorden(vraag: Zoekvraag, woorden: Woordenschat) -> str:
    """'“schulden” bij Utrecht, binnen 10 km, gratis': a question as the name that it gets when it is kept."""
    delen = [f"“{vraag.tekst}”"] if vraag.tekst else []
    delen += [woorden.themas[slug]["naam"] for slug in vraag.themas]
    delen += [woorden.doelgroepen[slug] for slug in vraag.doelgroepen]
    delen += [Soort(vraag.soort).label] if vraag.soort else []
    delen += ["gratis"] if vraag.alleen_gratis else []
    waar = _waar(vraag).strip()
    if waar and not vraag.provincie:
        waar += f", binnen {vraag.afstand_km} km"
    if vraag.gemeente:
        waar = f"{waar} in de gemeente {gemeentenamen()[vraag.gemeente]}".strip()
    return f"{', '.join(delen) or 'Alle hulp'} {waar}".strip()


def kop(vraag: Zoekvraag, resultaat: Zoekresultaat, woorden: Woordenschat) -> str:
    """'23 organisaties voor “schulden” bij Utrecht'."""
    hoeveel = (
        f"Meer dan {resultaat.totaal:,} organisaties".replace(",", ".")
        if resultaat.is_afgekapt
        else aantal(resultaat.totaal, "organisatie,organisaties")
        if resultaat.totaal
        else "Geen organisaties"
    )
    waarvoor = f" voor “{vraag.tekst}”" if vraag.tekst else ""
    if not vraag.tekst and len(vraag.themas) == 1:
        waarvoor = f" bij het thema {woorden.themas[vraag.themas[0]]['naam']}"
    return f"{hoeveel}{waarvoor}{_waar(vraag)}"


def _waar(vraag: Zoekvraag) -> str:
    if vraag.plek is None:
        return ""
    return f" in {vraag.plek.naam.removeprefix('provincie ')}" if vraag.provincie else f" bij {vraag.plek.naam}"


def chips(vraag: Zoekvraag, woorden: Woordenschat, adres: QueryDict) -> list[dict[str, str]]:
    """The filters that are on, each with the address of the page without it."""

    def zonder(naam: str, waarde: str) -> str:
        return url_met(adres, **{naam: [deel for deel in adres.getlist(naam) if deel != waarde]})

    gekozen = [("thema", slug, woorden.themas[slug]["naam"]) for slug in vraag.themas]
    gekozen += [("doelgroep", slug, woorden.doelgroepen[slug]) for slug in vraag.doelgroepen]
    gekozen += [("kosten", "gratis", "Gratis")] if vraag.alleen_gratis else []
    gekozen += [("open", "nu", "Nu open")] if vraag.alleen_open else []
    gekozen += [("soort", vraag.soort, Soort(vraag.soort).label)] if vraag.soort else []
    gekozen += [("gemeente", vraag.gemeente, f"Gemeente {gemeentenamen()[vraag.gemeente]}")] if vraag.gemeente else []
    return [{"tekst": tekst, "url": zonder(naam, waarde)} for naam, waarde, tekst in gekozen]


def filtergroepen(vraag: Zoekvraag, resultaat: Zoekresultaat, woorden: Woordenschat) -> list[dict[str, Any]]:
    """The groups of componenten/filterpaneel.html; a value that would find nothing is left out unless it is on."""
    hoofd = {woorden.themas[slug]["ouder"] or slug for slug in vraag.themas}
    # The themes that were chosen come first, with what lies below them; the panel folds away the rest.
    themas = [
        (slug, f"– {thema['naam']}" if thema["ouder"] else thema["naam"])
        for slug, thema in sorted(woorden.themas.items(), key=lambda paar: (paar[1]["ouder"] or paar[0]) not in hoofd)
        if thema["ouder"] is None or thema["ouder"] in hoofd
    ]
    gratis, nu_open = ["gratis"] * vraag.alleen_gratis, ["nu"] * vraag.alleen_open
    groepen = [
        _groep(resultaat, "kosten", "Kosten", [("gratis", "Gratis")], gratis),
        _groep(resultaat, "open", "Tijd", [("nu", "Nu open")], nu_open),
        _groep(resultaat, "thema", "Thema", themas, vraag.themas),
        _groep(
            resultaat,
            "doelgroep",
            "Voor wie",
            woorden.doelgroepen.items(),
            vraag.doelgroepen,
            hoogstens=MEESTE_DOELGROEPEN,
        ),
        _groep(resultaat, "soort", "Soort organisatie", Soort.choices, [vraag.soort], leeg="Alle soorten"),
        _groep(
            resultaat,
            "gemeente",
            "Gemeente",
            gemeentenamen().items(),
            [vraag.gemeente],
            leeg="Alle gemeenten",
            hoogstens=MEESTE_GEMEENTEN,
        ),
    ]
    return [groep for groep in groepen if groep["opties"]]


def _groep(
    resultaat: Zoekresultaat,
    naam: str,
    titel: str,
    paren: Iterable[tuple[str, str]],
    gekozen: Iterable[str],
    *,
    leeg: str = "",
    hoogstens: int = 100,
) -> dict[str, Any]:
    """One group; with a text for 'no choice' it is a list to choose one value from.

    Of many values those that find most are given, and what was chosen: a page must stay light on a phone.
    """
    tel = {waarde.waarde: waarde.aantal for waarde in resultaat.facetten.get(naam, [])}
    opties: list[dict[str, Any]] = [
        {"waarde": waarde, "tekst": tekst, "aantal": tel.get(waarde, 0), "gekozen": waarde in gekozen}
        for waarde, tekst in paren
        if waarde in gekozen or tel.get(waarde)
    ]
    if len(opties) > hoogstens:
        beste = sorted(opties, key=lambda optie: (not optie["gekozen"], -optie["aantal"]))[:hoogstens]
        blijft = {optie["waarde"] for optie in beste}
        opties = [optie for optie in opties if optie["waarde"] in blijft]
    return {"titel": titel, "naam": naam, "soort": "select" if leeg else "checkbox", "leeg": leeg, "opties": opties}


def sorteringen(vraag: Zoekvraag, adres: QueryDict) -> list[dict[str, Any]]:
    """The ways to sort that make sense for this question."""
    wijzen = [RELEVANTIE] if vraag.tekst or vraag.plek is None else []
    wijzen += [AFSTAND] if vraag.plek and not vraag.provincie else []
    namen = _SORTEERNAMEN | ({} if vraag.tekst else {RELEVANTIE: "Meest volledig"})
    return [
        {"tekst": namen[wijze], "url": url_met(adres, sorteer=wijze), "gekozen": wijze == vraag.sorteer}
        for wijze in (*wijzen, NAAM, NIEUWSTE)
    ]
