"""The person's own account beside what allauth offers: overview, name, data, deletion."""

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from welzijnportal import mail, privacy
from welzijnportal.accounts.forms import NaamForm, VerwijderForm
from welzijnportal.accounts.models import Gebruiker

JSON_OPMAAK = {"ensure_ascii": False, "indent": 2}


def _ik(request: HttpRequest) -> Gebruiker:
    if not isinstance(request.user, Gebruiker):
        raise PermissionDenied
    return request.user


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    gebruiker = _ik(request)
    factoren = Authenticator.objects.filter(user=gebruiker)
    context = {
        "heeft_app": factoren.filter(type=Authenticator.Type.TOTP).exists(),
        "aantal_sleutels": factoren.filter(type=Authenticator.Type.WEBAUTHN).count(),
        "aantal_apparaten": UserSession.objects.filter(user=gebruiker).count(),
        "nieuw_adres": EmailAddress.objects.get_new(gebruiker),
    }
    return render(request, "account/overzicht.html", context)


@require_http_methods(["GET", "POST"])
def wijzigen(request: HttpRequest) -> HttpResponse:
    gebruiker = _ik(request)
    form = NaamForm(request.POST if request.method == "POST" else None, instance=gebruiker)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Uw naam is bewaard.")
        return redirect("accounts:overzicht")
    # A refused name must not greet the person from the menu.
    gebruiker.refresh_from_db(fields=["naam"])
    return render(request, "account/wijzigen.html", {"form": form})


@require_POST
def uitloggen(request: HttpRequest) -> HttpResponse:
    for sessie in UserSession.objects.filter(user=_ik(request)):
        sessie.end()
    logout(request)
    messages.success(request, "U bent overal uitgelogd.")
    return redirect("home")


@require_http_methods(["GET", "POST"])
@reauthentication_required
def gegevens(request: HttpRequest) -> HttpResponse:
    gebruiker = _ik(request)
    if request.method == "GET":
        return render(request, "account/gegevens.html", {"bronnen": privacy.bronnen()})
    antwoord = JsonResponse(
        {"portaal": "Welzijnportal", "gemaakt op": timezone.now(), **privacy.gegevens_van(gebruiker)},
        json_dumps_params=JSON_OPMAAK,
    )
    antwoord["Content-Disposition"] = f'attachment; filename="mijn-gegevens-{timezone.localdate():%Y-%m-%d}.json"'
    return antwoord


@sensitive_variables("email")
@require_http_methods(["GET", "POST"])
@reauthentication_required
def verwijderen(request: HttpRequest) -> HttpResponse:
    gebruiker = _ik(request)
    is_laatste = gebruiker.is_laatste_hoofdbeheerder
    form = VerwijderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not is_laatste and form.is_valid():
        email = gebruiker.email
        logout(request)
        privacy.wis(gebruiker)
        mail.verstuur("account/verwijderd", aan=email, context={"contact_email": settings.CONTACT_EMAIL})
        messages.success(request, "Uw account is verwijderd.")
        return redirect("home")
    context = {"form": form, "gevolgen": privacy.gevolgen_voor(gebruiker), "is_laatste": is_laatste}
    return render(request, "account/verwijderen.html", context)
