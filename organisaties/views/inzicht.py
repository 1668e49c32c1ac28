import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisaties.actions.tellen import BEWAAR_DAGEN
from organisaties.forms.inzicht import InzichtForm
from organisaties.models import Organisatie, Telsoort
from organisaties.permissions import mag_inzien
from organisaties.weergave.inzicht import JAAR, MAAND, lees_inzicht


def _in_te_zien(request: HttpRequest, slug: str) -> Organisatie:
    organisatie = Organisatie.objects.filter(slug=slug).first()
    if organisatie is None or not mag_inzien(request.user, organisatie):
        raise Http404
    return organisatie


@require_safe
def inzicht(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = _in_te_zien(request, slug)
    periode = InzichtForm(request.GET).cleaned_data["periode"]
    gelezen = lees_inzicht(organisatie, periode, timezone.localdate())
    context = {
        "organisatie": organisatie,
        "inzicht": gelezen,
        "tips": gelezen.tips(organisatie),
        "tabbladen": [
            {"tekst": "Laatste 30 dagen", "url": "?", "actief": periode == MAAND},
            {"tekst": "Laatste 12 maanden", "url": f"?periode={JAAR}", "actief": periode == JAAR},
        ],
        "getoond": gelezen.grafiek(Telsoort.GETOOND),
        "geopend": gelezen.grafiek(Telsoort.GEOPEND, "grafiek-staaf--2"),
        "soorten": Telsoort.labels,
        "bewaar_dagen": BEWAAR_DAGEN,
    }
    return render(request, "organisaties/inzicht/inzicht.html", context)


@require_safe
def inzicht_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """What the page shows as a table, with the small numbers hidden in the same way."""
    organisatie = _in_te_zien(request, slug)
    periode = InzichtForm(request.GET).cleaned_data["periode"]
    gelezen = lees_inzicht(organisatie, periode, timezone.localdate())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="inzicht-{organisatie.slug}-{periode}.csv"'
    response.write("\ufeff")
    blad = csv.writer(response, delimiter=";")
    blad.writerow(["begin", "dag" if periode == MAAND else "maand", *Telsoort.labels])
    for vak, (naam, cellen) in zip(gelezen.vakken, gelezen.rijen, strict=True):
        blad.writerow([vak.begin.isoformat(), naam, *cellen])
    blad.writerow([])
    blad.writerow(["gevonden met het woord", "keer getoond"])
    blad.writerows(gelezen.woorden)
    return response
