"""What the card of a listing in a list of results says, put together once instead of at each look."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from organisaties.keuzes import Werkgebied
from organisaties.models import Dienst, Locatie
from organisaties.zoeken.bron import Bron, deel

DIENSTEN_OP_KAART = 3
KOLOMMEN = "organisatie_id, themas, doelgroepen, gegevens"
SCHRIJF = f"""INSERT INTO organisaties_zoekkaart AS k ({KOLOMMEN}) VALUES (%s, %s, %s, %s)
    ON CONFLICT (organisatie_id) DO UPDATE SET themas = excluded.themas, doelgroepen = excluded.doelgroepen,
    gegevens = excluded.gegevens, bijgewerkt_op = clock_timestamp() WHERE (k.themas, k.doelgroepen, k.gegevens)
    IS DISTINCT FROM (excluded.themas, excluded.doelgroepen, excluded.gegevens)"""  # noqa: S608 - texts of our own


class Kaartrij(NamedTuple):
    """A row of Zoekkaart, in the order of KOLOMMEN."""

    organisatie_id: int
    themas: list[int]
    doelgroepen: list[int]
    gegevens: str


def maak_kaart(bron: Bron) -> Kaartrij:
    """The card of one published listing.

    As JSON: name, slug, summary, phone, whether it is national, has free and paid services, the first names of
    services, [place, x, y] of each location, and [weekly hours, exceptions] of each location and service. A
    confidential location has no point, so that nobody can work out where it is from which place a card names.
    """
    organisatie = bron.organisatie
    diensten, locaties = deel(organisatie, "diensten"), deel(organisatie, "locaties")
    gegevens = [
        organisatie.naam,
        organisatie.slug,
        organisatie.kort,
        str(organisatie.telefoon or ""),
        organisatie.werkgebied == Werkgebied.LANDELIJK,
        any(dienst.is_gratis for dienst in diensten),
        any(not dienst.is_gratis for dienst in diensten),
        [dienst.naam for dienst in diensten[:DIENSTEN_OP_KAART]],
        [_plek(locatie) for locatie in locaties],
        [tijden for drager in (*locaties, *diensten) if (tijden := _tijden(drager)) != [[], []]],
    ]
    return Kaartrij(
        organisatie.pk,
        [thema.pk for thema in deel(organisatie, "themas")],
        [doelgroep.pk for doelgroep in deel(organisatie, "doelgroepen")],
        json.dumps(gegevens, ensure_ascii=False, separators=(",", ":")),
    )


def _plek(locatie: Locatie) -> list[Any]:
    if locatie.is_geheim or locatie.punt is None:
        return [locatie.plaats, None, None]
    return [locatie.plaats, locatie.punt[0], locatie.punt[1]]


def _tijden(drager: Locatie | Dienst) -> list[list[Any]]:
    """The hours by the clock: [day, from, to], and [first day, last day, is closed, from, to] of exceptions."""
    return [
        [
            [tijd.dag, _klok(tijd.van), _klok(tijd.tot)]
            for tijd in deel(drager, "openingstijden")
            if tijd.van and tijd.tot and not tijd.is_op_afspraak
        ],
        [
            [
                dag.van_datum.isoformat(),
                dag.tot_en_met_datum.isoformat(),
                dag.is_gesloten,
                _klok(dag.van),
                _klok(dag.tot),
            ]
            for dag in deel(drager, "uitzonderingen")
        ],
    ]


def _klok(tijd: Any) -> str | None:
    return None if tijd is None else f"{tijd:%H:%M:%S}"
