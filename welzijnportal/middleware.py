"""What every request passes: refused input, an unreachable database, pages that no cache may keep."""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers, patch_cache_control

from welzijnportal.http import bewaar_invoer
from welzijnportal.views import fouten

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SafeRequestMiddleware:
    """Answer 400 to a NUL byte in path or query, and 503 when the database does not answer.

    PostgreSQL cannot store a NUL, so the ORM would fail on it halfway. It stands behind what sets headers, so
    that these pages carry them too, and keeps other sites from loading our pages and files as their own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            response: HttpResponseBase = fouten.ongeldig(request)
        else:
            response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            return fouten.onbereikbaar(request)
        return None


class PrivatePagesMiddleware:
    """Keep pages of logged-in people out of every cache, the browser's back button included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Only a request that looked at its session can have shown something of a person.
        if request.session.accessed and request.user.is_authenticated:
            if isinstance(response, HttpResponse):
                add_never_cache_headers(response)
            patch_cache_control(response, no_store=True, private=True)
        return response


class SessionActivityMiddleware(UserSessionsMiddleware):
    """Note that a device was seen, for the list of devices, at most once in five minutes.

    allauth's own writes it at each request, which is five queries on every page of who is logged in. Logging a
    device out elsewhere does not wait for this: its session is gone at once.
    """

    EVERY_SECONDS = 5 * 60

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # A visitor without a session cookie must not have one read, or the page could not be kept.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            nu = int(time.time())
            if not 0 <= nu - request.session.get("gezien", 0) < self.EVERY_SECONDS:
                request.session["gezien"] = nu
                return super().__call__(request)
        return self.get_response(request)


class KeepInputMiddleware(LoginRequiredMiddleware):
    """Send who is not logged in to the login page, and keep the form that they had filled in meanwhile.

    Only for views that carry ``bewaart_invoer``, and not what is very long, for anybody may send it.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method == "POST" and getattr(view_func, "bewaart_invoer", False):
            bewaar_invoer(request)
        return super().handle_no_permission(request, view_func)
