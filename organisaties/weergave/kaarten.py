"""The cards of a list of results: one query, whatever their number."""

import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from phonenumber_field.phonenumber import to_python

from organisaties.keuzes import Werkgebied
from organisaties.models import (
    Dienst,
    Doelgroep,
    Locatie,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
    Thema,
)
from organisaties.openingstijden import AMSTERDAM, VOORUIT_DAGEN, beste_openstand, openstand
from organisaties.weergave.vermelding import e164, is_verouderd, leesbaar
from welzijnportal.geo.fields import Afstand, Punt, PuntField

_DOELGROEPEN_OP_KAART = 2
# Farther off than this the office of a national organisation is no place to go to.
_DICHTBIJ_KM = 25
# Nearer than this both are the middle of the same place or postcode area, and the distance means nothing.
_AFSTAND_MINSTE_KM = 0.1
_TIJD = ("dag", "van", "tot", "is_op_afspraak")
_UITZONDERING = ("van_datum", "tot_en_met_datum", "is_gesloten", "van", "tot")
_EIGENAREN = ("locatie", "dienst")


def kaarten(
    ids: list[int],
    nu: datetime.datetime,
    *,
    afstanden: dict[int, float | None] | None = None,
    punt: Punt | None = None,
    eerste_nummer: int | None = None,
) -> list[dict[str, Any]]:
    """Return what componenten/resultaatkaart.html needs for these visible listings, in this order.

    ``afstanden`` in kilometres, ``punt`` is where the visitor is: the nearest location gives the place name.
    """
    rijen = {rij["pk"]: rij for rij in _rijen(ids, nu, punt)}
    gevonden = [rijen[pk] for pk in ids if pk in rijen]
    resultaat = []
    for plek, rij in enumerate(gevonden):
        kaart = _kaart(rij, nu, (afstanden or {}).get(rij["pk"]))
        kaart["nummer"] = None if eerste_nummer is None else eerste_nummer + plek
        resultaat.append(kaart)
    return resultaat


def _rijen(ids: list[int], nu: datetime.datetime, punt: Punt | None) -> Any:
    zelf = OuterRef("pk")
    vandaag = nu.astimezone(AMSTERDAM).date()
    binnenkort = Openingsuitzondering.objects.filter(
        tot_en_met_datum__gte=vandaag, van_datum__lte=vandaag + datetime.timedelta(days=VOORUIT_DAGEN)
    )
    locaties = Locatie.objects.filter(organisatie=zelf)
    # A confidential location takes no part in 'nearest': which place a card names would give it away.
    openbaar = Case(When(is_geheim=False, then=Afstand("punt", punt))) if punt else None
    dichtstbij = [openbaar.asc(nulls_last=True)] if openbaar else []
    velden: dict[str, Any] = {
        "rij_themas": _lijst(Thema.objects.filter(organisaties=zelf).order_by("volgorde", "naam")[:1], "icoon", "tint"),
        "rij_doelgroepen": ArraySubquery(
            Doelgroep.objects.filter(organisaties=zelf).order_by("volgorde").values("naam")[: _DOELGROEPEN_OP_KAART + 1]
        ),
        "rij_locaties": _lijst(locaties.order_by(*dichtstbij, "volgorde", "pk")[:1], "plaats", "punt", "is_geheim"),
        "rij_diensten": ArraySubquery(
            Dienst.objects.filter(organisatie=zelf).order_by("volgorde", "pk").values("naam")[:3]
        ),
        "heeft_gratis": Exists(Dienst.objects.filter(organisatie=zelf, is_gratis=True)),
        "heeft_betaald": Exists(Dienst.objects.filter(organisatie=zelf, is_gratis=False)),
    }
    # One subquery for each owner: a join on 'location or service' would read the whole table.
    for eigenaar in _EIGENAREN:
        van = {f"{eigenaar}__organisatie": zelf}
        velden[f"tijden_{eigenaar}"] = _lijst(Openingstijd.objects.filter(**van), f"{eigenaar}_id", *_TIJD)
        velden[f"afwijkend_{eigenaar}"] = _lijst(binnenkort.filter(**van), f"{eigenaar}_id", *_UITZONDERING)
    return (
        Organisatie.objects.zichtbaar()
        .filter(pk__in=ids)
        .order_by()
        .values("pk", "naam", "slug", "kort", "telefoon", "werkgebied", "bevestigd_op", "versheidsstap", **velden)
    )


