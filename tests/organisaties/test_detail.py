import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from organisaties.actions.adres import hernoem
from organisaties.keuzes import Status
from organisaties.models import Contactpersoon, Openingstijd, Openingsuitzondering, Organisatie
from organisaties.openingstijden import AMSTERDAM
from organisaties.weergave import vermelding_context
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_moderator, maak_organisatie, maak_thema
from welzijnportal.geo.models import Gemeente

pytestmark = pytest.mark.django_db
MAANDAGOCHTEND = datetime(2026, 11, 23, 10, 0, tzinfo=AMSTERDAM)


def maak_volle_organisatie(aantal: int = 1) -> Organisatie:
    """An organisation with ``aantal`` of everything that hangs below it."""
    organisatie = maak_organisatie(
        naam="De Brede Brug",
        slug="de-brede-brug",
        telefoon="+31575123456",
        email="hallo@brug.example",
        website="https://www.brug.example/",
        talen=["nl", "ar"],
    )
    organisatie.gemeenten.set(Gemeente.objects.filter(naam="Zutphen"))
    organisatie.labels.add("koffie")
    for nummer in range(aantal):
        organisatie.themas.add(maak_thema(icoon="geld", tint="tint-1"))
        locatie = maak_locatie(organisatie, straat=f"Brugstraat {nummer + 1}", postcode="7201 AB", plaats="Zutphen")
        dienst = maak_dienst(organisatie, naam=f"Dienst {nummer + 1}")
        dienst.themas.add(organisatie.themas.first())
        dienst.locaties.add(locatie)
        Openingstijd.objects.create(locatie=locatie, dag=1, van=time(9), tot=time(17))
        Openingstijd.objects.create(dienst=dienst, dag=1, van=time(9), tot=time(12))
        Openingsuitzondering.objects.create(
            locatie=locatie, van_datum=date(2026, 12, 25), tot_en_met_datum=date(2026, 12, 26)
        )
        Contactpersoon.objects.create(organisatie=organisatie, naam=f"Persoon {nummer + 1}", naam_voor="iedereen")
        maak_organisatie(naam=f"Onderdeel {nummer + 1}", hoort_bij=organisatie)
    return organisatie


@time_machine.travel(MAANDAGOCHTEND, tick=False)
def test_detail_toont_wie_men_belt_en_of_het_open_is(client: Any) -> None:
    maak_volle_organisatie()
    html = client.get("/organisaties/de-brede-brug/").content.decode()
    assert "<h1>De Brede Brug</h1>" in html
    assert html.count('href="tel:+31575123456"') == 3
    assert "0575 123 456" in html
    assert "Nu open, tot 17.00 uur" in html
    assert 'href="mailto:hallo@brug.example"' in html
    assert "https://www.openstreetmap.org/directions?to=Brugstraat+1%2C+7201+AB+Zutphen%2C+Nederland" in html
    assert "Van 25 december tot en met 26 december gesloten." in html
    assert "voor het laatst nagekeken op maandag 23 november" in html
    for tekst in ("Dienst 1", "Onderdeel 1", "Persoon 1", "koffie", "Nederlands, Arabisch", "Zutphen"):
        assert tekst in html


@pytest.mark.parametrize("aantal", [1, 3])
def test_detail_kost_twee_vragen(client: Any, django_assert_num_queries: Any, aantal: int) -> None:
    maak_volle_organisatie(aantal)
    with django_assert_num_queries(2):
        client.get("/organisaties/de-brede-brug/")


@pytest.mark.parametrize("aantal", [1, 3])
def test_detail_kost_voor_een_beheerder_vijf_vragen(log_in: Any, django_assert_num_queries: Any, aantal: int) -> None:
    organisatie = maak_volle_organisatie(aantal)
    beheerder = maak_gebruiker()
    organisatie.beheer.create(gebruiker=beheerder)
    client = log_in(beheerder)
    client.get("/organisaties/")
    with django_assert_num_queries(5):
        html = client.get("/organisaties/de-brede-brug/").content.decode()
    assert 'href="/organisaties/de-brede-brug/wijzigen/"' in html


