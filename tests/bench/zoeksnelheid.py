"""How quick the search engine is at a size: synthetic listings straight into the tables, timings beside icontains."""

import random
import statistics
import time
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from django.db import connection, transaction
from django.db.models import Q

from organisaties.keuzes import Soort, Status
from organisaties.models import Organisatie, Woord, Woordverschil, Zoekopening, Zoekpunt, Zoekrij
from organisaties.zoeken import Zoekvraag, stel_voor, zoek
from organisaties.zoeken.opbouw import KOLOMMEN, neem_over
from organisaties.zoeken.rij import cel, lexemen_van
from organisaties.zoeken.tellingen import maak_woorden
from organisaties.zoeken.vraag import AFSTAND
from organisaties.zoeken.woordenlijst import woordsoorten
from welzijnportal.geo.rd import Punt
from welzijnportal.geo.zoeken import Plek

SEED = 20_261_123
WOORDEN = 40_000
THEMAS = [f"thema-{n}" for n in range(80)]
HERHALINGEN = 15
# About where people live: the larger a town's number, the fewer listings it has.
STEDEN = [(121 + n % 7 * 11.0, 487 - n % 11 * 9.0 + n % 3) for n in range(60)]


class Maker:
    """Draws Dutch words with Zipf's frequencies, the same every time."""

    def __init__(self) -> None:
        self.toeval = random.Random(SEED)
        woorden = sorted(woord for woord, soort in woordsoorten().items() if soort)
        self.toeval.shuffle(woorden)
        self.woorden = woorden[:WOORDEN]
        self.grenzen = list(accumulate(1 / (rang + 8) for rang in range(len(self.woorden))))
        self.lexemen: dict[str, list[str]] = {}

    def trek(self, aantal: int) -> list[str]:
        hoogste = self.grenzen[-1]
        return [self.woorden[bisect(self.grenzen, self.toeval.random() * hoogste)] for _ in range(aantal)]

    def lexemen_van(self, woord: str) -> list[str]:
        if woord not in self.lexemen:
            self.lexemen[woord] = lexemen_van(woord)
        return self.lexemen[woord]


def vul(aantal: int, meld: Callable[[str], object]) -> Maker:
    """Fill the tables of a scratch database with so many published listings and their search rows."""
    maker = Maker()
    begin = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for model in (Zoekpunt, Zoekopening, Woordverschil, Woord, Zoekrij, Organisatie):
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
        cursor.execute("CREATE TEMP TABLE zoekrij_nieuw (LIKE organisaties_zoekrij) ON COMMIT DROP")
        tellingen: Counter[str] = Counter()
        velden = list(Organisatie._meta.concrete_fields)
        kolommen = ", ".join(f'"{veld.column}"' for veld in velden)
        for eerste in range(1, aantal + 1, 20_000):
            rijen = [_listing(maker, pk, tellingen) for pk in range(eerste, min(eerste + 20_000, aantal + 1))]
            with cursor.copy(f"COPY organisaties_organisatie ({kolommen}) FROM STDIN") as kopie:
                for organisatie, _, _ in rijen:
                    kopie.write_row([_waarde(organisatie, veld.attname) for veld in velden])
            with cursor.copy(f"COPY zoekrij_nieuw ({KOLOMMEN}) FROM STDIN") as kopie:
                for _, zoekrij, _ in rijen:
                    kopie.write_row(zoekrij)
            with cursor.copy("COPY organisaties_zoekpunt (organisatie_id, punt) FROM STDIN") as kopie:
                for organisatie, _, punt in rijen:
                    kopie.write_row((organisatie.pk, f"({punt[0]},{punt[1]})"))
        meld(f"{aantal:,} listings made in {time.monotonic() - begin:.0f} s")
        neem_over(cursor, aantal)
        Woord.objects.bulk_create(maak_woorden(sorted(tellingen.items())), batch_size=5000)
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE organisaties_zoekrij")
        cursor.execute("ANALYZE")
    meld(f"indexed after {time.monotonic() - begin:.0f} s")
    return maker


def _waarde(organisatie: Organisatie, naam: str) -> object:
    waarde = getattr(organisatie, naam)
    return str(waarde) if naam in ("logo", "telefoon") else waarde


