import re
import threading
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from organisaties.actions import aanmelden as acties
from organisaties.actions.status import publiceer, stuur_terug
from organisaties.keuzes import Dag, Soort, Status
from organisaties.models import Aanmeldconcept, Beheer, Organisatie, Thema
from organisaties.views.aanmelden.concept import met_cookie
from tests.accounts.stappen import met_app
from tests.fabriek import maak_gebruiker, maak_locatie, maak_moderator, maak_organisatie, maak_thema
from welzijnportal.accounts.models import Gebruiker

BEGIN = "/organisaties/aanmelden/"
STAPPEN = ("naam", "aanbod", "bereikbaar", "insturen")
EMAIL = "sara@taalhuis.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def thema() -> Thema:
    return maak_thema(naam="Nederlands leren", slug="taal", icoon="taal", tint="tint-8")


def stap(client: Client, welke: str, /, **data: Any) -> Any:
    return client.post(f"{BEGIN}{welke}/", data)


def vul_in(client: Client, thema: Thema, **anders: Any) -> None:
    """Fill in the first three steps."""
    stap(client, "naam", naam=anders.get("naam", "Taalhuis De Brug"), plaats=anders.get("plaats", "Zutphen"))
    stap(client, "aanbod", kort="Samen Nederlands oefenen.", themas=thema.pk, dienst=anders.get("dienst", ""))
    response = stap(client, "bereikbaar", telefoon="0575 123456", **anders.get("bereikbaar", {}))
    assert response.url == f"{BEGIN}insturen/"


def code_uit_mail() -> str:
    gevonden = re.search(r"^(\d{4} \d{4})$", mail.outbox[-1].body, re.MULTILINE)
    assert gevonden
    return gevonden[1]


def link_uit_mail() -> str:
    gevonden = re.search(r"https?://[^/]+(/organisaties/aanmelden/bevestigen/\S+)", mail.outbox[-1].body)
    assert gevonden
    return gevonden[1]


def test_zes_velden_zijn_genoeg_voor_een_vermelding(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    response = stap(client, "insturen", eigen_email=EMAIL)
    assert response.url == f"{BEGIN}controleren/"
    organisatie = Organisatie.objects.get()
    assert (organisatie.naam, organisatie.status, organisatie.kort) == (
        "Taalhuis De Brug",
        Status.CONCEPT,
        "Samen Nederlands oefenen.",
    )
    assert not Gebruiker.objects.exists()
    response = client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()})
    assert response.url == f"{BEGIN}klaar/"
    organisatie.refresh_from_db()
    beheer = Beheer.objects.get()
    assert organisatie.status == Status.INGEDIEND
    assert (beheer.organisatie, beheer.gebruiker.email, beheer.rol) == (organisatie, EMAIL, "beheerder")
    assert EmailAddress.objects.filter(user=beheer.gebruiker, verified=True, primary=True).count() == 1
    assert not beheer.gebruiker.has_usable_password()
    assert "Bedankt, Taalhuis De Brug" in client.get(response.url).content.decode()
    # The person is logged in and can go on in the editor.
    assert client.get(f"/organisaties/{organisatie.slug}/wijzigen/").status_code == 200


