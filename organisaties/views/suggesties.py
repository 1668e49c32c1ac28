from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from organisaties.forms.zoeken import ZoekForm
from organisaties.views.detail import publiek
from organisaties.weergave.tijdslimiet import DuurtTeLangError, binnen_tijd
from organisaties.zoeken import stel_voor
from welzijnportal.geo.zoeken import stel_voor as stel_plaats_voor
from welzijnportal.ratelimit import mag_hier

MINSTE_TEKENS = 2
AANTAL_NAMEN = 6
AANTAL_PLAATSEN = 3


@login_not_required
@require_safe
@conditional_page
def suggesties(request: HttpRequest) -> HttpResponse:
    keuzes = ZoekForm(request.GET).cleaned_data
    q, plaats = keuzes["q"], keuzes["plaats"]
    if not mag_hier(request, "suggesties"):
        return JsonResponse({"groepen": []}, status=429)
    try:
        with binnen_tijd():
            groepen = _groepen(q, plaats) if len(q) >= MINSTE_TEKENS else []
    except DuurtTeLangError:
        return JsonResponse({"groepen": []}, status=503)
    if request.GET.get("vorm") == "opensearch":
        items = [item for groep in groepen for item in groep["items"]]
        lijsten = [[item[naam] for item in items] for naam in ("tekst", "uitleg")]
        adressen = [request.build_absolute_uri(item["url"]) for item in items]
        antwoord = JsonResponse([q, *lijsten, adressen], safe=False, content_type="application/x-suggestions+json")
    else:
        antwoord = JsonResponse({"groepen": groepen})
    return publiek(request, antwoord)


def _groepen(q: str, plaats: str) -> list[dict[str, Any]]:
    namen = stel_voor(q, aantal=AANTAL_NAMEN)
    themas = [_item(s.naam, reverse("organisaties:thema", args=[s.slug]), "thema") for s in namen if s.soort == "thema"]
    gevonden = [s for s in namen if s.soort == "organisatie"]
    organisaties = [
        _item(s.naam, reverse("organisaties:detail", args=[s.slug]), f"in {s.plaats}" if s.plaats else "organisatie")
        for s in gevonden
    ]
    plaatsen = [
        _item(plek.naam, _zoekadres(plaats=plek.naam), "alle hulp hier in de buurt")
        for plek in ([] if plaats else stel_plaats_voor(q, AANTAL_PLAATSEN))
    ]
    zoek = [_item(f"Zoek “{q}”", _zoekadres(q=q, plaats=plaats), f"bij {plaats}" if plaats else "in heel Nederland")]
    groepen = [("Zoeken", zoek), ("Thema’s", themas), ("Organisaties", organisaties), ("Plaatsen", plaatsen)]
    return [{"titel": titel, "items": items} for titel, items in groepen if items]


def _item(tekst: str, url: str, uitleg: str) -> dict[str, str]:
    return {"tekst": tekst, "url": url, "uitleg": uitleg}


def _zoekadres(**velden: str) -> str:
    vraag = QueryDict(mutable=True)
    vraag.update({naam: waarde for naam, waarde in velden.items() if waarde})
    return f"{reverse('organisaties:lijst')}?{vraag.urlencode()}"
