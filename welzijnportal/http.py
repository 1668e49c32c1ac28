"""HTTP helpers: parameters of public pages, safe redirects, absolute addresses."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

# Characters of a form that is kept over a log-in: anybody may send one.
MEEST_BEWAARD = 50_000


def bewaart_invoer(view: Any) -> Any:
    """Mark a view whose form is kept when its sender turns out to be logged out."""
    view.bewaart_invoer = True
    return view


def bewaarde_invoer(request: HttpRequest) -> QueryDict | None:
    """Return once what was typed on this page before its sender had to log in again."""
    bewaard = request.session.get("invoer")
    if not bewaard or bewaard["pad"] != request.path:
        return None
    del request.session["invoer"]
    return QueryDict(bewaard["invoer"])


def naar_inloggen(request: HttpRequest) -> HttpResponse:
    """Send who turns out to be logged out to the login page, and keep what they posted for when they are back.

    For a page that is public to read, where the middleware that keeps it asks nobody to log in.
    """
    bewaar_invoer(request)
    return redirect_to_login(request.get_full_path())


def bewaar_invoer(request: HttpRequest) -> None:
    """Keep what was posted to a page, for when its sender is back there; not what is longer than MEEST_BEWAARD."""
    invoer = request.POST.urlencode()
    if len(invoer) <= MEEST_BEWAARD:
        request.session["invoer"] = {"pad": request.path, "invoer": invoer}


def veilige_volgende(request: HttpRequest, anders: str) -> str:
    """Return the parameter ``next`` when it leads to this site, and ``anders`` when not."""
    doel = request.POST.get("next") or request.GET.get("next") or ""
    veilig = url_has_allowed_host_and_scheme(
        doel, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return doel if veilig and doel.startswith("/") else anders


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether our own script asks for a part of the page."""
    return request.headers.get("X-Requested-With") == "fetch"


class ParameterForm(forms.Form):
    """Reads GET parameters of a public page; what is wrong falls back to the field's initial value.

    A shared link must keep working when a theme is renamed, so nothing here is an error for the
    visitor; ``afgekeurd`` names the parameters that were ignored.
    """

    afgekeurd: frozenset[str] = frozenset()

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not self.is_valid():
            self.afgekeurd = frozenset(self.errors)
        for naam, veld in self.fields.items():
            if self.cleaned_data.get(naam) in (None, "", []):
                self.cleaned_data[naam] = veld.initial


def paginanummer(waarde: str | None, *, hoogste: int = 1000) -> int:
    """Return a page number from 1 to ``hoogste``; anything that is not ASCII digits is page 1."""
    if not waarde or not waarde.isascii() or not waarde.isdigit() or len(waarde) > 6:
        return 1
    return min(max(int(waarde), 1), hoogste)


def volledige_url(pad: str) -> str:
    """Return the absolute address of a path of this portal, for mails and feeds."""
    return f"{settings.SITE_URL}{pad}"


def weiger(reden: str) -> None:
    """Stop the request with the 400 page."""
    raise BadRequest(reden)


def komt_van_eigen_site(request: HttpRequest) -> bool:
    """Tell whether a browser says that this request comes from a page of this portal.

    By Sec-Fetch-Site, which a page cannot forge; else by Origin, else by Referer, for older browsers and for plain
    http. A request without any of the three is not trusted. 'none' is what a person does, as restoring a tab.
    """
    plaats = request.headers.get("Sec-Fetch-Site")
    if plaats is not None:
        return plaats in ("same-origin", "none")
    herkomst = request.headers.get("Origin")
    if herkomst is None:
        try:
            delen = urlsplit(request.headers.get("Referer", ""))
        except ValueError:
            return False
        herkomst = f"{delen.scheme}://{delen.netloc}"
    return herkomst in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def zelfde_oorsprong(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Guard the POST of a view by where it comes from instead of by a CSRF token.

    For forms on pages that a proxy may keep: a token would set a cookie and make each copy somebody's own.
    A POST from another site gets a page in Dutch with status 403; the view is not called.
    """

    @csrf_exempt
    @wraps(view)
    def bewaakt(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not komt_van_eigen_site(request):
            return HttpResponse(render_to_string("403_oorsprong.html", {"kaal": True}), status=403)
        return view(request, *args, **kwargs)

    return bewaakt


def publiek(request: HttpRequest, response: HttpResponse, *, seconden: int = 60) -> HttpResponse:
    """Let a page that is the same for every visitor be kept, by the browser and by a proxy before us.

    After its time a proxy may give it once more while it fetches the new one, and for a day when we do not answer.
    Who has a session may have gathered listings, which the page says; their browser asks again each time.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        patch_cache_control(response, private=True, no_cache=True)
    elif not request.user.is_authenticated:
        patch_cache_control(
            response, public=True, max_age=seconden, stale_while_revalidate=5 * seconden, stale_if_error=24 * 3600
        )
        # Also where nothing looked at the session: with one this page may differ.
        patch_vary_headers(response, ("Cookie",))
    return response