def test_alles_wat_is_ingevuld_komt_in_de_vermelding(client: Client, thema: Thema) -> None:
    vul_in(
        client,
        thema,
        naam="Stichting  Taalhuis\n De Brug",
        dienst="Taalcafé",
        bereikbaar={
            "email": "info@taalhuis.example",
            "website": "www.taalhuis.example",
            "straat": "Markt 1",
            "postcode": "7201ab",
            "kvk_nummer": "1234 5678",
            "dagen": ["1", "3"],
            "van": "09:00",
            "tot": "12:30",
        },
    )
    stap(client, "insturen", eigen_email=EMAIL)
    organisatie = Organisatie.objects.get()
    locatie, dienst = organisatie.locaties.get(), organisatie.diensten.get()
    assert organisatie.naam == "Stichting Taalhuis De Brug"
    assert organisatie.soort == Soort.STICHTING
    assert organisatie.website == "https://www.taalhuis.example"
    assert organisatie.kvk_nummer == "12345678"
    assert str(organisatie.telefoon.as_e164) == "+31575123456"
    assert list(organisatie.themas.all()) == [thema]
    assert (locatie.straat, locatie.postcode, locatie.plaats) == ("Markt 1", "7201 AB", "Zutphen")
    assert locatie.gemeente is not None
    assert locatie.gemeente.naam == "Zutphen"
    assert list(organisatie.gemeenten.all()) == [locatie.gemeente]
    assert locatie.punt is not None
    assert [(t.dag, f"{t.van:%H:%M}", f"{t.tot:%H:%M}") for t in locatie.openingstijden.all()] == [
        (Dag.MAANDAG, "09:00", "12:30"),
        (Dag.WOENSDAG, "09:00", "12:30"),
    ]
    assert (dienst.naam, list(dienst.themas.all()), list(dienst.locaties.all())) == ("Taalcafé", [thema], [locatie])


def test_mails_bij_elke_stap(client: Client, thema: Thema, django_capture_on_commit_callbacks: Any) -> None:
    moderator = maak_moderator(email="moderator@portaal.example")
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    code = code_uit_mail()
    assert [(m.to, m.subject) for m in mail.outbox] == [([EMAIL], f"{code} is uw code voor Taalhuis De Brug")]
    assert "&" not in mail.outbox[0].body
    client.post(f"{BEGIN}controleren/", {"code": code})
    organisatie = Organisatie.objects.get()
    assert [(m.to, m.subject) for m in mail.outbox[1:]] == [
        ([EMAIL], "Wij hebben uw vermelding ontvangen: Taalhuis De Brug"),
        (["moderator@portaal.example"], "Nieuw om na te kijken: Taalhuis De Brug"),
    ]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        stuur_terug(organisatie=organisatie, door=moderator, reden="Vul het KvK-nummer in.")
    with django_capture_on_commit_callbacks(execute=True):
        publiceer(organisatie=organisatie, door=moderator)
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([EMAIL], "Wilt u uw vermelding aanpassen? Taalhuis De Brug"),
        ([EMAIL], "Taalhuis De Brug staat op het Welzijnportal"),
    ]
    assert "\n\nVul het KvK-nummer in.\n\n" in mail.outbox[0].body
    assert f"/organisaties/{organisatie.slug}/wijzigen/" in mail.outbox[0].body
    assert f"/organisaties/{organisatie.slug}/\n" in mail.outbox[1].body


def test_insturen_van_wie_is_ingelogd_vraagt_geen_adres(client: Client, thema: Thema) -> None:
    sara = maak_gebruiker(email=EMAIL)
    client.force_login(sara)
    vul_in(client, thema)
    pagina = client.get(f"{BEGIN}insturen/").content.decode()
    assert "eigen_email" not in pagina
    response = stap(client, "insturen")
    assert response.url == f"{BEGIN}klaar/"
    organisatie = Organisatie.objects.get()
    assert organisatie.status == Status.INGEDIEND
    assert Beheer.objects.get().gebruiker == sara
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([EMAIL], "Wij hebben uw vermelding ontvangen: Taalhuis De Brug")
    ]


def test_bekend_adres_krijgt_hetzelfde_scherm_en_dezelfde_mail(client: Client, thema: Thema) -> None:
    maak_gebruiker(email="bekend@voorbeeld.example")
    schermen, mails = [], []
    for adres in ("bekend@voorbeeld.example", "nieuw@voorbeeld.example"):
        client.cookies.clear()
        vul_in(client, thema, naam="Taalhuis De Brug")
        stap(client, "insturen", eigen_email=adres)
        tekst = client.get(f"{BEGIN}controleren/").content.decode()
        schermen.append(re.sub(r'value="[^"]+"', "", tekst).replace(adres, "ADRES"))
        code, link = code_uit_mail(), link_uit_mail()
        mails.append((mail.outbox[-1].subject + mail.outbox[-1].body).replace(code, "CODE").replace(link, "LINK"))
    assert schermen[0] == schermen[1]
    assert mails[0] == mails[1]


