"""Whether a question speaks of acute danger, so that the telephone numbers stand above the results."""

import csv
from functools import cache

from organisaties.zoeken.taal import woorden
from organisaties.zoeken.woordenlijst import DATA

# In this order: who thinks of suicide and is beaten too is helped first by 113.
ZELFDODING, GEVAAR, GEWELD = "zelfdoding", "gevaar", "geweld"
_MEEST_GELEZEN = 60
_GEWELDTHEMAS = frozenset(
    {"huiselijk-geweld", "opvang-na-geweld", "kinderen-veilig", "seksueel-geweld", "ouderenmishandeling"}
)


@cache
def _uitdrukkingen() -> dict[str, list[tuple[str, ...]]]:
    with (DATA / "noodwoorden.csv").open(encoding="utf-8", newline="") as bestand:
        rijen = [(rij["nood"], tuple(rij["woorden"].split())) for rij in csv.DictReader(bestand)]
    return {nood: [delen for soort, delen in rijen if soort == nood] for nood in (ZELFDODING, GEVAAR, GEWELD)}


def nood_in(tekst: str, themas: tuple[str, ...] = ()) -> str:
    """Return which number comes first ('zelfdoding', 'gevaar', 'geweld'), or '' for any other question.

    Nothing is kept of it: it is looked up again for each page.
    """
    getypt = woorden(tekst)[:_MEEST_GELEZEN]
    for nood, uitdrukkingen in _uitdrukkingen().items():
        if any(_staat_in(delen, getypt) for delen in uitdrukkingen):
            return nood
    return GEWELD if _GEWELDTHEMAS & set(themas) else ""


def _staat_in(delen: tuple[str, ...], getypt: list[str]) -> bool:
    """Whether these words stand one after the other; a part that ends in * is the beginning of a word."""
    return any(
        all(
            woord.startswith(deel[:-1]) if deel.endswith("*") else woord == deel
            for deel, woord in zip(delen, getypt[begin:], strict=False)
        )
        for begin in range(len(getypt) - len(delen) + 1)
    )
