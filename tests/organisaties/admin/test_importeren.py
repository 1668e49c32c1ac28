import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from organisaties.imports import opdrachten
from organisaties.models import Importopdracht, Organisatie

UPLOAD = "/beheer/organisaties/importopdracht/nieuw/"
GOED = "id;naam;aanbod;plaats;kleur\n1;Café Één;Eten;Ede;rood\n2;De Linde;;Utrecht;\n".encode("cp1252")
pytestmark = pytest.mark.django_db


def upload(client: Client, inhoud: bytes, naam: str = "lijst.csv", bron: str = "") -> Any:
    return client.post(UPLOAD, {"bestand": SimpleUploadedFile(naam, inhoud), "bron": bron}, follow=True)


def url(stap: str) -> str:
    return reverse(f"admin:organisaties_importopdracht_{stap}", args=[Importopdracht.objects.get().pk])


@pytest.fixture
def bureau(client: Client, moderator: Any) -> Client:
    client.force_login(moderator)
    return client


@pytest.mark.parametrize(("wie", "status"), [("niemand", 302), ("vreemde", 302), ("staff", 403)])
def test_who_is_no_moderator_imports_nothing(
    request: pytest.FixtureRequest, client: Client, wie: str, status: int
) -> None:
    opdracht = Importopdracht.objects.create(bestand=GOED, bestandsnaam="x.csv", bron="x")
    if wie != "niemand":
        client.force_login(request.getfixturevalue(wie))
    assert client.post(UPLOAD, {"bestand": SimpleUploadedFile("x.csv", GOED)}).status_code == status
    for stap in ("voorbeeld", "uitkomst", "meldingen"):
        assert client.get(url(stap)).status_code == status
    assert client.post(url("voorbeeld"), {"besluit": "importeren"}).status_code == status
    opdracht.refresh_from_db()
    assert opdracht.status == "voorbeeld"
    assert not Organisatie.objects.exists()


def test_a_file_is_shown_then_confirmed_then_told(bureau: Client) -> None:
    html = upload(bureau, GOED).content.decode()
    assert "CSV, Windows-1252, kolommen gescheiden door een puntkomma" in html
    assert '<dt>kleur</dt><dd><span class="muted">niet gebruikt</span></dd>' in html
    assert "Er staat niet wat men aanbiedt." in html
    assert not Organisatie.objects.exists()
    antwoord = bureau.post(url("voorbeeld"), {"besluit": "importeren", "hoe": "publiceren"}, follow=True)
    assert "2 nieuw, 0 gewijzigd, 0 ongewijzigd." in antwoord.content.decode()
    assert sorted(Organisatie.objects.values_list("naam", "status", "bron")) == [
        ("Café Één", "gepubliceerd", "lijst"),
        ("De Linde", "gepubliceerd", "lijst"),
    ]
    opdracht = Importopdracht.objects.get()
    assert (opdracht.status, opdracht.bestand) == ("klaar", None)


def test_a_second_confirmation_does_nothing(bureau: Client) -> None:
    upload(bureau, GOED)
    bureau.post(url("voorbeeld"), {"besluit": "importeren"})
    antwoord = bureau.post(url("voorbeeld"), {"besluit": "importeren"})
    assert antwoord["Location"] == url("uitkomst")
    assert Organisatie.objects.count() == 2
    assert set(Organisatie.objects.values_list("status", flat=True)) == {"ingediend"}


def test_a_file_with_errors_cannot_be_confirmed(bureau: Client) -> None:
    html = upload(bureau, b"naam,plaats\nHuis,Ede\n,Ede\n").content.decode()
    assert "De naam ontbreekt. Vul de naam van de organisatie in." in html
    assert 'value="importeren"' not in html
    bureau.post(url("voorbeeld"), {"besluit": "importeren"})
    assert not Organisatie.objects.exists()
    assert Importopdracht.objects.get().status == "voorbeeld"


def test_a_file_can_be_thrown_away(bureau: Client) -> None:
    upload(bureau, GOED)
    html = bureau.post(url("voorbeeld"), {"besluit": "weg"}, follow=True).content.decode()
    assert "De lijst is weggegooid. Er is niets geïmporteerd." in html
    assert not Importopdracht.objects.exists()


