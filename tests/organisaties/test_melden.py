from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from organisaties.actions.melden import meld
from organisaties.keuzes import Status
from organisaties.models import Melding, Organisatie
from tests.fabriek import maak_gebruiker, maak_organisatie

TEKST = "Het telefoonnummer is veranderd."


@pytest.fixture
def pad(db: None) -> str:
    maak_organisatie(naam="De Linde", slug="de-linde", beheerder=maak_gebruiker(email="b@linde.example"))
    return "/organisaties/de-linde/melden/"


def test_melden_mailt_beheerder_en_redactie(client: Any, pad: str, settings: Any) -> None:
    settings.CONTACT_EMAIL = "redactie@portaal.example"
    response = client.post(pad, {"tekst": TEKST, "email": "jan@thuis.example"}, follow=True)
    assert "Dank u wel" in response.content.decode()
    melding = Melding.objects.get()
    assert (melding.organisatie.naam, melding.tekst, melding.email, melding.status) == (
        "De Linde",
        TEKST,
        "jan@thuis.example",
        "open",
    )
    assert {(tuple(bericht.to), tuple(bericht.reply_to)) for bericht in mail.outbox} == {
        (("b@linde.example",), ()),
        (("redactie@portaal.example",), ("jan@thuis.example",)),
    }
    aan_beheerder = next(bericht for bericht in mail.outbox if bericht.to == ["b@linde.example"])
    assert TEKST in aan_beheerder.body
    assert "jan@thuis.example" not in aan_beheerder.body


def test_melden_zonder_adres_mag(client: Any, pad: str) -> None:
    client.post(pad, {"tekst": TEKST})
    assert Melding.objects.get().email == ""


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"tekst": ""}, "Schrijf op wat er niet klopt."),
        ({"tekst": "\u200b"}, "Vul hier tekst in die te lezen is."),
        ({"tekst": "a" * 2001}, "2000"),
        ({"tekst": "a\x07b"}, "teken dat wij niet kunnen bewaren"),
        ({"tekst": TEKST, "email": "geen adres"}, "Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
    ],
)
def test_melden_met_een_fout_bewaart_wat_is_getypt(client: Any, pad: str, velden: dict[str, str], fout: str) -> None:
    html = client.post(pad, velden).content.decode()
    assert fout in html
    assert "Nog niet gelukt" in html
    assert not Melding.objects.exists()
    if velden["tekst"] == TEKST:
        assert TEKST in html


def test_melden_door_een_programma_doet_niets(client: Any, pad: str) -> None:
    response = client.post(pad, {"tekst": TEKST, "bijnaam": "bot"})
    assert response.status_code == 302
    assert not Melding.objects.exists()
    assert mail.outbox == []


def test_melden_te_vaak_vraagt_te_wachten(client: Any, pad: str) -> None:
    for nummer in range(5):
        assert client.post(pad, {"tekst": f"{TEKST} {nummer}"}).status_code == 302
    response = client.post(pad, {"tekst": "De zesde keer"})
    assert response.status_code == 429
    assert "De zesde keer" in response.content.decode()
    assert "Even wachten" in response.content.decode()
    assert Melding.objects.count() == 5


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.GEPUBLICEERD, Status.SAMENGEVOEGD}))
def test_melden_bij_wat_niet_zichtbaar_is(client: Any, pad: str, status: str) -> None:
    Organisatie.objects.update(status=status)
    assert client.get(pad).status_code == 404
    assert client.post(pad, {"tekst": TEKST}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_twee_keer_klikken_geeft_een_melding() -> None:
    organisatie = maak_organisatie(beheerder=maak_gebruiker())

    def stuur(_: int) -> int:
        try:
            return meld(organisatie=organisatie, tekst=TEKST, email="").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        sleutels = set(pool.map(stuur, range(6)))
    assert (len(sleutels), Melding.objects.count(), len(mail.outbox)) == (1, 1, 2)
