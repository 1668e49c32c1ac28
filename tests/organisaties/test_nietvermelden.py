import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from organisaties.actions import nietvermelden as acties
from organisaties.gelijkenis import naamkern
from organisaties.imports.rijen import controleer
from organisaties.imports.uitvoeren import Uitkomst, voer_uit
from organisaties.models import Beheer, NietVermelding, Organisatie
from organisaties.models.organisatie import NAAMKERN
from tests.fabriek import maak_gebruiker, maak_locatie, maak_moderator, maak_organisatie
from welzijnportal import tabular
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db
ADRES = "/organisaties/stichting-de-linde/niet-vermelden/"
KOP = "id;naam;aanbod;website;kvk;straat;postcode;plaats"
RIJ = "7;Stichting De Linde;Samen eten;https://linde.example;12345678;Lindelaan 12;3511 AB;Utrecht"


@pytest.fixture
def linde(db: None) -> Organisatie:
    organisatie = maak_organisatie(
        naam="Stichting De Linde", website="https://linde.example", email="info@post.example", kvk_nummer="12345678",
        bron="stad", extern_id="7",
    )  # fmt: skip
    maak_locatie(organisatie)
    return organisatie


@pytest.fixture
def moderator(db: None) -> Gebruiker:
    return maak_moderator(email="mo@voorbeeld.example")


def importeer(*rijen: str, bron: str = "stad") -> Uitkomst:
    return voer_uit(controleer(tabular.lees("\n".join([KOP, *rijen]).encode())), bron=bron, door=None, publiceer=True)


def link() -> str:
    gevonden = re.search(r"(/organisaties/niet-vermelden/\S+)", mail.outbox[-1].body)
    assert gevonden
    return gevonden[1]


@pytest.mark.parametrize("email", ["info@post.example", "lia@linde.example"])
def test_met_een_adres_van_de_organisatie_is_een_druk_genoeg(client: Client, linde: Organisatie, email: str) -> None:
    assert client.get(ADRES).status_code == 200
    assert "Uw vraag is verstuurd" in client.post(ADRES, {"email": email}, follow=True).content.decode()
    assert [bericht.to for bericht in mail.outbox] == [[email]]
    adres = link()
    # A mail scanner that opens the link changes nothing.
    assert "van het portaal halen?" in client.get(adres).content.decode()
    linde.refresh_from_db()
    assert linde.status == "gepubliceerd"
    assert "staat niet meer op het portaal" in client.post(adres).content.decode()
    linde.refresh_from_db()
    assert linde.status == "gearchiveerd"
    verzoek = NietVermelding.objects.get()
    assert (verzoek.bron, verzoek.extern_id, verzoek.kvk_nummer, verzoek.domein, verzoek.naamkern, verzoek.postcode) == (
        "stad", "7", "12345678", "linde.example", "linde", "3511 AB",
    )  # fmt: skip
    assert "staat niet meer op het portaal" in client.get(adres).content.decode()
    assert client.get("/organisaties/stichting-de-linde/").status_code == 404


def test_een_ander_adres_gaat_naar_de_redactie(
    client: Client, linde: Organisatie, moderator: Gebruiker, settings: Any
) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    rij = "/beheer/organisaties/nietvermelding/wachtrij/"
    client.post(ADRES, {"email": "wie@voorbeeld.example", "reden": "Wij zijn gestopt."})
    assert [bericht.to for bericht in mail.outbox] == [["mo@voorbeeld.example"]]
    client.force_login(moderator)
    assert "Wij zijn gestopt." in client.get(rij).content.decode()
    verzoek = NietVermelding.objects.get()
    client.post(rij, {"pk": verzoek.pk, "besluit": "weghalen"})
    linde.refresh_from_db()
    assert linde.status == "gearchiveerd"
    assert "niet meer op het Welzijnportal" in mail.outbox[-1].body
    assert "al beslist" in client.post(rij, {"pk": verzoek.pk, "besluit": "afwijzen"}, follow=True).content.decode()
    client.post(rij, {"pk": verzoek.pk, "besluit": "opheffen"})
    verzoek.refresh_from_db()
    assert verzoek.status == "opgeheven"
    assert importeer(RIJ).overgeslagen == 0
    client.force_login(maak_gebruiker(is_staff=True))
    assert client.get(rij).status_code == 403


def test_wie_wordt_bijgehouden_beslist_de_redactie_ook_met_een_eigen_adres(
    client: Client, linde: Organisatie, moderator: Gebruiker
) -> None:
    Beheer.objects.create(organisatie=linde, gebruiker=maak_gebruiker(email="bea@linde.example"), rol="beheerder")
    client.post(ADRES, {"email": "lia@linde.example"})
    assert {bericht.to[0] for bericht in mail.outbox} == {"bea@linde.example", "mo@voorbeeld.example"}
    assert "lia@linde.example" not in "".join(bericht.body for bericht in mail.outbox)
    linde.refresh_from_db()
    assert linde.status == "gepubliceerd"


