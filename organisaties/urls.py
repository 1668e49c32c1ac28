"""Addresses of the directory: below /organisaties/, and the themes beside it."""

from django.urls import URLPattern, URLResolver, include, path

from organisaties import feeds
from organisaties.views import detail, lijst, melden, suggesties, thema

app_name = "organisaties"

# Below /organisaties/. Routes that begin with a slug come last: fixed words go before them.
organisaties: list[URLPattern | URLResolver] = [
    path("", lijst.lijst, name="lijst"),
    path("suggesties/", suggesties.suggesties, name="suggesties"),
    path("feed/", feeds.nieuw, name="feed"),
    path("feed/thema/<slug:slug>/", feeds.thema, name="feed_thema"),
    path("feed/gemeente/<slug:code>/", feeds.gemeente, name="feed_gemeente"),
    path("<slug:slug>/", detail.detail, name="detail"),
    path("<slug:slug>/vcard/", detail.vcard, name="vcard"),
    path("<slug:slug>/melden/", melden.melden, name="melden"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisaties/", include(organisaties)),
    path("themas/", thema.themas, name="themas"),
    path("themas/<slug:slug>/", thema.thema, name="thema"),
]
