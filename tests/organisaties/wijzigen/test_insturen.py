import pytest
from django.test import Client

from organisaties.keuzes import Status
from organisaties.models import (
    Organisatie,
)
from tests.fabriek import WACHTWOORD, maak_locatie, maak_thema
from tests.organisaties.wijzigen.editor import bewaar, pad, velden_van
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


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
