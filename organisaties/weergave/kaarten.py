"""The cards of a list of results: one query, whatever their number."""

from __future__ import annotations

import datetime
import json
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse

from organisaties.keuzes import Status
from organisaties.openingstijden import AMSTERDAM, VOORUIT_DAGEN, beste_openstand, openstand
from organisaties.weergave.vermelding import is_verouderd, telefoonnummer
from organisaties.zoeken.bron import lees_bronnen
from organisaties.zoeken.kaartgegevens import maak_kaart
from welzijnportal.geo.fields import Punt

_DOELGROEPEN_OP_KAART = 2
# Farther off than this the office of a national organisation is no place to go to.
_DICHTBIJ_KM = 25
# Nearer than this both are the middle of the same place or postcode area, and the distance means nothing.
_AFSTAND_MINSTE_KM = 0.1

# What was put together when the listing was saved, and beside it what may change without the listing being read anew.
_OPDRACHT = """SELECT o.id, {kaart}, extract(epoch FROM o.bevestigd_op)::float8, o.versheidsstap,
    (SELECT array[t.icoon, t.tint] FROM organisaties_thema t WHERE t.id = ANY({themas}) ORDER BY t.volgorde, t.naam LIMIT 1),
    (SELECT array_agg(d.naam ORDER BY d.volgorde) FROM organisaties_doelgroep d WHERE d.id = ANY({doelgroepen}))
    FROM organisaties_organisatie o {uit} WHERE o.id = ANY(%s) AND o.status = %s"""
_BEWAARD = _OPDRACHT.format(
    kaart="k.gegevens",
    themas="k.themas",
    doelgroepen="k.doelgroepen",
    uit="LEFT JOIN organisaties_zoekkaart k ON k.organisatie_id = o.id",
)


class _Tijd(NamedTuple):
    """What organisaties.openingstijden reads of an Openingstijd."""

    dag: int
    van: datetime.time
    tot: datetime.time
    is_op_afspraak: bool = False


class _Afwijking(NamedTuple):
    """What organisaties.openingstijden reads of an Openingsuitzondering."""

    van_datum: datetime.date
    tot_en_met_datum: datetime.date
    is_gesloten: bool
    van: datetime.time | None
    tot: datetime.time | None


class _Rij(NamedTuple):
    """A card as it is kept, and what the database said beside it."""

    pk: int
    gegevens: list[Any]
    bevestigd_op: datetime.datetime | None
    stap: int
    thema: list[str]
    doelgroepen: list[str]


def kaarten(
    ids: list[int],
    nu: datetime.datetime,
    *,
    afstanden: dict[int, float | None] | None = None,
    punt: Punt | None = None,
    eerste_nummer: int | None = None,
) -> list[dict[str, Any]]:
    """Return what welzijnportal.templatetags.resultaten needs for these visible listings, in this order.

    ``afstanden`` in kilometres, ``punt`` is where the visitor is: the nearest location gives the place name.
    """
    if not ids:
        return []
    rijen = _rijen(ids)
    gevonden = [rijen[pk] for pk in ids if pk in rijen]
    resultaat = []
    for plek, rij in enumerate(gevonden):
        kaart = _kaart(rij, nu, (afstanden or {}).get(rij.pk), punt)
        kaart["nummer"] = None if eerste_nummer is None else eerste_nummer + plek
        resultaat.append(kaart)
    return resultaat


def _rijen(ids: list[int]) -> dict[int, _Rij]:
    """What is kept of each of these listings that is visible, by its key; what is not kept (yet) is made here."""
    with connection.cursor() as cursor:
        cursor.execute(_BEWAARD, [ids, Status.GEPUBLICEERD.value])
        gelezen = cursor.fetchall()
    rijen = {rij[0]: _rij(*rij) for rij in gelezen if rij[1] is not None}
    if len(rijen) < len(gelezen):
        rijen |= _vers([rij[0] for rij in gelezen if rij[1] is None])
    return rijen


