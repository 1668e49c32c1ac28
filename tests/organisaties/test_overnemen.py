import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from organisaties.actions import overnemen as acties
from organisaties.models import Beheer, Organisatie, Overname
from tests.fabriek import maak_gebruiker, maak_moderator, maak_organisatie
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db
ADRES = "/organisaties/de-linde/overnemen/"


@pytest.fixture
def linde(db: None) -> Organisatie:
    return maak_organisatie(
        naam="De Linde", website="https://www.linde.example/", email="info@linde.example", bron="stad", extern_id="1"
    )


@pytest.fixture
def lia(db: None) -> Gebruiker:
    return maak_gebruiker(email="lia@linde.example", naam="Lia")


def als(gebruiker: Gebruiker) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(gebruiker)
    return client


def rollen(organisatie: Organisatie) -> set[tuple[str, str]]:
    return set(Beheer.objects.filter(organisatie=organisatie).values_list("gebruiker__email", "rol"))


def test_de_pagina_vraagt_of_dit_uw_organisatie_is_zolang_niemand_haar_bijhoudt(
    client: Client, linde: Organisatie
) -> None:
    tekst = client.get("/organisaties/de-linde/").content.decode()
    assert "Nog niemand houdt ze hier bij" in tekst
    assert "Neem het beheer over" in tekst
    slapend = maak_gebruiker(is_active=False)
    Beheer.objects.create(organisatie=linde, gebruiker=slapend)
    assert "Nog niemand houdt ze hier bij" in client.get("/organisaties/de-linde/").content.decode()
    Beheer.objects.create(organisatie=linde, gebruiker=maak_gebruiker())
    tekst = client.get("/organisaties/de-linde/").content.decode()
    assert "Nog niemand houdt ze hier bij" not in tekst
    assert client.get(ADRES).status_code == 302


def test_meteen_met_een_adres_op_het_eigen_domein(linde: Organisatie, lia: Gebruiker) -> None:
    ik = als(lia)
    assert "U leest de mail van <strong>lia@linde.example</strong>" in ik.get(ADRES).content.decode()
    assert rollen(linde) == set()
    with transaction.atomic():
        antwoord = ik.post(ADRES, {"hoe": "meteen"})
    assert antwoord.url == "/organisaties/de-linde/wijzigen/"
    assert rollen(linde) == {("lia@linde.example", "beheerder")}
    assert Overname.objects.values_list("status", "via_domein").get() == ("toegekend", True)
    assert ik.get(ADRES).url == "/organisaties/de-linde/wijzigen/"


@pytest.mark.parametrize(
    ("website", "email", "mag"),
    [
        ("https://linde.example", "lia@linde.example", True),
        ("https://www.Linde.example/contact", "lia@LINDE.example", True),
        ("https://linde.example", "lia@mail.linde.example", True),
        ("https://linde.example", "lia@nepelinde.example", False),
        ("https://linde.example", "lia@linde.example.evil.example", False),
        ("https://linde.utrecht.example", "lia@utrecht.example", False),
        ("https://gmail.com", "lia@gmail.com", False),
        ("https://www.ziggo.nl/linde", "lia@ziggo.nl", False),
        ("https://facebook.com/linde", "lia@facebook.com", False),
        ("https://linde.wordpress.com", "lia@linde.wordpress.com", False),
        ("https://sites.google.com/linde", "lia@google.com", False),
        ("", "lia@linde.example", False),
    ],
)
def test_wanneer_een_adres_bij_een_website_hoort(website: str, email: str, mag: bool) -> None:
    organisatie = maak_organisatie(website=website, bron="stad")
    assert bool(acties.adres_op_domein(maak_gebruiker(email=email), organisatie)) == mag


def test_een_adres_dat_niet_is_bevestigd_telt_niet(linde: Organisatie, vreemde: Gebruiker) -> None:
    EmailAddress.objects.create(user=vreemde, email="info@linde.example", verified=False)
    als(vreemde).post(ADRES, {"hoe": "meteen"})
    assert rollen(linde) == set()
    with pytest.raises(acties.OvernameFout, match="geen bevestigd e-mailadres"):
        acties.neem_over(organisatie=linde, door=vreemde)


def test_een_website_met_veel_organisaties_bewijst_niets(linde: Organisatie, lia: Gebruiker) -> None:
    for nummer in range(acties.VEEL):
        maak_organisatie(website=f"https://linde.example/{nummer}")
    assert acties.adres_op_domein(lia, linde) == ""


