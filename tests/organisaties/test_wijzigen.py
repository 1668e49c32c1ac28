import datetime
import html
import io
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from PIL import Image

from organisaties.actions import wijzigen as acties
from organisaties.keuzes import Dag, Status, Werkgebied, Zichtbaarheid
from organisaties.models import (
    Contactpersoon,
    Dienst,
    Locatie,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
    OrganisatieSlug,
    Wijzigingsverzoek,
)
from tests.fabriek import WACHTWOORD, maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie, maak_thema
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.models import Gemeente

pytestmark = pytest.mark.django_db


@pytest.fixture
def beheerder() -> Gebruiker:
    return maak_gebruiker(email="beheerder@linde.example", naam="Bea")


@pytest.fixture
def redacteur() -> Gebruiker:
    return maak_gebruiker(email="redacteur@linde.example", naam="Rik")


@pytest.fixture
def organisatie(beheerder: Gebruiker, redacteur: Gebruiker) -> Organisatie:
    return maak_organisatie(
        naam="De Linde", telefoon="0575 123456", kvk_nummer="12345678", beheerder=beheerder, redacteur=redacteur
    )


@pytest.fixture
def ik(client: Client, beheerder: Gebruiker) -> Client:
    client.force_login(beheerder)
    return client


def velden_van(pagina: str) -> dict[str, Any]:
    """What a browser would send from the editor's own form, unchanged."""
    form = max(re.findall(r"<form method=\"post\".*?</form>", pagina, re.DOTALL), key=len)
    data: dict[str, Any] = {}
    for veld in re.findall(r"<input[^>]*>", form):
        eigen = dict(re.findall(r'(\w+)="([^"]*)"', veld))
        if "name" not in eigen or (eigen.get("type") in ("checkbox", "radio") and " checked" not in veld):
            continue
        data.setdefault(eigen["name"], []).append(ontsnapt(eigen.get("value", "")))
    for naam, tekst in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        data[naam] = ontsnapt(tekst.removeprefix("\n"))
    for naam, opties in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        gekozen = re.findall(r'<option value="([^"]*)" selected', opties)
        data[naam] = gekozen or re.findall(r'<option value="([^"]*)"', opties)[:1]
    return data


def ontsnapt(tekst: str) -> str:
    return html.unescape(tekst)


def pad(organisatie: Organisatie, rest: str = "") -> str:
    return f"/organisaties/{organisatie.slug}/wijzigen/{rest}"


def bewaar(client: Client, adres: str, **anders: Any) -> Any:
    data = velden_van(client.get(adres).content.decode())
    return client.post(adres, {**data, **anders})


# Who may do what -------------------------------------------------------------------------------------


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


# Sections --------------------------------------------------------------------------------------------


def test_basis_wijzigen_staat_meteen_op_het_portaal(ik: Client, organisatie: Organisatie, beheerder: Gebruiker) -> None:
    response = bewaar(ik, pad(organisatie, "basis/"), kort="Nieuwe zin.", tekst="Alinea een.\r\n\r\nAlinea twee.")
    assert response.url == pad(organisatie)
    organisatie.refresh_from_db()
    assert (organisatie.kort, organisatie.tekst) == ("Nieuwe zin.", "Alinea een.\n\nAlinea twee.")
    assert (organisatie.naam, organisatie.kvk_nummer, organisatie.versie) == ("De Linde", "12345678", 2)
    assert organisatie.history.first().history_user == beheerder
    assert not Wijzigingsverzoek.objects.exists()


def test_naam_kvk_en_website_van_een_gepubliceerde_vermelding_wachten(
    ik: Client, organisatie: Organisatie, beheerder: Gebruiker
) -> None:
    response = bewaar(ik, pad(organisatie, "basis/"), naam="De Eik", kvk_nummer="8765 4321", kort="Anders.")
    bewaar(ik, pad(organisatie, "bereikbaarheid/"), website="deeik.example")
    organisatie.refresh_from_db()
    assert (organisatie.naam, organisatie.kvk_nummer, organisatie.website) == ("De Linde", "12345678", "")
    assert organisatie.kort == "Anders."
    assert set(
        Wijzigingsverzoek.objects.values_list("veld", "oude_waarde", "nieuwe_waarde", "status", "gevraagd_door")
    ) == {
        ("naam", "De Linde", "De Eik", "open", beheerder.pk),
        ("kvk_nummer", "12345678", "87654321", "open", beheerder.pk),
        ("website", "", "https://deeik.example", "open", beheerder.pk),
    }
    tekst = ik.get(response.url).content.decode()
    assert tekst.count("wacht op beoordeling") == 3


