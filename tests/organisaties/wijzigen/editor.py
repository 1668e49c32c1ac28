import html
import re
from typing import Any

from django.test import Client

from organisaties.models import (
    Organisatie,
)


def velden_van(pagina: str) -> dict[str, Any]:
    """What a browser would send from the editor's own form, unchanged."""
    form = max(re.findall(r"<form method=\"post\".*?</form>", pagina, re.DOTALL), key=len)
    data: dict[str, Any] = {}
    for veld in re.findall(r"<input[^>]*>", form):
        eigen = dict(re.findall(r'(\w+)="([^"]*)"', veld))
        if "name" not in eigen or (eigen.get("type") in ("checkbox", "radio") and " checked" not in veld):
            continue
        data.setdefault(eigen["name"], []).append(ontsnapt(eigen.get("value", "")))
    for naam, tekst in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        data[naam] = ontsnapt(tekst.removeprefix("\n"))
    for naam, opties in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        gekozen = re.findall(r'<option value="([^"]*)" selected', opties)
        data[naam] = gekozen or re.findall(r'<option value="([^"]*)"', opties)[:1]
    return data


def ontsnapt(tekst: str) -> str:
    return html.unescape(tekst)


def pad(organisatie: Organisatie, rest: str = "") -> str:
    return f"/organisaties/{organisatie.slug}/wijzigen/{rest}"


def bewaar(client: Client, adres: str, **anders: Any) -> Any:
    data = velden_van(client.get(adres).content.decode())
    return client.post(adres, {**data, **anders})
