"""Registering: four steps without an account, and the confirmation of an address."""

from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisaties.actions import aanmelden as acties
from organisaties.forms.aanmelden import AanbodForm, BereikbaarForm, CodeForm, InsturenForm, NaamForm
from organisaties.forms.velden import Plek, plek_van_postcode
from organisaties.gelijkenis import Gelijkenis, lijkt_op
from organisaties.keuzes import Dag
from organisaties.models import Aanmeldconcept
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import is_fragment
from welzijnportal.ratelimit import mag

COOKIE = "aanmelding"
COOKIE_MAX_AGE = 30 * 24 * 3600
# What is kept of one value: enough for any field's longest text and to show an error about it.
MAX_WAARDE = 20_000
MAX_WAARDEN = 60


@dataclass(frozen=True)
class Stap:
    nummer: int
    naam: str
    titel: str
    form: type[forms.BaseForm]


STAPPEN = {
    stap.naam: stap
    for stap in (
        Stap(1, "naam", "Wie bent u?", NaamForm),
        Stap(2, "aanbod", "Wat biedt u aan?", AanbodForm),
        Stap(3, "bereikbaar", "Hoe bereiken mensen u?", BereikbaarForm),
        Stap(4, "insturen", "Nakijken en insturen", InsturenForm),
    )
}
IN_VULLEN = [stap for stap in STAPPEN.values() if stap.nummer < 4]


def _concept(request: HttpRequest) -> Aanmeldconcept | None:
    token = request.get_signed_cookie(COOKIE, default=None, max_age=COOKIE_MAX_AGE)
    return Aanmeldconcept.objects.select_related("organisatie").filter(token=token).first() if token else None


