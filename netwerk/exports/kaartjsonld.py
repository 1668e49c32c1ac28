"""A public card as schema.org describes how to do a thing."""

import json
import re
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from netwerk.models import Praktijkkaart
from welzijnportal.http import volledige_url
from welzijnportal.markdown import naar_tekst

_STAP = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(.+)$", re.MULTILINE)
MEEST_STAPPEN = 30


def als_jsonld(kaart: Praktijkkaart, schrijvers: list[str]) -> SafeString:
    """Return the card as JSON-LD for a script element; source of the names: https://schema.org/HowTo."""
    stappen = _STAP.findall(kaart.aanpak) or [deel for deel in kaart.aanpak.split("\n\n") if deel.strip()]
    gegevens: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "HowTo",
        "name": kaart.titel,
        "description": kaart.samenvatting,
        "url": volledige_url(kaart.get_absolute_url()),
        "inLanguage": "nl",
        "datePublished": timezone.localtime(kaart.geplaatst_op).isoformat(),
        "dateModified": timezone.localtime(kaart.gewijzigd_op).isoformat(),
        "step": [{"@type": "HowToStep", "text": naar_tekst(stap)} for stap in stappen[:MEEST_STAPPEN]],
    }
    if schrijvers:
        gegevens["author"] = [{"@type": "Person", "name": naam} for naam in schrijvers]
    tekst = json.dumps(gegevens, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return mark_safe(tekst)  # noqa: S308 - no '<' is left, so the script element cannot be closed from within
