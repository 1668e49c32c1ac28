"""Weekly hours as a sentence, for paper: no table, no 'now open'."""

from datetime import date, timedelta

from organisaties.models import Openingstijd
from organisaties.openingstijden import Dagrooster, Tijdvak, rooster_van_dag

# Any Monday: the weekly hours do not depend on the date.
_MAANDAG = date(2024, 1, 1)


def uren_in_woorden(tijden: list[Openingstijd]) -> list[str]:
    """['maandag tot en met donderdag van 9.00 tot 17.00 uur', 'vrijdag op afspraak']; [] when nothing is known."""
    week = [rooster_van_dag(_MAANDAG + timedelta(days=n), tijden, []) for n in range(7)]
    groepen: list[list[Dagrooster]] = []
    for dag in week:
        if not dag.tijdvakken:
            continue
        vorige = groepen[-1][-1] if groepen else None
        if vorige and vorige.dag + timedelta(days=1) == dag.dag and vorige.tijdvakken == dag.tijdvakken:
            groepen[-1].append(dag)
        else:
            groepen.append([dag])
    if len(groepen) == 1 and len(groepen[0]) == 7 and _vakken(groepen[0][0]) == "van 0.00 tot 24.00 uur":
        return ["dag en nacht, elke dag"]
    return [f"{_dagen(groep)} {_vakken(groep[0])}" for groep in groepen]


def _dagen(groep: list[Dagrooster]) -> str:
    if len(groep) == 7:
        return "elke dag"
    if len(groep) == 1:
        return groep[0].naam
    return f"{groep[0].naam} {'en' if len(groep) == 2 else 'tot en met'} {groep[-1].naam}"


def _vakken(dag: Dagrooster) -> str:
    return " en ".join(_vak(vak) for vak in dag.tijdvakken)


def _vak(vak: Tijdvak) -> str:
    if not (vak.van and vak.tot):
        return "op afspraak"
    tot = "24.00" if (vak.tot.hour, vak.tot.minute) == (23, 59) else f"{vak.tot.hour}.{vak.tot.minute:02d}"
    tijd = f"van {vak.van.hour}.{vak.van.minute:02d} tot {tot} uur"
    return f"{tijd} (op afspraak)" if vak.op_afspraak else tijd
