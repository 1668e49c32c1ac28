"""The sitemap: the directory, its themes, and the fixed pages."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from netwerk.sitemaps.netwerken import NetwerkSitemap
from netwerk.sitemaps.weten import PraktijkkaartSitemap
from organisaties.sitemaps import GemeenteSitemap, OrganisatieSitemap, ThemaSitemap
from welzijnportal.http import publiek

BEWAARTIJD_SECONDEN = 3600
PAGINAS = [
    "home",
    "organisaties:lijst",
    "organisaties:themas",
    "organisaties:welzijn_in_kaart",
    "organisaties:netwerk",
    "organisaties:kwaliteit",
    "over",
    "privacy",
    "toegankelijkheid",
    "gegevens",
    "organisaties:open_data",
    "organisaties:open_api",
    "netwerk:netwerken",
    "netwerk:gesprekken",
    "netwerk:praktijkkaarten",
]


class PaginaSitemap(Sitemap):  # type: ignore[type-arg]
    def items(self) -> list[str]:
        return PAGINAS

    def location(self, item: str) -> str:
        return reverse(item)


class _OnsAdres:
    """Addresses by SITE_URL, so that the name by which the server was asked does not matter."""

    def get_latest_lastmod(self) -> None:
        """Not for the list of files: Django would read every row of the table for it."""

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        delen = urlsplit(settings.SITE_URL)
        return super().get_urls(page, SimpleNamespace(domain=delen.netloc), delen.scheme)  # type: ignore[misc,no-any-return]


ONDERDELEN: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "paginas": type("Paginas", (_OnsAdres, PaginaSitemap), {}),
    "themas": type("Themas", (_OnsAdres, ThemaSitemap), {}),
    "gemeenten": type("Gemeenten", (_OnsAdres, GemeenteSitemap), {}),
    "organisaties": type("Organisaties", (_OnsAdres, OrganisatieSitemap), {}),
    "praktijkkaarten": type("Praktijkkaarten", (_OnsAdres, PraktijkkaartSitemap), {}),
    "netwerken": type("Netwerken", (_OnsAdres, NetwerkSitemap), {}),
}


@login_not_required
@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of files; without the date of each, for which every row would have to be read."""
    return _bewaarbaar(request, sitemap_views.index(request, ONDERDELEN, sitemap_url_name="sitemap_deel"))


@login_not_required
@require_safe
@conditional_page
def sitemap_deel(request: HttpRequest, section: str) -> HttpResponse:
    return _bewaarbaar(request, sitemap_views.sitemap(request, ONDERDELEN, section))


def _bewaarbaar(request: HttpRequest, antwoord: TemplateResponse) -> HttpResponse:
    # A finished response: of one that is still a template the ETag would never lead to a 304.
    tekst = HttpResponse(antwoord.rendered_content, content_type="application/xml")
    return publiek(request, tekst, seconden=BEWAARTIJD_SECONDEN)
