import threading

import pytest
from django.db import connection, transaction
from django.test import Client

from organisaties.actions import wijzigen as acties
from organisaties.models import (
    Locatie,
    Organisatie,
)
from tests.fabriek import maak_gebruiker, maak_locatie, maak_organisatie
from tests.organisaties.wijzigen.editor import bewaar, pad, velden_van
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db


def test_de_tweede_hoort_het_en_verliest_niets(
    ik: Client, organisatie: Organisatie, redacteur: Gebruiker, beheerder: Gebruiker
) -> None:
    adres = pad(organisatie, "basis/")
    mijn_formulier = velden_van(ik.get(adres).content.decode())
    ander = Client()
    ander.force_login(redacteur)
    bewaar(ander, adres, kort="Van Rik.")
    response = ik.post(adres, mijn_formulier | {"kort": "Van Bea.", "tekst": "Lange tekst van Bea."})
    tekst = response.content.decode()
    assert "Rik heeft dit intussen gewijzigd" in tekst
    assert "<dd>Van Rik.</dd>" in tekst
    assert "Van Bea.</textarea>" in tekst
    assert "Lange tekst van Bea.</textarea>" in tekst
    organisatie.refresh_from_db()
    assert organisatie.kort == "Van Rik."
    # The same page once more saves over it.
    assert ik.post(adres, velden_van(tekst)).status_code == 302
    organisatie.refresh_from_db()
    assert (organisatie.kort, organisatie.tekst) == ("Van Bea.", "Lange tekst van Bea.")


def test_een_andere_sectie_van_een_collega_stoort_niet(
    ik: Client, organisatie: Organisatie, redacteur: Gebruiker
) -> None:
    mijn_formulier = velden_van(ik.get(pad(organisatie, "basis/")).content.decode())
    ander = Client()
    ander.force_login(redacteur)
    bewaar(ander, pad(organisatie, "bereikbaarheid/"), email="info@linde.example")
    assert ik.post(pad(organisatie, "basis/"), mijn_formulier | {"kort": "Van Bea."}).status_code == 302
    organisatie.refresh_from_db()
    assert (organisatie.kort, organisatie.email) == ("Van Bea.", "info@linde.example")


def test_locatie_die_een_collega_wijzigde_of_weghaalde(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie, naam="Oud")
    adres = pad(organisatie, f"locaties/{locatie.pk}/")
    mijn_formulier = velden_van(ik.get(adres).content.decode())
    Locatie.objects.update(naam="Van Rik")
    tekst = ik.post(adres, mijn_formulier | {"naam": "Van Bea"}).content.decode()
    assert "<dd>Van Rik</dd>" in tekst
    assert 'value="Van Bea"' in tekst
    Locatie.objects.all().delete()
    tekst = ik.post(adres, mijn_formulier | {"naam": "Van Bea"}).content.decode()
    assert "Een collega heeft dit net weggehaald" in tekst
    assert 'value="Van Bea"' in tekst
    ik.post(pad(organisatie, "locaties/toevoegen/"), velden_van(tekst))
    assert Locatie.objects.get().naam == "Van Bea"


def test_openingstijden_die_een_collega_wijzigde(ik: Client, organisatie: Organisatie) -> None:
    locatie = maak_locatie(organisatie)
    adres = pad(organisatie, f"openingstijden/locaties/{locatie.pk}/")
    mijn_formulier = velden_van(ik.get(adres).content.decode()) | {"d1-0-van": "09:00", "d1-0-tot": "12:00"}
    bewaar(ik, adres, **{"d2-0-van": "13:00", "d2-0-tot": "17:00"})
    tekst = ik.post(adres, mijn_formulier).content.decode()
    assert "dinsdag 13.00–17.00" in tekst
    assert 'value="09:00"' in tekst
    assert ik.post(adres, velden_van(tekst)).status_code == 302
    assert [str(t) for t in locatie.openingstijden.all()] == ["maandag 09.00–12.00"]


@pytest.mark.django_db(transaction=True)
def test_versies_van_wie_tegelijk_bewaren_tellen_allemaal() -> None:
    bea = maak_gebruiker()
    organisatie = maak_organisatie(naam="De Linde", beheerder=bea)
    start = threading.Barrier(6)

    def bewaar_eens() -> None:
        start.wait()
        try:
            with transaction.atomic():
                acties.leg_vast(organisatie=Organisatie.objects.get(pk=organisatie.pk), door=bea)
        finally:
            connection.close()

    draden = [threading.Thread(target=bewaar_eens) for _ in range(6)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    organisatie.refresh_from_db()
    assert organisatie.versie == 7
