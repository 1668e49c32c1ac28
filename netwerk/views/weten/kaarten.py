from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from netwerk.actions.weten import kaarten as acties
from netwerk.exports.kaartjsonld import als_jsonld
from netwerk.forms.weten import HielpForm, InstemmingForm, KaartForm
from netwerk.keuzes import Zicht
from netwerk.models import Gesprek, Kaarthielp, Kaartschrijver, Lidmaatschap, Netwerk, Praktijkkaart
from netwerk.permissions import (
    lidmaatschap_van,
    mag_gesprek_lezen,
    mag_kaart_lezen,
    mag_kaart_maken,
    mag_kaart_wijzigen,
    mag_netwerk_beheren,
)
from netwerk.views.toegang import ik, kijker_van, met_profiel, te_lezen_gesprek
from welzijnportal.http import bewaart_invoer, publiek, volledige_url
from welzijnportal.markdown import naar_html
from welzijnportal.ratelimit import mag

TE_VAAK = "U schreef kort na elkaar veel kaarten. Wacht even en probeer het dan nog eens."


def _te_lezen_kaart(request: HttpRequest, code: str) -> tuple[Praktijkkaart, Lidmaatschap | None]:
    kijker = kijker_van(request)
    te_zien = Praktijkkaart.objects.filter(pk=OuterRef("pk")).zonder_geblokkeerden(kijker)
    kaart = (
        Praktijkkaart.objects.select_related("netwerk", "uit_gesprek", "uit_reactie")
        .annotate(is_te_zien=Exists(te_zien))
        .filter(code=code)
        .first()
    )
    if kaart is None:
        raise Http404
    lid = lidmaatschap_van(kijker, kaart.netwerk) if kaart.netwerk else None
    if not mag_kaart_lezen(kijker, kaart, lid):
        raise Http404
    # A beheerder must see what is to be kept in order.
    if not kaart.is_te_zien and not (kaart.netwerk and mag_netwerk_beheren(kaart.netwerk, lid)):
        raise Http404
    return kaart, lid


def _te_wijzigen_kaart(request: HttpRequest, code: str) -> Praktijkkaart:
    kaart, lid = _te_lezen_kaart(request, code)
    kijker = ik(request)
    if not mag_kaart_wijzigen(kijker, kaart, kaart.schrijvers.filter(professional=kijker).first(), lid):
        raise Http404
    return kaart


@login_not_required
@require_safe
@conditional_page
def praktijkkaart(request: HttpRequest, code: str) -> HttpResponse:
    kaart, lid = _te_lezen_kaart(request, code)
    kijker = kijker_van(request)
    schrijvers = list(kaart.schrijvers.select_related("professional"))
    eigen = next((een for een in schrijvers if kijker and een.professional_id == kijker.pk), None)
    genoemd = [een for een in schrijvers if een.is_genoemd]
    context = {
        "kaart": kaart,
        "kijker": kijker,
        "schrijvers": genoemd,
        "eigen": eigen,
        "aanpak": naar_html(kaart.aanpak),
        "letop": naar_html(kaart.letop),
        "themas": list(kaart.themas.all()),
        "labels": list(kaart.labels.all()),
        "gesprek": _leesbaar_gesprek(kaart, kijker, lid),
        "mag_wijzigen": mag_kaart_wijzigen(kijker, kaart, eigen, lid),
        "hielp_mij": kijker is not None and not eigen and Kaarthielp.objects.filter(kaart=kaart, door=kijker).exists(),
        "is_publiek": kaart.zicht == Zicht.PUBLIEK,
        "deel_url": volledige_url(kaart.get_absolute_url()),
        "jsonld": als_jsonld(kaart, [een.professional.naam for een in genoemd]) if kaart.zicht == Zicht.PUBLIEK else "",
    }
    return publiek(request, render(request, "netwerk/weten/praktijkkaart.html", context))


def _leesbaar_gesprek(kaart: Praktijkkaart, kijker: Any, lid: Lidmaatschap | None) -> Gesprek | None:
    gesprek = kaart.uit_gesprek
    if gesprek is None:
        return None
    if gesprek.netwerk_id == kaart.netwerk_id:
        gesprek.netwerk = kaart.netwerk
    return gesprek if mag_gesprek_lezen(kijker, gesprek, lid) else None


def _velden(form: KaartForm) -> dict[str, Any]:
    schoon = form.cleaned_data
    return {naam: schoon[naam] for naam in ("titel", "samenvatting", "aanpak", "letop", "zicht")}


