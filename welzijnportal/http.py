"""HTTP helpers: parameters of public pages, safe redirects, absolute addresses."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.request import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


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