def test_nieuw_voorstel_vervangt_het_oude(ik: Client, organisatie: Organisatie) -> None:
    bewaar(ik, pad(organisatie, "basis/"), naam="De Eik")
    bewaar(ik, pad(organisatie, "basis/"), naam="De Beuk")
    bewaar(ik, pad(organisatie, "basis/"), naam="De Beuk")
    assert list(Wijzigingsverzoek.objects.order_by("pk").values_list("nieuwe_waarde", "status")) == [
        ("De Eik", "vervallen"),
        ("De Beuk", "open"),
    ]
    verzoek = Wijzigingsverzoek.objects.get(status="open")
    ik.post(pad(organisatie, f"verzoek/{verzoek.pk}/intrekken/"))
    assert not Wijzigingsverzoek.objects.filter(status="open").exists()


@pytest.mark.parametrize("status", [Status.CONCEPT, Status.INGEDIEND, Status.TERUGGESTUURD])
def test_naam_van_wat_nog_niet_is_gepubliceerd_wijzigt_meteen(
    ik: Client, organisatie: Organisatie, status: str
) -> None:
    Organisatie.objects.update(status=status)
    response = bewaar(ik, pad(organisatie, "basis/"), naam="De Eik", kvk_nummer="87654321", kort="Ook dit.")
    organisatie.refresh_from_db()
    assert (organisatie.naam, organisatie.slug, organisatie.kvk_nummer, organisatie.kort) == (
        "De Eik",
        "de-eik",
        "87654321",
        "Ook dit.",
    )
    assert response.url == "/organisaties/de-eik/wijzigen/"
    assert OrganisatieSlug.objects.get().slug == "de-linde"
    # The old address of the editor goes on working.
    assert ik.get("/organisaties/de-linde/wijzigen/").status_code == 200
    assert not Wijzigingsverzoek.objects.exists()


def test_bereikbaarheid_met_sociale_links(ik: Client, organisatie: Organisatie) -> None:
    bewaar(ik, pad(organisatie, "bereikbaarheid/"), sociale_links="facebook.com/linde\r\n\r\nhttps://x.example/linde\n")
    organisatie.refresh_from_db()
    assert organisatie.sociale_links == ["https://facebook.com/linde", "https://x.example/linde"]


def test_voor_wie_bewaart_themas_labels_en_talen(ik: Client, organisatie: Organisatie) -> None:
    hoofd = maak_thema(naam="Geld", slug="geld")
    onder = maak_thema(naam="Schulden", slug="schulden", ouder=hoofd)
    bewaar(
        ik,
        pad(organisatie, "voor-wie/"),
        themas=[hoofd.pk, onder.pk],
        labels=" koffie, Taal ,, koffie ",
        talen=["nl", "tr"],
    )
    organisatie.refresh_from_db()
    assert set(organisatie.themas.all()) == {hoofd, onder}
    assert set(organisatie.labels.names()) == {"koffie", "Taal"}
    assert organisatie.talen == ["nl", "tr"]


def test_werkgebied_houdt_alleen_wat_erbij_past(ik: Client, organisatie: Organisatie) -> None:
    zutphen = Gemeente.objects.get(naam="Zutphen")
    bewaar(ik, pad(organisatie, "werkgebied/"), werkgebied="plaatselijk", gemeenten=[zutphen.pk])
    assert list(organisatie.gemeenten.all()) == [zutphen]
    bewaar(ik, pad(organisatie, "werkgebied/"), werkgebied="landelijk")
    organisatie.refresh_from_db()
    assert (organisatie.werkgebied, list(organisatie.gemeenten.all())) == (Werkgebied.LANDELIJK, [])
    tekst = bewaar(ik, pad(organisatie, "werkgebied/"), werkgebied="plaatselijk").content.decode()
    assert "Kies ten minste één gemeente" in tekst