def _verwijzingen(form: KaartForm) -> dict[str, Any]:
    return {"themas": form.cleaned_data["themas"], "labels": form.cleaned_data["labels"]}


@bewaart_invoer
@require_http_methods(["GET", "HEAD", "POST"])
@met_profiel
def maken(request: HttpRequest, code: str) -> HttpResponse:
    """Make a card of the answer in a conversation."""
    gesprek, lid = te_lezen_gesprek(request, code)
    if not mag_kaart_maken(ik(request), gesprek, lid):
        raise Http404
    bestaand = Praktijkkaart.objects.geplaatst().filter(uit_reactie=gesprek.antwoord).first()
    if bestaand is not None:
        return redirect(bestaand)
    ruimste = gesprek.netwerk.zicht_pagina if gesprek.netwerk else Zicht.PUBLIEK
    engste = Zicht.NETWERK if gesprek.netwerk else Zicht.PORTAAL
    begin = {
        "titel": gesprek.titel[:120],
        "aanpak": gesprek.antwoord.tekst[:3000] if gesprek.antwoord else "",
        "labels": ", ".join(sorted(gesprek.labels.names())) if request.method != "POST" else "",
        "zicht": gesprek.zicht,
        "is_genoemd": True,
    }
    form = KaartForm(request.POST if request.method == "POST" else None, initial=begin, ruimste=ruimste, engste=engste)
    context = {"form": form, "gesprek": gesprek, "terug": gesprek.get_absolute_url(), "kop": "Maak een praktijkkaart"}
    return _verwerk_nieuw(request, form, context, gesprek=gesprek)


@bewaart_invoer
@require_http_methods(["GET", "HEAD", "POST"])
@met_profiel
def schrijven(request: HttpRequest) -> HttpResponse:
    """Write a card without a conversation."""
    form = KaartForm(
        request.POST if request.method == "POST" else None,
        initial={"zicht": Zicht.PORTAAL, "is_genoemd": True},
        netwerken=Netwerk.objects.van(ik(request)).order_by("naam"),
    )
    context = {"form": form, "terug": "/praktijkkaarten/", "kop": "Schrijf een praktijkkaart"}
    return _verwerk_nieuw(request, form, context, gesprek=None)


def _verwerk_nieuw(
    request: HttpRequest, form: KaartForm, context: dict[str, Any], *, gesprek: Gesprek | None
) -> HttpResponse:
    status = 200
    if request.method == "POST" and form.is_valid():
        if not mag(request, "praktijkkaarten", sleutel=str(ik(request).pk)):
            form.add_error(None, TE_VAAK)
            status = 429
        else:
            try:
                kaart = acties.maak_kaart(
                    door=ik(request),
                    velden=_velden(form),
                    gesprek=gesprek,
                    netwerk=form.cleaned_data.get("netwerk"),
                    is_genoemd=form.cleaned_data["is_genoemd"],
                    **_verwijzingen(form),
                )
            except acties.KaartFout as fout:
                form.add_error(None, str(fout))
            else:
                messages.success(request, _gelukt(kaart))
                return redirect(kaart)
    return render(request, "netwerk/weten/kaart_formulier.html", context, status=status)


def _gelukt(kaart: Praktijkkaart) -> str:
    if kaart.wacht_op_instemming:
        return (
            "Uw praktijkkaart staat er, voor wie het gesprek mag lezen. Wij vragen aan wie de woorden zijn of meer "
            "mensen haar mogen lezen."
        )
    return "Uw praktijkkaart staat er."


@bewaart_invoer
@require_http_methods(["GET", "HEAD", "POST"])
@met_profiel
def wijzigen(request: HttpRequest, code: str) -> HttpResponse:
    kaart = _te_wijzigen_kaart(request, code)
    begin = {
        "titel": kaart.titel,
        "samenvatting": kaart.samenvatting,
        "aanpak": kaart.aanpak,
        "letop": kaart.letop,
        "themas": [thema.pk for thema in kaart.themas.all()],
        "labels": ", ".join(sorted(kaart.labels.names())),
        "zicht": kaart.gewenst_zicht,
        "versie": kaart.gewijzigd_op.isoformat(),
    }
    form = KaartForm(
        request.POST if request.method == "POST" else None,
        initial=begin,
        ruimste=kaart.netwerk.zicht_pagina if kaart.netwerk else Zicht.PUBLIEK,
        engste=Zicht.NETWERK if kaart.netwerk else Zicht.PORTAAL,
        is_nieuw=False,
    )
    if request.method == "POST" and form.is_valid():
        try:
            kaart = acties.wijzig_kaart(
                kaart=kaart,
                door=ik(request),
                velden=_velden(form),
                gezien_op=_moment(form.cleaned_data["versie"]),
                **_verwijzingen(form),
            )
        except acties.KaartFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "De kaart is gewijzigd. Wat er stond, staat in de geschiedenis.")
            return redirect(kaart)
    context = {"form": form, "kaart": kaart, "terug": kaart.get_absolute_url(), "kop": "Praktijkkaart wijzigen"}
    return render(request, "netwerk/weten/kaart_formulier.html", context)


