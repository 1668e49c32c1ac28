"""Ground of all tests: the real PostgreSQL, a strict client, people by role, no network."""

import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from organisaties.weergave import onthouden
from tests.fabriek import maak_gebruiker
from welzijnportal import embedded, ratelimit

UNRENDERED = re.compile(r"{[{%#]|[%#}]}")
INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\ssrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)[^>]*>|<style", re.IGNORECASE
)


def pytest_configure(config: pytest.Config) -> None:
    if settings.USES_EMBEDDED_DATABASE:
        embedded.hold()
        embedded.start()
        embedded.ensure_database(settings.DATABASES["default"]["NAME"])
    # The journeys call the ORM beside Playwright's event loop, which Django refuses otherwise.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_unconfigure(config: pytest.Config) -> None:
    # The last one out; a server that somebody else still uses stays up.
    if settings.USES_EMBEDDED_DATABASE and not hasattr(config, "workerinput"):
        embedded.stop()


@pytest.fixture(autouse=True)
def geen_netwerk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shut the network but for this machine itself."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def eigen_omgeving(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Give each test its own files and mailbox, tasks that run at once, and quick password hashes."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    ratelimit.vergeet()
    onthouden.vergeet()
    yield
    cache.clear()


class StrengeClient(Client):
    """A client that follows the rules of the house: nothing inline, no unrendered tag, on_commit hooks run."""

    vangt: Callable[..., Any]

    def request(self, **request: Any) -> HttpResponse:
        with self.vangt(execute=True):
            response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            html = response.content.decode()
            zichtbaar = re.sub(r"<(textarea|code|pre|script)\b.*?</\1>|value=\"[^\"]*\"", "", html, flags=re.DOTALL)
            assert not UNRENDERED.search(zichtbaar), f"unrendered tag: {UNRENDERED.search(zichtbaar)}"
            assert not INLINE.search(zichtbaar), f"inline: {INLINE.search(zichtbaar)}"
            assert not INLINE_SCRIPT.search(html), f"inline: {INLINE_SCRIPT.search(html)}"
        return response


@pytest.fixture
def client(django_capture_on_commit_callbacks: Callable[..., Any]) -> StrengeClient:
    # As a browser says of a form on our own page.
    client = StrengeClient(headers={"sec-fetch-site": "same-origin"})
    client.vangt = django_capture_on_commit_callbacks
    return client


@pytest.fixture
def log_in(client: StrengeClient) -> Callable[[Any], StrengeClient]:
    """Return a function that logs a person in on the client."""

    def doe(gebruiker: Any) -> StrengeClient:
        client.force_login(gebruiker)
        return client

    return doe


@pytest.fixture
def vreemde(db: None) -> Any:
    """Somebody with an account and no role."""
    return maak_gebruiker(email="vreemde@voorbeeld.example")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """End what still uses the test database before it is removed.

    A thread of the live server holds its connection when the browser went away in the middle of a page.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
