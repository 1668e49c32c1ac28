"""Conversations: reading, writing, changing; articles; drafts."""

from django.urls import URLPattern, URLResolver, path

from netwerk.feeds import gesprekken as feeds
from netwerk.views.gesprekken import lezen, schrijven

urlpatterns: list[URLPattern | URLResolver] = [
    path("netwerken/<slug:slug>/gesprekken/", lezen.netwerk_gesprekken, name="netwerk_gesprekken"),
    path("netwerken/<slug:slug>/gesprekken/atom/", feeds.van_netwerk, name="netwerk_gesprekken_atom"),
    path("netwerken/<slug:slug>/gesprekken/nieuw/", schrijven.gesprek_toevoegen, name="gesprek_toevoegen"),
    path("artikelen/", lezen.artikelen, name="artikelen"),
    path("artikelen/atom/", feeds.artikelen, name="artikelen_atom"),
    path("artikelen/schrijven/", schrijven.artikel_schrijven, name="artikel_schrijven"),
    path("mijn/concepten/", lezen.concepten, name="concepten"),
    path("mijn/concepten/<slug:code>/", schrijven.concept, name="concept"),
    path("gesprekken/<slug:code>/", lezen.gesprek, name="gesprek"),
    path("gesprekken/<slug:code>/versies/", lezen.versies, name="gesprek_versies"),
    path("gesprekken/<slug:code>/wijzigen/", schrijven.gesprek_wijzigen, name="gesprek_wijzigen"),
    path("gesprekken/<slug:code>/doen/", schrijven.gesprek_doen, name="gesprek_doen"),
    path("gesprekken/<slug:code>/<int:nummer>/versies/", lezen.versies, name="reactie_versies"),
    path("gesprekken/<slug:code>/<int:nummer>/wijzigen/", schrijven.gesprek_wijzigen, name="reactie_wijzigen"),
    path("gesprekken/<slug:code>/<int:nummer>/doen/", schrijven.reactie_doen, name="reactie_doen"),
]
