"""How quick the search engine is: each kind of question many times over, on listings of tests/bench/gegevens.py."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from organisaties.models import Organisatie
from organisaties.zoeken import Zoekvraag, stel_voor, zoek
from organisaties.zoeken.vraag import AFSTAND
from tests.bench.gegevens import veelgebruikt
from welzijnportal.geo.zoeken import vind_plek

HERHALINGEN = 40
THEMAS = ("geld", "wonen", "gezondheid", "werk", "meedoen")
GROEPEN = ("ouderen", "jongeren", "gezinnen")
PLAATSEN = ("Amsterdam", "Utrecht", "Rotterdam", "Zwolle", "Assen")
NU = datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@dataclass
class Meting:
    """Milliseconds of one kind of question, and how many statements each took at most."""

    tijden: list[float] = field(default_factory=list)
    queries: int = 0

    def deel(self, percentiel: float) -> float:
        return sorted(self.tijden)[min(len(self.tijden) - 1, int(len(self.tijden) * percentiel))]

    @property
    def p50(self) -> float:
        return self.deel(0.5)

    @property
    def p95(self) -> float:
        return self.deel(0.95)


def tikfout(woord: str) -> str:
    """Two letters in the middle changed places."""
    midden = len(woord) // 2
    return woord[:midden] + woord[midden + 1] + woord[midden] + woord[midden + 2 :]


def adressen() -> dict[str, list[dict[str, object]]]:
    """The kinds of question with their parameters, as the page's address has them."""
    gewoon, midden = list(veelgebruikt(0, 40)), list(veelgebruikt(700, 740))
    zeldzaam = list(veelgebruikt(20_000, 20_040))
    lang = [woord for woord in veelgebruikt(100, 400) if len(woord) >= 8][:40]
    reeks = range(40)
    return {
        "common word": [{"q": gewoon[n]} for n in reeks],
        "medium word": [{"q": midden[n]} for n in reeks],
        "rare word": [{"q": zeldzaam[n]} for n in reeks],
        "two words": [{"q": f"{gewoon[n]} {gewoon[(n + 7) % 40]}"} for n in reeks],
        "common and rare": [{"q": f"{gewoon[n]} {zeldzaam[n]}"} for n in reeks],
        "typing error": [{"q": tikfout(lang[n])} for n in reeks],
        "nonsense": [{"q": f"xqzw{n}kjh"} for n in reeks],
        "word + 10 km": [{"q": gewoon[n], "plaats": PLAATSEN[n % 5], "afstand": 10} for n in reeks],
        "word + 10 km + theme": [
            {"q": gewoon[n], "plaats": PLAATSEN[n % 5], "afstand": 10, "thema": THEMAS[n // 5 % 5]} for n in reeks
        ],
        "word + 10 km + theme + group": [
            {
                "q": gewoon[n],
                "plaats": PLAATSEN[n % 5],
                "afstand": 10,
                "thema": THEMAS[n // 5 % 5],
                "doelgroep": GROEPEN[n % 3],
            }
            for n in reeks
        ],
        "word, nearest first": [{"q": gewoon[n], "plaats": PLAATSEN[n % 5], "sorteer": "afstand"} for n in reeks],
        "nearest, no word": [{"plaats": PLAATSEN[n % 5], "afstand": 10} for n in reeks],
        "browse a theme": [{"thema": THEMAS[n % 5], "pagina": n % 3 + 1} for n in reeks],
        "browse theme and group": [{"thema": THEMAS[n % 5], "doelgroep": GROEPEN[n % 3]} for n in reeks],
        "open now": [{"q": midden[n], "open": "nu"} for n in reeks],
        "empty search": [{"pagina": 1} for n in reeks],
        "deep page": [{"q": gewoon[n], "pagina": 50} for n in reeks],
    }


def als_vraag(adres: dict[str, object]) -> Zoekvraag:
    plaats = adres.get("plaats")
    return Zoekvraag(
        tekst=str(adres.get("q", "")),
        plek=vind_plek(str(plaats)) if plaats else None,
        themas=tuple(str(adres[naam]) for naam in ("thema",) if naam in adres),
        doelgroepen=tuple(str(adres[naam]) for naam in ("doelgroep",) if naam in adres),
        alleen_open="open" in adres,
        sorteer=AFSTAND if "sorteer" in adres or (plaats and "q" not in adres) else "relevantie",
        pagina=int(str(adres.get("pagina", 1))),
        nu=NU,
    )


def soorten() -> dict[str, Callable[[int], object]]:
    """The kinds of question, each a function of the number of the repetition."""

    def zoekend(reeks: list[dict[str, object]]) -> Callable[[int], object]:
        vragen = [als_vraag(adres) for adres in reeks]
        return lambda n: zoek(vragen[n % len(vragen)])

    gevonden = {naam: zoekend(reeks) for naam, reeks in adressen().items()}
    begin = [woord[: 2 + n % 3] for n, woord in enumerate(veelgebruikt(0, 40))]
    return gevonden | {"suggestion": lambda n: stel_voor(begin[n % len(begin)])}


def icontains(woord: str) -> object:
    """The first page and the count as a plain Django site finds them."""
    rijen = Organisatie.objects.zichtbaar().filter(
        Q(naam__icontains=woord) | Q(kort__icontains=woord) | Q(tekst__icontains=woord)
    )
    return list(rijen.order_by("naam", "pk")[:20]), rijen.count()


def tel_statements(doe: Callable[[], object]) -> int:
    aantal = 0

    def teller(execute: Callable[..., object], *args: object) -> object:
        nonlocal aantal
        aantal += 1
        return execute(*args)

    with connection.execute_wrapper(teller):
        doe()
    return aantal


def meet_een(vraag: Callable[[int], object], herhalingen: int = HERHALINGEN) -> Meting:
    """Time one kind, after a first round of a few that warms nothing but the connection and the word lists."""
    meting = Meting(queries=max(tel_statements(lambda n=n: vraag(n)) for n in range(3)))  # type: ignore[misc]
    for nummer in range(herhalingen):
        begin = time.perf_counter()
        vraag(nummer)
        meting.tijden.append((time.perf_counter() - begin) * 1000)
    return meting


def meet(alleen: str = "") -> dict[str, Meting]:
    return {naam: meet_een(vraag) for naam, vraag in soorten().items() if alleen in naam}
