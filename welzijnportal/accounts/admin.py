"""Accounts in the admin: found by address, closed or helped back in, never with a password in sight."""

from typing import Any

from allauth.account import admin as _account_admin  # noqa: F401 - registers what is unregistered below
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _mfa_admin  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as _social_admin  # noqa: F401
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions import admin as _sessions_admin  # noqa: F401
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from welzijnportal import mail
from welzijnportal.accounts.models import Gebruiker

# allauth brings admins of its own that show secrets, tokens and session keys.
for model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

WOORDEN = {
    "is_active": ("Mag inloggen", "Haal het vinkje weg om het account te sluiten. De persoon is dan overal uitgelogd."),
    "is_staff": ("Mag in het beheer", "Wat iemand daar mag, bepalen de groepen hieronder."),
    "groups": ("Groepen", ""),
    "is_superuser": ("Hoofdbeheerder", "Mag alles, ook andere accounts sluiten en rechten geven."),
}


@admin.register(Gebruiker)
class GebruikerAdmin(admin.ModelAdmin[Gebruiker]):
    list_display = ("email", "naam", "is_active", "is_staff", "toon_factor", "last_login", "aangemaakt_op")
    list_filter = ("is_active", "is_staff", "aangemaakt_op")
    search_fields = ("email", "naam")
    search_help_text = "Zoek op e-mailadres of naam"
    ordering = ("-aangemaakt_op",)
    list_per_page = 50
    show_full_result_count = False
    actions = ["afsluiten", "heropenen", "wis_tweede_factor"]
    readonly_fields = ("email", "last_login", "aangemaakt_op", "toon_factor")
    fieldsets = (
        (None, {"fields": ("email", "naam", "is_active")}),
        ("Rechten", {"fields": ("is_staff", "groups", "is_superuser")}),
        ("Gebruik", {"fields": ("last_login", "aangemaakt_op", "toon_factor")}),
    )

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        # A broken regular expression would reach the database.
        return not lookup.endswith("regex") and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, search_term[:200])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gebruiker]:
        factoren = Authenticator.objects.filter(user_id=OuterRef("pk"))
        return super().get_queryset(request).annotate(met_factor=Exists(factoren))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if veld is not None and db_field.name in WOORDEN:
            veld.label, veld.help_text = WOORDEN[db_field.name]
        return veld

    @admin.display(description="extra beveiliging", boolean=True, ordering="met_factor")
    def toon_factor(self, gebruiker: Gebruiker) -> bool:
        return bool(getattr(gebruiker, "met_factor", False))

    def has_add_permission(self, request: HttpRequest) -> bool:
        # People sign up themselves, so that only they know their password.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Gebruiker | None = None) -> bool:
        # Erasing goes by the person's own page, which also clears what other apps hold.
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Gebruiker | None = None) -> tuple[str, ...]:
        velden = tuple(self.readonly_fields)
        if not request.user.is_superuser:  # type: ignore[union-attr]
            velden += ("is_staff", "groups", "is_superuser")
        if obj is not None and (obj.pk == request.user.pk or (obj.is_superuser and not request.user.is_superuser)):  # type: ignore[union-attr]
            velden += ("is_active", "is_staff", "is_superuser")
        return tuple(dict.fromkeys(velden))

    def save_model(self, request: HttpRequest, obj: Gebruiker, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            self._beeindig_sessies([obj.pk])

    def _beeindig_sessies(self, sleutels: list[int]) -> None:
        for sessie in UserSession.objects.filter(user_id__in=sleutels):
            sessie.end()

    def _toegestaan(self, request: HttpRequest, queryset: QuerySet[Gebruiker]) -> QuerySet[Gebruiker]:
        gekozen = queryset.exclude(email=request.user.email)  # type: ignore[union-attr]
        return gekozen if request.user.is_superuser else gekozen.filter(is_superuser=False)  # type: ignore[union-attr]

    @admin.action(description="Account afsluiten", permissions=["change"])
    def afsluiten(self, request: HttpRequest, queryset: QuerySet[Gebruiker]) -> None:
        sleutels = list(self._toegestaan(request, queryset).filter(is_active=True).values_list("pk", flat=True))
        Gebruiker.objects.filter(pk__in=sleutels).update(is_active=False)
        self._beeindig_sessies(sleutels)
        for gebruiker in Gebruiker.objects.filter(pk__in=sleutels):
            self.log_change(request, gebruiker, "Account afgesloten.")
        self.message_user(request, f"Afgesloten: {len(sleutels)}. Deze mensen zijn overal uitgelogd.", messages.SUCCESS)

    @admin.action(description="Account heropenen", permissions=["change"])
    def heropenen(self, request: HttpRequest, queryset: QuerySet[Gebruiker]) -> None:
        gesloten = list(self._toegestaan(request, queryset).filter(is_active=False))
        Gebruiker.objects.filter(pk__in=[gebruiker.pk for gebruiker in gesloten]).update(is_active=True)
        for gebruiker in gesloten:
            self.log_change(request, gebruiker, "Account heropend.")
        self.message_user(request, f"Heropend: {len(gesloten)}.", messages.SUCCESS)

    @admin.action(description="Extra beveiliging wissen (telefoon kwijt)", permissions=["wis_factor"])
    def wis_tweede_factor(self, request: HttpRequest, queryset: QuerySet[Gebruiker]) -> None:
        gekozen = list(self._toegestaan(request, queryset).filter(authenticator__isnull=False).distinct())
        sleutels = [gebruiker.pk for gebruiker in gekozen]
        Authenticator.objects.filter(user_id__in=sleutels).delete()
        self._beeindig_sessies(sleutels)
        for gebruiker in gekozen:
            self.log_change(request, gebruiker, "Extra beveiliging gewist.")
            mail.verstuur("mfa/gewist", aan=gebruiker.email, context={"contact_email": settings.CONTACT_EMAIL})
        self.message_user(request, f"Extra beveiliging gewist bij {len(gekozen)}.", messages.SUCCESS)

    def has_wis_factor_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)  # type: ignore[union-attr]
