"""The health page: whether database, cache, tasks and migrations are in order."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

MAX_TASK_DELAY = timedelta(minutes=15)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "goed"


def _cache() -> str:
    waarde = get_random_string(8)
    cache.set("gezondheid", waarde, 10)
    return "goed" if cache.get("gezondheid") else "antwoordt niet"


def _taken() -> str:
    te_laat = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - MAX_TASK_DELAY)
    return "wachten te lang" if te_laat.exists() else "goed"


def _migraties() -> str:
    executor = MigrationExecutor(connection)
    return "niet alle gedaan" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "goed"


PROEVEN: dict[str, Callable[[], str]] = {
    "database": _database,
    "cache": _cache,
    "taken": _taken,
    "migraties": _migraties,
}


@login_not_required
@require_safe
@never_cache
def gezondheid(request: HttpRequest) -> JsonResponse:
    uitkomst = {}
    for naam, proef in PROEVEN.items():
        try:
            uitkomst[naam] = proef()
        except Exception:  # noqa: BLE001 - whatever fails, the page must say which part it was
            uitkomst[naam] = "fout"
    in_orde = all(waarde == "goed" for waarde in uitkomst.values())
    return JsonResponse({"in_orde": in_orde, **uitkomst}, status=200 if in_orde else 503)
