import threading
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from netwerk.actions import kennisgevingen as acties
from netwerk.actions.gesprekken.basis import volg
from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.actions.gesprekken.wijzigen import trek_in
from netwerk.actions.kennisgevingen import afmeld_url, ruim_op, verstuur_mails, zet_alles_uit, zet_voorkeur
from netwerk.keuzes import Netwerkstatus, Plaatsing, Seintje, Wanneer, Zicht
from netwerk.models import Gesprek, Kennisgeving, Reactie, Voorkeur
from netwerk.notifications.basis import STANDAARD, geef_kennis, mailmoment, wanneer_van
from tests.fabriek import (
    maak_blokkade,
    maak_gebruiker,
    maak_gesprek,
    maak_kennisgeving,
    maak_netwerk,
    maak_professional,
)
from welzijnportal import onderhoud

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def geef(*mensen: Any, **velden: Any) -> int:
    basis: dict[str, Any] = {"soort": Seintje.REACTIE, "tekst": "Jan reageerde.", "pad": "/mijn/"}
    return geef_kennis(aan=mensen, **{**basis, **velden})


@pytest.fixture
def bezorg(django_capture_on_commit_callbacks: Any) -> Any:
    def doe(nu: datetime | None = None) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return verstuur_mails(nu)

    return doe


# Who gets word, and when


def test_wie_het_doet_en_wie_is_geblokkeerd_krijgt_niets(django_assert_num_queries: Any) -> None:
    door, een, blokkeert, geblokkeerd = (maak_professional() for _ in range(4))
    maak_blokkade(blokkeert, door)
    maak_blokkade(door, geblokkeerd)
    with django_assert_num_queries(3):
        assert geef(door, een, blokkeert, geblokkeerd, een, door=door) == 1
    assert [rij.ontvanger for rij in Kennisgeving.objects.all()] == [een.gebruiker]


@pytest.mark.parametrize(
    ("wanneer", "nu", "dan"),
    [
        (Wanneer.DIRECT, datetime(2026, 3, 3, 12), datetime(2026, 3, 3, 12)),
        (Wanneer.DAG, datetime(2026, 3, 3, 6, 59), datetime(2026, 3, 3, 7)),
        (Wanneer.DAG, datetime(2026, 3, 3, 7, 0), datetime(2026, 3, 4, 7)),
        (Wanneer.WEEK, datetime(2026, 3, 3, 12), datetime(2026, 3, 9, 7)),
        (Wanneer.WEEK, datetime(2026, 3, 9, 6), datetime(2026, 3, 9, 7)),
        # The nights on which the clock changes.
        (Wanneer.DAG, datetime(2026, 3, 28, 23), datetime(2026, 3, 29, 7)),
        (Wanneer.DAG, datetime(2026, 10, 24, 23), datetime(2026, 10, 25, 7)),
    ],
)
def test_mail_komt_op_het_stille_uur_in_amsterdam(wanneer: str, nu: datetime, dan: datetime) -> None:
    assert mailmoment(wanneer, nu.replace(tzinfo=AMSTERDAM)) == dan.replace(tzinfo=AMSTERDAM)
    assert mailmoment(Wanneer.NOOIT, timezone.now()) is None


def test_de_keuze_voor_een_netwerk_gaat_voor() -> None:
    mens, netwerk = maak_professional(), maak_netwerk()
    pk = mens.gebruiker_id
    assert wanneer_van([pk], Seintje.GESPREK, netwerk) == {pk: STANDAARD[Seintje.GESPREK]}
    zet_voorkeur(gebruiker=mens.gebruiker, soort=Seintje.GESPREK, wanneer=Wanneer.WEEK)
    assert wanneer_van([pk], Seintje.GESPREK, netwerk) == {pk: "week"}
    zet_voorkeur(gebruiker=mens.gebruiker, soort=Seintje.GESPREK, wanneer=Wanneer.NOOIT, netwerk=netwerk)
    assert wanneer_van([pk], Seintje.GESPREK, netwerk) == {pk: "nooit"}
    assert wanneer_van([pk], Seintje.GESPREK, None) == {pk: "week"}


# The mail


