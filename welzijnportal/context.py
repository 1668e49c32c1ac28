"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from organisaties.views.doorgeven.houder import in_lijst


def portaal(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_url": settings.SITE_URL,
        "canoniek": f"{settings.SITE_URL}{request.path}",
        "contact_email": settings.CONTACT_EMAIL,
        "in_ontwikkeling": settings.IN_DEVELOPMENT,
        "mijn_lijst": in_lijst(request),
    }
