"""The sections of the editor that are one form over the organisation itself."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organisaties.actions.wijzigen import VELDEN_MET_OORDEEL, leg_vast, wijzig_velden
from organisaties.forms.botsing import als_tekst, botsing, stand_van
from organisaties.forms.wijzigen import BasisForm, BereikbaarheidForm, LogoForm, VoorWieForm, WerkgebiedForm
from organisaties.models import Organisatie, Wijzigingsverzoek
from organisaties.models.bevestiging import Blok
from organisaties.views.correcties import rond_voorstel_af
from organisaties.views.toegang import ik, te_wijzigen
from welzijnportal.http import bewaarde_invoer, bewaart_invoer


@dataclass(frozen=True)
class Sectie:
    naam: str
    titel: str
    form: type[forms.ModelForm[Organisatie]]
    blok: Blok | None = None


SECTIES = {
    sectie.naam: sectie
    for sectie in (
        Sectie("basis", "Naam en beschrijving", BasisForm),
        Sectie("bereikbaarheid", "Telefoon, e-mail en website", BereikbaarheidForm, Blok.CONTACT),
        Sectie("voor-wie", "Onderwerpen en voor wie", VoorWieForm),
        Sectie("werkgebied", "Waar u werkt", WerkgebiedForm),
        Sectie("logo", "Logo", LogoForm),
    )
}


@bewaart_invoer
@require_http_methods(["GET", "POST"])
def sectie(request: HttpRequest, slug: str, sectie: str) -> HttpResponse:
    if sectie not in SECTIES:
        raise Http404
    deze = SECTIES[sectie]
    if request.method == "POST":
        return _bewaar(request, slug, deze)
    organisatie = te_wijzigen(request, slug)
    if (invoer := bewaarde_invoer(request)) is not None:
        form = deze.form(invoer, instance=Organisatie.objects.get(pk=organisatie.pk))
        form.is_valid()
        return _toon(request, organisatie, deze, form, oude_stand=invoer.get("stand", ""))
    return _toon(request, organisatie, deze, deze.form(instance=organisatie))


@transaction.atomic
def _bewaar(request: HttpRequest, slug: str, deze: Sectie) -> HttpResponse:
    organisatie = te_wijzigen(request, slug, vergrendel=True)
    form = deze.form(request.POST, request.FILES, instance=organisatie)
    nu = deze.form(instance=Organisatie.objects.get(pk=organisatie.pk))
    geldig = form.is_valid()
    ander = botsing(form=form, nu=nu, stand=request.POST.get("stand", ""), organisatie=organisatie)
    if not geldig or ander:
        vers = Organisatie.objects.get(pk=organisatie.pk)
        return _toon(request, vers, deze, form, botsing=ander)
    wachtend = _sla_op(form, organisatie.pk, ik(request), deze.blok)
    vers = Organisatie.objects.get(pk=organisatie.pk)
    rond_voorstel_af(request, vers)
    if wachtend:
        namen = " en ".join(Wijzigingsverzoek.Veld(veld).label for veld in wachtend)
        messages.info(request, f"Bewaard. De wijziging van {namen} kijken wij eerst na; u krijgt daarover een mail.")
    else:
        messages.success(request, f"{deze.titel}: bewaard.")
    return redirect("organisaties:wijzigen", vers.slug)


def _sla_op(form: forms.ModelForm[Organisatie], pk: int, door: Any, blok: Blok | None) -> list[str]:
    """Save the form, but leave to an action the fields that may have to wait for a moderator."""
    vers = Organisatie.objects.get(pk=pk)
    apart = {}
    for veld in VELDEN_MET_OORDEEL:
        if veld in form.fields:
            nieuw = str(form.cleaned_data[veld])
            if nieuw != str(getattr(vers, veld)):
                apart[veld] = nieuw
            setattr(form.instance, veld, getattr(vers, veld))
    form.save()
    vers.refresh_from_db()
    wachtend = wijzig_velden(organisatie=vers, waarden=apart, door=door)
    leg_vast(organisatie=vers, door=door, blok=blok)
    return wachtend


def _toon(
    request: HttpRequest,
    organisatie: Organisatie,
    deze: Sectie,
    form: forms.ModelForm[Organisatie],
    *,
    oude_stand: str = "",
    **extra: Any,
) -> HttpResponse:
    nu = deze.form(instance=organisatie)
    wachtend = organisatie.wijzigingsverzoeken.filter(status=Wijzigingsverzoek.Status.OPEN, veld__in=list(form.fields))
    context = {
        "organisatie": organisatie,
        "sectie": deze,
        "titel": deze.titel,
        "form": form,
        # A form that was kept while its sender logged in again is still compared with what they saw.
        "stand": oude_stand or als_tekst(stand_van(nu)),
        "is_teruggevonden": bool(oude_stand),
        "verzoeken": wachtend,
        **extra,
    }
    return render(request, f"organisaties/wijzigen/{deze.naam}.html", context)
