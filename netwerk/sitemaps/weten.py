"""What of the peers everybody may read, for search engines."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from netwerk.models import Praktijkkaart
from organisaties.sitemaps import Sleutelbladen


class PraktijkkaartSitemap(Sitemap):  # type: ignore[type-arg]
    limit = 10_000

    @property
    def paginator(self) -> Sleutelbladen:
        return Sleutelbladen(self.items(), self.limit)

    def items(self) -> QuerySet[Praktijkkaart]:
        return Praktijkkaart.objects.zichtbaar_voor(None).order_by("pk").only("code", "gewijzigd_op")

    def lastmod(self, item: Praktijkkaart) -> datetime:
        return item.gewijzigd_op
