"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from netwerk.actions.kennisgevingen import ongelezen
from organisaties.views.doorgeven.houder import in_lijst
from welzijnportal.accounts.models import Gebruiker

# Pages that the menu marks as where one is (componenten/menu.html).
IN_MENU = frozenset(["/organisaties/", "/themas/", "/netwerken/", "/geef-door/"])


def _kop_sleutel(request: HttpRequest) -> str:
    """On what the head of a page depends for who has no session; empty for who has one."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES or request.user.is_authenticated:
        return ""
    return request.path if request.path in IN_MENU else "elders"


def _ongelezen(request: HttpRequest) -> str:
    """How many words wait for who is logged in, as it is shown: '' for none, and '99+' for more than fit."""
    gebruiker = request.user
    if not isinstance(gebruiker, Gebruiker):
        return ""
    wacht: list[int] | None = getattr(gebruiker, "ongelezen", None)
    # Who logged in by this very request was not fetched by Inlogger.
    aantal = ongelezen(gebruiker) if wacht is None else len(wacht)
    return "99+" if aantal > 99 else str(aantal or "")


def portaal(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_url": settings.SITE_URL,
        "canoniek": f"{settings.SITE_URL}{request.path}",
        "contact_email": settings.CONTACT_EMAIL,
        "in_ontwikkeling": settings.IN_DEVELOPMENT,
        "mijn_lijst": in_lijst(request),
        "kop_sleutel": _kop_sleutel(request),
        "ongelezen": SimpleLazyObject(lambda: _ongelezen(request)),
    }
