"""Puts our own site behind ``admin.site``; apart, for the site itself needs models that load later."""

from django.contrib.admin.apps import AdminConfig
from django.db.models import fields


class BeheerConfig(AdminConfig):
    default_site = "welzijnportal.beheer.BeheerSite"

    def ready(self) -> None:
        # Django 6.1 has no Dutch for this label; it says itself that an app may replace it here.
        fields.BLANK_CHOICE_LABEL = "Kies …"  # type: ignore[assignment]
        super().ready()