def test_een_mail_met_alles_en_daarna_niets(bezorg: Any) -> None:
    een, ander, stil = maak_professional(), maak_professional(), maak_professional()
    netwerk = maak_netwerk(naam="Mantelzorg")
    geef(een, ander, tekst="Jan reageerde.", mailtekst="Zo doe ik dat.\nJan", netwerk=netwerk)
    geef(een, tekst="Piet noemt u.", soort=Seintje.VERMELDING)
    zet_alles_uit(gebruiker=stil.gebruiker)
    geef(stil)
    assert bezorg() == 2
    per_adres = {bericht.to[0]: bericht for bericht in mail.outbox}
    assert per_adres.keys() == {een.gebruiker.email, ander.gebruiker.email}
    tekst = per_adres[een.gebruiker.email].body
    for stuk in ("In het netwerk Mantelzorg", "Jan reageerde.", "> Zo doe ik dat.", "Piet noemt u."):
        assert stuk in tekst
    assert per_adres[een.gebruiker.email].subject == "2 berichten van uw vakgenoten"
    assert per_adres[ander.gebruiker.email].subject == "Jan reageerde."
    koppen = per_adres[ander.gebruiker.email].extra_headers
    assert koppen["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert bezorg() == 0
    assert not Kennisgeving.objects.exclude(mailtekst="").filter(gemaild_op__isnull=False).exists()


def test_wat_gelezen_is_of_weg_is_wordt_niet_gemaild(bezorg: Any) -> None:
    mens = maak_professional()
    netwerk = maak_netwerk(leden=(mens,))
    gesprek = maak_gesprek(netwerk, zicht=Zicht.NETWERK)
    weg = maak_gesprek(netwerk, zicht=Zicht.PUBLIEK, plaatsing=Plaatsing.INGETROKKEN)
    geef(mens, tekst="Gelezen")
    acties.lees(gebruiker=mens.gebruiker)
    geef(mens, tekst="Weg", over=f"gesprek:{weg.pk}")
    geef(mens, tekst="Staat er nog", over=f"gesprek:{gesprek.pk}")
    assert bezorg() == 1
    assert "Staat er nog" in mail.outbox[0].body
    assert "Gelezen" not in mail.outbox[0].body
    assert "Weg" not in mail.outbox[0].body
    mail.outbox.clear()
    geef(mens, tekst="Alleen voor leden", over=f"gesprek:{gesprek.pk}")
    netwerk.lidmaatschappen.filter(professional=mens).update(status="verwijderd")
    assert bezorg() == 0


def test_wie_niet_actief_is_krijgt_geen_mail(bezorg: Any) -> None:
    mens = maak_professional()
    geef(mens)
    mens.gebruiker.is_active = False
    mens.gebruiker.save()
    assert bezorg() == 0


@pytest.mark.django_db(transaction=True)
def test_twee_werkers_sturen_niemand_iets_dubbel() -> None:
    mensen = [maak_professional() for _ in range(12)]
    geef(*mensen)
    hek, fouten = threading.Barrier(4), []

    def werk() -> None:
        try:
            hek.wait()
            verstuur_mails()
        except Exception as fout:  # noqa: BLE001 - told by the test below
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=werk) for _ in range(4)]
    [draad.start() for draad in draden]
    [draad.join() for draad in draden]
    verstuur_mails()
    assert fouten == []
    assert sorted(bericht.to[0] for bericht in mail.outbox) == sorted(mens.gebruiker.email for mens in mensen)


@pytest.mark.django_db(transaction=True)
def test_wie_halverwege_omvalt_stuurt_niemand_iets_dubbel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acties, "PER_KEER", 2)
    mensen = [maak_professional() for _ in range(5)]
    geef(*mensen)
    echt, keren = acties.zet_in_de_rij, []

    def valt_om(berichten: Any) -> None:
        keren.append(1)
        if len(keren) == 2:
            raise RuntimeError("de stekker eruit")
        echt(berichten)

    monkeypatch.setattr(acties, "zet_in_de_rij", valt_om)
    with pytest.raises(RuntimeError):
        verstuur_mails()
    assert len(mail.outbox) == 2
    verstuur_mails()
    assert sorted(bericht.to[0] for bericht in mail.outbox) == sorted(mens.gebruiker.email for mens in mensen)


@pytest.mark.parametrize("aantal", [1, 3, 30])
def test_versturen_kost_een_vast_aantal_vragen(aantal: int, django_assert_num_queries: Any) -> None:
    netwerk = maak_netwerk()
    gesprek = maak_gesprek(netwerk, zicht=Zicht.PUBLIEK)
    geef(*(maak_professional() for _ in range(aantal)), over=f"gesprek:{gesprek.pk}", netwerk=netwerk)
    # Which people, their rows, their words, what these are about, who is a member, the note, and once more: none.
    with django_assert_num_queries(9):
        verstuur_mails()


