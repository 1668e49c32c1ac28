from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisaties.actions.instaan import InstaanFout, sta_in
from organisaties.keuzes import Status
from organisaties.models import Bevestiging, Organisatie, Voorspraak
from tests.fabriek import maak_gebruiker, maak_organisatie

PAD = "/organisaties/de-linde/instaan/"


@pytest.fixture
def linde(db: None) -> Organisatie:
    return maak_organisatie(naam="De Linde", slug="de-linde", beheerder=maak_gebruiker(email="b@linde.example"))


@pytest.fixture
def eik(db: None) -> Organisatie:
    return maak_organisatie(naam="Buurthuis De Eik", slug="de-eik", beheerder=maak_gebruiker(email="b@eik.example"))


def beheerder_van(organisatie: Organisatie) -> Any:
    return organisatie.beheer.first().gebruiker


def test_instaan_staat_op_de_pagina_en_bevestigt_als_collega(
    client: Any, log_in: Any, linde: Organisatie, eik: Organisatie, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-03T12:00:00+01:00")
    toen = linde.bevestigd_op
    log_in(beheerder_van(eik)).post(PAD, {"namens": eik.pk, "klopt": "on"})
    voorspraak = Voorspraak.objects.get()
    assert (voorspraak.organisatie, voorspraak.namens, voorspraak.gegeven_door) == (linde, eik, beheerder_van(eik))
    assert set(Bevestiging.objects.filter(organisatie=linde).values_list("blok", "bron")) == {
        (blok, "collega") for blok in ("contact", "tijden", "diensten", "locatie")
    }
    linde.refresh_from_db()
    assert linde.bevestigd_op == toen
    assert [(bericht.to, bericht.subject) for bericht in mail.outbox] == [
        (["b@linde.example"], "Buurthuis De Eik staat in voor uw gegevens")
    ]
    client.logout()
    html = " ".join(client.get("/organisaties/de-linde/").content.decode().split())
    assert (
        '<a href="/organisaties/de-eik/">Buurthuis De Eik</a> staat in voor deze gegevens, dinsdag 3 november' in html
    )


def test_opnieuw_instaan_vernieuwt_de_datum_zonder_mail(
    client: Any, log_in: Any, linde: Organisatie, eik: Organisatie
) -> None:
    oud = Voorspraak.objects.create(organisatie=linde, namens=eik, gegeven_op=timezone.now() - timedelta(days=90))
    log_in(beheerder_van(eik)).post(PAD, {"namens": eik.pk, "klopt": "on"})
    assert Voorspraak.objects.get().gegeven_op > oud.gegeven_op
    assert mail.outbox == []


def test_intrekken_haalt_het_van_de_pagina(client: Any, log_in: Any, linde: Organisatie, eik: Organisatie) -> None:
    voorspraak = Voorspraak.objects.create(organisatie=linde, namens=eik)
    client = log_in(beheerder_van(eik))
    assert "Intrekken" in client.get(PAD).content.decode()
    client.post(f"{PAD}{voorspraak.pk}/intrekken/")
    assert not Voorspraak.objects.exists()
    assert "staat in voor" not in client.get("/organisaties/de-linde/").content.decode()


def test_instaan_zonder_vinkje_mag_niet(client: Any, log_in: Any, linde: Organisatie, eik: Organisatie) -> None:
    html = log_in(beheerder_van(eik)).post(PAD, {"namens": eik.pk}).content.decode()
    assert "Zet een vinkje als u zeker weet" in html
    assert not Voorspraak.objects.exists()


@pytest.mark.parametrize(
    ("wie", "mag"),
    [
        ("beheerder van een ander", True),
        ("redacteur van een ander", False),
        ("eigen beheerder", False),
        ("beheerder van beide", False),
        ("beheerder naast een gedeelde", False),
        ("beheerder van een concept", False),
        ("vreemde", False),
    ],
)
def test_wie_mag_instaan(client: Any, log_in: Any, linde: Organisatie, eik: Organisatie, wie: str, mag: bool) -> None:
    persoon = maak_gebruiker()
    rollen = {
        "beheerder van een ander": [(eik, "beheerder")],
        "redacteur van een ander": [(eik, "redacteur")],
        "eigen beheerder": [(linde, "beheerder")],
        "beheerder van beide": [(linde, "redacteur"), (eik, "beheerder")],
        "beheerder naast een gedeelde": [(eik, "beheerder")],
        "beheerder van een concept": [(eik, "beheerder")],
        "vreemde": [],
    }[wie]
    for organisatie, rol in rollen:
        organisatie.beheer.create(gebruiker=persoon, rol=rol)
    if wie == "beheerder naast een gedeelde":
        eik.beheer.create(gebruiker=beheerder_van(linde), rol="redacteur")
    if wie == "beheerder van een concept":
        Organisatie.objects.filter(pk=eik.pk).update(status=Status.CONCEPT)
    client = log_in(persoon)
    html = client.get(PAD).content.decode()
    assert ("Wij staan hiervoor in" in html, "Dit kan nu niet" in html) == (mag, not mag)
    response = client.post(PAD, {"namens": eik.pk, "klopt": "on"})
    assert response.status_code == (302 if mag else 404)
    assert Voorspraak.objects.exists() == mag


def test_een_ander_trekt_het_niet_in(client: Any, log_in: Any, linde: Organisatie, eik: Organisatie) -> None:
    voorspraak = Voorspraak.objects.create(organisatie=linde, namens=eik)
    response = log_in(beheerder_van(linde)).post(f"{PAD}{voorspraak.pk}/intrekken/")
    assert response.status_code == 404
    assert Voorspraak.objects.exists()


def test_instaan_voor_wat_niet_zichtbaar_is(client: Any, log_in: Any, linde: Organisatie, eik: Organisatie) -> None:
    Organisatie.objects.filter(pk=linde.pk).update(status=Status.CONCEPT)
    assert log_in(beheerder_van(eik)).get(PAD).status_code == 404
    with pytest.raises(InstaanFout):
        sta_in(organisatie=linde, namens=eik, door=beheerder_van(eik))


def test_wie_van_het_portaal_ging_staat_nergens_voor_in(client: Any, linde: Organisatie, eik: Organisatie) -> None:
    Voorspraak.objects.create(organisatie=linde, namens=eik)
    Organisatie.objects.filter(pk=eik.pk).update(status=Status.GEARCHIVEERD)
    assert "De Eik" not in client.get("/organisaties/de-linde/").content.decode()


def test_regels_van_een_voorspraak(linde: Organisatie, eik: Organisatie) -> None:
    Voorspraak.objects.create(organisatie=linde, namens=eik)
    with pytest.raises(IntegrityError, match="voorspraak_een_keer_per_organisatie"), transaction.atomic():
        Voorspraak.objects.create(organisatie=linde, namens=eik)
    with pytest.raises(IntegrityError, match="voorspraak_niet_voor_zichzelf"), transaction.atomic():
        Voorspraak.objects.create(organisatie=linde, namens=linde)


@pytest.mark.django_db(transaction=True)
def test_twee_keer_klikken_geeft_een_voorspraak() -> None:
    linde, eik = maak_organisatie(beheerder=maak_gebruiker()), maak_organisatie(beheerder=maak_gebruiker())
    persoon = beheerder_van(eik)

    def doe(_: int) -> int:
        try:
            return sta_in(organisatie=linde, namens=eik, door=persoon).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        gemaakt = set(pool.map(doe, range(5)))
    assert (len(gemaakt), Voorspraak.objects.count(), len(mail.outbox)) == (1, 1, 1)