def _vers(ids: list[int]) -> dict[int, _Rij]:
    """The same of listings without a card: before the first rebuild, or saved without the search engine knowing."""
    vers = [maak_kaart(bron) for bron in lees_bronnen(ids)]
    with connection.cursor() as cursor:
        cursor.execute(
            _OPDRACHT.format(
                kaart="k.gegevens",
                themas="ARRAY(SELECT json_array_elements_text(k.themas)::bigint)",
                doelgroepen="ARRAY(SELECT json_array_elements_text(k.doelgroepen)::bigint)",
                uit="JOIN json_to_recordset(%s) AS k(id bigint, gegevens text, themas json, doelgroepen json) ON k.id = o.id",
            ),
            [
                json.dumps([{"id": k[0], "themas": k[1], "doelgroepen": k[2], "gegevens": k[3]} for k in vers]),
                ids,
                Status.GEPUBLICEERD.value,
            ],
        )
        return {rij[0]: _rij(*rij) for rij in cursor.fetchall()}


def _rij(
    pk: int, gegevens: str, bevestigd: float | None, stap: int, thema: list[str] | None, doelgroepen: list[str] | None
) -> _Rij:
    op = None if bevestigd is None else datetime.datetime.fromtimestamp(bevestigd, datetime.UTC)
    return _Rij(pk, json.loads(gegevens), op, stap, thema or ["", ""], doelgroepen or [])


def _kaart(rij: _Rij, nu: datetime.datetime, afstand: float | None, punt: Punt | None) -> dict[str, Any]:
    naam, slug, kort, telefoon, is_landelijk, gratis, betaald, diensten, locaties, tijden = rij.gegevens
    leesbaar, e164 = telefoonnummer(telefoon)
    meer = " en anderen" if len(rij.doelgroepen) > _DOELGROEPEN_OP_KAART else ""
    plaats, x, y = _plek(locaties, punt)
    stand = beste_openstand(openstand(*_uren(week, afwijkend, nu), nu) for week, afwijkend in tijden)
    return {
        "pk": rij.pk,
        "url": _adres(slug),
        "naam": naam,
        "aanbod": kort or ", ".join(diensten),
        "voor_wie": ", ".join(d.split(" (")[0].lower() for d in rij.doelgroepen[:_DOELGROEPEN_OP_KAART]) + meer,
        "plaats": plaats,
        "punt": None if x is None else Punt(x, y),
        "afstand_km": None if afstand is None or afstand < _AFSTAND_MINSTE_KM else afstand,
        "is_landelijk": is_landelijk and (afstand is None or afstand > _DICHTBIJ_KM),
        "open_nu": stand.in_woorden(nu) if stand.is_open else "",
        "gratis": gratis,
        "gratis_tekst": "Deels gratis" if betaald else "Gratis",
        "gecontroleerd": rij.bevestigd_op,
        "is_verouderd": is_verouderd(rij.bevestigd_op, nu, rij.stap),
        "telefoon": leesbaar,
        "telefoon_e164": e164,
        "thema_kleur": rij.thema[1],
        "thema_icoon": rij.thema[0] or "hulp",
    }


@lru_cache(maxsize=1)
def _adresvorm() -> tuple[str, str]:
    voor, achter = reverse("organisaties:detail", args=["x--x"]).split("x--x")
    return voor, achter


def _adres(slug: str) -> str:
    """A slug is of letters, digits and hyphens alone, so that nothing needs quoting."""
    voor, achter = _adresvorm()
    return f"{voor}{slug}{achter}"


def _plek(locaties: list[list[Any]], punt: Punt | None) -> list[Any]:
    """The nearest location that may be shown on a map, else the first."""
    if not locaties:
        return ["", None, None]
    met_punt = [locatie for locatie in locaties if locatie[1] is not None]
    if punt is None or not met_punt:
        return locaties[0]
    return min(met_punt, key=lambda locatie: (locatie[1] - punt[0]) ** 2 + (locatie[2] - punt[1]) ** 2)


def _uren(week: list[Any], afwijkend: list[Any], nu: datetime.datetime) -> tuple[Any, Any]:
    """The hours of one location or service; exceptions only of the days that are looked at."""
    tijd, datum = datetime.time.fromisoformat, datetime.date.fromisoformat
    tijden = [_Tijd(dag, tijd(van), tijd(tot)) for dag, van, tot in week]
    if not afwijkend:
        return tijden, []
    vandaag = nu.astimezone(AMSTERDAM).date()
    einde = vandaag + datetime.timedelta(days=VOORUIT_DAGEN)
    gelezen = [
        _Afwijking(datum(van), datum(tot_en_met), dicht, tijd(open_) if open_ else None, tijd(sluit) if sluit else None)
        for van, tot_en_met, dicht, open_, sluit in afwijkend
    ]
    return tijden, [dag for dag in gelezen if dag.tot_en_met_datum >= vandaag and dag.van_datum <= einde]
