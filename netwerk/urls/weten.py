"""What peers know: the search, practice cards, and questions that go to who may know."""

from django.urls import URLPattern, URLResolver, path

from netwerk.feeds import praktijkkaarten as feeds
from netwerk.views.weten import kaarten, vragen, zoeken

urlpatterns: list[URLPattern | URLResolver] = [
    path("gesprekken/", zoeken.gesprekken, name="gesprekken"),
    path("gesprekken/<slug:code>/wie-weet-dit/", vragen.wie_weet_dit, name="wie_weet_dit"),
    path("gesprekken/<slug:code>/praktijkkaart/", kaarten.maken, name="praktijkkaart_maken"),
    path("praktijkkaarten/", zoeken.praktijkkaarten, name="praktijkkaarten"),
    path("praktijkkaarten/atom/", feeds.nieuw, name="praktijkkaarten_atom"),
    path("praktijkkaarten/schrijven/", kaarten.schrijven, name="praktijkkaart_schrijven"),
    path("praktijkkaarten/<slug:code>/", kaarten.praktijkkaart, name="praktijkkaart"),
    path("praktijkkaarten/<slug:code>/wijzigen/", kaarten.wijzigen, name="praktijkkaart_wijzigen"),
    path("praktijkkaarten/<slug:code>/geschiedenis/", kaarten.geschiedenis, name="praktijkkaart_geschiedenis"),
    path("praktijkkaarten/<slug:code>/intrekken/", kaarten.intrekken, name="praktijkkaart_intrekken"),
    path("praktijkkaarten/<slug:code>/instemming/", kaarten.instemming, name="praktijkkaart_instemming"),
    path("praktijkkaarten/<slug:code>/hielp/", kaarten.hielp, name="praktijkkaart_hielp"),
    path("praktijkkaarten/<slug:code>/nagekeken/", kaarten.nagekeken, name="praktijkkaart_nagekeken"),
    path("mijn/vragen/", vragen.lijst, name="vragen"),
    path("mijn/vragen/hoeveel/", vragen.per_maand, name="vragen_per_maand"),
    path("mijn/vragen/<int:pk>/", vragen.vraag, name="vraag"),
    path("mijn/vragen/<int:pk>/weet-niet/", vragen.weet_niet, name="vraag_weet_niet"),
]