# Parts -----------------------------------------------------------------------------------------------


def test_locatie_vult_plaats_gemeente_en_punt_uit_de_postcode(ik: Client, organisatie: Organisatie) -> None:
    response = bewaar(ik, pad(organisatie, "locaties/toevoegen/"), straat="Markt 1", postcode="7201ab")
    locatie = Locatie.objects.get()
    assert (locatie.postcode, locatie.plaats, str(locatie.gemeente)) == ("7201 AB", "Zutphen", "Zutphen")
    assert locatie.punt is not None
    assert response.url == pad(organisatie, f"locaties/{locatie.pk}/")
    assert "Wij hebben gemeente Zutphen ingevuld. Klopt dat?" in ik.get(response.url).content.decode()


def test_redacteur_verbetert_de_voorgestelde_gemeente(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie, gemeente=Gemeente.objects.get(naam="Utrecht"))
    ander = Gemeente.objects.get(naam="De Bilt")
    response = bewaar(ik, pad(organisatie, f"locaties/{locatie.pk}/"), gemeente=ander.pk)
    locatie.refresh_from_db()
    assert locatie.gemeente == ander
    assert response.url == pad(organisatie)


def test_nog_een_toevoegen_gaat_naar_een_leeg_formulier(ik: Client, organisatie: Organisatie) -> None:
    response = bewaar(ik, pad(organisatie, "diensten/toevoegen/"), naam="Taalcafé", is_gratis="on", nog_een="ja")
    assert response.url == pad(organisatie, "diensten/toevoegen/")
    assert Dienst.objects.get().naam == "Taalcafé"


def test_twee_keer_dezelfde_pagina_sturen_voegt_een_toe(ik: Client, organisatie: Organisatie) -> None:
    data = velden_van(ik.get(pad(organisatie, "diensten/toevoegen/")).content.decode()) | {"naam": "Taalcafé"}
    for _ in range(2):
        assert ik.post(pad(organisatie, "diensten/toevoegen/"), data).status_code == 302
    assert Dienst.objects.count() == 1


def test_dienst_met_alles(ik: Client, organisatie: Organisatie) -> None:
    locatie, thema = maak_locatie(organisatie), maak_thema()
    data = velden_van(ik.get(pad(organisatie, "diensten/toevoegen/")).content.decode())
    data.pop("is_gratis")
    ik.post(
        pad(organisatie, "diensten/toevoegen/"),
        data
        | {
            "naam": "Cursus",
            "themas": [thema.pk],
            "kosten": "Voor de koffie",
            "bedrag": "2,50",
            "aanmelden_via": ["inloop", "telefoon"],
            "aanmeldlink": "voorbeeld.example/cursus",
            "leeftijd_van": "18",
            "locaties": [locatie.pk],
        },
    )
    dienst = Dienst.objects.get()
    assert (str(dienst.bedrag), dienst.is_gratis, dienst.leeftijd_van) == ("2.50", False, 18)
    assert dienst.aanmelden_via == ["inloop", "telefoon"]
    assert dienst.aanmeldlink == "https://voorbeeld.example/cursus"
    assert list(dienst.locaties.all()) == [locatie]


def test_dienst_kan_niet_op_de_locatie_van_een_ander(ik: Client, organisatie: Organisatie) -> None:
    ander = maak_locatie(maak_organisatie(naam="Een ander"))
    response = bewaar(ik, pad(organisatie, "diensten/toevoegen/"), naam="Taalcafé", locaties=[ander.pk])
    assert response.status_code == 200
    assert not Dienst.objects.exists()


def test_contactpersoon_is_voor_niemand_te_zien_tot_u_kiest(ik: Client, organisatie: Organisatie) -> None:
    bewaar(ik, pad(organisatie, "contactpersonen/toevoegen/"), naam="Sara", email="s@linde.example", email_voor="leden")
    persoon = Contactpersoon.objects.get()
    assert (persoon.naam_voor, persoon.email_voor, persoon.telefoon_voor) == (
        Zichtbaarheid.NIEMAND,
        Zichtbaarheid.LEDEN,
        Zichtbaarheid.NIEMAND,
    )