def test_bekend_adres_wordt_beheerder_met_zijn_eigen_account(client: Client, thema: Thema) -> None:
    sara = maak_gebruiker(email=EMAIL)
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL.upper())
    client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()})
    assert Beheer.objects.get().gebruiker == sara
    sara.refresh_from_db()
    assert sara.has_usable_password()


def test_wachtwoord_van_wie_het_adres_nooit_bevestigde_vervalt(client: Client, thema: Thema) -> None:
    kaper = maak_gebruiker(email=EMAIL, bevestigd=False)
    assert kaper.has_usable_password()
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()})
    kaper.refresh_from_db()
    assert not kaper.has_usable_password()
    assert EmailAddress.objects.get(email=EMAIL).verified


def test_code_uit_de_mail_gaat_niet_om_de_tweede_factor_heen(client: Client, thema: Thema) -> None:
    met_app(maak_gebruiker(email=EMAIL))
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    response = client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()})
    assert response.url == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert Organisatie.objects.get().status == Status.INGEDIEND


# The link in the mail --------------------------------------------------------------------------------


def test_link_openen_bevestigt_niets(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    response = client.get(link_uit_mail())
    assert "Bevestigen en insturen" in response.content.decode()
    assert Organisatie.objects.get().status == Status.CONCEPT


def test_link_in_een_andere_browser_stuurt_in_zonder_in_te_loggen(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    link = link_uit_mail()
    telefoon = Client()
    assert "is bevestigd" in telefoon.post(link).content.decode()
    assert Organisatie.objects.get().status == Status.INGEDIEND
    assert "_auth_user_id" not in telefoon.session
    assert "is bevestigd" in telefoon.get(link).content.decode()
    assert Beheer.objects.count() == 1


@pytest.mark.parametrize("token", ["onzin", "x" * 3000, "WzEsImEiXQ:1abc:def", "%20"])
def test_onbekende_link_krijgt_een_duidelijke_pagina(client: Client, token: str) -> None:
    response = client.get(f"{BEGIN}bevestigen/{token}/")
    assert response.status_code == 410
    assert "Deze link werkt niet meer" in response.content.decode()


def test_link_verloopt_na_zeven_dagen(client: Client, thema: Thema, time_machine: Any) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    link = link_uit_mail()
    time_machine.move_to(timezone.now() + timedelta(days=8), tick=False)
    assert client.post(link).status_code == 410
    assert Organisatie.objects.get().status == Status.CONCEPT


def test_nieuwe_code_maakt_de_oude_link_en_code_ongeldig(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email="fuot@taalhuis.example")
    oude_link, oude_code = link_uit_mail(), code_uit_mail()
    client.post(f"{BEGIN}controleren/", {"opnieuw": "ja", "eigen_email": EMAIL})
    assert mail.outbox[-1].to == [EMAIL]
    assert client.post(oude_link).status_code == 410
    if oude_code != code_uit_mail():
        assert "Deze code klopt niet" in client.post(f"{BEGIN}controleren/", {"code": oude_code}).content.decode()
    client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()})
    assert Beheer.objects.get().gebruiker.email == EMAIL


def test_vijf_foute_codes_en_de_goede_werkt_niet_meer(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    goed = code_uit_mail()
    fout = "0000 0000" if goed != "0000 0000" else "1111 1111"
    for _ in range(5):
        assert "Deze code klopt niet" in client.post(f"{BEGIN}controleren/", {"code": fout}).content.decode()
    assert "Vraag een nieuwe code aan" in client.post(f"{BEGIN}controleren/", {"code": goed}).content.decode()
    assert Organisatie.objects.get().status == Status.CONCEPT


@pytest.mark.parametrize("code", ["", "12", "abcdefgh", "٣" * 8, "1" * 1_000_000, "1234\x005678"])
def test_onmogelijke_code_geeft_een_melding(client: Client, thema: Thema, code: str) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    response = client.post(f"{BEGIN}controleren/", {"code": code})
    assert response.status_code == 200
    assert "Nog niet gelukt" in response.content.decode()


def test_afgesloten_account_kan_niet_bevestigen(client: Client, thema: Thema) -> None:
    maak_gebruiker(email=EMAIL, is_active=False)
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    assert "is afgesloten" in client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()}).content.decode()
    assert not Beheer.objects.exists()


