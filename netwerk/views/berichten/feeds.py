"""Atom feeds of public short messages: of a person who is there for all, of an organisation, of a hashtag."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from netwerk.actions.berichttekst import normaliseer_label
from netwerk.keuzes import Voor
from netwerk.models import Bericht, Professional
from netwerk.models.bericht import BerichtQuerySet
from netwerk.weergave.berichten import eigen_van, te_tonen, tekst_zonder_opmaak
from organisaties.models import Organisatie
from welzijnportal.http import publiek, volledige_url

AANTAL = 30
BEWAARTIJD_SECONDEN = 5 * 60


class _Feed(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed

    def _nieuwste(self, berichten: BerichtQuerySet) -> BerichtQuerySet:
        return te_tonen(berichten.zichtbaar_voor(None).order_by("-pk"), None)[:AANTAL]

    def item_title(self, item: Bericht) -> str:
        tekst = " ".join(tekst_zonder_opmaak(item).split())
        return tekst if len(tekst) <= 80 else f"{tekst[:79]}…"

    def item_description(self, item: Bericht) -> str:
        return tekst_zonder_opmaak(item)

    def item_link(self, item: Bericht) -> str:
        return item.uri

    def item_guid(self, item: Bericht) -> str:
        return item.uri

    def item_author_name(self, item: Bericht) -> str:
        return str(item.afzender)

    def item_pubdate(self, item: Bericht) -> datetime:
        return item.geplaatst_op

    def item_updateddate(self, item: Bericht) -> datetime:
        return item.gewijzigd_op


class BerichtenVan(_Feed):
    def get_object(self, request: HttpRequest, code: str) -> Professional:
        return get_object_or_404(Professional.objects.actief(), code=code, vindbaar_voor=Voor.IEDEREEN)

    def title(self, obj: Professional) -> str:
        return f"Berichten van {obj.naam}"

    def link(self, obj: Professional) -> str:
        return volledige_url(reverse("netwerk:berichten_van", args=[obj.code]))

    def feed_url(self, obj: Professional) -> str:
        return volledige_url(reverse("netwerk:berichten_van_feed", args=[obj.code]))

    def items(self, obj: Professional) -> BerichtQuerySet:
        return self._nieuwste(eigen_van(obj))


class BerichtenVanOrganisatie(_Feed):
    def get_object(self, request: HttpRequest, slug: str) -> Organisatie:
        return get_object_or_404(Organisatie.objects.zichtbaar(), slug=slug)

    def title(self, obj: Organisatie) -> str:
        return f"Berichten van {obj.naam}"

    def link(self, obj: Organisatie) -> str:
        return volledige_url(reverse("netwerk:berichten_organisatie", args=[obj.slug]))

    def feed_url(self, obj: Organisatie) -> str:
        return volledige_url(reverse("netwerk:berichten_organisatie_feed", args=[obj.slug]))

    def items(self, obj: Organisatie) -> BerichtQuerySet:
        return self._nieuwste(eigen_van(obj))


class BerichtenMetLabel(_Feed):
    def get_object(self, request: HttpRequest, label: str) -> str:
        if not label or normaliseer_label(label) != label:
            raise Http404
        return label

    def title(self, obj: str) -> str:
        return f"Berichten over #{obj}"

    def link(self, obj: str) -> str:
        return volledige_url(reverse("netwerk:berichten_label", args=[obj]))

    def feed_url(self, obj: str) -> str:
        return volledige_url(reverse("netwerk:berichten_label_feed", args=[obj]))

    def items(self, obj: str) -> BerichtQuerySet:
        return self._nieuwste(Bericht.objects.eigen_woorden().met_label(obj).filter(is_antwoord=False))


def _als_view(feed: _Feed) -> Any:
    def toon(request: HttpRequest, **delen: Any) -> HttpResponse:
        return publiek(request, feed(request, **delen), seconden=BEWAARTIJD_SECONDEN)

    return login_not_required(require_safe(conditional_page(toon)))


van = _als_view(BerichtenVan())
organisatie = _als_view(BerichtenVanOrganisatie())
label = _als_view(BerichtenMetLabel())
