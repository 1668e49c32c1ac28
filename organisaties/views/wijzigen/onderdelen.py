"""Locations, services and contact persons: each on a page of its own."""

import secrets
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organisaties.actions.samenvoegen import opvolger_van
from organisaties.actions.wijzigen import leg_vast
from organisaties.forms.botsing import als_tekst, botsing, stand_van
from organisaties.forms.onderdelen import ContactpersoonForm, DienstForm, LocatieForm
from organisaties.models import Contactpersoon, Dienst, Locatie, Organisatie
from organisaties.models.bevestiging import Blok
from organisaties.views.correcties import rond_voorstel_af
from organisaties.views.toegang import ik, te_wijzigen
from welzijnportal.http import bewaarde_invoer, bewaart_invoer

MAX_PER_SOORT = 100


@dataclass(frozen=True)
class Soort:
    naam: str
    enkel: str
    nieuw: str
    nog_een: str
    model: type[models.Model]
    form: Any
    blok: Blok


SOORTEN = {
    soort.naam: soort
    for soort in (
        Soort("diensten", "Aanbod", "Aanbod toevoegen", "Nog een aanbod toevoegen", Dienst, DienstForm, Blok.DIENSTEN),
        Soort(
            "locaties", "Locatie", "Locatie toevoegen", "Nog een locatie toevoegen", Locatie, LocatieForm, Blok.LOCATIE
        ),
        Soort(
            "contactpersonen",
            "Contactpersoon",
            "Contactpersoon toevoegen",
            "Nog een contactpersoon toevoegen",
            Contactpersoon,
            ContactpersoonForm,
            Blok.CONTACT,
        ),
    )
}


def _soort(naam: str) -> Soort:
    if naam not in SOORTEN:
        raise Http404
    return SOORTEN[naam]


def _rij(soort: Soort, organisatie: Organisatie, pk: int | None) -> Any:
    if not pk:
        return None
    rij = soort.model._default_manager.filter(organisatie=organisatie, pk=pk).first()
    return rij or opvolger_van(soort.model, pk, organisatie)


@bewaart_invoer
@require_http_methods(["GET", "POST"])
def onderdeel(request: HttpRequest, slug: str, soort: str, pk: int | None = None) -> HttpResponse:
    deze = _soort(soort)
    if request.method == "POST":
        return _bewaar(request, slug, deze, pk)
    organisatie = te_wijzigen(request, slug)
    rij = _rij(deze, organisatie, pk)
    if pk and rij is None:
        raise Http404
    if (invoer := bewaarde_invoer(request)) is not None:
        form = deze.form(invoer, instance=_rij(deze, organisatie, pk), organisatie=organisatie)
        form.is_valid()
        return _toon(request, organisatie, deze, rij, form, oude_stand=invoer.get("stand", ""), is_teruggevonden=True)
    return _toon(request, organisatie, deze, rij, deze.form(instance=rij, organisatie=organisatie))


@transaction.atomic
def _bewaar(request: HttpRequest, slug: str, soort: Soort, pk: int | None) -> HttpResponse:
    organisatie = te_wijzigen(request, slug, vergrendel=True)
    rij = _rij(soort, organisatie, pk)
    form = soort.form(request.POST, instance=rij, organisatie=organisatie)
    if pk and rij is None:
        # A colleague removed it meanwhile; what was typed can be added anew.
        return _toon(request, organisatie, soort, None, form, is_verdwenen=True)
    ander = None
    if rij is not None:
        nu = soort.form(instance=_rij(soort, organisatie, pk), organisatie=organisatie)
        ander = botsing(form=form, nu=nu, stand=request.POST.get("stand", ""), organisatie=organisatie)
    elif soort.model._default_manager.filter(organisatie=organisatie).count() >= MAX_PER_SOORT:
        form.add_error(None, f"U hebt er al {MAX_PER_SOORT}. Haal er eerst een weg.")
    if not form.is_valid() or ander:
        return _toon(request, organisatie, soort, _rij(soort, organisatie, pk), form, botsing=ander)
    if rij is not None or _eerste_keer(request):
        rij = form.save()
        leg_vast(organisatie=organisatie, door=ik(request), blok=soort.blok)
        rond_voorstel_af(request, organisatie)
    return _verder(request, organisatie, soort, rij, form)


def _eerste_keer(request: HttpRequest) -> bool:
    """Tell whether this page is sent for the first time: a button pressed twice adds one."""
    sleutel = request.POST.get("sleutel", "")[:40]
    return not sleutel or bool(cache.add(f"onderdeel:{ik(request).pk}:{sleutel}", True, timeout=3600))


def _verder(
    request: HttpRequest, organisatie: Organisatie, soort: Soort, rij: Any, form: forms.BaseForm
) -> HttpResponse:
    if isinstance(form, LocatieForm) and form.heeft_voorstel and rij is not None:
        messages.info(request, f"Bewaard. Wij hebben gemeente {rij.gemeente} ingevuld. Klopt dat?")
        return redirect("organisaties:wijzigen_onderdeel", organisatie.slug, soort.naam, rij.pk)
    messages.success(request, f"{soort.enkel} bewaard.")
    if "nog_een" in request.POST:
        return redirect("organisaties:toevoegen_onderdeel", organisatie.slug, soort.naam)
    if "tijden" in request.POST and rij is not None:
        return redirect("organisaties:openingstijden", organisatie.slug, soort.naam, rij.pk)
    return redirect("organisaties:wijzigen", organisatie.slug)


def _toon(
    request: HttpRequest,
    organisatie: Organisatie,
    soort: Soort,
    rij: Any,
    form: forms.BaseForm,
    *,
    oude_stand: str = "",
    **extra: Any,
) -> HttpResponse:
    nu = soort.form(instance=_rij(soort, organisatie, rij.pk if rij else None), organisatie=organisatie)
    context = {
        "organisatie": organisatie,
        "soort": soort,
        "rij": rij,
        "titel": soort.enkel if rij else soort.nieuw,
        "form": form,
        "stand": oude_stand or (als_tekst(stand_van(nu)) if rij else ""),
        "sleutel": request.POST.get("sleutel", "")[:40] or secrets.token_urlsafe(12),
        **extra,
    }
    return render(request, f"organisaties/wijzigen/{soort.naam}.html", context)


@require_http_methods(["GET", "POST"])
def onderdeel_verwijderen(request: HttpRequest, slug: str, soort: str, pk: int) -> HttpResponse:
    deze = _soort(soort)
    with transaction.atomic():
        organisatie = te_wijzigen(request, slug, vergrendel=request.method == "POST")
        rij = _rij(deze, organisatie, pk)
        if request.method == "GET":
            if rij is None:
                raise Http404
            return render(
                request,
                "organisaties/wijzigen/verwijderen.html",
                {"organisatie": organisatie, "soort": deze, "rij": rij},
            )
        if rij is not None:
            rij.delete()
            leg_vast(organisatie=organisatie, door=ik(request), blok=deze.blok)
    messages.success(request, f"{deze.enkel} weggehaald.")
    return redirect("organisaties:wijzigen", organisatie.slug)
