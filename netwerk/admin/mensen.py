"""Profiles and places of work as tables; a moderator may say that somebody is known."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from netwerk.actions.mensen.werk import bevestig_als_moderator
from netwerk.models import Professional, Werkplek
from organisaties.admin.basis import AlleenLezen


@admin.register(Professional)
class ProfessionalAdmin(AlleenLezen):
    """What is private stays private: a moderator sees who somebody is, not how to reach them."""

    list_display = ("naam", "functie", "plaats", "bevestigd_op", "aangemaakt_op")
    list_filter = ("is_bevestigd_door_redactie",)
    list_select_related = ("plaats",)
    search_fields = ("naam", "code", "gebruiker__email")
    fields = ("naam", "code", "functie", "plaats", "vindbaar_voor", "bevestigd_op", "is_bevestigd_door_redactie")
    readonly_fields = fields
    show_full_result_count = False
    actions = ("bevestigen", "niet_meer_bevestigen")

    @admin.action(description="Bevestigen: wij kennen deze mensen", permissions=["change"])
    def bevestigen(self, request: HttpRequest, mensen: QuerySet[Professional]) -> None:
        self._zet(request, mensen, ja=True)

    @admin.action(description="Niet meer bevestigen", permissions=["change"])
    def niet_meer_bevestigen(self, request: HttpRequest, mensen: QuerySet[Professional]) -> None:
        self._zet(request, mensen, ja=False)

    def _zet(self, request: HttpRequest, mensen: QuerySet[Professional], *, ja: bool) -> None:
        gekozen = list(mensen)
        for mens in gekozen:
            bevestig_als_moderator(mens=mens, ja=ja)
        wat = "profiel" if len(gekozen) == 1 else "profielen"
        self.message_user(request, f"{len(gekozen)} {wat} aangepast.")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Nothing can be typed (all fields are read-only); the actions need it.
        return bool(request.user.has_perm("netwerk.change_professional"))


@admin.register(Werkplek)
class WerkplekAdmin(AlleenLezen):
    list_display = ("professional", "organisatie", "functie", "status", "sinds_datum", "tot_datum")
    list_filter = ("status",)
    list_select_related = ("professional", "organisatie")
    search_fields = ("professional__naam", "organisatie__naam")
    show_full_result_count = False
