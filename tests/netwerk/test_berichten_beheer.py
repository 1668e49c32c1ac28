"""Moderators, privacy, merging of organisations, the demo, and the tag for other pages."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from netwerk.actions.waarderen import geef_door, waardeer
from netwerk.demo import berichten as demo
from netwerk.models import Bericht, Gedempt, Kennisgeving, Professional, Volgt, Waardering
from organisaties.actions.samenvoegen import voeg_samen
from tests.fabriek import maak_bericht, maak_moderator, maak_organisatie, maak_professional, maak_thema
from tests.netwerk.test_berichten_toegang import plaatje
from welzijnportal import privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(settings: Any) -> Any:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    moderator = maak_moderator()
    moderator.user_permissions.add(*Permission.objects.filter(content_type__app_label="netwerk"))
    return moderator


def test_moderator_verbergt_met_een_reden_en_toont_weer(client: Any, moderator: Any) -> None:
    bericht = maak_bericht(tekst="Dit had hier niet moeten staan.")
    pad = f"/beheer/netwerk/bericht/{bericht.pk}/verbergen/"
    client.force_login(moderator)
    assert pad in client.get("/beheer/netwerk/bericht/").content.decode()
    assert "Schrijf op waarom. De schrijver leest dit." in client.post(pad, {"reden": " "}).content.decode()
    client.post(pad, {"reden": "Er staat een naam in."})
    bericht.refresh_from_db()
    assert (bericht.plaatsing, bericht.reden) == ("verborgen", "Er staat een naam in.")
    assert "Er staat een naam in." in Kennisgeving.objects.get().tekst
    assert client.get(bericht.get_absolute_url()).status_code == 404
    assert "Reden van verbergen: Er staat een naam in." in client.get(pad).content.decode()
    client.post(pad)
    bericht.refresh_from_db()
    assert (bericht.plaatsing, bericht.reden) == ("geplaatst", "")


def test_wie_geen_moderator_is_verbergt_niets(client: Any, vreemde: Any, settings: Any) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    schrijver = maak_professional()
    bericht = maak_bericht(schrijver)
    pad = f"/beheer/netwerk/bericht/{bericht.pk}/verbergen/"
    staf = maak_moderator()
    for wie in (vreemde, staf, schrijver.gebruiker):
        client.force_login(wie)
        assert client.post(pad, {"reden": "Daarom"}).status_code in (302, 403)
        bericht.refresh_from_db()
        assert bericht.plaatsing == "geplaatst"


def test_export_geeft_alles_en_niets_van_wie_mij_dempt() -> None:
    kees = maak_professional(naam="Kees", is_volgbaar=True)
    sanne = maak_professional(naam="Sanne", is_volgbaar=True)
    eigen = maak_bericht(kees, tekst="Van mij")
    maak_bericht(maak_organisatie(naam="De Linde"), tekst="Namens ons", door=kees.gebruiker)
    ander = maak_bericht(sanne)
    waardeer(bericht=ander, door=kees)
    geef_door(bericht=ander, door=kees)
    Volgt.objects.create(volger=kees, thema=maak_thema(naam="Geld"))
    Volgt.objects.create(volger=sanne, professional=kees)
    Gedempt.objects.create(door=sanne, gedempt=kees)
    gegevens = privacy.gegevens_van(kees.gebruiker)["berichten"]
    assert [(b["tekst"], b["adres"]) for b in gegevens["berichten"]] == [("Van mij", eigen.uri)]
    assert [(b["tekst"], b["namens"]) for b in gegevens["berichten namens organisaties"]] == [
        ("Namens ons", "De Linde")
    ]
    assert [b["bericht"] for b in gegevens["doorgegeven"]] == [ander.uri]
    assert [b["bericht"] for b in gegevens["gewaardeerd"]] == [ander.uri]
    assert [v["wie of wat"] for v in gegevens["volgt"]] == ["Geld"]
    assert [v["wie"] for v in gegevens["wordt gevolgd door"]] == ["Sanne"]
    assert gegevens["gedempt"] == []


def test_wissen_neemt_alles_mee_en_telt_opnieuw(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    kees, sanne = maak_professional(is_volgbaar=True), maak_professional()
    ander = maak_bericht(sanne, aantal_antwoorden=3)
    for _ in range(2):
        maak_bericht(kees, antwoord_op=ander)
    waardeer(bericht=ander, door=kees)
    geef_door(bericht=ander, door=kees)
    eigen = maak_bericht(kees, tekst="Van mij")
    eigen.beeld_alt = "Soep"
    eigen.beeld.save("a.png", ContentFile(plaatje()))
    bestand = Path(eigen.beeld.path)
    antwoord = maak_bericht(sanne, antwoord_op=eigen, tekst="Wat fijn")
    geef_door(bericht=eigen, door=sanne)
    namens = maak_bericht(maak_organisatie(), door=kees.gebruiker)
    Volgt.objects.create(volger=sanne, professional=kees)
    assert privacy.gevolgen_voor(kees.gebruiker) == [
        "Uw 3 korte berichten worden gewist. Antwoorden van anderen blijven staan."
    ]
    with django_capture_on_commit_callbacks(execute=True):
        privacy.wis(kees.gebruiker)
    ander.refresh_from_db()
    assert (ander.aantal_antwoorden, ander.aantal_waarderingen, ander.aantal_herhalingen) == (1, 0, 0)
    assert set(Bericht.objects.all()) == {ander, antwoord, namens}
    antwoord.refresh_from_db()
    namens.refresh_from_db()
    assert (antwoord.antwoord_op, antwoord.is_antwoord, namens.door) == (None, True, None)
    assert not bestand.exists()
    assert not Volgt.objects.exists()
    assert not Waardering.objects.exists()


def test_samenvoegen_verhuist_berichten_en_volgers() -> None:
    blijver, verdwijnt = maak_organisatie(naam="Buurthuis De Linde"), maak_organisatie(naam="Stichting De Linde")
    kees, sanne = maak_professional(), maak_professional()
    bericht = maak_bericht(verdwijnt)
    Volgt.objects.create(volger=kees, organisatie=verdwijnt)
    for organisatie in (blijver, verdwijnt):
        Volgt.objects.create(volger=sanne, organisatie=organisatie)
    voeg_samen(blijver=blijver, ander=verdwijnt, door=maak_moderator())
    bericht.refresh_from_db()
    assert bericht.organisatie == blijver
    assert set(Volgt.objects.filter(organisatie=blijver).values_list("volger", flat=True)) == {kees.pk, sanne.pk}


def test_de_demo_heeft_tachtig_berichten_en_is_altijd_gelijk() -> None:
    def maak() -> list[tuple[str, str]]:
        Bericht.objects.all().delete()
        Volgt.objects.all().delete()
        assert demo.vul() == 80
        return [(str(b.afzender), b.tekst) for b in Bericht.objects.eigen_woorden().order_by("pk")]

    assert demo.vul() == 0
    for nummer in range(12):
        maak_professional(naam=f"Professional {nummer}")
        maak_organisatie(naam=f"Organisatie {nummer}")
    maak_thema()
    assert maak() == maak()
    momenten = list(Bericht.objects.eigen_woorden().filter(is_antwoord=False).order_by("pk").values("geplaatst_op"))
    assert momenten == sorted(momenten, key=lambda rij: rij["geplaatst_op"])
    for bericht in Bericht.objects.eigen_woorden():
        bericht.clean_fields(exclude={"door", "herhaalt", "kring", "auteur", "organisatie", "antwoord_op"})
        assert bericht.aantal_waarderingen == bericht.waarderingen.count()
        assert bericht.aantal_herhalingen == bericht.herhalingen.count()
        assert bericht.aantal_antwoorden == bericht.antwoorden.count()
    for mens in Professional.objects.filter(is_volgbaar=False):
        assert not mens.volgers.exists()


@pytest.mark.parametrize("van_organisatie", [True, False])
def test_het_label_voor_andere_pagina_s_kost_een_vraag(van_organisatie: bool) -> None:
    sanne = maak_professional()
    wie: Any = maak_organisatie() if van_organisatie else maak_professional()
    sjabloon = engines["django"].from_string("{% load berichten %}{% berichten_van wie kijker %}")

    def toon(kijker: Professional | None) -> str:
        request = RequestFactory().get("/ergens/")
        request.user = AnonymousUser()
        with CaptureQueriesContext(connection) as vragen:
            html = str(sjabloon.render({"wie": wie, "kijker": kijker}, request))
        assert len(vragen) == 1
        return html

    assert toon(None).strip() == ""
    for nummer in range(4):
        bericht = maak_bericht(wie, tekst=f"Nieuws {nummer} @[{sanne.code}]")
        bericht.vermeldingen.add(sanne)
    maak_bericht(wie, tekst="Voor leden", zicht=3)
    voor_allen, voor_leden = toon(None), toon(sanne)
    assert [f"Nieuws {nummer}" in voor_allen for nummer in range(4)] == [False, True, True, True]
    assert "Voor leden" not in voor_allen
    assert "Voor leden" in voor_leden
    assert "<button" not in voor_allen
    assert "csrf" not in voor_leden