def test_detail_zet_geen_cookie_en_mag_een_minuut_bewaard(client: Any) -> None:
    organisatie = maak_volle_organisatie()
    response = client.get(organisatie.get_absolute_url())
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
    assert response["Vary"] == "Cookie"
    assert client.get(organisatie.get_absolute_url(), headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_detail_is_voor_wie_is_ingelogd_niet_te_bewaren(log_in: Any, vreemde: Any) -> None:
    organisatie = maak_volle_organisatie()
    response = log_in(vreemde).get(organisatie.get_absolute_url())
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert "/wijzigen/" not in response.content.decode()


@pytest.mark.parametrize(
    ("wie", "zichtbaar_bij"),
    [
        ("bezoeker", {Status.GEPUBLICEERD}),
        ("vreemde", {Status.GEPUBLICEERD}),
        ("beheerder", set(Status)),
        ("redacteur", set(Status)),
        ("moderator", set(Status)),
    ],
)
@pytest.mark.parametrize("status", [status for status in Status if status != Status.SAMENGEVOEGD])
def test_detail_wie_ziet_welke_status(
    log_in: Any, client: Any, wie: str, zichtbaar_bij: set[Status], status: Status
) -> None:
    mensen = {
        "vreemde": maak_gebruiker(),
        "beheerder": maak_gebruiker(),
        "redacteur": maak_gebruiker(),
        "moderator": maak_moderator(),
    }
    organisatie = maak_organisatie(
        naam="Geheimpje",
        status=status,
        gepubliceerd_op=timezone.now(),
        beheerder=mensen["beheerder"],
        redacteur=mensen["redacteur"],
    )
    if wie in mensen:
        log_in(mensen[wie])
    response = client.get(organisatie.get_absolute_url())
    html = response.content.decode()
    if status in zichtbaar_bij:
        assert response.status_code == 200
        assert "<h1>Geheimpje</h1>" in html
        voorbeeld = {Status.GEPUBLICEERD: "", Status.GEARCHIVEERD: "Gearchiveerd"}.get(status, "Voorbeeld")
        assert (f'class="notice-title">{voorbeeld}<' in html) == bool(voorbeeld)
        assert ("application/ld+json" in html) == (status == Status.GEPUBLICEERD)
        mag = wie in ("beheerder", "redacteur") and status != Status.GEARCHIVEERD
        assert (f"{organisatie.slug}/wijzigen/" in html) == mag
    else:
        assert response.status_code == 404
        assert "Geheimpje" not in html
    assert client.get(f"{organisatie.get_absolute_url()}vcard/").status_code == (
        200 if status == Status.GEPUBLICEERD else 404
    )


def test_oud_adres_verwijst_voor_altijd(client: Any) -> None:
    organisatie = maak_organisatie(naam="Oude Naam")
    hernoem(organisatie=organisatie, naam="Nieuwe Naam")
    for staart in ("", "vcard/", "melden/"):
        response = client.get(f"/organisaties/oude-naam/{staart}")
        assert (response.status_code, response["Location"]) == (301, f"/organisaties/nieuwe-naam/{staart}")
    Organisatie.objects.update(status=Status.GEARCHIVEERD)
    assert client.get("/organisaties/oude-naam/").status_code == 404


VELDEN = ("naam", "functie", "email", "telefoon")
WAARDEN = {"naam": "Samira Bos", "functie": "gastvrouw", "email": "samira@brug.example", "telefoon": "06 12345678"}


@pytest.mark.parametrize("veld", VELDEN)
@pytest.mark.parametrize(
    ("voor", "wie_ziet"),
    [
        ("iedereen", {"bezoeker", "vreemde", "beheerder", "moderator"}),
        ("leden", {"vreemde", "beheerder", "moderator"}),
        ("niemand", {"beheerder", "moderator"}),
    ],
)
def test_contactpersoon_per_veld(client: Any, veld: str, voor: str, wie_ziet: set[str]) -> None:
    mensen = {
        "bezoeker": None,
        "vreemde": maak_gebruiker(),
        "beheerder": maak_gebruiker(),
        "moderator": maak_moderator(),
    }
    organisatie = maak_organisatie(beheerder=mensen["beheerder"])
    Contactpersoon.objects.create(organisatie=organisatie, **WAARDEN, **{f"{veld}_voor": voor})
    for wie, mens in mensen.items():
        client.logout()
        if mens:
            client.force_login(mens)
        html = client.get(organisatie.get_absolute_url()).content.decode()
        assert (WAARDEN[veld] in html) == (wie in wie_ziet), wie
        if wie in ("bezoeker", "vreemde"):
            assert [ander for ander in VELDEN if ander != veld and WAARDEN[ander] in html] == []


GEHEIM = ("Verborgenweg", "7241", "Achter de bakker", "Schuilhuis", "52.15", "6.41")


def test_geheim_adres_lekt_nergens(client: Any) -> None:
    """Every output of a confidential address holds its place, and nothing else of it."""
    organisatie = maak_organisatie(naam="Veilige Haven", telefoon="+31575123456", werkgebied="plaatselijk")
    gemeente = Gemeente.objects.get(naam="Lochem")
    locatie = maak_locatie(
        organisatie,
        naam="Schuilhuis",
        straat="Verborgenweg 99",
        postcode="7241 ZZ",
        plaats="Lochem",
        gemeente=gemeente,
        breedtegraad=52.1555,
        lengtegraad=6.4111,
        punt=(222.5, 463.9),
        toelichting="Achter de bakker",
        is_geheim=True,
    )
    adressen = ["", "vcard/", "melden/"]
    paden = [f"{organisatie.get_absolute_url()}{staart}" for staart in adressen]
    paden += [
        "/organisaties/feed/",
        "/organisaties/feed/gemeente/GM0262/",
        "/sitemap.xml",
        "/organisaties/suggesties/?q=veilige",
    ]
    for pad in paden:
        antwoord = client.get(pad).content.decode()
        assert [woord for woord in GEHEIM if woord in antwoord] == [], pad
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert "Geheim adres in Lochem" in html
    assert "openstreetmap" not in html
    assert '<svg class="kaart' not in html
    locatie.is_geheim = False
    locatie.save()
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert "Verborgenweg 99" in html
    assert "openstreetmap" in html


def test_gevaarlijke_tekst_wordt_getoond_en_niet_uitgevoerd(client: Any) -> None:
    kwaad = "</script><script>alert(1)</script>"
    organisatie = maak_organisatie(naam=f"Club {kwaad}", kort=kwaad, tekst=f"# Kop\n\n{kwaad} [x](javascript:alert(1))")
    maak_dienst(organisatie, naam=kwaad, tekst=kwaad, is_gratis=False, kosten=kwaad)
    maak_locatie(organisatie, naam=kwaad, toelichting=kwaad)
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])["name"] == f"Club {kwaad}"


