from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from organisaties.actions.samenvoegen import Keuzes, SamenvoegFout, kenmerk, maak_ongedaan, voeg_samen
from organisaties.actions.samenvoegen.waarden import (
    BLIJFT_VAN_BLIJVER,
    EIGEN_VELDEN,
    KEUZEVELDEN,
    LIJSTEN,
    VERZAMELINGEN,
)
from organisaties.keuzes import Status
from organisaties.models import (
    Beheer,
    BeheerUitnodiging,
    Bevestiging,
    Contactpersoon,
    Dagtelling,
    Dienst,
    Doorgeeflijst,
    Doorgeefregel,
    Dubbelpaar,
    Importrij,
    Locatie,
    Melding,
    Openingstijd,
    Organisatie,
    OrganisatieSlug,
    Samenvoeging,
    Verbinding,
    Zoekrij,
)
from organisaties.models.beheer import Rol
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie, maak_thema
from tests.organisaties.samenvoegen.conftest import maak
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


def rollen(organisatie: Organisatie) -> set[tuple[str, str]]:
    return set(Beheer.objects.filter(organisatie=organisatie).values_list("gebruiker__email", "rol"))


def test_elke_kolom_van_een_organisatie_heeft_een_plaats() -> None:
    kolommen = {veld.name for veld in Organisatie._meta.concrete_fields}
    bekend = {*KEUZEVELDEN, *LIJSTEN, *EIGEN_VELDEN, *BLIJFT_VAN_BLIJVER}
    assert kolommen - bekend == set()
    assert {veld.name for veld in Organisatie._meta.many_to_many} == {*VERZAMELINGEN, "labels"}


def test_alles_komt_bij_de_vermelding_die_blijft(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker, bea: Gebruiker, rik: Gebruiker
) -> None:
    thema, ander_thema = maak_thema(naam="Geld"), maak_thema(naam="Eten")
    linde.themas.add(thema)
    dubbel.themas.add(thema, ander_thema)
    dubbel.labels.add("Noord")
    plek = maak_locatie(dubbel, straat="Eikstraat 1")
    Openingstijd.objects.create(locatie=plek, dag=1, van=time(9), tot=time(12))
    dienst = maak_dienst(dubbel, naam="Spreekuur geld")
    dienst.locaties.add(plek)
    persoon = Contactpersoon.objects.create(organisatie=dubbel, naam="Rik")
    melding = Melding.objects.create(organisatie=dubbel, tekst="Klopt niet.")
    lijst = Doorgeeflijst.objects.create(eigenaar=bea, naam="Voor mevrouw")
    Doorgeefregel.objects.create(lijst=lijst, organisatie=dubbel, zin="Bel eerst.")
    Bevestiging.objects.create(organisatie=dubbel, blok="tijden")
    nodig = BeheerUitnodiging.objects.create(
        organisatie=dubbel, email="gast@voorbeeld.example", token_hash="h", verloopt_op=timezone.now() + timedelta(9)
    )
    kind = maak("Jongeren van De Linde", hoort_bij=dubbel)
    mail.outbox.clear()
    voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    linde.refresh_from_db()
    dubbel.refresh_from_db()
    assert (linde.naam, linde.email, linde.kvk_nummer) == ("Buurthuis De Linde", "info@linde.example", "12345678")
    assert linde.ook_bekend_als == "Stichting De Linde"
    assert set(linde.themas.all()) == {thema, ander_thema}
    assert set(linde.labels.names()) == {"Noord"}
    assert list(linde.locaties.all()) == [plek]
    assert plek.openingstijden.count() == 1
    assert list(linde.diensten.all()) == [dienst]
    assert list(linde.contactpersonen.all()) == [persoon]
    assert list(linde.meldingen.all()) == [melding]
    assert [regel.zin for regel in linde.doorgeefregels.all()] == ["Bel eerst."]
    assert list(linde.bevestigingen.values_list("blok", flat=True)) == ["tijden"]
    assert list(linde.uitnodigingen.all()) == [nodig]
    assert list(linde.onderdelen.all()) == [kind]
    assert rollen(linde) == {("bea@linde.example", "beheerder"), ("rik@linde.example", "beheerder")}
    assert (dubbel.status, dubbel.samengevoegd_met) == (Status.SAMENGEVOEGD, linde)
    assert [stap.naar for stap in dubbel.statusstappen.all()] == [Status.SAMENGEVOEGD]
    assert set(Zoekrij.objects.filter(organisatie__in=[linde, dubbel]).values_list("organisatie", flat=True)) == {
        linde.pk
    }
    assert linde.history.first().history_change_reason == "Samengevoegd met Stichting De Linde"
    assert {dienst.history.first().organisatie_id, plek.history.first().organisatie_id} == {linde.pk}


