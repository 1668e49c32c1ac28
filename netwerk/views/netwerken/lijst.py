"""All networks, and those of the viewer on top."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from netwerk.forms.netwerken import LANDELIJK, LijstForm
from netwerk.permissions import mag_netwerk_voorstellen
from netwerk.views.toegang import kijker_van
from netwerk.weergave.netwerken import bladzijde, mijn_netwerken, mijn_voorstellen
from organisaties.models import Thema
from welzijnportal.geo.beeld import provincies
from welzijnportal.http import publiek


@login_not_required
@require_safe
@conditional_page
def lijst(request: HttpRequest) -> HttpResponse:
    kijker = kijker_van(request)
    keuzes = LijstForm(request.GET).cleaned_data
    pagina = keuzes["pagina"]
    netwerken, is_meer = bladzijde(keuzes, kijker)
    is_gefilterd = any(keuzes[naam] for naam in ("q", "thema", "streek"))
    context: dict[str, Any] = {
        "keuzes": keuzes,
        "netwerken": netwerken,
        "laatste": pagina + is_meer,
        "pagina": pagina,
        "is_gefilterd": is_gefilterd,
        "themas": list(Thema.objects.hoofdthemas().values_list("slug", "naam")),
        "streken": [(LANDELIJK, "Alleen heel Nederland"), *((slug, naam) for naam, slug in provincies().values())],
        "kijker": kijker,
        "mag_voorstellen": mag_netwerk_voorstellen(kijker),
    }
    if kijker is not None and not is_gefilterd and pagina == 1:
        context |= {"mijn": mijn_netwerken(kijker), "voorstellen": mijn_voorstellen(kijker)}
    return publiek(request, render(request, "netwerk/netwerken/lijst.html", context))