def test_ouder_en_onderdelen_alleen_als_zij_zichtbaar_zijn(client: Any) -> None:
    ouder = maak_organisatie(naam="De Ouder")
    kind = maak_organisatie(naam="Het Kind", hoort_bij=ouder)
    maak_organisatie(naam="Nog Niet Klaar", hoort_bij=ouder, status=Status.CONCEPT)
    html = client.get(ouder.get_absolute_url()).content.decode()
    assert "Het Kind" in html
    assert "Nog Niet Klaar" not in html
    assert 'href="/organisaties/de-ouder/"' in client.get(kind.get_absolute_url()).content.decode()
    Organisatie.objects.filter(pk=ouder.pk).update(status=Status.GEARCHIVEERD)
    assert "De Ouder" not in client.get(kind.get_absolute_url()).content.decode()


@time_machine.travel(datetime(2026, 12, 25, 10, 0, tzinfo=AMSTERDAM), tick=False)
def test_op_een_feestdag_staat_er_bel_eerst(client: Any) -> None:
    organisatie = maak_organisatie()
    locatie = maak_locatie(organisatie)
    Openingstijd.objects.create(locatie=locatie, dag=5, van=time(9), tot=time(17))
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert "Het is vandaag Eerste Kerstdag. Bel eerst of zij open zijn." in html


@pytest.mark.parametrize(
    ("velden", "feit"),
    [
        ({}, ("Kosten", "Gratis")),
        ({"is_gratis": False, "bedrag": "3.50", "kosten": "per maaltijd"}, ("Kosten", "€ 3,50 (per maaltijd)")),
        ({"is_gratis": False, "bedrag": "12"}, ("Kosten", "€ 12")),
        ({"is_gratis": False, "kosten": "naar inkomen"}, ("Kosten", "naar inkomen")),
        ({"is_gratis": False, "bedrag": "3", "kosten": "3 euro"}, ("Kosten", "€ 3")),
        ({"is_gratis": False, "bedrag": "3.50", "kosten": "€ 3,50"}, ("Kosten", "€ 3,50")),
        ({"is_gratis": False, "bedrag": "3", "kosten": "4 euro"}, ("Kosten", "€ 3 (4 euro)")),
        ({"leeftijd_van": 18}, ("Leeftijd", "vanaf 18 jaar")),
        ({"leeftijd_tot_en_met": 0}, ("Leeftijd", "tot en met 0 jaar")),
        ({"leeftijd_van": 0, "leeftijd_tot_en_met": 4}, ("Leeftijd", "0 tot en met 4 jaar")),
        ({"aanmelden_via": ["inloop", "telefoon", "mail"]}, ("Aanmelden", "Gewoon binnenlopen, Bellen en Mailen")),
        ({"talen": ["nl", "tr"]}, ("Talen", "Nederlands en Turks")),
        ({"wachttijd": "twee weken"}, ("Wachttijd", "twee weken")),
    ],
)
def test_feiten_van_een_dienst_in_woorden(velden: dict[str, Any], feit: tuple[str, str]) -> None:
    organisatie = maak_organisatie()
    maak_dienst(organisatie, **velden).refresh_from_db()
    blok = vermelding_context(organisatie, AnonymousUser(), timezone.now())["diensten"][0]
    assert feit in [(naam, waarde) for _, naam, waarde in blok.feiten]