def _met_cookie(response: HttpResponse, concept: Aanmeldconcept) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        concept.token,
        max_age=COOKIE_MAX_AGE,
        path=reverse("organisaties:aanmelden"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _zonder_cookie(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path=reverse("organisaties:aanmelden"), samesite="Lax")
    return response


def _getypt(concept: Aanmeldconcept | None, stap: Stap) -> QueryDict | None:
    """What was typed in a step before, as a form reads it; None when the step was not reached."""
    waarden = (concept.gegevens.get("stappen") or {}).get(stap.naam) if concept else None
    if waarden is None:
        return None
    data = QueryDict(mutable=True)
    for veld, lijst in waarden.items():
        data.setlist(veld, lijst)
    return data


def _forms(concept: Aanmeldconcept | None) -> dict[str, Any]:
    """The forms of the first three steps with what was typed before, each checked once."""
    naam = NaamForm(_getypt(concept, STAPPEN["naam"]))
    plek = naam.cleaned_data["plaats"] if naam.is_valid() else None
    return {
        "naam": naam,
        "aanbod": AanbodForm(_getypt(concept, STAPPEN["aanbod"])),
        "bereikbaar": BereikbaarForm(_getypt(concept, STAPPEN["bereikbaar"]), plek=plek),
    }


def _form_met(stap: Stap, data: QueryDict, concept: Aanmeldconcept | None) -> forms.BaseForm:
    if stap.form is BereikbaarForm:
        return BereikbaarForm(data, plek=_forms(concept)["bereikbaar"].plek)
    return stap.form(data)


@transaction.atomic
def _bewaar(concept: Aanmeldconcept | None, stap: Stap, data: QueryDict, velden: list[str]) -> Aanmeldconcept:
    """Keep what was typed, right or wrong; two tabs that save at once do not undo each other."""
    rijen = Aanmeldconcept.objects.select_for_update(of=("self",))
    # The row may just have been thrown away in another tab; what is typed here is kept all the same.
    concept = (rijen.filter(pk=concept.pk).first() if concept else None) or Aanmeldconcept()
    if concept.organisatie_id:
        return concept
    # PostgreSQL's JSON cannot hold a NUL.
    waarden = {
        veld: [waarde.replace("\x00", "")[:MAX_WAARDE] for waarde in data.getlist(veld)[:MAX_WAARDEN]]
        for veld in velden
        if veld in data
    }
    concept.gegevens.setdefault("stappen", {})[stap.naam] = waarden
    if stap.naam == "naam":
        concept.gegevens["naam"] = " ".join(waarden.get("naam", [""])[0].split())[:120]
    andere = {int(pk) for pk in data.getlist("gelijk")[:20] if pk.isascii() and pk.isdigit() and len(pk) < 18}
    if "andere" in data and andere:
        concept.gegevens["andere"] = sorted(andere.union(concept.gegevens.get("andere", [])))
    concept.save()
    return concept


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
    concept = _concept(request)
    if request.method == "POST":
        if concept and not concept.organisatie_id:
            concept.delete()
        return _zonder_cookie(redirect(f"{reverse('organisaties:aanmelden')}?opnieuw=ja"))
    if concept and concept.organisatie_id and not acties.is_bevestigd(concept):
        return redirect("organisaties:aanmelden_controleren")
    if concept and not concept.organisatie_id and concept.gegevens.get("stappen"):
        verder = _eerste_open_stap(_forms(concept))
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
        concept = _concept(request)
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
    deze, concept = STAPPEN[stap], _concept(request)
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
        return _toon(request, deze, _forms(concept)[deze.naam])
    return _ingevuld(request, deze, concept)


def _ingevuld(request: HttpRequest, stap: Stap, concept: Aanmeldconcept | None) -> HttpResponse:
    form = _form_met(stap, request.POST, concept)
    concept = _bewaar(concept, stap, request.POST, list(form.fields))
    if "terug" in request.POST:
        vorige = next(s.naam for s in STAPPEN.values() if s.nummer == max(stap.nummer - 1, 1))
        return _met_cookie(redirect("organisaties:aanmelden_stap", stap=vorige), concept)
    if not form.is_valid():
        return _met_cookie(_toon(request, stap, form), concept)
    if gelijken := _gelijken(form, concept):
        return _met_cookie(_toon(request, stap, form, gelijken=gelijken), concept)
    volgende = next(s.naam for s in STAPPEN.values() if s.nummer == stap.nummer + 1)
    return _met_cookie(redirect("organisaties:aanmelden_stap", stap=volgende), concept)


def _insturen(request: HttpRequest, concept: Aanmeldconcept | None) -> HttpResponse:
    stap = STAPPEN["insturen"]
    ingevuld = _forms(concept)
    open_stap = _eerste_open_stap(ingevuld)
    if concept is None or open_stap is not stap:
        messages.info(request, "Deze stap is nog niet helemaal ingevuld.")
        return redirect("organisaties:aanmelden_stap", stap=open_stap.naam)
    data = request.POST if request.method == "POST" else _getypt(concept, stap)
    form = InsturenForm(data, is_ingelogd=request.user.is_authenticated)
    if request.method == "POST":
        concept = _bewaar(concept, stap, request.POST, list(form.fields))
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
    acties.meld_aan(concept=concept, aanmelding=aanmelding, door=door, email=form.cleaned_data.get("eigen_email", ""))
    return redirect("organisaties:aanmelden_klaar" if door else "organisaties:aanmelden_controleren")


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


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def aanmelden_controleren(request: HttpRequest) -> HttpResponse:
    concept = _concept(request)
    if concept is None or not concept.organisatie_id:
        return redirect("organisaties:aanmelden")
    if acties.is_bevestigd(concept):
        return redirect("organisaties:aanmelden_klaar")
    email = concept.gegevens.get("email", "")
    code_form, adres_form = CodeForm(), InsturenForm(initial={"eigen_email": email})
    if request.method == "POST" and "opnieuw" in request.POST:
        adres_form = InsturenForm(request.POST)
        if adres_form.is_valid() and not mag(request, "aanmelden"):
            adres_form.add_error(
                "eigen_email", "U hebt te vaak om een code gevraagd. Probeer het over een uur opnieuw."
            )
        if adres_form.is_valid():
            acties.stuur_code(concept=concept, email=adres_form.cleaned_data["eigen_email"])
            messages.success(
                request, f"Wij hebben een nieuwe code gestuurd naar {adres_form.cleaned_data['eigen_email']}."
            )
            return redirect("organisaties:aanmelden_controleren")
    elif request.method == "POST":
        code_form = CodeForm(request.POST)
        if code_form.is_valid():
            try:
                gebruiker = acties.bevestig_met_code(concept=concept, code=code_form.cleaned_data["code"])
            except acties.AanmeldFout as fout:
                code_form.add_error("code", str(fout))
            else:
                return _ingelogd_klaar(request, gebruiker)
    context = {"form": code_form, "adres_form": adres_form, "email": email, "organisatie": concept.organisatie}
    return render(request, "organisaties/aanmelden/controleren.html", context)


def _ingelogd_klaar(request: HttpRequest, gebruiker: Gebruiker | None) -> HttpResponse:
    """Log in whoever proved to read this mail, by way of the second factor when the account has one."""
    klaar = reverse("organisaties:aanmelden_klaar")
    if gebruiker is None or request.user.is_authenticated:
        return redirect(klaar)
    record_authentication(request, gebruiker, method="code", email=gebruiker.email)
    return perform_login(request, Login(user=gebruiker, redirect_url=klaar, email=gebruiker.email))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def aanmelden_bevestigen(request: HttpRequest, token: str) -> HttpResponse:
    try:
        concept = acties.concept_van_link(token)
        if request.method == "POST":
            gebruiker = acties.bevestig(concept=concept)
            eigen = _concept(request)
            # Only the browser that registered is logged in: a link that was passed on logs nobody in.
            if eigen and eigen.pk == concept.pk:
                return _ingelogd_klaar(request, gebruiker)
            concept.refresh_from_db()
    except acties.AanmeldFout as fout:
        return render(request, "organisaties/aanmelden/bevestigen.html", {"fout": str(fout)}, status=410)
    context = {"organisatie": concept.organisatie, "is_bevestigd": acties.is_bevestigd(concept)}
    return render(request, "organisaties/aanmelden/bevestigen.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET"])
def aanmelden_klaar(request: HttpRequest) -> HttpResponse:
    concept = _concept(request)
    if concept is None or not concept.organisatie_id:
        return redirect("mijn" if request.user.is_authenticated else "organisaties:aanmelden")
    if not acties.is_bevestigd(concept):
        return redirect("organisaties:aanmelden_controleren")
    return render(request, "organisaties/aanmelden/klaar.html", {"organisatie": concept.organisatie})
