"""Cards and questions that went round, for moderators: to read, and to hide a card."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from netwerk.actions.weten.kaarten import verberg
from netwerk.keuzes import Plaatsing
from netwerk.models import Praktijkkaart, Rondvraag, Vraagverzoek
from organisaties.admin.basis import AlleenLezen


@admin.register(Praktijkkaart)
class PraktijkkaartAdmin(AlleenLezen):
    list_display = ("titel", "netwerk", "zicht", "plaatsing", "aantal_hielp", "getoetst_datum", "geplaatst_op")
    list_filter = ("plaatsing", "zicht")
    list_select_related = ("netwerk",)
    search_fields = ("titel", "samenvatting")
    actions = ("verbergen",)

    @admin.action(description="Verbergen: niemand leest de kaart meer")
    def verbergen(self, request: HttpRequest, queryset: QuerySet[Praktijkkaart]) -> None:
        if not request.user.has_perm("netwerk.change_praktijkkaart"):
            messages.error(request, "U mag kaarten niet verbergen.")
            return
        kaarten = list(queryset.filter(plaatsing=Plaatsing.GEPLAATST))
        for kaart in kaarten:
            verberg(kaart=kaart)
        messages.success(request, f"Verborgen: {len(kaarten)}.")


@admin.register(Rondvraag)
class RondvraagAdmin(AlleenLezen):
    list_display = ("gesprek", "ronde", "begonnen_op", "volgende_op")
    list_filter = ("ronde",)
    list_select_related = ("gesprek",)
    search_fields = ("gesprek__titel",)


@admin.register(Vraagverzoek)
class VraagverzoekAdmin(AlleenLezen):
    list_display = ("gesprek", "professional", "ronde", "gestuurd_op", "beantwoord_op", "afgeslagen_op")
    list_filter = ("ronde",)
    list_select_related = ("gesprek", "professional")
    search_fields = ("gesprek__titel",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).order_by("-gestuurd_op", "-pk")
