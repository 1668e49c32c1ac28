"""Who keeps a listing, and the invitations to do so."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisaties.actions import uitnodigen as acties
from organisaties.forms.beheerders import OverdragenForm, RolForm, UitnodigenForm
from organisaties.models import Organisatie
from organisaties.models.beheer import Rol
from organisaties.permissions import mag_beheren
from organisaties.views.toegang import ik, te_beheren, te_wijzigen
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.ratelimit import mag

TE_VAAK = "U hebt erg veel uitnodigingen gestuurd. Probeer het over een uur opnieuw."


@require_http_methods(["GET", "POST"])
def beheerders(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method == "GET":
        return _toon(request, te_wijzigen(request, slug), UitnodigenForm())
    organisatie = te_beheren(request, slug)
    form = UitnodigenForm(request.POST)
    if form.is_valid():
        fout = _nodig_uit(request, organisatie, form.cleaned_data["email"], form.cleaned_data["rol"])
        if not fout:
            return redirect("organisaties:beheerders", organisatie.slug)
        form.add_error("email", fout)
    return _toon(request, organisatie, form)


@require_http_methods(["GET", "POST"])
def overdragen(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = te_beheren(request, slug)
    form = OverdragenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        fout = _nodig_uit(request, organisatie, form.cleaned_data["email"], Rol.BEHEERDER, is_opvolging=True)
        if not fout:
            return redirect("organisaties:beheerders", organisatie.slug)
        form.add_error("email", fout)
    return render(request, "organisaties/beheerders/overdragen.html", {"organisatie": organisatie, "form": form})


def _nodig_uit(
    request: HttpRequest, organisatie: Organisatie, email: str, rol: str, *, is_opvolging: bool = False
) -> str:
    if not mag(request, "uitnodigen", sleutel=str(organisatie.pk)):
        return TE_VAAK
    try:
        acties.nodig_uit(
            organisatie=organisatie, email=email, rol=Rol(rol), door=ik(request), is_opvolging=is_opvolging
        )
    except acties.BeheerFout as fout:
        return str(fout)
    messages.success(request, f"Wij hebben een uitnodiging gemaild naar {email.lower()}.")
    return ""


def _toon(request: HttpRequest, organisatie: Organisatie, form: UitnodigenForm) -> HttpResponse:
    context = {
        "organisatie": organisatie,
        "beheer": organisatie.beheer.select_related("gebruiker").order_by("rol", "sinds_op"),
        "uitnodigingen": organisatie.uitnodigingen.filter(gebruikt_op=None, ingetrokken_op=None),
        "form": form,
        "is_beheerder": mag_beheren(request.user, organisatie),
    }
    return render(request, "organisaties/beheerders/beheerders.html", context)


@require_POST
def uitnodiging_opnieuw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisatie = te_beheren(request, slug)
    oud = get_object_or_404(organisatie.uitnodigingen, pk=pk, gebruikt_op=None, ingetrokken_op=None)
    if fout := _nodig_uit(request, organisatie, oud.email, oud.rol, is_opvolging=oud.is_opvolging):
        messages.error(request, fout)
    return redirect("organisaties:beheerders", organisatie.slug)


@require_POST
def uitnodiging_intrekken(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisatie = te_beheren(request, slug)
    acties.trek_uitnodiging_in(uitnodiging=get_object_or_404(organisatie.uitnodigingen, pk=pk))
    messages.success(request, "De uitnodiging is ingetrokken.")
    return redirect("organisaties:beheerders", organisatie.slug)


@require_POST
def beheerder_rol(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisatie = te_beheren(request, slug)
    beheer, form = (
        get_object_or_404(organisatie.beheer.select_related("organisatie", "gebruiker"), pk=pk),
        RolForm(request.POST),
    )
    if not form.is_valid():
        messages.error(request, "Deze rol bestaat niet.")
        return redirect("organisaties:beheerders", organisatie.slug)
    try:
        acties.wijzig_rol(beheer=beheer, rol=Rol(form.cleaned_data["rol"]))
    except acties.BeheerFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, f"{beheer.gebruiker} is nu {Rol(form.cleaned_data['rol']).label.lower()}.")
    return redirect("organisaties:beheerders", organisatie.slug)


@require_http_methods(["GET", "POST"])
def beheerder_verwijderen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisatie = te_wijzigen(request, slug)
    beheer = get_object_or_404(organisatie.beheer.select_related("organisatie", "gebruiker"), pk=pk)
    zelf = beheer.gebruiker_id == request.user.pk
    if not (zelf or mag_beheren(request.user, organisatie)):
        raise Http404
    if request.method == "GET":
        context = {"organisatie": organisatie, "beheer": beheer, "zelf": zelf}
        return render(request, "organisaties/beheerders/verwijderen.html", context)
    try:
        acties.verwijder_beheer(beheer=beheer)
    except acties.BeheerFout as fout:
        messages.error(request, str(fout))
        return redirect("organisaties:beheerders", organisatie.slug)
    messages.success(
        request,
        f"U hoort niet meer bij {organisatie}." if zelf else f"{beheer.gebruiker} hoort niet meer bij {organisatie}.",
    )
    return redirect("mijn") if zelf else redirect("organisaties:beheerders", organisatie.slug)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    gevonden = acties.uitnodiging_van(token)
    if gevonden is None:
        fout = "Deze uitnodiging kennen wij niet. Kijk of de link uit de mail helemaal is overgenomen."
        return render(request, "organisaties/beheerders/uitnodiging.html", {"fout": fout}, status=404)
    context: dict[str, Any] = {"uitnodiging": gevonden, "organisatie": gevonden.organisatie}
    fout = acties.reden_van_weigering(gevonden)
    gebruiker = request.user if isinstance(request.user, Gebruiker) else None
    if gebruiker and not fout:
        context["is_ander_adres"] = not acties.is_voor(gevonden, gebruiker)
        if request.method == "POST" and not context["is_ander_adres"]:
            try:
                acties.aanvaard(uitnodiging=gevonden, door=gebruiker)
            except acties.BeheerFout as weigering:
                fout = str(weigering)
            else:
                messages.success(request, f"U hoort nu bij {gevonden.organisatie}.")
                return redirect("organisaties:wijzigen", gevonden.organisatie.slug)
    context |= {"fout": fout, "volgende": urlencode({"next": request.path})}
    return render(request, "organisaties/beheerders/uitnodiging.html", context, status=410 if fout else 200)
