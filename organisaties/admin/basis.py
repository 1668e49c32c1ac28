"""What the tables of the desk have in common."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import ActionLocation, BaseModelAdmin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

MAX_ZOEKTEKST = 200
MAX_ONDERDELEN = 100


class _DraagtOnzin(AutocompleteMixin):
    """Leaves out what can be no key: Django's own asks the database for it when it shows a refused form again."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [sleutel for sleutel in value if self._kan_bestaan(sleutel)], attr)

    def _kan_bestaan(self, sleutel: Any) -> bool:
        try:
            self.field.remote_field.model._meta.pk.to_python(sleutel)
        except ValidationError:
            return False
        return "\x00" not in str(sleutel)


class KeuzeMetZoeken(_DraagtOnzin, AutocompleteSelect):
    pass


class KeuzesMetZoeken(_DraagtOnzin, AutocompleteSelectMultiple):
    pass


class Keuzevelden(BaseModelAdmin[Any]):
    """Choices with a search box that show a refused form again, whatever was sent as a choice."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeuzeMetZoeken(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeuzesMetZoeken(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class Onderdelen(Keuzevelden):
    """An inline of so many parts at most; a listing that has more already can still be saved."""

    max_num: int | None = MAX_ONDERDELEN

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["absolute_max"] = MAX_ONDERDELEN
        if obj and request.method == "POST":
            formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
            bestaand = formset.model._default_manager.filter(**{formset.fk.name: obj}).count()
            kwargs["absolute_max"] = max(MAX_ONDERDELEN, bestaand)
        return super().get_formset(request, obj, **kwargs)  # type: ignore[misc]


class Tafel(Keuzevelden, admin.ModelAdmin[Any]):
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

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Allow what the filters beside the list ask; Django allows any lookup on the model, a broken regex too."""
        return lookup in self._filtervragen(request) and super().lookup_allowed(lookup, value, request)

    def _filtervragen(self, request: HttpRequest) -> set[str]:
        vragen: set[str] = set()
        for filter_op in self.get_list_filter(request):
            if isinstance(filter_op, type):
                vragen.add(getattr(filter_op, "parameter_name", ""))
                continue
            pad: Any = filter_op[0] if isinstance(filter_op, list | tuple) else filter_op
            veld = get_fields_from_path(self.model, pad)[-1]
            sleutel = (
                f"{veld.target_field.name}__" if isinstance(veld, models.ForeignObject | models.ManyToManyField) else ""
            )
            vragen |= {f"{pad}__{sleutel}exact", f"{pad}__isnull"}
        return vragen

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        # Every word is a condition on every field, and thousands of those are too much for the database.
        return super().get_search_results(request, queryset, search_term[:MAX_ZOEKTEKST])


class AlleenLezen(Tafel):
    """A table to look things up in; what is decided, is decided in the queue."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
