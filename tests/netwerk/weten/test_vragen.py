"""'Wie weet dit?': who is asked, how often, and what happens then."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from netwerk.actions.mensen.vindbaar import ververs_mensen
from netwerk.actions.weten import vragen
from netwerk.actions.weten.vragen import VraagFout, doe_rondes, stel_vraag
from netwerk.keuzes import Voor, Zicht
from netwerk.models import Gesprek, Kennisgeving, Netwerk, Rondvraag, Vraagverzoek
from netwerk.models.weten import begin_van_de_maand, over_drie_dagen
from tests.fabriek import (
    maak_blokkade,
    maak_lid,
    maak_netwerk,
    maak_professional,
    maak_reactie,
)
from tests.netwerk.weten.stappen import NL, een_plaats, gevraagd, maak_kenner, maak_vraag, stel


def test_vraag_gaat_naar_hoogstens_vijf_die_het_weten(vraag: Gesprek, netwerk: Netwerk) -> None:
    for n in range(7):
        maak_kenner(netwerk=netwerk, naam=f"Kenner {n}")
    maak_kenner("bloemschikken", netwerk=netwerk, naam="Weet het niet")
    assert stel(vraag) == 5
    assert len(gevraagd(vraag)) == 5
    assert all(naam.startswith("Kenner") for naam in gevraagd(vraag))
    assert stel(vraag) == 5
    assert vraag.vraagverzoeken.count() == 5


def test_vraag_komt_als_seintje_dat_te_beantwoorden_is(vraag: Gesprek, netwerk: Netwerk) -> None:
    kenner = maak_kenner(netwerk=netwerk)
    stel(vraag)
    verzoek = Vraagverzoek.objects.get()
    seintje = Kennisgeving.objects.get(ontvanger=kenner.gebruiker)
    assert (seintje.soort, seintje.over, seintje.is_te_beantwoorden, seintje.pad) == (
        "wie_weet_dit",
        f"wie_weet_dit:{verzoek.pk}",
        True,
        f"/mijn/vragen/{verzoek.pk}/",
    )
    assert verzoek.reden == "omdat u schreef dat u veel weet van schuldhulp"
    # What comes back to the address of the portal is read by nobody: the page is where to answer.
    assert "Geef uw antwoord op de pagina" in seintje.mailtekst
    assert "Beantwoord deze mail" not in seintje.mailtekst
    assert verzoek.reden in seintje.tekst
    assert vraag.titel not in seintje.tekst
    assert vraag.titel in seintje.mailtekst


@pytest.mark.parametrize(
    ("wie", "is_gevraagd"),
    [
        ("lid", True),
        ("lid die niet gevonden wil worden", True),
        ("lid die het niet laat zien", False),
        ("lid die het alleen contacten laat zien", False),
        ("lid dat nul vragen wil", False),
        ("lid zonder toegang", False),
        ("aanvrager", False),
        ("blokkeert", False),
        ("geblokkeerd", False),
        ("al gevraagd", False),
        ("antwoordde al", False),
        ("vreemde", False),
    ],
)
def test_wie_gevraagd_wordt(vraag: Gesprek, netwerk: Netwerk, wie: str, is_gevraagd: bool) -> None:
    velden: dict[str, Any] = {}
    if wie == "lid die niet gevonden wil worden":
        velden["vindbaar_voor"] = Voor.NIEMAND
    elif wie == "lid die het niet laat zien":
        velden["expertise_voor"] = Voor.NIEMAND
    elif wie == "lid die het alleen contacten laat zien":
        velden["expertise_voor"] = Voor.CONTACTEN
    elif wie == "lid dat nul vragen wil":
        velden["vragen_per_maand"] = 0
    kenner = maak_kenner(**velden)
    if wie != "vreemde":
        maak_lid(netwerk, kenner, **({"status": "aangevraagd"} if wie == "aanvrager" else {}))
    if wie == "lid zonder toegang":
        kenner.gebruiker.is_active = False
        kenner.gebruiker.save()
    assert vraag.auteur
    if wie == "blokkeert":
        maak_blokkade(kenner, vraag.auteur)
    if wie == "geblokkeerd":
        maak_blokkade(vraag.auteur, kenner)
    if wie == "al gevraagd":
        Vraagverzoek.objects.create(
            gesprek=vraag, professional=kenner, reden="omdat u het weet", afgeslagen_op=timezone.now()
        )
    if wie == "antwoordde al":
        maak_reactie(vraag, kenner)
    eerder = vraag.vraagverzoeken.count()
    assert stel(vraag) == int(is_gevraagd)
    assert vraag.vraagverzoeken.count() - eerder == int(is_gevraagd)


@pytest.mark.parametrize(
    ("zicht", "vindbaar", "is_gevraagd"),
    [
        (Zicht.NETWERK, Voor.LEDEN, False),
        (Zicht.PORTAAL, Voor.LEDEN, True),
        (Zicht.PUBLIEK, Voor.LEDEN, True),
        (Zicht.PORTAAL, Voor.CONTACTEN, False),
    ],
)
def test_buiten_het_netwerk_alleen_als_de_vraag_daar_te_lezen_is(
    db: None, zicht: int, vindbaar: int, is_gevraagd: bool
) -> None:
    maak_kenner(vindbaar_voor=vindbaar)
    assert stel(maak_vraag(zicht=zicht)) == int(is_gevraagd)


def test_leden_van_het_netwerk_gaan_voor(netwerk: Netwerk) -> None:
    vraag = maak_vraag(netwerk=netwerk, zicht=Zicht.PORTAAL)
    for n in range(6):
        maak_kenner(naam=f"Buiten {n}")
    for n in range(3):
        maak_kenner(netwerk=netwerk, naam=f"Lid {n}")
    stel(vraag)
    assert {naam for naam in gevraagd(vraag) if naam.startswith("Lid")} == {"Lid 0", "Lid 1", "Lid 2"}


def test_de_vrager_krijgt_de_eigen_vraag_niet(netwerk: Netwerk) -> None:
    kenner = maak_kenner(netwerk=netwerk)
    assert stel(maak_vraag(netwerk=netwerk, auteur=kenner)) == 0


def test_labels_en_leerwensen_tellen_mee(netwerk: Netwerk) -> None:
    leerling = maak_professional(naam="Leerling", interesses_voor=Voor.LEDEN)
    leerling.interesses.set(["bewindvoering"])
    maak_lid(netwerk, leerling)
    vraag = maak_vraag(netwerk=netwerk, titel="Wie helpt?", tekst="Zie het label.")
    vraag.labels.set(["bewindvoering"])
    assert stel(vraag) == 1
    assert Vraagverzoek.objects.get().reden == "omdat u schreef dat u graag meer wilt weten van bewindvoering"


@pytest.mark.parametrize(
    ("velden", "is_gevraagd"),
    [
        ({"biedt": "Meekijken bij schuldhulp voor ondernemers", "biedt_voor": Voor.LEDEN}, True),
        ({"biedt": "Meekijken bij schuldhulp voor ondernemers", "biedt_voor": Voor.CONTACTEN}, False),
        ({"naam": "Jan Schuldhulp"}, False),
        ({"zoekt": "Iemand die schuldhulp kent", "zoekt_voor": Voor.LEDEN}, False),
    ],
)
def test_wat_iemand_biedt_telt_en_een_naam_niet(netwerk: Netwerk, velden: dict[str, Any], is_gevraagd: bool) -> None:
    mens = maak_professional(**velden)
    maak_lid(netwerk, mens)
    ververs_mensen([mens.pk])
    assert stel(maak_vraag(netwerk=netwerk)) == int(is_gevraagd)
    if is_gevraagd:
        assert Vraagverzoek.objects.get().reden == "omdat u op uw profiel schrijft over schuldhulp"


def test_de_streek_telt_en_de_laatste_ronde_gaat_verder(db: None) -> None:
    plaats = een_plaats()
    hier = {"plaats": plaats, "plaats_voor": Voor.LEDEN}
    vraag = maak_vraag(zicht=Zicht.PORTAAL, auteur=maak_professional(punt=(136.0, 456.0), **hier))
    maak_kenner(naam="Dichtbij", punt=(140.0, 460.0), **hier)
    maak_kenner(naam="Ver weg", punt=(250.0, 590.0), **hier)
    begin = timezone.now()
    assert stel(vraag) == 1
    assert gevraagd(vraag) == {"Dichtbij"}
    with time_machine.travel(begin + timedelta(days=4), tick=False):
        doe_rondes()
    assert gevraagd(vraag) == {"Dichtbij", "Ver weg"}


def test_hoogste_aantal_per_maand_en_een_nieuwe_maand(netwerk: Netwerk) -> None:
    maak_kenner(netwerk=netwerk, vragen_per_maand=2)
    with time_machine.travel(datetime(2026, 10, 31, 20, 0, tzinfo=UTC), tick=False):
        assert [stel(maak_vraag(netwerk=netwerk)) for _ in range(3)] == [1, 1, 0]
    # In Amsterdam it is November while UTC still says October.
    with time_machine.travel(datetime(2026, 10, 31, 23, 30, tzinfo=UTC), tick=False):
        assert stel(maak_vraag(netwerk=netwerk)) == 1


def test_begin_van_de_maand_en_drie_dagen_over_de_klok_heen() -> None:
    assert begin_van_de_maand(datetime(2026, 3, 31, 22, 30, tzinfo=UTC)) == datetime(2026, 4, 1, tzinfo=NL)
    # The clock goes forward in the night of 29 March and back in that of 25 October.
    assert over_drie_dagen(datetime(2026, 3, 27, 9, 0, tzinfo=NL)) == datetime(2026, 3, 30, 9, 0, tzinfo=NL)
    assert over_drie_dagen(datetime(2026, 10, 23, 9, 0, tzinfo=NL)) == datetime(2026, 10, 26, 9, 0, tzinfo=NL)
    assert over_drie_dagen(datetime(2026, 3, 26, 2, 30, tzinfo=NL)).astimezone(UTC) in (
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize("begin", [datetime(2026, 3, 27, 10, 0, tzinfo=NL), datetime(2026, 10, 23, 10, 0, tzinfo=NL)])
def test_onbeantwoord_gaat_na_drie_dagen_verder_en_hoogstens_drie_keer(
    vraag: Gesprek, netwerk: Netwerk, begin: datetime
) -> None:
    for n in range(20):
        maak_kenner(netwerk=netwerk, naam=f"Kenner {n}")
    with time_machine.travel(begin, tick=False):
        assert stel(vraag) == 5
        assert doe_rondes() == 0
    with time_machine.travel(begin + timedelta(days=2), tick=False):
        assert doe_rondes() == 0
    with time_machine.travel(datetime.combine(begin.date() + timedelta(days=3), begin.time(), NL), tick=False):
        assert doe_rondes() == 5
        assert doe_rondes() == 0
    with time_machine.travel(begin + timedelta(days=7), tick=False):
        assert doe_rondes() == 5
        assert doe_rondes() == 0
    with time_machine.travel(begin + timedelta(days=30), tick=False):
        assert doe_rondes() == 0
    assert list(vraag.vraagverzoeken.order_by("ronde").values_list("ronde", flat=True)) == [1] * 5 + [2] * 5 + [3] * 5
    assert len(gevraagd(vraag)) == 15
    assert Kennisgeving.objects.filter(ontvanger=vraag.auteur.gebruiker).count() == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("hoe", ["antwoord", "reactie", "gesloten", "ingetrokken", "netwerk weg", "vrager weg"])
def test_een_vraag_die_klaar_is_gaat_niet_verder(vraag: Gesprek, netwerk: Netwerk, hoe: str) -> None:
    for _ in range(8):
        maak_kenner(netwerk=netwerk)
    stel(vraag)
    velden: dict[str, Any] = {}
    if hoe == "antwoord":
        velden["antwoord"] = maak_reactie(vraag, vraag.auteur)
    elif hoe == "reactie":
        maak_reactie(vraag, maak_professional())
    elif hoe == "gesloten":
        velden["is_gesloten"] = True
    elif hoe == "ingetrokken":
        velden["plaatsing"] = "ingetrokken"
    elif hoe == "vrager weg":
        velden["auteur"] = None
    else:
        Netwerk.objects.filter(pk=netwerk.pk).update(status="gesloten")
    if velden:
        Gesprek.objects.filter(pk=vraag.pk).update(**velden)
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert doe_rondes() == 0
    assert Rondvraag.objects.get().volgende_op is None
    assert vraag.vraagverzoeken.count() == 5


def test_een_eigen_aanvulling_van_de_vrager_houdt_niets_tegen(vraag: Gesprek, netwerk: Netwerk) -> None:
    for _ in range(8):
        maak_kenner(netwerk=netwerk)
    stel(vraag)
    maak_reactie(vraag, vraag.auteur)
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert doe_rondes() == 3


def test_afgebroken_halverwege_is_niemand_half_of_dubbel_gevraagd(
    vraag: Gesprek, netwerk: Netwerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        maak_kenner(netwerk=netwerk)
    stel(vraag)
    eerder = Kennisgeving.objects.count()
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        with monkeypatch.context() as patch:
            gestuurd: list[int] = []

            def valt_uit(verzoek: Vraagverzoek) -> None:
                gestuurd.append(verzoek.pk)
                if len(gestuurd) == 3:
                    raise RuntimeError("de stroom viel uit")

            patch.setattr(vragen.meldingen, "vraag_het", valt_uit)
            assert doe_rondes() == 0
        assert (vraag.vraagverzoeken.count(), Kennisgeving.objects.count()) == (5, eerder)
        assert doe_rondes() == 5
    assert vraag.vraagverzoeken.count() == 10


def test_de_vrager_mag_na_reacties_die_niet_hielpen_verder_vragen(vraag: Gesprek, netwerk: Netwerk) -> None:
    for _ in range(8):
        maak_kenner(netwerk=netwerk)
    stel(vraag)
    maak_reactie(vraag, maak_professional())
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        doe_rondes()
        assert stel(vraag) == 3


def test_alleen_de_vrager_laat_rondgaan(vraag: Gesprek) -> None:
    with pytest.raises(VraagFout):
        stel_vraag(gesprek=vraag, door=maak_professional())
    assert not Rondvraag.objects.exists()


def test_alleen_een_open_vraag_gaat_rond(netwerk: Netwerk) -> None:
    for velden in ({"soort": "ervaring"}, {"is_gesloten": True}, {"plaatsing": "concept"}):
        with pytest.raises(VraagFout):
            stel(maak_vraag(netwerk=netwerk, **velden))


@pytest.mark.django_db(transaction=True)
def test_twintig_vragen_tegelijk_gaan_niet_over_het_aantal_heen() -> None:
    netwerk = maak_netwerk()
    kenner = maak_kenner(netwerk=netwerk, vragen_per_maand=2)
    gesprekken = [maak_vraag(netwerk=netwerk) for _ in range(20)]

    def doe(gesprek: Gesprek) -> int:
        try:
            return stel(gesprek)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        gelukt = list(pool.map(doe, gesprekken))
    assert sorted(gelukt) == [0] * 18 + [1] * 2
    assert kenner.vraagverzoeken.count() == 2
    assert Kennisgeving.objects.filter(ontvanger=kenner.gebruiker, soort="wie_weet_dit").count() == 2


@pytest.mark.django_db(transaction=True)
def test_tien_keer_tegelijk_drukken_is_een_ronde() -> None:
    netwerk = maak_netwerk()
    for _ in range(12):
        maak_kenner(netwerk=netwerk)
    vraag = maak_vraag(netwerk=netwerk)

    def doe(_: int) -> int:
        try:
            return stel(Gesprek.objects.select_related("auteur").get(pk=vraag.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(doe, range(10))) == [5] * 10
    assert vraag.vraagverzoeken.count() == 5


@pytest.mark.django_db(transaction=True)
def test_twee_rondes_tegelijk_vragen_niemand_dubbel() -> None:
    netwerk = maak_netwerk()
    for _ in range(12):
        maak_kenner(netwerk=netwerk)
    vraag = maak_vraag(netwerk=netwerk)
    stel(vraag)
    Rondvraag.objects.update(volgende_op=timezone.now() - timedelta(minutes=1))

    def doe(_: int) -> int:
        try:
            return doe_rondes()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(doe, range(4))) == 5
    assert vraag.vraagverzoeken.count() == 10
