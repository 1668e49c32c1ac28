"""Writing, changing, withdrawing and leading conversations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from netwerk.actions.gesprekken.basis import GesprekFout, volg
from netwerk.actions.gesprekken.helpen import markeer_antwoord, zet_hielp
from netwerk.actions.gesprekken.plaatsen import plaats
from netwerk.actions.gesprekken.wijzigen import (
    Botsing,
    herstel,
    leid,
    trek_in,
    verberg_reactie,
    wijzig_gesprek,
    wijzig_reactie,
)
from netwerk.actions.mensen.vindbaar import bekende_labels
from netwerk.forms.gesprekken import ArtikelForm, DoeForm, GesprekForm, VerbergForm, WijzigForm
from netwerk.keuzes import Gesprekssoort, Plaatsing
from netwerk.models import Gesprek, Netwerk, Reactie
from netwerk.permissions import is_geblokkeerd, mag_gesprek_leiden, mag_gesprek_wijzigen, mag_reactie_wijzigen
from netwerk.views.netwerken.toegang import blik_op
from netwerk.views.toegang import ik, met_profiel, te_lezen_gesprek
from netwerk.weergave.gesprekken import adres_van_reactie, namen_in, om_te_wijzigen, tekst_als_html
from welzijnportal.http import bewaarde_invoer, bewaart_invoer, komt_van_eigen_site, weiger
from welzijnportal.ratelimit import mag

GEDAAN = {
    "sluit": "Het gesprek is gesloten. Niemand kan nog reageren.",
    "heropen": "Het gesprek is weer open.",
    "zet_vast": "Het gesprek staat nu bovenaan.",
    "maak_los": "Het gesprek staat niet meer vast bovenaan.",
    "verberg": "Het gesprek is verborgen. De schrijver krijgt bericht.",
}
TE_VAAK = "U hebt erg veel geschreven. Wacht even en probeer het dan opnieuw. Wat u typte, staat hier nog."


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def gesprek_toevoegen(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_op(request, slug)
    if blik.lid is None:
        raise Http404
    return _schrijf(request, blik.netwerk, GesprekForm)


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def artikel_schrijven(request: HttpRequest) -> HttpResponse:
    return _schrijf(request, None, ArtikelForm)


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def concept(request: HttpRequest, code: str) -> HttpResponse:
    """Go on with a draft of one's own."""
    een = (
        Gesprek.objects.select_related("netwerk")
        .filter(code=code, auteur=ik(request), plaatsing=Plaatsing.CONCEPT)
        .first()
    )
    if een is None:
        raise Http404
    klasse = ArtikelForm if een.soort == Gesprekssoort.ARTIKEL else GesprekForm
    return _schrijf(request, een.netwerk, klasse, een)


