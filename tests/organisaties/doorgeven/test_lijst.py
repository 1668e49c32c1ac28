from concurrent.futures import ThreadPoolExecutor
from datetime import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from organisaties.actions.doorgeven import (
    MAX_REGELS,
    Regel,
    verplaatst,
)
from organisaties.forms.doorgeven import lijkt_persoonlijk
from organisaties.keuzes import Status
from organisaties.models import Openingstijd, Organisatie
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie
from tests.organisaties.doorgeven.stappen import bewaar


def volgorde(client: Any) -> list[int]:
    return [regel[0] for regel in client.session.get("doorgeven", {}).get("regels", [])]


@pytest.mark.django_db
def test_bewaren_zet_de_organisatie_in_de_sessie_en_gaat_terug_naar_de_resultaten(client: Any) -> None:
    linde = maak_organisatie(naam="De Linde")
    response = client.post("/geef-door/bewaren/", {"organisatie": linde.pk, "next": "/organisaties/?q=eten"})
    assert response["Location"] == f"/organisaties/?q=eten#bewaar-{linde.pk}"
    assert volgorde(client) == [linde.pk]
    assert "Mijn lijst (1)" in client.get("/organisaties/").content.decode()
    html = client.get(linde.get_absolute_url()).content.decode()
    assert "In uw lijst om door te geven" in html
    assert "Bewaar om door te geven" not in html


@pytest.mark.django_db
def test_bewaren_met_script_geeft_alleen_het_aantal(client: Any) -> None:
    bewaar(client, maak_organisatie())
    response = client.post(
        "/geef-door/bewaren/", {"organisatie": maak_organisatie().pk}, headers={"x-requested-with": "fetch"}
    )
    assert response.content == b"2"


@pytest.mark.django_db
@pytest.mark.parametrize("waarde", ["", "x", "-1", "0", "٣", "9" * 40, "1; DROP TABLE", "\u200b"])
def test_bewaren_van_wat_niet_bestaat_geeft_een_404(client: Any, waarde: str) -> None:
    maak_organisatie()
    assert client.post("/geef-door/bewaren/", {"organisatie": waarde}).status_code == 404
    assert volgorde(client) == []


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["concept", "ingediend", "teruggestuurd", "gearchiveerd"])
def test_bewaren_van_wat_niet_zichtbaar_is_geeft_een_404(client: Any, status: str) -> None:
    dicht = maak_organisatie(status=status)
    assert client.post("/geef-door/bewaren/", {"organisatie": dicht.pk}).status_code == 404
    assert volgorde(client) == []


@pytest.mark.django_db
@pytest.mark.parametrize("volgende", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)", "\\\\x"])
def test_bewaren_stuurt_niemand_naar_een_andere_site(client: Any, volgende: str) -> None:
    linde = maak_organisatie(slug="linde")
    response = client.post("/geef-door/bewaren/", {"organisatie": linde.pk, "next": volgende})
    assert response["Location"] == f"/organisaties/linde/#bewaar-{linde.pk}"


