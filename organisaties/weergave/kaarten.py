"""The cards of a list of results: one query, whatever their number."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse

from organisaties.keuzes import Status, Werkgebied
from organisaties.openingstijden import AMSTERDAM, VOORUIT_DAGEN, beste_openstand, openstand
from organisaties.weergave.vermelding import is_verouderd, telefoonnummer
from welzijnportal.geo.fields import Punt

_DOELGROEPEN_OP_KAART = 2
_DIENSTEN_OP_KAART = 3
# Farther off than this the office of a national organisation is no place to go to.
_DICHTBIJ_KM = 25
# Nearer than this both are the middle of the same place or postcode area, and the distance means nothing.
_AFSTAND_MINSTE_KM = 0.1

# Written out and set by set: through the ORM, with a subquery for each card, this took most of the time of a page.
# A confidential location takes no part in 'nearest': which place a card names would give it away.
_SQL = """
SELECT (SELECT json_agg(json_build_array(o.id, o.naam, o.slug, o.kort, o.telefoon, o.werkgebied,
    extract(epoch FROM o.bevestigd_op), o.versheidsstap)) FROM organisaties_organisatie o
    WHERE o.id = ANY(%(ids)s) AND o.status = %(zichtbaar)s) AS organisaties,
(SELECT json_agg(t) FROM (SELECT DISTINCT ON (k.organisatie_id) k.organisatie_id, t.icoon, t.tint
    FROM organisaties_organisatie_themas k JOIN organisaties_thema t ON t.id = k.thema_id
    WHERE k.organisatie_id = ANY(%(ids)s) ORDER BY k.organisatie_id, t.volgorde, t.naam) t) AS themas,
(SELECT json_agg(json_build_array(k.organisatie_id, d.naam) ORDER BY d.volgorde)
    FROM organisaties_organisatie_doelgroepen k JOIN organisaties_doelgroep d ON d.id = k.doelgroep_id
    WHERE k.organisatie_id = ANY(%(ids)s)) AS doelgroepen,
(SELECT json_agg(l) FROM (SELECT DISTINCT ON (l.organisatie_id) l.organisatie_id, l.plaats, l.is_geheim,
    l.punt[0] AS x, l.punt[1] AS y FROM organisaties_locatie l WHERE l.organisatie_id = ANY(%(ids)s)
    ORDER BY l.organisatie_id, CASE WHEN NOT l.is_geheim THEN l.punt <-> %(punt)s::point END NULLS LAST,
    l.volgorde, l.id) l) AS locaties,
(SELECT json_agg(d) FROM (SELECT organisatie_id, bool_or(is_gratis) AS gratis, bool_or(NOT is_gratis) AS betaald,
    (array_agg(naam ORDER BY volgorde, id))[:%(diensten)s] AS namen
    FROM organisaties_dienst WHERE organisatie_id = ANY(%(ids)s) GROUP BY organisatie_id) d) AS diensten,
"""
# Of each location and each service apart: a join on 'location or service' would read the whole table.
_TIJDEN_SQL = """
(SELECT json_agg(json_build_array(b.organisatie_id, b.id, t.dag, t.van, t.tot))
    FROM organisaties_{bron} b JOIN organisaties_openingstijd t ON t.{bron}_id = b.id
    WHERE b.organisatie_id = ANY(%(ids)s) AND t.van IS NOT NULL AND NOT t.is_op_afspraak) AS tijden_{bron},