def _schrijf(
    request: HttpRequest, netwerk: Netwerk | None, klasse: type[GesprekForm], eerder: Gesprek | None = None
) -> HttpResponse:
    begin: dict[str, Any] = {}
    if eerder is not None:
        begin = {naam: getattr(eerder, naam) for naam in ("soort", "titel", "samenvatting", "zicht")}
        begin |= {"tekst": om_te_wijzigen(eerder.tekst), "labels": ", ".join(eerder.labels.names())}
    form = klasse(netwerk, request.POST if request.method == "POST" else bewaarde_invoer(request), initial=begin)
    voorbeeld = ""
    if request.method == "POST" and form.is_valid():
        tekst = form.cleaned_data["tekst"]
        if "voorbeeld" in request.POST:
            voorbeeld = tekst_als_html(tekst, namen_in([tekst], ik(request)))
        elif not mag(request, "gesprek", sleutel=str(ik(request).pk)):
            form.add_error(None, TE_VAAK)
        else:
            is_concept = "concept" in request.POST
            try:
                een = plaats(
                    door=ik(request),
                    netwerk=netwerk,
                    velden=form.velden(),
                    labels=form.cleaned_data["labels"],
                    concept=eerder,
                    is_concept=is_concept,
                )
            except GesprekFout as fout:
                form.add_error(None, str(fout))
            else:
                messages.success(request, "Bewaard als concept." if is_concept else "Geplaatst.")
                request.session["wissen"] = f"gesprek-{netwerk.slug if netwerk else 'artikel'}"
                return redirect("netwerk:concepten") if is_concept else redirect(een)
    context = {"form": form, "netwerk": netwerk, "voorbeeld": voorbeeld, "labels": bekende_labels()}
    return render(request, "netwerk/gesprekken/schrijven.html", context)


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def gesprek_wijzigen(request: HttpRequest, code: str, nummer: int = 0) -> HttpResponse:
    """Change a conversation of one's own, or with a number a reply of one's own."""
    een, _ = te_lezen_gesprek(request, code, ook_ingetrokken=nummer > 0)
    wat = _reactie(een, nummer) if nummer else een
    mag_dit = (
        mag_reactie_wijzigen(ik(request), wat) if isinstance(wat, Reactie) else mag_gesprek_wijzigen(ik(request), wat)
    )
    if not mag_dit:
        raise Http404
    if een.plaatsing == Plaatsing.CONCEPT:
        return redirect("netwerk:concept", een.code)
    begin: dict[str, Any] = {
        "tekst": om_te_wijzigen(wat.tekst),
        "gezien": wat.gewijzigd_op.isoformat() if wat.gewijzigd_op else "",
    }
    if isinstance(wat, Gesprek):
        labels = ", ".join(wat.labelnamen)  # type: ignore[attr-defined]
        begin |= {"titel": wat.titel, "samenvatting": wat.samenvatting, "labels": labels}
    invoer = request.POST if request.method == "POST" else bewaarde_invoer(request)
    form = WijzigForm(None if nummer else een, invoer, initial=begin)
    nu_staat_er = ""
    if request.method == "POST" and form.is_valid():
        try:
            _bewaar(request, wat, form)
        except Botsing as botsing:
            form.add_error(None, f"{botsing} Hieronder ziet u beide. Kies wat goed is en bewaar opnieuw.")
            nu_staat_er = om_te_wijzigen(botsing.nu)
            verse = type(wat)._default_manager.get(pk=wat.pk)
            gezien = verse.gewijzigd_op.isoformat() if verse.gewijzigd_op else ""
            form.data = {**request.POST.dict(), "gezien": gezien}
        except GesprekFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "Bewaard.")
            return redirect(adres_van_reactie(wat) if isinstance(wat, Reactie) else een.get_absolute_url())
    context = {"form": form, "gesprek": een, "nummer": nummer, "nu_staat_er": nu_staat_er}
    return render(request, "netwerk/gesprekken/wijzigen.html", context)


def _bewaar(request: HttpRequest, wat: Gesprek | Reactie, form: WijzigForm) -> None:
    schoon = form.cleaned_data
    if isinstance(wat, Reactie):
        wijzig_reactie(reactie=wat, door=ik(request), tekst=schoon["tekst"], gezien_op=schoon["gezien"])
        return
    velden: dict[str, Any] = {naam: schoon[naam] for naam in ("titel", "tekst", "samenvatting") if naam in schoon}
    wijzig_gesprek(gesprek=wat, door=ik(request), velden=velden, labels=schoon["labels"], gezien_op=schoon["gezien"])


def _reactie(een: Gesprek, nummer: int) -> Reactie:
    reactie = een.reacties.filter(nummer=nummer).exclude(plaatsing=Plaatsing.VERBORGEN).first()
    if reactie is None:
        raise Http404
    reactie.gesprek = een
    return reactie


