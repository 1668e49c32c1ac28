"""The four steps of registering, without an account."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisaties.actions import aanmelden as acties
from organisaties.forms.aanmelden import InsturenForm, NaamForm
from organisaties.forms.velden import Plek, plek_van_postcode
from organisaties.gelijkenis import Gelijkenis, lijkt_op
from organisaties.keuzes import Dag
from organisaties.models import Aanmeldconcept
from organisaties.views.aanmelden.codemail import mag_code_mailen, uitleg_code
from organisaties.views.aanmelden.concept import (
    STAPPEN,
    Stap,
    bewaar,
    form_met,
    getypt,
    huidig_concept,
    ingevulde_forms,
    met_cookie,
    zonder_cookie,
)
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import is_fragment
from welzijnportal.ratelimit import mag


def _gelijken(form: forms.BaseForm, concept: Aanmeldconcept) -> list[Gelijkenis]:
    schoon = form.cleaned_data
    plek = schoon.get("plaats")
    return lijkt_op(
        naam=schoon.get("naam", ""),
        plaats=plek.plaats if isinstance(plek, Plek) else "",
        website=schoon.get("website", ""),
        kvk_nummer=schoon.get("kvk_nummer", ""),
        behalve=concept.gegevens.get("andere", []),
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def aanmelden(request: HttpRequest) -> HttpResponse:
    if is_fragment(request):
        return _fragment(request)
    concept = huidig_concept(request)
    if request.method == "POST":
        if concept and not concept.organisatie_id:
            concept.delete()
        return zonder_cookie(redirect(f"{reverse('organisaties:aanmelden')}?opnieuw=ja"))
    if concept and concept.organisatie_id and not acties.is_bevestigd(concept):
        return redirect("organisaties:aanmelden_controleren")
    if concept and not concept.organisatie_id and concept.gegevens.get("stappen"):
        verder = _eerste_open_stap(ingevulde_forms(concept))
        return render(
            request,
            "organisaties/aanmelden/hervatten.html",
            {"naam": str(concept), "stap": verder, "totaal": len(STAPPEN)},
        )
    return _toon(request, STAPPEN["naam"], NaamForm(), begint_opnieuw="opnieuw" in request.GET)


def _fragment(request: HttpRequest) -> HttpResponse:
    """The look-alikes of what is being typed, as a piece of the page."""
    gelijken = []
    if mag(request, "suggesties"):
        naam = " ".join(request.GET.get("naam", "")[:120].split())
        plaats = " ".join(request.GET.get("plaats", "")[:80].split())
        concept = huidig_concept(request)
        behalve = concept.gegevens.get("andere", []) if concept else []
        gelijken = lijkt_op(naam=naam, plaats=plaats, behalve=behalve)
    return render(request, "organisaties/aanmelden/_gelijken.html", {"gelijken": gelijken, "tijdens_typen": True})


def _eerste_open_stap(ingevuld: dict[str, Any]) -> Stap:
    open_stap = next((naam for naam, form in ingevuld.items() if not form.is_valid()), "insturen")
    return STAPPEN[open_stap]


def _toon(request: HttpRequest, stap: Stap, form: forms.BaseForm, *, status: int = 200, **extra: Any) -> HttpResponse:
    vorige = next((s for s in STAPPEN.values() if s.nummer == stap.nummer - 1), None)
    context = {"form": form, "stap": stap, "vorige": vorige, "totaal": len(STAPPEN), **extra}
    return render(request, f"organisaties/aanmelden/{stap.naam}.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def aanmelden_stap(request: HttpRequest, stap: str) -> HttpResponse:
    if stap not in STAPPEN:
        raise Http404
    deze, concept = STAPPEN[stap], huidig_concept(request)
    if concept and concept.organisatie_id:
        klaar = acties.is_bevestigd(concept)
        if not (klaar and deze.nummer == 1):
            return redirect("organisaties:aanmelden_klaar" if klaar else "organisaties:aanmelden_controleren")
        concept = None
    if concept is None and deze.nummer > 1 and request.method == "GET":
        messages.info(request, "Begin hier. Wat u eerder invulde, staat niet meer bij ons klaar.")
        return redirect("organisaties:aanmelden")
    if deze.naam == "insturen":
        return _insturen(request, concept)
    if request.method == "GET":
        return _toon(request, deze, ingevulde_forms(concept)[deze.naam])
    return _ingevuld(request, deze, concept)


def _ingevuld(request: HttpRequest, stap: Stap, concept: Aanmeldconcept | None) -> HttpResponse:
    form = form_met(stap, request.POST, concept)
    concept = bewaar(concept, stap, request.POST, list(form.fields))
    if "terug" in request.POST:
        vorige = next(s.naam for s in STAPPEN.values() if s.nummer == max(stap.nummer - 1, 1))
        return met_cookie(redirect("organisaties:aanmelden_stap", stap=vorige), concept)
    if not form.is_valid():
        return met_cookie(_toon(request, stap, form), concept)
    if gelijken := _gelijken(form, concept):
        return met_cookie(_toon(request, stap, form, gelijken=gelijken), concept)
    volgende = next(s.naam for s in STAPPEN.values() if s.nummer == stap.nummer + 1)
    return met_cookie(redirect("organisaties:aanmelden_stap", stap=volgende), concept)


def _insturen(request: HttpRequest, concept: Aanmeldconcept | None) -> HttpResponse:
    stap = STAPPEN["insturen"]
    ingevuld = ingevulde_forms(concept)
    open_stap = _eerste_open_stap(ingevuld)
    if concept is None or open_stap is not stap:
        messages.info(request, "Deze stap is nog niet helemaal ingevuld.")
        return redirect("organisaties:aanmelden_stap", stap=open_stap.naam)
    data = request.POST if request.method == "POST" else getypt(concept, stap)
    form = InsturenForm(data, is_ingelogd=request.user.is_authenticated)
    if request.method == "POST":
        concept = bewaar(concept, stap, request.POST, list(form.fields))
        if "terug" in request.POST:
            return redirect("organisaties:aanmelden_stap", stap="bereikbaar")
    aanmelding = _aanmelding(ingevuld)
    voorbeeld: dict[str, Any] = {"aanmelding": aanmelding, "dagen": _dagen(aanmelding)}
    if request.method == "GET" or not form.is_valid():
        return _toon(request, stap, form, **voorbeeld)
    if not mag(request, "aanmelden"):
        form.add_error(None, "Er zijn vanaf hier erg veel vermeldingen ingestuurd. Probeer het over een uur opnieuw.")
        return _toon(request, stap, form, status=429, **voorbeeld)
    door = request.user if isinstance(request.user, Gebruiker) else None
    if door:
        acties.meld_aan(concept=concept, aanmelding=aanmelding, door=door)
        return redirect("organisaties:aanmelden_klaar")
    email = form.cleaned_data["eigen_email"]
    met_mail = mag_code_mailen(request, email)
    acties.meld_aan(concept=concept, aanmelding=aanmelding, door=None, email=email, met_mail=met_mail)
    messages.info(request, uitleg_code(email))
    return redirect("organisaties:aanmelden_controleren")


def _aanmelding(ingevuld: dict[str, Any]) -> acties.Aanmelding:
    """Put the first three steps together; they are valid."""
    schoon: dict[str, Any] = {}
    for form in ingevuld.values():
        schoon |= form.cleaned_data
    plek: Plek = schoon["plaats"]
    postcode = schoon["postcode"] or plek.postcode
    precies = plek_van_postcode(postcode) or plek
    return acties.Aanmelding(
        velden={veld: schoon[veld] for veld in ("naam", "kort", "telefoon", "email", "website", "kvk_nummer")},
        locatie={
            "straat": schoon["straat"],
            "postcode": postcode,
            "plaats": plek.plaats,
            "gemeente": plek.gemeente,
            "breedtegraad": precies.breedtegraad,
            "lengtegraad": precies.lengtegraad,
        },
        themas=list(schoon["themas"]),
        dienst=schoon["dienst"],
        tijden=ingevuld["bereikbaar"].tijden(),
    )


def _dagen(aanmelding: acties.Aanmelding) -> str:
    return ", ".join(Dag(dag).label for dag, _, _ in aanmelding.tijden)
