"""A visitor says what is wrong in a listing."""

from typing import Any

import pytest
from django.core import mail

from organisaties.keuzes import Status
from organisaties.models import Correctie, Organisatie
from tests.fabriek import maak_dienst, maak_locatie, maak_moderator, maak_organisatie
from tests.organisaties.corrigeren.stappen import BASIS, NIEUW


def test_kiezen_noemt_elk_onderdeel_met_wat_er_staat(client: Any, linde: Organisatie) -> None:
    locatie = maak_locatie(linde)
    dienst = maak_dienst(linde, naam="Taalcafé")
    html = client.get(f"{BASIS}corrigeren/").content.decode()
    for veld in ("telefoon", "email", "website", "naam", "kort", "gestopt"):
        assert f'href="{BASIS}corrigeren/{veld}/"' in html
    for onderdeel in (f"adres/{locatie.pk}", f"tijden/{locatie.pk}", f"aanbod/{dienst.pk}"):
        assert f'href="{BASIS}corrigeren/{onderdeel}/"' in html
    assert "020 123 4567" in html
    assert "Lindelaan 12, 3511 AB Utrecht" in html
    assert f'href="{BASIS}melden/"' in html
    assert "csrfmiddlewaretoken" not in html


@pytest.mark.parametrize("aantal", [1, 3])
def test_kiezen_kost_vier_vragen_hoeveel_er_ook_is(
    client: Any, linde: Organisatie, aantal: int, django_assert_num_queries: Any
) -> None:
    for _ in range(aantal):
        maak_locatie(linde)
        maak_dienst(linde)
    with django_assert_num_queries(4):
        client.get(f"{BASIS}corrigeren/")


def test_corrigeren_bewaart_en_mailt_de_beheerder_zonder_adres(client: Any, linde: Organisatie) -> None:
    velden = {"waarde": "020 555 5555", "opmerking": "Ik belde net.", "email": "jan@thuis.example"}
    response = client.post(f"{BASIS}corrigeren/telefoon/", velden, follow=True)
    assert "Dank u wel" in response.content.decode()
    correctie = Correctie.objects.get()
    assert (correctie.oude_waarde, correctie.nieuwe_waarde, correctie.status, correctie.email) == (
        "+31201234567",
        NIEUW,
        "open",
        "jan@thuis.example",
    )
    assert [bericht.to for bericht in mail.outbox] == [["b@linde.example"]]
    tekst = mail.outbox[0].body
    assert "> 020 123 4567" in tekst
    assert "> 020 555 5555" in tekst
    assert "> Ik belde net." in tekst
    assert "/organisaties/de-linde/correcties/" in tekst
    assert "jan@thuis.example" not in tekst


def test_corrigeren_zonder_beheerder_gaat_naar_de_moderatoren(client: Any, linde: Organisatie) -> None:
    linde.beheer.all().delete()
    moderator = maak_moderator()
    client.post(f"{BASIS}corrigeren/telefoon/", {"waarde": "020 555 5555"})
    assert [bericht.to for bericht in mail.outbox] == [[moderator.email]]
    assert "/beheer/organisaties/correctie/wachtrij/" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("pad", "velden", "fout"),
    [
        ("telefoon", {"waarde": "12"}, "Vul een telefoonnummer in, zoals"),
        ("telefoon", {"waarde": "020 123 4567"}, "Dit staat er al."),
        ("telefoon", {"waarde": ""}, "Vul in wat er moet staan."),
        ("email", {"waarde": "geen adres"}, "Vul een e-mailadres in, zoals"),
        ("website", {"waarde": "javascript:alert(1)"}, "webadres"),
        ("kort", {"waarde": "a" * 161}, "160"),
        ("gestopt", {"waarde": "\u200b"}, "te lezen"),
        ("naam", {"waarde": "a\x07b"}, "teken"),
        ("telefoon", {"waarde": "020 555 5555", "email": "geen"}, "Vul een e-mailadres in, zoals"),
        ("telefoon", {"waarde": "020 555 5555", "opmerking": "a" * 1001}, "1000"),
    ],
)
def test_corrigeren_met_een_fout_zegt_wat_er_mis_is(
    client: Any, linde: Organisatie, pad: str, velden: dict[str, str], fout: str
) -> None:
    html = client.post(f"{BASIS}corrigeren/{pad}/", velden).content.decode()
    assert fout in html
    assert "Nog niet gelukt" in html
    assert not Correctie.objects.exists()