def test_het_oude_adres_verwijst_voor_altijd_ook_na_een_keten(
    client: Any, linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker
) -> None:
    OrganisatieSlug.objects.create(slug="linde-oud", organisatie=dubbel)
    voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    derde = maak("De Nieuwe Linde")
    voeg_samen(blijver=derde, ander=linde, door=moderator)
    for slug in ("linde-oud", "stichting-de-linde", "buurthuis-de-linde"):
        antwoord = client.get(f"/organisaties/{slug}/")
        assert (antwoord.status_code, antwoord["Location"]) == (301, "/organisaties/de-nieuwe-linde/")
    dubbel.refresh_from_db()
    assert dubbel.samengevoegd_met == derde
    assert client.get(f"/organisaties/{dubbel.slug}/").status_code == 404


def test_niets_staat_er_daarna_dubbel(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker, bea: Gebruiker
) -> None:
    for organisatie in (linde, dubbel):
        lijst = Doorgeeflijst.objects.get_or_create(eigenaar=bea, naam="Voor mevrouw")[0]
        Doorgeefregel.objects.create(lijst=lijst, organisatie=organisatie, zin=str(organisatie))
        Bevestiging.objects.create(organisatie=organisatie, blok="contact")
        Dagtelling.objects.create(organisatie=organisatie, dag=timezone.localdate(), soort="geopend", aantal=5)
        Contactpersoon.objects.create(organisatie=organisatie, naam="Rik", email="rik@linde.example")
    Dagtelling.objects.create(organisatie=dubbel, dag=timezone.localdate(), soort="gebeld", aantal=2)
    Beheer.objects.create(organisatie=dubbel, gebruiker=bea, rol=Rol.REDACTEUR)
    eigen_plek = maak_locatie(linde, telefoon="")
    zelfde = maak_locatie(dubbel, straat="lindelaan 12 ", postcode="3511AB", telefoon="0307654321")
    Openingstijd.objects.create(locatie=zelfde, dag=2, van=time(9), tot=time(12))
    eigen_dienst = maak_dienst(linde, naam="Samen eten")
    zelfde_dienst = maak_dienst(dubbel, naam="samen eten", tekst="Elke dinsdag.")
    andere_dienst = maak_dienst(dubbel, naam="Samen koken")
    zelfde_dienst.locaties.add(zelfde)
    andere_dienst.locaties.add(zelfde)
    voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    assert [regel.zin for regel in linde.doorgeefregels.all()] == ["Buurthuis De Linde"]
    assert linde.bevestigingen.count() == 1
    assert linde.contactpersonen.count() == 1
    assert dict(linde.dagtellingen.values_list("soort", "aantal")) == {"geopend": 10, "gebeld": 2}
    assert rollen(linde) == {("bea@linde.example", "beheerder"), ("rik@linde.example", "beheerder")}
    assert list(linde.locaties.all()) == [eigen_plek]
    eigen_plek.refresh_from_db()
    assert str(eigen_plek.telefoon) == str(zelfde.telefoon)
    assert [tijd.dag for tijd in eigen_plek.openingstijden.all()] == [2]
    assert set(linde.diensten.all()) == {eigen_dienst, andere_dienst}
    eigen_dienst.refresh_from_db()
    assert eigen_dienst.tekst == "Elke dinsdag."
    assert {dienst: list(dienst.locaties.all()) for dienst in linde.diensten.all()} == {
        eigen_dienst: [eigen_plek],
        andere_dienst: [eigen_plek],
    }