def test_wie_geen_adres_heeft_vraagt_het_en_een_moderator_beslist(
    linde: Organisatie, vreemde: Gebruiker, django_capture_on_commit_callbacks: Any
) -> None:
    moderator = maak_moderator(email="mo@voorbeeld.example")
    ik = als(vreemde)
    assert "@linde.example" in ik.get(ADRES).content.decode()
    antwoord = ik.post(ADRES, {"hoe": "vragen", "uitleg": "  "})
    assert "Schrijf kort op wat u bij deze organisatie doet." in antwoord.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert ik.post(ADRES, {"hoe": "vragen", "uitleg": "Ik ben coördinator."}).status_code == 302
    assert [bericht.to for bericht in mail.outbox] == [["mo@voorbeeld.example"]]
    assert "Wij kijken uw vraag na" in ik.get(ADRES).content.decode()
    overname = Overname.objects.get()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        acties.beoordeel_overname(overname=overname, door=moderator, akkoord=True)
    assert rollen(linde) == {("vreemde@voorbeeld.example", "beheerder")}
    assert [bericht.subject for bericht in mail.outbox] == ["U houdt nu De Linde bij"]
    with pytest.raises(acties.OvernameFout, match="al beslist: toegekend"):
        acties.beoordeel_overname(overname=overname, door=moderator, akkoord=False, reden="Nee.")


def test_de_beheerders_horen_het_eerst_en_de_vrager_ziet_niet_of_ze_er_zijn(
    linde: Organisatie, vreemde: Gebruiker, django_capture_on_commit_callbacks: Any
) -> None:
    bea, moderator = maak_gebruiker(email="bea@linde.example"), maak_moderator()
    Beheer.objects.create(organisatie=linde, gebruiker=bea, rol="beheerder")
    ik = als(vreemde)
    tekst = ik.get(ADRES).content.decode()
    assert "bea@linde.example" not in tekst
    with django_capture_on_commit_callbacks(execute=True):
        ik.post(ADRES, {"hoe": "vragen", "uitleg": "Ik ben coördinator."})
    assert [bericht.to for bericht in mail.outbox] == [["bea@linde.example"]]
    assert "bea@linde.example" not in ik.get(ADRES).content.decode()
    overname = Overname.objects.get()
    with pytest.raises(acties.OvernameFout, match="nog tijd om te reageren"):
        acties.beoordeel_overname(overname=overname, door=moderator, akkoord=True)
    Overname.objects.update(beslisbaar_op=timezone.now() - timedelta(seconds=1))
    acties.beoordeel_overname(overname=overname, door=moderator, akkoord=False, reden="U staat niet op de website.")
    assert ("vreemde@voorbeeld.example", "beheerder") not in rollen(linde)
    assert "U staat niet op de website." in ik.get(ADRES).content.decode()


def test_een_beheerder_laat_binnen_met_een_druk(
    linde: Organisatie, vreemde: Gebruiker, django_capture_on_commit_callbacks: Any
) -> None:
    bea = maak_gebruiker(email="bea@linde.example")
    Beheer.objects.create(organisatie=linde, gebruiker=bea, rol="beheerder")
    overname = acties.vraag_overname(organisatie=linde, door=vreemde, uitleg="Ik ben coördinator.")
    adres = f"/organisaties/de-linde/overnames/{overname.pk}/"
    assert "Ik ben coördinator." in als(bea).get(adres).content.decode()
    assert rollen(linde) == {("bea@linde.example", "beheerder")}
    with django_capture_on_commit_callbacks(execute=True):
        als(bea).post(adres, {"klopt": "ja", "rol": "redacteur"})
    assert rollen(linde) == {("bea@linde.example", "beheerder"), ("vreemde@voorbeeld.example", "redacteur")}
    assert mail.outbox[-1].to == ["vreemde@voorbeeld.example"]


def test_een_beheerder_zegt_dat_het_niet_klopt_en_dan_beslist_de_redactie(
    linde: Organisatie, vreemde: Gebruiker
) -> None:
    bea, moderator = maak_gebruiker(email="bea@linde.example"), maak_moderator()
    Beheer.objects.create(organisatie=linde, gebruiker=bea, rol="beheerder")
    overname = acties.vraag_overname(organisatie=linde, door=vreemde, uitleg="Ik ben coördinator.")
    als(bea).post(f"/organisaties/de-linde/overnames/{overname.pk}/", {"klopt": "nee"})
    overname.refresh_from_db()
    assert (overname.status, overname.reactie, overname.is_te_beoordelen) == ("open", "klopt_niet", True)
    acties.beoordeel_overname(overname=overname, door=moderator, akkoord=False, reden="Nee.")


