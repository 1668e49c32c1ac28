"""What the tables of the desk have in common."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import ActionLocation
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst


class Tafel(admin.ModelAdmin[Any]):
    """A table with a plain title, and plain Dutch where Django has no translation."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        titel = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": titel, **(extra_context or {})})

    def get_action_choices(
        self,
        request: HttpRequest,
        default_choices: Any = None,
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> list[tuple[str, str]]:
        keuzes = super().get_action_choices(request, default_choices, action_location)
        return [(naam, tekst if naam else "Kies een actie") for naam, tekst in keuzes]


class AlleenLezen(Tafel):
    """A table to look things up in; what is decided, is decided in the queue."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
