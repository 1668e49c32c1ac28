"""Asking not to be listed, and confirming it by the link in the mail."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisaties.actions import nietvermelden as acties
from organisaties.forms.nietvermelden import NietVermeldenForm
from organisaties.models import NietVermelding, Organisatie
from organisaties.views.detail import naar_nieuw_adres
from welzijnportal.ratelimit import mag


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def niet_vermelden(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = Organisatie.objects.zichtbaar().filter(slug=slug).first()
    if organisatie is None:
        return naar_nieuw_adres(slug, "organisaties:niet_vermelden")
    form = NietVermeldenForm(request.POST or None)
    te_vaak = False
    if request.method == "POST" and form.is_valid():
        te_vaak = not mag(request, "niet_vermelden", sleutel=str(organisatie.pk))
        if not te_vaak:
            if not form.is_van_een_programma:
                acties.vraag(
                    organisatie=organisatie, email=form.cleaned_data["email"], reden=form.cleaned_data["reden"]
                )
            return redirect(f"{reverse('organisaties:niet_vermelden', args=[slug])}?gelukt=1")
    context = {"organisatie": organisatie, "form": form, "te_vaak": te_vaak, "gelukt": request.GET.get("gelukt") == "1"}
    return render(request, "organisaties/nietvermelden/vragen.html", context, status=429 if te_vaak else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def niet_vermelden_bevestigen(request: HttpRequest, token: str) -> HttpResponse:
    verzoek = acties.verzoek_van(token)
    fout = "" if verzoek else "Deze link werkt niet meer. Vraag het opnieuw aan."
    if verzoek and request.method == "POST" and verzoek.status == NietVermelding.Status.GEVRAAGD:
        try:
            verzoek = acties.bevestig(token)
        except acties.NietVermeldFout as weigering:
            fout = str(weigering)
    context = {"verzoek": verzoek, "fout": fout}
    return render(request, "organisaties/nietvermelden/bevestigen.html", context, status=410 if fout else 200)