def test_weghalen_vraagt_eerst(ik: Client, organisatie: Organisatie) -> None:
    dienst = maak_dienst(organisatie)
    adres = pad(organisatie, f"diensten/{dienst.pk}/verwijderen/")
    assert "Ja, weghalen" in ik.get(adres).content.decode()
    assert Dienst.objects.exists()
    ik.post(adres)
    assert not Dienst.objects.exists()
    assert ik.post(adres).status_code == 302


# Opening hours ---------------------------------------------------------------------------------------


def test_openingstijden_bewaren_en_vervangen(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie)
    adres = pad(organisatie, f"openingstijden/locaties/{locatie.pk}/")
    morgen = datetime.date.today() + datetime.timedelta(days=1)
    bewaar(
        ik,
        adres,
        **{
            "d1-0-van": "9.00",
            "d1-0-tot": "12:30",
            "d5-0-is_op_afspraak": "on",
            "u0-van_datum": morgen.isoformat(),
            "u0-reden": "Feestdag",
        },
    )
    assert [str(t) for t in locatie.openingstijden.all()] == ["maandag 09.00–12.30", "vrijdag op afspraak"]
    uitzondering = locatie.uitzonderingen.get()
    assert (uitzondering.tot_en_met_datum, uitzondering.is_gesloten, uitzondering.reden) == (morgen, True, "Feestdag")
    data = velden_van(ik.get(f"{adres}?nog_een=ja").content.decode())
    assert (data["d1-0-van"], data["d1-0-tot"]) == (["09:00"], ["12:30"])
    ik.post(adres, data | {"d1-1-van": "13:00", "d1-1-tot": "17:00", "d5-0-is_op_afspraak": "", "u0-weg": "on"})
    assert [str(t) for t in locatie.openingstijden.all()] == ["maandag 09.00–12.30", "maandag 13.00–17.00"]
    assert not locatie.uitzonderingen.exists()


def test_voorbije_uitzonderingen_blijven(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie)
    dag = datetime.date.today() - datetime.timedelta(days=10)
    Openingsuitzondering.objects.create(locatie=locatie, van_datum=dag, tot_en_met_datum=dag)
    bewaar(ik, pad(organisatie, f"openingstijden/locaties/{locatie.pk}/"), **{"d1-0-van": "9", "d1-0-tot": "10"})
    assert locatie.uitzonderingen.count() == 1


def test_maandag_overnemen_op_de_werkdagen(ik: Client, organisatie: Organisatie) -> None:
    dienst = maak_dienst(organisatie)
    adres = pad(organisatie, f"openingstijden/diensten/{dienst.pk}/")
    response = bewaar(ik, adres, **{"d1-0-van": "09:00", "d1-0-tot": "17:00", "d3-0-van": "10:00", "kopieer": "ja"})
    assert not Openingstijd.objects.exists()
    ik.post(adres, velden_van(response.content.decode()))
    assert [t.dag for t in dienst.openingstijden.all()] == [Dag(n) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("invoer", "melding"),
    [
        ({"d1-0-van": "12:00", "d1-0-tot": "09:00"}, "Maandag: De eindtijd moet later zijn"),
        ({"d1-0-van": "09:00"}, "Maandag: Vul in hoe laat u dichtgaat"),
        ({"d2-0-tot": "09:00"}, "Dinsdag: Vul in hoe laat u opengaat"),
        ({"d1-0-van": "25:00", "d1-0-tot": "9:00"}, "Maandag: Vul een tijd in"),
        ({"d1-0-van": "9\x00:00", "d1-0-tot": "9:00"}, "Maandag: Vul een tijd in"),
        (
            {"aantal_d1": "2", "d1-0-van": "9", "d1-0-tot": "12", "d1-1-van": "11", "d1-1-tot": "13"},
            "Maandag: twee tijden vallen over elkaar heen",
        ),
        ({"u0-van_datum": "2026-02-30"}, "Vul een datum in"),
        ({"u0-van_datum": "9999-12-31"}, "Kies een datum in de komende vijf jaar"),
        ({"u0-reden": "Kerst"}, "Vul in vanaf welke dag"),
        ({"u0-van_datum": "2026-12-26", "u0-tot_en_met_datum": "2026-12-25"}, "De laatste dag ligt voor de eerste dag"),
        ({"u0-van_datum": "2026-12-26", "u0-van": "10:00"}, "Vul een begintijd en een latere eindtijd in"),
    ],
)
def test_foute_openingstijden(ik: Client, organisatie: Organisatie, invoer: dict[str, str], melding: str) -> None:
    locatie = maak_locatie(organisatie)
    response = bewaar(ik, pad(organisatie, f"openingstijden/locaties/{locatie.pk}/"), **invoer)
    assert response.status_code == 200
    assert melding in response.content.decode()
    assert not Openingstijd.objects.exists()


