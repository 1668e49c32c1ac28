"""Atom feeds of new organisations: all, of a theme, of a municipality."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from organisaties.forms.zoeken import ZoekForm
from organisaties.models import Organisatie, Thema
from organisaties.weergave.zoekpagina import Woordenschat, adres_van, in_woorden
from organisaties.zoeken import Zoekvraag, zoek
from organisaties.zoeken.keuzes import bewaarbaar, maak_vraag
from organisaties.zoeken.vraag import NIEUWSTE
from welzijnportal.geo.models import Gemeente
from welzijnportal.http import publiek, volledige_url

AANTAL = 30
BEWAARTIJD_SECONDEN = 15 * 60


def _tag(pad: str) -> str:
    """An id that stays when name and address change (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{pad}"


class _Feed(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed
    author_name = "Welzijnportal"

    def item_title(self, item: Organisatie) -> str:
        return item.naam

    def item_description(self, item: Organisatie) -> str:
        return item.kort

    def item_link(self, item: Organisatie) -> str:
        return volledige_url(item.get_absolute_url())

    def item_guid(self, item: Organisatie) -> str:
        return _tag(f"organisaties/{item.pk}")

    def item_pubdate(self, item: Organisatie) -> datetime | None:
        return item.gepubliceerd_op

    def item_updateddate(self, item: Organisatie) -> datetime:
        return item.gewijzigd_op


class NieuweOrganisaties(_Feed):
    title = "Nieuwe organisaties op het Welzijnportal"
    subtitle = "Wie er sinds kort op het portaal staat."

    def link(self) -> str:
        return volledige_url(f"{reverse('organisaties:lijst')}?sorteer=nieuwste")

    def feed_guid(self) -> str:
        return _tag("organisaties/nieuw")

    def feed_url(self) -> str:
        return volledige_url(reverse("organisaties:feed"))

    def items(self) -> QuerySet[Organisatie]:
        return Organisatie.objects.zichtbaar().nieuwste()[:AANTAL]


class NieuweBijThema(_Feed):
    def get_object(self, request: HttpRequest, slug: str) -> Thema:
        return get_object_or_404(Thema, slug=slug)

    def title(self, obj: Thema) -> str:
        return f"Nieuwe organisaties: {obj.naam}"

    def subtitle(self, obj: Thema) -> str:
        return obj.uitleg

    def link(self, obj: Thema) -> str:
        return volledige_url(obj.get_absolute_url())

    def feed_guid(self, obj: Thema) -> str:
        return _tag(f"themas/{obj.pk}")

    def feed_url(self, obj: Thema) -> str:
        return volledige_url(reverse("organisaties:feed_thema", args=[obj.slug]))

    def items(self, obj: Thema) -> QuerySet[Organisatie]:
        return Organisatie.objects.zichtbaar().met_thema(obj).nieuwste()[:AANTAL]


class NieuweInGemeente(_Feed):
    def get_object(self, request: HttpRequest, code: str) -> Gemeente:
        gemeente = Gemeente.objects.filter(code=code).first()
        if gemeente is None:
            raise Http404
        return gemeente

    def title(self, obj: Gemeente) -> str:
        return f"Nieuwe organisaties in {obj.naam}"

    def subtitle(self, obj: Gemeente) -> str:
        return f"Organisaties die sinds kort op het portaal staan en in {obj.naam} zijn of werken."

    def link(self, obj: Gemeente) -> str:
        return volledige_url(f"{reverse('organisaties:lijst')}?gemeente={obj.code}&sorteer=nieuwste")

    def feed_guid(self, obj: Gemeente) -> str:
        return _tag(f"gemeenten/{obj.code}")

    def feed_url(self, obj: Gemeente) -> str:
        return volledige_url(reverse("organisaties:feed_gemeente", args=[obj.code]))

    def items(self, obj: Gemeente) -> QuerySet[Organisatie]:
        return Organisatie.objects.zichtbaar().in_gemeente(obj.code).nieuwste()[:AANTAL]


class NieuwBijZoekopdracht(_Feed):
    """The newest answers to a question of the search page, whatever its filters."""

    def get_object(self, request: HttpRequest) -> tuple[Zoekvraag, str, str]:
        woorden = Woordenschat.uit_database()
        gekozen = ZoekForm(request.GET).cleaned_data
        vraag = maak_vraag(gekozen, themas=woorden.themas, doelgroepen=woorden.doelgroepen, nu=timezone.now())
        bewaard = bewaarbaar(adres_van(gekozen, vraag))
        vraag = replace(vraag, sorteer=NIEUWSTE, pagina=1, per_pagina=AANTAL, alleen_open=False)
        return replace(vraag, plek=None) if vraag.provincie else vraag, bewaard, in_woorden(vraag, woorden)

    def title(self, obj: tuple[Zoekvraag, str, str]) -> str:
        return f"Nieuwe hulp: {obj[2]}"

    def link(self, obj: tuple[Zoekvraag, str, str]) -> str:
        return volledige_url(f"{reverse('organisaties:lijst')}?{obj[1]}")

    def feed_guid(self, obj: tuple[Zoekvraag, str, str]) -> str:
        return _tag(f"zoeken/{obj[1]}")

    def feed_url(self, obj: tuple[Zoekvraag, str, str]) -> str:
        return volledige_url(f"{reverse('organisaties:feed_zoeken')}?{obj[1]}")

    def items(self, obj: tuple[Zoekvraag, str, str]) -> QuerySet[Organisatie]:
        return Organisatie.objects.zichtbaar().filter(pk__in=zoek(obj[0]).ids).nieuwste()


def _als_view(feed: _Feed) -> Any:
    def toon(request: HttpRequest, **delen: Any) -> HttpResponse:
        return publiek(request, feed(request, **delen), seconden=BEWAARTIJD_SECONDEN)

    return login_not_required(require_safe(conditional_page(toon)))


nieuw = _als_view(NieuweOrganisaties())
thema = _als_view(NieuweBijThema())
gemeente = _als_view(NieuweInGemeente())
zoekopdracht = _als_view(NieuwBijZoekopdracht())
