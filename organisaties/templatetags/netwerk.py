"""The organisations round a listing, and those that vouch for it."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.timezone import localtime

from organisaties.weergave.netwerk import teken_rond

register = template.Library()


@register.simple_tag
def netwerk_rond(naam: str, partners: list[Any], ouder: Any, onderdelen: list[Any]) -> str:
    return teken_rond(naam, partners, ouder, onderdelen)


@register.filter
def als_moment(tekst: str) -> datetime:
    """A moment that the database gave as text, in the portal's time."""
    return localtime(datetime.fromisoformat(tekst))
