"""Mail: composed, queued after the commit, delivered over a real SMTP conversation, tried again."""

import email
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import transaction
from django.tasks import TaskResultStatus
from django.template import engines
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from welzijnportal import mail, onderhoud

SJABLOON = """Onderwerp: Hallo {{ naam }}

Beste {{ naam }},

{% if extra %}
{{ extra }}
{% endif %}

Bekijk uw vermelding:

https://welzijnportal.example/organisaties/de-linde/

Groet
"""


class Vanger:
    """Keeps what an SMTP client hands over; refuses when told to."""

    def __init__(self) -> None:
        self.berichten: list[EmailMessage] = []
        self.weigert = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.weigert:
            return "451 kom later terug"
        self.berichten.append(email.message_from_bytes(envelope.content, EmailMessage, policy=default))
        return "250 OK"


@pytest.fixture
def vanger(settings: Any) -> Iterator[Vanger]:
    vanger = Vanger()
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    controller = Controller(vanger, hostname="127.0.0.1", port=poort)
    controller.start()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": poort, "timeout": 5},
        }
    }
    yield vanger
    controller.stop()


@pytest.fixture
def sjabloon(settings: Any, tmp_path: Any) -> str:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "proef.txt").write_text(SJABLOON)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    engines.__dict__.pop("templates", None)
    return "proef"


@pytest.fixture
def wachtrij(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def test_opstellen_keeps_the_subject_on_one_line_and_drops_blank_runs(sjabloon: str) -> None:
    onderwerp, tekst = mail.opstellen(sjabloon, {"naam": "An\r\nBcc: x@y.example", "extra": ""})
    assert onderwerp == "Hallo An Bcc: x@y.example"
    assert "\n\n\n" not in tekst


def test_als_html_makes_a_button_of_our_own_address_and_escapes_the_rest(settings: Any) -> None:
    settings.SITE_URL = "https://a.example"
    html = mail.als_html(
        "Dag", "<script>alert(1)</script> & meer\n\nBekijk uw vermelding:\n\nhttps://a.example/b/?c=1&d=2"
    )
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert '<a class="knop" href="https://a.example/b/?c=1&amp;d=2">Bekijk uw vermelding</a>' in html


@pytest.mark.parametrize(
    "adres", ["https://evil.example/login", "https://a.example.evil.example/", "https://a.example@evil.example/"]
)
def test_als_html_makes_no_button_of_another_sites_address(adres: str, settings: Any) -> None:
    settings.SITE_URL = "https://a.example"
    assert "knop" not in mail.als_html("Dag", f"Klik:\n\n{adres}").split("<body")[-1]


@pytest.mark.django_db(transaction=True)
def test_verstuur_reaches_the_server_only_after_the_commit(sjabloon: str, vanger: Vanger, wachtrij: None) -> None:
    with transaction.atomic():
        mail.verstuur(sjabloon, aan=["a@voorbeeld.example", "b@voorbeeld.example"], context={"naam": "Ann"})
        assert DBTaskResult.objects.count() == 0
    assert DBTaskResult.objects.count() == 2
    call_command("worker", eenmaal=True, pauze=0)
    assert sorted(bericht["To"] for bericht in vanger.berichten) == ["a@voorbeeld.example", "b@voorbeeld.example"]
    bericht = vanger.berichten[0]
    assert bericht["Subject"] == "Hallo Ann"
    assert bericht["Auto-Submitted"] == "auto-generated"
    assert [deel.get_content_type() for deel in bericht.iter_parts()] == ["text/plain", "text/html"]
    assert "https://welzijnportal.example/organisaties/de-linde/" in bericht.get_body(("plain",)).get_content()


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_rolled_back_sends_nothing(sjabloon: str, vanger: Vanger, wachtrij: None) -> None:
    with transaction.atomic():
        mail.verstuur(sjabloon, aan="a@voorbeeld.example", context={"naam": "Ann"})
        transaction.set_rollback(True)
    call_command("worker", eenmaal=True, pauze=0)
    assert vanger.berichten == []


@pytest.mark.django_db(transaction=True)
def test_mail_that_the_server_refused_is_tried_again_later(sjabloon: str, vanger: Vanger, wachtrij: None) -> None:
    vanger.weigert = True
    mail.verstuur(sjabloon, aan="a@voorbeeld.example", context={"naam": "Ann"})
    call_command("worker", eenmaal=True, pauze=0)
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    vanger.weigert = False
    assert onderhoud.herstel_taken() == 1
    taak = DBTaskResult.objects.get()
    assert taak.status == TaskResultStatus.READY
    assert taak.run_after > timezone.now() + timedelta(minutes=3)
    DBTaskResult.objects.update(run_after=timezone.now())
    call_command("worker", eenmaal=True, pauze=0)
    assert len(vanger.berichten) == 1
    assert onderhoud.herstel_taken() == 0


@pytest.mark.django_db(transaction=True)
def test_a_task_whose_worker_was_killed_is_put_back_three_times_at_most(sjabloon: str, wachtrij: None) -> None:
    mail.verstuur(sjabloon, aan="a@voorbeeld.example", context={"naam": "Ann"})
    lang_geleden = timezone.now() - timedelta(hours=1)
    for poging in range(1, 4):
        DBTaskResult.objects.update(
            status=TaskResultStatus.RUNNING, started_at=lang_geleden, worker_ids=[f"w{n}" for n in range(poging)]
        )
        assert onderhoud.herstel_taken() == (1 if poging < 3 else 0)
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


@pytest.mark.django_db(transaction=True)
def test_finished_tasks_are_erased_after_their_term(sjabloon: str, vanger: Vanger, wachtrij: None) -> None:
    mail.verstuur(sjabloon, aan="a@voorbeeld.example", context={"naam": "Ann"})
    call_command("worker", eenmaal=True, pauze=0)
    assert onderhoud.ruim_taken_op() == 0
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=2))
    assert onderhoud.ruim_taken_op() == 1
