from django.urls import URLPattern, URLResolver, path

from netwerk.views.berichten import bericht, feeds, lijn, volgen

urlpatterns: list[URLPattern | URLResolver] = [
    path("berichten/", lijn.berichten, name="berichten"),
    path("berichten/mijn-organisatie/", lijn.berichten_mijn_organisatie, name="berichten_mijn_organisatie"),
    path("berichten/schrijven/", bericht.schrijven, name="bericht_schrijven"),
    path("berichten/volgend/", volgen.gevolgd, name="gevolgd"),
    path("berichten/volgen/<slug:soort>/<slug:sleutel>/", volgen.volgen, name="volgen"),
    path("berichten/volgers/<slug:code>/verwijderen/", volgen.volger_verwijderen, name="volger_verwijderen"),
    path("berichten/dempen/<slug:code>/", volgen.dempen, name="dempen"),
    path("berichten/van/<slug:code>/", lijn.berichten_van, name="berichten_van"),
    path("berichten/van/<slug:code>/feed/", feeds.van, name="berichten_van_feed"),
    path("berichten/organisatie/<slug:slug>/", lijn.berichten_organisatie, name="berichten_organisatie"),
    path("berichten/organisatie/<slug:slug>/feed/", feeds.organisatie, name="berichten_organisatie_feed"),
    path("berichten/label/<str:label>/", lijn.berichten_label, name="berichten_label"),
    path("berichten/label/<str:label>/feed/", feeds.label, name="berichten_label_feed"),
    path("berichten/<slug:code>/", bericht.bericht, name="bericht"),
    path("berichten/<slug:code>/antwoorden/", bericht.antwoorden, name="bericht_antwoorden"),
    path("berichten/<slug:code>/intrekken/", bericht.intrekken, name="bericht_intrekken"),
    path("berichten/<slug:code>/waarderen/", bericht.waarderen, name="bericht_waarderen"),
    path("berichten/<slug:code>/doorgeven/", bericht.doorgeven, name="bericht_doorgeven"),
    path("berichten/<slug:code>/beeld/", bericht.berichtbeeld, name="berichtbeeld"),
]
