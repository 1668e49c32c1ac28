from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisaties.models import Openingstijd, Openingsuitzondering
from organisaties.openingstijden import (
    AMSTERDAM,
    Openstand,
    beste_openstand,
    feestdag,
    openstand,
    rooster_van_dag,
    weekrooster,
)


def tijd(dag: int, van: str = "", tot: str = "", *, op_afspraak: bool = False) -> Openingstijd:
    return Openingstijd(dag=dag, van=_klok(van), tot=_klok(tot), is_op_afspraak=op_afspraak)


def anders(van_datum: str, tot_en_met: str = "", van: str = "", tot: str = "", reden: str = "") -> Openingsuitzondering:
    return Openingsuitzondering(
        van_datum=date.fromisoformat(van_datum),
        tot_en_met_datum=date.fromisoformat(tot_en_met or van_datum),
        is_gesloten=not van,
        van=_klok(van),
        tot=_klok(tot),
        reden=reden,
    )


def _klok(tekst: str) -> time | None:
    return time.fromisoformat(tekst) if tekst else None


def hier(tekst: str) -> datetime:
    """A wall-clock time in Amsterdam."""
    return datetime.fromisoformat(tekst).replace(tzinfo=AMSTERDAM)


WERKWEEK = [tijd(dag, "09:00", "17:00") for dag in range(1, 6)]
DAG_EN_NACHT = [tijd(dag, "00:00", "23:59") for dag in range(1, 8)]


@pytest.mark.parametrize(
    ("nu", "verwacht"),
    [
        ("2026-11-23T08:59:59", "Nu gesloten, vandaag open om 9.00 uur"),
        ("2026-11-23T09:00", "Nu open, tot 17.00 uur"),
        ("2026-11-23T16:59:59", "Nu open, tot 17.00 uur"),
        ("2026-11-23T17:00", "Nu gesloten, morgen open om 9.00 uur"),
        ("2026-11-27T17:00", "Nu gesloten, maandag open om 9.00 uur"),
        ("2026-11-28T12:00", "Nu gesloten, maandag open om 9.00 uur"),
        ("2026-11-29T23:59", "Nu gesloten, morgen open om 9.00 uur"),
    ],
)
def test_werkweek_door_de_week(nu: str, verwacht: str) -> None:
    assert openstand(WERKWEEK, [], hier(nu)).in_woorden(hier(nu)) == verwacht


def test_een_tijdstip_in_utc_wordt_naar_amsterdam_gerekend() -> None:
    # 16.30 uur UTC is 17.30 uur in winter, and 18.30 uur in summer time.
    assert not openstand(WERKWEEK, [], datetime(2026, 11, 23, 16, 30, tzinfo=UTC)).is_open
    assert openstand(WERKWEEK, [], datetime(2026, 11, 23, 15, 30, tzinfo=UTC)).is_open
    assert not openstand(WERKWEEK, [], datetime(2026, 7, 6, 15, 30, tzinfo=UTC)).is_open


def test_zonder_tijden_is_er_niets_te_zeggen() -> None:
    nu = hier("2026-11-23T12:00")
    stand = openstand([], [], nu)
    assert (stand, stand.in_woorden(nu)) == (Openstand(is_open=False), "")


def test_een_weekdag_later_wordt_met_datum_genoemd() -> None:
    nu = hier("2026-11-23T17:30")
    alleen_maandag = [tijd(1, "09:00", "17:00")]
    assert openstand(alleen_maandag, [], nu).in_woorden(nu) == "Nu gesloten, op maandag 30 november open om 9.00 uur"


@pytest.mark.parametrize(
    ("tijden", "nu", "verwacht"),
    [
        ([("09:00", "12:00"), ("13:00", "17:00")], "12:30", "Nu gesloten, vandaag open om 13.00 uur"),
        ([("13:00", "17:00"), ("09:00", "12:00")], "10:00", "Nu open, tot 12.00 uur"),
        ([("09:00", "12:00"), ("12:00", "17:00")], "10:00", "Nu open, tot 17.00 uur"),
        ([("09:00", "14:00"), ("13:00", "17:00")], "10:00", "Nu open, tot 17.00 uur"),
        ([("09:00", "17:00"), ("10:00", "11:00")], "10:30", "Nu open, tot 17.00 uur"),
        ([("09:00", "17:00"), ("10:00", "11:00")], "16:00", "Nu open, tot 17.00 uur"),
    ],
)
def test_tijdvakken_die_raken_of_overlappen_zijn_een(tijden: list[tuple[str, str]], nu: str, verwacht: str) -> None:
    moment = hier(f"2026-11-23T{nu}")
    assert openstand([tijd(1, *vak) for vak in tijden], [], moment).in_woorden(moment) == verwacht


