"""Small text files that machines ask for."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe
from django.views.static import serve

from welzijnportal.http import publiek

MAX_FILE_NAME = 100
UUR = 3600


def _tekst(request: HttpRequest, regels: list[str]) -> HttpResponse:
    antwoord = HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")
    return publiek(request, antwoord, seconden=UUR)


@login_not_required
@require_safe
@conditional_page
def robots(request: HttpRequest) -> HttpResponse:
    regels = [
        "User-agent: *",
        "Disallow: /account/",
        "Disallow: /beheer/",
        "Disallow: /mijn/",
        "Disallow: /organisaties/aanmelden/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return _tekst(request, regels)


@login_not_required
@require_safe
@conditional_page
def security_txt(request: HttpRequest) -> HttpResponse:
    # RFC 9116 asks for a date less than a year ahead; rounded to a day so that caches may keep it.
    verloopt = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    regels = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {verloopt.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return _tekst(request, regels)


@login_not_required
@require_safe
@conditional_page
def opensearch(request: HttpRequest) -> HttpResponse:
    soort = "application/opensearchdescription+xml; charset=utf-8"
    return publiek(request, render(request, "welzijnportal/opensearch.xml", content_type=soort), seconden=UUR)


@login_not_required
@require_safe
def logo(request: HttpRequest, bestand: str) -> HttpResponseBase:
    """Serve a logo: written anew by us, under a random name, and still as harmless as can be."""
    if len(bestand) > MAX_FILE_NAME:
        raise Http404
    antwoord = serve(request, bestand, document_root=str(Path(settings.MEDIA_ROOT) / "logos"))
    if isinstance(antwoord, FileResponse):
        antwoord.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        antwoord.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return antwoord
