"""Invented numbers of how the first demo listings are found, so that their pages show something; the same each time."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from organisaties.actions.tellen import BEWAAR_DAGEN, is_telwoord
from organisaties.models import Dagtelling, Organisatie, Telsoort, Thema, Woordtelling

AANTAL = 12
# Of those who see the one, so many do the other.
KANSEN = {
    Telsoort.GEOPEND: 0.24,
    Telsoort.GEBELD: 0.055,
    Telsoort.GEMAILD: 0.025,
    Telsoort.ROUTE: 0.03,
    Telsoort.WEBSITE: 0.06,
    Telsoort.GEDEELD: 0.018,
}
# Monday to Sunday, and January to December: who needs help looks for it on a weekday, and less in summer.
WEEK = (1.3, 1.25, 1.1, 1.0, 0.85, 0.45, 0.4)
JAAR = (1.25, 1.1, 1.05, 0.95, 0.9, 0.85, 0.6, 0.7, 1.05, 1.1, 1.15, 0.95)
MAAND_DAGEN = 30


def maak_tellingen(organisaties: Iterable[Organisatie], vandaag: date) -> None:
    """Write a year of counts for these listings: months, and the last 40 days by day."""
    dagtellingen: list[Dagtelling] = []
    woordtellingen: list[Woordtelling] = []
    for organisatie in list(organisaties)[:AANTAL]:
        toeval = Random(f"tellingen {organisatie.slug}")  # noqa: S311
        drukte = toeval.uniform(9, 26)
        woorden = _woorden(organisatie, toeval)
        for dag, dagen in _dagen(vandaag):
            factor = dagen * JAAR[dag.month - 1] * (WEEK[dag.weekday()] if dagen == 1 else 1)
            getoond = _trek(toeval, drukte * factor)
            aantallen = {Telsoort.GETOOND: getoond} | {
                soort: _trek(toeval, getoond * kans) for soort, kans in KANSEN.items()
            }
            dagtellingen += [
                Dagtelling(organisatie=organisatie, dag=dag, soort=soort, aantal=aantal)
                for soort, aantal in aantallen.items()
                if aantal
            ]
            woordtellingen += [
                Woordtelling(organisatie=organisatie, dag=dag, woord=woord, aantal=aantal)
                for nummer, woord in enumerate(woorden)
                if (aantal := _trek(toeval, getoond * 0.22 / (nummer + 1)))
            ]
    Dagtelling.objects.bulk_create(dagtellingen)
    Woordtelling.objects.bulk_create(woordtellingen)


def _dagen(vandaag: date) -> Iterable[tuple[date, int]]:
    """The first of each older month of a year, standing for the month, and then each day."""
    eerste_dag = vandaag - timedelta(days=BEWAAR_DAGEN - 1)
    nummer = vandaag.year * 12 + vandaag.month - 1
    for maand in range(nummer - 11, nummer + 1):
        begin = date(maand // 12, maand % 12 + 1, 1)
        if begin < eerste_dag:
            yield begin, min(MAAND_DAGEN, (eerste_dag - begin).days)
    for dagen in range(BEWAAR_DAGEN):
        yield eerste_dag + timedelta(days=dagen), 1


def _trek(toeval: Random, verwacht: float) -> int:
    return max(0, round(toeval.gauss(verwacht, verwacht**0.5)))


def _woorden(organisatie: Organisatie, toeval: Random) -> list[str]:
    """Keywords of its themes, as a visitor would type them."""
    themas = Thema.objects.filter(organisaties=organisatie).order_by("volgorde")
    eigen = [woord for thema in themas for woord in thema.trefwoorden if is_telwoord(woord)]
    toeval.shuffle(eigen)
    return list(dict.fromkeys(eigen))[:7]