def test_op_afspraak_telt_niet_als_open() -> None:
    nu = hier("2026-11-23T10:00")
    tijden = [tijd(1, "09:00", "17:00", op_afspraak=True), tijd(2, op_afspraak=True), tijd(3, "13:00", "15:00")]
    assert openstand(tijden, [], nu).in_woorden(nu) == "Nu gesloten, woensdag open om 13.00 uur"
    week = weekrooster(tijden, [], nu)
    assert [dag.in_woorden() for dag in week[:4]] == [
        "9.00 – 17.00 (op afspraak)",
        "op afspraak",
        "13.00 – 15.00",
        "gesloten",
    ]


def test_over_middernacht_heen() -> None:
    tijden = [tijd(5, "20:00", "23:59"), tijd(6, "00:00", "02:00")]
    vrijdag, zaterdag = hier("2026-11-27T22:00"), hier("2026-11-28T01:30")
    assert openstand(tijden, [], vrijdag).in_woorden(vrijdag) == "Nu open, tot 2.00 uur"
    assert openstand(tijden, [], zaterdag).in_woorden(zaterdag) == "Nu open, tot 2.00 uur"
    assert not openstand(tijden, [], hier("2026-11-28T02:00")).is_open


def test_tot_middernacht() -> None:
    nu = hier("2026-11-27T23:59:30")
    assert openstand([tijd(5, "20:00", "23:59")], [], nu).in_woorden(nu) == "Nu open, tot middernacht"


def test_dag_en_nacht() -> None:
    nu = hier("2026-11-23T23:59:30")
    stand = openstand(DAG_EN_NACHT, [], nu)
    assert (stand.is_open, stand.tot, stand.in_woorden(nu)) == (True, None, "Dag en nacht open")


def test_dag_en_nacht_tot_een_gesloten_dag() -> None:
    nu = hier("2026-12-23T12:00")
    stand = openstand(DAG_EN_NACHT, [anders("2026-12-25")], nu)
    assert stand.in_woorden(nu) == "Nu open, tot morgen middernacht"


@pytest.mark.parametrize(
    ("uitzonderingen", "nu", "verwacht"),
    [
        ([anders("2026-11-23")], "2026-11-23T10:00", "Nu gesloten, morgen open om 9.00 uur"),
        (
            [anders("2026-11-23", van="11:00", tot="13:00")],
            "2026-11-23T10:00",
            "Nu gesloten, vandaag open om 11.00 uur",
        ),
        ([anders("2026-11-23", van="11:00", tot="13:00")], "2026-11-23T12:00", "Nu open, tot 13.00 uur"),
        ([anders("2026-11-28", van="10:00", tot="12:00")], "2026-11-28T11:00", "Nu open, tot 12.00 uur"),
        (
            [anders("2026-11-23", van="09:00", tot="10:00"), anders("2026-11-23", van="10:00", tot="11:00")],
            "2026-11-23T09:30",
            "Nu open, tot 11.00 uur",
        ),
        (
            [anders("2026-11-23", "2026-11-27")],
            "2026-11-23T10:00",
            "Nu gesloten, op maandag 30 november open om 9.00 uur",
        ),
        ([anders("2026-11-23", "2026-12-31")], "2026-11-23T10:00", ""),
    ],
)
def test_een_uitzondering_gaat_voor_de_week(uitzonderingen: list[Openingsuitzondering], nu: str, verwacht: str) -> None:
    assert openstand(WERKWEEK, uitzonderingen, hier(nu)).in_woorden(hier(nu)) == verwacht


def test_rond_de_jaarwisseling() -> None:
    kerst = [anders("2026-12-24", "2027-01-01", reden="kerstvakantie")]
    oudjaar, zaterdag = hier("2026-12-31T23:59:59"), hier("2027-01-02T10:00")
    assert openstand(WERKWEEK, kerst, oudjaar).in_woorden(oudjaar) == "Nu gesloten, maandag open om 9.00 uur"
    assert openstand(WERKWEEK, kerst, zaterdag).in_woorden(zaterdag) == "Nu gesloten, maandag open om 9.00 uur"
    week = weekrooster(WERKWEEK, kerst, oudjaar)
    assert [(dag.dag.isoformat(), dag.in_woorden()) for dag in week] == [
        ("2026-12-28", "gesloten (kerstvakantie)"),
        ("2026-12-29", "gesloten (kerstvakantie)"),
        ("2026-12-30", "gesloten (kerstvakantie)"),
        ("2026-12-31", "gesloten (kerstvakantie)"),
        ("2027-01-01", "gesloten (kerstvakantie)"),
        ("2027-01-02", "gesloten"),
        ("2027-01-03", "gesloten"),
    ]


