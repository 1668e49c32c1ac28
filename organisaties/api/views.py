"""The addresses of the API; see organisaties/api/antwoord.py for what is around each."""

from collections.abc import Iterator
from itertools import batched, chain
from typing import Any

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from organisaties.api import bronnen
from organisaties.api.antwoord import (
    NietGevonden,
    Parameterfout,
    api_view,
    json_antwoord,
    lang_antwoord,
    regels_antwoord,
    rem,
)
from organisaties.api.bladeren import PER_KEER, Rij, alles_van, blad_van, page
from organisaties.api.openapi import beschrijving
from organisaties.api.parameters import NDJSON, PER_PAGINA, lees
from organisaties.exports.hsds.objecten import LICENTIE, tijdstip
from organisaties.exports.hsds.sleutels import Sleutelsoort, lees_sleutel, maak_sleutel
from organisaties.exports.hsds.taxonomie import DOELGROEPEN, THEMAS, Object, Termen, taxonomieen
from welzijnportal.http import volledige_url

HSDS_VERSIE = "3.1"
MINIMAAL_PER_KEER = 5000


@api_view
def begin(request: HttpRequest) -> HttpResponseBase:
    lees(request.GET)
    return json_antwoord(
        {
            "version": HSDS_VERSIE,
            "profile": volledige_url(reverse("organisaties:open_api")),
            "openapi_url": volledige_url(reverse("organisaties:hsds_openapi")),
            "license": LICENTIE,
            "downloads": volledige_url(reverse("organisaties:open_data")),
        }
    )


@api_view
def openapi(request: HttpRequest) -> HttpResponseBase:
    lees(request.GET)
    return json_antwoord(beschrijving())


def _lijst(request: HttpRequest, bron: bronnen.Bron) -> HttpResponseBase:
    keuzes = lees(request.GET, bron.naam)
    rijen = bron.rijen(keuzes)
    if "search" in keuzes:
        return _zoeklijst(request, bron, keuzes)
    if keuzes.get("format") == NDJSON:
        rem(request, "api_stroom")
        if keuzes.get("minimal"):
            return regels_antwoord(_minimaal(rijen))
        return regels_antwoord(ding for pakket in alles_van(rijen) for ding in bron.objecten(pakket, keuzes))
    if keuzes.get("minimal") and not keuzes.keys() & {"page", "per_page"}:
        rem(request, "api_stroom")
        totaal = rijen.order_by().count()
        return lang_antwoord(page(totaal, 1, max(1, totaal), totaal), _minimaal(rijen))
    nummer, per_pagina = keuzes.get("page", 1), keuzes.get("per_page", PER_PAGINA)
    gelezen, totaal = blad_van(rijen, nummer, per_pagina, lambda: rem(request, "api_zwaar"))
    return _blad(bron, keuzes, gelezen, totaal)


def _blad(bron: bronnen.Bron, keuzes: bronnen.Keuzes, rijen: list[Rij], totaal: int) -> HttpResponseBase:
    nummer, per_pagina = keuzes.get("page", 1), keuzes.get("per_page", PER_PAGINA)
    if keuzes.get("minimal"):
        inhoud = list(_minimaal(bron.rijen({}).filter(pk__in=[rij[0] for rij in rijen])))
    else:
        inhoud = bron.objecten(rijen, keuzes) if rijen else []
    return json_antwoord(page(totaal, nummer, per_pagina, len(inhoud)) | {"contents": inhoud})


def _zoeklijst(request: HttpRequest, bron: bronnen.Bron, keuzes: bronnen.Keuzes) -> HttpResponseBase:
    """The best answers of the search engine first; it looks at a limited number of organisations."""
    volgorde = bronnen.gevonden(keuzes["search"])
    rijen = bron.rijen(keuzes)
    veld = {"organizations": "pk", "services": "organisatie", "service_at_locations": "dienst__organisatie"}[bron.naam]
    alle = sorted(
        rijen.filter(**{f"{veld}__in": list(volgorde)}) if volgorde else [], key=lambda rij: (volgorde[rij[-1]], rij[0])
    )
    if keuzes.get("format") == NDJSON:
        rem(request, "api_stroom")
        pakketten = batched(alle, PER_KEER, strict=False)
        return regels_antwoord(ding for pakket in pakketten for ding in bron.objecten(pakket, keuzes))
    nummer, per_pagina = keuzes.get("page", 1), keuzes.get("per_page", PER_PAGINA)
    return _blad(bron, keuzes, alle[(nummer - 1) * per_pagina : nummer * per_pagina], len(alle))


def _minimaal(rijen: Any) -> Iterator[Object]:
    """Of each service its id and when it changed, which is when its listing did."""
    met_tijd = rijen.values_list("pk", "organisatie__gewijzigd_op")
    for pk, gewijzigd_op in chain.from_iterable(alles_van(met_tijd, MINIMAAL_PER_KEER)):
        yield {"id": maak_sleutel(Sleutelsoort.DIENST, pk), "modified_date": tijdstip(gewijzigd_op)}


