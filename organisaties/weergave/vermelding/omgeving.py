"""What stands around a listing and is only read by name, in one query."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import JSONObject
from taggit.models import TaggedItem

from organisaties.keuzes import Status, Werkgebied
from organisaties.models import (
    Beheer,
    Bevestiging,
    Contactpersoon,
    Doelgroep,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
    Thema,
    Verbinding,
    Voorspraak,
)
from organisaties.weergave.vermelding.vastevraag import IEMAND, VasteVraag
from welzijnportal.geo.models import Gemeente, Provincie

_ONDERDELEN_MAX = 30
_PARTNERS_MAX = 30
_VOORSPRAKEN_MAX = 5
_TIJD = ("dag", "van", "tot", "is_op_afspraak")
_UITZONDERING = ("van_datum", "tot_en_met_datum", "is_gesloten", "van", "tot", "reden")


def paren(rijen: QuerySet[Any], *velden: str) -> ArraySubquery:
    """These fields of these rows as a list of dictionaries; dates and times come out as text."""
    return ArraySubquery(rijen.values(json=JSONObject(**{veld: veld for veld in velden})))


def _delen() -> dict[str, Any]:
    """The parts by name: a part more costs no query more, and stands in the context of the page under its name.

    Each is an expression on the listing. A name may not be that of a field of Organisatie, and what depends on the
    visitor or on the clock does not belong here.
    """
    zelf = OuterRef("pk")
    is_van = Q(van=zelf)
    zichtbaar = Organisatie.objects.zichtbaar().order_by("naam", "pk")
    return {
        "rij_themas": paren(
            Thema.objects.filter(organisaties=zelf).order_by("volgorde", "naam"), "naam", "slug", "icoon", "tint"
        ),
        "rij_doelgroepen": paren(Doelgroep.objects.filter(organisaties=zelf).order_by("volgorde"), "naam", "slug"),
        "rij_gemeenten": paren(Gemeente.objects.filter(organisaties=zelf).order_by("zoeksleutel"), "naam", "code"),
        "rij_provincies": paren(Provincie.objects.filter(organisaties=zelf).order_by("naam"), "naam", "code"),
        "rij_onderdelen": paren(zichtbaar.filter(hoort_bij=zelf)[:_ONDERDELEN_MAX], "naam", "slug"),
        "rij_ouder": paren(zichtbaar.filter(onderdelen=zelf), "naam", "slug"),
        "rij_contactpersonen": paren(
            Contactpersoon.objects.filter(organisatie=zelf).order_by("pk"),
            *(f"{veld}{eind}" for veld in ("naam", "functie", "email", "telefoon") for eind in ("", "_voor")),
        ),
        "bevestigde_blokken": paren(Bevestiging.objects.filter(organisatie=zelf), "blok", "bevestigd_op", "bron"),
        "partners": paren(
            Verbinding.objects.zichtbaar()
            .filter(is_van | Q(naar=zelf))
            .annotate(
                naam=Case(When(is_van, then="naar__naam"), default="van__naam"),
                slug=Case(When(is_van, then="naar__slug"), default="van__slug"),
            )
            .order_by("naam", "pk")[:_PARTNERS_MAX],
            "naam",
            "slug",
        ),
        "wie_staan_in": paren(
            Voorspraak.objects.filter(organisatie=zelf, namens__status=Status.GEPUBLICEERD)
            .annotate(naam=F("namens__naam"), slug=F("namens__slug"))
            .order_by("-gegeven_op", "-pk")[:_VOORSPRAKEN_MAX],
            "naam",
            "slug",
            "gegeven_op",
        ),
        "bijgehouden": paren(Beheer.objects.filter(organisatie=zelf, gebruiker__is_active=True)[:1], "rol"),
        **_uren(zelf),
        # By the name of the type: taggit's own join looks the content type up in a query of its own.
        "rij_labels": ArraySubquery(
            TaggedItem.objects.filter(
                content_type__app_label="organisaties", content_type__model="organisatie", object_id=zelf
            )
            .order_by("tag__name")
            .values("tag__name")
        ),
    }


def _uren(zelf: OuterRef) -> dict[str, Any]:
    """Hours and exceptions, of locations and of services apart: a join on either reads the whole table."""
    delen: dict[str, Any] = {}
    for bron in ("locatie", "dienst"):
        van = {f"{bron}__organisatie": zelf}
        delen[f"uren_{bron}"] = paren(Openingstijd.objects.filter(**van).order_by("dag", "van"), f"{bron}_id", *_TIJD)
        delen[f"afwijkend_{bron}"] = paren(
            Openingsuitzondering.objects.filter(**van).order_by("van_datum", "pk"), f"{bron}_id", *_UITZONDERING
        )
    return delen


def _vaste_delen() -> QuerySet[Any, Any]:
    return Organisatie.objects.filter(pk=IEMAND).order_by().values(**_delen())


DELEN = VasteVraag("vermelding_delen", _vaste_delen)


def omgeving(organisatie: Organisatie, rij: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a row of DELEN; those that begin with ``rij_`` as the page wants them, the others as they are."""
    themanamen = {thema["naam"].casefold() for thema in rij["rij_themas"]}
    return {
        "themas": rij["rij_themas"],
        "doelgroepen": rij["rij_doelgroepen"],
        "werkgebied": _werkgebied(organisatie, rij["rij_gemeenten"], rij["rij_provincies"]),
        "onderdelen": rij["rij_onderdelen"],
        "hoort_bij": next(iter(rij["rij_ouder"]), None),
        "labels": [label for label in rij["rij_labels"] if label.casefold() not in themanamen],
        "contactpersonen": rij["rij_contactpersonen"],
        **{naam: waarde for naam, waarde in rij.items() if not naam.startswith("rij_")},
    }


def _werkgebied(
    organisatie: Organisatie, gemeenten: list[dict[str, str]], provincies: list[dict[str, str]]
) -> list[dict[str, str]]:
    """The area served; each part with its CBS code, the country without."""
    match organisatie.werkgebied:
        case Werkgebied.LANDELIJK:
            return [{"naam": "Heel Nederland", "code": ""}]
        case Werkgebied.PROVINCIAAL:
            return provincies
    return gemeenten
