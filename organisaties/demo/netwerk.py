"""Who works with whom in the demo data, who vouches for whom, and what visitors proposed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from organisaties.actions.corrigeren import huidige_waarde
from organisaties.demo.vormen import Organisatieplan
from organisaties.models import Correctie, Organisatie, Verbinding, Voorspraak
from welzijnportal.accounts.models import Gebruiker

# Who most others in a town work with.
SPILLEN = ("wijkteam", "welzijn", "recht", "geld")
MEEST_PER_SPIL = 9

Paar = tuple[Organisatieplan, Organisatie]


def maak_verbindingen(paren: Sequence[Paar], nu: datetime, toeval: Random) -> list[Verbinding]:
    """Partners within a municipality, most of them with the team or welfare organisation there; not saved."""
    per_gemeente: dict[str, list[Paar]] = defaultdict(list)
    for plan, organisatie in paren:
        per_gemeente[plan.locaties[0].plek.gemeente].append((plan, organisatie))
    gemaakt: list[Verbinding] = []
    for buren in per_gemeente.values():
        spil = min(buren, key=lambda paar: SPILLEN.index(paar[0].soort) if paar[0].soort in SPILLEN else len(SPILLEN))
        anderen = [organisatie for _, organisatie in buren if organisatie is not spil[1]]
        gekozen = {(spil[1].pk, een.pk): (spil[1], een) for een in anderen[:MEEST_PER_SPIL] if toeval.random() < 0.7}
        for een, ander in pairwise(anderen):
            if toeval.random() < 0.25:
                gekozen[een.pk, ander.pk] = (een, ander)
        gemaakt += [
            _verbinding(een, ander, nu - timedelta(days=toeval.randint(3, 600))) for een, ander in gekozen.values()
        ]
    return gemaakt


def _verbinding(een: Organisatie, ander: Organisatie, op: datetime) -> Verbinding:
    return Verbinding(
        van=een,
        naar=ander,
        status=Verbinding.Status.BEVESTIGD,
        gevraagd_op=op,
        beantwoord_op=op + timedelta(days=2),
    )


def maak_voorspraken(verbindingen: Sequence[Verbinding], nu: datetime, toeval: Random) -> list[Voorspraak]:
    """Some partners vouch for the other's listing; not saved."""
    return [
        Voorspraak(organisatie=een.naar, namens=een.van, gegeven_op=nu - timedelta(days=toeval.randint(1, 200)))
        for een in verbindingen
        if toeval.random() < 0.3
    ]


def maak_correcties(organisaties: Sequence[Organisatie], nu: datetime) -> list[Correctie]:
    """What visitors proposed for the first listings, which the demo accounts keep; not saved."""
    if not organisaties:
        return []
    eigen, ander = organisaties[0], organisaties[-1]
    return [
        Correctie(
            organisatie=eigen,
            veld=Correctie.Veld.TELEFOON,
            oude_waarde=str(eigen.telefoon.as_e164) if eigen.telefoon else "",
            nieuwe_waarde="+31850001234",
            opmerking="Op hun eigen website staat dit nummer.",
            email="buurvrouw@voorbeeld.example",
            voorgesteld_op=nu - timedelta(hours=9),
        ),
        Correctie(
            organisatie=eigen,
            veld=Correctie.Veld.VOOR_WIE,
            oude_waarde=huidige_waarde(Correctie.Veld.VOOR_WIE, eigen),
            nieuwe_waarde="Ook voor mensen die nog geen Nederlands spreken.",
            voorgesteld_op=nu - timedelta(hours=31),
        ),
        Correctie(
            organisatie=ander,
            veld=Correctie.Veld.WEBSITE,
            oude_waarde=ander.website,
            nieuwe_waarde=ander.website.replace("www.", "nieuw."),
            voorgesteld_op=nu - timedelta(days=4),
        ),
    ]


def maak_vraag(van: Organisatie, naar: Organisatie, door: Gebruiker | None, nu: datetime) -> Verbinding:
    """A question that waits for an answer; not saved."""
    return Verbinding(van=van, naar=naar, gevraagd_door=door, gevraagd_op=nu - timedelta(days=1))
