from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property

from organisaties.keuzes import Status
from organisaties.models import Aanbodtelling, Organisatie, Thema
from organisaties.weergave.aanbodkaart import gemeenteplekken


class Sleutelbladen(Paginator):  # type: ignore[type-arg]
    """Pages by ranges of the primary key: each is as quick as the first, and none needs a count.

    A page may hold fewer than ``per_page`` rows, where rows were deleted or are not to be seen.
    """

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        hoogste = self.object_list.order_by("-pk").values_list("pk", flat=True).first()
        return int(hoogste or 0)

    def page(self, number: int | str) -> Page[Any]:
        nummer = self.validate_number(number)
        vanaf = (nummer - 1) * self.per_page
        return Page(self.object_list.filter(pk__gt=vanaf, pk__lte=vanaf + self.per_page), nummer, self)


class OrganisatieSitemap(Sitemap):  # type: ignore[type-arg]
    limit = 10_000

    @property
    def paginator(self) -> Sleutelbladen:
        return Sleutelbladen(self.items(), self.limit)

    def items(self) -> QuerySet[Organisatie]:
        return Organisatie.objects.zichtbaar().order_by("pk").only("slug", "gewijzigd_op")

    def lastmod(self, item: Organisatie) -> datetime:
        return item.gewijzigd_op


class ThemaSitemap(Sitemap):  # type: ignore[type-arg]
    def items(self) -> QuerySet[Thema]:
        """A theme's page changes when a listing of it does."""
        return Thema.objects.annotate(
            laatst=Max("organisaties__gewijzigd_op", filter=Q(organisaties__status=Status.GEPUBLICEERD))
        ).order_by("pk")

    def lastmod(self, item: Thema) -> datetime | None:
        laatst: datetime | None = getattr(item, "laatst", None)
        return laatst


class GemeenteSitemap(Sitemap):  # type: ignore[type-arg]
    def items(self) -> QuerySet[Aanbodtelling]:
        """The pages of municipalities where something is on offer."""
        return Aanbodtelling.objects.filter(thema=None, gebied__in=gemeenteplekken()).order_by("gebied")

    def location(self, item: Aanbodtelling) -> str:
        return reverse("organisaties:welzijn_in_gemeente", args=[gemeenteplekken()[item.gebied].slug])

    def lastmod(self, item: Aanbodtelling) -> datetime:
        return item.geteld_op
