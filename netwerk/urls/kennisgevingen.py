"""Word to people, and what of it comes by mail."""

from django.urls import URLPattern, URLResolver, path

from netwerk.views import kennisgevingen

urlpatterns: list[URLPattern | URLResolver] = [
    path("kennisgevingen/", kennisgevingen.kennisgevingen, name="kennisgevingen"),
    path("kennisgevingen/lezen/", kennisgevingen.kennisgevingen_lezen, name="kennisgevingen_lezen"),
    path("kennisgevingen/voorkeuren/", kennisgevingen.mailvoorkeuren, name="mailvoorkeuren"),
    path(
        "kennisgevingen/voorkeuren/<slug:slug>/", kennisgevingen.mailvoorkeuren_netwerk, name="mailvoorkeuren_netwerk"
    ),
    path(
        "kennisgevingen/afmelden/<str:token>/", kennisgevingen.kennisgevingen_afmelden, name="kennisgevingen_afmelden"
    ),
]
