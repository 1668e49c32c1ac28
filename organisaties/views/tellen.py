import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from organisaties.actions.tellen import tel
from organisaties.forms.tellen import TelForm
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import zelfde_oorsprong
from welzijnportal.ratelimit import adres_van

MAX_BYTES = 6000
PROGRAMMA = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor|lighthouse|curl/|wget/|python", re.IGNORECASE)


@login_not_required
@zelfde_oorsprong
@never_cache
@require_POST
def tellen(request: HttpRequest) -> HttpResponse:
    """Count what a page's script reports. The answer is the same whether it counted or not."""
    if _is_klein_formulier(request) and not PROGRAMMA.search(request.headers.get("User-Agent", "bot")):
        form = TelForm(request.POST)
        gebruiker = request.user
        # Who works for the portal looks at listings all day.
        if form.is_valid() and not (isinstance(gebruiker, Gebruiker) and gebruiker.is_staff):
            tel(
                soort=form.cleaned_data["soort"],
                slugs=form.cleaned_data["wie"],
                woorden=form.cleaned_data["woorden"],
                adres=adres_van(request),
                gebruiker_id=gebruiker.pk,
            )
    return HttpResponse(status=204)


def _is_klein_formulier(request: HttpRequest) -> bool:
    lengte = request.headers.get("Content-Length", "")
    return (
        request.content_type == "application/x-www-form-urlencoded"
        and lengte.isascii()
        and lengte.isdigit()
        and len(lengte) <= 6
        and int(lengte) <= MAX_BYTES
    )