@pytest.mark.parametrize("aantal", ["-1", "999999999", "abc", "٣", ""])
def test_onzinnig_aantal_regels(ik: Client, organisatie: Organisatie, aantal: str) -> None:
    locatie = maak_locatie(organisatie)
    adres = pad(organisatie, f"openingstijden/locaties/{locatie.pk}/")
    assert ik.post(adres, {"aantal_d1": aantal, "aantal_uitzonderingen": aantal}).status_code == 302


# Two people at once ----------------------------------------------------------------------------------


def test_de_tweede_hoort_het_en_verliest_niets(
    ik: Client, organisatie: Organisatie, redacteur: Gebruiker, beheerder: Gebruiker
) -> None:
    adres = pad(organisatie, "basis/")
    mijn_formulier = velden_van(ik.get(adres).content.decode())
    ander = Client()
    ander.force_login(redacteur)
    bewaar(ander, adres, kort="Van Rik.")
    response = ik.post(adres, mijn_formulier | {"kort": "Van Bea.", "tekst": "Lange tekst van Bea."})
    tekst = response.content.decode()
    assert "Rik heeft dit intussen gewijzigd" in tekst
    assert "<dd>Van Rik.</dd>" in tekst
    assert "Van Bea.</textarea>" in tekst
    assert "Lange tekst van Bea.</textarea>" in tekst
    organisatie.refresh_from_db()
    assert organisatie.kort == "Van Rik."
    # The same page once more saves over it.
    assert ik.post(adres, velden_van(tekst)).status_code == 302
    organisatie.refresh_from_db()
    assert (organisatie.kort, organisatie.tekst) == ("Van Bea.", "Lange tekst van Bea.")


def test_een_andere_sectie_van_een_collega_stoort_niet(
    ik: Client, organisatie: Organisatie, redacteur: Gebruiker
) -> None:
    mijn_formulier = velden_van(ik.get(pad(organisatie, "basis/")).content.decode())
    ander = Client()
    ander.force_login(redacteur)
    bewaar(ander, pad(organisatie, "bereikbaarheid/"), email="info@linde.example")
    assert ik.post(pad(organisatie, "basis/"), mijn_formulier | {"kort": "Van Bea."}).status_code == 302
    organisatie.refresh_from_db()
    assert (organisatie.kort, organisatie.email) == ("Van Bea.", "info@linde.example")


def test_locatie_die_een_collega_wijzigde_of_weghaalde(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie, naam="Oud")
    adres = pad(organisatie, f"locaties/{locatie.pk}/")
    mijn_formulier = velden_van(ik.get(adres).content.decode())
    Locatie.objects.update(naam="Van Rik")
    tekst = ik.post(adres, mijn_formulier | {"naam": "Van Bea"}).content.decode()
    assert "<dd>Van Rik</dd>" in tekst
    assert 'value="Van Bea"' in tekst
    Locatie.objects.all().delete()
    tekst = ik.post(adres, mijn_formulier | {"naam": "Van Bea"}).content.decode()
    assert "Een collega heeft dit net weggehaald" in tekst
    assert 'value="Van Bea"' in tekst
    ik.post(pad(organisatie, "locaties/toevoegen/"), velden_van(tekst))
    assert Locatie.objects.get().naam == "Van Bea"


