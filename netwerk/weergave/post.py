"""Private post as one of its sides sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from netwerk.models import Postbericht, Postdraad, Professional
from organisaties.models import Beheer

WEG = "Iemand die weg is"


@dataclass(frozen=True)
class Draadregel:
    """A thread in the list of one side."""

    draad: Postdraad
    met: str
    begin: str
    is_ongelezen: bool
    is_eigen_laatste: bool


def draden_van(kijker: Professional) -> QuerySet[Postdraad]:
    """The threads that this person did not put away, the newest first, with the beginning of the last letter."""
    organisaties = Beheer.objects.filter(gebruiker=kijker.gebruiker_id).values("organisatie")
    laatste = Postbericht.objects.filter(draad=OuterRef("pk"), nummer=OuterRef("laatste_nummer"))
    return (
        Postdraad.objects.filter(
            Q(van=kijker, laatste_nummer__gt=F("van_opgeruimd"))
            | Q(aan=kijker, laatste_nummer__gt=F("aan_opgeruimd"))
            | Q(aan_organisatie__in=organisaties, laatste_nummer__gt=F("aan_opgeruimd"))
        )
        .select_related("van", "aan", "aan_organisatie")
        .annotate(
            laatste_tekst=Subquery(laatste.values("tekst")[:1]),
            laatste_van_begonnen=Subquery(laatste.values("is_van_begonnen")[:1]),
        )
        .order_by("-laatste_op", "-pk")
    )


def met_wie(draad: Postdraad, kijker: Professional) -> str:
    """Name the other side, or to the organisation's people who wrote and to which organisation."""
    if draad.is_begonnen_door(kijker):
        return str(draad.aan_organisatie or draad.aan or WEG)
    van = str(draad.van or WEG)
    return f"{van}, aan {draad.aan_organisatie}" if draad.aan_organisatie else van


def als_regel(draad: Any, kijker: Professional) -> Draadregel:
    is_van = draad.is_begonnen_door(kijker)
    gelezen = draad.van_gelezen if is_van else draad.aan_gelezen
    return Draadregel(
        draad=draad,
        met=met_wie(draad, kijker),
        begin=" ".join((draad.laatste_tekst or "").split())[:140],
        is_ongelezen=gelezen < draad.laatste_nummer,
        is_eigen_laatste=draad.laatste_van_begonnen == is_van,
    )
