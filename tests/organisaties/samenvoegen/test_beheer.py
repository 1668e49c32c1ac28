"""The pages of the desk: look-alikes, side by side, preview, confirm, undo."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisaties.actions.dubbelen import zoek
from organisaties.models import Dubbelpaar, Organisatie, Samenvoeging
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie
from tests.organisaties.samenvoegen.conftest import maak
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db
LIJST = "/beheer/organisaties/dubbelpaar/wachtrij/"


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False


@pytest.fixture
def ik(client: Client, moderator: Gebruiker) -> Client:
    client.force_login(moderator)
    return client


def adres(blijver: Organisatie, ander: Organisatie) -> str:
    return f"/beheer/organisaties/samenvoeging/maken/?een={blijver.pk}&ander={ander.pk}"


def test_van_paar_tot_ongedaan(ik: Client, linde: Organisatie, dubbel: Organisatie) -> None:
    Organisatie.objects.filter(pk=dubbel.pk).update(website="https://www.linde.example/over", telefoon=linde.telefoon)
    maak_dienst(dubbel, naam="Spreekuur")
    assert zoek([linde.pk]) == 1
    tekst = ik.get(LIJST).content.decode()
    assert "1 paar lijkt op één organisatie" in tekst
    assert "Zelfde website, zelfde telefoonnummer" in tekst
    pagina = ik.get(adres(linde, dubbel))
    tekst = pagina.content.decode()
    assert "Deze blijft" in tekst
    assert "Rik (beheerder)" in tekst
    assert "1 keer aanbod" in tekst or "1 aanbod" in tekst
    form = pagina.context["form"]
    keuzes = {veld.html_name: veld.value() for veld in form.keuzevelden}
    assert (keuzes["veld_naam"], keuzes["veld_email"]) == ("blijver", "ander")
    gegevens = {**keuzes, "gezien": pagina.context["gezien"], "beheerders_mee": "on", "oude_naam_bewaren": "on"}
    tekst = ik.post(adres(linde, dubbel), {**gegevens, "stap": "voorbeeld"}).content.decode()
    assert "Klopt dit zo?" in tekst
    assert "Rik (beheerder) gaat ook Buurthuis De Linde bijhouden" in tekst
    assert not Samenvoeging.objects.exists()
    assert "Wat komt er te staan?" in ik.post(adres(linde, dubbel), {**gegevens, "stap": "terug"}).content.decode()
    antwoord = ik.post(adres(linde, dubbel), {**gegevens, "stap": "bevestigen"}, follow=True)
    assert "Samenvoegen ongedaan maken" in antwoord.content.decode()
    voeging = Samenvoeging.objects.get()
    assert "Niets lijkt dubbel" in ik.get(LIJST).content.decode()
    assert "Stichting De Linde" in ik.get("/beheer/organisaties/samenvoeging/").content.decode()
    tekst = ik.post(f"/beheer/organisaties/samenvoeging/{voeging.pk}/ongedaan/", follow=True).content.decode()
    assert "zijn weer twee vermeldingen" in tekst
    assert Organisatie.objects.zichtbaar().count() == 2


def test_wie_iets_ouds_zag_kijkt_opnieuw_met_de_keuzes_er_nog(
    ik: Client, linde: Organisatie, dubbel: Organisatie
) -> None:
    pagina = ik.get(adres(linde, dubbel))
    keuzes = {veld.html_name: "ander" for veld in pagina.context["form"].keuzevelden}
    Organisatie.objects.filter(pk=dubbel.pk).update(versie=9, kort="Wij zijn verhuisd.")
    gegevens = {**keuzes, "veld_kort": "ander", "gezien": pagina.context["gezien"], "stap": "bevestigen"}
    antwoord = ik.post(adres(linde, dubbel), gegevens)
    assert "aangepast terwijl u keek" in antwoord.content.decode()
    assert antwoord.context["form"]["veld_naam"].value() == "ander"
    assert not Samenvoeging.objects.exists()


def test_kiezen_uit_de_lijst_van_organisaties(ik: Client, linde: Organisatie, dubbel: Organisatie) -> None:
    def kies(*pks: int) -> Any:
        data = {"action": "samenvoegen", "_selected_action": pks}
        return ik.post("/beheer/organisaties/organisatie/", data)

    assert kies(linde.pk, dubbel.pk).url == adres(linde, dubbel)
    assert "precies twee" in ik.get(kies(linde.pk).url).content.decode()


def test_alleen_de_gepubliceerde_kan_blijven(ik: Client, linde: Organisatie) -> None:
    nieuw = maak("De Linde", status="ingediend")
    assert ik.get(adres(nieuw, linde)).url == adres(linde, nieuw)
    assert "Omwisselen" not in ik.get(adres(linde, nieuw)).content.decode()


def test_niet_dubbel_blijft_opzij_en_kan_terug(ik: Client, linde: Organisatie, dubbel: Organisatie) -> None:
    paar = Dubbelpaar.objects.create(een=linde, ander=dubbel, score=70, redenen=["zelfde website"])
    ik.post(LIJST, {"pk": paar.pk, "besluit": "opzij"})
    assert "Niets lijkt dubbel" in ik.get(LIJST).content.decode()
    assert "al beslist" in ik.post(LIJST, {"pk": paar.pk, "besluit": "opzij"}, follow=True).content.decode()
    ik.post(LIJST, {"pk": paar.pk, "besluit": "terug"})
    paar.refresh_from_db()
    assert (paar.status, paar.beoordeeld_door) == ("open", None)


@pytest.mark.parametrize("wie", ["vreemde", "staf", "bezoeker"])
def test_alleen_voor_moderatoren(client: Client, linde: Organisatie, dubbel: Organisatie, wie: str) -> None:
    voeging = Samenvoeging.objects.create(blijver=linde, verdwenen=dubbel, oude_slug="x")
    if wie != "bezoeker":
        client.force_login(maak_gebruiker(is_staff=wie == "staf"))
    for pad in (LIJST, adres(linde, dubbel), f"/beheer/organisaties/samenvoeging/{voeging.pk}/ongedaan/"):
        assert client.get(pad).status_code in (302, 403)
        assert client.post(pad, {"stap": "bevestigen"}).status_code in (302, 403)
    assert Samenvoeging.objects.filter(ongedaan_op=None).count() == 1


@pytest.mark.parametrize(
    "vraag", ["", "?een=1", "?een=1&ander=1", "?een=abc&ander=2", "?een=99999999999999999999&ander=2"]
)
def test_onzin_in_het_adres(ik: Client, vraag: str) -> None:
    assert ik.get(f"/beheer/organisaties/samenvoeging/maken/{vraag}").status_code == 404
    assert ik.post(LIJST, {"pk": "x", "besluit": "opzij"}).status_code == 302


def test_de_lijst_kost_evenveel_vragen_bij_een_als_bij_drie_paren(
    ik: Client, linde: Organisatie, dubbel: Organisatie
) -> None:
    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevangen:
            ik.get(LIJST)
        return len(gevangen)

    maak_locatie(linde)
    Dubbelpaar.objects.create(een=linde, ander=dubbel, score=70, redenen=["zelfde website"])
    # The first page of a session asks for its rights once.
    ik.get(LIJST)
    bij_een = vragen()
    derde = maak("De derde")
    maak_locatie(derde)
    Dubbelpaar.objects.create(een=linde, ander=derde, score=70, redenen=["zelfde website"])
    Dubbelpaar.objects.create(een=dubbel, ander=derde, score=70, redenen=["zelfde website"])
    assert (bij_een, vragen()) == (10, 10)
