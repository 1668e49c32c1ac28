"""Atom feeds of what everybody may read: articles, and the conversations of a network."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from netwerk.keuzes import Gesprekssoort
from netwerk.models import Gesprek, Netwerk
from netwerk.weergave.gesprekken import WEG
from welzijnportal.http import publiek, volledige_url
from welzijnportal.markdown import naar_tekst

AANTAL = 30
BEWAARTIJD_SECONDEN = 15 * 60


def _tag(pad: str) -> str:
    """An id that stays when title and address change (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{pad}"


class _Gesprekken(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed

    def _rijen(self) -> QuerySet[Gesprek]:
        return Gesprek.objects.zichtbaar_voor(None).select_related("auteur").order_by("-geplaatst_op", "-pk")

    def item_title(self, item: Gesprek) -> str:
        return item.titel

    def item_description(self, item: Gesprek) -> str:
        return item.samenvatting or naar_tekst(item.tekst)[:500]

    def item_author_name(self, item: Gesprek) -> str:
        return item.auteur.naam if item.auteur else WEG

    def item_link(self, item: Gesprek) -> str:
        return volledige_url(item.get_absolute_url())

    def item_guid(self, item: Gesprek) -> str:
        return _tag(f"gesprekken/{item.code}")

    def item_pubdate(self, item: Gesprek) -> datetime | None:
        return item.geplaatst_op

    def item_updateddate(self, item: Gesprek) -> datetime | None:
        return item.gewijzigd_op or item.geplaatst_op


class Artikelen(_Gesprekken):
    title = "Artikelen op het Welzijnportal"
    subtitle = "Langere stukken van mensen die in het welzijn werken."

    def link(self) -> str:
        return volledige_url(reverse("netwerk:artikelen"))

    def feed_guid(self) -> str:
        return _tag("artikelen")

    def feed_url(self) -> str:
        return volledige_url(reverse("netwerk:artikelen_atom"))

    def items(self) -> QuerySet[Gesprek]:
        return self._rijen().filter(soort=Gesprekssoort.ARTIKEL)[:AANTAL]


class Netwerkgesprekken(_Gesprekken):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Netwerk:
        netwerk = Netwerk.objects.zichtbaar_voor(None).filter(slug=kwargs["slug"]).first()
        if netwerk is None:
            raise Http404
        return netwerk

    def title(self, obj: Netwerk) -> str:
        return f"Gesprekken in {obj.naam}"

    def subtitle(self, obj: Netwerk) -> str:
        return obj.doel

    def link(self, obj: Netwerk) -> str:
        return volledige_url(obj.get_absolute_url())

    def feed_guid(self, obj: Netwerk) -> str:
        return _tag(f"netwerken/{obj.pk}/gesprekken")

    def feed_url(self, obj: Netwerk) -> str:
        return volledige_url(reverse("netwerk:netwerk_gesprekken_atom", args=[obj.slug]))

    def items(self, obj: Netwerk) -> QuerySet[Gesprek]:
        return self._rijen().filter(netwerk=obj)[:AANTAL]


@login_not_required
@require_safe
@conditional_page
def artikelen(request: HttpRequest) -> HttpResponse:
    return publiek(request, Artikelen()(request), seconden=BEWAARTIJD_SECONDEN)


@login_not_required
@require_safe
@conditional_page
def van_netwerk(request: HttpRequest, slug: str) -> HttpResponse:
    return publiek(request, Netwerkgesprekken()(request, slug=slug), seconden=BEWAARTIJD_SECONDEN)