def test_de_hoogste_rol_blijft(linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker, rik: Gebruiker) -> None:
    Beheer.objects.create(organisatie=linde, gebruiker=rik, rol=Rol.REDACTEUR)
    voeging = voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    assert ("rik@linde.example", "beheerder") in rollen(linde)
    maak_ongedaan(samenvoeging=voeging, door=moderator)
    assert ("rik@linde.example", "redacteur") in rollen(linde)
    assert rollen(dubbel) == {("rik@linde.example", "beheerder")}


def test_beheerders_hoeven_niet_mee(linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker) -> None:
    voeg_samen(blijver=linde, ander=dubbel, door=moderator, keuzes=Keuzes(beheerders_mee=False))
    assert rollen(linde) == {("bea@linde.example", "beheerder")}


def test_per_veld_kiezen_ook_de_naam_en_dan_het_adres(
    client: Any, linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker
) -> None:
    voeg_samen(blijver=linde, ander=dubbel, door=moderator, keuzes=Keuzes(velden={"naam": "ander", "email": "blijver"}))
    linde.refresh_from_db()
    assert (linde.naam, linde.slug, linde.email) == ("Stichting De Linde", "stichting-de-linde", "")
    assert linde.ook_bekend_als == "Buurthuis De Linde"
    assert client.get("/organisaties/buurthuis-de-linde/")["Location"] == "/organisaties/stichting-de-linde/"


def test_ongedaan_maken_geeft_twee_vermeldingen_terug_zoals_ze_waren(
    client: Any, linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker, bea: Gebruiker
) -> None:
    thema = maak_thema()
    dubbel.themas.add(thema)
    dubbel.labels.add("Noord")
    Importrij.objects.create(organisatie=dubbel, gegevens={"naam": "Stichting De Linde"})
    eigen_plek = maak_locatie(linde)
    zelfde, andere = maak_locatie(dubbel, telefoon="0307654321"), maak_locatie(dubbel, straat="Elders 3")
    dienst = maak_dienst(dubbel)
    dienst.locaties.add(zelfde, andere)
    for organisatie in (linde, dubbel):
        lijst = Doorgeeflijst.objects.get_or_create(eigenaar=bea, naam="Lijst")[0]
        Doorgeefregel.objects.create(lijst=lijst, organisatie=organisatie)
        Dagtelling.objects.create(organisatie=organisatie, dag=timezone.localdate(), soort="geopend", aantal=5)
    melding = Melding.objects.create(organisatie=dubbel, tekst="Klopt niet.")
    voeging = voeg_samen(blijver=linde, ander=dubbel, door=moderator, keuzes=Keuzes(velden={"naam": "ander"}))
    maak_ongedaan(samenvoeging=voeging, door=moderator)
    linde.refresh_from_db()
    dubbel.refresh_from_db()
    assert (linde.naam, linde.slug, linde.kvk_nummer, linde.ook_bekend_als) == (
        "Buurthuis De Linde", "buurthuis-de-linde", "", "",
    )  # fmt: skip
    assert (dubbel.naam, dubbel.slug, dubbel.status, dubbel.samengevoegd_met) == (
        "Stichting De Linde", "stichting-de-linde", Status.GEPUBLICEERD, None,
    )  # fmt: skip
    assert (list(linde.themas.all()), list(dubbel.themas.all())) == ([], [thema])
    assert (list(linde.labels.names()), list(dubbel.labels.names())) == ([], ["Noord"])
    assert (list(linde.locaties.all()), set(dubbel.locaties.all())) == ([eigen_plek], {zelfde, andere})
    eigen_plek.refresh_from_db()
    assert not eigen_plek.telefoon
    assert (list(dubbel.diensten.all()), set(dienst.locaties.all())) == ([dienst], {zelfde, andere})
    assert [rij.aantal for rij in (*linde.dagtellingen.all(), *dubbel.dagtellingen.all())] == [5, 5]
    assert (linde.doorgeefregels.count(), dubbel.doorgeefregels.count()) == (1, 1)
    assert list(dubbel.meldingen.all()) == [melding]
    assert rollen(dubbel) == {("rik@linde.example", "beheerder")}
    assert Zoekrij.objects.filter(organisatie__in=[linde, dubbel]).count() == 2
    for organisatie in (linde, dubbel):
        assert client.get(organisatie.get_absolute_url()).status_code == 200
    assert not OrganisatieSlug.objects.filter(slug=dubbel.slug).exists()


