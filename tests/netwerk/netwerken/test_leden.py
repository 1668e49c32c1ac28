"""Joining, leaving, being removed, and roles."""

from datetime import timedelta

import pytest
from django.utils import timezone

from netwerk.actions.netwerken import leden as acties
from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.keuzes import Lidstatus, Rol, Toelating, Zicht
from netwerk.models import Lidmaatschap, Netwerk, Professional
from tests.fabriek import (
    maak_lid,
    maak_netwerk,
)
from tests.netwerk.netwerken.stappen import als, klopt_aantal, rollen, tekst, woord

pytestmark = pytest.mark.django_db


# Joining and leaving -------------------------------------------------------------------------------


def test_open_netwerk_lid_worden_en_verlaten(netwerk: Netwerk, buiten: Professional, beheerder: Professional) -> None:
    Netwerk.objects.update(welkom="Stel u **even** voor.", huisregels="Noem geen namen van klanten.")
    client = als(buiten)
    assert "Noem geen namen van klanten" in tekst(client.get("/netwerken/eenzaamheid-noord/lid-worden/"))
    response = client.post("/netwerken/eenzaamheid-noord/lid-worden/", {"deelt_mail": "on"}, follow=True)
    assert "Stel u <strong>even</strong> voor." in tekst(response)
    rij = Lidmaatschap.objects.get(professional=buiten)
    assert (rij.status, rij.rol, rij.deelt_mail) == ("lid", "lid", True)
    assert klopt_aantal(netwerk)
    assert woord(beheerder) == ["Otto Buiten is lid geworden van ‘Eenzaamheid Noord’."]
    client.post("/netwerken/eenzaamheid-noord/mijn-plek/", {})
    assert not Lidmaatschap.objects.get(professional=buiten).deelt_mail
    response = client.post("/netwerken/eenzaamheid-noord/verlaten/", follow=True)
    assert "geen lid meer" in tekst(response)
    assert "blijft staan" in tekst(response)
    assert not Lidmaatschap.objects.filter(professional=buiten).exists()
    assert klopt_aantal(netwerk)
    assert "U was geen lid" in tekst(client.post("/netwerken/eenzaamheid-noord/verlaten/", follow=True))


def test_aanvraag_met_vragen_wordt_beoordeeld(netwerk: Netwerk, buiten: Professional, beheerder: Professional) -> None:
    Netwerk.objects.update(toelating=Toelating.AANVRAAG, vragen=["Waar werkt u?", "Wat zoekt u?"])
    adres = "/netwerken/eenzaamheid-noord/lid-worden/"
    response = als(buiten).post(adres, {"antwoord_0": "In de wijk"})
    assert "Beantwoord deze vraag" in tekst(response)
    assert "In de wijk" in tekst(response)
    als(buiten).post(adres, {"antwoord_0": "In <b>de</b> wijk", "antwoord_1": "Ideeën"})
    rij = Lidmaatschap.objects.get(professional=buiten)
    assert (rij.status, rij.antwoorden) == ("aangevraagd", ["In <b>de</b> wijk", "Ideeën"])
    assert woord(beheerder) == ["Otto Buiten wil lid worden van ‘Eenzaamheid Noord’. Kunt u antwoorden?"]
    html = tekst(als(beheerder).get("/netwerken/eenzaamheid-noord/beheer/"))
    assert "In &lt;b&gt;de&lt;/b&gt; wijk" in html
    als(beheerder).post("/netwerken/eenzaamheid-noord/beheer/", {"pk": rij.pk, "besluit": "ja"})
    assert ("Otto Buiten", "lid", "lid") in rollen(netwerk)
    assert klopt_aantal(netwerk)
    assert woord(buiten) == ["U bent lid van ‘Eenzaamheid Noord’. Welkom!"]
    nogmaals = als(beheerder).post(
        "/netwerken/eenzaamheid-noord/beheer/", {"pk": rij.pk, "besluit": "nee"}, follow=True
    )
    assert "al behandeld" in tekst(nogmaals)


def test_afgewezen_vraagt_na_dertig_dagen_opnieuw(
    netwerk: Netwerk, buiten: Professional, beheerder: Professional
) -> None:
    Netwerk.objects.update(toelating=Toelating.AANVRAAG)
    netwerk.refresh_from_db()
    rij = acties.word_lid(netwerk=netwerk, door=buiten)
    with pytest.raises(NetwerkFout, match="al gevraagd"):
        acties.word_lid(netwerk=netwerk, door=buiten)
    acties.beslis(lid=rij, ja=False, door=beheerder)
    with pytest.raises(NetwerkFout, match="Na 30 dagen"):
        acties.word_lid(netwerk=netwerk, door=buiten)
    Lidmaatschap.objects.filter(pk=rij.pk).update(gevraagd_op=timezone.now() - timedelta(days=31))
    assert acties.word_lid(netwerk=netwerk, door=buiten).status == Lidstatus.AANGEVRAAGD
    als(buiten).post("/netwerken/eenzaamheid-noord/verlaten/")
    assert not Lidmaatschap.objects.filter(professional=buiten).exists()
    assert klopt_aantal(netwerk)


