"""Asking to be introduced, passing it on, and deciding."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from netwerk.actions.contacten import introduceren as acties
from netwerk.actions.contacten.basis import ContactFout
from netwerk.forms.contacten import AntwoordForm, DoorgevenForm, IntroductieForm
from netwerk.models import Introductie, Professional
from netwerk.permissions import is_geblokkeerd, mag_profiel_zien, zijn_contacten
from netwerk.views.contacten.contact import ander
from netwerk.views.toegang import ik, met_profiel
from netwerk.weergave.contacten import contacten_van, gedeelde_contacten
from welzijnportal.http import bewaarde_invoer, bewaart_invoer
from welzijnportal.ratelimit import mag

MEEST_KEUZES = 500


def _keuzes(kijker: Professional, mens: Professional) -> list[tuple[str, str]]:
    """One's contacts; first those of whom one may see that they know the other."""
    gedeeld = list(gedeelde_contacten(kijker, mens)) if mens.toont_kring else []
    bekend = {een.pk for een in gedeeld}
    rest = [een for een in contacten_van(kijker).exclude(pk=mens.pk)[:MEEST_KEUZES] if een.pk not in bekend]
    return [(een.code, f"{een} (kent {mens})") for een in gedeeld] + [(een.code, een.naam) for een in rest]


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def introductie_vragen(request: HttpRequest, code: str) -> HttpResponse:
    kijker, mens = ik(request), ander(request, code)
    if not mag_profiel_zien(kijker, mens):
        raise Http404
    if zijn_contacten(kijker, mens):
        return redirect(mens)
    keuzes = _keuzes(kijker, mens)
    invoer = request.POST if request.method == "POST" else bewaarde_invoer(request)
    form = IntroductieForm(invoer, contacten=keuzes)
    if request.method == "POST" and form.is_valid():
        via = contacten_van(kijker).filter(code=form.cleaned_data["via"]).first()
        try:
            if via is None:
                raise ContactFout("Deze persoon is geen contact van u (meer). Kies iemand anders.")
            if not mag(request, "introductie", sleutel=str(kijker.pk)):
                raise ContactFout("U vroeg dit vandaag al vaak. Ga morgen verder.")
            acties.vraag_introductie(door=kijker, via=via, doel=mens, regel=form.cleaned_data["regel"])
        except ContactFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, f"Gevraagd aan {via}. U krijgt bericht als {mens} ja zegt.")
            return redirect("netwerk:contacten")
    context = {"mens": mens, "form": form, "heeft_contacten": bool(keuzes)}
    return render(request, "netwerk/contacten/introductie_vragen.html", context)


@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def introductie(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the one in the middle while it waits for them, and then that of the third."""
    kijker = ik(request)
    status = Introductie.Status
    rij = (
        Introductie.objects.filter(
            Q(via=kijker, status=status.GEVRAAGD) | Q(doel=kijker, status=status.DOORGEGEVEN), pk=pk
        )
        .select_related("vrager__gebruiker", "via", "doel__gebruiker")
        .first()
    )
    if rij is None or is_geblokkeerd(rij.vrager, rij.doel) or not rij.vrager.gebruiker.is_active:
        raise Http404
    is_via = rij.via_id == kijker.pk
    form = DoorgevenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        antwoord = AntwoordForm(request.POST)
        ja = antwoord.is_valid() and antwoord.cleaned_data["antwoord"] == "ja"
        if not antwoord.is_valid() or (is_via and ja and not form.is_valid()):
            return _toon(request, rij, form, is_via=is_via)
        try:
            messages.success(request, _doe(rij, form, is_via=is_via, ja=ja))
        except ContactFout as fout:
            form.add_error(None, str(fout))
            return _toon(request, rij, form, is_via=is_via)
        return redirect("netwerk:contacten")
    return _toon(request, rij, form, is_via=is_via)


def _doe(rij: Introductie, form: DoorgevenForm, *, is_via: bool, ja: bool) -> str:
    if is_via and ja:
        acties.geef_door(introductie=rij, regel=form.cleaned_data["regel"])
        return f"Doorgegeven aan {rij.doel}. Zegt {rij.doel} ja, dan hoort u het."
    if is_via:
        acties.laat_rusten(introductie=rij)
        return f"Goed, u geeft het niet door. {rij.vrager} krijgt daar geen bericht van."
    if acties.besluit(introductie=rij, ja=ja):
        return f"U en {rij.vrager} zijn nu contacten."
    return f"Weggehaald. {rij.vrager} en {rij.via} krijgen daar geen bericht van."


def _toon(request: HttpRequest, rij: Introductie, form: DoorgevenForm, *, is_via: bool) -> HttpResponse:
    context = {
        "introductie": rij,
        "form": form,
        "is_via": is_via,
        "kent_doel": is_via and zijn_contacten(rij.via, rij.doel),
    }
    return render(request, "netwerk/contacten/introductie.html", context)
