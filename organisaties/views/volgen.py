from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisaties.actions import volgen as acties
from organisaties.forms.volgen import VolgenForm, ZoekopdrachtForm
from organisaties.forms.zoeken import ZoekForm
from organisaties.models import Abonnement, Organisatie
from organisaties.views.detail import naar_nieuw_adres
from organisaties.weergave.zoekpagina import Woordenschat, adres_van, in_woorden
from organisaties.zoeken.keuzes import bewaarbaar, maak_vraag
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.ratelimit import mag


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def volgen_zoekopdracht(request: HttpRequest) -> HttpResponse:
    keuzes = ZoekForm(request.GET).cleaned_data
    woorden = Woordenschat.uit_database()
    vraag = maak_vraag(keuzes, themas=woorden.themas, doelgroepen=woorden.doelgroepen, nu=timezone.now())
    adres = adres_van(keuzes, vraag)
    bewaard = bewaarbaar(adres)
    if not bewaard or len(bewaard) > Abonnement._meta.get_field("vraag").max_length:  # type: ignore[operator]
        return redirect("organisaties:lijst")
    beschrijving = in_woorden(vraag, woorden)
    form = ZoekopdrachtForm(request.POST or None, initial=_begin(request) | {"naam": beschrijving[:100]})
    context = {
        "beschrijving": beschrijving,
        "terug": f"{reverse('organisaties:lijst')}?{adres.urlencode()}",
        "feed": f"{reverse('organisaties:feed_zoeken')}?{bewaard}",
    }
    return _volg(request, form, context, vraag=bewaard)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def volgen_organisatie(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = Organisatie.objects.zichtbaar().filter(slug=slug).first()
    if organisatie is None:
        return naar_nieuw_adres(slug, "organisaties:volgen")
    form = VolgenForm(request.POST or None, initial=_begin(request))
    context = {"organisatie": organisatie, "beschrijving": organisatie.naam, "terug": organisatie.get_absolute_url()}
    return _volg(request, form, context, organisatie=organisatie)


def _begin(request: HttpRequest) -> dict[str, str]:
    return {"email": request.user.email} if isinstance(request.user, Gebruiker) else {}


def _volg(request: HttpRequest, form: VolgenForm, context: dict[str, Any], **wat: Any) -> HttpResponse:
    te_vaak = False
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        te_vaak = not (mag(request, "volgen") and mag(request, "volgen_adres", sleutel=email.lower()))
        if not te_vaak and not form.is_van_een_programma:
            door = request.user if isinstance(request.user, Gebruiker) else None
            naam = form.cleaned_data.get("naam") or context["beschrijving"]
            try:
                abonnement = acties.volg(email=email, naam=naam, door=door, **wat)
            except acties.VolgFout as fout:
                form.add_error("email", str(fout))
            else:
                is_eigen = door is not None and door.email.lower() == abonnement.email.lower()
                return redirect("organisaties:volgen_lijst" if is_eigen else "organisaties:volgen_gevraagd")
        elif not te_vaak:
            return redirect("organisaties:volgen_gevraagd")
    context |= {"form": form, "te_vaak": te_vaak}
    return render(request, "organisaties/volgen/volgen.html", context, status=429 if te_vaak else 200)


@login_not_required
@require_safe
def volgen_gevraagd(request: HttpRequest) -> HttpResponse:
    return render(request, "organisaties/volgen/gevraagd.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def volgen_bevestigen(request: HttpRequest, token: str) -> HttpResponse:
    abonnement = acties.lees_bevestiglink(token)
    if abonnement is None:
        return render(request, "organisaties/volgen/verlopen.html", status=404)
    if request.method == "POST":
        acties.bevestig(abonnement=abonnement)
        abonnement.refresh_from_db()
    return render(request, "organisaties/volgen/bevestigen.html", {"abonnement": abonnement})


# A mail program posts here without cookie or token (RFC 8058); the signed link is what proves the right to stop.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def volgen_stoppen(request: HttpRequest, token: str) -> HttpResponse:
    waarvoor = acties.lees_stoplink(token)
    context: dict[str, Any] = {"gestopt": waarvoor is None}
    if waarvoor is not None:
        context |= {"abonnementen": waarvoor.abonnementen(), "alles": waarvoor.pk is None}
        if request.method == "POST":
            acties.stop(waarvoor=waarvoor)
            context["gestopt"] = True
    return render(request, "organisaties/volgen/stoppen.html", context)


@require_safe
def volgen_lijst(request: Any) -> HttpResponse:
    abonnementen = Abonnement.objects.bevestigd().filter(email__iexact=request.user.email)
    context = {"abonnementen": abonnementen.select_related("organisatie")}
    return render(request, "organisaties/volgen/lijst.html", context)


@require_POST
def volgen_verwijderen(request: Any, pk: int) -> HttpResponse:
    abonnement = get_object_or_404(Abonnement, pk=pk, email__iexact=request.user.email)
    acties.stop(waarvoor=acties.Stop(abonnement.email, abonnement.pk))
    messages.success(request, f"U volgt {abonnement.naam} niet meer.")
    return redirect("organisaties:volgen_lijst")
