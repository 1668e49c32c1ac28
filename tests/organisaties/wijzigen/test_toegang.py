import pytest
from django.test import Client

from organisaties.keuzes import Status
from organisaties.models import (
    Locatie,
    Organisatie,
)
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie
from tests.organisaties.wijzigen.editor import pad
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


def adressen(organisatie: Organisatie) -> list[tuple[str, str]]:
    locatie, dienst = maak_locatie(organisatie), maak_dienst(organisatie)
    return [
        ("GET", pad(organisatie)),
        *(("GET", pad(organisatie, f"{s}/")) for s in ("basis", "bereikbaarheid", "voor-wie", "werkgebied", "logo")),
        *(("GET", pad(organisatie, f"{s}/toevoegen/")) for s in ("diensten", "locaties", "contactpersonen")),
        ("GET", pad(organisatie, f"locaties/{locatie.pk}/")),
        ("GET", pad(organisatie, f"diensten/{dienst.pk}/verwijderen/")),
        ("GET", pad(organisatie, f"openingstijden/locaties/{locatie.pk}/")),
        ("GET", pad(organisatie, f"openingstijden/diensten/{dienst.pk}/")),
        ("POST", pad(organisatie, "bevestigen/")),
        ("GET", f"/organisaties/{organisatie.slug}/beheerders/"),
    ]


def test_wie_mag_de_paginas_zien(
    client: Client, organisatie: Organisatie, beheerder: Gebruiker, redacteur: Gebruiker, vreemde: Gebruiker
) -> None:
    alle = adressen(organisatie)
    uitkomst: dict[str, set[int]] = {}
    for naam, wie in (("anoniem", None), ("vreemde", vreemde), ("redacteur", redacteur), ("beheerder", beheerder)):
        client.logout()
        if wie:
            client.force_login(wie)
        uitkomst[naam] = {client.generic(methode, adres).status_code for methode, adres in alle}
    # 422: a form of which nothing was filled in.
    assert uitkomst == {"anoniem": {302}, "vreemde": {404}, "redacteur": {200, 422}, "beheerder": {200, 422}}


def test_anoniem_gaat_naar_het_inloggen_en_komt_terug(client: Client, organisatie: Organisatie) -> None:
    assert client.get(pad(organisatie)).url == f"/account/login/?next={pad(organisatie)}"


def test_vreemde_wijzigt_niets(client: Client, organisatie: Organisatie, vreemde: Gebruiker) -> None:
    client.force_login(vreemde)
    assert client.post(pad(organisatie, "basis/"), {"naam": "Gekaapt", "kort": "x"}).status_code == 404
    assert client.post(pad(organisatie, "locaties/toevoegen/"), {"plaats": "Zutphen"}).status_code == 404
    organisatie.refresh_from_db()
    assert organisatie.naam == "De Linde"
    assert not Locatie.objects.exists()


def test_onderdeel_van_een_ander_bestaat_niet(ik: Client, organisatie: Organisatie) -> None:
    ander = maak_locatie(maak_organisatie(naam="Een ander"))
    for rest in (f"locaties/{ander.pk}/", f"locaties/{ander.pk}/verwijderen/", f"openingstijden/locaties/{ander.pk}/"):
        assert ik.get(pad(organisatie, rest)).status_code == 404
    ik.post(pad(organisatie, f"locaties/{ander.pk}/verwijderen/"))
    assert Locatie.objects.filter(pk=ander.pk).exists()


def test_redacteur_haalt_de_vermelding_niet_weg(
    client: Client, organisatie: Organisatie, redacteur: Gebruiker, beheerder: Gebruiker
) -> None:
    client.force_login(redacteur)
    assert client.post(pad(organisatie, "intrekken/")).status_code == 404
    client.force_login(beheerder)
    assert client.post(pad(organisatie, "intrekken/")).status_code == 302
    organisatie.refresh_from_db()
    assert organisatie.status == Status.GEARCHIVEERD
    assert client.get(pad(organisatie)).status_code == 404
