"""Django admin as the portal's moderation desk."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest


class BeheerSite(admin.AdminSite):
    site_title = "Welzijnportal"
    site_header = "Welzijnportal beheer"
    index_title = "Wat is er te doen?"
    index_template = "admin/werkbank.html"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "site_url": "/"}


class BeheerConfig(AdminConfig):
    """Puts our own site behind ``admin.site``."""

    default_site = "welzijnportal.beheer.BeheerSite"
