from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netwerk.actions.weten.antwoord import AntwoordFout, beantwoord
from netwerk.actions.weten.vragen import VraagFout, sla_af, stel_vraag, vraag_mij, vraag_van
from netwerk.forms.weten import AntwoordForm, KennisForm, PerMaandForm, als_parameter
from netwerk.models import Rondvraag, Vraagverzoek
from netwerk.models.weten import MEESTE_RONDES, is_vraag_te_stellen
from netwerk.permissions import lidmaatschap_van, mag_vraag_beantwoorden, mag_vraag_rondsturen
from netwerk.views.toegang import ik, met_profiel, te_lezen_gesprek
from netwerk.weergave.kennis import zoek_onbeantwoord
from netwerk.weergave.kennisrij import rijen_van
from welzijnportal.http import bewaart_invoer
from welzijnportal.markdown import naar_html
from welzijnportal.ratelimit import mag

MEEST_OPEN = 50


@require_safe
@met_profiel
def lijst(request: HttpRequest) -> HttpResponse:
    kijker = ik(request)
    wachtend = Vraagverzoek.objects.open_voor(kijker).select_related("gesprek__netwerk", "gesprek__auteur")
    gevonden = zoek_onbeantwoord(kijker, na=KennisForm(request.GET).cleaned_data["na"])
    context = {
        "wachtend": list(wachtend[:MEEST_OPEN]),
        "rijen": rijen_van(gevonden),
        "volgende": als_parameter(gevonden.volgende) if gevonden.volgende else "",
        "form": PerMaandForm(initial={"aantal": kijker.vragen_per_maand}),
        "per_maand": kijker.vragen_per_maand,
    }
    return render(request, "netwerk/weten/vragen.html", context)


@bewaart_invoer
@require_http_methods(["GET", "HEAD", "POST"])
@met_profiel
def vraag(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = ik(request)
    verzoek = _te_beantwoorden(request, pk)
    form = AntwoordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not mag(request, "weten_antwoord", sleutel=str(kijker.pk)):
            form.add_error(None, "U schreef kort na elkaar veel antwoorden. Wacht even en probeer het dan nog eens.")
        else:
            try:
                reactie = beantwoord(verzoek=verzoek, door=kijker, tekst=form.cleaned_data["tekst"])
            except AntwoordFout as fout:
                form.add_error(None, str(fout))
            else:
                messages.success(request, "Dank u wel. Uw antwoord staat bij de vraag.")
                return redirect(reactie)
    gesprek = verzoek.gesprek
    context = {
        "verzoek": verzoek,
        "gesprek": gesprek,
        "tekst": naar_html(gesprek.tekst),
        "form": form,
        "is_te_beantwoorden": not gesprek.is_gesloten,
    }
    return render(request, "netwerk/weten/vraag.html", context)


def _te_beantwoorden(request: HttpRequest, pk: int) -> Vraagverzoek:
    kijker = ik(request)
    verzoek = vraag_van(pk, kijker)
    if verzoek is None:
        raise Http404
    netwerk = verzoek.gesprek.netwerk
    lid = lidmaatschap_van(kijker, netwerk) if netwerk else None
    if not mag_vraag_beantwoorden(kijker, verzoek, lid):
        raise Http404
    return verzoek


@require_POST
@met_profiel
def weet_niet(request: HttpRequest, pk: int) -> HttpResponse:
    verzoek = vraag_van(pk, ik(request))
    if verzoek is None:
        raise Http404
    sla_af(verzoek=verzoek)
    messages.success(request, "Dat is goed. Deze vraag krijgt u niet nog eens.")
    return redirect("netwerk:vragen")


@require_POST
@met_profiel
def per_maand(request: HttpRequest) -> HttpResponse:
    form = PerMaandForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["aantal"][0]))
        return redirect("netwerk:vragen")
    aantal = form.cleaned_data["aantal"]
    was = vraag_mij(door=ik(request), per_maand=aantal)
    if aantal:
        messages.success(
            request, f"U krijgt voortaan hoogstens {aantal} {'vraag' if aantal == 1 else 'vragen'} per maand."
        )
        return redirect("netwerk:vragen")
    messages.success(request, "U krijgt geen vragen meer.")
    return render(request, "netwerk/weten/geen_vragen.html", {"was": was}) if was else redirect("netwerk:vragen")


@require_http_methods(["GET", "HEAD", "POST"])
@met_profiel
def wie_weet_dit(request: HttpRequest, code: str) -> HttpResponse:
    gesprek, _ = te_lezen_gesprek(request, code)
    kijker = ik(request)
    if gesprek.auteur_id != kijker.pk:
        raise Http404
    if request.method == "POST":
        if not mag(request, "wie_weet_dit", sleutel=str(kijker.pk)):
            messages.error(request, "U liet vandaag al veel vragen rondgaan. Probeer het morgen weer.")
        else:
            try:
                aantal = stel_vraag(gesprek=gesprek, door=kijker)
            except VraagFout as fout:
                messages.error(request, str(fout))
            else:
                if aantal:
                    messages.success(request, _gelukt(aantal))
        return redirect("netwerk:wie_weet_dit", code)
    rondvraag = Rondvraag.objects.filter(gesprek=gesprek).first()
    verzoeken = list(gesprek.vraagverzoeken.met_antwoord().select_related("professional")) if rondvraag else []
    context = {
        "gesprek": gesprek,
        "rondvraag": rondvraag,
        "aantal": len(verzoeken),
        "beantwoord": [verzoek.professional for verzoek in verzoeken if verzoek.is_beantwoord],  # type: ignore[attr-defined]
        "is_te_stellen": is_vraag_te_stellen(gesprek),
        "mag_sturen": _mag_sturen(rondvraag) and mag_vraag_rondsturen(kijker, gesprek),
        "kijker": kijker,
    }
    return render(request, "netwerk/weten/wie_weet_dit.html", context)


def _mag_sturen(rondvraag: Rondvraag | None) -> bool:
    """Not while it waits for answers, for then it goes on by itself."""
    return rondvraag is None or (rondvraag.ronde < MEESTE_RONDES and rondvraag.volgende_op is None)


def _gelukt(aantal: int) -> str:
    wie = "1 vakgenoot die het misschien weet" if aantal == 1 else f"{aantal} vakgenoten die het misschien weten"
    return f"Uw vraag is gestuurd aan {wie}."
