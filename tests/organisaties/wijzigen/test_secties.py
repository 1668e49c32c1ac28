import pytest
from django.test import Client

from organisaties.keuzes import Status, Werkgebied
from organisaties.models import (
    Organisatie,
    OrganisatieSlug,
    Wijzigingsverzoek,
)
from tests.fabriek import maak_thema
from tests.organisaties.wijzigen.editor import bewaar, pad
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.models import Gemeente

pytestmark = pytest.mark.django_db


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