def test_op_uitnodiging_komt_niemand_er_zelf_in(netwerk: Netwerk, buiten: Professional) -> None:
    Netwerk.objects.update(toelating=Toelating.UITNODIGING)
    response = als(buiten).post("/netwerken/eenzaamheid-noord/lid-worden/", {})
    assert "Hiervoor hebt u een uitnodiging nodig" in tekst(response)
    assert not Lidmaatschap.objects.filter(professional=buiten).exists()


def test_verwijderd_lid_met_open_pagina(netwerk: Netwerk, lid: Professional, beheerder: Professional) -> None:
    Netwerk.objects.update(zicht_pagina=Zicht.NETWERK, zicht_leden=Zicht.NETWERK, zicht_gesprekken=Zicht.NETWERK)
    client = als(lid)
    assert client.get("/netwerken/eenzaamheid-noord/").status_code == 200
    rij = Lidmaatschap.objects.get(professional=lid)
    adres = f"/netwerken/eenzaamheid-noord/beheer/leden/{rij.pk}/"
    als(beheerder).post(adres, {"actie": "verwijderen"})
    assert ("Lotte Lid", "lid", "verwijderd") in rollen(netwerk)
    assert klopt_aantal(netwerk)
    for pad in ("", "leden/", "mijn-plek/", "verlaten/", "blijven/"):
        assert client.post(f"/netwerken/eenzaamheid-noord/{pad}").status_code in (404, 405)
    assert client.get("/netwerken/eenzaamheid-noord/").status_code == 404
    assert woord(lid) == ["Een beheerder heeft u uit ‘Eenzaamheid Noord’ gehaald. Wat u schreef, blijft staan."]
    Netwerk.objects.update(zicht_pagina=Zicht.PUBLIEK)
    assert "haalde u uit dit netwerk" in tekst(client.get("/netwerken/eenzaamheid-noord/"))
    response = client.post("/netwerken/eenzaamheid-noord/lid-worden/", {})
    assert "Hiervoor hebt u een uitnodiging nodig" in tekst(response)
    assert ("Lotte Lid", "lid", "verwijderd") in rollen(netwerk)
    assert als(beheerder).post(adres, {"actie": "beheerder"}).status_code == 404


# Roles ---------------------------------------------------------------------------------------------


def test_rollen_overdragen_en_de_laatste_blijft(netwerk: Netwerk, beheerder: Professional, lid: Professional) -> None:
    client = als(beheerder)
    eigen = Lidmaatschap.objects.get(professional=beheerder)
    ander = Lidmaatschap.objects.get(professional=lid)
    adres = "/netwerken/eenzaamheid-noord/beheer/leden/"
    for doen in (
        lambda: client.post(f"{adres}{eigen.pk}/", {"actie": "lid"}, follow=True),
        lambda: client.post("/netwerken/eenzaamheid-noord/verlaten/", follow=True),
    ):
        assert "U bent de enige beheerder" in tekst(doen())
    assert "Uzelf haalt u er niet uit" in tekst(
        client.post(f"{adres}{eigen.pk}/", {"actie": "verwijderen"}, follow=True)
    )
    client.post(f"{adres}{ander.pk}/", {"actie": "beheerder"})
    client.post(f"{adres}{eigen.pk}/", {"actie": "lid"})
    assert rollen(netwerk) == {("Bea Beheer", "lid", "lid"), ("Lotte Lid", "beheerder", "lid")}
    assert client.get(adres).status_code == 404
    als(lid).post(f"{adres}{eigen.pk}/", {"actie": "overdragen"})
    assert rollen(netwerk) == {("Bea Beheer", "beheerder", "lid"), ("Lotte Lid", "lid", "lid")}
    assert "Kies wat u wilt doen" in tekst(client.post(f"{adres}{ander.pk}/", {"actie": "baas"}, follow=True))
    assert woord(lid)[0].startswith("U bent nu beheerder van")


def test_een_lid_van_een_ander_netwerk_is_niet_te_bereiken(netwerk: Netwerk, beheerder: Professional) -> None:
    elders = Lidmaatschap.objects.get(netwerk=maak_netwerk(), rol=Rol.BEHEERDER)
    client = als(beheerder)
    for actie in ("lid", "beheerder", "verwijderen"):
        adres = f"/netwerken/eenzaamheid-noord/beheer/leden/{elders.pk}/"
        assert client.post(adres, {"actie": actie}).status_code == 404
    aanvraag = maak_lid(maak_netwerk(), status=Lidstatus.AANGEVRAAGD)
    client.post("/netwerken/eenzaamheid-noord/beheer/", {"pk": aanvraag.pk, "besluit": "ja"})
    aanvraag.refresh_from_db()
    assert aanvraag.status == Lidstatus.AANGEVRAAGD
