"""The three lists of the directory: which rows answer a question, and how rows become objects.

A row begins with its primary key and ends with that of its organisation. One query finds a page of rows, one reads the listings
they belong to with all their parts, two read the terms.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from organisaties.actions.samenvoegen import opvolger_van
from organisaties.api.bladeren import Rij
from organisaties.exports.hsds import objecten
from organisaties.exports.hsds.boom import Boom, bomen
from organisaties.exports.hsds.sleutels import Sleutelsoort
from organisaties.exports.hsds.taxonomie import DOELGROEPEN, THEMAS, Object, Termen
from organisaties.keuzes import Status, Werkgebied
from organisaties.models import Dienst, Locatie, Organisatie, Zoekpunt
from organisaties.zoeken import MAXIMUM, Zoekvraag, zoek
from welzijnportal.geo.zoeken import Aanvulling, vind_plek

Keuzes = dict[str, Any]
Plaats = Dienst.locaties.through
_PER_ZOEKBLAD = 100
_GEHEIM_MAX = 5000


@dataclass(frozen=True)
class Bron:
    """One resource: its rows for a question, and the objects of rows."""

    naam: str
    soort: Sleutelsoort
    rijen: Callable[[Keuzes], QuerySet[Any, Any]]
    objecten: Callable[[Iterable[Rij], Keuzes], list[Object]]


def gevonden(tekst: str) -> dict[int, int]:
    """The place in the order of the portal's own search engine of each organisation that answers, at most MAXIMUM."""
    volgorde: list[int] = []
    for pagina in range(1, MAXIMUM // _PER_ZOEKBLAD + 1):
        antwoord = zoek(Zoekvraag(tekst=tekst, pagina=pagina, per_pagina=_PER_ZOEKBLAD))
        volgorde += antwoord.ids
        if len(antwoord.ids) < _PER_ZOEKBLAD or len(volgorde) >= antwoord.totaal:
            break
    return {pk: plek for plek, pk in enumerate(dict.fromkeys(volgorde))}


def _term(keuzes: Keuzes, themas: Any, doelgroepen: Any, van: str) -> Q:
    """Rows whose own attributes have this term or one below it, and any of this taxonomy; by the tables between."""
    vraag = Q()
    if "taxonomy_term_id" in keuzes:
        soort, pk = keuzes["taxonomy_term_id"]
        if soort == Sleutelsoort.THEMA:
            onder = themas.objects.filter(Q(thema=pk) | Q(thema__ouder=pk))
            vraag &= Q(pk__in=onder.values(van))
        elif soort == Sleutelsoort.DOELGROEP:
            vraag &= Q(pk__in=doelgroepen.objects.filter(doelgroep=pk).values(van))
        else:
            vraag &= Q(pk=0)
    if "taxonomy_id" in keuzes:
        tabel = {THEMAS: themas, DOELGROEPEN: doelgroepen}.get(keuzes["taxonomy_id"][1])
        zelf = {van: OuterRef("pk")}
        vraag &= Q(Exists(tabel.objects.filter(**zelf))) if tabel else Q(pk=0)
    return vraag


def _organisaties(keuzes: Keuzes) -> QuerySet[Any, Any]:
    rijen = Organisatie.objects.zichtbaar().order_by("pk")
    past = _term(keuzes, Organisatie.themas.through, Organisatie.doelgroepen.through, "organisatie_id")
    return rijen.filter(past).values_list("pk")


def _diensten(keuzes: Keuzes) -> QuerySet[Any, Any]:
    rijen = Dienst.objects.filter(
        _term(keuzes, Dienst.themas.through, Dienst.doelgroepen.through, "dienst_id"),
        organisatie__status=Status.GEPUBLICEERD,
        **_van_organisatie(keuzes, "organisatie"),
    )
    return rijen.order_by("pk").values_list("pk", "organisatie_id")


def _van_organisatie(keuzes: Keuzes, pad: str) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    if "organization_id" in keuzes:
        filters[pad] = keuzes["organization_id"][1]
    if "modified_after" in keuzes:
        filters[f"{pad}__gewijzigd_op__gte"] = keuzes["modified_after"]
    return filters


def _plekken(keuzes: Keuzes) -> QuerySet[Any, Any]:
    term = _term(keuzes, Dienst.themas.through, Dienst.doelgroepen.through, "dienst_id")
    rijen = Plaats.objects.filter(
        dienst__organisatie__status=Status.GEPUBLICEERD, **_van_organisatie(keuzes, "dienst__organisatie")
    )
    # A service may point to a location of its own organisation alone.
    rijen = rijen.filter(locatie__organisatie=F("dienst__organisatie"))
    if term:
        rijen = rijen.filter(dienst__in=Dienst.objects.filter(term))
    if "postcode" in keuzes:
        gebied: Aanvulling = keuzes["postcode"]
        if "proximity" in keuzes:
            rijen = rijen.filter(_dichtbij(gebied, keuzes["proximity"] / 1000))
        else:
            rijen = rijen.filter(dienst__organisatie__in=_bedient(gebied))
    return rijen.order_by("pk").values_list("pk", "dienst__organisatie_id")


def _bedient(gebied: Aanvulling) -> QuerySet[Organisatie]:
    """Who says to serve the place of a postcode."""
    return Organisatie.objects.zichtbaar().filter(
        Q(werkgebied=Werkgebied.LANDELIJK)
        | Q(
            werkgebied=Werkgebied.PROVINCIAAL,
            pk__in=Organisatie.provincies.through.objects.filter(provincie=gebied.provincie_code).values(
                "organisatie_id"
            ),
        )
        | Q(
            werkgebied=Werkgebied.PLAATSELIJK,
            pk__in=Organisatie.gemeenten.through.objects.filter(gemeente=gebied.gemeente_code).values("organisatie_id"),
        )
    )


def _dichtbij(gebied: Aanvulling, km: float) -> Q:
    """Locations within so many kilometres of the middle of a postcode.

    A confidential location counts as in the middle of its place, as it does for the search engine: its true
    point would betray it to whoever asks for circles from several sides.
    """
    kring = Zoekpunt.objects.filter(punt__binnen=(gebied.punt, km)).values("organisatie_id")
    geheim = Locatie.objects.filter(is_geheim=True, organisatie__in=kring).values_list("pk", "plaats")[:_GEHEIM_MAX]
    binnen = [pk for pk, plaats in geheim if (plek := vind_plek(plaats)) and gebied.punt.afstand(plek.punt) <= km]
    openbaar = Q(locatie__is_geheim=False, locatie__punt__binnen=(gebied.punt, km), dienst__organisatie__in=kring)
    return openbaar | Q(locatie__in=binnen)


def opvolger(bron: Bron, pk: int) -> int | None:
    """Return the key of what a merged organisation, or a service that both had, went up in; None for all else."""
    if bron.soort == Sleutelsoort.ORGANISATIE:
        samengevoegd = Organisatie.objects.filter(pk=pk, status=Status.SAMENGEVOEGD, samengevoegd_met__isnull=False)
        return samengevoegd.values_list("samengevoegd_met", flat=True).first()
    if bron.soort == Sleutelsoort.DIENST:
        dienst = Dienst.objects.select_related("organisatie__samengevoegd_met").filter(pk=pk).first()
        if dienst and (blijver := dienst.organisatie.samengevoegd_met):
            tweeling = opvolger_van(Dienst, pk, blijver)
            return tweeling.pk if tweeling else None
    return None


def _bomen_van(rijen: list[Rij]) -> dict[int, Boom]:
    return bomen({rij[-1] for rij in rijen})


def _als_organisaties(rijen: Iterable[Rij], keuzes: Keuzes) -> list[Object]:
    rijen = list(rijen)
    alle = _bomen_van(rijen)
    bekend = [alle[rij[0]] for rij in rijen if rij[0] in alle]
    if not (keuzes.get("full") or keuzes.get("full_service")):
        return [objecten.basis_organisatie(boom) for boom in bekend]
    termen = Termen.uit_database()
    diensten = "vol" if keuzes.get("full_service") else "kort"
    return [objecten.organisatie(boom, termen, diensten=diensten) for boom in bekend]


def _als_diensten(rijen: Iterable[Rij], keuzes: Keuzes) -> list[Object]:
    rijen = list(rijen)
    bekend = [
        (boom, dienst)
        for pk, boom in _met_boom(rijen)
        if (dienst := next((deel for deel in boom["diensten"] if deel["pk"] == pk), None))
    ]
    if not keuzes.get("full"):
        return [objecten.lijst_dienst(boom, dienst) for boom, dienst in bekend]
    termen = Termen.uit_database()
    return [objecten.dienst(boom, dienst, termen) for boom, dienst in bekend]


def _als_plekken(rijen: Iterable[Rij], keuzes: Keuzes) -> list[Object]:
    rijen = list(rijen)
    bekend = [
        (boom, dienst, plaats, locatie)
        for pk, boom in _met_boom(rijen)
        for dienst in boom["diensten"]
        for plaats in dienst["plaatsen"]
        if plaats["pk"] == pk
        for locatie in boom["locaties"]
        if locatie["pk"] == plaats["locatie_pk"]
    ]
    if not keuzes.get("full"):
        return [objecten.lijst_plek(*delen) for delen in bekend]
    termen = Termen.uit_database()
    return [objecten.plek(*delen, termen) for delen in bekend]


def _met_boom(rijen: list[Rij]) -> list[tuple[int, Boom]]:
    """Each row with its listing; one that went away between the two queries is left out."""
    alle = _bomen_van(rijen)
    return [(rij[0], alle[rij[1]]) for rij in rijen if rij[1] in alle]


ORGANISATIES = Bron("organizations", Sleutelsoort.ORGANISATIE, _organisaties, _als_organisaties)
DIENSTEN = Bron("services", Sleutelsoort.DIENST, _diensten, _als_diensten)
PLEKKEN = Bron("service_at_locations", Sleutelsoort.DIENST_OP_LOCATIE, _plekken, _als_plekken)