# Nothing is lost -------------------------------------------------------------------------------------


def test_sessie_kwijt_en_toch_verder(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    for naam in list(client.cookies):
        if naam != "aanmelding":
            del client.cookies[naam]
    tekst = client.get(BEGIN).content.decode()
    assert "U was bezig met de aanmelding van <strong>Taalhuis De Brug</strong>" in tekst
    assert "Verder met stap 4 van 4" in tekst
    stap(client, "insturen", eigen_email=EMAIL)
    assert Organisatie.objects.get().naam == "Taalhuis De Brug"


def test_cookie_is_getekend_en_niet_te_lezen_voor_scripts(client: Client) -> None:
    response = stap(client, "naam", naam="De Brug", plaats="Zutphen")
    cookie = response.cookies["aanmelding"]
    assert (cookie["httponly"], cookie["max-age"], cookie["samesite"]) == (True, 30 * 24 * 3600, "Lax")
    client.cookies["aanmelding"] = cookie.value[:-3] + "xyz"
    assert "Welkom terug" not in client.get(BEGIN).content.decode()


def test_ook_een_stap_met_fouten_wordt_bewaard(client: Client) -> None:
    stap(client, "naam", naam="Taalhuis De Brug", plaats="Nergenshuizen")
    tekst = client.get(f"{BEGIN}naam/").content.decode()
    assert 'value="Taalhuis De Brug"' in tekst
    assert 'value="Nergenshuizen"' in tekst
    assert "Deze plaats kennen wij niet" in tekst


def test_terug_bewaart_wat_er_stond(client: Client, thema: Thema) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    response = stap(client, "aanbod", kort="Half af", terug="ja")
    assert response.url == f"{BEGIN}naam/"
    assert "Half af" in client.get(f"{BEGIN}aanbod/").content.decode()


def test_opnieuw_beginnen_wist_alles(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    client.post(BEGIN)
    assert not Aanmeldconcept.objects.exists()
    assert "Welkom terug" not in client.get(BEGIN).content.decode()


@pytest.mark.parametrize("naam", ["aanbod", "bereikbaar", "insturen"])
def test_latere_stap_zonder_aanmelding_begint_vooraan(client: Client, naam: str) -> None:
    response = client.get(f"{BEGIN}{naam}/", follow=True)
    assert response.status_code == 200
    assert "Hoe heet uw organisatie?" in response.content.decode()


def test_stap_overslaan_gaat_naar_wat_nog_open_is(client: Client) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    assert client.get(f"{BEGIN}insturen/").url == f"{BEGIN}aanbod/"
    assert stap(client, "insturen", eigen_email=EMAIL).url == f"{BEGIN}aanbod/"
    assert not Organisatie.objects.exists()


def test_onbekende_stap_bestaat_niet(client: Client) -> None:
    assert client.get(f"{BEGIN}iets/").status_code == 404


def test_gegevens_verdwijnen_bij_het_insturen_en_bevestigen(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    assert set(Aanmeldconcept.objects.get().gegevens) == {"email", "code", "pogingen", "tot"}
    client.post(f"{BEGIN}controleren/", {"code": code_uit_mail()})
    assert Aanmeldconcept.objects.get().gegevens == {"bevestigd": True}


def test_oude_aanmeldingen_worden_opgeruimd(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    ander = maak_organisatie(status=Status.CONCEPT)
    assert acties.ruim_aanmeldingen_op() == 0
    Aanmeldconcept.objects.update(gewijzigd_op=timezone.now() - timedelta(days=31))
    assert acties.ruim_aanmeldingen_op() == 1
    assert list(Organisatie.objects.all()) == [ander]


# Look-alikes -----------------------------------------------------------------------------------------


def test_lijkt_op_een_bestaande_en_kan_toch_verder(client: Client) -> None:
    bestaand = maak_organisatie(naam="Stichting Taalhuis De Brug")
    maak_locatie(bestaand, plaats="Zutphen")
    maak_organisatie(naam="Stichting De Boog")
    tekst = stap(client, "naam", naam="Taalhuis de Brug", plaats="Zutphen").content.decode()
    assert "Staat u er al?" in tekst
    assert f'href="/organisaties/{bestaand.slug}/"' in tekst
    assert "De Boog" not in tekst
    response = stap(client, "naam", naam="Taalhuis de Brug", plaats="Zutphen", andere="ja", gelijk=bestaand.pk)
    assert response.url == f"{BEGIN}aanbod/"


def test_zelfde_website_of_kvk_wordt_gemeld_in_de_stap_waar_u_die_invult(client: Client, thema: Thema) -> None:
    kvk = maak_organisatie(naam="Heel iets anders", kvk_nummer="12345678")
    web = maak_organisatie(naam="Nog iets anders", website="https://brug.example/over-ons")
    stap(client, "naam", naam="Taalhuis De Brug", plaats="Zutphen")
    stap(client, "aanbod", kort="Taal", themas=thema.pk)
    data = {"website": "http://WWW.brug.example/", "kvk_nummer": "12 34 56 78"}
    tekst = stap(client, "bereikbaar", **data).content.decode()
    assert "Heeft hetzelfde KvK-nummer." in tekst
    assert f"/organisaties/{web.slug}/" in tekst
    response = stap(client, "bereikbaar", **data, andere="ja", gelijk=[kvk.pk, web.pk])
    assert response.url == f"{BEGIN}insturen/"


def test_fragment_toont_gelijken_tijdens_het_typen(client: Client) -> None:
    maak_organisatie(naam="Taalhuis De Brug")
    maak_organisatie(naam="Taalhuis De Brug Geheim", status=Status.INGEDIEND)
    response = client.get(BEGIN, {"naam": "taalhuis de bru"}, headers={"X-Requested-With": "fetch"})
    tekst = response.content.decode()
    assert "Taalhuis De Brug" in tekst
    assert "Geheim" not in tekst
    assert "<html" not in tekst


@pytest.mark.parametrize("naam", ["", "x", "%", "\\", "' or 1=1", "🙂🙂🙂", "a" * 10_000])
def test_fragment_verdraagt_elke_tekst(client: Client, naam: str) -> None:
    response = client.get(BEGIN, {"naam": naam, "plaats": naam}, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 200


# Bad input -------------------------------------------------------------------------------------------

RAAR = {
    "nul": "a\x00b",
    "megabyte": "a" * 1_000_000,
    "rtl": "Taalhuis \u202egnirb",
    "onzichtbaar": "\u200b",
    "besturing": "a\x07b",
    "reclame": "Win geld op https://reclame.example",
}


@pytest.mark.parametrize("soort", RAAR)
@pytest.mark.parametrize("veld", ["naam", "plaats"])
def test_rare_tekst_in_stap_1_geeft_een_melding(client: Client, soort: str, veld: str) -> None:
    data = {"naam": "De Brug", "plaats": "Zutphen", veld: RAAR[soort]}
    response = stap(client, "naam", **data)
    assert response.status_code == 200
    assert "Nog niet gelukt" in response.content.decode()
    assert client.get(f"{BEGIN}naam/").status_code == 200


@pytest.mark.parametrize(
    "naam", ["🙂 Blij", "<script>alert(1)</script>", "<b>Vet & meer</b>", "مرحبا", '\'t Huis "De Brug"']
)
def test_gewone_rare_tekst_blijft_zoals_die_is(client: Client, thema: Thema, naam: str) -> None:
    vul_in(client, thema, naam=naam)
    pagina = client.get(f"{BEGIN}insturen/").content.decode()
    assert "<script>alert" not in pagina
    assert "<b>Vet" not in pagina
    stap(client, "insturen", eigen_email=EMAIL)
    organisatie = Organisatie.objects.get()
    assert organisatie.naam == naam
    assert client.get(f"{BEGIN}controleren/").status_code == 200


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("telefoon", "12", "Vul een telefoonnummer in"),
        ("telefoon", "9" * 1_000_000, "Vul een telefoonnummer in"),
        ("telefoon", "bel mij", "Vul een telefoonnummer in"),
        ("email", "geen adres", "Vul een e-mailadres in"),
        ("website", "javascript:alert(1)", "Vul een webadres in"),
        ("website", "https://naam:geheim@voorbeeld.example", "Vul een webadres in"),
        ("website", "localhost", "Vul een webadres in"),
        ("kvk_nummer", "-1234567", "Een KvK-nummer bestaat uit 8 cijfers"),
        ("kvk_nummer", "123", "Een KvK-nummer bestaat uit 8 cijfers"),
        ("postcode", "0000 AA", "Een postcode bestaat uit"),
        ("postcode", "1012 SS", "Een postcode bestaat uit"),
        ("postcode", "1012 AB", "Deze postcode hoort bij Amsterdam, niet bij Zutphen"),
        ("straat", "Markt\u202e1", "één regel zonder bijzondere tekens"),
        ("van", "25:00", "Vul een tijd in"),
        ("van", "09:00", "Kruis aan op welke dagen"),
        ("dagen", "9", "Selecteer een geldige keuze"),
    ],
)
def test_foute_invoer_in_stap_3(client: Client, thema: Thema, veld: str, waarde: str, melding: str) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    stap(client, "aanbod", kort="Taal", themas=thema.pk)
    response = stap(client, "bereikbaar", **({"telefoon": "0575 123456"} | {veld: waarde}))
    assert response.status_code == 200
    assert melding in response.content.decode()


@pytest.mark.parametrize(
    "nummer",
    [
        "06 12345678",
        "0612345678",
        "06-12345678",
        "+31 6 12345678",
        "(0575) 12 34 56",
        "14 0575",
        "0800 1234",
        "088 1234567",
    ],
)
def test_telefoonnummers_zoals_mensen_ze_schrijven(client: Client, thema: Thema, nummer: str) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    stap(client, "aanbod", kort="Taal", themas=thema.pk)
    assert stap(client, "bereikbaar", telefoon=nummer).url == f"{BEGIN}insturen/"


def test_zonder_enige_manier_van_contact(client: Client, thema: Thema) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    stap(client, "aanbod", kort="Taal", themas=thema.pk)
    assert "Vul een telefoonnummer, een e-mailadres of een website in" in stap(client, "bereikbaar").content.decode()


@pytest.mark.parametrize("themas", [[], ["abc"], ["999999999"], ["-1"], ["9" * 50], ["\x00"]])
def test_onmogelijk_thema(client: Client, thema: Thema, themas: list[str]) -> None:
    stap(client, "naam", naam="De Brug", plaats="Zutphen")
    response = stap(client, "aanbod", kort="Taal", themas=themas)
    assert response.status_code == 200
    assert "Nog niet gelukt" in response.content.decode()


def test_plaatsnaam_die_vaker_voorkomt_vraagt_welke(client: Client) -> None:
    tekst = stap(client, "naam", naam="De Brug", plaats="Hengelo").content.decode()
    assert "Deze naam komt vaker voor" in tekst
    assert "Hengelo (Gelderland)" in tekst
    assert stap(client, "naam", naam="De Brug", plaats="Hengelo (Gelderland)").url == f"{BEGIN}aanbod/"


@pytest.mark.parametrize(
    "email", ["", "geen", "sara@", "ſara@voorbeeld.example", "a@b.c\nBcc: x@y.z", "a" * 300 + "@b.example"]
)
def test_fout_eigen_adres(client: Client, thema: Thema, email: str) -> None:
    vul_in(client, thema)
    assert stap(client, "insturen", eigen_email=email).status_code == 200
    assert not Organisatie.objects.exists()


def test_te_vaak_insturen_wordt_geweigerd(client: Client, thema: Thema, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "aanmelden": "1/h/ip"}
    for nummer in (1, 2):
        client.cookies.clear()
        vul_in(client, thema, naam=f"{nummer} heel andere naam {nummer}")
        response = stap(client, "insturen", eigen_email=EMAIL)
    assert response.status_code == 429
    assert "Probeer het over een uur opnieuw" in response.content.decode()
    assert Organisatie.objects.count() == 1
    cache.clear()


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


# Two requests at once --------------------------------------------------------------------------------

SLACHTOFFER = "moderator@portaal.example"


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


# Mails to one address --------------------------------------------------------------------------------


def _opnieuw(client: Client, email: str) -> str:
    response = client.post(f"{BEGIN}controleren/", {"opnieuw": "ja", "eigen_email": email}, follow=True)
    return response.content.decode()


def test_een_adres_krijgt_niet_meer_dan_vijf_codes_per_uur(client: Client, thema: Thema, time_machine: Any) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    assert "U krijgt niet meer dan 5 mails per uur" in client.get(f"{BEGIN}controleren/").content.decode()
    schermen = [_opnieuw(client, email) for email in (EMAIL, EMAIL.upper(), EMAIL, EMAIL, EMAIL, EMAIL)]
    assert [m.to for m in mail.outbox] == [[EMAIL]] * 5
    assert "U krijgt niet meer dan 5 mails per uur. Kijk ook bij ongewenste mail." in schermen[0]
    kaal = {re.sub(r'(value|nonce)="[^"]+"', "", scherm) for scherm in schermen}
    assert len(kaal) == 1
    # The last code that was mailed goes on working.
    laatste = code_uit_mail()
    assert client.post(f"{BEGIN}controleren/", {"code": laatste}).url == f"{BEGIN}klaar/"
    # Another registration does not mail it either; an hour later it does.
    ander = type(client)()
    ander.vangt = client.vangt
    vul_in(ander, thema, naam="Heel iets anders")
    stap(ander, "insturen", eigen_email=EMAIL)
    codes = [m for m in mail.outbox if "is uw code" in m.subject]
    assert len(codes) == 5
    assert "U krijgt niet meer dan 5 mails per uur" in ander.get(f"{BEGIN}controleren/").content.decode()
    assert "Deze code klopt niet" in ander.post(f"{BEGIN}controleren/", {"code": laatste}).content.decode()
    time_machine.shift(timedelta(hours=1, seconds=1))
    _opnieuw(ander, EMAIL)
    assert "is uw code" in mail.outbox[-1].subject
    assert ander.post(f"{BEGIN}controleren/", {"code": code_uit_mail()}).url == f"{BEGIN}klaar/"


def test_ander_adres_boven_de_grens_maakt_de_oude_code_ongeldig(client: Client, thema: Thema, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "aanmeldcode": "1/h/key"}
    for naam, email in (("Eerste", SLACHTOFFER), ("Tweede heel anders", EMAIL)):
        client.cookies.clear()
        vul_in(client, thema, naam=naam)
        stap(client, "insturen", eigen_email=email)
    code, link = code_uit_mail(), link_uit_mail()
    assert SLACHTOFFER in _opnieuw(client, SLACHTOFFER)
    assert len(mail.outbox) == 2
    assert client.post(link).status_code == 410
    for poging in (code, "0000 0000"):
        assert "Deze code klopt niet" in client.post(f"{BEGIN}controleren/", {"code": poging}).content.decode()
    assert not Beheer.objects.exists()


def test_tweede_keer_insturen_via_de_pagina(client: Client, thema: Thema) -> None:
    vul_in(client, thema)
    stap(client, "insturen", eigen_email=EMAIL)
    assert stap(client, "insturen", eigen_email=EMAIL).url == f"{BEGIN}controleren/"
    assert Organisatie.objects.count() == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_van_de_laatste_stap(
    client: Client, thema: Thema, aantal: int, django_assert_num_queries: Any
) -> None:
    for _ in range(aantal):
        maak_organisatie()
    vul_in(client, thema)
    with django_assert_num_queries(7):
        client.get(f"{BEGIN}insturen/")
