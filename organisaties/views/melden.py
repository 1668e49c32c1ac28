from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisaties.actions.melden import meld
from organisaties.forms.melden import MeldenForm
from organisaties.models import Organisatie
from organisaties.views.detail import naar_nieuw_adres
from welzijnportal.ratelimit import mag


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def melden(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = Organisatie.objects.zichtbaar().filter(slug=slug).first()
    if organisatie is None:
        return naar_nieuw_adres(slug, "organisaties:melden")
    form = MeldenForm(request.POST or None)
    te_vaak = False
    if request.method == "POST" and form.is_valid():
        te_vaak = not mag(request, "melden")
        if not te_vaak:
            if not form.is_van_een_programma:
                meld(organisatie=organisatie, tekst=form.cleaned_data["tekst"], email=form.cleaned_data["email"])
            return redirect(f"{reverse('organisaties:melden', args=[organisatie.slug])}?gelukt=1")
    context = {"organisatie": organisatie, "form": form, "te_vaak": te_vaak, "gelukt": request.GET.get("gelukt") == "1"}
    return render(request, "organisaties/melden.html", context, status=429 if te_vaak else 200)
