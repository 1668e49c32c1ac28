"""Addresses of the directory: below /organisaties/, and the themes beside it."""

from django.urls import URLPattern, URLResolver, include, path

from organisaties import feeds
from organisaties.api.urls import urlpatterns as hsds
from organisaties.views import (
    aanmelden,
    beheerders,
    bevestigen,
    correcties,
    corrigeren,
    detail,
    doorgeven,
    insluiten,
    instaan,
    inzicht,
    kaart,
    kwaliteit,
    lijst,
    melden,
    open_data,
    partners,
    suggesties,
    tellen,
    thema,
    wijzigen,
)

app_name = "organisaties"

# Below /organisaties/. Routes that begin with a slug come last: fixed words go before them.
organisaties: list[URLPattern | URLResolver] = [
    path("", lijst.lijst, name="lijst"),
    path("netwerk/", partners.netwerk, name="netwerk"),
    path("suggesties/", suggesties.suggesties, name="suggesties"),
    path("feed/", feeds.nieuw, name="feed"),
    path("feed/thema/<slug:slug>/", feeds.thema, name="feed_thema"),
    path("feed/gemeente/<slug:code>/", feeds.gemeente, name="feed_gemeente"),
    path("aanmelden/", aanmelden.aanmelden, name="aanmelden"),
    path("aanmelden/controleren/", aanmelden.aanmelden_controleren, name="aanmelden_controleren"),
    path("aanmelden/bevestigen/<str:token>/", aanmelden.aanmelden_bevestigen, name="aanmelden_bevestigen"),
    path("aanmelden/klaar/", aanmelden.aanmelden_klaar, name="aanmelden_klaar"),
    path("aanmelden/<slug:stap>/", aanmelden.aanmelden_stap, name="aanmelden_stap"),
    path("uitnodiging/<str:token>/", beheerders.uitnodiging, name="uitnodiging"),
    path("klopt-dit-nog/<str:token>/", bevestigen.bevestigen_link, name="bevestigen_link"),
    path("<slug:slug>/wijzigen/", wijzigen.wijzigen, name="wijzigen"),
    path("<slug:slug>/wijzigen/insturen/", wijzigen.insturen, name="insturen"),
    path("<slug:slug>/wijzigen/intrekken/", wijzigen.intrekken, name="intrekken"),
    path("<slug:slug>/wijzigen/bevestigen/", bevestigen.bevestigen, name="bevestigen"),
    path("<slug:slug>/wijzigen/bevestigen/ritme/", bevestigen.bevestigritme, name="bevestigritme"),
    path("<slug:slug>/wijzigen/verzoek/<int:pk>/intrekken/", wijzigen.verzoek_intrekken, name="verzoek_intrekken"),
    path("<slug:slug>/wijzigen/openingstijden/<slug:soort>/<int:pk>/", wijzigen.openingstijden, name="openingstijden"),
    path("<slug:slug>/wijzigen/<slug:sectie>/", wijzigen.sectie, name="wijzigen_sectie"),
    path("<slug:slug>/wijzigen/<slug:soort>/toevoegen/", wijzigen.onderdeel, name="toevoegen_onderdeel"),
    path("<slug:slug>/wijzigen/<slug:soort>/<int:pk>/", wijzigen.onderdeel, name="wijzigen_onderdeel"),
    path(
        "<slug:slug>/wijzigen/<slug:soort>/<int:pk>/verwijderen/",
        wijzigen.onderdeel_verwijderen,
        name="verwijderen_onderdeel",
    ),
    path("<slug:slug>/beheerders/", beheerders.beheerders, name="beheerders"),
    path("<slug:slug>/beheerders/<int:pk>/rol/", beheerders.beheerder_rol, name="beheerder_rol"),
    path(
        "<slug:slug>/beheerders/<int:pk>/verwijderen/", beheerders.beheerder_verwijderen, name="beheerder_verwijderen"
    ),
    path("<slug:slug>/uitnodigingen/<int:pk>/opnieuw/", beheerders.uitnodiging_opnieuw, name="uitnodiging_opnieuw"),
    path(
        "<slug:slug>/uitnodigingen/<int:pk>/intrekken/", beheerders.uitnodiging_intrekken, name="uitnodiging_intrekken"
    ),
    path("<slug:slug>/antwoorden/", doorgeven.antwoorden, name="antwoorden"),
    path("<slug:slug>/", detail.detail, name="detail"),
    path("<slug:slug>/vcard/", detail.vcard, name="vcard"),
    path("<slug:slug>/inzicht/", inzicht.inzicht, name="inzicht"),
    path("<slug:slug>/inzicht/csv/", inzicht.inzicht_csv, name="inzicht_csv"),
    path("<slug:slug>/melden/", melden.melden, name="melden"),
    path("<slug:slug>/corrigeren/", corrigeren.corrigeren, name="corrigeren"),
    path("<slug:slug>/corrigeren/<slug:veld>/", corrigeren.corrigeren_veld, name="corrigeren_veld"),
    path("<slug:slug>/corrigeren/<slug:veld>/<int:pk>/", corrigeren.corrigeren_veld, name="corrigeren_onderdeel"),
    path("<slug:slug>/correcties/", correcties.correcties, name="correcties"),
    path("<slug:slug>/instaan/", instaan.instaan, name="instaan"),
    path("<slug:slug>/instaan/<int:pk>/intrekken/", instaan.instaan_intrekken, name="instaan_intrekken"),
    path("<slug:slug>/partners/", partners.partners, name="partners"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisaties/", include(organisaties)),
    path("api/hsds", include(hsds)),
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/api/", open_data.open_api, name="open_api"),
    path("open-data/bestanden/<str:naam>", open_data.bestand, name="open_bestand"),
    path("tel/", tellen.tellen, name="tellen"),
    path("welzijn-in-kaart/", kaart.welzijn_in_kaart, name="welzijn_in_kaart"),
    path("welzijn-in-kaart/csv/", kaart.welzijn_csv, name="welzijn_csv"),
    path("welzijn-in-kaart/<slug:slug>/", kaart.welzijn_in_gemeente, name="welzijn_in_gemeente"),
    path("geef-door/", doorgeven.doorgeven, name="doorgeven"),
    path("geef-door/bewaren/", doorgeven.doorgeven_bewaren, name="doorgeven_bewaren"),
    path("geef-door/afdrukken/", doorgeven.doorgeven_afdrukken, name="doorgeven_afdrukken"),
    path("geef-door/lijsten/", doorgeven.doorgeven_lijsten, name="doorgeven_lijsten"),
    path("geef-door/delen/", doorgeven.doorgeven_delen, name="doorgeven_delen"),
    path("geef-door/delen/<str:token>/", doorgeven.doorgeven_gedeeld, name="doorgeven_gedeeld"),
    path("geef-door/bladen/<int:pk>/intrekken/", doorgeven.doorgeven_intrekken, name="doorgeven_intrekken"),
    path("doorgegeven/<str:token>/", doorgeven.doorgegeven, name="doorgegeven"),
    path("insluiten/", insluiten.insluiten, name="insluiten"),
    path("insluiten/uitleg/", insluiten.insluiten_uitleg, name="insluiten_uitleg"),
    path("kwaliteit/", kwaliteit.kwaliteit, name="kwaliteit"),
    path("themas/", thema.themas, name="themas"),
    path("themas/<slug:slug>/", thema.thema, name="thema"),
]
