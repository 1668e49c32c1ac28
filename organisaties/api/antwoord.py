"""Answers of the API: JSON, lines of JSON, problems (RFC 9457), and the frame around every view."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page

from welzijnportal.http import volledige_url
from welzijnportal.ratelimit import mag

METHODEN = ("GET", "HEAD", "OPTIONS")
BEWAARTIJD_SECONDEN = 60
_SECONDEN = {"s": 1, "m": 60, "h": 3600, "d": 86400}
View = Callable[..., HttpResponseBase]


class Weigering(Exception):
    """The request cannot be answered; becomes a problem with this status and these Dutch texts."""

    def __init__(self, status: int, soort: str, titel: str, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.status, self.soort, self.titel, self.detail, self.extra = status, soort, titel, detail, extra
        self.headers: dict[str, str] = {}


class Parameterfout(Weigering):
    """One or more parameters are wrong; `fouten` says of each what is."""

    def __init__(self, fouten: list[tuple[str, str]]) -> None:
        super().__init__(
            400,
            "parameter",
            "Een parameter klopt niet" if len(fouten) == 1 else "Enkele parameters kloppen niet",
            " ".join(f"{naam}: {reden}" for naam, reden in fouten),
            errors=[{"parameter": naam, "detail": reden} for naam, reden in fouten],
        )


class NietGevonden(Weigering):
    def __init__(self, detail: str = "Dit adres bestaat niet in de API.") -> None:
        super().__init__(404, "niet-gevonden", "Niet gevonden", detail)


class TeVaak(Weigering):
    """More requests than `settings.RATE_LIMITS` allows for this action."""

    def __init__(self, actie: str) -> None:
        wachttijd = _wachttijd(actie)
        super().__init__(
            429,
            "te-vaak",
            "Te veel vragen",
            f"U vraagt te vaak. Probeer het over {wachttijd} seconden weer, of haal de bestanden op: "
            f"{volledige_url('/open-data/')}",
        )
        self.headers["Retry-After"] = str(wachttijd)


def _wachttijd(actie: str) -> int:
    """The longest period of a rate such as '120/m/ip'."""
    return max(_SECONDEN[deel.split("/")[1][-1]] for deel in settings.RATE_LIMITS[actie].split(","))


def rem(request: HttpRequest, actie: str) -> None:
    """Count one request of this kind; raise TeVaak beyond the rate."""
    if not mag(request, actie):
        raise TeVaak(actie)


def probleem(status: int, soort: str, titel: str, detail: str, **extra: Any) -> HttpResponse:
    """Return an answer of RFC 9457; it asks neither database nor session, so that it works in any trouble."""
    inhoud = {
        "type": volledige_url(f"/open-data/api/#fout-{soort}"),
        "title": titel,
        "status": status,
        "detail": detail,
        **extra,
    }
    antwoord = HttpResponse(als_json(inhoud), status=status, content_type="application/problem+json; charset=utf-8")
    patch_cache_control(antwoord, no_store=True)
    return voor_iedereen(antwoord)


def voor_iedereen(antwoord: Any) -> Any:
    """Let pages of every site read this answer; there is nothing in it that depends on who asks."""
    antwoord["Access-Control-Allow-Origin"] = "*"
    antwoord["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
    antwoord["Cross-Origin-Resource-Policy"] = "cross-origin"
    return antwoord


def _opties() -> HttpResponse:
    antwoord = HttpResponse(status=204)
    antwoord["Allow"] = antwoord["Access-Control-Allow-Methods"] = ", ".join(METHODEN)
    antwoord["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match, If-Modified-Since"
    antwoord["Access-Control-Max-Age"] = "86400"
    return antwoord


def api_view(view: View) -> View:
    """Frame of a view: for everybody, read-only, counted, with ETag and CORS, and refusals as problems."""

    @conditional_page
    def gelezen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        antwoord = view(request, *args, **kwargs)
        patch_cache_control(antwoord, public=True, max_age=BEWAARTIJD_SECONDEN)
        return antwoord

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def buitenkant(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return voor_iedereen(_opties())
        if request.method not in METHODEN:
            antwoord = probleem(405, "methode", "Alleen lezen", "Deze API kent alleen GET, HEAD en OPTIONS.")
            antwoord["Allow"] = ", ".join(METHODEN)
            return antwoord
        try:
            rem(request, "api")
            return voor_iedereen(gelezen(request, *args, **kwargs))
        except Weigering as fout:
            antwoord = probleem(fout.status, fout.soort, fout.titel, fout.detail, **fout.extra)
            for naam, waarde in fout.headers.items():
                antwoord[naam] = waarde
            return antwoord

    return buitenkant


def als_json(inhoud: Any) -> str:
    return json.dumps(inhoud, ensure_ascii=False, separators=(",", ":"), default=str)


def json_antwoord(inhoud: Any) -> HttpResponse:
    return HttpResponse(als_json(inhoud), content_type="application/json; charset=utf-8")


def regels_antwoord(objecten: Iterable[Any]) -> StreamingHttpResponse:
    """Objects one a line, sent while they are read."""
    return StreamingHttpResponse(
        (als_json(ding) + "\n" for ding in objecten), content_type="application/x-ndjson; charset=utf-8"
    )


def lang_antwoord(blad: dict[str, Any], objecten: Iterable[Any]) -> StreamingHttpResponse:
    """A page with so many objects that it is sent while they are read."""

    def stukken() -> Iterator[str]:
        yield als_json(blad)[:-1] + ',"contents":['
        for nummer, ding in enumerate(objecten):
            yield ("," if nummer else "") + als_json(ding)
        yield "]}"

    return StreamingHttpResponse(stukken(), content_type="application/json; charset=utf-8")
