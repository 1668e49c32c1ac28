from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from organisaties.exports.deelbeeld import Woorden, teken
from organisaties.models import Locatie, Organisatie
from organisaties.views.detail import naar_nieuw_adres

BEWAARTIJD_SECONDEN = 24 * 3600


@login_not_required
@require_safe
def beeld(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The picture of a listing for who shares it; drawn only when the asker does not have it."""
    organisatie = Organisatie.objects.zichtbaar().only("naam", "kort").filter(slug=slug).first()
    if organisatie is None:
        return naar_nieuw_adres(slug, "organisaties:beeld")
    plaats = Locatie.objects.filter(organisatie=organisatie).values_list("plaats", flat=True).first()
    woorden = Woorden(organisatie.naam, organisatie.kort, plaats or "")
    etag = quote_etag(woorden.etag)
    antwoord = get_conditional_response(request, etag) or HttpResponse(teken(woorden), content_type="image/png")
    antwoord["ETag"] = etag
    # Other sites show it.
    antwoord["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(antwoord, public=True, max_age=BEWAARTIJD_SECONDEN)
    return antwoord
