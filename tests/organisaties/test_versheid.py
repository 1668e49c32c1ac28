import re
import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from organisaties.actions import status as statusacties
from organisaties.actions import versheid
from organisaties.actions.bevestigen import volgende_vraag
from organisaties.keuzes import Status, Versheidsstap
from organisaties.models import Bevestiging, Organisatie, Statusstap, Versheidsdag, Zoekrij
from organisaties.openingstijden import AMSTERDAM
from organisaties.zoeken import ververs
from tests.fabriek import maak_gebruiker, maak_moderator, maak_organisatie

pytestmark = pytest.mark.django_db
VANDAAG = date(2026, 11, 23)
NU = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)


@pytest.fixture
def rij(settings: Any) -> None:
    """Queue in the database, as in use."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def maak_aan_de_beurt(stap: int = 0, *, mensen: int = 1, dag: date = VANDAAG, **velden: Any) -> Organisatie:
    organisatie = maak_organisatie(versheidsstap=stap, volgende_vraag_datum=dag, **velden)
    for _ in range(mensen):
        organisatie.beheer.create(gebruiker=maak_gebruiker(), rol="beheerder")
    return organisatie


def in_de_rij() -> list[str]:
    """The addresses of the queued mails."""
    return sorted(taak.args_kwargs["kwargs"]["aan"] for taak in DBTaskResult.objects.all())


def adressen() -> list[str]:
    return sorted(Organisatie.objects.values_list("beheer__gebruiker__email", flat=True))


@time_machine.travel(NU, tick=False)
@pytest.mark.parametrize(
    ("van", "naar", "dagen", "onderwerp"),
    [
        (0, 1, 14, "Klopt de vermelding van De Linde nog?"),
        (1, 2, 14, "Herinnering: klopt de vermelding van De Linde nog?"),
        (2, 3, 14, "Herinnering: klopt de vermelding van De Linde nog?"),
        (3, 4, 28, ""),
        (4, 5, 28, ""),
        (5, 6, 28, "De Linde gaat van het Welzijnportal af op 21 december 2026"),
        (6, 7, None, "De Linde staat niet meer op het Welzijnportal"),
    ],
)
def test_elke_stap_op_zijn_dag(
    van: int, naar: int, dagen: int | None, onderwerp: str, django_capture_on_commit_callbacks: Any
) -> None:
    organisatie = maak_aan_de_beurt(van, naam="De Linde")
    with django_capture_on_commit_callbacks(execute=True):
        verslag = versheid.doe_ronde()
    organisatie.refresh_from_db()
    assert verslag.stappen == {naar: 1}
    assert organisatie.versheidsstap == naar
    assert organisatie.volgende_vraag_datum == (VANDAAG + timedelta(days=dagen) if dagen else None)
    assert organisatie.status == (Status.GEARCHIVEERD if naar == 7 else Status.GEPUBLICEERD)
    assert [bericht.subject for bericht in mail.outbox] == ([onderwerp] if onderwerp else [])
    assert versheid.doe_ronde().stappen == {}


def test_de_hele_weg_zonder_antwoord(django_capture_on_commit_callbacks: Any) -> None:
    with time_machine.travel(NU, tick=False) as klok:
        organisatie = maak_aan_de_beurt()
        ververs([organisatie.pk])
        verloop = []
        for dag in range(140):
            klok.move_to(NU + timedelta(days=dag))
            with django_capture_on_commit_callbacks(execute=True):
                versheid.doe_ronde()
            organisatie.refresh_from_db()
            if not verloop or verloop[-1][1] != organisatie.versheidsstap:
                verloop.append((dag, organisatie.versheidsstap))
    assert verloop == [(0, 1), (14, 2), (28, 3), (42, 4), (70, 5), (98, 6), (126, 7)]
    assert len(mail.outbox) == 5
    assert organisatie.status == Status.GEARCHIVEERD
    assert not Zoekrij.objects.filter(organisatie=organisatie).exists()
    stap = Statusstap.objects.get(organisatie=organisatie)
    assert (stap.naar, stap.gezet_door, stap.reden) == (Status.GEARCHIVEERD, None, versheid.ARCHIEFREDEN)


@time_machine.travel(NU, tick=False)
def test_wie_verouderd_is_zakt_in_de_volgorde(django_capture_on_commit_callbacks: Any) -> None:
    organisatie = maak_aan_de_beurt(Versheidsstap.VEROUDERD)
    ververs([organisatie.pk])
    voor = Zoekrij.objects.get(organisatie=organisatie).score
    versheid.doe_ronde()
    assert Zoekrij.objects.get(organisatie=organisatie).score < voor


@time_machine.travel(NU, tick=False)
def test_zonder_beheerder_veroudert_zichtbaar_maar_gaat_nooit_naar_het_archief(rij: None) -> None:
    organisatie = maak_aan_de_beurt(mensen=0)
    uit = maak_aan_de_beurt(mensen=0)
    uit.beheer.create(gebruiker=maak_gebruiker(is_active=False), rol="beheerder")
    uit.beheer.create(gebruiker=maak_gebruiker(), rol="redacteur")
    with time_machine.travel(NU, tick=False) as klok:
        for week in range(60):
            klok.move_to(NU + timedelta(weeks=week))
            versheid.doe_ronde()
    for een in (organisatie, uit):
        een.refresh_from_db()
        assert (een.status, een.versheidsstap) == (Status.GEPUBLICEERD, Versheidsstap.GEZAKT)
    assert in_de_rij() == []
    assert set(Organisatie.objects.verouderd_zonder_beheerder()) == {organisatie, uit}


@time_machine.travel(NU, tick=False)
def test_wie_gewaarschuwd_was_en_geen_beheerder_meer_heeft_wacht_op_een_moderator(rij: None) -> None:
    organisatie = maak_aan_de_beurt(Versheidsstap.GEWAARSCHUWD, mensen=0)
    assert versheid.doe_ronde().zonder_beheerder == 1
    organisatie.refresh_from_db()
    assert (organisatie.status, organisatie.versheidsstap) == (Status.GEPUBLICEERD, Versheidsstap.GEZAKT)


@time_machine.travel(NU, tick=False)
def test_wie_niet_op_het_portaal_staat_of_nog_niet_aan_de_beurt_is_krijgt_geen_mail(rij: None) -> None:
    maak_aan_de_beurt(dag=VANDAAG + timedelta(days=1))
    for status in (Status.CONCEPT, Status.INGEDIEND, Status.TERUGGESTUURD, Status.GEARCHIVEERD):
        maak_aan_de_beurt(status=status)
    assert versheid.doe_ronde().stappen == {}
    assert in_de_rij() == []


@time_machine.travel(NU, tick=False)
def test_niet_meer_mails_op_een_dag_dan_de_grens(rij: None, settings: Any) -> None:
    settings.FRESHNESS_MAILS_PER_DAY = 5
    for nummer in range(4):
        maak_aan_de_beurt(mensen=2, dag=VANDAAG - timedelta(days=nummer))
    stil = maak_aan_de_beurt(Versheidsstap.OPNIEUW_HERINNERD)
    verslag = versheid.doe_ronde(per_keer=1)
    assert (verslag.mails, verslag.wachtend) == (4, 2)
    assert versheid.doe_ronde().mails == 0
    assert Versheidsdag.objects.get().aantal_mails == len(in_de_rij()) == 4
    stil.refresh_from_db()
    assert stil.versheidsstap == Versheidsstap.VEROUDERD
    # Who waited longest went first; the others follow the next day.
    assert list(Organisatie.objects.filter(versheidsstap=0).values_list("volgende_vraag_datum", flat=True)) == [
        VANDAAG,
        VANDAAG - timedelta(days=1),
    ]
    with time_machine.travel(NU + timedelta(days=1), tick=False):
        assert versheid.doe_ronde().mails == 4
    assert in_de_rij() == sorted(set(in_de_rij()))
    assert len(in_de_rij()) == 8


@time_machine.travel(NU, tick=False)
def test_meer_beheerders_dan_de_grens_blijft_niet_eeuwig_liggen(rij: None) -> None:
    maak_aan_de_beurt(mensen=3)
    assert versheid.doe_ronde(max_mails=0).mails == 0
    assert versheid.doe_ronde(max_mails=2).mails == 3


@time_machine.travel(NU, tick=False)
def test_een_ronde_die_omvalt_slaat_niemand_over_en_mailt_niemand_twee_keer(
    rij: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        maak_aan_de_beurt()
    echt, geteld = versheid._zet_stap, []

    def val_om(*args: Any) -> None:
        geteld.append(1)
        if len(geteld) == 6:
            raise RuntimeError("stroom uit")
        echt(*args)

    monkeypatch.setattr(versheid, "_zet_stap", val_om)
    with pytest.raises(RuntimeError), transaction.atomic():
        versheid.doe_ronde(per_keer=10)
    assert in_de_rij() == []
    geteld.clear()
    with pytest.raises(RuntimeError):
        versheid.doe_ronde(per_keer=4)
    assert len(in_de_rij()) == Versheidsdag.objects.get().aantal_mails == 4
    monkeypatch.undo()
    versheid.doe_ronde(per_keer=4)
    assert in_de_rij() == adressen()
    assert set(Organisatie.objects.values_list("versheidsstap", flat=True)) == {1}
    versheid.doe_ronde(per_keer=4)
    assert in_de_rij() == adressen()


@pytest.mark.django_db(transaction=True)
def test_twee_rondes_tegelijk_sturen_een_mail_en_houden_een_grens(rij: None) -> None:
    with time_machine.travel(NU, tick=False):
        for _ in range(30):
            maak_aan_de_beurt()
        start = threading.Barrier(4)
        klaar: list[int] = []

        def ronde() -> None:
            start.wait()
            try:
                versheid.doe_ronde(max_mails=25, per_keer=3)
                klaar.append(1)
            finally:
                connection.close()

        draden = [threading.Thread(target=ronde) for _ in range(4)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        assert klaar == [1, 1, 1, 1]
        assert len(in_de_rij()) == len(set(in_de_rij())) == 25
        assert Organisatie.objects.filter(versheidsstap=1).count() == 25
        versheid.doe_ronde(max_mails=100)
        assert in_de_rij() == adressen()


@time_machine.travel(NU, tick=False)
def test_een_pakket_kost_steeds_evenveel_vragen(rij: None) -> None:
    aantallen = []
    for hoeveel in (1, 3, 12):
        for _ in range(hoeveel):
            maak_aan_de_beurt(mensen=2)
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            versheid.doe_ronde()
        aantallen.append(len(vragen))
    assert len(set(aantallen[1:])) == 1, aantallen


@pytest.mark.parametrize(
    ("nu", "dag"),
    [
        # The clock goes back at 3.00 on 25 October and forward at 2.00 on 28 March.
        (datetime(2026, 10, 24, 22, 30, tzinfo=AMSTERDAM), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 0, 15, tzinfo=AMSTERDAM), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=AMSTERDAM), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 45, tzinfo=AMSTERDAM), date(2026, 10, 25)),
        (datetime(2027, 3, 28, 0, 30, tzinfo=AMSTERDAM), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 23, 59, tzinfo=AMSTERDAM), date(2027, 3, 28)),
    ],
)
def test_de_dag_is_de_dag_in_nederland_ook_als_de_klok_verspringt(nu: datetime, dag: date, rij: None) -> None:
    with time_machine.travel(nu, tick=False):
        nu_wel, nog_niet = maak_aan_de_beurt(dag=dag), maak_aan_de_beurt(dag=dag + timedelta(days=1))
        versheid.doe_ronde()
        nu_wel.refresh_from_db()
        nog_niet.refresh_from_db()
        assert (nu_wel.versheidsstap, nu_wel.volgende_vraag_datum) == (1, dag + timedelta(days=14))
        assert nog_niet.versheidsstap == 0


def test_een_ronde_die_dagen_te_laat_draait_slaat_geen_herinnering_over(rij: None) -> None:
    organisatie = maak_aan_de_beurt(dag=VANDAAG - timedelta(days=200))
    with time_machine.travel(NU, tick=False):
        versheid.doe_ronde()
        versheid.doe_ronde()
    organisatie.refresh_from_db()
    assert (organisatie.versheidsstap, organisatie.volgende_vraag_datum) == (1, VANDAAG + timedelta(days=14))


@time_machine.travel(NU, tick=False)
def test_wat_nog_geen_dag_heeft_krijgt_een_eigen_dag(rij: None) -> None:
    for _ in range(40):
        maak_organisatie(beheerder=maak_gebruiker(), bevestigd_op=NU - timedelta(days=400))
    vers = maak_organisatie(bevestigd_op=NU - timedelta(days=10))
    nooit = maak_organisatie(bevestigd_op=None, gepubliceerd_op=NU - timedelta(days=10))
    verslag = versheid.doe_ronde()
    assert verslag.ingepland == 42
    dagen = list(Organisatie.objects.exclude(pk__in=[vers.pk, nooit.pk]).values_list("volgende_vraag_datum", flat=True))
    assert len(set(dagen)) > 10
    assert min(dagen) >= VANDAAG
    assert max(dagen) < VANDAAG + timedelta(days=60)
    for een in (vers, nooit):
        een.refresh_from_db()
        assert een.volgende_vraag_datum == volgende_vraag(een.pk, NU - timedelta(days=10), 6)
    assert versheid.doe_ronde().ingepland == 0


@pytest.mark.parametrize(
    ("bevestigd", "ritme", "eerste"),
    [
        (datetime(2026, 8, 31, 12, tzinfo=AMSTERDAM), 6, date(2027, 2, 28)),
        (datetime(2027, 8, 31, 12, tzinfo=AMSTERDAM), 6, date(2028, 2, 29)),
        (datetime(2026, 11, 30, 12, tzinfo=AMSTERDAM), 3, date(2027, 2, 28)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=AMSTERDAM), 12, date(2027, 12, 31)),
    ],
)
def test_de_volgende_vraag_komt_in_de_twee_weken_na_het_ritme(bevestigd: datetime, ritme: int, eerste: date) -> None:
    dagen = {volgende_vraag(pk, bevestigd, ritme) for pk in range(1, 400)}
    assert dagen == {eerste + timedelta(days=dag) for dag in range(14)}


@time_machine.travel(NU, tick=False)
def test_mail_is_te_lezen(django_capture_on_commit_callbacks: Any) -> None:
    organisatie = maak_organisatie(
        naam="De Linde", volgende_vraag_datum=VANDAAG, bevestigd_op=datetime(2026, 5, 20, tzinfo=AMSTERDAM)
    )
    organisatie.beheer.create(gebruiker=maak_gebruiker(naam="Bea"), rol="beheerder")
    with django_capture_on_commit_callbacks(execute=True):
        versheid.doe_ronde()
    [bericht] = mail.outbox
    tekst = re.sub(r"http\S+/klopt-dit-nog/\S+", "[link]", bericht.body)
    assert tekst.startswith(
        "Beste Bea,\n\n"
        "U houdt de vermelding van De Linde op het Welzijnportal bij. Zij is voor het laatst nagekeken op 20 mei 2026. "
        "Klopt alles nog? Kijk het even na. Dat kost één minuut.\n\n"
        "Bekijken en bevestigen:\n\n[link]\n\n"
    )
    assert "Wij vragen dit elke 6 maanden." in tekst
    assert "De link werkt 60 dagen en is alleen voor u" in tekst
    assert not re.search(r"\b(je|jouw|jij)\b", tekst)
    assert ">Bekijken en bevestigen</a>" in bericht.alternatives[0][0]


@time_machine.travel(NU, tick=False)
def test_een_stap_van_een_mens_begint_de_vraag_opnieuw() -> None:
    moderator = maak_moderator()
    organisatie = maak_aan_de_beurt(Versheidsstap.GEWAARSCHUWD)
    statusacties.archiveer(organisatie=organisatie, door=moderator)
    organisatie.refresh_from_db()
    assert (organisatie.versheidsstap, organisatie.volgende_vraag_datum) == (Versheidsstap.VERS, None)
    statusacties.publiceer(organisatie=organisatie, door=moderator)
    organisatie.refresh_from_db()
    assert organisatie.volgende_vraag_datum == volgende_vraag(organisatie.pk, NU, 6)
    assert {rij.bron for rij in organisatie.bevestigingen.all()} == {Bevestiging.Bron.ORGANISATIE}


@time_machine.travel(NU, tick=False)
def test_opdracht_met_proef_verandert_niets(rij: None, capsys: pytest.CaptureFixture[str]) -> None:
    maak_aan_de_beurt(mensen=2)
    maak_aan_de_beurt(Versheidsstap.GEZAKT, mensen=0)
    maak_organisatie()
    voor = list(Organisatie.objects.order_by("pk").values())
    call_command("vraag_bevestiging", dry_run=True)
    uit = capsys.readouterr().out
    assert list(Organisatie.objects.order_by("pk").values()) == voor
    assert in_de_rij() == []
    assert re.search(r"gevraagd of het nog klopt\s+1", uit)
    assert re.search(r"geen beheerder om te waarschuwen\s+1", uit)
    assert "2 mails" in uit
    assert "1 vermelding zonder dag" in uit
    call_command("vraag_bevestiging")
    uit = capsys.readouterr().out
    assert "2 mails" in uit
    assert len(in_de_rij()) == 2


@pytest.mark.parametrize(("veld", "waarde"), [("versheidsstap", 8), ("bevestigritme", 4)])
def test_database_weigert_een_stap_of_ritme_dat_niet_bestaat(veld: str, waarde: int) -> None:
    organisatie = maak_organisatie()
    with pytest.raises(IntegrityError, match=f"organisatie_{veld}_bestaat"):
        Organisatie.objects.filter(pk=organisatie.pk).update(**{veld: waarde})
