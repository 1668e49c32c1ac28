"""One's contacts, asking for contact, answering and ending it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netwerk.actions.contacten import contact as acties
from netwerk.actions.contacten.basis import ContactFout
from netwerk.actions.mensen.kaart import KaartOngeldig, code_van_kaart
from netwerk.forms.contacten import AntwoordForm, ContactenForm, VraagForm
from netwerk.models import Professional
from netwerk.permissions import mag_profiel_zien
from netwerk.views.toegang import ik, met_profiel
from netwerk.weergave.contacten import (
    als_contacten,
    band_met,
    contacten_van,
    wachtende_introducties,
    wachtende_vragen,
)
from welzijnportal.http import bewaarde_invoer, bewaart_invoer
from welzijnportal.ratelimit import mag

PER_PAGINA = 50


@met_profiel
@require_safe
def contacten(request: HttpRequest) -> HttpResponse:
    """Whom one knows, and what waits: questions and introductions."""
    kijker = ik(request)
    vraag = ContactenForm(request.GET).cleaned_data
    bladen = Paginator(contacten_van(kijker, vraag["q"]), PER_PAGINA)
    blad = bladen.get_page(vraag["pagina"])
    aan_mij, van_mij = wachtende_vragen(kijker)
    context = {
        "mensen": als_contacten(Professional.objects.filter(pk__in=[mens.pk for mens in blad]), kijker),
        "blad": blad,
        "q": vraag["q"],
        "aan_mij": aan_mij,
        "van_mij": van_mij,
        "introducties": wachtende_introducties(kijker),
        "kijker": kijker,
    }
    return render(request, "netwerk/contacten/lijst.html", context)


def ander(request: HttpRequest, code: str) -> Professional:
    """Fetch another person who is active and not blocked; 404 for all others, and for oneself."""
    kijker = ik(request)
    mens = (
        Professional.objects.actief()
        .select_related("gebruiker")
        .zonder_blokkade(kijker)
        .exclude(pk=kijker.pk)
        .filter(code=code)
        .first()
    )
    if mens is None:
        raise Http404
    return mens


def _toonde_kaart(request: HttpRequest, mens: Professional) -> bool:
    """Whether the address holds the token of this person's card: held up just now, it opens a closed profile."""
    try:
        return code_van_kaart(request.GET.get("kaart", "")) == mens.code
    except KaartOngeldig:
        return False


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def contact_vragen(request: HttpRequest, code: str) -> HttpResponse:
    """Ask somebody whose page one may see, or whose card one just saw; or see how the question stands."""
    kijker, mens = ik(request), ander(request, code)
    band = band_met(kijker, mens)
    if not band.stand and not mag_profiel_zien(kijker, mens) and not _toonde_kaart(request, mens):
        raise Http404
    if band.stand == "contact":
        return redirect(mens)
    form = VraagForm(request.POST if request.method == "POST" else bewaarde_invoer(request))
    if request.method == "POST" and form.is_valid():
        if not mag(request, "contact_vragen", sleutel=str(kijker.pk)):
            form.add_error(None, "U vroeg vandaag al veel mensen om contact. Ga morgen verder.")
        else:
            try:
                rij = acties.vraag(door=kijker, aan=mens, regel=form.cleaned_data["regel"])
            except ContactFout as fout:
                form.add_error(None, str(fout))
            else:
                is_nu = rij.status == rij.Status.BEVESTIGD
                messages.success(
                    request,
                    f"U en {mens} zijn nu contacten." if is_nu else f"Gevraagd. U krijgt bericht als {mens} ja zegt.",
                )
                return redirect("netwerk:contacten")
    wacht = wachtende_vragen(kijker)[0] if band.stand == "wacht" else []
    context = {
        "mens": mens,
        "form": form,
        "stand": band.stand,
        "gedeeld": band.gedeeld,
        "vraag": next((rij for rij in wacht if rij.vrager_id == mens.pk), None),
    }
    return render(request, "netwerk/contacten/vragen.html", context)


def _of_niemand(request: HttpRequest, code: str) -> Professional | None:
    """As ``ander``, for a button on what may just be gone: of who is not there no more is said than of that."""
    try:
        return ander(request, code)
    except Http404:
        return None


@met_profiel
@require_POST
def contact_antwoord(request: HttpRequest, code: str) -> HttpResponse:
    mens, form = _of_niemand(request, code), AntwoordForm(request.POST)
    ja = form.is_valid() and form.cleaned_data["antwoord"] == "ja"
    try:
        if mens is None or not form.is_valid():
            raise ContactFout(acties.NIET_MEER)
        acties.antwoord(van=mens, door=ik(request), ja=ja)
    except ContactFout:
        messages.info(request, acties.NIET_MEER)
    else:
        messages.success(
            request, f"U en {mens} zijn nu contacten." if ja else f"Weggehaald. {mens} krijgt daar geen bericht van."
        )
    return redirect("netwerk:contacten")


@met_profiel
@require_POST
def contact_intrekken(request: HttpRequest, code: str) -> HttpResponse:
    mens = _of_niemand(request, code)
    try:
        is_weg = mens is not None and acties.trek_in(door=ik(request), aan=mens)
    except ContactFout:
        is_weg = False
    if is_weg:
        messages.success(request, f"Uw vraag aan {mens} is ingetrokken.")
    else:
        messages.info(request, acties.NIET_MEER)
    return redirect("netwerk:contacten")


@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def contact_beeindigen(request: HttpRequest, code: str) -> HttpResponse:
    mens = ander(request, code)
    if band_met(ik(request), mens).stand != "contact":
        raise Http404
    if request.method == "POST":
        try:
            acties.beeindig(door=ik(request), ander=mens)
        except ContactFout as fout:
            messages.info(request, str(fout))
        else:
            messages.success(request, f"{mens} staat niet meer bij uw contacten.")
        return redirect("netwerk:contacten")
    return render(request, "netwerk/contacten/beeindigen.html", {"mens": mens})
