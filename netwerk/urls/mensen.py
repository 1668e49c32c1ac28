"""People: finding them, their page, and one's own profile."""

from django.urls import URLPattern, URLResolver, path, re_path

from netwerk.views.mensen import mens, profiel, werk, zoeken

urlpatterns: list[URLPattern | URLResolver] = [
    path("mensen/", zoeken.mensen, name="mensen"),
    path("mensen/kaart/<str:token>/", mens.kaart_openen, name="kaart_openen"),
    path("mensen/<slug:code>/", mens.mens, name="mens"),
    path("mensen/<slug:code>/foto/", mens.foto, name="foto"),
    path("mensen/<slug:code>/niet-meer-tonen/", zoeken.niet_passend, name="niet_passend"),
    re_path(r"^mensen/(?P<code>[a-z0-9]{12})/vcard-(?P<versie>3\.0|4\.0)/$", mens.vcard, name="mens_vcard"),
    path("mijn/profiel/", profiel.profiel, name="profiel"),
    path("mijn/profiel/maken/", profiel.profiel_maken, name="profiel_maken"),
    path("mijn/profiel/werk/", werk.werk, name="werk"),
    path("mijn/profiel/foto/", profiel.profiel_foto, name="profiel_foto"),
    path("mijn/profiel/zicht/", profiel.profiel_zicht, name="profiel_zicht"),
    path("mijn/profiel/stand/", profiel.profiel_stand, name="profiel_stand"),
    path("mijn/profiel/kaart/", mens.kaart, name="kaart"),
    path("mijn/profiel/voorbeeld/<slug:als>/", profiel.profiel_voorbeeld, name="profiel_voorbeeld"),
    path("mijn/profiel/<slug:blok>/", profiel.profiel_blok, name="profiel_blok"),
    path("organisaties/<slug:slug>/medewerkers/", werk.medewerkers, name="medewerkers"),
]