@pytest.mark.parametrize(
    ("rij", "bron"),
    [
        (RIJ, "stad"),
        ("99;Iets anders;Eten;https://www.linde.example/over;;Dorp 1;9712 CP;Groningen", "stad"),
        ("99;Iets anders;Eten;;12345678;Dorp 1;9712 CP;Groningen", "elders"),
        ("99;De Linde;Eten;;;Andere straat 1;3511 AB;Utrecht", "elders"),
    ],
)
def test_een_import_slaat_haar_over_en_zegt_dat(linde: Organisatie, moderator: Gebruiker, rij: str, bron: str) -> None:
    verzoek = acties.vraag(organisatie=linde, email="wie@voorbeeld.example")
    acties.beoordeel_verzoek(verzoek=verzoek, door=moderator, akkoord=True)
    ander = "100;De Eik;Eten;https://eik.example;;Eikstraat 1;3512 AB;Utrecht"
    uitkomst = importeer(rij, ander, bron=bron)
    assert (uitkomst.nieuw, uitkomst.gewijzigd, uitkomst.overgeslagen) == (1, 0, 1)
    assert [probleem.melding for probleem in uitkomst.problemen if "vermeld" in probleem.melding] == [
        "Overgeslagen: wil niet vermeld worden."
    ]
    assert list(Organisatie.objects.zichtbaar().values_list("naam", flat=True)) == ["De Eik"]


def test_een_vreemde_rij_met_dezelfde_sleutel_uit_een_andere_bron_blijft(
    linde: Organisatie, moderator: Gebruiker
) -> None:
    verzoek = acties.vraag(organisatie=linde, email="wie@voorbeeld.example")
    acties.beoordeel_verzoek(verzoek=verzoek, door=moderator, akkoord=True)
    assert importeer("7;De Eik;Eten;https://eik.example;;Eikstraat 1;3512 AB;Utrecht", bron="elders").nieuw == 1


def test_een_oude_of_verzonnen_link(client: Client, linde: Organisatie) -> None:
    client.post(ADRES, {"email": "info@post.example"})
    NietVermelding.objects.update(gevraagd_op=timezone.now() - timedelta(days=15))
    for adres in (link(), "/organisaties/niet-vermelden/verzonnen/"):
        assert client.get(adres).status_code == 410
        assert client.post(adres).status_code == 410
    linde.refresh_from_db()
    assert linde.status == "gepubliceerd"


def test_een_vraag_tegelijk_en_niet_te_vaak(client: Client, linde: Organisatie) -> None:
    cache.clear()
    for _ in range(5):
        client.post(ADRES, {"email": "info@post.example"})
    antwoord = client.post(ADRES, {"email": "info@post.example", "reden": "Nog eens."})
    assert (antwoord.status_code, "Nog eens." in antwoord.content.decode()) == (429, True)
    assert NietVermelding.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        NietVermelding.objects.create(organisatie=linde, naam="x")
    for _ in range(2):
        if NietVermelding.objects.filter(status="actief").exists():
            with pytest.raises(IntegrityError), transaction.atomic():
                NietVermelding.objects.create(status="actief", bron="stad", extern_id="8", naam="x")
        else:
            NietVermelding.objects.create(status="actief", bron="stad", extern_id="8", naam="x")


def test_zonder_adres(client: Client, linde: Organisatie) -> None:
    tekst = client.post(ADRES, {"email": "", "reden": "Wij zijn gestopt."}).content.decode()
    assert "Vul uw e-mailadres in" in tekst
    assert "Wij zijn gestopt." in tekst
    client.post(ADRES, {"email": "a@voorbeeld.example", "bijnaam": "bot"})
    assert not NietVermelding.objects.exists()


def test_adressen_gaan_na_dertig_dagen_weg(linde: Organisatie, moderator: Gebruiker) -> None:
    verzoek = acties.vraag(organisatie=linde, email="wie@voorbeeld.example")
    acties.beoordeel_verzoek(verzoek=verzoek, door=moderator, akkoord=False)
    NietVermelding.objects.update(beoordeeld_op=timezone.now() - timedelta(days=31))
    assert acties.ruim_op() == 1
    assert NietVermelding.objects.get().email == ""
    onbevestigd = acties.vraag(organisatie=linde, email="info@post.example")
    NietVermelding.objects.filter(pk=onbevestigd.pk).update(gevraagd_op=timezone.now() - timedelta(days=31))
    acties.ruim_op()
    assert not NietVermelding.objects.filter(pk=onbevestigd.pk).exists()


@pytest.mark.parametrize(
    "naam",
    ["Stichting De Linde", "St. 't Vlot", "Vereniging ÉÉN & Co.", "Coöperatie Zorg-Samen BV", "Ver_eniging 2", "De"],
)
def test_de_kern_van_een_naam_is_die_van_de_index(naam: str) -> None:
    organisatie = maak_organisatie(naam=naam)
    in_database = Organisatie.objects.annotate(kern=NAAMKERN).values_list("kern", flat=True).get(pk=organisatie.pk)
    assert naamkern(naam) == in_database
    assert connection.vendor == "postgresql"