def test_openingstijden_die_een_collega_wijzigde(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie)
    adres = pad(organisatie, f"openingstijden/locaties/{locatie.pk}/")
    mijn_formulier = velden_van(ik.get(adres).content.decode()) | {"d1-0-van": "09:00", "d1-0-tot": "12:00"}
    bewaar(ik, adres, **{"d2-0-van": "13:00", "d2-0-tot": "17:00"})
    tekst = ik.post(adres, mijn_formulier).content.decode()
    assert "dinsdag 13.00–17.00" in tekst
    assert 'value="09:00"' in tekst
    assert ik.post(adres, velden_van(tekst)).status_code == 302
    assert [str(t) for t in locatie.openingstijden.all()] == ["maandag 09.00–12.00"]


@pytest.mark.django_db(transaction=True)
def test_versies_van_wie_tegelijk_bewaren_tellen_allemaal() -> None:
    bea = maak_gebruiker()
    organisatie = maak_organisatie(naam="De Linde", beheerder=bea)
    start = threading.Barrier(6)

    def bewaar_eens() -> None:
        start.wait()
        try:
            with transaction.atomic():
                acties.leg_vast(organisatie=Organisatie.objects.get(pk=organisatie.pk), door=bea)
        finally:
            connection.close()

    draden = [threading.Thread(target=bewaar_eens) for _ in range(6)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    organisatie.refresh_from_db()
    assert organisatie.versie == 7


def test_wie_was_uitgelogd_vindt_alles_terug(ik: Client, organisatie: Organisatie, beheerder: Gebruiker) -> None:
    locatie = maak_locatie(organisatie)
    for rest, invoer, te_zien in (
        ("basis/", {"kort": "Lang over nagedacht."}, "Lang over nagedacht.</textarea>"),
        ("locaties/toevoegen/", {"straat": "Verweg 1"}, 'value="Verweg 1"'),
        (f"openingstijden/locaties/{locatie.pk}/", {"d2-0-van": "10:15"}, 'value="10:15"'),
    ):
        adres = pad(organisatie, rest)
        mijn_formulier = velden_van(ik.get(adres).content.decode()) | invoer
        ik.logout()
        assert ik.post(adres, mijn_formulier).url == f"/account/login/?next={adres}"
        response = ik.post(
            "/account/login/", {"login": beheerder.email, "password": WACHTWOORD, "next": adres}, follow=True
        )
        tekst = response.content.decode()
        assert response.request["PATH_INFO"] == adres
        assert "U was uitgelogd" in tekst
        assert te_zien in tekst
        assert "U was uitgelogd" not in ik.get(adres).content.decode()
    organisatie.refresh_from_db()
    assert organisatie.kort != "Lang over nagedacht."


def test_wat_een_ander_intussen_bewaarde_wordt_ook_na_het_inloggen_gemeld(
    ik: Client, organisatie: Organisatie, beheerder: Gebruiker, redacteur: Gebruiker
) -> None:
    adres = pad(organisatie, "basis/")
    mijn_formulier = velden_van(ik.get(adres).content.decode()) | {"kort": "Van Bea."}
    ik.logout()
    ik.post(adres, mijn_formulier)
    ander = Client()
    ander.force_login(redacteur)
    bewaar(ander, adres, kort="Van Rik.")
    response = ik.post(
        "/account/login/", {"login": beheerder.email, "password": WACHTWOORD, "next": adres}, follow=True
    )
    assert "Rik heeft dit intussen gewijzigd" in ik.post(adres, velden_van(response.content.decode())).content.decode()


def test_te_veel_invoer_van_een_onbekende_wordt_niet_bewaard(client: Client, organisatie: Organisatie) -> None:
    client.post(pad(organisatie, "basis/"), {"tekst": "x" * 60_000})
    assert "invoer" not in client.session


# Handing in ------------------------------------------------------------------------------------------


def test_teruggestuurde_vermelding_toont_de_reden_en_gaat_opnieuw_in(ik: Client, organisatie: Organisatie) -> None:
    organisatie.themas.set([maak_thema()])
    Organisatie.objects.update(status=Status.TERUGGESTUURD, terugstuurreden="Vul het KvK-nummer in.")
    tekst = ik.get(pad(organisatie)).content.decode()
    assert "Vul het KvK-nummer in." in tekst
    assert "opnieuw insturen" in tekst
    ik.post(pad(organisatie, "insturen/"))
    organisatie.refresh_from_db()
    assert organisatie.status == Status.INGEDIEND
    assert "was al ingestuurd" in ik.post(pad(organisatie, "insturen/"), follow=True).content.decode()


def test_insturen_wacht_op_wat_nodig_is(ik: Client, organisatie: Organisatie) -> None:
    Organisatie.objects.update(status=Status.CONCEPT, kort="")
    tekst = ik.post(pad(organisatie, "insturen/"), follow=True).content.decode()
    assert "Vul eerst dit nog in: wat u in het kort doet, een onderwerp." in tekst
    organisatie.refresh_from_db()
    assert organisatie.status == Status.CONCEPT


# Logo ------------------------------------------------------------------------------------------------


def plaatje(formaat: str = "PNG", mode: str = "RGB", maat: tuple[int, int] = (60, 40), **opties: Any) -> bytes:
    uit = io.BytesIO()
    Image.new(mode, maat).save(uit, formaat, **opties)
    return uit.getvalue()


def upload(ik: Client, organisatie: Organisatie, inhoud: bytes, naam: str = "logo.png") -> Any:
    return ik.post(pad(organisatie, "logo/"), {"logo": SimpleUploadedFile(naam, inhoud)})


def gedraaid() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return plaatje("JPEG", exif=exif)


@pytest.mark.parametrize(
    ("inhoud", "maat"),
    [
        (plaatje(), (60, 40)),
        (plaatje("JPEG", "CMYK"), (60, 40)),
        (plaatje("WEBP", "RGBA"), (60, 40)),
        (gedraaid(), (40, 60)),
    ],
)
def test_goed_logo_wordt_opnieuw_gemaakt(
    ik: Client, organisatie: Organisatie, inhoud: bytes, maat: tuple[int, int]
) -> None:
    assert upload(ik, organisatie, inhoud).status_code == 302
    organisatie.refresh_from_db()
    with Image.open(organisatie.logo.path) as beeld:
        assert (beeld.size, beeld.mode in ("RGB", "RGBA"), beeld.format in ("PNG", "JPEG")) == (maat, True, True)
        assert not beeld.getexif()


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("polyglot.png", b"GIF89a/*<script>alert(1)</script>*/"),
        ("half.jpg", plaatje("JPEG", maat=(600, 600))[:400]),
        ("foto.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 200),
        ("bom.png", plaatje(maat=(6000, 6000))),
        ("script.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"),
        ("groot.png", plaatje() + b"\x00" * 6_000_000),
    ],
)
def test_slecht_logo_wordt_geweigerd(ik: Client, organisatie: Organisatie, naam: str, inhoud: bytes) -> None:
    response = upload(ik, organisatie, inhoud, naam)
    assert response.status_code == 200
    assert re.search(r"kunnen wij niet als afbeelding lezen|te groot|te veel beeldpunten", response.content.decode())
    organisatie.refresh_from_db()
    assert not organisatie.logo


