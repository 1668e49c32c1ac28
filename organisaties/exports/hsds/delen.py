"""The small objects that hang on organisations, services and locations: hours, languages, areas, attributes."""

from functools import cache
from typing import Any

from organisaties.exports.hsds.boom import Boom
from organisaties.exports.hsds.sleutels import Sleutelsoort, gebieddeel, maak_sleutel, taaldeel
from organisaties.exports.hsds.taxonomie import Object, Termen
from organisaties.keuzes import TALEN, Dag, Toegankelijkheid, Werkgebied
from welzijnportal.geo.laden import lees
from welzijnportal.geo.register import register

_DAGEN = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TAALNAMEN = dict(TALEN)
_TOOI = "https://identifier.overheid.nl/tooi/id"
_NEDERLAND = "https://publications.europa.eu/resource/authority/country/NLD"


def gevuld(**velden: Any) -> Object:
    """Only what has a value: the specification's types do not know null."""
    return {naam: waarde for naam, waarde in velden.items() if waarde not in (None, "", [], {})}


def telefoons(soort: Sleutelsoort, pk: int, nummer: str) -> list[Object]:
    return [{"id": maak_sleutel(soort, pk), "number": str(nummer), "type": "voice"}] if nummer else []


def roosters(bron: Object) -> list[Object]:
    """The week and the coming exceptions of a location or service.

    Times are wall-clock times of Europe/Amsterdam without an offset, and `timezone` is left out: it holds one
    number for the whole year, which would be an hour wrong for half of it.
    """
    week = [
        gevuld(
            id=maak_sleutel(Sleutelsoort.OPENINGSTIJD, tijd["pk"]),
            freq="WEEKLY",
            wkst="MO",
            interval=1,
            byday=_DAGEN[tijd["dag"] - 1],
            opens_at=_klok(tijd["van"]),
            closes_at=_klok(tijd["tot"]),
            description=f"Op {Dag(tijd['dag']).label}, op afspraak" if tijd["is_op_afspraak"] else "",
            attending_type="Op afspraak" if tijd["is_op_afspraak"] else "",
        )
        for tijd in bron["tijden"]
    ]
    return week + [_uitzondering(rij) for rij in bron["uitzonderingen"]]


def _uitzondering(rij: Object) -> Object:
    soort = "Gesloten" if rij["is_gesloten"] else "Andere openingstijden"
    return gevuld(
        id=maak_sleutel(Sleutelsoort.UITZONDERING, rij["pk"]),
        valid_from=rij["van_datum"],
        valid_to=rij["tot_en_met_datum"],
        opens_at=_klok(rij["van"]),
        closes_at=_klok(rij["tot"]),
        description=f"{soort}: {rij['reden']}" if rij["reden"] else soort,
        notes="Op deze dagen gelden de gewone openingstijden niet.",
    )


def _klok(tekst: str | None) -> str:
    return tekst[:5] if tekst else ""


def talen(soort: Sleutelsoort, pk: int, codes: list[str]) -> list[Object]:
    return [
        {"id": maak_sleutel(soort, pk, taaldeel(code)), "name": _TAALNAMEN[code], "code": code}
        for code in codes
        if code in _TAALNAMEN
    ]


def kenmerken(
    soorten: tuple[Sleutelsoort, Sleutelsoort], pk: int, bron: Object, termen: Termen, entiteit: str
) -> list[Object]:
    """The themes and target groups of an organisation or service, as attributes with their term."""
    gevonden = [
        (soorten[0], term_pk, "theme", termen.themas[term_pk])
        for term_pk in bron["thema_pks"]
        if term_pk in termen.themas
    ] + [
        (soorten[1], term_pk, "target_group", termen.doelgroepen[term_pk])
        for term_pk in bron["doelgroep_pks"]
        if term_pk in termen.doelgroepen
    ]
    return [
        {
            "id": maak_sleutel(soort, pk, term_pk),
            "link_type": verband,
            "link_entity": entiteit,
            "value": term["name"],
            "taxonomy_term_id": term["id"],
            "taxonomy_term": term,
        }
        for soort, term_pk, verband, term in gevonden
    ]


def gebieden(boom: Boom, dienst_pk: int) -> list[Object]:
    """The area that is served, by CBS code and by the government's own identifiers (TOOI)."""
    boek = register()
    match boom["werkgebied"]:
        case Werkgebied.LANDELIJK:
            return [
                {
                    "id": maak_sleutel(Sleutelsoort.GEBIED_LAND, dienst_pk),
                    "name": "Nederland",
                    "description": "Heel Nederland",
                    "uri": _NEDERLAND,
                }
            ]
        case Werkgebied.PROVINCIAAL:
            soort, codes, pad = Sleutelsoort.GEBIED_PROVINCIE, boom["provinciecodes"], "provincie"
            namen = {code: provincienaam(code) for code in codes}
        case _:
            soort, codes, pad = Sleutelsoort.GEBIED_GEMEENTE, boom["gemeentecodes"], "gemeente"
            namen = {code: boek.gemeenten[code].naam for code in codes if code in boek.gemeenten}
    return [
        {
            "id": maak_sleutel(soort, dienst_pk, gebieddeel(code)),
            "name": namen.get(code, code),
            "description": f"CBS-code {code}",
            "uri": f"{_TOOI}/{pad}/{code.lower()}",
        }
        for code in codes
    ]


@cache
def _provincies() -> dict[str, str]:
    return {rij["code"]: rij["naam"] for rij in lees("provincies")}


def provincienaam(code: str) -> str:
    """The name of a province by its CBS code; '' for an unknown one."""
    return _provincies().get(code, "")


def toegankelijkheid(locatie: Object) -> list[Object]:
    feiten = [Toegankelijkheid(feit).label for feit in locatie["toegankelijkheid"] if feit in Toegankelijkheid]
    if not feiten:
        return []
    return [{"id": maak_sleutel(Sleutelsoort.TOEGANKELIJKHEID, locatie["pk"]), "description": "; ".join(feiten)}]
