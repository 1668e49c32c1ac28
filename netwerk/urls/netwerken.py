"""Networks: their list, their page, members, invitations and what beheerders do."""

from django.urls import URLPattern, URLResolver, path

from netwerk.feeds import netwerken as feeds
from netwerk.views.netwerken import beheer, detail, leden, lid_worden, lijst, steun, uitnodigen, voorstellen

urlpatterns: list[URLPattern | URLResolver] = [
    path("netwerken/", lijst.lijst, name="netwerken"),
    path("netwerken/atom/", feeds.nieuw, name="netwerken_atom"),
    path("netwerken/voorstellen/", voorstellen.voorstellen, name="netwerk_voorstellen"),
    path("netwerken/uitnodiging/<str:token>/", uitnodigen.uitnodiging, name="netwerkuitnodiging"),
    path("netwerken/link/<str:token>/", uitnodigen.link_gebruiken, name="netwerklink"),
    path("netwerken/<slug:slug>/", detail.detail, name="netwerk"),
    path("netwerken/<slug:slug>/beeld/", detail.beeld, name="netwerk_beeld"),
    path("netwerken/<slug:slug>/leden/", leden.leden, name="netwerk_leden"),
    path("netwerken/<slug:slug>/leden/downloaden/", leden.leden_export, name="netwerk_leden_export"),
    path("netwerken/<slug:slug>/expertise/", leden.expertise, name="netwerk_expertise"),
    path("netwerken/<slug:slug>/lid-worden/", lid_worden.lid_worden, name="netwerk_lid_worden"),
    path("netwerken/<slug:slug>/verlaten/", lid_worden.verlaten, name="netwerk_verlaten"),
    path("netwerken/<slug:slug>/mijn-plek/", lid_worden.mijn_plek, name="netwerk_mijn_plek"),
    path("netwerken/<slug:slug>/blijven/", lid_worden.blijven, name="netwerk_blijven"),
    path("netwerken/<slug:slug>/wekken/", lid_worden.wekken, name="netwerk_wekken"),
    path("netwerken/<slug:slug>/steunen/", steun.steunen, name="netwerk_steunen"),
    path("netwerken/<slug:slug>/wijzigen/", beheer.wijzigen, name="netwerk_wijzigen"),
    path("netwerken/<slug:slug>/beheer/", beheer.beheer, name="netwerk_beheer"),
    path("netwerken/<slug:slug>/beheer/leden/", beheer.beheer_leden, name="netwerk_beheer_leden"),
    path("netwerken/<slug:slug>/beheer/leden/<int:pk>/", beheer.beheer_lid, name="netwerk_beheer_lid"),
    path("netwerken/<slug:slug>/beheer/uitnodigen/", uitnodigen.uitnodigen, name="netwerk_uitnodigen"),
    path(
        "netwerken/<slug:slug>/beheer/uitnodigen/<int:pk>/intrekken/",
        uitnodigen.uitnodiging_intrekken,
        name="netwerk_uitnodiging_intrekken",
    ),
    path("netwerken/<slug:slug>/beheer/links/", uitnodigen.links, name="netwerk_links"),
    path("netwerken/<slug:slug>/beheer/links/<int:pk>/", uitnodigen.link_tonen, name="netwerk_link"),
    path("netwerken/<slug:slug>/beheer/steun/", steun.steun, name="netwerk_steun"),
]