def test_de_werker_doet_het_elke_ronde() -> None:
    assert onderhoud._each_minute["kennisgevingen"] is verstuur_mails
    geef(maak_professional())
    onderhoud.doe_onderhoud()
    assert Kennisgeving.objects.get().gemaild_op is not None


# On the site


def test_lijst_lezen_en_tellen(log_in: Any) -> None:
    mens = maak_professional()
    geef(mens, tekst="Jan reageerde.", pad="/mensen/")
    geef(mens, tekst="Piet ook.")
    client = log_in(mens.gebruiker)
    html = client.get("/kennisgevingen/").content.decode()
    assert html.count("nieuw</span>") == 2
    rij = Kennisgeving.objects.get(tekst="Jan reageerde.")
    assert client.post("/kennisgevingen/lezen/", {"pk": rij.pk})["Location"] == "/mensen/"
    assert acties.ongelezen(mens.gebruiker) == 1
    client.post("/kennisgevingen/lezen/")
    assert acties.ongelezen(mens.gebruiker) == 0


def test_een_vreemde_leest_niets(client: Any, log_in: Any) -> None:
    rij = maak_kennisgeving(maak_professional(), tekst="Geheim seintje")
    assert "/account/login/" in client.get("/kennisgevingen/")["Location"]
    client = log_in(maak_gebruiker())
    assert "Geheim" not in client.get("/kennisgevingen/").content.decode()
    assert client.post("/kennisgevingen/lezen/", {"pk": rij.pk}).status_code == 404
    for kwaad in ("x", "-1", "9" * 30, "1 OR 1=1"):
        assert client.post("/kennisgevingen/lezen/", {"pk": kwaad}).status_code == 404
    rij.refresh_from_db()
    assert rij.gelezen_op is None


@pytest.mark.parametrize("aantal", [1, 3, 40])
def test_de_lijst_kost_een_vast_aantal_vragen(log_in: Any, aantal: int, django_assert_num_queries: Any) -> None:
    mens, netwerk = maak_professional(), maak_netwerk()
    for nummer in range(aantal):
        geef(mens, tekst=f"Nummer {nummer}", netwerk=netwerk)
    client = log_in(mens.gebruiker)
    client.get("/kennisgevingen/")
    with django_assert_num_queries(3):
        html = client.get("/kennisgevingen/").content.decode()
    assert ("Oudere berichten" in html) is (aantal > 30)
    if aantal > 30:
        verder = html.split('href="?voor=')[1].split('"')[0]
        assert "Nummer 0<" in client.get(f"/kennisgevingen/?voor={verder}").content.decode()


def test_voorkeuren_kiezen(log_in: Any) -> None:
    mens = maak_professional()
    client = log_in(mens.gebruiker)
    velden = {**STANDAARD, "reactie": "week"}
    client.post("/kennisgevingen/voorkeuren/", velden)
    assert list(Voorkeur.objects.values_list("soort", "wanneer")) == [("reactie", "week")]
    html = client.post("/kennisgevingen/voorkeuren/", {**velden, "reactie": "soms"}).content.decode()
    assert "Kies wanneer." in html
    client.post("/kennisgevingen/voorkeuren/", {"alles_uit": "1"})
    assert set(acties.voorkeuren_van(mens.gebruiker).values()) == {"nooit"}


def test_afmelden_van_een_soort_geldt_ook_in_een_netwerk_met_een_eigen_keuze(bezorg: Any) -> None:
    mens, netwerk = maak_professional(), maak_netwerk()
    zet_voorkeur(gebruiker=mens.gebruiker, soort=Seintje.REACTIE, wanneer=Wanneer.DIRECT, netwerk=netwerk)
    zet_voorkeur(gebruiker=mens.gebruiker, soort=Seintje.GESPREK, wanneer=Wanneer.DIRECT, netwerk=netwerk)
    acties.meld_af(gebruiker=mens.gebruiker, soort=Seintje.REACTIE)
    geef(mens, netwerk=netwerk)
    assert bezorg() == 0
    geef(mens, netwerk=netwerk, soort=Seintje.GESPREK)
    assert bezorg() == 1


