from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import conditional_page, require_safe

from netwerk.forms.weten import SOORTEN, KennisForm, als_parameter
from netwerk.models import Netwerk, Professional
from netwerk.views.toegang import kijker_van
from netwerk.weergave.kennis import KAART, PASSEND, PER_PAGINA, Gevonden, Kennisvraag, zoek
from netwerk.weergave.kennisrij import rijen_van
from organisaties.models import Thema
from welzijnportal.http import publiek, volledige_url


@login_not_required
@require_safe
@conditional_page
def gesprekken(request: HttpRequest) -> HttpResponse:
    return _zoekpagina(request, "netwerk/weten/gesprekken.html", "netwerk:gesprekken", alleen="")


@login_not_required
@require_safe
@conditional_page
def praktijkkaarten(request: HttpRequest) -> HttpResponse:
    return _zoekpagina(request, "netwerk/weten/praktijkkaarten.html", "netwerk:praktijkkaarten", alleen=KAART)


def _zoekpagina(request: HttpRequest, sjabloon: str, naam: str, *, alleen: str) -> HttpResponse:
    kijker = kijker_van(request)
    keuzes = KennisForm(request.GET).cleaned_data
    if alleen:
        keuzes |= {"soort": alleen, "onbeantwoord": ""}
    themas = list(Thema.objects.hoofdthemas())
    netwerken = _netwerken(kijker, keuzes["netwerk"])
    gekozen = next((een for een in netwerken if een.slug == keuzes["netwerk"]), None)
    gevonden = zoek(_vraag(kijker, keuzes, themas, gekozen))
    laatste = -(-gevonden.aantal // PER_PAGINA)
    context = {
        "kijker": kijker,
        "keuzes": keuzes,
        "themas": themas,
        "soorten": [] if alleen else SOORTEN,
        "netwerken": netwerken if kijker else [],
        "netwerk": gekozen,
        "gevonden": gevonden,
        "rijen": rijen_van(gevonden),
        "laatste": laatste,
        "volgende": als_parameter(gevonden.volgende) if gevonden.volgende else "",
        "is_passend": keuzes["sorteer"] == PASSEND,
        "is_gefilterd": _is_gefilterd(keuzes, alleen),
        "actie": reverse(naam),
        "canoniek": volledige_url(reverse(naam)),
        "telzin": _telzin(gevonden),
    }
    return publiek(request, render(request, sjabloon, context))


def _netwerken(kijker: Professional | None, slug: str) -> list[Netwerk]:
    """The networks to choose from: one's own, and the one that was chosen, if its page may be seen."""
    velden = Netwerk.objects.only("pk", "slug", "naam")
    if kijker is None:
        return list(velden.zichtbaar_voor(None).filter(slug=slug)) if slug else []
    eigen = Netwerk.objects.van(kijker).values("pk")
    return list(velden.zichtbaar_voor(kijker).filter(Q(pk__in=eigen) | Q(slug=slug)).order_by("naam")[:100])


def _vraag(
    kijker: Professional | None, keuzes: dict[str, Any], themas: list[Thema], netwerk: Netwerk | None
) -> Kennisvraag:
    thema = next((een for een in themas if een.slug == keuzes["thema"]), None)
    return Kennisvraag(
        kijker,
        q=keuzes["q"],
        soort=keuzes["soort"],
        netwerk=netwerk.pk if netwerk else None,
        themas=(thema.pk,) if thema else (),
        # By name or by slug; a text without letters or figures is no label.
        label=slugify(keuzes["label"], allow_unicode=True),
        is_onbeantwoord=keuzes["onbeantwoord"] == "ja",
        sorteer=keuzes["sorteer"],
        pagina=keuzes["pagina"],
        na=keuzes["na"],
    )


def _is_gefilterd(keuzes: dict[str, Any], alleen: str) -> bool:
    namen = ("q", "netwerk", "thema", "label", "onbeantwoord", "na", *(() if alleen else ("soort",)))
    return any(keuzes[naam] for naam in namen) or keuzes["pagina"] > 1


def _telzin(gevonden: Gevonden) -> str:
    """How much was found, of a question in words; the rest is not counted."""
    if not gevonden.gezocht:
        return ""
    if gevonden.is_meer:
        return f"Dit zijn de {gevonden.aantal} die het best passen. Met een woord erbij vindt u preciezer."
    return "1 gevonden" if gevonden.aantal == 1 else f"{gevonden.aantal} gevonden"
