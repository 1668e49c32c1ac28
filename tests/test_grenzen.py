"""What holds for every page there is: few queries, no cookie for a reader, kept by a proxy, and no fault on bad input."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext

from netwerk.actions.mensen.vindbaar import ververs_mensen
from netwerk.keuzes import Voor
from netwerk.models import Bericht, Gesprek, Netwerk, Praktijkkaart, Professional, Tekstversie
from organisaties.models import Contactpersoon, Doelgroep, Openingstijd, Organisatie
from organisaties.zoeken import ververs
from tests.fabriek import (
    maak_bericht,
    maak_dienst,
    maak_gebruiker,
    maak_gesprek,
    maak_lid,
    maak_locatie,
    maak_netwerk,
    maak_organisatie,
    maak_professional,
    maak_reactie,
    maak_thema,
    maak_werkplek,
)
from tests.test_routes import PUBLIEK, routes
from welzijnportal.context import IN_MENU
from welzijnportal.geo.models import Gemeente, Provincie
from welzijnportal.geo.rd import Punt

pytestmark = pytest.mark.django_db

MEEST_ANONIEM, MEEST_INGELOGD = 5, 9
HTML_MEEST, VERZOEKEN_MEEST, BEZOEK_MEEST = 40_000, 6, 120_000
# What it does is to look at every part of the portal, or it is there in development alone.
GEEN_PAGINA = {"gezondheid/", "stijl/", "ontwikkeling/mail/"}
# Pages that are somebody's own or hold a form with a token: they may set a cookie and nobody keeps them.
NIET_BEWAARD: tuple[str, ...] = (
    "account/",
    "beheer/",
    "geef-door/",
    "doorgegeven/",
    "volgen/",
    "insluiten/",
    "open-data/bestanden/",
    "tel/",
)
# Photos and cards of people are files for who may see them now.
NIET_BEWAARD += ("mensen/<slug:code>/foto/", "mensen/(?P", "kennisgevingen/")
NIET_BEWAARD += ("netwerken/link/", "netwerken/<slug:slug>/beeld/")
NIET_BEWAARD += ("gezondheid/", "ontwikkeling/", "stijl/", "media/", "api/")
MET_FORMULIER = re.compile(
    r"/(melden|corrigeren|volgen|niet-vermelden|claimen|overnemen)/|/aanmelden/|/klopt-dit-nog/|/uitnodiging/|/overnemen|/beeld\.png|/csv/|/opvolg|/stoppen/|/berichten/\w+/beeld/"
)
VOORBEELDEN = {
    "themas/<slug:slug>/": "/themas/geld/",
    "organisaties/feed/thema/<slug:slug>/": "/organisaties/feed/thema/geld/",
    "organisaties/feed/gemeente/<slug:code>/": "/organisaties/feed/gemeente/GM0344/",
    "welzijn-in-kaart/<slug:slug>/": "/welzijn-in-kaart/utrecht/",
    "sitemap-<section>.xml": "/sitemap-organisaties.xml",
    "berichten/<slug:code>/": "/berichten/bcdfghjkmnpq/",
    "berichten/<slug:code>/beeld/": "/berichten/bcdfghjkmnpq/beeld/",
    "berichten/label/<str:label>/": "/berichten/label/soep/",
    "berichten/label/<str:label>/feed/": "/berichten/label/soep/feed/",
    "berichten/organisatie/<slug:slug>/": "/berichten/organisatie/de-brede-brug/",
    "berichten/organisatie/<slug:slug>/feed/": "/berichten/organisatie/de-brede-brug/feed/",
    "berichten/van/<slug:code>/": "/berichten/van/bcdfghjkmnpr/",
    "berichten/van/<slug:code>/feed/": "/berichten/van/bcdfghjkmnpr/feed/",
    "gesprekken/<slug:code>/": "/gesprekken/bcdfghjkmnps/",
    "gesprekken/<slug:code>/versies/": "/gesprekken/bcdfghjkmnps/versies/",
    "gesprekken/<slug:code>/<int:nummer>/versies/": "/gesprekken/bcdfghjkmnps/1/versies/",
    "gesprekken/<slug:code>/wijzigen/": "/gesprekken/bcdfghjkmnps/wijzigen/",
    "mensen/<slug:code>/": "/mensen/bcdfghjkmnpr/",
    "mensen/<slug:code>/foto/": "/mensen/bcdfghjkmnpr/foto/",
    r"mensen/(?P<code>[a-z0-9]{12})/vcard-(?P<versie>3\.0|4\.0)/$": "/mensen/bcdfghjkmnpr/vcard-3.0/",
    "praktijkkaarten/<slug:code>/": "/praktijkkaarten/bcdfghjkmnpt/",
    "praktijkkaarten/<slug:code>/geschiedenis/": "/praktijkkaarten/bcdfghjkmnpt/geschiedenis/",
}
NAMEN = [
    "q",
    "plaats",
    "afstand",
    "thema",
    "doelgroep",
    "kosten",
    "open",
    "soort",
    "gemeente",
    "sorteer",
    "pagina",
    "vorm",
    "next",
    "provincie",
    "p",
    "page",
    "per_page",
    "format",
    "search",
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "modified_after",
    "minimal",
    "full",
    "postcode",
    "proximity",
    "naam",
    "organisatie",
    "dienst",
    "locatie",
    "veld",
    "stap",
    "token",
    "periode",
    "dagen",
    "van",
    "tot",
]
KWAAD = {
    "nul": "%00",
    "half teken": "%ed%a0%80",
    "geen utf-8": "%ff%fe",
    "regeleinde": "a%0d%0aSet-Cookie:%20x=1",
    "lang": "a" * 10_000,
    "lange woorden": "+".join(["schuld"] * 400),
    "sql": "%27%20OR%201=1;--",
    "tsquery": "%28%26%7C%21%3A%2A%3C-%3E%27",
    "jokers": "%25%25__%5C%5C",
    "regex": "%28.%2A%29%2B%5B",
    "negatief": "-1",
    "groot": "9" * 400,
    "cijfers van elders": "%D9%A3%C2%B2",
    "kommagetal": "1e309",
    "leeg": "",
    "niets zichtbaars": "%E2%80%8B",
    "omgekeerd": "%E2%80%AE",
    "html": "%3Cscript%3Ealert(1)%3C/script%3E",
    "datum": "2026-02-30",
    "json": "%5B%5B%5B%5B%5B%5B",
    "pad": "..%2F..%2Fetc%2Fpasswd",
    "sjabloon": "%24%7B7*7%7D",
}


def vul(tot: int) -> Organisatie:
    """Make the listing of the examples with ``tot`` of everything, and as many more like it."""
    groep, _ = Doelgroep.objects.get_or_create(slug="ouderen", defaults={"naam": "Ouderen"})
    provincie, _ = Provincie.objects.get_or_create(code="PV26", defaults={"naam": "Utrecht", "slug": "utrecht"})
    gemeente = Gemeente.objects.filter(code="GM0344").first() or Gemeente.objects.create(
        code="GM0344", naam="Utrecht", zoeksleutel="utrecht", provincie=provincie, breedtegraad=52.09, lengtegraad=5.12
    )
    eerste = Organisatie.objects.filter(slug="de-brede-brug").first() or maak_organisatie(
        naam="De Brede Brug", slug="de-brede-brug", telefoon="+31575123456", tekst="Wij helpen."
    )
    for nummer in range(eerste.diensten.count(), tot):
        thema = maak_thema(slug="geld" if nummer == 0 else f"geld-{nummer}")
        for organisatie in (eerste, maak_organisatie(naam=f"Buurthuis {nummer}")):
            organisatie.themas.add(thema)
            organisatie.doelgroepen.add(groep)
            organisatie.gemeenten.add(gemeente)
            locatie = maak_locatie(organisatie, gemeente=gemeente)
            dienst = maak_dienst(organisatie, naam=f"Dienst {nummer}")
            dienst.themas.add(thema)
            Openingstijd.objects.create(locatie=locatie, dag=1, van="09:00", tot="17:00")
            Openingstijd.objects.create(dienst=dienst, dag=1, van="09:00", tot="12:00")
            Contactpersoon.objects.create(organisatie=organisatie, naam=f"Persoon {nummer}", naam_voor="iedereen")
            maak_organisatie(naam=f"Onderdeel {nummer} van {organisatie.pk}", hoort_bij=organisatie)
    netwerk = Netwerk.objects.filter(slug="x").first() or maak_netwerk(slug="x", zicht_leden=3, zicht_gesprekken=3)
    for _ in range(netwerk.aantal_leden, tot + 1):
        maak_lid(netwerk, maak_professional(vindbaar_voor=3))
        maak_gesprek(netwerk)
        maak_netwerk()
    ververs(Organisatie.objects.values_list("pk", flat=True))
    vul_berichten(eerste, tot)
    vul_gesprekken(netwerk, tot)
    return eerste


def vul_gesprekken(netwerk: Netwerk, tot: int) -> None:
    """Make the conversation and the card of the examples with ``tot`` of what belongs to them."""
    wie = Professional.objects.get(code="bcdfghjkmnpr")
    gesprek = Gesprek.objects.filter(code="bcdfghjkmnps").first() or maak_gesprek(
        netwerk, wie, code="bcdfghjkmnps", zicht=3
    )
    for _ in range(gesprek.aantal_reacties, tot):
        reactie = maak_reactie(gesprek, wie, tekst=f"Zo @[{wie.code}]")
        Tekstversie.objects.create(reactie=reactie, tekst="Eerst zo.")
        Tekstversie.objects.create(gesprek=gesprek, tekst="Eerst zo.")
        maak_gesprek(None, wie, soort="artikel", zicht=3)
    if not Praktijkkaart.objects.filter(code="bcdfghjkmnpt").exists():
        Praktijkkaart.objects.create(
            code="bcdfghjkmnpt",
            netwerk=netwerk,
            zicht=3,
            gewenst_zicht=3,
            titel="Bel eerst aan",
            samenvatting="Zo.",
            aanpak="Bel aan.",
        )
    maak_werkplek(wie)
    wie.expertise.add(f"kennis {tot}")
    ververs_mensen(Professional.objects.values_list("pk", flat=True))


def vul_berichten(organisatie: Organisatie, tot: int) -> None:
    """Make the message of the examples with ``tot`` answers, and as many of its writer and of the listing."""
    wie = Professional.objects.filter(code="bcdfghjkmnpr").first() or maak_professional(
        naam="Sanne de Wit", code="bcdfghjkmnpr", vindbaar_voor=Voor.IEDEREEN, is_volgbaar=True
    )
    eerste = Bericht.objects.filter(code="bcdfghjkmnpq").first() or maak_bericht(
        wie, code="bcdfghjkmnpq", tekst=f"Soep! @[{wie.code}] #soep"
    )
    for _ in range(eerste.antwoorden.count(), tot):
        maak_bericht(maak_professional(), antwoord_op=eerste)
        for schrijver in (wie, organisatie):
            bericht = maak_bericht(schrijver)
            bericht.labelrijen.create(label="soep")
            bericht.vermeldingen.add(wie)


def adres(route: str) -> str:
    if route in VOORBEELDEN:
        return VOORBEELDEN[route]
    pad = re.sub(r"\(\?P<\w+>[^)]*\)", "x", route).replace(".*$", "").replace("/?$", "").replace("\\", "").rstrip("$")
    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: "1" if m[1] == "int" else _woord(m[2], route), pad)


def _woord(naam: str, route: str) -> str:
    return "de-brede-brug" if naam == "slug" and route.startswith("organisaties/") else "x"


def tel(client: Any, adressen: list[str]) -> dict[str, int]:
    geteld = {}
    for pad in adressen:
        client.get(pad)
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            client.get(pad)
        geteld[pad] = len(vragen)
    return geteld


def test_elke_publieke_pagina_kost_hoogstens_vijf_vragen_hoeveel_er_ook_is(client: Any) -> None:
    adressen = [adres(route) for route in sorted(PUBLIEK - GEEN_PAGINA)]
    vul(1)
    met_een = tel(client, adressen)
    vul(3)
    met_drie = tel(client, adressen)
    assert {pad: aantal for pad, aantal in met_drie.items() if aantal > MEEST_ANONIEM} == {}
    assert {pad: (met_een[pad], aantal) for pad, aantal in met_drie.items() if aantal > met_een[pad]} == {}


def test_elke_pagina_kost_een_beheerder_hoogstens_negen_vragen(log_in: Any) -> None:
    eerste = vul(1)
    beheerder = maak_gebruiker()
    eerste.beheer.create(gebruiker=beheerder)
    client = log_in(beheerder)
    adressen = [adres(route) for route, _ in routes() if not route.startswith("beheer/") and route not in GEEN_PAGINA]
    adressen = [pad for pad in dict.fromkeys(adressen) if not pad.startswith("/account/logout")]
    met_een = tel(client, adressen)
    vul(3)
    met_drie = tel(client, adressen)
    assert {pad: aantal for pad, aantal in met_drie.items() if aantal > MEEST_INGELOGD} == {}
    assert {pad: (met_een[pad], aantal) for pad, aantal in met_drie.items() if aantal > met_een[pad]} == {}


def test_wie_alleen_leest_krijgt_geen_koekje_en_een_pagina_die_bewaard_mag(client: Any) -> None:
    vul(1)
    gezien = 0
    for route in sorted(PUBLIEK):
        pad = adres(route)
        if route.startswith(NIET_BEWAARD) or MET_FORMULIER.search(pad):
            continue
        response = client.get(pad)
        assert response.status_code in (200, 302), (pad, response.status_code)
        assert not response.cookies, pad
        if response.status_code == 302:
            continue
        gezien += 1
        assert "public" in response["Cache-Control"], (pad, response["Cache-Control"])
        assert "max-age=" in response["Cache-Control"], pad
        assert response.headers.get("ETag"), pad
        opnieuw = client.get(pad, headers={"If-None-Match": response["ETag"]})
        assert opnieuw.status_code == 304, pad
    assert gezien > 20


@pytest.mark.parametrize("waarde", KWAAD.values(), ids=KWAAD.keys())
def test_kwade_parameters_breken_geen_enkele_publieke_pagina(client: Any, waarde: str) -> None:
    vul(1)
    client.raise_request_exception = False
    for route in sorted(PUBLIEK):
        vragen = ["&".join(f"{naam}={waarde}" for naam in NAMEN)]
        vragen.append("&".join(f"{naam}={waarde}&{naam}[]={waarde}&{naam}={waarde}" for naam in NAMEN[:12]))
        for vraag in vragen:
            response = client.get(adres(route), QUERY_STRING=vraag)
            assert response.status_code < 500 or (response.status_code == 503 and route == "gezondheid/"), (
                route,
                vraag[:80],
            )
            if response.status_code == 400 and not route.startswith("api/"):
                assert "Deze link klopt niet" in response.content.decode(), route
            assert "Set-Cookie: x" not in str(response.headers), route


def test_de_bewaarde_kop_kent_elke_pagina_die_het_menu_aanwijst() -> None:
    bronnen = [get_template(f"componenten/{naam}.html").template.source for naam in ("menu", "menu_account", "kop")]
    aangewezen = {pad for bron in bronnen for pad in re.findall(r"request\.path\S* == \"([^\"]+)\"", bron)}
    assert aangewezen == IN_MENU
    assert not any(
        naam in bron for bron in bronnen for naam in ("request.GET", "messages", "csrf_token %}<input", "get_full_path")
    )


EIGEN_BESTAND = re.compile(r"""(?:href|src|data-src)="(/static/[^"#]+)""")
GEEN_VERZOEK = re.compile(r"<link rel=\"(?:alternate|canonical|manifest|search|apple-touch-icon)\"[^>]*>")


