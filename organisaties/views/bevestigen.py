from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from organisaties.actions.beantwoorden import AntwoordFout, IntussenVeranderd, beantwoord, is_te_bevestigen
from organisaties.actions.bevestigen import kies_ritme
from organisaties.actions.versheidslink import LinkFout, lees_link
from organisaties.forms.bevestigen import BevestigForm, RitmeForm
from organisaties.keuzes import Bevestigritme
from organisaties.models import Organisatie
from organisaties.models.beheer import Rol
from organisaties.permissions import rol_van
from organisaties.views.toegang import ik, te_beheren
from organisaties.weergave.bevestigen import bevestigen_context
from welzijnportal.accounts.models import Gebruiker


# The address itself is the secret that a token in the form would be: who does not know it cannot send the form.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bevestigen_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = lees_link(token)
    except LinkFout as fout:
        verder = reverse("organisaties:bevestigen", args=[fout.slug]) if fout.slug else reverse("mijn")
        context = {"fout": str(fout), "volgende": urlencode({"next": verder})}
        return render(request, "organisaties/bevestigen/link_werkt_niet.html", context, status=fout.status)
    response = _pagina(request, link.organisatie, link.gebruiker, {"via_link": True, "actie": request.path})
    # The address must not travel on to another site; within the portal the browser may say where a form comes from.
    response["Referrer-Policy"] = "same-origin"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def bevestigen(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie, rol = _van_mij(request, slug)
    ritme_form = RitmeForm(instance=organisatie) if rol == Rol.BEHEERDER else None
    extra = {"actie": request.path, "ritme_form": ritme_form}
    return _pagina(request, organisatie, ik(request), extra)


@require_POST
def bevestigritme(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = te_beheren(request, slug)
    form = RitmeForm(request.POST, instance=Organisatie.objects.get(pk=organisatie.pk))
    if not form.is_valid():
        context = {"actie": reverse("organisaties:bevestigen", args=[slug]), "ritme_form": form}
        return _toon(request, organisatie, context, status=422)
    ritme = Bevestigritme(form.cleaned_data["bevestigritme"])
    kies_ritme(organisatie=organisatie, ritme=ritme)
    messages.success(request, f"Bewaard. Wij vragen u {ritme.label} of alles nog klopt.")
    return redirect("organisaties:bevestigen", organisatie.slug)


def _van_mij(request: HttpRequest, slug: str) -> tuple[Organisatie, str]:
    """Fetch a listing that this person keeps, and their role; also one that left the portal because nobody answered."""
    organisatie = Organisatie.objects.filter(slug=slug).first()
    rol = rol_van(request.user, organisatie) if organisatie else ""
    if organisatie is None or not rol or not is_te_bevestigen(organisatie):
        raise Http404
    return organisatie, rol


def _pagina(request: HttpRequest, organisatie: Organisatie, wie: Gebruiker, extra: dict[str, Any]) -> HttpResponse:
    if request.method != "POST":
        return _toon(request, organisatie, extra)
    form = BevestigForm(request.POST)
    if not form.is_valid():
        return _toon(request, organisatie, extra | {"fout": "Druk op een van de knoppen hieronder."}, status=422)
    try:
        beantwoord(organisatie=organisatie, blokken=form.blokken, gezien=form.cleaned_data["gezien"], door=wie)
    except IntussenVeranderd as fout:
        vers = Organisatie.objects.get(pk=organisatie.pk)
        return _toon(request, vers, extra | {"fout": str(fout)}, status=409)
    except AntwoordFout as fout:
        return _toon(request, organisatie, extra | {"fout": str(fout)}, status=409)
    return redirect(request.path)


def _toon(request: HttpRequest, organisatie: Organisatie, extra: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = bevestigen_context(organisatie, timezone.now()) | extra
    return render(request, "organisaties/bevestigen/bevestigen.html", context, status=status)
