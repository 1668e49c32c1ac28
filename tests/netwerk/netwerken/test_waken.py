"""The daily round, members' expertise and export, support of organisations, and personal data."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from netwerk.actions.netwerken import steun as steunacties
from netwerk.actions.netwerken import waken
from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol, Voor
from netwerk.models import (
    Ledenexport,
    Lidmaatschap,
    Netwerk,
    NetwerkSteun,
    Netwerkuitnodiging,
    Professional,
)
from tests.fabriek import maak_gebruiker, maak_gesprek, maak_lid, maak_netwerk, maak_organisatie, maak_professional
from tests.netwerk.netwerken.stappen import als, tekst, woord
from welzijnportal import privacy
from welzijnportal.geo.models import Plaats

pytestmark = pytest.mark.django_db
NU = timezone.now()


@pytest.fixture
def netwerk(beheerder: Professional) -> Netwerk:
    return maak_netwerk(naam="Het net", slug="net", beheerder=beheerder)


def geleden(dagen: int) -> Any:
    return timezone.now() - timedelta(days=dagen)


# Silent members ------------------------------------------------------------------------------------


def test_stille_leden_krijgen_een_keer_per_jaar_een_vriendelijk_woord(
    netwerk: Netwerk, beheerder: Professional
) -> None:
    stil, kort, net_gezien = maak_professional(), maak_professional(), maak_professional()
    maak_lid(netwerk, stil, sinds_op=geleden(200), laatst_gezien_op=geleden(91))
    maak_lid(netwerk, kort, sinds_op=geleden(89))
    maak_lid(netwerk, net_gezien, sinds_op=geleden(500), laatst_gezien_op=geleden(3))
    Lidmaatschap.objects.filter(professional=beheerder).update(sinds_op=geleden(500))
    assert waken.vraag_stille_leden() == 1
    assert waken.vraag_stille_leden() == 0
    assert woord(stil) == ["Wij zagen u een tijd niet in ‘Het net’. Wilt u lid blijven? Zeg het met één klik."]
    assert [woord(mens) for mens in (kort, net_gezien, beheerder)] == [[], [], []]
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        assert waken.vraag_stille_leden() == 3


def test_ik_blijf_en_ik_ga_eruit(netwerk: Netwerk) -> None:
    stil, ander = maak_professional(), maak_professional()
    for mens in (stil, ander):
        maak_lid(netwerk, mens, sinds_op=geleden(200))
    html = tekst(als(stil).get("/netwerken/net/blijven/"))
    assert "Ik blijf" in html
    assert "Ik ga eruit" in html
    als(stil).post("/netwerken/net/blijven/")
    als(ander).post("/netwerken/net/verlaten/")
    rij = Lidmaatschap.objects.get(professional=stil)
    assert rij.laatst_gezien_op is not None
    assert not Lidmaatschap.objects.filter(professional=ander).exists()
    assert waken.vraag_stille_leden() == 0


# Quiet networks ------------------------------------------------------------------------------------


def test_een_stil_netwerk_wordt_gevraagd_slaapt_en_wordt_gewekt(netwerk: Netwerk, beheerder: Professional) -> None:
    Netwerk.objects.update(status_op=geleden(300), laatste_op=geleden(121))
    waken.doe_ronde()
    waken.doe_ronde()
    assert woord(beheerder) == [
        "In ‘Het net’ is al vier maanden geen gesprek begonnen. Gaat u door? Anders gaat het over een maand slapen."
    ]
    Netwerk.objects.update(slaapvraag_op=geleden(29))
    waken.doe_ronde()
    netwerk.refresh_from_db()
    assert netwerk.status == Netwerkstatus.ACTIEF
    Netwerk.objects.update(slaapvraag_op=geleden(31))
    waken.doe_ronde()
    waken.doe_ronde()
    netwerk.refresh_from_db()
    assert netwerk.status == Netwerkstatus.SLAPEND
    assert len(woord(beheerder)) == 2
    assert "Dit netwerk slaapt" in tekst(Client().get("/netwerken/net/"))
    assert "Maak het wakker" in tekst(als(beheerder).get("/netwerken/net/wekken/"))
    als(beheerder).post("/netwerken/net/wekken/")
    netwerk.refresh_from_db()
    assert (netwerk.status, netwerk.slaapvraag_op) == (Netwerkstatus.ACTIEF, None)
    waken.doe_ronde()
    assert len(woord(beheerder)) == 2


def test_wie_doorgaat_wordt_vier_maanden_niet_gevraagd(netwerk: Netwerk, beheerder: Professional) -> None:
    Netwerk.objects.update(status_op=geleden(300), laatste_op=geleden(121))
    waken.doe_ronde()
    als(beheerder).post("/netwerken/net/wekken/")
    with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
        assert waken.vraag_stille_netwerken() == 0


def test_een_nieuw_gesprek_houdt_wakker_en_wekt(netwerk: Netwerk) -> None:
    Netwerk.objects.update(status_op=geleden(300), slaapvraag_op=geleden(40), laatste_op=geleden(2))
    waken.doe_ronde()
    netwerk.refresh_from_db()
    assert (netwerk.status, netwerk.slaapvraag_op) == (Netwerkstatus.ACTIEF, None)
    Netwerk.objects.update(status=Netwerkstatus.SLAPEND, status_op=geleden(3))
    waken.doe_ronde()
    netwerk.refresh_from_db()
    assert netwerk.status == Netwerkstatus.ACTIEF


def test_huisregels_die_aan_de_beurt_zijn(netwerk: Netwerk, beheerder: Professional) -> None:
    Netwerk.objects.update(huisregels_bekijken_datum=timezone.localdate() + timedelta(days=1))
    assert waken.vraag_huisregels() == 0
    Netwerk.objects.update(huisregels_bekijken_datum=timezone.localdate())
    assert [waken.vraag_huisregels(), waken.vraag_huisregels()] == [1, 0]
    assert woord(beheerder) == ["U wilde vandaag de huisregels van ‘Het net’ nog eens bekijken."]
    Netwerk.objects.update(huisregels_bekijken_datum=timezone.localdate() + timedelta(days=10))
    with time_machine.travel(timezone.now() + timedelta(days=11), tick=False):
        assert waken.vraag_huisregels() == 1


def test_de_ronde_herstelt_tellingen_en_beheerders(netwerk: Netwerk, beheerder: Professional) -> None:
    eerste, tweede = maak_professional(), maak_professional()
    maak_lid(netwerk, tweede, sinds_op=geleden(5))
    maak_lid(netwerk, eerste, sinds_op=geleden(50))
    beheerder.gebruiker.delete()
    assert waken.herstel() == 1
    netwerk.refresh_from_db()
    assert netwerk.aantal_leden == 2
    assert Lidmaatschap.objects.get(rol=Rol.BEHEERDER).professional == eerste
    assert waken.herstel() == 0


# Expertise -----------------------------------------------------------------------------------------


def test_expertisekaart_verbergt_kleine_getallen(netwerk: Netwerk) -> None:
    utrecht, groningen = Plaats.objects.get(slug="utrecht"), Plaats.objects.get(slug="groningen")
    kijker = maak_professional()
    maak_lid(netwerk, kijker)
    for nummer in range(4):
        mens = maak_professional(plaats=utrecht, plaats_voor=Voor.LEDEN, expertise_voor=Voor.LEDEN)
        mens.expertise.add("mantelzorg", *(["rouw"] if nummer < 2 else []))
        maak_lid(netwerk, mens)
    verborgen = maak_professional(plaats=groningen, plaats_voor=Voor.LEDEN)
    verborgen.expertise.add("schulden", "mantelzorg")
    maak_lid(netwerk, verborgen)
    html = tekst(als(kijker).get("/netwerken/net/expertise/"))
    assert '<th scope="row">mantelzorg</th>' in html
    assert 'class="is-number num">4</td>' in html
    assert "rouw" not in html
    assert "schulden" not in html
    assert "En nog 1 onderwerp waar" in html
    assert "Groningen: minder dan drie" in html
    assert "Utrecht: 4" in html


def test_bezoekers_tellen_alleen_wat_voor_iedereen_is(netwerk: Netwerk) -> None:
    Netwerk.objects.update(zicht_leden=3)
    for _ in range(3):
        mens = maak_professional(vindbaar_voor=Voor.IEDEREEN, expertise_voor=Voor.LEDEN)
        mens.expertise.add("mantelzorg")
        maak_lid(netwerk, mens)
    assert "mantelzorg" not in tekst(Client().get("/netwerken/net/expertise/"))
    Professional.objects.update(expertise_voor=Voor.IEDEREEN)
    assert "mantelzorg" in tekst(Client().get("/netwerken/net/expertise/"))


# Export --------------------------------------------------------------------------------------------


def test_export_geeft_wat_leden_delen_en_zegt_het_hun(netwerk: Netwerk, beheerder: Professional) -> None:
    deelt = maak_professional(naam="=cmd|x", functie="Opbouwwerker", functie_voor=Voor.LEDEN)
    zwijgt = maak_professional(naam="Zwijg Zaam", functie="Geheim agent", functie_voor=Voor.CONTACTEN)
    for mens, ja in ((deelt, True), (zwijgt, False)):
        mens.expertise.add("buurtwerk")
        maak_lid(netwerk, mens, deelt_mail=ja)
    Professional.objects.filter(pk=deelt.pk).update(expertise_voor=Voor.LEDEN)
    maak_lid(netwerk, status=Lidstatus.AANGEVRAAGD)
    client = als(beheerder)
    response = client.post("/netwerken/net/leden/downloaden/", {"vorm": "csv"})
    assert response["Content-Disposition"] == 'attachment; filename="leden-net.csv"'
    regels = response.content.decode("utf-8-sig").splitlines()
    assert len(regels) == 4
    assert f"'=cmd|x;Lid;{timezone.now():%Y-%m-%d};Opbouwwerker;;buurtwerk;{deelt.gebruiker.email}" in regels
    assert zwijgt.gebruiker.email not in response.content.decode()
    assert "Geheim agent" not in response.content.decode()
    response = client.post("/netwerken/net/leden/downloaden/", {"vorm": "xlsx"})
    blad = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert blad is not None
    assert [cel.value for cel in next(blad.iter_rows())][:2] == ["naam", "rol"]
    assert {rij[0].value for rij in blad.iter_rows(min_row=2)} == {"Bea Beheer", "'=cmd|x", "Zwijg Zaam"}
    assert [rij.vorm for rij in Ledenexport.objects.order_by("pk")] == ["csv", "xlsx"]
    # Twice on a day is told once.
    verwacht = ["Bea Beheer heeft de ledenlijst van ‘Het net’ gedownload, met wat u daar laat zien."]
    assert [woord(mens) for mens in (deelt, zwijgt, beheerder)] == [verwacht] * 3
    assert "Kies CSV of Excel" in tekst(client.post("/netwerken/net/leden/downloaden/", {"vorm": "exe"}, follow=True))


# Support -------------------------------------------------------------------------------------------


def test_netwerk_vraagt_en_organisatie_bevestigt(netwerk: Netwerk, beheerder: Professional, client: Client) -> None:
    baas = maak_gebruiker(email="baas@linde.example")
    linde = maak_organisatie(naam="De Linde", beheerder=baas)
    client.force_login(beheerder.gebruiker)
    client.post("/netwerken/net/beheer/steun/", {"actie": "vraag", "pk": linde.pk})
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["baas@linde.example"], "Wil De Linde het netwerk Het net steunen?")
    ]
    assert "De Linde" not in tekst(Client().get("/netwerken/net/"))
    ander = maak_organisatie(naam="Anders", beheerder=maak_gebruiker())
    client.force_login(baas)
    # Also of a network whose page this account cannot see.
    Netwerk.objects.update(zicht_pagina=1, zicht_leden=1, zicht_gesprekken=1)
    steun = NetwerkSteun.objects.get()
    assert "het netwerk vraagt of u het wilt steunen" in tekst(client.get("/netwerken/net/steunen/"))
    assert client.post("/netwerken/net/steunen/", {"actie": "vraag", "pk": ander.pk}).status_code == 404
    client.post("/netwerken/net/steunen/", {"actie": "ja", "pk": steun.pk})
    Netwerk.objects.update(zicht_pagina=3)
    assert "De Linde" in tekst(Client().get("/netwerken/net/"))
    assert woord(beheerder) == ["De Linde steunt nu ‘Het net’."]
    client.post("/netwerken/net/steunen/", {"actie": "nee", "pk": steun.pk})
    assert not NetwerkSteun.objects.exists()


def test_organisatie_biedt_aan_en_netwerk_bevestigt(netwerk: Netwerk, beheerder: Professional) -> None:
    baas = maak_professional()
    linde = maak_organisatie(naam="De Linde", beheerder=baas.gebruiker)
    als(baas).post("/netwerken/net/steunen/", {"actie": "vraag", "pk": linde.pk})
    steun = NetwerkSteun.objects.get()
    # The side that asked cannot answer for the other.
    als(baas).post("/netwerken/net/steunen/", {"actie": "ja", "pk": steun.pk})
    steun.refresh_from_db()
    assert steun.status == "gevraagd"
    assert woord(beheerder) == ["De Linde wil ‘Het net’ steunen. Bevestigt u dat?"]
    als(beheerder).post("/netwerken/net/beheer/steun/", {"actie": "ja", "pk": steun.pk})
    assert woord(baas) == ["De Linde steunt nu ‘Het net’."]
    assert "De Linde" in tekst(Client().get("/netwerken/net/"))


def test_vragen_ze_elkaar_dan_is_het_bevestigd(netwerk: Netwerk, beheerder: Professional) -> None:
    baas = maak_gebruiker()
    linde = maak_organisatie(beheerder=baas)
    steunacties.vraag_als_netwerk(netwerk=netwerk, organisatie=linde, door=beheerder)
    with pytest.raises(NetwerkFout, match="al gevraagd"):
        steunacties.vraag_als_netwerk(netwerk=netwerk, organisatie=linde, door=beheerder)
    steun = steunacties.vraag_als_organisatie(netwerk=netwerk, organisatie=linde, door=baas)
    assert steun.status == "bevestigd"
    with pytest.raises(NetwerkFout, match="geen beheerder van deze organisatie"):
        steunacties.antwoord_als_organisatie(steun=steun, ja=False, door=maak_gebruiker())


def test_organisatie_zoeken_om_te_vragen(netwerk: Netwerk, beheerder: Professional) -> None:
    html = tekst(als(beheerder).get("/netwerken/net/beheer/steun/?q=bestaatniet"))
    assert "Geen organisatie gevonden" in html
    for onzin in ("q=%00", "q=" + "x" * 500):
        assert als(beheerder).get(f"/netwerken/net/beheer/steun/?{onzin}").status_code in (200, 400)


def test_grenzen_van_steun(netwerk: Netwerk) -> None:
    linde = maak_organisatie()
    steun = NetwerkSteun.objects.create(netwerk=netwerk, organisatie=linde, gevraagd_door_kant="netwerk")
    with pytest.raises(IntegrityError, match="netwerksteun_een_per_organisatie"), transaction.atomic():
        NetwerkSteun.objects.create(netwerk=netwerk, organisatie=linde, gevraagd_door_kant="organisatie")
    with pytest.raises(IntegrityError, match="netwerksteun_bevestigd_heeft_moment"), transaction.atomic():
        NetwerkSteun.objects.filter(pk=steun.pk).update(status="bevestigd")


# Personal data -------------------------------------------------------------------------------------


def test_wissen_laat_het_langste_lid_opvolgen(netwerk: Netwerk, beheerder: Professional) -> None:
    jong, oud = maak_professional(naam="Jong Lid"), maak_professional(naam="Oud Lid")
    maak_lid(netwerk, jong, sinds_op=geleden(1))
    maak_lid(netwerk, oud, sinds_op=geleden(100))
    weg = maak_professional()
    weg.gebruiker.is_active = False
    weg.gebruiker.save()
    maak_lid(netwerk, weg, sinds_op=geleden(500))
    maak_gesprek(netwerk, beheerder, titel="Wat blijft")
    assert privacy.gevolgen_voor(beheerder.gebruiker)[0].startswith(
        "U bent de enige beheerder van het netwerk ‘Het net’."
    )
    privacy.wis(beheerder.gebruiker)
    netwerk.refresh_from_db()
    assert netwerk.aantal_leden == Lidmaatschap.objects.leden().count() == 3
    assert Lidmaatschap.objects.get(rol=Rol.BEHEERDER).professional == oud
    assert woord(oud)[0].startswith("De beheerder van ‘Het net’ is weg.")
    assert netwerk.gesprekken.get().auteur is None


def test_wissen_zonder_opvolger_laat_slapen_en_meldt_het(
    netwerk: Netwerk, beheerder: Professional, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    moderator = maak_gebruiker(is_staff=True, is_superuser=True, email="mod@portaal.example")
    with django_capture_on_commit_callbacks(execute=True):
        privacy.wis(beheerder.gebruiker)
    netwerk.refresh_from_db()
    assert (netwerk.status, netwerk.aantal_leden) == (Netwerkstatus.SLAPEND, 0)
    assert [(m.to, m.subject) for m in mail.outbox] == [([moderator.email], "Netwerk zonder beheerder: Het net")]
    waken.doe_ronde()
    assert len(mail.outbox) == 1


def test_wie_niet_de_enige_beheerder_is_leest_geen_gevolg(netwerk: Netwerk, beheerder: Professional) -> None:
    maak_lid(netwerk, rol=Rol.BEHEERDER)
    assert not [zin for zin in privacy.gevolgen_voor(beheerder.gebruiker) if "Het net" in zin]


def test_export_en_wissen_van_wat_er_van_iemand_is(netwerk: Netwerk, beheerder: Professional) -> None:
    mens = maak_professional(bevestigd=True, gebruiker=maak_gebruiker(email="ik@voorbeeld.example"), naam="Ik Zelf")
    maak_lid(netwerk, mens, antwoorden=["Mijn antwoord"], deelt_mail=True)
    Netwerk.objects.create(naam="Mijn plan", slug="plan", doel="d", voorgesteld_door=mens)
    Netwerkuitnodiging.objects.create(
        netwerk=netwerk,
        email="ik@voorbeeld.example",
        regel="Kom je ook",
        token_hash="h",
        verloopt_op=NU,
        door=beheerder,
    )
    NetwerkSteun.objects.create(
        netwerk=netwerk, organisatie=maak_organisatie(), gevraagd_door_kant="netwerk", gevraagd_door=mens.gebruiker
    )
    Ledenexport.objects.create(netwerk=netwerk, door=mens, vorm="csv", aantal=2)
    alles = str(privacy.gegevens_van(mens.gebruiker)["netwerken"])
    for deel in ("Mijn antwoord", "Mijn plan", "Kom je ook", "Het net"):
        assert deel in alles
    assert "Mijn antwoord" not in str(privacy.gegevens_van(beheerder.gebruiker)["netwerken"])
    privacy.wis(mens.gebruiker)
    netwerk.refresh_from_db()
    assert netwerk.aantal_leden == 1
    assert not Netwerk.objects.filter(slug="plan").exists()
    assert not Netwerkuitnodiging.objects.exists()
    assert (NetwerkSteun.objects.get().gevraagd_door, Ledenexport.objects.get().door) == (None, None)
