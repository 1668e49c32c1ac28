"""What moderators see of peers and their networks; one module for each noun, imported here."""

from django.contrib import admin

from netwerk.admin import berichten, gesprekken, mensen, netwerken, signalen, weten
from welzijnportal.beheer import BeheerSite

__all__ = ["berichten", "gesprekken", "mensen", "netwerken", "signalen", "weten"]

if isinstance(admin.site, BeheerSite):
    admin.site.op_werkbank(netwerken.stapels)
    admin.site.op_werkbank(signalen.stapels)
