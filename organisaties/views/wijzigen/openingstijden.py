"""Opening hours of a location or service: one page with the whole week."""

import hashlib
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisaties.actions.samenvoegen import opvolger_van
from organisaties.actions.wijzigen import zet_openingstijden
from organisaties.forms.openingstijden import OpeningstijdenFormulier
from organisaties.models import Dienst, Locatie, Organisatie
from organisaties.views.correcties import rond_voorstel_af
from organisaties.views.toegang import ik, te_wijzigen
from welzijnportal.http import bewaarde_invoer, bewaart_invoer

EIGENAREN: dict[str, Any] = {"locaties": Locatie, "diensten": Dienst}
WERKDAGEN = range(2, 6)


def _eigenaar(organisatie: Organisatie, soort: str, pk: int) -> Any:
    if soort not in EIGENAREN:
        raise Http404
    model = EIGENAREN[soort]
    rij = model.objects.filter(organisatie=organisatie, pk=pk).first() or opvolger_van(model, pk, organisatie)
    if rij is None:
        raise Http404
    return rij


@bewaart_invoer
@require_http_methods(["GET", "POST"])
def openingstijden(request: HttpRequest, slug: str, soort: str, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _bewaar(request, slug, soort, pk)
    organisatie = te_wijzigen(request, slug)
    eigenaar = _eigenaar(organisatie, soort, pk)
    if (invoer := bewaarde_invoer(request)) is not None:
        formulier = OpeningstijdenFormulier(eigenaar, invoer)
        return _toon(request, organisatie, soort, eigenaar, formulier, is_teruggevonden=True)
    formulier = OpeningstijdenFormulier(eigenaar, lege_vakken=int("nog_een" in request.GET))
    return _toon(request, organisatie, soort, eigenaar, formulier)


@transaction.atomic
def _bewaar(request: HttpRequest, slug: str, soort: str, pk: int) -> HttpResponse:
    organisatie = te_wijzigen(request, slug, vergrendel=True)
    eigenaar = _eigenaar(organisatie, soort, pk)
    data = request.POST.copy()
    if "kopieer" in data:
        _kopieer_maandag(data)
        return _toon(request, organisatie, soort, eigenaar, OpeningstijdenFormulier(eigenaar, data))
    formulier = OpeningstijdenFormulier(eigenaar, data)
    geldig = formulier.is_valid()
    is_gewijzigd = data.get("stand", "") not in ("", _stand(eigenaar))
    if not geldig or is_gewijzigd:
        return _toon(request, organisatie, soort, eigenaar, formulier, toon_fouten=True, is_gewijzigd=is_gewijzigd)
    zet_openingstijden(
        eigenaar=eigenaar,
        tijden=formulier.tijden(),
        uitzonderingen=formulier.nieuwe_uitzonderingen(),
        door=ik(request),
    )
    rond_voorstel_af(request, organisatie)
    if "nog_een" in data:
        messages.success(request, "Bewaard. Op elke dag staat een lege regel voor nog een tijd.")
        adres = reverse("organisaties:openingstijden", args=[organisatie.slug, soort, eigenaar.pk])
        return redirect(f"{adres}?nog_een=ja")
    messages.success(request, "Openingstijden bewaard.")
    return redirect("organisaties:wijzigen", organisatie.slug)


def _kopieer_maandag(data: Any) -> None:
    """Put Monday's slots on the other working days, in the form only."""
    aantal = data.get("aantal_d1", "1")
    for dag in WERKDAGEN:
        for sleutel in [s for s in data if s.startswith(f"d{dag}-")]:
            del data[sleutel]
        data[f"aantal_d{dag}"] = aantal
        for sleutel in [s for s in data if s.startswith("d1-")]:
            data[sleutel.replace("d1-", f"d{dag}-", 1)] = data[sleutel]


def _stand(eigenaar: Any) -> str:
    tijden = [
        f"{t.dag} {t.van} {t.tot} {t.is_op_afspraak}" for t in eigenaar.openingstijden.order_by("dag", "van", "pk")
    ]
    anders = [
        f"{u.van_datum} {u.tot_en_met_datum} {u.van} {u.tot} {u.reden}"
        for u in eigenaar.uitzonderingen.order_by("van_datum", "pk")
    ]
    return hashlib.sha256("\n".join(tijden + anders).encode()).hexdigest()[:16]


def _toon(
    request: HttpRequest,
    organisatie: Organisatie,
    soort: str,
    eigenaar: Any,
    formulier: OpeningstijdenFormulier,
    *,
    toon_fouten: bool = False,
    is_gewijzigd: bool = False,
    is_teruggevonden: bool = False,
) -> HttpResponse:
    context = {
        "organisatie": organisatie,
        "soort": soort,
        "eigenaar": eigenaar,
        "formulier": formulier,
        "fouten": formulier.errors if toon_fouten else [],
        "stand": _stand(eigenaar),
        "is_gewijzigd": is_gewijzigd,
        "is_teruggevonden": is_teruggevonden,
        "nu": eigenaar.openingstijden.all() if is_gewijzigd else [],
    }
    return render(request, "organisaties/wijzigen/openingstijden.html", context)
