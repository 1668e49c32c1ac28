"""Pages of the roof: health, small files, error pages, headers."""

import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from welzijnportal.mail import verstuur_mail
from welzijnportal.management.commands import start
from welzijnportal.views import fouten

pytestmark = pytest.mark.django_db


def test_gezondheid_says_that_all_is_well(client: Client) -> None:
    antwoord = client.get("/gezondheid/")
    assert antwoord.status_code == 200
    assert antwoord.json() == {
        "in_orde": True,
        "database": "goed",
        "cache": "goed",
        "taken": "goed",
        "migraties": "goed",
    }


def test_gezondheid_tells_when_tasks_wait_too_long(client: Client, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    verstuur_mail.enqueue(aan="a@voorbeeld.example", onderwerp="x", tekst="x")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=1))
    antwoord = client.get("/gezondheid/")
    assert antwoord.status_code == 503
    assert antwoord.json()["taken"] == "wachten te lang"


def test_gezondheid_tells_when_a_migration_waits(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'organisaties'")
    antwoord = client.get("/gezondheid/")
    assert antwoord.status_code == 503
    assert antwoord.json()["migraties"] == "niet alle gedaan"


@pytest.mark.parametrize(
    ("adres", "tekst"),
    [
        ("/robots.txt", "Disallow: /beheer/"),
        ("/.well-known/security.txt", "Expires: "),
        ("/opensearch.xml", "<ShortName>Welzijnportal</ShortName>"),
    ],
)
def test_small_files(client: Client, adres: str, tekst: str) -> None:
    assert tekst in client.get(adres).content.decode()


@pytest.mark.parametrize("adres", ["/?q=%00", "/%00/", "/organisaties/?q=a%00b"])
def test_a_nul_byte_is_answered_in_dutch(client: Client, adres: str) -> None:
    antwoord = client.get(adres)
    assert antwoord.status_code == 400
    assert 'lang="nl"' in antwoord.content.decode()


def test_an_unknown_address_is_answered_in_dutch(client: Client, settings: Any) -> None:
    settings.DEBUG = False
    antwoord = client.get("/bestaat-niet/")
    assert antwoord.status_code == 404
    assert "niet" in antwoord.content.decode()
    assert "Not Found" not in antwoord.content.decode()


def test_a_broken_page_shows_no_detail_and_asks_nothing_of_the_database(
    rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        antwoord = fouten.serverfout(rf.get("/"))
    assert antwoord.status_code == 500
    assert "geheim" not in antwoord.content.decode()


def test_an_unreachable_database_gives_503_with_retry_after(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def weg(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("weg")

    monkeypatch.setattr("welzijnportal.views.bestanden.render", weg)
    antwoord = client.get("/opensearch.xml")
    assert antwoord.status_code == 503
    assert antwoord["Retry-After"] == "30"


def test_media_serves_logos_alone_and_harmless(client: Client, settings: Any) -> None:
    for map_ in ("logos", "geheim"):
        (Path(settings.MEDIA_ROOT) / map_).mkdir(parents=True)
        (Path(settings.MEDIA_ROOT) / map_ / "x.png").write_bytes(b"\x89PNG")
    antwoord = client.get("/media/logos/x.png")
    assert antwoord.status_code == 200
    assert antwoord["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    antwoord.close()
    assert client.get("/media/geheim/x.png").status_code == 404
    assert client.get("/media/logos/../geheim/x.png").status_code == 404


def test_an_unreachable_database_gives_503_to_who_is_logged_in_too(
    client: Client, vreemde: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(vreemde)

    def weg(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("weg")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", weg)
    client.raise_request_exception = False
    antwoord = client.get("/mijn/")
    assert antwoord.status_code == 503
    assert antwoord["Retry-After"] == "30"


def test_a_logo_name_that_no_disk_could_hold_is_not_found(client: Client) -> None:
    assert client.get(f"/media/logos/{'a' * 300}").status_code == 404


def test_a_raw_nul_in_the_query_is_refused(client: Client) -> None:
    assert client.get("/organisaties/aanmelden/", QUERY_STRING="naam=a\x00b").status_code == 400


def test_start_says_in_one_line_that_the_port_is_taken() -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        with pytest.raises(CommandError, match=r"Poort \d+ is niet vrij"):
            start.Command._refuse_port_in_use(bezet.getsockname()[1])
