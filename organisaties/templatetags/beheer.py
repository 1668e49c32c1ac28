"""Filters of the moderation desk."""

from datetime import datetime

from django import template
from django.utils import timezone

from organisaties.admin.werkbank import LANG
from organisaties.admin.werkbank import leeftijd as _leeftijd

register = template.Library()


@register.filter
def leeftijd(sinds: datetime) -> str:
    """'3 dagen', '2 uur', 'net binnen'."""
    return _leeftijd(sinds)


@register.filter
def is_lang(sinds: datetime) -> bool:
    """Tell whether it waits for longer than people should have to."""
    return timezone.now() - sinds > LANG