def _moment(waarde: str) -> datetime | None:
    try:
        gelezen = datetime.fromisoformat(waarde)
    except ValueError:
        return None
    return gelezen if gelezen.tzinfo else None


@require_safe
@met_profiel
def geschiedenis(request: HttpRequest, code: str) -> HttpResponse:
    kaart = _te_lezen_kaart(request, code)[0]
    versies = list(kaart.versies.select_related("door")[:50])
    for versie in versies:
        versie.aanpak_html = naar_html(versie.aanpak)  # type: ignore[attr-defined]
        versie.letop_html = naar_html(versie.letop)  # type: ignore[attr-defined]
    return render(request, "netwerk/weten/kaart_geschiedenis.html", {"kaart": kaart, "versies": versies})


@require_http_methods(["GET", "HEAD", "POST"])
@met_profiel
def intrekken(request: HttpRequest, code: str) -> HttpResponse:
    kaart = _te_wijzigen_kaart(request, code)
    if request.method == "POST":
        try:
            acties.trek_in(kaart=kaart, door=ik(request))
        except acties.KaartFout as fout:
            messages.error(request, str(fout))
        else:
            messages.success(request, f"De kaart ‘{kaart.titel}’ is weg.")
        return redirect("netwerk:praktijkkaarten")
    return render(request, "netwerk/weten/kaart_intrekken.html", {"kaart": kaart})


@require_POST
@met_profiel
def hielp(request: HttpRequest, code: str) -> HttpResponse:
    kaart = _te_lezen_kaart(request, code)[0]
    form = HielpForm(request.POST)
    if form.is_valid():
        try:
            acties.hielp(kaart=kaart, door=ik(request), ja=form.cleaned_data["doe"] == "wel")
        except acties.KaartFout as fout:
            messages.error(request, str(fout))
    return redirect(f"{kaart.get_absolute_url()}#hielp")


@require_POST
@met_profiel
def nagekeken(request: HttpRequest, code: str) -> HttpResponse:
    kaart = _te_wijzigen_kaart(request, code)
    try:
        acties.toets(kaart=kaart, door=ik(request))
    except acties.KaartFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "Dank u wel. Bij de kaart staat nu dat zij vandaag is nagekeken.")
    return redirect(kaart)


@require_http_methods(["GET", "HEAD", "POST"])
@met_profiel
def instemming(request: HttpRequest, code: str) -> HttpResponse:
    kaart = Praktijkkaart.objects.geplaatst().select_related("netwerk").filter(code=code).first()
    eigen = Kaartschrijver.objects.filter(kaart=kaart, professional=ik(request)).first() if kaart else None
    if kaart is None or eigen is None:
        raise Http404
    begin = (
        {}
        if eigen.beantwoord_op is None
        else {
            "is_genoemd": "ja" if eigen.is_genoemd else "nee",
            "mag_ruimer": "ja" if eigen.mag_ruimer else "nee",
        }
    )
    form = InstemmingForm(request.POST if request.method == "POST" else None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            acties.stem_in(kaart=kaart, door=ik(request), **form.cleaned_data)
        except acties.KaartFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "Dank u wel, dat is bewaard. U kunt er altijd op terugkomen.")
            return redirect(_na_instemming(request, kaart))
    context = {"kaart": kaart, "form": form, "aanpak": naar_html(kaart.aanpak), "letop": naar_html(kaart.letop)}
    return render(request, "netwerk/weten/instemming.html", context)


def _na_instemming(request: HttpRequest, kaart: Praktijkkaart) -> str:
    """To the card, or back to the same page for who left the network and cannot open it."""
    kaart.refresh_from_db(fields=["zicht"])
    lid = lidmaatschap_van(ik(request), kaart.netwerk) if kaart.netwerk else None
    return kaart.get_absolute_url() if mag_kaart_lezen(ik(request), kaart, lid) else request.path