def test_leeg_logo(ik: Client, organisatie: Organisatie) -> None:
    assert "Dit bestand is leeg" in upload(ik, organisatie, b"").content.decode()
    assert "Kies een bestand" in ik.post(pad(organisatie, "logo/")).content.decode()


def test_oud_logo_verdwijnt_van_de_schijf(ik: Client, organisatie: Organisatie) -> None:
    upload(ik, organisatie, plaatje())
    organisatie.refresh_from_db()
    oud = Path(organisatie.logo.path)
    assert oud.exists()
    upload(ik, organisatie, plaatje("JPEG"))
    organisatie.refresh_from_db()
    nieuw = Path(organisatie.logo.path)
    assert (oud.exists(), nieuw.exists()) == (False, True)
    ik.post(pad(organisatie, "logo/"), {"verwijderen": "on"})
    organisatie.refresh_from_db()
    assert (bool(organisatie.logo), nieuw.exists()) == (False, False)


def test_logo_blijft_staan_als_het_bewaren_mislukt(ik: Client, organisatie: Organisatie) -> None:
    upload(ik, organisatie, plaatje())
    organisatie.refresh_from_db()
    upload(ik, organisatie, b"geen plaatje")
    organisatie.refresh_from_db()
    assert Path(organisatie.logo.path).exists()


# Bad input -------------------------------------------------------------------------------------------