(SELECT json_agg(json_build_array(b.organisatie_id, b.id, u.van_datum, u.tot_en_met_datum, u.is_gesloten, u.van, u.tot))
    FROM organisaties_{bron} b JOIN organisaties_openingsuitzondering u ON u.{bron}_id = b.id
    WHERE b.organisatie_id = ANY(%(ids)s)
    AND u.tot_en_met_datum >= %(vandaag)s AND u.van_datum <= %(tot_en_met)s) AS afwijkend_{bron}"""
_BRONNEN = ("locatie", "dienst")
_OPDRACHT = _SQL + ",".join(_TIJDEN_SQL.format(bron=bron) for bron in _BRONNEN)


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
    if not ids:
        return []
    rijen = _rijen(ids, nu, punt)
    gevonden = [rijen[pk] for pk in ids if pk in rijen]
    resultaat = []
    for plek, rij in enumerate(gevonden):
        kaart = _kaart(rij, nu, (afstanden or {}).get(rij["pk"]))
        kaart["nummer"] = None if eerste_nummer is None else eerste_nummer + plek
        resultaat.append(kaart)
    return resultaat


def _rijen(ids: list[int], nu: datetime.datetime, punt: Punt | None) -> dict[int, dict[str, Any]]:
    """What the database knows of each of these listings that is visible, by its key."""
    vandaag = nu.astimezone(AMSTERDAM).date()
    waarden = {
        "ids": ids,
        "zichtbaar": Status.GEPUBLICEERD.value,
        "punt": f"({punt[0]!r},{punt[1]!r})" if punt else None,
        "diensten": _DIENSTEN_OP_KAART,
        "vandaag": vandaag,
        "tot_en_met": vandaag + datetime.timedelta(days=VOORUIT_DAGEN),
    }
    with connection.cursor() as cursor:
        cursor.execute(_OPDRACHT, waarden)
        namen = [kolom[0] for kolom in cursor.description]
        deel = dict(zip(namen, (waarde or [] for waarde in cursor.fetchone()), strict=True))
    rijen: dict[int, dict[str, Any]] = {}
    for pk, naam, slug, kort, telefoon, werkgebied, bevestigd, stap in deel["organisaties"]:
        op = None if bevestigd is None else datetime.datetime.fromtimestamp(bevestigd, datetime.UTC)
        rijen[pk] = {"pk": pk, "naam": naam, "slug": slug, "kort": kort, "telefoon": telefoon, "bevestigd_op": op}
        rijen[pk] |= {"is_landelijk": werkgebied == Werkgebied.LANDELIJK, "stap": stap, "doelgroepen": [], "tijden": {}}
    for soort in ("themas", "locaties", "diensten"):
        for rij in deel[soort]:
            if rij["organisatie_id"] in rijen:
                rijen[rij["organisatie_id"]][soort] = rij
    for pk, naam in deel["doelgroepen"]:
        if pk in rijen:
            rijen[pk]["doelgroepen"].append(naam)
    for bron in _BRONNEN:
        _zet_tijden(rijen, bron, deel[f"tijden_{bron}"], deel[f"afwijkend_{bron}"])
    return rijen


def _zet_tijden(rijen: dict[int, dict[str, Any]], bron: str, tijden: list[Any], afwijkend: list[Any]) -> None:
    """Sort the hours by the location or service that they are of: (weekly hours, exceptions)."""
    tijd, datum = datetime.time.fromisoformat, datetime.date.fromisoformat
    for pk, bron_pk, dag, van, tot in tijden:
        if pk in rijen:
            blok = rijen[pk]["tijden"].setdefault((bron, bron_pk), ([], []))
            blok[0].append(_Tijd(dag, tijd(van), tijd(tot)))
    for pk, bron_pk, van_datum, tot_en_met, is_gesloten, van, tot in afwijkend:
        if pk in rijen:
            blok = rijen[pk]["tijden"].setdefault((bron, bron_pk), ([], []))
            uren = (tijd(van) if van else None, tijd(tot) if tot else None)
            blok[1].append(_Afwijking(datum(van_datum), datum(tot_en_met), is_gesloten, *uren))


def _kaart(rij: dict[str, Any], nu: datetime.datetime, afstand: float | None) -> dict[str, Any]:
    thema, locatie, dienst = rij.get("themas", {}), rij.get("locaties", {}), rij.get("diensten", {})
    leesbaar, e164 = telefoonnummer(rij["telefoon"])
    doelgroepen = rij["doelgroepen"]
    meer = " en anderen" if len(doelgroepen) > _DOELGROEPEN_OP_KAART else ""
    heeft_punt = bool(locatie) and not locatie["is_geheim"] and locatie["x"] is not None
    stand = beste_openstand(openstand(tijden, afwijkend, nu) for tijden, afwijkend in rij["tijden"].values())
    return {
        "pk": rij["pk"],
        "url": reverse("organisaties:detail", args=[rij["slug"]]),
        "naam": rij["naam"],
        "aanbod": rij["kort"] or ", ".join(dienst.get("namen", ())),
        "voor_wie": ", ".join(naam.split(" (")[0].lower() for naam in doelgroepen[:_DOELGROEPEN_OP_KAART]) + meer,
        "plaats": locatie.get("plaats", ""),
        "punt": Punt(locatie["x"], locatie["y"]) if heeft_punt else None,
        "afstand_km": None if afstand is None or afstand < _AFSTAND_MINSTE_KM else afstand,
        "is_landelijk": rij["is_landelijk"] and (afstand is None or afstand > _DICHTBIJ_KM),
        "open_nu": stand.in_woorden(nu) if stand.is_open else "",
        "gratis": dienst.get("gratis", False),
        "gratis_tekst": "Deels gratis" if dienst.get("betaald") else "Gratis",
        "gecontroleerd": rij["bevestigd_op"],
        "is_verouderd": is_verouderd(rij["bevestigd_op"], nu, rij["stap"]),
        "telefoon": leesbaar,
        "telefoon_e164": e164,
        "thema_kleur": thema.get("tint", ""),
        "thema_icoon": thema.get("icoon") or "hulp",
    }
