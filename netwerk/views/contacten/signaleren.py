"""Telling the moderators that a person or a text does harm."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from netwerk.actions.contacten import signalen as acties
from netwerk.actions.contacten.blokkeren import blokkeer
from netwerk.forms.contacten import SignaalForm, WaaroverForm
from netwerk.models import Bericht, Postbericht, Postdraad, Praktijkkaart, Professional, Reactie, Signaal
from netwerk.permissions import lidmaatschap_van, mag_kaart_lezen
from netwerk.views.contacten.blokkeren import elk_mens
from netwerk.views.toegang import ik, met_profiel, te_lezen_gesprek
from welzijnportal.http import bewaarde_invoer, bewaart_invoer
from welzijnportal.ratelimit import mag


@dataclass(frozen=True)
class Doel:
    """What a report is about: its kind and key, who wrote it, how to name it, and where to go afterwards."""

    wat: str
    sleutel: int
    over: Professional | None
    titel: str
    terug: str
    bewijs: str = ""


def _getal(sleutel: str) -> int:
    if not sleutel.isdigit():
        raise Http404
    return int(sleutel)


def _mens(request: HttpRequest, sleutel: str) -> Doel:
    mens = elk_mens(request, sleutel)
    return Doel(Signaal.Wat.MENS, mens.pk, mens, mens.naam, reverse("netwerk:contacten"))


def _gesprek(request: HttpRequest, sleutel: str) -> Doel:
    gesprek, _ = te_lezen_gesprek(request, sleutel)
    return Doel(Signaal.Wat.GESPREK, gesprek.pk, gesprek.auteur, f"‘{gesprek.titel}’", gesprek.get_absolute_url())


def _reactie(request: HttpRequest, sleutel: str) -> Doel:
    reactie = Reactie.objects.geplaatst().select_related("gesprek", "auteur").filter(pk=_getal(sleutel)).first()
    if reactie is None:
        raise Http404
    gesprek, _ = te_lezen_gesprek(request, reactie.gesprek.code, ook_ingetrokken=True)
    titel = f"een reactie bij ‘{gesprek.titel}’"
    return Doel(Signaal.Wat.REACTIE, reactie.pk, reactie.auteur, titel, reactie.gesprek.get_absolute_url())


def _bericht(request: HttpRequest, sleutel: str) -> Doel:
    bericht = (
        Bericht.objects.eigen_woorden()
        .zichtbaar_voor(ik(request))
        .select_related("auteur", "organisatie")
        .filter(pk=_getal(sleutel))
        .first()
    )
    if bericht is None:
        raise Http404
    titel = f"een bericht van {bericht.afzender}"
    return Doel(Signaal.Wat.BERICHT, bericht.pk, bericht.auteur, titel, bericht.get_absolute_url())


def _praktijkkaart(request: HttpRequest, sleutel: str) -> Doel:
    kaart = Praktijkkaart.objects.select_related("netwerk").filter(pk=_getal(sleutel)).first()
    if kaart is None:
        raise Http404
    lid = lidmaatschap_van(ik(request), kaart.netwerk) if kaart.netwerk else None
    if not mag_kaart_lezen(ik(request), kaart, lid):
        raise Http404
    return Doel(Signaal.Wat.PRAKTIJKKAART, kaart.pk, None, f"‘{kaart.titel}’", kaart.get_absolute_url())


def _post(request: HttpRequest, sleutel: str) -> Doel:
    """A letter to this person; the text goes along, for a moderator cannot open private post."""
    brief = Postbericht.objects.select_related("draad", "auteur").filter(pk=_getal(sleutel)).first()
    kijker = ik(request)
    if brief is None or brief.auteur_id == kijker.pk:
        raise Http404
    if not Postdraad.objects.van(kijker).filter(pk=brief.draad_id).exists():
        raise Http404
    return Doel(
        Signaal.Wat.POST,
        brief.pk,
        brief.auteur,
        f"een persoonlijk bericht van {brief.auteur or 'iemand die weg is'}",
        reverse("netwerk:post"),
        bewijs=brief.tekst,
    )


_ZOEKERS = {
    "mens": _mens,
    "gesprek": _gesprek,
    "reactie": _reactie,
    "bericht": _bericht,
    "praktijkkaart": _praktijkkaart,
    "post": _post,
}


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def signaleren(request: HttpRequest) -> HttpResponse:
    waarover = WaaroverForm(request.GET)
    if not waarover.is_valid():
        raise Http404
    soort, _, sleutel = waarover.cleaned_data["wat"].partition(":")
    doel = _ZOEKERS[soort](request, sleutel)
    kijker = ik(request)
    if doel.over is not None and doel.over.pk == kijker.pk:
        raise Http404
    form = SignaalForm(
        request.POST if request.method == "POST" else bewaarde_invoer(request), met_persoon=doel.over is not None
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        if mag(request, "signaleren", sleutel=str(kijker.pk)):
            return _meld(request, doel, form)
        form.add_error(None, "U meldde vandaag al heel veel. Is er haast? Mail ons dan. Wat u typte, staat hieronder.")
        status = 429
    return render(request, "netwerk/contacten/signaleren.html", {"form": form, "doel": doel}, status=status)


def _meld(request: HttpRequest, doel: Doel, form: SignaalForm) -> HttpResponse:
    acties.meld(
        door=ik(request),
        wat=doel.wat,
        sleutel=doel.sleutel,
        over=doel.over,
        reden=form.cleaned_data["reden"],
        tekst=form.cleaned_data["tekst"],
        bewijs=doel.bewijs,
    )
    messages.success(request, "Dank u wel. Een moderator kijkt ernaar en u krijgt bericht.")
    if doel.over is not None and form.cleaned_data["blokkeren"]:
        blokkeer(door=ik(request), wie=doel.over)
        messages.success(request, f"{doel.over} is geblokkeerd en krijgt daar geen bericht van.")
        return redirect("netwerk:geblokkeerd")
    return redirect(doel.terug)
