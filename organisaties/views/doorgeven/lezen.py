from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from organisaties.actions.doorgeefbladen import antwoord, blad_van
from organisaties.actions.doorgeven import Regel
from organisaties.forms.doorgeven import AntwoordForm
from organisaties.models import Bladregel, Doorgeefblad
from organisaties.models.lijst import Antwoord
from organisaties.views.doorgeven.delen import besloten
from organisaties.weergave.doorgeven import Blok, blokken


# Who knows the token may answer, and nobody else can: it guards better than the origin does, which a browser does not
# tell of a page without referrer.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def doorgegeven(request: HttpRequest, token: str) -> HttpResponse:
    """The shared list as its reader sees it, with the listings as they are now."""
    blad = blad_van(token)
    if blad is None:
        return besloten(render(request, "organisaties/doorgeven/verlopen.html", status=404))
    if request.method == "POST":
        return besloten(_antwoord(request, blad, token))
    context = {"blad": blad, "blokken": _blokken(blad), "antwoorden": Antwoord.choices}
    return besloten(render(request, "organisaties/doorgeven/doorgegeven.html", context))


def _antwoord(request: HttpRequest, blad: Doorgeefblad, token: str) -> HttpResponse:
    form = AntwoordForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        rij = antwoord(blad=blad, regel=form.cleaned_data["regel"], antwoord=Antwoord(form.cleaned_data["antwoord"]))
    except Bladregel.DoesNotExist:
        raise Http404 from None
    return redirect(f"{reverse('organisaties:doorgegeven', args=[token])}#regel-{rij.pk}")


def _blokken(blad: Doorgeefblad) -> list[Blok]:
    rijen = list(blad.regels.all())
    regels = [Regel(rij.organisatie_id or 0, rij.dienst_id, rij.zin) for rij in rijen]
    gemaakt = blokken(regels, timezone.now())
    for blok, rij in zip(gemaakt, rijen, strict=True):
        blok.naam, blok.antwoord, blok.regel = blok.naam or rij.naam, rij.antwoord, rij.pk
    return [blok for blok in gemaakt if not blok.is_dubbel]