def test_onbekende_vermelding_is_404(client: Any) -> None:
    assert client.get("/organisaties/bestaat-niet/").status_code == 404


def test_post_op_detail_mag_niet(client: Any) -> None:
    assert client.post(maak_organisatie().get_absolute_url()).status_code == 405


def test_bevestigd_lang_geleden_staat_er_met_jaar(client: Any) -> None:
    organisatie = maak_organisatie(bevestigd_op=timezone.now() - timedelta(days=800))
    jaar = organisatie.bevestigd_op.year
    assert re.search(rf"nagekeken op \w+ \d+ \w+ {jaar}\.", client.get(organisatie.get_absolute_url()).content.decode())


def test_straat_en_label_staan_er_een_keer(client: Any) -> None:
    organisatie = maak_organisatie()
    maak_locatie(organisatie, naam="brugstraat 3", straat="Brugstraat 3", postcode="7201 AB", plaats="Zutphen")
    maak_locatie(organisatie, naam="De Hal", straat="Dorpsweg 1", postcode="7201 AB", plaats="Zutphen")
    thema = maak_thema(naam="Eenzaam", icoon="hulp", tint="tint-1")
    organisatie.themas.add(thema)
    organisatie.labels.add("eenzaam", "koffie")
    html = client.get(organisatie.get_absolute_url()).content.decode()
    assert re.findall(r"<address>(.*?)</address>", html) == ["7201 AB Zutphen", "Dorpsweg 1<br>7201 AB Zutphen"]
    labels = re.search(r'aria-label="Labels">(.*?)</ul>', html)
    assert labels
    assert re.findall(r"</svg> (.*?)</span>", labels[1]) == ["koffie"]


@time_machine.travel(MAANDAGOCHTEND, tick=False)
def test_tijden_staan_er_overal_hetzelfde(client: Any) -> None:
    organisatie = maak_organisatie()
    locatie = maak_locatie(organisatie)
    Openingstijd.objects.create(locatie=locatie, dag=1, van=time(9), tot=time(12))
    Openingstijd.objects.create(locatie=locatie, dag=1, van=time(13), tot=time(17))
    Openingstijd.objects.create(locatie=locatie, dag=2, van=time(9, 30), tot=time(15, 30), is_op_afspraak=True)
    Openingsuitzondering.objects.create(
        locatie=locatie,
        van_datum=date(2026, 12, 1),
        tot_en_met_datum=date(2026, 12, 1),
        is_gesloten=False,
        van=time(10),
        tot=time(12),
    )
    html = client.get(organisatie.get_absolute_url()).content.decode()
    for tekst in (
        "<td>9.00 – 12.00 en 13.00 – 17.00 uur</td>",
        "<td>9.30 – 15.30 uur (op afspraak)</td>",
        "Op dinsdag 1 december open 10.00 – 12.00 uur.",
    ):
        assert tekst in html


@time_machine.travel(MAANDAGOCHTEND, tick=False)
def test_lang_niet_nagekeken_waarschuwt(client: Any) -> None:
    oud = maak_organisatie(bevestigd_op=datetime(2025, 9, 27, tzinfo=AMSTERDAM))
    assert "Mogelijk verouderd" in client.get(oud.get_absolute_url()).content.decode()
    vers = maak_organisatie(bevestigd_op=datetime(2025, 9, 29, tzinfo=AMSTERDAM))
    assert "Mogelijk verouderd" not in client.get(vers.get_absolute_url()).content.decode()
