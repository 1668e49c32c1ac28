"""Answers that a worker remembers for a moment: browsing without words is what most visitors begin with.

There are few such questions, their answer is the same for everybody, and counting what the filters would leave costs
as much as the rest of the page. An answer is forgotten when any listing changes (Zoekstand), and within the minute,
for it says how many are open now.
"""

from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from django.utils import timezone

from organisaties.zoeken import Zoekresultaat, Zoekvraag, zoek

# An answer takes some 20 kB.
MEESTE = 64
_antwoorden: OrderedDict[tuple[Zoekvraag, int, int], Zoekresultaat] = OrderedDict()
_slot = Lock()


def zoek_of_weet(vraag: Zoekvraag, stand: int) -> Zoekresultaat:
    """Search, or give the answer that is still right; ``stand`` was read from the database before this question."""
    if vraag.tekst or vraag.plek:
        return zoek(vraag)
    minuut = int((vraag.nu or timezone.now()).timestamp() // 60)
    sleutel = replace(vraag, nu=None), stand, minuut
    with _slot:
        bekend = _antwoorden.get(sleutel)
        if bekend is not None:
            _antwoorden.move_to_end(sleutel)
            return bekend
    resultaat = zoek(vraag)
    with _slot:
        _antwoorden[sleutel] = resultaat
        while len(_antwoorden) > MEESTE:
            _antwoorden.popitem(last=False)
    return resultaat


def vergeet() -> None:
    """Forget all of it, as a test does that begins with an empty database."""
    with _slot:
        _antwoorden.clear()