def _lijst(rijen: QuerySet[Any], *velden: str) -> ArraySubquery:
    return ArraySubquery(rijen.values(json=JSONObject(**{veld: veld for veld in velden})))


def _kaart(rij: dict[str, Any], nu: datetime.datetime, afstand: float | None) -> dict[str, Any]:
    thema: dict[str, str] = next(iter(rij["rij_themas"]), {})
    telefoon = to_python(rij["telefoon"]) if rij["telefoon"] else ""
    doelgroepen = rij["rij_doelgroepen"]
    meer = " en anderen" if len(doelgroepen) > _DOELGROEPEN_OP_KAART else ""
    locatie = next(iter(rij["rij_locaties"]), {"plaats": "", "punt": None, "is_geheim": False})
    stand = _stand(rij, nu)
    return {
        "pk": rij["pk"],
        "url": reverse("organisaties:detail", args=[rij["slug"]]),
        "naam": rij["naam"],
        "aanbod": rij["kort"] or ", ".join(rij["rij_diensten"]),
        "voor_wie": ", ".join(naam.split(" (")[0].lower() for naam in doelgroepen[:_DOELGROEPEN_OP_KAART]) + meer,
        "plaats": locatie["plaats"],
        "punt": None if locatie["is_geheim"] else PuntField().to_python(locatie["punt"]),
        "afstand_km": None if afstand is None or afstand < _AFSTAND_MINSTE_KM else afstand,
        "is_landelijk": rij["werkgebied"] == Werkgebied.LANDELIJK and (afstand is None or afstand > _DICHTBIJ_KM),
        "open_nu": stand.in_woorden(nu) if stand.is_open else "",
        "gratis": rij["heeft_gratis"],
        "gratis_tekst": "Deels gratis" if rij["heeft_betaald"] else "Gratis",
        "gecontroleerd": rij["bevestigd_op"],
        "is_verouderd": is_verouderd(rij["bevestigd_op"], nu, rij["versheidsstap"]),
        "telefoon": leesbaar(telefoon),
        "telefoon_e164": e164(telefoon),
        "thema_kleur": thema.get("tint", ""),
        "thema_icoon": thema.get("icoon") or "hulp",
    }


def _stand(rij: dict[str, Any], nu: datetime.datetime) -> Any:
    standen = []
    for eigenaar in _EIGENAREN:
        sleutel = f"{eigenaar}_id"
        tijden, afwijkend = rij[f"tijden_{eigenaar}"], rij[f"afwijkend_{eigenaar}"]
        for pk in {tijd[sleutel] for tijd in (*tijden, *afwijkend)}:
            standen.append(
                openstand(
                    [Openingstijd(**_gelezen(tijd)) for tijd in tijden if tijd[sleutel] == pk],
                    [Openingsuitzondering(**_gelezen(dag)) for dag in afwijkend if dag[sleutel] == pk],
                    nu,
                )
            )
    return beste_openstand(standen)


def _gelezen(json_rij: dict[str, Any]) -> dict[str, Any]:
    """Dates and times come out of JSON as text."""
    rij = dict(json_rij)
    for naam in ("van", "tot"):
        rij[naam] = datetime.time.fromisoformat(rij[naam]) if rij[naam] else None
    for naam in ("van_datum", "tot_en_met_datum"):
        if naam in rij:
            rij[naam] = datetime.date.fromisoformat(rij[naam])
    return rij
