"""Confirming the address with which an organisation was registered."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from organisaties.actions import aanmelden as acties
from organisaties.forms.aanmelden import CodeForm, InsturenForm
from organisaties.views.aanmelden.codemail import mag_code_mailen, uitleg_code
from organisaties.views.aanmelden.concept import huidig_concept
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.ratelimit import mag


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def aanmelden_controleren(request: HttpRequest) -> HttpResponse:
    concept = huidig_concept(request)
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
            email = adres_form.cleaned_data["eigen_email"]
            acties.stuur_code(concept=concept, email=email, met_mail=mag_code_mailen(request, email))
            messages.info(request, uitleg_code(email))
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
        gebruiker = acties.bevestig_met_link(token) if request.method == "POST" else None
        concept = acties.concept_van_link(token)
    except acties.AanmeldFout as fout:
        return render(request, "organisaties/aanmelden/bevestigen.html", {"fout": str(fout)}, status=410)
    if request.method == "POST":
        eigen = huidig_concept(request)
        # Only the browser that registered is logged in: a link that was passed on logs nobody in.
        if eigen and eigen.pk == concept.pk:
            return _ingelogd_klaar(request, gebruiker)
    context = {"organisatie": concept.organisatie, "is_bevestigd": acties.is_bevestigd(concept)}
    return render(request, "organisaties/aanmelden/bevestigen.html", context)


@login_not_required
@never_cache
@require_safe
def aanmelden_klaar(request: HttpRequest) -> HttpResponse:
    concept = huidig_concept(request)
    if concept is None or not concept.organisatie_id:
        return redirect("mijn" if request.user.is_authenticated else "organisaties:aanmelden")
    if not acties.is_bevestigd(concept):
        return redirect("organisaties:aanmelden_controleren")
    return render(request, "organisaties/aanmelden/klaar.html", {"organisatie": concept.organisatie})