def test_excel_is_read_and_the_source_is_as_said(bureau: Client) -> None:
    boek, uit = openpyxl.Workbook(), io.BytesIO()
    boek.active.append(["Naam", "Telefoon"])
    boek.active.append(["Huis", 206841733])
    boek.save(uit)
    html = upload(bureau, uit.getvalue(), "lijst.xlsx", bron="kaart").content.decode()
    assert "De eerste nul ontbrak. Er staat nu 0206841733." in html
    bureau.post(url("voorbeeld"), {"besluit": "importeren"})
    assert Organisatie.objects.values_list("bron", "telefoon").get() == ("kaart", "+31206841733")


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("leeg.csv", b"", "Het bestand is leeg."),
        ("foto.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "Dit is een afbeelding."),
        ("lijst.xlsx", b"PK\x03\x04kapot", "beschadigd"),
        ("lijst.csv", b"kleur;maat\n1;2", "Er is geen kolom met de naam van de organisatie."),
        ("kwaad.csv", b"<svg onload=alert(1)>", "Dit is een webpagina of XML"),
        ("x.csv", b"naam,tekst\nA," + b"x" * 200_000, "Rij 2 heeft een cel met meer dan 131.072 tekens"),
    ],
)
def test_a_hostile_file_is_refused_beside_the_field(bureau: Client, naam: str, inhoud: bytes, melding: str) -> None:
    html = upload(bureau, inhoud, naam).content.decode()
    assert melding in html
    assert 'aria-invalid="true"' in html
    assert not Importopdracht.objects.exists()


def test_no_file_and_an_odd_source_are_told(bureau: Client) -> None:
    html = bureau.post(UPLOAD, {"bron": "x\u202ey"}).content.decode()
    assert "Kies een bestand." in html
    assert "Gebruik hier één regel zonder bijzondere tekens." in html


def test_a_name_of_a_file_is_only_text(bureau: Client) -> None:
    html = upload(bureau, GOED, "<script>alert(1)</script>.csv").content.decode()
    assert "<script>alert" not in html


def test_a_large_file_is_carried_out_by_a_task(bureau: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opdrachten, "DIRECT", 1)
    upload(bureau, GOED)
    html = bureau.post(url("voorbeeld"), {"besluit": "importeren"}, follow=True).content.decode()
    assert "2 nieuw, 0 gewijzigd, 0 ongewijzigd." in html
    assert Organisatie.objects.count() == 2


def test_a_running_import_shows_its_progress_and_refreshes(bureau: Client) -> None:
    Importopdracht.objects.create(
        bestand=GOED, bestandsnaam="x.csv", bron="x", status="loopt", aantal_rijen=900, aantal_gedaan=300
    )
    antwoord = bureau.get(url("uitkomst"))
    assert "Bezig: 300 van 900 rijen." in antwoord.content.decode()
    assert '<progress max="900" value="300"' in antwoord.content.decode()
    assert antwoord["Refresh"] == "3"


def test_a_task_that_runs_twice_imports_once(bureau: Client) -> None:
    upload(bureau, GOED)
    bureau.post(url("voorbeeld"), {"besluit": "importeren"})
    opdrachten.voer_opdracht(Importopdracht.objects.get().pk)
    assert Organisatie.objects.count() == 2
    assert Importopdracht.objects.get().uitkomst["nieuw"] == 2


def test_the_report_is_a_file_that_runs_nothing(bureau: Client) -> None:
    upload(bureau, b"naam,website\nHuis,=HYPERLINK(1)\n")
    antwoord = bureau.get(url("meldingen"))
    assert antwoord["Content-Type"] == "text/csv; charset=utf-8"
    assert antwoord["Content-Disposition"].startswith("attachment;")
    assert "'=HYPERLINK(1)" in antwoord.content.decode("utf-8-sig")


def test_files_that_nobody_confirmed_are_erased_after_a_week(bureau: Client) -> None:
    upload(bureau, GOED)
    assert opdrachten.ruim_op() == 0
    Importopdracht.objects.update(gemaakt_op="2026-01-01T00:00Z")
    assert opdrachten.ruim_op() == 1
