from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from organisaties.keuzes import Status
from organisaties.models import Aanbodtelling, Organisatie, Thema
from organisaties.weergave.aanbodkaart import gemeenteplekken


class OrganisatieSitemap(Sitemap):  # type: ignore[type-arg]
    limit = 10_000

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