def test_de_nacht_waarin_de_klok_vooruitgaat() -> None:
    # On Sunday 29 March 2026 02.00 becomes 03.00.
    nacht = [tijd(7, "01:00", "04:00")]
    eerst = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    erna = datetime(2026, 3, 29, 1, 1, tzinfo=UTC)
    dicht = datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
    assert [openstand(nacht, [], nu).in_woorden(nu) for nu in (eerst, erna)] == ["Nu open, tot 4.00 uur"] * 2
    assert not openstand(nacht, [], dicht).is_open
    # A slot that lies in the hour that does not exist is never open that night.
    weg = [tijd(7, "02:00", "03:00")]
    momenten = [datetime(2026, 3, 29, 0, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(180)]
    assert not any(openstand(weg, [], nu).is_open for nu in momenten)


def test_de_nacht_waarin_de_klok_teruggaat() -> None:
    # On Sunday 25 October 2026 the hour from 02.00 to 03.00 comes twice.
    nacht = [tijd(7, "02:00", "02:30")]
    momenten = [datetime(2026, 10, 24, 23, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(240)]
    open_op = [nu for nu in momenten if openstand(nacht, [], nu).is_open]
    assert (open_op[0], open_op[29], open_op[30], open_op[-1], len(open_op)) == (
        datetime(2026, 10, 25, 0, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 29, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 29, tzinfo=UTC),
        60,
    )
    eerste_keer = datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert openstand(nacht, [], eerste_keer).in_woorden(eerste_keer) == "Nu open, tot 2.30 uur"


def test_opent_op_na_de_klokwissel_is_kloktijd() -> None:
    nu = hier("2026-03-28T20:00")
    stand = openstand([tijd(7, "10:00", "12:00")], [], nu)
    assert stand.in_woorden(nu) == "Nu gesloten, morgen open om 10.00 uur"
    assert stand.opent_op is not None
    assert stand.opent_op.astimezone(UTC) == datetime(2026, 3, 29, 8, 0, tzinfo=UTC)


def test_van_meer_plekken_telt_die_het_langst_open_is() -> None:
    nu = hier("2026-11-23T10:00")
    kort = openstand([tijd(1, "09:00", "12:00")], [], nu)
    lang = openstand([tijd(1, "09:00", "18:00")], [], nu)
    dicht = openstand([tijd(1, "11:00", "18:00")], [], nu)
    later = openstand([tijd(2, "11:00", "18:00")], [], nu)
    altijd = openstand(DAG_EN_NACHT, [], nu)
    assert beste_openstand([kort, dicht, lang]) == lang
    assert beste_openstand([kort, altijd, lang]) == altijd
    assert beste_openstand([later, dicht]) == dicht
    assert beste_openstand([]) == Openstand(is_open=False)


def test_rooster_noemt_de_reden_en_wat_anders_is() -> None:
    maandag = date(2026, 11, 23)
    assert (
        rooster_van_dag(maandag, WERKWEEK, [anders("2026-11-23", reden="studiedag")]).in_woorden()
        == "gesloten (studiedag)"
    )
    kort = rooster_van_dag(maandag, WERKWEEK, [anders("2026-11-23", van="10:00", tot="12:00")])
    assert kort.in_woorden() == "10.00 – 12.00 (anders dan anders)"
    assert rooster_van_dag(maandag, [tijd(1, "18:00", "23:59")], []).in_woorden() == "18.00 – 24.00"


@pytest.mark.parametrize(
    ("dag", "naam"),
    [
        ("2026-01-01", "Nieuwjaarsdag"),
        ("2026-04-05", "Eerste Paasdag"),
        ("2026-04-06", "Tweede Paasdag"),
        ("2026-04-27", "Koningsdag"),
        ("2025-04-26", "Koningsdag"),
        ("2025-04-27", ""),
        ("2025-05-05", "Bevrijdingsdag"),
        ("2026-05-05", ""),
        ("2026-05-14", "Hemelvaartsdag"),
        ("2026-05-24", "Eerste Pinksterdag"),
        ("2026-05-25", "Tweede Pinksterdag"),
        ("2038-04-25", "Eerste Paasdag"),
        ("2026-12-25", "Eerste Kerstdag"),
        ("2026-12-26", "Tweede Kerstdag"),
        ("2026-11-23", ""),
    ],
)
def test_feestdagen(dag: str, naam: str) -> None:
    assert feestdag(date.fromisoformat(dag)) == naam


_minuten = st.integers(0, 24 * 60 - 1)


@given(
    st.lists(st.tuples(st.integers(1, 7), _minuten, _minuten), max_size=12),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
)
def test_open_is_precies_binnen_een_tijdvak(vakken: list[tuple[int, int, int]], nu: datetime) -> None:
    tijden = [
        Openingstijd(dag=dag, van=time(a // 60, a % 60), tot=time(b // 60, b % 60)) for dag, a, b in vakken if a < b
    ]
    lokaal = nu.astimezone(AMSTERDAM)

    def binnen(rij: Openingstijd) -> bool:
        if rij.dag != lokaal.isoweekday() or rij.van is None or rij.tot is None:
            return False
        return rij.van <= lokaal.time() and (lokaal.time() < rij.tot or rij.tot >= time(23, 59))

    stand = openstand(tijden, [], nu)
    assert stand.is_open == any(binnen(rij) for rij in tijden)
    assert stand.is_open or (stand.opent_op is None) == (not tijden)
    assert stand.tot_op is None or stand.tot_op.replace(tzinfo=None) > lokaal.replace(tzinfo=None)
