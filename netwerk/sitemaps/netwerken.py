from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from netwerk.models import Netwerk
from organisaties.sitemaps import Sleutelbladen


class NetwerkSitemap(Sitemap):  # type: ignore[type-arg]
    limit = 10_000

    @property
    def paginator(self) -> Sleutelbladen:
        return Sleutelbladen(self.items(), self.limit)

    def items(self) -> QuerySet[Netwerk]:
        return Netwerk.objects.zichtbaar_voor(None).order_by("pk").only("slug", "gewijzigd_op")

    def lastmod(self, item: Netwerk) -> datetime:
        return item.gewijzigd_op
