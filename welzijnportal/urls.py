"""Addresses of the portal."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from welzijnportal import sitemaps
from welzijnportal.views import bestanden, gezondheid, home, mijn, ontwikkeling, paginas, stijl

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("organisaties.urls")),
    path("", include("netwerk.urls")),
    path("account/", include("welzijnportal.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("mijn/", mijn.mijn, name="mijn"),
    path("beheer/", admin.site.urls),
    path("over/", paginas.over, name="over"),
    path("privacy/", paginas.privacy, name="privacy"),
    path("toegankelijkheid/", paginas.toegankelijkheid, name="toegankelijkheid"),
    path("gegevens/", paginas.gegevens, name="gegevens"),
    path("gezondheid/", gezondheid.gezondheid, name="gezondheid"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap_deel, name="sitemap_deel"),
    path("robots.txt", bestanden.robots, name="robots"),
    path(".well-known/security.txt", bestanden.security_txt, name="security_txt"),
    path("media/logos/<str:bestand>", bestanden.logo, name="logo"),
    path("opensearch.xml", bestanden.opensearch, name="opensearch"),
]

if settings.HAS_DEVELOPMENT_PAGES:
    urlpatterns += [
        path("stijl/", stijl.stijl, name="stijl"),
        path("ontwikkeling/mail/", ontwikkeling.mail, name="ontwikkeling_mail"),
    ]

handler400 = "welzijnportal.views.fouten.ongeldig"
handler403 = "welzijnportal.views.fouten.verboden"
handler404 = "welzijnportal.views.fouten.niet_gevonden"
handler500 = "welzijnportal.views.fouten.serverfout"
