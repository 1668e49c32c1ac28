"""Queued tasks, mails among them: what waits, what failed and why."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django_tasks_db import admin as _tasks_admin  # noqa: F401 - registers what is unregistered below
from django_tasks_db.models import DBTaskResult

from organisaties.admin.basis import AlleenLezen
from welzijnportal.onderhoud import MAIL_TASK

STATUS = {"READY": "wacht", "RUNNING": "bezig", "FAILED": "mislukt", "SUCCESSFUL": "gelukt"}


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status__exact"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return list(STATUS.items())

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(status=self.value()) if self.value() in STATUS else queryset


# The package registers a table of its own, in English.
admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class TaakAdmin(AlleenLezen):
    list_display = ("wat", "stand", "ingepland", "begonnen", "geeindigd", "pogingen")
    list_filter = (StatusFilter,)
    ordering = ("-enqueued_at",)
    fields = ("wat", "stand", "ingepland", "begonnen", "geeindigd", "pogingen", "fout")
    readonly_fields = fields
    show_full_result_count = False

    @admin.display(description="wat")
    def wat(self, taak: DBTaskResult) -> str:
        if taak.task_path == MAIL_TASK:
            kwargs = taak.args_kwargs.get("kwargs", {})
            return f"mail aan {kwargs.get('aan', '?')}: {kwargs.get('onderwerp', '')}"
        return taak.task_path

    @admin.display(description="stand", ordering="status")
    def stand(self, taak: DBTaskResult) -> str:
        return STATUS.get(taak.status, taak.status)

    @admin.display(description="ingepland", ordering="enqueued_at")
    def ingepland(self, taak: DBTaskResult) -> Any:
        return taak.enqueued_at

    @admin.display(description="begonnen", ordering="started_at")
    def begonnen(self, taak: DBTaskResult) -> Any:
        return taak.started_at

    @admin.display(description="geëindigd", ordering="finished_at")
    def geeindigd(self, taak: DBTaskResult) -> Any:
        return taak.finished_at

    @admin.display(description="pogingen")
    def pogingen(self, taak: DBTaskResult) -> int:
        return len(taak.worker_ids)

    @admin.display(description="fout")
    def fout(self, taak: DBTaskResult) -> str:
        return format_html("<pre>{}</pre>", taak.traceback) if taak.traceback else "geen"
