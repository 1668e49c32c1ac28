import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from organisaties.actions.status import publiceer, stuur_terug
from organisaties.keuzes import Dag, Soort, Status
from organisaties.models import Beheer, Organisatie, Thema
from tests.accounts.stappen import met_app
from tests.fabriek import maak_gebruiker, maak_moderator
from tests.organisaties.aanmelden.stappen import BEGIN, EMAIL, code_uit_mail, link_uit_mail, stap, vul_in
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


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
