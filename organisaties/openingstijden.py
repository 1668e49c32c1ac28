"""Whether a place is open now, and the week as people read it; wall-clock time in Europe/Amsterdam."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from organisaties.keuzes import Dag
from organisaties.models import Openingstijd, Openingsuitzondering

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
VOORUIT_DAGEN = 14


@dataclass(frozen=True)
class Tijdvak:
    """A stretch of one day; without times it is by appointment."""

    van: time | None
    tot: time | None
    op_afspraak: bool = False


@dataclass(frozen=True)
class Dagrooster:
    dag: date
    naam: str
    tijdvakken: list[Tijdvak] = field(default_factory=list)
    reden: str = ""
    is_afwijkend: bool = False


@dataclass(frozen=True)
class Openstand:
    """What to tell a visitor now: open until when, or when it opens next."""

    is_open: bool
    tot: time | None = None
    opent_op: datetime | None = None

    def in_woorden(self, nu: datetime) -> str:
        if self.is_open and self.tot:
            return f"Nu open, tot {_uur(self.tot)}"
        if self.opent_op is None:
            return ""
        dagen = (self.opent_op.date() - nu.astimezone(AMSTERDAM).date()).days
        wanneer = {0: "vandaag", 1: "morgen"}.get(dagen) or (
            Dag(self.opent_op.isoweekday()).label if dagen < 7 else f"{self.opent_op.day}-{self.opent_op.month}"
        )
        return f"Nu gesloten, {wanneer} open om {_uur(self.opent_op.time())}"


def _uur(tijd: time) -> str:
    return f"{tijd.hour}.{tijd.minute:02d} uur"


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


def _begin(vak: Tijdvak) -> time:
    return vak.van or time.max


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

    Slots by appointment do not count as open. Slots that touch or overlap are read as one. A slot that
    begins or ends in the hour that the clock skips or repeats is judged by the wall clock.
    """
    tijden, uitzonderingen = list(tijden), list(uitzonderingen)
    hier = nu.astimezone(AMSTERDAM)
    klok = hier.time().replace(tzinfo=None)
    vandaag = _vaste_tijden(rooster_van_dag(hier.date(), tijden, uitzonderingen))
    tot: time | None = None
    for van, einde in vandaag:
        if (van <= klok < einde) or (tot is not None and van <= tot < einde):
            tot = einde
    if tot is not None:
        return Openstand(is_open=True, tot=tot)
    for n in range(VOORUIT_DAGEN):
        dag = hier.date() + timedelta(days=n)
        for van, _ in _vaste_tijden(rooster_van_dag(dag, tijden, uitzonderingen)):
            if n or van > klok:
                return Openstand(is_open=False, opent_op=datetime.combine(dag, van, AMSTERDAM))
    return Openstand(is_open=False)


def _vaste_tijden(rooster: Dagrooster) -> list[tuple[time, time]]:
    return [(vak.van, vak.tot) for vak in rooster.tijdvakken if vak.van and vak.tot and not vak.op_afspraak]