def test_een_eerste_bezoek_kost_hoogstens_zes_verzoeken_en_120_kb(client: Any) -> None:
    vol = vul(3)
    for nummer in range(30):
        maak_organisatie(
            naam=f"Stichting Samen Sterk in de Wijk {nummer}", telefoon=f"+3157512{nummer:04}", kort="k" * 120
        )
    for organisatie in Organisatie.objects.all():
        maak_locatie(organisatie, plaats="Bergen op Zoom", punt=Punt(120.0 + organisatie.pk % 60, 450.0))
    ververs(Organisatie.objects.values_list("pk", flat=True))
    te_zwaar = {}
    for pad in (
        "/",
        "/organisaties/",
        "/organisaties/?thema=geld",
        "/themas/",
        "/welzijn-in-kaart/",
        vol.get_absolute_url(),
    ):
        html = client.get(pad).content
        tekst = GEEN_VERZOEK.sub("", html.decode())
        bestanden = {adres for adres in EIGEN_BESTAND.findall(tekst) if not adres.endswith(".png") or "<img" in tekst}
        # The script of a page brings its modules along.
        modules = {
            f"/static/js/{naam}"
            for adres in bestanden
            if adres.endswith(".js")
            for naam in re.findall(r"^import[^;]*from ['\"]\./([\w-]+\.js)['\"]", bron(adres).decode(), re.MULTILINE)
        }
        alle = bestanden | modules
        gewicht = sum(len(bron(a) if a.endswith(".woff2") else gzip.compress(bron(a))) for a in alle)
        verzoeken = 1 + len(alle)
        if len(html) > HTML_MEEST or verzoeken > VERZOEKEN_MEEST or len(gzip.compress(html)) + gewicht > BEZOEK_MEEST:
            te_zwaar[pad] = len(html), verzoeken, len(gzip.compress(html)) + gewicht, sorted(alle)
    assert te_zwaar == {}


def bron(adres: str) -> bytes:
    pad = finders.find(adres.removeprefix("/static/"))
    assert isinstance(pad, str), adres
    return Path(pad).read_bytes()