def test_corrigeren_dat_iets_er_niet_meer_is(client: Any, linde: Organisatie) -> None:
    client.post(f"{BASIS}corrigeren/website/", {"weg": "on", "waarde": ""})
    assert Correctie.objects.get().nieuwe_waarde == ""


def test_corrigeren_van_een_adres_toetst_de_postcode(client: Any, linde: Organisatie) -> None:
    locatie = maak_locatie(linde)
    pad = f"{BASIS}corrigeren/adres/{locatie.pk}/"
    html = client.post(pad, {"straat": "Beukweg 3", "postcode": "0000 XX", "plaats": "Utrecht"}).content.decode()
    assert "Nog niet gelukt" in html
    assert "Beukweg 3" in html
    client.post(pad, {"straat": "Beukweg 3", "postcode": "3512ab", "plaats": "Utrecht"})
    assert Correctie.objects.get().nieuwe_waarde == "Beukweg 3\n3512 AB\nUtrecht"


def test_corrigeren_verraadt_geen_geheim_adres(client: Any, linde: Organisatie) -> None:
    locatie = maak_locatie(linde, is_geheim=True, naam="Achterom 5", straat="Achterom 5")
    html = client.get(f"{BASIS}corrigeren/").content.decode()
    assert "Achterom" not in html
    assert "Geheim adres in Utrecht" in html
    assert client.get(f"{BASIS}corrigeren/adres/{locatie.pk}/").status_code == 404
    assert "Achterom" not in client.get(f"{BASIS}corrigeren/tijden/{locatie.pk}/").content.decode()
    client.post(f"{BASIS}corrigeren/tijden/{locatie.pk}/", {"waarde": "Alleen op maandag"})
    assert "Achterom" not in mail.outbox[0].body + mail.outbox[0].subject


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.GEPUBLICEERD, Status.SAMENGEVOEGD}))
def test_corrigeren_van_wat_niet_zichtbaar_is(client: Any, linde: Organisatie, status: str) -> None:
    Organisatie.objects.update(status=status)
    for pad in ("corrigeren/", "corrigeren/telefoon/"):
        assert client.get(f"{BASIS}{pad}").status_code == 404
    assert client.post(f"{BASIS}corrigeren/telefoon/", {"waarde": "020 555 5555"}).status_code == 404


@pytest.mark.parametrize("pad", ["onzin", "adres", "tijden", "aanbod", "adres/999999", "website/1", "logo"])
def test_corrigeren_van_wat_niet_bestaat(client: Any, linde: Organisatie, pad: str) -> None:
    assert client.get(f"{BASIS}corrigeren/{pad}/").status_code == 404


def test_corrigeren_van_een_ander_zijn_locatie(client: Any, linde: Organisatie) -> None:
    vreemd = maak_locatie(maak_organisatie())
    assert client.get(f"{BASIS}corrigeren/adres/{vreemd.pk}/").status_code == 404


def test_corrigeren_te_vaak_vraagt_te_wachten(client: Any, linde: Organisatie) -> None:
    for nummer in range(5):
        assert client.post(f"{BASIS}corrigeren/telefoon/", {"waarde": f"020 555 555{nummer}"}).status_code == 302
    response = client.post(f"{BASIS}corrigeren/telefoon/", {"waarde": "020 555 5556"})
    assert response.status_code == 429
    assert "020 555 5556" in response.content.decode()
    assert Correctie.objects.count() == 5
