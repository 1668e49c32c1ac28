"""Puts our own site behind ``admin.site``; apart, for the site itself needs models that load later."""

from django.contrib.admin.apps import AdminConfig


class BeheerConfig(AdminConfig):
    default_site = "welzijnportal.beheer.BeheerSite"
