"""Django admin as the portal's moderation desk."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from welzijnportal.accounts.permissions import mist_tweede_factor, toonde_tweede_factor

# Packages that name themselves in English alone.
APP_NAMEN = {"taggit": "Labels", "django_tasks_database": "Taken op de achtergrond"}
MODEL_NAMEN = {"DBTaskResult": "Taken", "Tag": "Labels"}


class BeheerSite(admin.AdminSite):
    site_title = "Welzijnportal"
    site_header = "Welzijnportal beheer"
    index_title = "Wat is er te doen?"
    index_template = "admin/werkbank.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._werkbank: list[Callable[[HttpRequest], dict[str, Any]]] = []

    def op_werkbank(self, functie: Callable[[HttpRequest], dict[str, Any]]) -> None:
        """Register what an app puts on the dashboard: a function that returns template context."""
        self._werkbank.append(functie)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        context: dict[str, Any] = {}
        for functie in self._werkbank:
            deel = functie(request)
            # Each app adds its piles to those of the others; None is what somebody may not see.
            stapels = [*(context.get("stapels") or []), *(deel.get("stapels") or [])]
            context |= deel
            if "stapels" in context:
                context["stapels"] = stapels or None
        return super().index(request, {**context, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        lijst = super().get_app_list(request, app_label)
        for app in lijst:
            app["name"] = APP_NAMEN.get(app["app_label"], app["name"])
            for model in app["models"]:
                model["name"] = MODEL_NAMEN.get(model["object_name"], model["name"])
        return sorted(lijst, key=lambda app: str(app["name"]).lower())

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "site_url": "/"}

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not mist_tweede_factor(request) and toonde_tweede_factor(request)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Leave logging in to the accounts, and send staff on to the second factor they lack or have not shown."""
        if request.user.is_authenticated and super().has_permission(request):
            if mist_tweede_factor(request):
                messages.warning(request, "Voor het beheer hebt u extra beveiliging nodig. Zet die hier eerst aan.")
                return redirect("mfa_index")
            if not toonde_tweede_factor(request):
                manieren = get_adapter().get_reauthentication_methods(request.user)
                adres = next(manier["url"] for manier in manieren if manier["id"].startswith("mfa"))
                return redirect(f"{adres}?{urlencode({'next': self._na_inloggen(request)})}")
            return redirect(self._na_inloggen(request))
        return secure_admin_login(super().login)(request, extra_context)

    def _na_inloggen(self, request: HttpRequest) -> str:
        doel = request.GET.get("next", "")
        return doel if doel.startswith("/beheer/") and get_adapter().is_safe_url(doel) else "/beheer/"

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")