@pytest.mark.django_db
@pytest.mark.parametrize("pad", ["/geef-door/", "/geef-door/bewaren/", "/geef-door/delen/"])
def test_een_andere_site_kan_niets_in_de_lijst_zetten(client: Any, pad: str) -> None:
    linde = maak_organisatie()
    response = client.post(pad, {"organisatie": linde.pk}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert "Dit kan alleen op onze eigen pagina’s" in response.content.decode()
    assert volgorde(client) == []


@pytest.mark.django_db
def test_wie_alleen_leest_krijgt_geen_cookie_en_de_pagina_mag_worden_bewaard(client: Any) -> None:
    maak_organisatie(slug="linde")
    for pad in ("/organisaties/", "/organisaties/linde/", "/geef-door/"):
        response = client.get(pad)
        assert response.cookies == {}, pad
        assert "csrf" not in response.content.decode()
    assert client.get("/organisaties/linde/")["Cache-Control"].startswith("public, max-age=60")
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_met_een_lijst_vraagt_de_browser_elke_keer_opnieuw(client: Any) -> None:
    linde = maak_organisatie(slug="linde")
    bewaar(client, linde)
    response = client.get("/organisaties/linde/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]
    assert "no-store" in client.get("/geef-door/")["Cache-Control"]


@pytest.mark.django_db
def test_in_een_lijst_passen_er_dertig(client: Any) -> None:
    bewaar(client, *(maak_organisatie() for _ in range(MAX_REGELS)))
    html = client.post("/geef-door/bewaren/", {"organisatie": maak_organisatie().pk}, follow=True).content.decode()
    assert "hoogstens 30 organisaties" in html
    assert len(volgorde(client)) == MAX_REGELS


@pytest.mark.django_db
def test_twee_keer_bewaren_is_een_keer(client: Any) -> None:
    linde = maak_organisatie()
    bewaar(client, linde, linde)
    assert volgorde(client) == [linde.pk]


@pytest.mark.django_db
def test_volgorde_veranderen_bewaart_wat_is_getypt(client: Any) -> None:
    een, twee, drie = (maak_organisatie() for _ in range(3))
    bewaar(client, een, twee, drie)
    velden = {
        f"zin_{een.pk}": "Eerst hier.",
        f"zin_{twee.pk}": "",
        f"zin_{drie.pk}": "Dan hier.",
        "naam": "Voor vandaag",
    }
    response = client.post("/geef-door/", {**velden, "doe": f"omhoog-{drie.pk}"})
    assert response["Location"] == f"/geef-door/#regel-{drie.pk}"
    assert client.session["doorgeven"] == {
        "naam": "Voor vandaag",
        "regels": [[een.pk, None, "Eerst hier."], [drie.pk, None, "Dan hier."], [twee.pk, None, ""]],
    }
    client.post("/geef-door/", {"doe": f"omhoog-{een.pk}"})
    assert volgorde(client) == [een.pk, drie.pk, twee.pk]
    client.post("/geef-door/", {"doe": f"omlaag-{twee.pk}"})
    client.post("/geef-door/", {"doe": f"weg-{drie.pk}"})
    assert volgorde(client) == [een.pk, twee.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("doe", ["", "alles", "omhoog-", "omhoog-99999", "weg-" + "9" * 30, "omlaag-x", "\x07"])
def test_een_vreemde_knop_verandert_de_volgorde_niet(client: Any, doe: str) -> None:
    een, twee = maak_organisatie(), maak_organisatie()
    bewaar(client, een, twee)
    assert client.post("/geef-door/", {"doe": doe}).status_code == 302
    assert volgorde(client) == [een.pk, twee.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zin", "fout"),
    [
        ("a" * 301, "300"),
        ("Kijk op https://kwaad.example", "Zet hier geen webadres in."),
        ("Kijk op www.kwaad.nl", "Zet hier geen webadres in."),
        ("Ga naar kwaad.com nu", "Zet hier geen webadres in."),
        ("a\x07b", "teken dat wij niet kunnen bewaren"),
    ],
)
def test_een_zin_die_niet_mag_staat_er_nog_met_de_fout_erbij(client: Any, zin: str, fout: str) -> None:
    linde = maak_organisatie()
    bewaar(client, linde)
    html = client.post("/geef-door/", {f"zin_{linde.pk}": zin, "naam": "Mijn titel", "doe": "delen"}).content.decode()
    assert fout in html
    assert "Nog niet gelukt" in html
    assert "Mijn titel" in html
    assert client.session["doorgeven"]["regels"] == [[linde.pk, None, ""]]


@pytest.mark.django_db
def test_een_foute_zin_kan_worden_weggehaald(client: Any) -> None:
    een, twee = maak_organisatie(), maak_organisatie()
    bewaar(client, een, twee)
    client.post("/geef-door/", {f"zin_{een.pk}": "www.kwaad.nl", f"zin_{twee.pk}": "Goed.", "doe": f"weg-{een.pk}"})
    assert client.session["doorgeven"]["regels"] == [[twee.pk, None, "Goed."]]


@pytest.mark.django_db
def test_een_regeleinde_in_een_zin_wordt_een_spatie(client: Any) -> None:
    linde = maak_organisatie()
    bewaar(client, linde)
    client.post("/geef-door/", {f"zin_{linde.pk}": "Eerst bellen.\r\n\r\nDan gaan."})
    assert client.session["doorgeven"]["regels"][0][2] == "Eerst bellen. Dan gaan."


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        ("Bel haar op 06 1234 5678.", "een telefoonnummer"),
        ("Haar nummer is +31612345678", "een telefoonnummer"),
        ("bsn 111222333", "een burgerservicenummer"),
        ("mail jan@thuis.example", "een e-mailadres"),
        ("Zij is van 3-11-1960.", "een geboortedatum"),
        ("Geboren in 1960", "een geboortedatum"),
        ("3 november 1960", "een geboortedatum"),
        ("Vraag naar de kookgroep op dinsdag om 13.30 uur, kamer 12.", ""),
        ("Kosten 3,50 per keer, 2 keer per week.", ""),
        ("", ""),
    ],
)
def test_wat_persoonlijk_lijkt_wordt_herkend(tekst: str, wat: str) -> None:
    assert lijkt_persoonlijk(tekst) == wat


@pytest.mark.django_db
def test_de_lijst_zegt_dat_er_niets_over_de_client_wordt_gevraagd_en_waarschuwt(client: Any) -> None:
    linde = maak_organisatie()
    bewaar(client, linde)
    client.post("/geef-door/", {f"zin_{linde.pk}": "Bel haar op 0612345678."})
    html = client.get("/geef-door/").content.decode()
    assert "Niets over uw cliënt." in html
    assert "Hier lijkt een telefoonnummer in te staan." in html
    assert "Bel haar op 0612345678." in html


@pytest.mark.django_db
def test_een_dienst_kiezen_kan_alleen_van_die_organisatie(client: Any) -> None:
    linde, eik = maak_organisatie(), maak_organisatie()
    koken = maak_dienst(linde, naam="Samen koken")
    maak_dienst(linde, naam="Samen eten")
    vreemd = maak_dienst(eik, naam="Schaken")
    bewaar(client, linde)
    assert "Samen koken" in client.get("/geef-door/").content.decode()
    client.post("/geef-door/", {f"dienst_{linde.pk}": vreemd.pk})
    assert client.session["doorgeven"]["regels"] == [[linde.pk, None, ""]]
    client.post("/geef-door/", {f"dienst_{linde.pk}": koken.pk})
    assert client.session["doorgeven"]["regels"] == [[linde.pk, koken.pk, ""]]


@pytest.mark.django_db
def test_afdrukken_zegt_alles_wat_iemand_nodig_heeft(client: Any) -> None:
    linde = maak_organisatie(naam="De Linde", telefoon="+31301234567", email="info@linde.example")
    plek = maak_locatie(linde, naam="Het Trefpunt")
    for dag in (1, 2, 3):
        Openingstijd.objects.create(locatie=plek, dag=dag, van=time(9), tot=time(17))
    Openingstijd.objects.create(locatie=plek, dag=5, is_op_afspraak=True)
    eten = maak_dienst(linde, naam="Samen eten", tekst="Drie **gangen** & gezelschap.", is_gratis=False, bedrag="3.50")
    maak_dienst(linde, naam="Klussen")
    bewaar(client, linde)
    client.post(
        "/geef-door/", {"naam": "Voor vandaag", f"dienst_{linde.pk}": eten.pk, f"zin_{linde.pk}": "Vraag naar Bea."}
    )
    html = client.get("/geef-door/afdrukken/").content.decode()
    for tekst in (
        "Voor vandaag",
        "De Linde",
        "Samen eten",
        "Drie gangen &amp; gezelschap.",
        "Vraag naar Bea.",
        "030 123 4567",
        "info@linde.example",
        "Het Trefpunt<br>Lindelaan 12<br>3511 AB Utrecht",
        "Maandag tot en met woensdag van 9.00 tot 17.00 uur<br>Vrijdag op afspraak",
        "€ 3,50",
        'aria-label="QR-code naar de pagina van De Linde"',
    ):
        assert tekst in html, tekst
    assert "Klussen" not in html


@pytest.mark.django_db
def test_een_geheim_adres_staat_niet_op_het_blad(client: Any) -> None:
    opvang = maak_organisatie(naam="Opvang", telefoon="+31301234567")
    maak_locatie(opvang, naam="Villa Geheim", straat="Schuilweg 1", is_geheim=True)
    bewaar(client, opvang)
    html = client.get("/geef-door/afdrukken/").content.decode()
    assert "In Utrecht. Het adres is geheim" in html
    assert "Schuilweg" not in html
    assert "Villa Geheim" not in html
    assert "3511" not in html


@pytest.mark.django_db
def test_wat_weg_is_staat_niet_op_het_blad_en_de_lijst_zegt_het(client: Any) -> None:
    een, twee = maak_organisatie(naam="De Linde"), maak_organisatie(naam="De Eik")
    bewaar(client, een, twee)
    Organisatie.objects.filter(pk=een.pk).update(status=Status.GEARCHIVEERD)
    html = client.get("/geef-door/").content.decode()
    assert "Deze organisatie staat niet meer op het portaal." in html
    assert "De Linde" not in html
    assert "De Linde" not in client.get("/geef-door/afdrukken/").content.decode()
    Organisatie.objects.all().delete()
    assert client.get("/geef-door/afdrukken/")["Location"] == "/geef-door/"
    assert client.get("/geef-door/delen/")["Location"] == "/geef-door/"


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_een_bezoeker_drie_query_s(client: Any, aantal: int, django_assert_num_queries: Any) -> None:
    for _ in range(aantal):
        organisatie = maak_organisatie()
        maak_locatie(organisatie)
        maak_dienst(organisatie)
        bewaar(client, organisatie)
    for pad in ("/geef-door/", "/geef-door/afdrukken/", "/geef-door/delen/"):
        with django_assert_num_queries(2):
            client.get(pad)


def test_verplaatsen_gaat_niet_over_de_rand() -> None:
    regels = [Regel(1), Regel(2)]
    assert verplaatst(regels, 1, -1) == regels
    assert verplaatst(regels, 2, 1) == regels
    assert verplaatst(regels, 3, 1) == regels


@pytest.mark.django_db
def test_de_sessie_van_een_bezoeker_verloopt(client: Any) -> None:
    bewaar(client, maak_organisatie())
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 14 * 24 * 3600


@pytest.mark.django_db(transaction=True)
def test_snel_na_elkaar_bewaren_verliest_niets(client: Any) -> None:
    bewaar(client, maak_organisatie())
    sleutel = client.session.session_key
    andere = [maak_organisatie() for _ in range(4)]

    def druk(organisatie: Organisatie) -> None:
        try:
            bezoeker = Client(headers={"sec-fetch-site": "same-origin"})
            bezoeker.cookies[settings.SESSION_COOKIE_NAME] = sleutel
            assert bezoeker.post("/geef-door/bewaren/", {"organisatie": organisatie.pk}).status_code == 302
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as draden:
        list(draden.map(druk, andere))
    assert {organisatie.pk for organisatie in andere} <= set(volgorde(client))
    assert len(volgorde(client)) == 5


@pytest.mark.django_db
def test_van_twee_samengevoegde_organisaties_staat_er_een(client: Any) -> None:
    weg, blijft = maak_organisatie(naam="Stichting De Es"), maak_organisatie(naam="De Es")
    bewaar(client, weg)
    Organisatie.objects.filter(pk=weg.pk).update(status=Status.SAMENGEVOEGD, samengevoegd_met=blijft)
    alleen = client.get("/geef-door/").content.decode()
    assert blijft.get_absolute_url() in alleen
    assert "niet meer op het portaal" not in alleen
    bewaar(client, blijft)
    html = client.get("/geef-door/").content.decode()
    assert html.count(f'href="{blijft.get_absolute_url()}"') == alleen.count(f'href="{blijft.get_absolute_url()}"')
