"""The moderation desk: queues and reviews, the directory's tables, imports."""

from django.contrib import admin

from organisaties.admin import (
    bijdragen,
    correcties,
    dubbelen,
    importeren,
    labels,
    nietvermeld,
    organisaties,
    overnames,
    samenvoegen,
    taken,
    woorden,
)
from organisaties.admin.werkbank import werkbank
from welzijnportal.beheer import BeheerSite

__all__ = [
    "bijdragen",
    "correcties",
    "dubbelen",
    "importeren",
    "labels",
    "nietvermeld",
    "organisaties",
    "overnames",
    "samenvoegen",
    "taken",
    "woorden",
]

if isinstance(admin.site, BeheerSite):
    admin.site.op_werkbank(werkbank)
