from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from organisaties.exports.jsonld import als_jsonld
from organisaties.exports.vcard import als_vcard
from organisaties.models import Organisatie
from organisaties.permissions import mag_bekijken
from organisaties.weergave import vermelding_context
from organisaties.weergave.vermelding import organisatie_op
from welzijnportal.http import publiek, volledige_url

__all__ = ["detail", "publiek", "vcard", "vermelding_context"]


@login_not_required
@require_safe
@conditional_page
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = organisatie_op(slug)
    if organisatie is None:
        return naar_nieuw_adres(slug, "organisaties:detail")
    if not mag_bekijken(request.user, organisatie):
        raise Http404
    context = vermelding_context(organisatie, request.user, timezone.now())
    context |= {
        "deel_url": volledige_url(organisatie.get_absolute_url()),
        "jsonld": als_jsonld(context) if organisatie.is_zichtbaar else "",
    }
    return publiek(request, render(request, "organisaties/detail.html", context))


@login_not_required
@require_safe
@conditional_page
def vcard(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = Organisatie.objects.zichtbaar().filter(slug=slug).first()
    if organisatie is None:
        return naar_nieuw_adres(slug, "organisaties:vcard")
    response = HttpResponse(
        als_vcard(organisatie, list(organisatie.locaties.all())), content_type="text/vcard; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{organisatie.slug}.vcf"'
    return publiek(request, response)


def naar_nieuw_adres(slug: str, naam: str) -> HttpResponse:
    """Redirect for ever from an address that a visible organisation had before."""
    organisatie = Organisatie.objects.zichtbaar().filter(oude_slugs__slug=slug).first()
    if organisatie is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(naam, args=[organisatie.slug]))