def test_wat_na_het_samenvoegen_is_aangepast_blijft(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker
) -> None:
    voeging = voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    linde.refresh_from_db()
    linde.email, linde.kort = "nieuw@linde.example", "Alles voor de buurt."
    linde.save()
    maak_ongedaan(samenvoeging=voeging, door=moderator)
    linde.refresh_from_db()
    assert (linde.email, linde.kort, linde.kvk_nummer) == ("nieuw@linde.example", "Alles voor de buurt.", "")


def test_ongedaan_maken_gaat_in_omgekeerde_volgorde(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker
) -> None:
    eerste = voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    derde = maak("De Nieuwe Linde")
    tweede = voeg_samen(blijver=derde, ander=linde, door=moderator)
    with pytest.raises(SamenvoegFout, match="later zelf samengevoegd met 'De Nieuwe Linde'"):
        maak_ongedaan(samenvoeging=eerste, door=moderator)
    maak_ongedaan(samenvoeging=tweede, door=moderator)
    maak_ongedaan(samenvoeging=eerste, door=moderator)
    with pytest.raises(SamenvoegFout, match="al ongedaan gemaakt"):
        maak_ongedaan(samenvoeging=eerste, door=moderator)
    assert set(Organisatie.objects.zichtbaar().values_list("slug", flat=True)) == {
        "buurthuis-de-linde", "stichting-de-linde", "de-nieuwe-linde",
    }  # fmt: skip
    # And once more: nothing of the first time stands in the way.
    voeg_samen(blijver=linde, ander=dubbel, door=moderator)


def test_partners_van_elkaar_worden_geen_partner_van_zichzelf(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker
) -> None:
    derde = maak("De Eik")
    Verbinding.objects.create(van=linde, naar=dubbel)
    verwant = Verbinding.objects.create(van=derde, naar=dubbel)
    voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    assert set(Verbinding.objects.filter(naar=linde)) == {verwant}
    assert not Verbinding.objects.filter(van=linde, naar=linde).exists()


def test_wie_bij_de_ander_hoorde_wordt_niet_zijn_eigen_ouder(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker
) -> None:
    tussen = maak("Tussen", hoort_bij=dubbel)
    Organisatie.objects.filter(pk=linde.pk).update(hoort_bij=tussen)
    voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    linde.refresh_from_db()
    tussen.refresh_from_db()
    assert (linde.hoort_bij, tussen.hoort_bij) == (None, linde)


@pytest.mark.parametrize(
    ("status_blijver", "status_ander", "melding"),
    [
        (Status.INGEDIEND, Status.GEPUBLICEERD, "staat op het portaal"),
        (Status.GEPUBLICEERD, Status.CONCEPT, "nog een concept"),
        (Status.GEARCHIVEERD, Status.GEPUBLICEERD, "staat op het portaal"),
    ],
)
def test_wat_niet_kan(status_blijver: Status, status_ander: Status, melding: str, moderator: Gebruiker) -> None:
    een, ander = maak_organisatie(status=status_blijver), maak_organisatie(status=status_ander)
    with pytest.raises(SamenvoegFout, match=melding):
        voeg_samen(blijver=een, ander=ander, door=moderator)
    with pytest.raises(SamenvoegFout, match="twee verschillende"):
        voeg_samen(blijver=een, ander=een, door=moderator)
    assert not Samenvoeging.objects.exists()


