"""Corrections: rules of the table, people at once, and time."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisaties.actions import persoonsgegevens
from organisaties.actions.corrigeren import (
    CorrectieFout,
    merk,
    neem_over,
    ruim_correcties_op,
    stel_verbetering_voor,
    wijs_af,
)
from organisaties.keuzes import Status
from organisaties.models import Correctie, Openingstijd, Organisatie
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie
from tests.organisaties.corrigeren.stappen import BASIS, NIEUW, maak_correctie


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"status": "afgewezen"}, "correctie_besluit_heeft_moment"),
        ({"besloten_op": timezone.now()}, "correctie_besluit_heeft_moment"),
        ({"status": "onzin", "besloten_op": timezone.now()}, "correctie_status_bestaat"),
        ({"veld": "adres"}, "correctie_onderdeel_past_bij_veld"),
        ({"veld": "aanbod"}, "correctie_onderdeel_past_bij_veld"),
    ],
)
def test_regels_van_een_correctie(linde: Organisatie, velden: dict[str, Any], naam: str) -> None:
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        maak_correctie(linde, **velden)


def test_een_correctie_gaat_over_een_onderdeel(linde: Organisatie) -> None:
    with pytest.raises(IntegrityError, match="correctie_van_een_onderdeel"), transaction.atomic():
        maak_correctie(linde, locatie=maak_locatie(linde), dienst=maak_dienst(linde))


def _tegelijk(*acties: Any) -> list[Any]:
    start = Barrier(len(acties))

    def doe(actie: Any) -> Any:
        try:
            start.wait(10)
            return actie()
        except CorrectieFout as fout:
            return fout
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acties)) as pool:
        return list(pool.map(doe, acties))


@pytest.mark.django_db(transaction=True)
def test_van_twee_die_tegelijk_besluiten_wint_er_een() -> None:
    een, twee = maak_gebruiker(naam="Bea"), maak_gebruiker(naam="Cas")
    organisatie = maak_organisatie(telefoon="+31201234567", beheerder=een, redacteur=twee)
    correctie = maak_correctie(organisatie, email="jan@thuis.example")
    uitkomst = _tegelijk(
        lambda: neem_over(correctie=correctie, waarde=NIEUW, door=een, gezien=merk("+31201234567")),
        lambda: wijs_af(correctie=correctie, door=twee),
        lambda: neem_over(correctie=correctie, waarde="+31206666666", door=twee, gezien=merk("+31201234567")),
    )
    fouten = [str(fout) for fout in uitkomst if isinstance(fout, CorrectieFout)]
    assert len(fouten) == 2
    assert all("Hierover is al beslist door" in fout for fout in fouten)
    assert len(mail.outbox) == 1
    correctie.refresh_from_db()
    organisatie.refresh_from_db()
    staat_er = {"overgenomen": NIEUW, "aangepast": "+31206666666", "afgewezen": "+31201234567"}
    assert organisatie.telefoon.as_e164 == staat_er[correctie.status]


@pytest.mark.django_db(transaction=True)
def test_twee_keer_versturen_geeft_een_voorstel() -> None:
    organisatie = maak_organisatie(telefoon="+31201234567", beheerder=maak_gebruiker())
    gemaakt = _tegelijk(
        *[lambda: stel_verbetering_voor(organisatie=organisatie, veld="telefoon", waarde=NIEUW).pk for _ in range(5)]
    )
    assert (len(set(gemaakt)), Correctie.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_opruimen_wist_adressen_na_dertig_dagen(linde: Organisatie) -> None:
    nu = timezone.now()
    besloten = {"status": "afgewezen", "email": "jan@thuis.example"}
    oud = maak_correctie(linde, besloten_op=nu - timedelta(days=31), **besloten)
    jong = maak_correctie(linde, besloten_op=nu - timedelta(days=29), **besloten)
    vergeten = maak_correctie(linde, voorgesteld_op=nu - timedelta(days=366), email="jan@thuis.example")
    wacht = maak_correctie(linde, voorgesteld_op=nu - timedelta(days=200), email="jan@thuis.example")
    assert ruim_correcties_op() == 2
    met_adres = set(Correctie.objects.exclude(email="").values_list("pk", flat=True))
    assert met_adres == {jong.pk, wacht.pk}
    assert {oud.pk, vergeten.pk}.isdisjoint(met_adres)


def test_het_account_neemt_het_adres_mee(linde: Organisatie) -> None:
    jan = maak_gebruiker(email="jan@thuis.example")
    correctie = maak_correctie(linde, email="Jan@thuis.example")
    assert persoonsgegevens.export(jan)["verbeteringen"] == [
        {"over": "De Linde", "wat": "telefoonnummer", "voorstel": NIEUW}
    ]
    persoonsgegevens.erase(jan)
    correctie.refresh_from_db()
    assert correctie.email == ""


def test_de_vermelding_vraagt_een_keer_bij_elk_blok_of_het_klopt(client: Any, linde: Organisatie) -> None:
    locatie, dienst = maak_locatie(linde), maak_dienst(linde)
    Openingstijd.objects.create(locatie=locatie, dag=1, van=time(9), tot=time(12))
    html = client.get(BASIS).content.decode()
    waarnaar = re.findall(r'class="fix" href="([^"]*)">Klopt dit niet\?<span class="visually-hidden"> ([^<]*)<', html)
    assert waarnaar == [
        ("corrigeren/", "Het aanbod"),
        ("corrigeren/", "Adres en tijden"),
        ("corrigeren/", "Telefoon, e-mail, website of voor wie"),
    ]
    kiezen = client.get(f"{BASIS}corrigeren/").content.decode()
    paden = ("telefoon", "email", "website", f"adres/{locatie.pk}", f"tijden/{locatie.pk}", f"aanbod/{dienst.pk}")
    for pad in paden:
        assert f'href="{BASIS}corrigeren/{pad}/"' in kiezen
        assert client.get(f"{BASIS}corrigeren/{pad}/").status_code == 200
    Organisatie.objects.update(status=Status.INGEDIEND)
    client.force_login(linde.beheer.get().gebruiker)
    assert 'class="fix"' not in client.get(BASIS).content.decode()
