"""Open data: what there is, how the API works, and the files of last night."""

import os
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import conditional_page, require_POST, require_safe

from organisaties.actions.open_data import geef_vrij
from organisaties.api.antwoord import voor_iedereen
from organisaties.api.parameters import METERS_MAX, PER_PAGINA, PER_PAGINA_MAX
from organisaties.exports.datapakket import BESTANDEN, PAKKET, PUNTEN, TABEL, map_van_bestanden
from organisaties.exports.hsds.taxonomie import taxonomieen
from organisaties.views.toegang import te_beheren
from welzijnportal.http import publiek, volledige_url

BESTAND_BEWAARTIJD_SECONDEN = 3600
_SOORTEN = (
    (PAKKET, "HSDS-pakket", "Alles, als tabellen volgens Open Referral HSDS 3.1 in één zip, met datapackage.json."),
    (TABEL, "Tabel voor Excel", "Eén regel per organisatie, als CSV met puntkomma’s."),
    (PUNTEN, "Punten op de kaart", "Elke locatie met een openbaar adres, als GeoJSON."),
)


@login_not_required
@require_safe
@conditional_page
def open_data(request: HttpRequest) -> HttpResponse:
    bestanden = [{"naam": naam, "titel": titel, "uitleg": uitleg, **_feiten(naam)} for naam, titel, uitleg in _SOORTEN]
    context = {"bestanden": bestanden, "gemaakt_op": next((rij["op"] for rij in bestanden if rij["op"]), None)}
    return publiek(request, render(request, "organisaties/open/open_data.html", context))


@login_not_required
@require_safe
@conditional_page
def open_api(request: HttpRequest) -> HttpResponse:
    themas, doelgroepen = taxonomieen()
    context = {
        "api_url": volledige_url(reverse("organisaties:hsds")),
        "openapi_url": reverse("organisaties:hsds_openapi"),
        "taxonomie_themas": themas["id"],
        "taxonomie_doelgroepen": doelgroepen["id"],
        "per_pagina": PER_PAGINA,
        "per_pagina_max": PER_PAGINA_MAX,
        "km_max": METERS_MAX // 1000,
    }
    return publiek(request, render(request, "organisaties/open/open_api.html", context))


def _feiten(naam: str) -> dict[str, Any]:
    """Size and time of a file; both empty as long as it was never made."""
    try:
        stand = (map_van_bestanden() / naam).stat()
    except OSError:
        return {"grootte": 0, "op": None}
    return {"grootte": stand.st_size, "op": datetime.fromtimestamp(stand.st_mtime, UTC)}


@login_not_required
@require_safe
def bestand(request: HttpRequest, naam: str) -> Any:
    """Serve a file as it was made last; a proxy keeps it for an hour and asks again by its ETag."""
    if naam not in BESTANDEN:
        raise Http404
    try:
        inhoud = (map_van_bestanden() / naam).open("rb")
    except OSError:
        raise Http404 from None
    # Of the file that is open: the one in its place may be a newer one by now.
    stand = os.fstat(inhoud.fileno())
    etag = quote_etag(f"{stand.st_mtime_ns:x}-{stand.st_size:x}")
    antwoord: Any = get_conditional_response(request, etag, int(stand.st_mtime))
    if antwoord is None:
        antwoord = FileResponse(inhoud, content_type=BESTANDEN[naam], filename=naam, as_attachment=True)
    else:
        inhoud.close()
    antwoord["ETag"], antwoord["Last-Modified"] = etag, http_date(stand.st_mtime)
    patch_cache_control(antwoord, public=True, max_age=BESTAND_BEWAARTIJD_SECONDEN)
    return voor_iedereen(antwoord)


@require_POST
def vrijgeven(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = te_beheren(request, slug)
    geef_vrij(organisatie=organisatie)
    messages.success(request, "Dank u wel. Iedereen mag uw vermelding nu overnemen.")
    return redirect("organisaties:wijzigen", organisatie.slug)