def test_wie_niet_zag_wat_er_nu_staat_voegt_niet_samen(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker
) -> None:
    gezien = kenmerk(linde, dubbel)
    Organisatie.objects.filter(pk=dubbel.pk).update(versie=7)
    with pytest.raises(SamenvoegFout, match="aangepast terwijl u keek"):
        voeg_samen(blijver=linde, ander=dubbel, door=moderator, gezien=gezien)


def test_een_samengevoegde_vermelding_is_al_samengevoegd(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker
) -> None:
    voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    derde = maak("De Nieuwe Linde")
    for blijver, ander in ((derde, dubbel), (dubbel, derde)):
        with pytest.raises(SamenvoegFout, match="al samengevoegd met 'Buurthuis De Linde'"):
            voeg_samen(blijver=blijver, ander=ander, door=moderator)


def test_beide_kanten_krijgen_bericht(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        voeging = voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    assert sorted(bericht.to[0] for bericht in mail.outbox) == ["bea@linde.example", "rik@linde.example"]
    assert mail.outbox[0].subject == "Stichting De Linde en Buurthuis De Linde zijn samengevoegd"
    assert "/organisaties/buurthuis-de-linde/wijzigen/" in mail.outbox[0].body
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        maak_ongedaan(samenvoeging=voeging, door=moderator)
    assert sorted(bericht.to[0] for bericht in mail.outbox) == ["bea@linde.example", "rik@linde.example"]


def test_paren_gaan_mee(linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker) -> None:
    derde = maak("De Nieuwe Linde")
    Dubbelpaar.objects.create(een=linde, ander=dubbel, score=90)
    Dubbelpaar.objects.create(een=dubbel, ander=derde, score=80, status="niet_dubbel")
    voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    assert set(Dubbelpaar.objects.values_list("een", "ander", "status")) == {
        (linde.pk, dubbel.pk, "samengevoegd"),
        (dubbel.pk, derde.pk, "niet_dubbel"),
        (linde.pk, derde.pk, "niet_dubbel"),
    }


def test_de_grenzen_van_de_tabellen(linde: Organisatie, dubbel: Organisatie) -> None:
    def mag_niet(doe: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            doe()

    mag_niet(lambda: Samenvoeging.objects.create(blijver=linde, verdwenen=linde, oude_slug="x"))
    Samenvoeging.objects.create(blijver=linde, verdwenen=dubbel, oude_slug="x")
    mag_niet(lambda: Samenvoeging.objects.create(blijver=linde, verdwenen=dubbel, oude_slug="x"))
    mag_niet(lambda: Organisatie.objects.filter(pk=linde.pk).update(status=Status.SAMENGEVOEGD))
    mag_niet(lambda: Organisatie.objects.filter(pk=linde.pk).update(samengevoegd_met=dubbel))
    Dubbelpaar.objects.create(een=linde, ander=dubbel)
    mag_niet(lambda: Dubbelpaar.objects.create(een=linde, ander=dubbel))
    mag_niet(lambda: Dubbelpaar.objects.create(een=dubbel, ander=linde))


def test_een_verwijderd_account_komt_niet_terug(
    linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker, rik: Gebruiker
) -> None:
    Beheer.objects.create(organisatie=linde, gebruiker=rik, rol=Rol.REDACTEUR)
    voeging = voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    rik.delete()
    maak_ongedaan(samenvoeging=voeging, door=moderator)
    assert rollen(dubbel) == set()


def test_een_gewiste_dienst_komt_niet_terug(linde: Organisatie, dubbel: Organisatie, moderator: Gebruiker) -> None:
    weg, blijft = maak_dienst(dubbel, naam="Weg"), maak_dienst(dubbel, naam="Blijft")
    voeging = voeg_samen(blijver=linde, ander=dubbel, door=moderator)
    Dienst.objects.filter(pk=weg.pk).delete()
    maak_ongedaan(samenvoeging=voeging, door=moderator)
    assert (list(dubbel.diensten.all()), list(Locatie.objects.filter(organisatie=linde))) == ([blijft], [])
    assert maak_gebruiker().pk
