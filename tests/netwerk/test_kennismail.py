"""The round that sends word by mail, when something is wrong or there is very much."""

import threading
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from netwerk.actions import kennisgevingen as acties
from netwerk.actions import post
from netwerk.actions.contacten import contact
from netwerk.actions.kennisgevingen import verstuur_mails
from netwerk.models import Kennisgeving, Professional
from tests.fabriek import maak_contact, maak_kennisgeving, maak_netwerk, maak_professional
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


def wacht(mens: Professional, aantal: int = 1, **velden: Any) -> None:
    for nummer in range(aantal):
        # What is about the same thing is told once, so each is about something else.
        pad = f"/mijn/?w={Kennisgeving.objects.count()}"
        maak_kennisgeving(mens, mail_op=timezone.now(), tekst=f"Woord {nummer}.", pad=pad, **velden)


@pytest.fixture
def bezorg(django_capture_on_commit_callbacks: Any) -> Any:
    def doe() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return verstuur_mails()

    return doe


def test_een_mail_die_niet_te_maken_is_houdt_niemand_op(bezorg: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    een, kapot, ander = (maak_professional() for _ in range(3))
    for mens in (een, kapot, ander):
        wacht(mens)
    echt = acties._mail

    def stuk(mens: Gebruiker, rijen: list[Kennisgeving]) -> dict[str, str]:
        if mens.pk == kapot.gebruiker_id:
            raise ValueError(mens.email)
        return echt(mens, rijen)

    monkeypatch.setattr(acties, "_mail", stuk)
    assert bezorg() == 2
    assert {bericht.to[0] for bericht in mail.outbox} == {een.gebruiker.email, ander.gebruiker.email}
    rij = Kennisgeving.objects.get(ontvanger=kapot.gebruiker)
    assert rij.gemaild_op is None
    assert rij.mail_op is not None
    assert rij.mail_op > timezone.now()
    assert bezorg() == 0
    monkeypatch.setattr(acties, "_mail", echt)
    Kennisgeving.objects.update(mail_op=timezone.now())
    assert bezorg() == 1


def test_het_logboek_noemt_niemand(
    bezorg: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    mens = maak_professional()
    wacht(mens)

    def stuk(mens: Gebruiker, rijen: list[Kennisgeving]) -> dict[str, str]:
        raise ValueError(mens.email)

    monkeypatch.setattr(acties, "_mail", stuk)
    bezorg()
    assert "ValueError" in caplog.text
    assert mens.gebruiker.email not in caplog.text


def test_een_mail_toont_hoogstens_veertig_en_zegt_hoeveel_er_nog_zijn(bezorg: Any) -> None:
    mens = maak_professional()
    wacht(mens, 30, netwerk=maak_netwerk(naam="Aandacht"))
    wacht(mens, 30, netwerk=maak_netwerk(naam="Bewegen"))
    assert bezorg() == 1
    brief = str(mail.outbox[0].body)
    assert brief.count("/mijn/?w=") == 40
    assert "En nog 20 andere." in brief


def test_een_keer_is_begrensd_in_woorden_en_niemand_wordt_overgeslagen(
    bezorg: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mensen = [maak_professional() for _ in range(4)]
    for mens in mensen:
        wacht(mens, 3)
    groottes = []
    echt = acties._verstuur_aan

    def meet(wie: list[int], nu: Any) -> int:
        groottes.append(len(wie))
        return echt(wie, nu)

    monkeypatch.setattr(acties, "_verstuur_aan", meet)
    monkeypatch.setattr(acties, "RIJEN_PER_KEER", 6)
    assert bezorg() == 4
    assert groottes == [2, 2]
    assert not Kennisgeving.objects.filter(gemaild_op=None).exists()


def test_een_keer_is_begrensd_in_mensen(bezorg: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        wacht(maak_professional())
    monkeypatch.setattr(acties, "PER_KEER", 2)
    assert bezorg() == 5
    assert len(mail.outbox) == 5


@pytest.mark.django_db(transaction=True)
def test_wie_een_ander_vasthoudt_houdt_de_rest_niet_op(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acties, "PER_KEER", 2)
    mensen = [maak_professional() for _ in range(5)]
    for mens in mensen:
        wacht(mens)
    vast, los = threading.Event(), threading.Event()

    def houd_vast() -> None:
        with transaction.atomic():
            list(Gebruiker.objects.select_for_update().filter(pk__in=[mens.gebruiker_id for mens in mensen[:2]]))
            vast.set()
            los.wait(30)
        connection.close()

    draad = threading.Thread(target=houd_vast)
    draad.start()
    assert vast.wait(30)
    assert verstuur_mails() == 3
    los.set()
    draad.join()
    assert verstuur_mails() == 2
    assert sorted(bericht.to[0] for bericht in mail.outbox) == sorted(mens.gebruiker.email for mens in mensen)


def test_gelezen_post_en_een_beantwoorde_vraag_worden_niet_meer_gemaild(bezorg: Any) -> None:
    anna, bram, cleo = (maak_professional() for _ in range(3))
    maak_contact(anna, bram)
    draad = post.schrijf(van=anna, aan=bram, onderwerp="Dag", tekst="Hallo.")
    contact.vraag(door=cleo, aan=bram)
    post.lees(draad=draad, door=bram, tot=1)
    contact.antwoord(van=cleo, door=bram, ja=False)
    assert bezorg() == 0
    assert not Kennisgeving.objects.ongelezen().filter(ontvanger=bram.gebruiker).exists()
