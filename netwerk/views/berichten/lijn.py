from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from netwerk.actions.berichttekst import labels_van_themas, normaliseer_label
from netwerk.forms.berichten import LijnForm
from netwerk.models import Bericht, Gedempt, Professional, Volgt, Werkplek
from netwerk.permissions import mag_profiel_zien
from netwerk.views.toegang import ik, kijker_van, met_profiel
from netwerk.weergave.berichten import bladzijde, eigen_van, lijnregels
from organisaties.models import Organisatie, Thema
from organisaties.views.detail import naar_nieuw_adres
from welzijnportal.http import publiek


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    namen = {
        "berichten": "Alles van wie ik volg",
        "berichten_mijn_organisatie": "Mijn organisatie",
        "gevolgd": "Wie ik volg",
    }
    adressen = {naam: reverse(f"netwerk:{naam}") for naam in namen}
    return [{"url": url, "tekst": namen[naam], "actief": request.path == url} for naam, url in adressen.items()]


def _voor(request: HttpRequest) -> int | None:
    voor: int | None = LijnForm(request.GET).cleaned_data["voor"]
    return voor


@require_safe
@met_profiel
def berichten(request: HttpRequest) -> HttpResponse:
    kijker, voor = ik(request), _voor(request)
    regels, verder = lijnregels(kijker, voor=voor)
    context = {"kijker": kijker, "regels": regels, "verder": verder, "voor": voor, "tabs": tabs(request)}
    return render(request, "netwerk/berichten/berichten.html", context)


@require_safe
@met_profiel
def berichten_mijn_organisatie(request: HttpRequest) -> HttpResponse:
    kijker, voor = ik(request), _voor(request)
    beheert = Organisatie.objects.van(kijker.gebruiker).zichtbaar().values("pk")
    werkt = Werkplek.objects.bevestigd().filter(professional=kijker).values("organisatie")
    organisaties = list(Organisatie.objects.zichtbaar().filter(pk__in=beheert.union(werkt)).order_by("naam"))
    van_hen = Bericht.objects.eigen_woorden().filter(organisatie__in=organisaties, is_antwoord=False)
    regels, verder = bladzijde(van_hen.zichtbaar_voor(kijker), kijker, voor=voor)
    context = {
        "kijker": kijker,
        "regels": regels,
        "verder": verder,
        "voor": voor,
        "tabs": tabs(request),
        "organisaties": organisaties,
    }
    return render(request, "netwerk/berichten/mijn_organisatie.html", context)


@login_not_required
@require_safe
@conditional_page
def berichten_label(request: HttpRequest, label: str) -> HttpResponse:
    gewoon = normaliseer_label(label)
    if not gewoon:
        raise Http404
    if gewoon != label:
        return redirect("netwerk:berichten_label", gewoon)
    kijker, voor = kijker_van(request), _voor(request)
    met_label = Bericht.objects.eigen_woorden().met_label(label).filter(is_antwoord=False)
    regels, verder = bladzijde(met_label.zichtbaar_voor(kijker).zonder_gedempt(kijker), kijker, voor=voor)
    thema = next((thema for thema in Thema.objects.all() if label in labels_van_themas([thema])), None)
    context = {"kijker": kijker, "label": label, "regels": regels, "verder": verder, "voor": voor, "thema": thema}
    if kijker and thema:
        context["volgt"] = Volgt.objects.filter(volger=kijker, thema=thema).exists()
    return publiek(request, render(request, "netwerk/berichten/label.html", context))


@login_not_required
@require_safe
@conditional_page
def berichten_van(request: HttpRequest, code: str) -> HttpResponse:
    """What one person wrote; there for who may see the profile, and for who may read any of it."""
    kijker, voor = kijker_van(request), _voor(request)
    mensen: Any = Professional.objects.actief().zonder_blokkade(kijker).select_related("gebruiker")
    if kijker:
        mensen = mensen.annotate(
            volg_ik=Exists(Volgt.objects.filter(volger=kijker, professional=OuterRef("pk"))),
            demp_ik=Exists(Gedempt.objects.filter(door=kijker, gedempt=OuterRef("pk"))),
        )
    wie = mensen.filter(code=code).first()
    if wie is None:
        raise Http404
    regels, verder = bladzijde(eigen_van(wie).zichtbaar_voor(kijker), kijker, voor=voor)
    mag_profiel = mag_profiel_zien(kijker, wie)
    if not regels and not mag_profiel:
        raise Http404
    context = {
        "kijker": kijker,
        "wie": wie,
        "regels": regels,
        "verder": verder,
        "voor": voor,
        "mag_profiel": mag_profiel,
    }
    if kijker:
        context |= {"is_ik": kijker.pk == wie.pk, "volgt": wie.volg_ik, "dempt": wie.demp_ik}
    return publiek(request, render(request, "netwerk/berichten/van.html", context))


@login_not_required
@require_safe
@conditional_page
def berichten_organisatie(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = Organisatie.objects.zichtbaar().filter(slug=slug).first()
    if organisatie is None:
        return naar_nieuw_adres(slug, "netwerk:berichten_organisatie")
    kijker, voor = kijker_van(request), _voor(request)
    regels, verder = bladzijde(eigen_van(organisatie).zichtbaar_voor(kijker), kijker, voor=voor)
    context = {"kijker": kijker, "organisatie": organisatie, "regels": regels, "verder": verder, "voor": voor}
    if kijker:
        context["volgt"] = Volgt.objects.filter(volger=kijker, organisatie=organisatie).exists()
    return publiek(request, render(request, "netwerk/berichten/organisatie.html", context))
