"""Labels: the loose words of listings, kept by taggit."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from taggit import admin as _taggit_admin  # noqa: F401 - registers what is unregistered below
from taggit.models import Tag, TaggedItem

from organisaties.admin.basis import Tafel
from organisaties.zoeken import ververs
from welzijnportal.validators import een_regel, zichtbare_tekst


def _vermeldingen(labels: Any) -> list[int]:
    gebruikt = TaggedItem.objects.filter(
        tag__in=labels, content_type__app_label="organisaties", content_type__model="organisatie"
    )
    return sorted(set(gebruikt.values_list("object_id", flat=True)))


class LabelForm(forms.ModelForm[Tag]):
    name = forms.CharField(
        label="Label",
        max_length=100,
        validators=[een_regel, zichtbare_tekst],
        error_messages={"unique": "Dit label is er al."},
    )

    class Meta:
        model = Tag
        fields = ("name",)


# The package registers a table of its own, in English, with a page for merging that asks no permission.
admin.site.unregister(Tag)


@admin.register(Tag)
class LabelAdmin(Tafel):
    form = LabelForm
    fields = ("name",)
    list_display = ("label", "aantal")
    search_fields = ("name",)
    ordering = ("name",)
    list_per_page = 100
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Tag]:
        return super().get_queryset(request).annotate(aantal=models.Count("taggit_taggeditem_items"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Labels", **(extra_context or {})})

    @admin.display(description="label", ordering="name")
    def label(self, label: Tag) -> str:
        return label.name

    @admin.display(description="vermeldingen", ordering="aantal")
    def aantal(self, label: Any) -> int:
        return label.aantal

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            ververs(_vermeldingen([obj]))

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        self.delete_queryset(request, Tag.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Tag]) -> None:
        geraakt = _vermeldingen(queryset.values("pk"))
        queryset.delete()
        ververs(geraakt)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Count the uses of a label instead of naming each, which Django would look up one by one."""
        labels = list(objs)
        aantal = TaggedItem.objects.filter(tag__in=labels).count()
        return [label.name for label in labels], {"labels": len(labels), "keer gebruikt": aantal}, set(), []
