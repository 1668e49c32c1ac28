from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Q, QuerySet

from organisaties.keuzes import Status
from organisaties.models import Organisatie, Thema


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
