"""Regular housekeeping: tasks that were cut off, mail that could not be sent, data past their term.

Run by every worker once a minute; an advisory lock sees to it that one does it at a time.
"""

import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache, caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.tasks import TaskResultStatus
from django.utils import timezone
from django.utils.text import slugify
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

ADVISORY_LOCK = 20091123
TASK_MAX_RUNTIME = timedelta(minutes=20)
TASK_MAX_TRIES = 3
MAIL_MAX_TRIES = 6
MAIL_TASK = "welzijnportal.mail.verstuur_mail"
KEEP_DONE = timedelta(days=1)
KEEP_FAILED = timedelta(days=14)

_daily: dict[str, Callable[[], object]] = {}
_each_minute: dict[str, Callable[[], object]] = {}


def dagelijks(naam: str, functie: Callable[[], object]) -> None:
    """Register what is to be done once a day; apps call this from their AppConfig."""
    _daily[naam] = functie


def elke_minuut(naam: str, functie: Callable[[], object]) -> None:
    """Register what is looked at each round of a worker, about once a minute; it guards itself against two at once."""
    _each_minute[naam] = functie


def worker_id() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"


def doe_onderhoud() -> None:
    """Do what is due; returns at once when another process is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            return
        herstel_taken()
        ruim_cache_op(cursor)
    for naam, functie in {"taken": ruim_taken_op, "sessies": ruim_sessies_op, **_daily}.items():
        sleutel = f"onderhoud:{slugify(naam)}"
        if cache.add(sleutel, True, timeout=24 * 3600):
            try:
                functie()
            except Exception:
                cache.delete(sleutel)
                logger.exception("Housekeeping failed: %s", naam)
    for naam, functie in _each_minute.items():
        try:
            functie()
        except Exception:
            logger.exception("Housekeeping failed: %s", naam)


def ruim_cache_op(cursor: CursorWrapper) -> None:
    """Erase what is past its term in a cache that is a table of the database.

    Django does so only when the table is full or the same key is asked for, and the keys of rate limits hold addresses.
    """
    opslag = caches["default"]
    if isinstance(opslag, BaseDatabaseCache):
        tabel = connection.ops.quote_name(opslag._table)  # type: ignore[attr-defined]
        cursor.execute(f"DELETE FROM {tabel} WHERE expires < now()")  # noqa: S608


def herstel_taken() -> int:
    """Put cut-off tasks and unsent mail back in the queue; return how many.

    A task whose worker died stays RUNNING for ever otherwise. A task is tried three times at most, a mail
    six times with growing pauses, so that a mail server may be away for some hours.
    """
    nu = timezone.now()
    teruggezet = 0
    for taak in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=nu - TASK_MAX_RUNTIME):
        if len(taak.worker_ids) >= TASK_MAX_TRIES:
            taak.status = TaskResultStatus.FAILED
            taak.finished_at = nu
            taak.save(update_fields=["status", "finished_at"])
            logger.error("Task %s was cut off %s times and is given up", taak.task_path, TASK_MAX_TRIES)
            continue
        teruggezet += _zet_terug(taak, TaskResultStatus.RUNNING, nu)
    mislukt = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, task_path=MAIL_TASK)
    for taak in mislukt.exclude(exception_class_path=""):
        pogingen = len(taak.worker_ids)
        if pogingen < MAIL_MAX_TRIES and taak.finished_at:
            pauze = timedelta(minutes=4**pogingen)
            teruggezet += _zet_terug(taak, TaskResultStatus.FAILED, max(nu, taak.finished_at + pauze))
    return teruggezet


def _zet_terug(taak: DBTaskResult, van: TaskResultStatus, wanneer: object) -> int:
    # The status in the filter keeps two processes from putting the same task back twice.
    return DBTaskResult.objects.filter(pk=taak.pk, status=van).update(
        status=TaskResultStatus.READY, run_after=wanneer, started_at=None, finished_at=None
    )


def ruim_taken_op() -> int:
    """Erase finished tasks: their arguments hold addresses and texts of mails."""
    nu = timezone.now()
    gedaan = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=nu - KEEP_DONE)
    mislukt = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=nu - KEEP_FAILED)
    return gedaan.delete()[0] + mislukt.delete()[0]


def ruim_sessies_op() -> None:
    """Erase sessions past their term."""
    call_command("clearsessions")
