"""Addresses of the networks of peers; fixed words go before what begins with a slug or a code."""

from django.urls import URLPattern, URLResolver

from netwerk.urls import berichten, contacten, gesprekken, kennisgevingen, mensen, netwerken, post, weten

app_name = "netwerk"
urlpatterns: list[URLPattern | URLResolver] = [
    *mensen.urlpatterns,
    *netwerken.urlpatterns,
    *weten.urlpatterns,
    *gesprekken.urlpatterns,
    *berichten.urlpatterns,
    *contacten.urlpatterns,
    *post.urlpatterns,
    *kennisgevingen.urlpatterns,
]