@pytest.mark.parametrize("wie", ["redacteur", "vrager", "vreemde"])
def test_alleen_een_beheerder_antwoordt(linde: Organisatie, wie: str) -> None:
    vrager = maak_gebruiker()
    Beheer.objects.create(organisatie=linde, gebruiker=maak_gebruiker(), rol="beheerder")
    redacteur = maak_gebruiker()
    Beheer.objects.create(organisatie=linde, gebruiker=redacteur, rol="redacteur")
    overname = acties.vraag_overname(organisatie=linde, door=vrager, uitleg="Ik.")
    persoon = {"redacteur": redacteur, "vrager": vrager, "vreemde": maak_gebruiker()}[wie]
    adres = f"/organisaties/de-linde/overnames/{overname.pk}/"
    assert als(persoon).get(adres).status_code == 404
    assert als(persoon).post(adres, {"klopt": "ja"}).status_code == 404
    with pytest.raises(acties.OvernameFout):
        acties.reageer(overname=overname, door=persoon, klopt=True)


def test_dezelfde_vraag_tweemaal_is_een_vraag(linde: Organisatie, vreemde: Gebruiker) -> None:
    for _ in range(2):
        als(vreemde).post(ADRES, {"hoe": "vragen", "uitleg": "Ik ben coördinator."})
    overname = Overname.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Overname.objects.create(organisatie=linde, gebruiker=vreemde)
    als(vreemde).post("/organisaties/de-linde/overnemen/intrekken/")
    overname.refresh_from_db()
    assert overname.status == "ingetrokken"
    assert als(vreemde).post("/organisaties/de-linde/overnemen/intrekken/").status_code == 404


def test_te_vaak(linde: Organisatie, vreemde: Gebruiker) -> None:
    cache.clear()
    ik = als(vreemde)
    for _ in range(10):
        ik.post(ADRES, {"hoe": "meteen"})
    assert "Probeer het morgen opnieuw" in ik.post(ADRES, {"hoe": "vragen", "uitleg": "Ik."}).content.decode()
    assert not Overname.objects.exists()


@pytest.mark.parametrize("status", ["concept", "ingediend", "gearchiveerd"])
def test_alleen_wat_op_het_portaal_staat(linde: Organisatie, lia: Gebruiker, status: str) -> None:
    Organisatie.objects.filter(pk=linde.pk).update(status=status)
    assert als(lia).get(ADRES).status_code == 404
    with pytest.raises(acties.OvernameFout, match="niet meer op het portaal"):
        acties.neem_over(organisatie=linde, door=lia)


def test_wat_mensen_over_zich_schreven_gaat_na_negentig_dagen_weg(linde: Organisatie, vreemde: Gebruiker) -> None:
    overname = acties.vraag_overname(organisatie=linde, door=vreemde, uitleg="Ik ben coördinator.")
    acties.trek_overname_in(overname=overname)
    assert acties.ruim_overnames_op() == 0
    Overname.objects.update(beoordeeld_op=timezone.now() - timedelta(days=91))
    assert acties.ruim_overnames_op() == 1
    overname.refresh_from_db()
    assert overname.uitleg == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ronde", range(3))
def test_van_wie_tegelijk_overneemt_wordt_de_eerste_beheerder(ronde: int) -> None:
    linde = maak_organisatie(naam="De Linde", website="https://linde.example", bron="stad")
    mensen = [maak_gebruiker(email=f"mens{nummer}@linde.example") for nummer in range(5)]
    start, uitkomst = threading.Barrier(len(mensen)), []

    def neem(persoon: Gebruiker) -> None:
        start.wait()
        try:
            acties.neem_over(organisatie=linde, door=persoon)
            uitkomst.append("gelukt")
        except acties.OvernameFout as fout:
            uitkomst.append(str(fout))
        finally:
            connection.close()

    draden = [threading.Thread(target=neem, args=(persoon,)) for persoon in mensen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert (
        sorted(uitkomst, key=len)
        == ["gelukt"] + ["Iemand anders houdt deze vermelding nu bij. Vraag hieronder of u mag meehelpen."] * 4
    )
    assert Beheer.objects.count() == 1


def test_de_wachtrij_van_de_redactie(client: Client, linde: Organisatie, vreemde: Gebruiker, settings: Any) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    moderator = maak_moderator()
    rij = "/beheer/organisaties/overname/wachtrij/"
    client.force_login(moderator)
    assert "Er wachten geen aanvragen" in client.get(rij).content.decode()
    overname = acties.vraag_overname(organisatie=linde, door=vreemde, uitleg="Ik ben coördinator.")
    tekst = client.get(rij).content.decode()
    assert "Ik ben coördinator." in tekst
    tekst = client.post(rij, {"pk": overname.pk, "besluit": "afwijzen", "reden": ""}).content.decode()
    assert "Schrijf op wat er anders moet" in tekst
    client.post(rij, {"pk": overname.pk, "besluit": "toekennen"})
    assert rollen(linde) == {("vreemde@voorbeeld.example", "beheerder")}
    client.force_login(vreemde)
    assert client.get(rij).status_code == 302
