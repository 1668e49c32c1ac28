import threading
from time import monotonic

import pytest
from django.core import mail
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from organisaties.actions import aanmelden as acties
from organisaties.keuzes import Status
from organisaties.models import Aanmeldconcept, Beheer, Organisatie, Thema
from organisaties.views.aanmelden.concept import met_cookie
from tests.fabriek import maak_gebruiker
from tests.organisaties.aanmelden.stappen import BEGIN, EMAIL, SLACHTOFFER, code_uit_mail, link_uit_mail, stap, vul_in
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_twee_keer_drukken_maakt_een_organisatie() -> None:
    concept = Aanmeldconcept.objects.create()
    start = threading.Barrier(8)
    uitkomst: list[bool] = []

    def druk() -> None:
        aanmelding = acties.Aanmelding(velden={"naam": "De Brug"}, locatie={"plaats": "Zutphen"}, themas=[])
        start.wait()
        try:
            uitkomst.append(acties.meld_aan(concept=concept, aanmelding=aanmelding, door=None, email=EMAIL)[1])
        finally:
            connection.close()

    draden = [threading.Thread(target=druk) for _ in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomst) == [False] * 7 + [True]
    assert Organisatie.objects.count() == 1
    assert len(mail.outbox) == 1


def _aangemeld() -> tuple[Aanmeldconcept, str, str]:
    """Make a registration that waits for its code, in the name of an attacker; return it, the code and the link."""
    concept = Aanmeldconcept.objects.create()
    aanmelding = acties.Aanmelding(velden={"naam": "De Brug"}, locatie={"plaats": "Zutphen"}, themas=[])
    acties.meld_aan(concept=concept, aanmelding=aanmelding, door=None, email=EMAIL)
    concept.refresh_from_db()
    return concept, code_uit_mail().replace(" ", ""), link_uit_mail()


class Verzoek(threading.Thread):
    """One POST from the browser that registered, on a connection of its own."""

    def __init__(self, concept: Aanmeldconcept, adres: str, data: dict[str, str]) -> None:
        super().__init__()
        self.browser, self.adres, self.data, self.pid = Client(), adres, data, 0
        self.browser.cookies["aanmelding"] = met_cookie(HttpResponse(), concept).cookies["aanmelding"].value
        self.klaar_om_te_beginnen = threading.Event()

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.pid = cursor.fetchone()[0]
            self.klaar_om_te_beginnen.set()
            self.browser.post(self.adres, self.data)
        finally:
            connection.close()

    def start_en_wacht_op_slot(self) -> None:
        """Start, and return when the database has this request waiting for a row lock."""
        self.start()
        assert self.klaar_om_te_beginnen.wait(30)
        tot = monotonic() + 30
        with connection.cursor() as cursor:
            while monotonic() < tot:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s", [self.pid])
                if cursor.fetchone()[0]:
                    return
        raise AssertionError("the request never waited for the lock")

    def wie(self) -> str:
        """Return the address of who is logged in in this browser."""
        pk = self.browser.session.get("_auth_user_id")
        return Gebruiker.objects.get(pk=pk).email if pk else ""


@pytest.mark.django_db(transaction=True)
def test_eigen_code_bevestigt_nooit_het_adres_dat_er_tegelijk_voor_in_de_plaats_komt() -> None:
    maak_gebruiker(email=SLACHTOFFER)
    concept, code, _ = _aangemeld()
    controleren = f"{BEGIN}controleren/"
    goed = Verzoek(concept, controleren, {"code": code})
    ander = Verzoek(concept, controleren, {"opnieuw": "ja", "eigen_email": SLACHTOFFER})
    with transaction.atomic():
        Aanmeldconcept.objects.select_for_update().get(pk=concept.pk)
        # Both queue for the row: the one with the code first, the change of address right behind it.
        goed.start_en_wacht_op_slot()
        ander.start_en_wacht_op_slot()
    goed.join()
    ander.join()
    assert goed.wie() == EMAIL
    assert [rij.gebruiker.email for rij in Beheer.objects.all()] == [EMAIL]
    concept.refresh_from_db()
    assert concept.gegevens == {"bevestigd": True}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("bewijs", ["code", "link"])
def test_bewijs_van_het_oude_adres_geldt_niet_na_een_wissel_die_voorging(bewijs: str) -> None:
    maak_gebruiker(email=SLACHTOFFER)
    concept, code, link = _aangemeld()
    oud = Verzoek(concept, link if bewijs == "link" else f"{BEGIN}controleren/", {"code": code})
    with transaction.atomic():
        acties.stuur_code(concept=concept, email=SLACHTOFFER)
        oud.start_en_wacht_op_slot()
    oud.join()
    assert oud.wie() == ""
    assert not Beheer.objects.exists()
    assert Organisatie.objects.get().status == Status.CONCEPT
    concept.refresh_from_db()
    # A wrong code counts, although the request was refused.
    assert (concept.gegevens["email"], concept.gegevens["pogingen"]) == (SLACHTOFFER, int(bewijs == "code"))


@pytest.mark.django_db(transaction=True)
def test_late_nieuwe_code_maakt_een_bevestiging_niet_ongedaan() -> None:
    concept, code, _ = _aangemeld()
    laat = Verzoek(concept, f"{BEGIN}controleren/", {"opnieuw": "ja", "eigen_email": SLACHTOFFER})
    with transaction.atomic():
        acties.bevestig_met_code(concept=concept, code=code)
        laat.start_en_wacht_op_slot()
    laat.join()
    concept.refresh_from_db()
    assert concept.gegevens == {"bevestigd": True}
    assert SLACHTOFFER not in {adres for bericht in mail.outbox for adres in bericht.to}


def test_dezelfde_code_bewijst_geen_ander_adres(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    concept = Aanmeldconcept.objects.get()
    concept.gegevens["email"] = SLACHTOFFER
    concept.save()
    assert "Deze code klopt niet" in client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()}).content.decode()
    assert not Beheer.objects.exists()
