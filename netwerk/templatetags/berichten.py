from typing import Any

from django import template
from django.urls import reverse

from netwerk.models import Professional
from netwerk.weergave.berichten import nieuwste_van
from organisaties.models import Organisatie

register = template.Library()


@register.inclusion_tag("netwerk/berichten/_van.html", takes_context=True)
def berichten_van(
    context: dict[str, Any], wie: Professional | Organisatie, kijker: Professional | None = None
) -> dict[str, Any]:
    """{% berichten_van professional kijker %}: the newest three that this viewer may read, in one query.

    Without a viewer only what is for all, without buttons: for a page that a proxy may keep. Nothing is shown when
    there is nothing. The page loads css/berichten.css.
    """
    if isinstance(wie, Organisatie):
        alles = reverse("netwerk:berichten_organisatie", args=[wie.slug])
    else:
        alles = reverse("netwerk:berichten_van", args=[wie.code])
    regels = nieuwste_van(wie, kijker)
    return {"regels": regels, "alles": alles, "kijker": kijker, "request": context.get("request")}
