"""Vouching for the listing of another organisation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from organisaties.actions import instaan as acties
from organisaties.forms.instaan import InstaanForm
from organisaties.models import Organisatie, Voorspraak
from organisaties.models.beheer import Rol
from organisaties.views.toegang import ik


@require_http_methods(["GET", "POST"])
def instaan(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = get_object_or_404(Organisatie.objects.zichtbaar(), slug=slug)
    mogelijk = acties.kan_instaan_namens(ik(request), organisatie)
    if request.method == "POST" and not mogelijk:
        raise Http404
    form = InstaanForm(request.POST or None, mogelijk=mogelijk)
    if request.method == "POST" and form.is_valid():
        try:
            acties.sta_in(organisatie=organisatie, namens=form.cleaned_data["namens"], door=ik(request))
        except acties.InstaanFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, f"Dank u wel. {form.cleaned_data['namens']} staat nu in voor {organisatie}.")
            return redirect(organisatie)
    eerder = Voorspraak.objects.filter(organisatie=organisatie, namens__in=mogelijk).select_related("namens")
    context = {"organisatie": organisatie, "form": form, "mogelijk": mogelijk, "eerder": eerder}
    return render(request, "organisaties/partners/instaan.html", context)


@require_POST
def instaan_intrekken(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    van_mij = Voorspraak.objects.filter(
        namens__beheer__gebruiker=ik(request).pk, namens__beheer__rol=Rol.BEHEERDER, organisatie__slug=slug
    )
    voorspraak = get_object_or_404(van_mij.select_related("namens", "organisatie"), pk=pk)
    acties.trek_in(voorspraak=voorspraak)
    messages.success(request, f"{voorspraak.namens} staat niet meer in voor {voorspraak.organisatie}.")
    return redirect("organisaties:instaan", slug)
