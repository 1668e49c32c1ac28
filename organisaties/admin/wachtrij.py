"""The queue of listings handed in, and the page on which one is judged."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisaties.actions.beoordelen import beoordeel, stand_van
from organisaties.actions.status import TOEGESTAAN, StatusFout
from organisaties.admin.formulieren import RedenForm
from organisaties.gelijkenis import lijkt_op
from organisaties.keuzes import Status
from organisaties.models import Organisatie
from organisaties.weergave.geschiedenis import momenten, sinds
from organisaties.weergave.vermelding import vermelding_context
from welzijnportal.http import paginanummer

PER_PAGINA = 50
GEDAAN = {
    Status.GEPUBLICEERD: "gepubliceerd",
    Status.TERUGGESTUURD: "teruggestuurd",
    Status.GEARCHIVEERD: "gearchiveerd",
    Status.INGEDIEND: "in de wachtrij gezet",
}
BESLISSINGEN = (Status.GEPUBLICEERD, Status.TERUGGESTUURD, Status.GEARCHIVEERD)


def eis_moderator(request: HttpRequest) -> None:
    if not request.user.has_perm("organisaties.change_organisatie"):
        raise PermissionDenied


def _naar(request: HttpRequest) -> Status | None:
    gevraagd = request.POST.get("naar", "")
    return Status(gevraagd) if gevraagd in BESLISSINGEN else None


def _pks(request: HttpRequest) -> list[int]:
    ruw = request.POST.getlist("gekozen")[: PER_PAGINA * 2]
    return [int(pk) for pk in ruw if pk.isascii() and pk.isdigit() and len(pk) < 18]


@require_http_methods(["GET", "POST"])
def wachtrij(request: HttpRequest) -> HttpResponse:
    eis_moderator(request)
    if request.method == "POST":
        return _in_bulk(request)
    rijen = Organisatie.objects.wachtend().select_related("status_door").prefetch_related("locaties", "themas")
    pagina = Paginator(rijen, PER_PAGINA).get_page(paginanummer(request.GET.get("pagina")))
    context = {
        **admin.site.each_context(request),
        "title": "Nieuwe vermeldingen",
        "pagina": pagina,
        "plek": "vermeldingen",
    }
    return TemplateResponse(request, "admin/wachtrij.html", context)


def _in_bulk(request: HttpRequest) -> HttpResponse:
    naar, gekozen = _naar(request), _pks(request)
    terug = redirect("admin:organisaties_organisatie_wachtrij")
    if naar is None or not gekozen:
        messages.warning(request, "Kies eerst een of meer vermeldingen en dan wat u ermee wilt doen.")
        return terug
    organisaties = list(Organisatie.objects.filter(pk__in=gekozen).order_by("status_op", "pk"))
    form = RedenForm(request.POST if "reden" in request.POST else None)
    if naar == Status.TERUGGESTUURD and not form.is_valid():
        context = {
            **admin.site.each_context(request),
            "title": "Terugsturen",
            "form": form,
            "organisaties": organisaties,
            "doel": reverse("admin:organisaties_organisatie_wachtrij"),
            "plek": "vermeldingen",
        }
        return TemplateResponse(request, "admin/terugsturen.html", context)
    reden = form.cleaned_data["reden"] if naar == Status.TERUGGESTUURD else ""
    beslis_alle(request, organisaties, naar, reden=reden)
    return terug


def beslis_alle(request: HttpRequest, organisaties: list[Organisatie], naar: Status, *, reden: str = "") -> None:
    """Decide on each listing by itself, so that one that was judged already does not stop the others."""
    gelukt = 0
    for organisatie in organisaties:
        try:
            beoordeel(organisatie=organisatie, naar=naar, door=_moderator(request), reden=reden)
            gelukt += 1
        except StatusFout as fout:
            messages.error(request, str(fout))
    if gelukt:
        wat = "1 vermelding is" if gelukt == 1 else f"{gelukt} vermeldingen zijn"
        messages.success(request, f"{wat} {GEDAAN[naar]}.")


def _moderator(request: HttpRequest) -> Any:
    return request.user


@require_http_methods(["GET", "POST"])
def beoordelen(request: HttpRequest, pk: int) -> HttpResponse:
    eis_moderator(request)
    organisatie = get_object_or_404(Organisatie.objects.select_related("status_door"), pk=pk)
    form = RedenForm()
    naar = _naar(request) if request.method == "POST" else None
    if naar is not None:
        form = RedenForm(request.POST) if naar == Status.TERUGGESTUURD else form
        if naar != Status.TERUGGESTUURD or form.is_valid():
            return _beslis(request, organisatie, naar, form)
    return TemplateResponse(request, "admin/beoordelen.html", _review_context(request, organisatie, form))


def _beslis(request: HttpRequest, organisatie: Organisatie, naar: Status, form: RedenForm) -> HttpResponse:
    reden = form.cleaned_data["reden"] if naar == Status.TERUGGESTUURD else ""
    try:
        beoordeel(
            organisatie=organisatie,
            naar=naar,
            door=_moderator(request),
            reden=reden,
            gezien=request.POST.get("gezien", "")[:80],
        )
    except StatusFout as fout:
        messages.error(request, str(fout))
        return redirect("admin:organisaties_organisatie_beoordelen", pk=organisatie.pk)
    volgende = Organisatie.objects.wachtend().exclude(pk=organisatie.pk).first()
    slot = "Dit is de volgende." if volgende else "De wachtrij is leeg. Dank u wel."
    messages.success(request, f"'{organisatie}' is {GEDAAN[naar]}. {slot}")
    if volgende:
        return redirect("admin:organisaties_organisatie_beoordelen", pk=volgende.pk)
    return redirect("admin:organisaties_organisatie_wachtrij")


def _review_context(request: HttpRequest, organisatie: Organisatie, form: RedenForm) -> dict[str, Any]:
    stappen = list(organisatie.statusstappen.select_related("gezet_door"))
    alle = momenten(organisatie)
    vorige = next(
        (stap for stap in stappen if stap.naar in (Status.GEPUBLICEERD, Status.TERUGGESTUURD, Status.GEARCHIVEERD)),
        None,
    )
    locatie = organisatie.locaties.first()
    mogelijk = TOEGESTAAN[Status(organisatie.status)]
    wachtend = Organisatie.objects.wachtend()
    return {
        **admin.site.each_context(request),
        **vermelding_context(organisatie, _moderator(request), timezone.now()),
        "title": f"Beoordelen: {organisatie}",
        "plek": "vermeldingen",
        "form": form,
        "gezien": stand_van(organisatie),
        "stappen": stappen,
        "momenten": alle[:20],
        "vorige_stap": vorige,
        "veranderd": sinds(alle, vorige.gezet_op) if vorige and organisatie.status == Status.INGEDIEND else [],
        "gelijkenissen": lijkt_op(
            naam=organisatie.naam,
            plaats=locatie.plaats if locatie else "",
            website=organisatie.website,
            kvk_nummer=organisatie.kvk_nummer,
            behalve=[organisatie.pk],
            ook_verborgen=True,
        ),
        "kan_publiceren": Status.GEPUBLICEERD in mogelijk,
        "kan_terugsturen": Status.TERUGGESTUURD in mogelijk,
        "kan_archiveren": Status.GEARCHIVEERD in mogelijk,
        "aantal_wachtend": wachtend.count(),
        "volgende": wachtend.filter(status_op__gte=organisatie.status_op).exclude(pk=organisatie.pk).first(),
    }
