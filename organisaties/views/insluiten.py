"""A list of help on somebody else's site: a page for an iframe, and the page that gives the code for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.csp import CSP
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import conditional_page, require_safe

from organisaties.forms.insluiten import HOOGTE, InsluitForm, InsluitKeuzeForm
from organisaties.models import Thema
from organisaties.weergave import kaarten
from organisaties.zoeken import Zoekvraag, zoek
from organisaties.zoeken.keuzes import gemeentenamen
from welzijnportal.http import publiek, volledige_url

PER_PAGINA = 20
BEWAARTIJD_SECONDEN = 300
# Only this page may stand in a frame of any site; it has no form, no script and no cookie to be tricked with.
IN_ELK_KADER: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
}
MET_EIGEN_KADER: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


def in_elk_kader(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let any site frame this page: also the answer that it did not change, whose headers replace those kept."""

    @wraps(view)
    def open_gezet(request: HttpRequest) -> HttpResponse:
        response = view(request)
        # The site around it may ask for this of all that it holds (Cross-Origin-Embedder-Policy).
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return xframe_options_exempt(csp_override(IN_ELK_KADER)(open_gezet))


@login_not_required
@in_elk_kader
@require_safe
@conditional_page
def insluiten(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: nothing on it may depend on who looks."""
    keuzes = InsluitForm(request.GET).cleaned_data
    thema = Thema.objects.filter(slug=keuzes["thema"]).first() if keuzes["thema"] else None
    gemeente = gemeentenamen().get(keuzes["gemeente"], "")
    nu = timezone.now()
    vraag = Zoekvraag(
        tekst=keuzes["q"],
        themas=(thema.slug,) if thema else (),
        gemeente=keuzes["gemeente"] if gemeente else "",
        per_pagina=PER_PAGINA,
        nu=nu,
    )
    resultaat = zoek(vraag)
    meer = {naam: keuzes[naam] for naam in ("q", "gemeente", "thema") if keuzes[naam]}
    context = {
        "titel": _titel(thema, gemeente, keuzes["q"]),
        "resultaten": kaarten(resultaat.ids, nu),
        "totaal": resultaat.totaal,
        "is_afgekapt": resultaat.is_afgekapt,
        "meer_url": volledige_url(f"{reverse('organisaties:lijst')}{f'?{urlencode(meer)}' if meer else ''}"),
        "site_url": settings.SITE_URL,
    }
    response = HttpResponse(render_to_string("organisaties/insluiten/lijst.html", context))
    patch_cache_control(response, public=True, max_age=BEWAARTIJD_SECONDEN)
    response["X-Robots-Tag"] = "noindex"
    return response


def _titel(thema: Thema | None, gemeente: str, q: str) -> str:
    wat = thema.naam if thema else f"Hulp bij “{q}”" if q else "Hulp en gezelschap"
    return f"{wat} in {gemeente}" if gemeente else wat


@login_not_required
@csp_override(MET_EIGEN_KADER)
@require_safe
@conditional_page
def insluiten_uitleg(request: HttpRequest) -> HttpResponse:
    themas = [(thema.slug, thema.naam) for thema in Thema.objects.filter(ouder=None).order_by("volgorde", "naam")]
    namen = sorted(gemeentenamen().items(), key=lambda paar: paar[1].casefold().lstrip("'’"))
    gekozen = request.GET.copy()
    gekozen.setdefault("hoogte", str(HOOGTE))
    form = InsluitKeuzeForm(gekozen, gemeenten=namen, themas=themas)
    keuze, hoogte = form.keuze(), form.hoogte_in_pixels()
    pad = f"{reverse('organisaties:insluiten')}{f'?{urlencode(keuze)}' if keuze else ''}"
    context: dict[str, Any] = {"form": form, "pad": pad, "hoogte": hoogte, "code": _code(pad, hoogte)}
    return publiek(request, render(request, "organisaties/insluiten/uitleg.html", context))


def _gekozen(request: HttpRequest) -> bool:
    return any(naam in request.GET for naam in InsluitKeuzeForm.base_fields)


def _code(pad: str, hoogte: int) -> str:
    return format_html(
        '<iframe src="{}" title="Hulp en gezelschap, van het Welzijnportal" width="100%" height="{}" loading="lazy"></iframe>',
        volledige_url(pad),
        hoogte,
    )
