"""An Atom feed of new public networks."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from netwerk.models import Netwerk
from welzijnportal.http import publiek, volledige_url

AANTAL = 30
BEWAARTIJD_SECONDEN = 15 * 60


def _tag(pad: str) -> str:
    """An id that stays when name and address change (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{pad}"


class NieuweNetwerken(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed
    author_name = "Welzijnportal"
    title = "Nieuwe netwerken op het Welzijnportal"
    subtitle = "Netwerken van vakgenoten in het welzijn, voor zover iedereen ze mag zien."

    def link(self) -> str:
        return volledige_url(reverse("netwerk:netwerken"))

    def feed_guid(self) -> str:
        return _tag("netwerken/nieuw")

    def feed_url(self) -> str:
        return volledige_url(reverse("netwerk:netwerken_atom"))

    def items(self) -> QuerySet[Netwerk]:
        return Netwerk.objects.zichtbaar_voor(None).order_by("-aangemaakt_op", "-pk")[:AANTAL]

    def item_title(self, item: Netwerk) -> str:
        return item.naam

    def item_description(self, item: Netwerk) -> str:
        return item.doel

    def item_link(self, item: Netwerk) -> str:
        return volledige_url(item.get_absolute_url())

    def item_guid(self, item: Netwerk) -> str:
        return _tag(f"netwerken/{item.pk}")

    def item_pubdate(self, item: Netwerk) -> datetime:
        return item.aangemaakt_op

    def item_updateddate(self, item: Netwerk) -> datetime:
        return item.gewijzigd_op


@login_not_required
@require_safe
@conditional_page
def nieuw(request: HttpRequest) -> HttpResponse:
    return publiek(request, NieuweNetwerken()(request), seconden=BEWAARTIJD_SECONDEN)