def _listing(
    maker: Maker, pk: int, tellingen: Counter[str]
) -> tuple[Organisatie, tuple[object, ...], tuple[float, float]]:
    toeval = maker.toeval
    naam, aanbod, tekst = maker.trek(3), maker.trek(6), maker.trek(40)
    lexemen: dict[str, str] = {}
    for veld, woorden in (("1A", naam), ("2B", aanbod), ("3C", tekst)):
        for woord in woorden:
            for lexeem in maker.lexemen_van(woord):
                if veld not in lexemen.get(lexeem, ""):
                    lexemen[lexeem] = (lexemen[lexeem] + "," if lexeem in lexemen else ":") + veld
    stad = STEDEN[min(int(toeval.expovariate(0.12)), len(STEDEN) - 1)]
    punt = (round(stad[0] + toeval.gauss(0, 3), 3), round(stad[1] + toeval.gauss(0, 3), 3))
    thema = THEMAS[min(int(toeval.expovariate(0.08)), len(THEMAS) - 1)]
    soort = toeval.choice(list(Soort.values))
    for filterwoord in ("@", f"@t:{thema}", f"@s:{soort}", "@gratis", cel(*punt, 5), cel(*punt, 25)):
        lexemen[filterwoord] = ""
    tellingen.update(lexemen.keys())
    vector = " ".join(f"'{lexeem}'{plaatsen}" for lexeem, plaatsen in lexemen.items())
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=pk)
    organisatie = Organisatie(
        pk=pk, naam=" ".join(naam).capitalize(), slug=f"listing-{pk}", kort=" ".join(aanbod)[:160], tekst=" ".join(tekst),
        soort=soort, status=Status.GEPUBLICEERD, gepubliceerd_op=moment,
    )  # fmt: skip
    rij: tuple[object, ...] = (
        pk, round(toeval.random(), 3), False, " ".join(naam), " ".join(aanbod), vector, [thema], [], [], soort, True, moment,
        f"({punt[0]},{punt[1]})",
    )  # fmt: skip
    return organisatie, rij, punt


def vragen(maker: Maker) -> dict[str, Callable[[int], object]]:
    """The kinds of question, each a function of the number of the repetition."""
    lang = [woord for woord in maker.woorden if 6 <= len(woord) <= 12]
    gewoon, midden, zeldzaam = lang[:30], lang[400:460], lang[8000:8060]
    plek = Plek("Teststad", "woonplaats", Punt(*STEDEN[0]))

    def tikfout(woord: str) -> str:
        return woord[:3] + woord[4] + woord[3] + woord[5:]

    return {
        "common word": lambda n: zoek(Zoekvraag(tekst=gewoon[n])),
        "medium word": lambda n: zoek(Zoekvraag(tekst=midden[n])),
        "rare word": lambda n: zoek(Zoekvraag(tekst=zeldzaam[n])),
        "two common words": lambda n: zoek(Zoekvraag(tekst=f"{gewoon[n]} {gewoon[n + 1]}")),
        "common and medium": lambda n: zoek(Zoekvraag(tekst=f"{gewoon[n]} {midden[n]}")),
        "typing error": lambda n: zoek(Zoekvraag(tekst=tikfout(midden[n]))),
        "word + 10 km": lambda n: zoek(Zoekvraag(tekst=gewoon[n], plek=plek)),
        "word + theme + 10 km": lambda n: zoek(Zoekvraag(tekst=gewoon[n], plek=plek, themas=(THEMAS[n % 5],))),
        "word, nearest first": lambda n: zoek(Zoekvraag(tekst=gewoon[n], plek=plek, afstand_km=0, sorteer=AFSTAND)),
        "nearest, no word": lambda n: zoek(Zoekvraag(plek=plek, afstand_km=0, sorteer=AFSTAND)),
        "browse a place": lambda n: zoek(Zoekvraag(plek=plek, pagina=n % 3 + 1)),
        "browse a theme": lambda n: zoek(Zoekvraag(themas=(THEMAS[n % 10],))),
        "empty search": lambda n: zoek(Zoekvraag(pagina=n % 3 + 1)),
        "nonsense": lambda n: zoek(Zoekvraag(tekst="xqzwkjh")),
        "suggestion": lambda n: stel_voor(gewoon[n][:3]),
        "icontains, same page": lambda n: _icontains(gewoon[n]) if n < 3 else None,
    }


def _icontains(woord: str) -> object:
    rijen = Organisatie.objects.zichtbaar().filter(
        Q(naam__icontains=woord) | Q(kort__icontains=woord) | Q(tekst__icontains=woord)
    )
    return list(rijen.order_by("naam", "pk")[:20]), rijen.count()


def meet(aantal: int, meld: Callable[[str], object]) -> Iterator[str]:
    """Yield a line for each kind of question: median and 95th percentile in milliseconds."""
    maker = vul(aantal, meld)
    yield f"{aantal:,} listings, milliseconds{'p50':>8}{'p95':>9}"
    for naam, vraag in vragen(maker).items():
        vraag(0)
        tijden = []
        for nummer in range(HERHALINGEN if "icontains" not in naam else 3):
            begin = time.perf_counter()
            vraag(nummer)
            tijden.append((time.perf_counter() - begin) * 1000)
        tijden.sort()
        yield f"  {naam:<24}{statistics.median(tijden):>9.1f}{tijden[int(len(tijden) * 0.95) - 1 if len(tijden) > 3 else -1]:>9.1f}"


__all__ = ["meet", "vul"]