@met_profiel
@require_POST
def gesprek_doen(request: HttpRequest, code: str) -> HttpResponse:
    """One press of a button at a conversation."""
    form = DoeForm(request.POST)
    if not form.is_valid() or not komt_van_eigen_site(request):
        weiger("unknown action")
    actie = form.cleaned_data["actie"]
    if actie == "herstel":
        een = Gesprek.objects.filter(code=code, auteur=ik(request), plaatsing=Plaatsing.INGETROKKEN).first()
        if een is None:
            raise Http404
    else:
        een, _ = te_lezen_gesprek(request, code)
    try:
        if actie in ("volg", "ontvolg"):
            volg(gesprek=een, professional=ik(request), volgt=actie == "volg")
            messages.success(request, "U krijgt bericht van reacties." if actie == "volg" else "U volgt dit niet meer.")
        elif actie == "trek_in":
            trek_in(wat=een, door=ik(request))
            messages.success(request, "Ingetrokken. Tot 30 dagen hierna kunt u het terugzetten.")
            return redirect("netwerk:concepten")
        elif actie == "herstel":
            herstel(wat=een, door=ik(request))
            messages.success(request, "Het staat er weer.")
        elif actie == "geen_antwoord":
            markeer_antwoord(gesprek=een, reactie=None, door=ik(request))
        elif actie in GEDAAN:
            leid(
                gesprek=een,
                door=ik(request),
                wat=actie,
                reden=form.cleaned_data["reden"] or "past niet bij de huisregels",
            )
            messages.success(request, GEDAAN[actie])
            if actie == "verberg" and een.netwerk:
                return redirect(een.netwerk)
        else:
            weiger("unknown action")
    except GesprekFout as fout:
        messages.error(request, str(fout))
    return redirect(een)


@met_profiel
@require_POST
def reactie_doen(request: HttpRequest, code: str, nummer: int) -> HttpResponse:
    """One press of a button at a reply."""
    een, lid = te_lezen_gesprek(request, code, ook_ingetrokken=True)
    reactie, zelf = _reactie(een, nummer), ik(request)
    if is_geblokkeerd(zelf, reactie.auteur) and not mag_gesprek_leiden(een, lid):
        raise Http404
    form = DoeForm(request.POST)
    is_goed = form.is_valid()
    actie = form.cleaned_data.get("actie", "")
    if actie == "verberg":
        if not mag_gesprek_leiden(een, lid):
            raise Http404
        return _verberg(request, een, reactie)
    if not is_goed:
        weiger("unknown action")
    try:
        if actie in ("hielp", "hielp_niet"):
            zet_hielp(reactie=reactie, door=zelf, ja=actie == "hielp")
        elif actie in ("antwoord", "geen_antwoord"):
            markeer_antwoord(gesprek=een, reactie=reactie if actie == "antwoord" else None, door=zelf)
            messages.success(
                request, "Dank u wel. Het antwoord staat nu bovenaan." if actie == "antwoord" else "Weggehaald."
            )
        elif actie == "trek_in":
            trek_in(wat=reactie, door=zelf)
            messages.success(request, "Ingetrokken. Tot 30 dagen hierna kunt u het terugzetten.")
        elif actie == "herstel":
            herstel(wat=reactie, door=zelf)
        else:
            weiger("unknown action")
    except GesprekFout as fout:
        messages.error(request, str(fout))
    return redirect(adres_van_reactie(reactie))


def _verberg(request: HttpRequest, een: Gesprek, reactie: Reactie) -> HttpResponse:
    """Hide a reply for a reason; without one the beheerder is asked for it on a page of its own."""
    form = VerbergForm(request.POST)
    if not form.is_valid():
        terug = adres_van_reactie(reactie)
        context = {"form": form, "gesprek": een, "nummer": reactie.nummer, "terug": terug}
        return render(request, "netwerk/gesprekken/verbergen.html", context)
    try:
        verberg_reactie(reactie=reactie, door=ik(request), reden=form.cleaned_data["reden"])
    except GesprekFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "De reactie is verborgen. De schrijver krijgt bericht.")
    return redirect(adres_van_reactie(reactie))
