from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Gemeente, Plaats, Postcode, Provincie


class AlleenLezenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Geodata comes from the loader; what is changed here would be undone by the next run."""

    list_per_page = 50

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        # A broken regular expression would reach the database.
        return not lookup.endswith("regex") and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, search_term[:200])

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Provincie)
class ProvincieAdmin(AlleenLezenAdmin):
    list_display = ["naam", "code"]
    search_fields = ["naam"]


@admin.register(Gemeente)
class GemeenteAdmin(AlleenLezenAdmin):
    list_display = ["naam", "code", "provincie"]
    list_filter = ["provincie"]
    list_select_related = ["provincie"]
    search_fields = ["naam", "zoeksleutel", "code"]


@admin.register(Plaats)
class PlaatsAdmin(AlleenLezenAdmin):
    list_display = ["weergavenaam", "gemeente", "provincie", "gemeente_is_voorstel"]
    list_filter = ["soort", "provincie", "gemeente_is_voorstel"]
    list_select_related = ["gemeente", "provincie"]
    search_fields = ["naam", "zoeksleutel", "andere_namen__naam"]

    def get_queryset(self, request: HttpRequest) -> Any:
        # A search by other names asks DISTINCT, and PostgreSQL cannot compare points.
        return super().get_queryset(request).defer("punt", "gemeente__punt")


@admin.register(Postcode)
class PostcodeAdmin(AlleenLezenAdmin):
    list_display = ["pc4", "plaats", "gemeente", "gemeente_is_voorstel"]
    list_filter = ["gemeente_is_voorstel"]
    list_select_related = ["plaats", "gemeente"]
    search_fields = ["pc4", "plaats__naam"]
