"""An Atom feed of new cards that everybody may read."""

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

from netwerk.models import Praktijkkaart
from welzijnportal.http import publiek, volledige_url

AANTAL = 30
BEWAARTIJD_SECONDEN = 15 * 60


def _tag(pad: str) -> str:
    """An id that stays when name and address change (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{pad}"


class NieuweKaarten(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed
    author_name = "Welzijnportal"
    title = "Nieuwe praktijkkaarten op het Welzijnportal"
    subtitle = "Wat werkt, hoe u het doet en waar u op let: korte kaarten van vakgenoten in het welzijn."

    def link(self) -> str:
        return volledige_url(reverse("netwerk:praktijkkaarten"))

    def feed_guid(self) -> str:
        return _tag("praktijkkaarten/nieuw")

    def feed_url(self) -> str:
        return volledige_url(reverse("netwerk:praktijkkaarten_atom"))

    def items(self) -> QuerySet[Praktijkkaart]:
        return Praktijkkaart.objects.zichtbaar_voor(None).nieuwste()[:AANTAL]

    def item_title(self, item: Praktijkkaart) -> str:
        return item.titel

    def item_description(self, item: Praktijkkaart) -> str:
        return item.samenvatting

    def item_link(self, item: Praktijkkaart) -> str:
        return volledige_url(item.get_absolute_url())

    def item_guid(self, item: Praktijkkaart) -> str:
        return _tag(f"praktijkkaarten/{item.code}")

    def item_pubdate(self, item: Praktijkkaart) -> datetime:
        return item.geplaatst_op

    def item_updateddate(self, item: Praktijkkaart) -> datetime:
        return item.gewijzigd_op


@login_not_required
@require_safe
@conditional_page
def nieuw(request: HttpRequest) -> HttpResponse:
    return publiek(request, NieuweKaarten()(request), seconden=BEWAARTIJD_SECONDEN)