def test_wat_wacht_volgt_een_nieuwe_keuze() -> None:
    mens, met_keuze = maak_professional(), maak_netwerk()
    zet_voorkeur(gebruiker=mens.gebruiker, soort=Seintje.REACTIE, wanneer=Wanneer.DAG, netwerk=met_keuze)
    geef(mens)
    geef(mens, netwerk=met_keuze)
    geef(mens, soort=Seintje.GESPREK)
    los, van_netwerk, ander = Kennisgeving.objects.order_by("pk")
    zet_voorkeur(gebruiker=mens.gebruiker, soort=Seintje.REACTIE, wanneer=Wanneer.WEEK)
    oud = (van_netwerk.mail_op, ander.mail_op)
    for rij in (los, van_netwerk, ander):
        rij.refresh_from_db()
    assert los.mail_op == mailmoment(Wanneer.WEEK, timezone.now())
    assert (van_netwerk.mail_op, ander.mail_op) == oud
    zet_voorkeur(gebruiker=mens.gebruiker, soort=Seintje.REACTIE, wanneer=Wanneer.NOOIT)
    assert set(Kennisgeving.objects.filter(mail_op=None)) == {los}
    # The same choice once more does not put off what waits.
    Kennisgeving.objects.filter(pk=ander.pk).update(mail_op=timezone.now())
    zet_voorkeur(gebruiker=mens.gebruiker, soort=Seintje.GESPREK, wanneer=STANDAARD[Seintje.GESPREK])
    ander.refresh_from_db()
    assert ander.mail_op <= timezone.now()


@pytest.mark.parametrize("hoe", ["niets", "ingetrokken", "verborgen", "geblokkeerd", "blokkeert", "gesloten"])
def test_een_reactie_wordt_niet_gemaild_als_zij_er_voor_de_lezer_niet_meer_staat(bezorg: Any, hoe: str) -> None:
    volger, schrijver = maak_professional(), maak_professional()
    netwerk = maak_netwerk(leden=(volger, schrijver))
    gesprek = maak_gesprek(netwerk, zicht=Zicht.PUBLIEK, auteur=volger)
    volg(gesprek=gesprek, professional=volger, volgt=True)
    reactie = reageer(gesprek=gesprek, door=schrijver, tekst="Vertrouwelijk")
    if hoe == "ingetrokken":
        trek_in(wat=reactie, door=schrijver)
    elif hoe == "verborgen":
        Reactie.objects.update(plaatsing=Plaatsing.VERBORGEN)
    elif hoe == "geblokkeerd":
        maak_blokkade(volger, schrijver)
    elif hoe == "blokkeert":
        maak_blokkade(schrijver, volger)
    elif hoe == "gesloten":
        type(netwerk).objects.update(status=Netwerkstatus.GESLOTEN)
    assert bezorg() == (1 if hoe == "niets" else 0)
    assert ["Vertrouwelijk" in bericht.body for bericht in mail.outbox] == ([True] if hoe == "niets" else [])


def test_afmelden_met_een_druk_zonder_inloggen() -> None:
    mens = maak_professional()
    geef(mens)
    pad = afmeld_url(mens.gebruiker_id, Seintje.REACTIE).split("//", 1)[1].split("/", 1)[1]
    client = Client(enforce_csrf_checks=True)
    assert "Mail stoppen" in client.get(f"/{pad}").content.decode()
    assert not Voorkeur.objects.exists()
    assert client.post(f"/{pad}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Voorkeur.objects.get().wanneer == "nooit"
    assert Kennisgeving.objects.get().mail_op is None
    assert client.get("/kennisgevingen/afmelden/onzin/").status_code == 404
    assert client.post("/kennisgevingen/afmelden/onzin/").status_code == 404


def test_na_negentig_dagen_is_het_weg() -> None:
    mens = maak_professional()
    oud = maak_kennisgeving(mens, aangemaakt_op=timezone.now() - timedelta(days=91))
    nieuw = maak_kennisgeving(mens)
    ruim_op()
    assert list(Kennisgeving.objects.all()) == [nieuw]
    assert oud.pk != nieuw.pk


def test_regels_van_de_database() -> None:
    mens = maak_professional()
    for pad in ("https://kwaad.example/", "//kwaad.example/", "javascript:x"):
        with pytest.raises(IntegrityError), transaction.atomic():
            maak_kennisgeving(mens, pad=pad)
    Voorkeur.objects.create(gebruiker=mens.gebruiker, soort="reactie", wanneer="dag")
    with pytest.raises(IntegrityError), transaction.atomic():
        Voorkeur.objects.create(gebruiker=mens.gebruiker, soort="reactie", wanneer="week")
    assert Gesprek.objects.count() == 0