RAAR = {"nul": "a\x00b", "megabyte": "a" * 1_000_000, "rtl": "\u202eabc", "besturing": "a\x07b"}
TEKSTVELDEN = [
    ("basis/", ("naam", "ook_bekend_als", "kort", "tekst", "kvk_nummer", "rsin")),
    ("bereikbaarheid/", ("telefoon", "email", "website", "sociale_links")),
    ("voor-wie/", ("labels",)),
    ("diensten/toevoegen/", ("naam", "tekst", "kosten", "aanmeldlink", "wachttijd")),
    ("locaties/toevoegen/", ("naam", "straat", "postcode", "plaats", "telefoon", "toelichting")),
    ("contactpersonen/toevoegen/", ("naam", "functie", "email", "telefoon")),
]


@pytest.mark.parametrize("soort", RAAR)
@pytest.mark.parametrize(("rest", "veld"), [(rest, veld) for rest, velden in TEKSTVELDEN for veld in velden])
def test_rare_tekst_geeft_een_melding(ik: Client, organisatie: Organisatie, rest: str, veld: str, soort: str) -> None:
    response = bewaar(ik, pad(organisatie, rest), **{veld: RAAR[soort]})
    assert response.status_code == 200
    assert f'id="id_{veld}_error"' in response.content.decode()


@pytest.mark.parametrize(
    ("rest", "veld", "waarde"),
    [
        ("basis/", "naam", "\u200b"),
        ("basis/", "naam", ""),
        ("basis/", "opgericht_jaar", "-5"),
        ("basis/", "opgericht_jaar", "9" * 5000),
        ("basis/", "opgericht_jaar", "²"),
        ("basis/", "soort", "geheim"),
        ("basis/", "rsin", "123456789"),
        ("voor-wie/", "themas", "abc"),
        ("voor-wie/", "labels", ",".join(str(n) for n in range(20))),
        ("voor-wie/", "talen", "klingon"),
        ("werkgebied/", "gemeenten", "GM9999"),
        ("diensten/toevoegen/", "leeftijd_van", "-1"),
        ("diensten/toevoegen/", "leeftijd_van", "200"),
        ("diensten/toevoegen/", "bedrag", "-1"),
        ("diensten/toevoegen/", "bedrag", "1e309"),
        ("diensten/toevoegen/", "bedrag", "NaN"),
        ("diensten/toevoegen/", "locaties", "9" * 30),
        ("locaties/toevoegen/", "gemeente", "'--"),
        ("locaties/toevoegen/", "postcode", "0000 AA"),
        ("contactpersonen/toevoegen/", "naam_voor", "iedereen!"),
    ],
)
def test_onmogelijke_waarde_geeft_een_melding(
    ik: Client, organisatie: Organisatie, rest: str, veld: str, waarde: str
) -> None:
    response = bewaar(ik, pad(organisatie, rest), **{veld: waarde})
    assert response.status_code == 200
    assert f'id="id_{veld}_error"' in response.content.decode()


@pytest.mark.parametrize("tekst", ["<script>alert(1)</script>", "🙂 hallo", "\" onclick=x '", "مرحبا"])
def test_gewone_rare_tekst_blijft_staan(ik: Client, organisatie: Organisatie, tekst: str) -> None:
    bewaar(ik, pad(organisatie, "basis/"), kort=tekst, tekst=tekst)
    organisatie.refresh_from_db()
    assert (organisatie.kort, organisatie.tekst) == (tekst, tekst)
    assert "<script>alert" not in ik.get(pad(organisatie)).content.decode()
    assert velden_van(ik.get(pad(organisatie, "basis/")).content.decode())["kort"] == tekst


@pytest.mark.parametrize("rest", ["iets/", "iets/toevoegen/", "basis/toevoegen/", "openingstijden/contactpersonen/1/"])
def test_onbekende_onderdelen_bestaan_niet(ik: Client, organisatie: Organisatie, rest: str) -> None:
    assert ik.get(pad(organisatie, rest)).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_van_het_overzicht(
    ik: Client, organisatie: Organisatie, aantal: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(aantal):
        maak_locatie(organisatie)
        maak_dienst(organisatie)
    ik.get(pad(organisatie))
    with django_assert_num_queries(17):
        ik.get(pad(organisatie))
