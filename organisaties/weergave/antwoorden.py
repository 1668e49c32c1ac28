"""What readers of shared lists answered about a listing, without a number that could point at one of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from organisaties.models import Doorgeeftelling, Organisatie
from organisaties.models.lijst import Antwoord

# Smaller numbers are not told: the person who passed the listing on might know who it was.
KLEINSTE = 5
TERUG = timedelta(days=365)


@dataclass
class Antwoordtabel:
    koppen: list[str] = field(default_factory=lambda: [keuze.label for keuze in Antwoord])
    rijen: list[tuple[str, list[str]]] = field(default_factory=list)
    samen: list[str] = field(default_factory=list)


def antwoordtabel(organisatie: Organisatie) -> Antwoordtabel:
    """Return the answers of the last year by service; what was not about one service is 'Zonder keuze'."""
    tellingen = (
        Doorgeeftelling.objects.filter(organisatie=organisatie, dag__gte=timezone.localdate() - TERUG, aantal__gt=0)
        .order_by("dienst__volgorde", "dienst_id")
        .values("dienst_id", "dienst__naam", "antwoord")
        .annotate(samen=Sum("aantal"))
    )
    namen: dict[int | None, str] = {}
    aantallen: dict[int | None, dict[str, int]] = defaultdict(dict)
    for telling in tellingen:
        namen[telling["dienst_id"]] = telling["dienst__naam"] or "Zonder keuze voor een dienst"
        aantallen[telling["dienst_id"]][telling["antwoord"]] = telling["samen"]
    tabel = Antwoordtabel()
    kolommen = {keuze: [rij.get(keuze, 0) for rij in aantallen.values()] for keuze in Antwoord.values}
    tabel.rijen = [
        (namen[dienst], [_in_woorden(rij.get(keuze, 0)) for keuze in Antwoord.values])
        for dienst, rij in aantallen.items()
    ]
    if len(aantallen) > 1:
        tabel.samen = [_samen(kolommen[keuze]) for keuze in Antwoord.values]
    return tabel


def _in_woorden(aantal: int) -> str:
    return str(aantal) if aantal >= KLEINSTE else f"minder dan {KLEINSTE}"


def _samen(aantallen: list[int]) -> str:
    """The total of a column, unless one small number could be told from it by subtracting the others."""
    if sum(aantal < KLEINSTE for aantal in aantallen) == 1:
        return "–"
    return _in_woorden(sum(aantallen))
