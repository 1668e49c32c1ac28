"""Opening hours as real places keep them: regular weeks, lunch breaks, appointments, holidays."""

import re
from datetime import date, time, timedelta
from random import Random
from typing import NamedTuple

DAGEN = {"maandag": 1, "dinsdag": 2, "woensdag": 3, "donderdag": 4, "vrijdag": 5, "zaterdag": 6, "zondag": 7}
DAGDELEN = {
    "ochtend": (time(9, 30), time(12)),
    "middag": (time(13, 30), time(16)),
    "avond": (time(19), time(21, 30)),
}
_DAGDEEL = re.compile(rf"\b({'|'.join(DAGEN)})(ochtend|middag|avond)")


class Slot(NamedTuple):
    """A stretch of an ordinary week; without times it is 'by appointment'."""

    dag: int
    van: time | None
    tot: time | None
    is_op_afspraak: bool = False


class Uitzondering(NamedTuple):
    """Days that differ; with times they are open, without they are closed."""

    van_datum: date
    tot_en_met_datum: date
    van: time | None
    tot: time | None
    reden: str


def dagdelen(tekst: str, sleutel: str) -> list[Slot]:
    """The weekly hours that a text promises, as in 'elke dinsdagmiddag'; not 'de eerste dinsdagmiddag'."""
    slots = []
    for gevonden in _DAGDEEL.finditer(tekst):
        if re.search(r"eerste $", tekst[: gevonden.start()]) or re.search(
            r"opgeven|brengen", tekst[gevonden.start() :][:40]
        ):
            continue
        van, tot = DAGDELEN[gevonden[2]]
        if sleutel == "buurtmaaltijd" and gevonden[2] == "avond":
            van, tot = time(17, 30), time(20)
        slot = Slot(DAGEN[gevonden[1]], van, tot)
        if slot not in slots:
            slots.append(slot)
    return slots


def _open(dagen: list[int], *tijden: tuple[time, time]) -> list[Slot]:
    return [Slot(dag, van, tot) for dag in dagen for van, tot in tijden]


def maak_week(uren: str, toeval: Random) -> list[Slot]:
    """A week of the kind that such a place keeps."""
    werkdagen = [1, 2, 3, 4, 5]
    ochtend = (toeval.choice([time(8, 30), time(9), time(9, 30), time(10)]), toeval.choice([time(12), time(12, 30)]))
    middag = (toeval.choice([time(13), time(13, 30)]), toeval.choice([time(16), time(16, 30), time(17)]))
    avond = (toeval.choice([time(18, 30), time(19), time(19, 30)]), toeval.choice([time(21), time(21, 30), time(22)]))
    hele_dag = (ochtend[0], middag[1])
    enkele = sorted(toeval.sample(werkdagen, toeval.choice([2, 3, 3, 4])))
    match uren:
        case "huis":
            week = _open(werkdagen, (time(9), toeval.choice([time(17), time(22)])))
            return week + (_open([6], (time(10), time(13))) if toeval.random() < 0.4 else [])
        case "kantoor":
            week = _open([1, 2, 3, 4], *toeval.choice([[hele_dag], [ochtend, middag]]))
            vrijdag = toeval.choice([_open([5], ochtend), [Slot(5, None, None, True)], _open([5], hele_dag), []])
            return week + vrijdag + (_open([2], avond) if toeval.random() < 0.2 and middag[1] < avond[0] else [])
        case "winkel":
            week = _open(enkele, (time(10), toeval.choice([time(15), time(16), time(17)])))
            return week + (_open([6], (time(10), time(14))) if toeval.random() < 0.6 else [])
        case "avond":
            week = _open(enkele, middag, avond) if toeval.random() < 0.5 else _open(enkele, avond)
            return week + (_open([6], (time(13), time(17))) if toeval.random() < 0.3 else [])
        case "middag":
            tot = toeval.choice([time(17), time(17, 30)])
            week = _open([1, 2, 4, 5], (time(14), tot)) + _open([3], (time(12, 30), tot))
            return sorted(week) + (_open([6], (time(11), time(16))) if toeval.random() < 0.5 else [])
        case "dag":
            return _open(
                enkele, toeval.choice([(time(9, 30), time(15, 30)), (time(10), time(16)), (time(9), time(16))])
            )
        case "dagnacht":
            return _open([1, 2, 3, 4, 5, 6, 7], (time(8, 30), time(21)))
        case "telefoon":
            return _open(werkdagen, ochtend) + ([Slot(3, None, None, True)] if toeval.random() < 0.3 else [])
        case "post":
            return [Slot(dag, None, None, True) for dag in enkele]
        case "zondag":
            return _open(enkele, (time(13), time(18))) + _open([7], (time(12), time(17)))
        case "altijd":
            return _open([1, 2, 3, 4, 5, 6, 7], (time(9), time(23, 59)))
    return []


def maak_uitzonderingen(vandaag: date, toeval: Random) -> list[Uitzondering]:
    """Holidays to come and sometimes something of the place itself."""
    kerst = date(vandaag.year, 12, 25)
    koningsdag = date(vandaag.year + (vandaag > date(vandaag.year, 4, 27)), 4, 27)
    gevonden = []
    match toeval.randrange(5):
        case 0:
            gevonden.append(Uitzondering(kerst, kerst + timedelta(1), None, None, "Kerst"))
        case 1:
            gevonden.append(Uitzondering(kerst - timedelta(1), kerst + timedelta(7), None, None, "Kerstvakantie"))
        case 2:
            gevonden.append(
                Uitzondering(kerst - timedelta(1), kerst - timedelta(1), time(10), time(13), "Dag voor Kerst")
            )
            gevonden.append(Uitzondering(kerst, kerst + timedelta(1), None, None, "Kerst"))
        case _:
            pass
    if toeval.random() < 0.3:
        gevonden.append(Uitzondering(koningsdag, koningsdag, None, None, "Koningsdag"))
    if toeval.random() < 0.12:
        dag = vandaag + timedelta(toeval.randint(2, 30))
        reden = toeval.choice(["Dag met het hele team", "Verbouwing van de keuken", "Opleiding van vrijwilligers"])
        gevonden.append(Uitzondering(dag, dag + timedelta(toeval.choice([0, 0, 1, 4])), None, None, reden))
    return gevonden