def _een(request: HttpRequest, bron: bronnen.Bron, sleutel: str, keuzes: bronnen.Keuzes) -> HttpResponseBase:
    pk = _pk(sleutel, bron.soort)
    rij = bron.rijen({}).filter(pk=pk).first()
    gevonden = bron.objecten([rij], keuzes | {"full": True}) if rij else []
    if not gevonden and (opvolger := bronnen.opvolger(bron, pk)):
        # What was merged is known by the id of what stayed, as its page is by the other address.
        vragen = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponsePermanentRedirect(
            f"{reverse('organisaties:hsds').rstrip('/')}/{bron.naam}/{maak_sleutel(bron.soort, opvolger)}{vragen}"
        )
    if not gevonden:
        raise NietGevonden("Er is niets met dit id, of het staat niet meer op het portaal.")
    return json_antwoord(gevonden[0])


def _pk(sleutel: str, *soorten: Sleutelsoort) -> int:
    try:
        gelezen = lees_sleutel(sleutel)
    except ValueError:
        raise Parameterfout([("id", "Dit is geen id. Een id is een UUID, zoals in het veld id.")]) from None
    return gelezen[1] if gelezen and gelezen[0] in soorten else 0


@api_view
def services(request: HttpRequest) -> HttpResponseBase:
    return _lijst(request, bronnen.DIENSTEN)


@api_view
def service(request: HttpRequest, sleutel: str) -> HttpResponseBase:
    return _een(request, bronnen.DIENSTEN, sleutel, lees(request.GET))


@api_view
def organizations(request: HttpRequest) -> HttpResponseBase:
    return _lijst(request, bronnen.ORGANISATIES)


@api_view
def organization(request: HttpRequest, sleutel: str) -> HttpResponseBase:
    return _een(request, bronnen.ORGANISATIES, sleutel, lees(request.GET, "organization"))


@api_view
def service_at_locations(request: HttpRequest) -> HttpResponseBase:
    return _lijst(request, bronnen.PLEKKEN)


@api_view
def service_at_location(request: HttpRequest, sleutel: str) -> HttpResponseBase:
    return _een(request, bronnen.PLEKKEN, sleutel, lees(request.GET))


@api_view
def taxonomies(request: HttpRequest) -> HttpResponseBase:
    return _korte_lijst(taxonomieen(), lees(request.GET, "taxonomies"))


@api_view
def taxonomy(request: HttpRequest, sleutel: str) -> HttpResponseBase:
    lees(request.GET)
    return _uit_korte_lijst(taxonomieen(), sleutel)


@api_view
def taxonomy_terms(request: HttpRequest) -> HttpResponseBase:
    """Terms; `top_only` gives those with no term above them."""
    keuzes = lees(request.GET, "taxonomy_terms")
    termen = Termen.uit_database()
    alle = termen.alle()
    if "taxonomy_id" in keuzes:
        alle = {THEMAS: list(termen.themas.values()), DOELGROEPEN: list(termen.doelgroepen.values())}.get(
            keuzes["taxonomy_id"][1], []
        )
    if keuzes.get("top_only"):
        alle = [term for term in alle if "parent_id" not in term]
    if "parent_id" in keuzes:
        ouder = maak_sleutel(Sleutelsoort.THEMA, keuzes["parent_id"][1])
        alle = [term for term in alle if term.get("parent_id") == ouder]
    return _korte_lijst(alle, keuzes)


@api_view
def taxonomy_term(request: HttpRequest, sleutel: str) -> HttpResponseBase:
    lees(request.GET)
    return _uit_korte_lijst(Termen.uit_database().alle(), sleutel)


def _korte_lijst(alle: list[Object], keuzes: bronnen.Keuzes) -> HttpResponseBase:
    if "search" in keuzes:
        gezocht = keuzes["search"].casefold()
        alle = [ding for ding in alle if gezocht in f"{ding['name']} {ding['description']}".casefold()]
    if keuzes.get("format") == NDJSON:
        return regels_antwoord(alle)
    nummer, per_pagina = keuzes.get("page", 1), keuzes.get("per_page", PER_PAGINA)
    inhoud = alle[(nummer - 1) * per_pagina : nummer * per_pagina]
    return json_antwoord(page(len(alle), nummer, per_pagina, len(inhoud)) | {"contents": inhoud})


def _uit_korte_lijst(alle: list[Object], sleutel: str) -> HttpResponseBase:
    _pk(sleutel)
    ding = next((ding for ding in alle if ding["id"] == sleutel.lower()), None)
    if ding is None:
        raise NietGevonden("Er is niets met dit id.")
    return json_antwoord(ding)


@api_view
def onbekend(request: HttpRequest) -> HttpResponseBase:
    raise NietGevonden
