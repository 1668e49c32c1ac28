"""What an organisation sees of how its listing is found and used; small numbers are hidden.

Below five a number could tell who somebody is: at a shelter, one call on a certain day. Nought is among them, so that
not even that something happened can be known.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection
from django.db.models import Sum
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString

from organisaties.models import Dagtelling, Organisatie, Telsoort, Woordtelling
from organisaties.weergave.grafiek import Kolom, balk, kolommen
from organisaties.zoeken.stam import stam

KLEIN = 5
KLEIN_TEKST = "minder dan 5"
MAAND, JAAR = "maand", "jaar"
PERIODEN = {MAAND: "de laatste 30 dagen", JAAR: "de laatste 12 maanden"}
DAGEN, MAANDEN = 30, 12
MEESTE_WOORDEN = 12
# From so often shown or opened something can be said of what people do next.
GENOEG_GETOOND, GENOEG_GEOPEND = 40, 20
WEINIG_DOORKLIK = 0.08


@dataclass(frozen=True)
class Vak:
    """A day or a month of the period."""

    begin: date
    naam: str
    onderschrift: str


@dataclass(frozen=True)
class Getal:
    """A number as it may be seen: what it counts, how many (None when hidden), and its bar."""

    naam: str
    aantal: int | None
    balk: SafeString
    is_nieuw: bool = False

    @property
    def tekst(self) -> str:
        return als_tekst(self.aantal)


@dataclass(frozen=True)
class Tip:
    tekst: str
    naar: str = ""
    naartekst: str = ""


@dataclass
class Inzicht:
    """The counts of one listing in one period."""

    periode: str
    vakken: list[Vak]
    tellingen: dict[str, Counter[date]]
    woorden: list[tuple[str, int]]
    eigen_woorden: set[str] = field(default_factory=set)

    def aantal(self, soort: str, vak: Vak) -> int | None:
        return zichtbaar(self.tellingen[soort][vak.begin])

    def totaal(self, soort: str) -> int | None:
        return zichtbaar(self.tellingen[soort].total())

    @property
    def is_leeg(self) -> bool:
        return all(self.totaal(soort) is None for soort in Telsoort.values)

    @property
    def totalen(self) -> list[Getal]:
        hoogste = max((self.totaal(soort) or 0 for soort in Telsoort.values), default=0)
        return [Getal(soort.label, self.totaal(soort), balk(self.totaal(soort), hoogste)) for soort in Telsoort]

    @property
    def woordgetallen(self) -> list[Getal]:
        hoogste = max((aantal for _, aantal in self.woorden), default=0)
        return [Getal(w, n, balk(n, hoogste), is_nieuw=w not in self.eigen_woorden) for w, n in self.woorden]

    @property
    def rijen(self) -> list[tuple[str, list[str]]]:
        """The table of everything: a row for each day or month, a cell for each kind."""
        return [(vak.naam, [als_tekst(self.aantal(soort, vak)) for soort in Telsoort.values]) for vak in self.vakken]

    def grafiek(self, soort: Telsoort, klasse: str = "") -> SafeString:
        punten = [Kolom(vak.naam, vak.onderschrift, self.aantal(soort, vak)) for vak in self.vakken]
        titel = f"{soort.label}, {'per dag' if self.periode == MAAND else 'per maand'}"
        return kolommen(punten, titel=titel, klein=KLEIN_TEKST, klasse=klasse)

    @property
    def samenvatting(self) -> str:
        zin = (
            f"In {PERIODEN[self.periode]} is uw vermelding {als_tekst(self.totaal(Telsoort.GETOOND))} keer in een lijst"
            f" getoond en {als_tekst(self.totaal(Telsoort.GEOPEND))} keer bekeken."
        )
        gebeld = self.totaal(Telsoort.GEBELD)
        return f"{zin} Op bellen werd {als_tekst(gebeld)} keer gedrukt." if gebeld else zin

    def tips(self, organisatie: Organisatie) -> list[Tip]:
        """What to do about it, the best first; nothing when there is nothing to say."""
        nieuw = [f"“{woord}”" for woord, _ in self.woorden if woord not in self.eigen_woorden][:3]
        tips = []
        if nieuw:
            tips.append(
                Tip(
                    f"Mensen zochten op {' en '.join(filter(None, (', '.join(nieuw[:-1]), nieuw[-1])))}. Dat staat nog niet in"
                    " uw vermelding. Hoort het bij u? Noem het dan bij uw diensten.",
                    "diensten",
                    "Diensten wijzigen",
                )
            )
        getoond, geopend = self.tellingen[Telsoort.GETOOND].total(), self.tellingen[Telsoort.GEOPEND].total()
        contact = sum(self.tellingen[soort].total() for soort in (Telsoort.GEBELD, Telsoort.GEMAILD, Telsoort.WEBSITE))
        if getoond >= GENOEG_GETOOND and geopend < getoond * WEINIG_DOORKLIK:
            tips.append(
                Tip(
                    "Veel mensen zien u in de lijst, weinig klikken door. Zeg in één zin wat iemand bij u kan halen.",
                    "basis",
                    "Korte omschrijving wijzigen",
                )
            )
        if geopend >= GENOEG_GEOPEND and contact < KLEIN:
            tips.append(
                Tip(
                    "Mensen bekijken uw pagina, maar bellen of mailen nog weinig."
                    " Kijk of uw telefoonnummer, e-mailadres en openingstijden kloppen.",
                    "bereikbaarheid",
                    "Bereikbaarheid wijzigen",
                )
            )
        return tips


def zichtbaar(aantal: int) -> int | None:
    """The number, or None when it is too small to show."""
    return aantal if aantal >= KLEIN else None


def als_tekst(aantal: int | None) -> str:
    return KLEIN_TEKST if aantal is None else f"{aantal:,}".replace(",", ".")


def lees_inzicht(organisatie: Organisatie, periode: str, vandaag: date) -> Inzicht:
    """Read the counts of a listing up to and including ``vandaag``; three queries."""
    vakken = _dagen(vandaag) if periode == MAAND else _maanden(vandaag)
    sinds = vakken[0].begin
    tellingen: dict[str, Counter[date]] = {soort: Counter() for soort in Telsoort.values}
    for dag, soort, aantal in Dagtelling.objects.filter(
        organisatie=organisatie, dag__range=(sinds, vandaag)
    ).values_list("dag", "soort", "aantal"):
        tellingen[soort][dag if periode == MAAND else dag.replace(day=1)] += aantal
    woorden = list(
        Woordtelling.objects.filter(organisatie=organisatie, dag__range=(sinds, vandaag))
        .values_list("woord")
        .annotate(som=Sum("aantal"))
        .filter(som__gte=KLEIN)
        .order_by("-som", "woord")[:MEESTE_WOORDEN]
    )
    return Inzicht(periode, vakken, tellingen, woorden, _eigen(organisatie, [woord for woord, _ in woorden]))


def _eigen(organisatie: Organisatie, woorden: Iterable[str]) -> set[str]:
    """Which of these words the listing has itself, in any form."""
    vormen = {woord: {woord, f"~{woord}", f"~{stam(woord)}", f"+{stam(woord)}"} for woord in woorden}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l FROM organisaties_zoekrij z, unnest(tsvector_to_array(z.vector)) l"
            " WHERE z.organisatie_id = %s AND l = ANY(%s)",
            [organisatie.pk, sorted(set().union(*vormen.values()))],
        )
        heeft = {lexeem for (lexeem,) in cursor.fetchall()}
    return {woord for woord, eigen in vormen.items() if eigen & heeft}


def _dagen(vandaag: date) -> list[Vak]:
    dagen = [vandaag - timedelta(days=DAGEN - 1 - nummer) for nummer in range(DAGEN)]
    return [Vak(dag, format_date(dag, "l j F"), format_date(dag, "j b") if dag.weekday() == 0 else "") for dag in dagen]


def _maanden(vandaag: date) -> list[Vak]:
    laatste = vandaag.year * 12 + vandaag.month - 1
    eersten = [date(maand // 12, maand % 12 + 1, 1) for maand in range(laatste - MAANDEN + 1, laatste + 1)]
    return [Vak(eerste, format_date(eerste, "F Y"), format_date(eerste, "b")) for eerste in eersten]
