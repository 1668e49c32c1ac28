"""Whether a place is open now, and the week as people read it; wall-clock time in Europe/Amsterdam."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date

from organisaties.keuzes import Dag
from organisaties.models import Openingstijd, Openingsuitzondering

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
VOORUIT_DAGEN = 14
_DAG_SECONDEN = 24 * 3600
# A slot cannot end at 24.00, so the last minute of the day stands for its end.
_EINDE_VAN_DE_DAG = time(23, 59)


@dataclass(frozen=True)
class Tijdvak:
    """A stretch of one day; without times it is by appointment."""

    van: time | None
    tot: time | None
    op_afspraak: bool = False

    def in_woorden(self) -> str:
        if not (self.van and self.tot):
            return "op afspraak"
        tot = "24.00" if self.tot >= _EINDE_VAN_DE_DAG else _klok(self.tot)
        return f"{_klok(self.van)} – {tot}{' (op afspraak)' if self.op_afspraak else ''}"


@dataclass(frozen=True)
class Dagrooster:
    dag: date
    naam: str
    tijdvakken: list[Tijdvak] = field(default_factory=list)
    reden: str = ""
    is_afwijkend: bool = False

    def in_woorden(self) -> str:
        """'9.00 – 12.00 en 13.00 – 17.00', 'gesloten', 'gesloten (Eerste Kerstdag)'."""
        tekst = " en ".join(vak.in_woorden() for vak in self.tijdvakken) or "gesloten"
        if self.reden:
            return f"{tekst} ({self.reden})"
        return f"{tekst} (anders dan anders)" if self.is_afwijkend else tekst


@dataclass(frozen=True)
class Openstand:
    """What to tell a visitor now: open until when, or when it opens next.

    Open without ``tot_op`` means day and night.
    """

    is_open: bool
    tot_op: datetime | None = None
    opent_op: datetime | None = None

    @property
    def tot(self) -> time | None:
        return self.tot_op.time() if self.tot_op else None

    def in_woorden(self, nu: datetime) -> str:
        """'Nu open, tot 17.00 uur', 'Nu gesloten, maandag open om 9.00 uur'; '' when nothing is known."""
        hier = nu.astimezone(AMSTERDAM)
        if self.is_open:
            return f"Nu open, tot {_einde(self.tot_op, hier)}" if self.tot_op else "Dag en nacht open"
        if self.opent_op is None:
            return ""
        return f"Nu gesloten, {_wanneer(self.opent_op.date(), hier.date())} open om {_klok(self.opent_op.time())} uur"


def _klok(tijd: time) -> str:
    return f"{tijd.hour}.{tijd.minute:02d}"


def _wanneer(dag: date, vandaag: date) -> str:
    dagen = (dag - vandaag).days
    if dagen in (0, 1):
        return ("vandaag", "morgen")[dagen]
    return Dag(dag.isoweekday()).label if dagen < 7 else f"op {format_date(dag, 'l j F')}"


def _einde(tot_op: datetime, hier: datetime) -> str:
    dagen = (tot_op.date() - hier.date()).days
    if tot_op.time() == time(0):
        return (
            "middernacht" if dagen == 1 else f"{_wanneer(tot_op.date() - timedelta(days=1), hier.date())} middernacht"
        )
    uur = f"{_klok(tot_op.time())} uur"
    # The small hours of a night that has begun are said as people say them: 'tot 2.00 uur'.
    if dagen == 0 or (dagen == 1 and tot_op.time() < hier.time()):
        return uur
    return f"{_wanneer(tot_op.date(), hier.date())} {uur}"


def rooster_van_dag(
    dag: date, tijden: Iterable[Openingstijd], uitzonderingen: Iterable[Openingsuitzondering]
) -> Dagrooster:
    """Return the hours of one day; an exception replaces the weekly hours, several on a day add up."""
    naam = Dag(dag.isoweekday()).label
    bijzonder = [u for u in uitzonderingen if u.van_datum <= dag <= u.tot_en_met_datum]
    if bijzonder:
        vakken = [Tijdvak(u.van, u.tot) for u in bijzonder if not u.is_gesloten]
        reden = next((u.reden for u in bijzonder if u.reden), "")
        return Dagrooster(dag, naam, sorted(vakken, key=_begin), reden, is_afwijkend=True)
    vakken = [Tijdvak(t.van, t.tot, t.is_op_afspraak) for t in tijden if t.dag == dag.isoweekday()]
    return Dagrooster(dag, naam, sorted(vakken, key=_begin))


def _begin(vak: Tijdvak) -> tuple[time, time]:
    return (vak.van or time.max, vak.tot or time.max)


def weekrooster(
    tijden: Iterable[Openingstijd], uitzonderingen: Iterable[Openingsuitzondering], nu: datetime
) -> list[Dagrooster]:
    """Return the seven days from Monday of this week, exceptions of this week included."""
    tijden, uitzonderingen = list(tijden), list(uitzonderingen)
    vandaag = nu.astimezone(AMSTERDAM).date()
    maandag = vandaag - timedelta(days=vandaag.weekday())
    return [rooster_van_dag(maandag + timedelta(days=n), tijden, uitzonderingen) for n in range(7)]


def openstand(
    tijden: Iterable[Openingstijd], uitzonderingen: Iterable[Openingsuitzondering], nu: datetime
) -> Openstand:
    """Tell whether it is open at ``nu`` (an aware datetime), until when, or when it opens in the next 14 days.

    Slots by appointment do not count as open. Slots that touch or overlap are read as one, also across
    midnight. A slot that begins or ends in the hour that the clock skips or repeats is judged by the wall clock.
    """
    hier = nu.astimezone(AMSTERDAM)
    vandaag, klok = hier.date(), _seconden(hier.time())
    for van, tot in _aaneengesloten(vandaag, list(tijden), list(uitzonderingen)):
        if van <= klok < tot:
            return Openstand(
                is_open=True, tot_op=None if tot >= VOORUIT_DAGEN * _DAG_SECONDEN else _moment(vandaag, tot)
            )
        if van > klok:
            return Openstand(is_open=False, opent_op=_moment(vandaag, van))
    return Openstand(is_open=False)


def beste_openstand(standen: Iterable[Openstand]) -> Openstand:
    """Of several places: the one open longest, else the one that opens first."""
    standen = list(standen)
    geopend = [stand for stand in standen if stand.is_open]
    if geopend:
        return max(geopend, key=lambda stand: (stand.tot_op is None, stand.tot_op and stand.tot_op.timestamp()))
    straks = [stand for stand in standen if stand.opent_op]
    return min(straks, key=lambda stand: stand.opent_op.timestamp()) if straks else Openstand(is_open=False)  # type: ignore[union-attr]


def _aaneengesloten(
    vandaag: date, tijden: Sequence[Openingstijd], uitzonderingen: Sequence[Openingsuitzondering]
) -> Iterator[tuple[int, int]]:
    """The open stretches of the coming days in order, in wall-clock seconds since last midnight.

    Made one by one: a list of results asks this twenty times, and the first stretch mostly is the answer.
    """
    van = tot = -1
    for n in range(VOORUIT_DAGEN):
        for begin, einde in _stukken(vandaag + timedelta(days=n), tijden, uitzonderingen):
            volgende = n * _DAG_SECONDEN + begin
            if van >= 0 and volgende <= tot:
                tot = max(tot, n * _DAG_SECONDEN + einde)
                continue
            if van >= 0:
                yield van, tot
            van, tot = volgende, n * _DAG_SECONDEN + einde
    if van >= 0:
        yield van, tot


def _stukken(
    dag: date, tijden: Sequence[Openingstijd], uitzonderingen: Sequence[Openingsuitzondering]
) -> list[tuple[int, int]]:
    """The stretches of one day by the clock, as rooster_van_dag gives them, in seconds since its midnight."""
    bijzonder = [u for u in uitzonderingen if u.van_datum <= dag <= u.tot_en_met_datum]
    vakken: Iterable[Any]
    if bijzonder:
        vakken = (u for u in bijzonder if not u.is_gesloten)
    else:
        weekdag = dag.isoweekday()
        vakken = (t for t in tijden if t.dag == weekdag and not t.is_op_afspraak)
    return sorted(
        (_seconden(vak.van), _DAG_SECONDEN if vak.tot >= _EINDE_VAN_DE_DAG else _seconden(vak.tot))
        for vak in vakken
        if vak.van and vak.tot
    )


def _seconden(tijd: time) -> int:
    return tijd.hour * 3600 + tijd.minute * 60 + tijd.second


def _moment(vandaag: date, seconden: int) -> datetime:
    dagen, rest = divmod(seconden, _DAG_SECONDEN)
    klok = time(rest // 3600, rest % 3600 // 60, rest % 60)
    return datetime.combine(vandaag + timedelta(days=dagen), klok, AMSTERDAM)


def eerste_paasdag(jaar: int) -> date:
    """Return Easter Sunday by the anonymous Gregorian computus (Nature, 20 April 1876)."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    maand, dag = divmod(h + k - 7 * m + 114, 31)
    return date(jaar, maand, dag + 1)


def feestdag(dag: date) -> str:
    """Return the name of the Dutch public holiday on this day, or ''. Liberation Day counts every fifth year."""
    pasen = eerste_paasdag(dag.year)
    koningsdag = date(dag.year, 4, 27)
    if koningsdag.isoweekday() == 7:
        koningsdag -= timedelta(days=1)
    return {
        date(dag.year, 1, 1): "Nieuwjaarsdag",
        pasen: "Eerste Paasdag",
        pasen + timedelta(days=1): "Tweede Paasdag",
        koningsdag: "Koningsdag",
        date(dag.year, 5, 5): "Bevrijdingsdag" if dag.year % 5 == 0 else "",
        pasen + timedelta(days=39): "Hemelvaartsdag",
        pasen + timedelta(days=49): "Eerste Pinksterdag",
        pasen + timedelta(days=50): "Tweede Pinksterdag",
        date(dag.year, 12, 25): "Eerste Kerstdag",
        date(dag.year, 12, 26): "Tweede Kerstdag",
    }.get(dag, "")
