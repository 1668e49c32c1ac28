"""A listing with all its parts as plain data, many listings in one query.

What visitors may not see is left out inside the query: a confidential address, contact persons' fields that are
not for everybody, a parent that is not published. So no code above this can leak it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, Field, FloatField, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from organisaties.keuzes import Zichtbaarheid
from organisaties.models import (
    Bevestiging,
    Contactpersoon,
    Dienst,
    Locatie,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
)
from organisaties.openingstijden import AMSTERDAM

Boom = dict[str, Any]

_ORGANISATIE = (
    "pk", "slug", "naam", "ook_bekend_als", "soort", "kort", "tekst", "kvk_nummer", "rsin", "opgericht_jaar", "logo",
    "email", "telefoon", "website", "sociale_links", "talen", "werkgebied", "gewijzigd_op", "bevestigd_op", "bron",
    "open_data_akkoord_op",
)  # fmt: skip
_DIENST = (
    "pk", "naam", "tekst", "leeftijd_van", "leeftijd_tot_en_met", "is_gratis", "kosten", "bedrag", "aanmelden_via",
    "aanmeldlink", "wachttijd", "talen",
)  # fmt: skip
_TIJD = ("pk", "dag", "van", "tot", "is_op_afspraak")
_UITZONDERING = ("pk", "van_datum", "tot_en_met_datum", "is_gesloten", "van", "tot", "reden")
_Plaatsen = Dienst.locaties.through
_Dienstthemas = Dienst.themas.through
_Dienstdoelgroepen = Dienst.doelgroepen.through


def bomen(organisatie_pks: Iterable[int]) -> dict[int, Boom]:
    """Return the published ones of these organisations by primary key; dates and times of parts are ISO 8601 text."""
    # An annotation may not be named after a relation of the model.
    delen = {f"boom_{naam}": deel for naam, deel in _delen(timezone.now().astimezone(AMSTERDAM).date()).items()}
    rijen = Organisatie.objects.zichtbaar().filter(pk__in=list(organisatie_pks)).order_by("pk")
    return {
        rij["pk"]: {naam.removeprefix("boom_"): waarde for naam, waarde in rij.items()}
        # Parts come with their number as it is stored; the listing's own would print as people dial it.
        | {"telefoon": rij["telefoon"].as_e164 if rij["telefoon"] else ""}
        for rij in rijen.values(*_ORGANISATIE, **delen)
    }


def _delen(vandaag: date) -> dict[str, Any]:
    zelf = OuterRef("pk")
    ouder = Organisatie.objects.zichtbaar().filter(onderdelen=zelf)
    return {
        "gemeentecodes": _kolom(Organisatie.gemeenten.through.objects.filter(organisatie=zelf), "gemeente_id"),
        "provinciecodes": _kolom(Organisatie.provincies.through.objects.filter(organisatie=zelf), "provincie_id"),
        "thema_pks": _kolom(Organisatie.themas.through.objects.filter(organisatie=zelf), "thema_id"),
        "doelgroep_pks": _kolom(Organisatie.doelgroepen.through.objects.filter(organisatie=zelf), "doelgroep_id"),
        "ouder_pk": _kolom(ouder, "pk"),
        "ouder_heeft_akkoord": Exists(ouder.filter(open_data_akkoord_op__isnull=False)),
        "bevestigingen": _lijst(
            Bevestiging.objects.filter(organisatie=zelf).order_by("blok"), ("blok", "bevestigd_op", "bron")
        ),
        "contactpersonen": _contactpersonen(zelf),
        "locaties": _locaties(zelf, vandaag),
        "diensten": _diensten(zelf, vandaag),
    }


def _kolom(rijen: QuerySet[Any], veld: str) -> ArraySubquery:
    return ArraySubquery(rijen.order_by(veld).values(veld))


def _lijst(rijen: QuerySet[Any], velden: Iterable[str], **extra: Any) -> ArraySubquery:
    return ArraySubquery(rijen.values(json=JSONObject(**{veld: veld for veld in velden}, **extra)))


def _contactpersonen(organisatie: OuterRef) -> ArraySubquery:
    zichtbaar = {
        veld: Case(
            When(Q(**{f"{veld}_voor": Zichtbaarheid.IEDEREEN}), then=F(veld)),
            default=Value(""),
            output_field=TextField(),
        )
        for veld in ("naam", "functie", "email", "telefoon")
    }
    iets = Q()
    for veld in zichtbaar:
        iets |= Q(**{f"{veld}_voor": Zichtbaarheid.IEDEREEN}) & ~Q(**{veld: ""})
    rijen = Contactpersoon.objects.filter(iets, organisatie=organisatie).order_by("pk")
    return _lijst(rijen, ("pk",), **zichtbaar)


def _locaties(organisatie: OuterRef, vandaag: date) -> ArraySubquery:
    """Of a confidential one the place, the phone, the hours and how accessible it is, as its page shows."""

    def openbaar(veld: str, soort: Field[Any, Any], anders: Any = None) -> Case:
        return Case(When(is_geheim=False, then=F(veld)), default=Value(anders), output_field=soort)

    rijen = Locatie.objects.filter(organisatie=organisatie).order_by("volgorde", "pk")
    return _lijst(
        rijen,
        ("pk", "plaats", "is_geheim", "toegankelijkheid", "telefoon"),
        **{veld: openbaar(veld, TextField(), "") for veld in ("naam", "straat", "postcode", "toelichting")},
        **{veld: openbaar(veld, FloatField()) for veld in ("breedtegraad", "lengtegraad")},
        gemeentecode=openbaar("gemeente_id", TextField()),
        **_tijden("locatie", vandaag),
    )


def _diensten(organisatie: OuterRef, vandaag: date) -> ArraySubquery:
    zelf = OuterRef("pk")
    rijen = Dienst.objects.filter(organisatie=organisatie).order_by("volgorde", "pk")
    return _lijst(
        rijen,
        _DIENST,
        thema_pks=_kolom(_Dienstthemas.objects.filter(dienst=zelf), "thema_id"),
        doelgroep_pks=_kolom(_Dienstdoelgroepen.objects.filter(dienst=zelf), "doelgroep_id"),
        plaatsen=_lijst(
            _Plaatsen.objects.filter(dienst=zelf).order_by("locatie__volgorde", "locatie_id"),
            ("pk",),
            locatie_pk="locatie_id",
        ),
        **_tijden("dienst", vandaag),
    )


def _tijden(eigenaar: str, vandaag: date) -> dict[str, Any]:
    """The week, and the exceptions that are not past."""
    van = {eigenaar: OuterRef("pk")}
    komend = Openingsuitzondering.objects.filter(**van, tot_en_met_datum__gte=vandaag)
    return {
        "tijden": _lijst(Openingstijd.objects.filter(**van).order_by("dag", "van", "pk"), _TIJD),
        "uitzonderingen": _lijst(komend.order_by("van_datum", "pk"), _UITZONDERING),
    }


__all__ = ["Boom", "bomen"]
