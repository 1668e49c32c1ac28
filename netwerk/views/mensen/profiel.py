"""Keeping one's own profile."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netwerk.actions.mensen.profiel import maak_profiel, wijzig_profiel, zichtbaarheid_van
from netwerk.actions.mensen.vindbaar import bekende_labels
from netwerk.forms.mensen import STANDEN, ContactForm, FotoForm, KennisForm, MaakForm, StandForm, WieForm, ZichtForm
from netwerk.keuzes import Voor
from netwerk.models import Professional, professional_van
from netwerk.views.toegang import ik, met_profiel
from netwerk.weergave.mensen import als_mens, met_onderdelen
from organisaties.views.toegang import ik as mijn_account
from welzijnportal.http import bewaart_invoer, veilige_volgende

BLOKKEN: dict[str, tuple[str, Any]] = {
    "wie": ("Wie u bent", WieForm),
    "kennis": ("Wat u weet en zoekt", KennisForm),
    "contact": ("Hoe u te bereiken bent", ContactForm),
}
ALS = {"bezoeker": Voor.IEDEREEN, "lid": Voor.LEDEN, "contact": Voor.CONTACTEN}


@bewaart_invoer
@require_http_methods(["GET", "HEAD", "POST"])
def profiel_maken(request: HttpRequest) -> HttpResponse:
    gebruiker = mijn_account(request)
    volgende = veilige_volgende(request, reverse("netwerk:profiel"))
    if professional_van(gebruiker):
        return redirect(volgende)
    form = MaakForm(request.POST if request.method == "POST" else None, initial={"naam": gebruiker.naam})
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        maak_profiel(
            gebruiker=gebruiker,
            naam=schoon["naam"],
            functie=schoon["functie"],
            plaats=schoon["plaats"],
            expertise=schoon["expertise"],
            stand=schoon["stand"],
        )
        messages.success(request, "Uw profiel is gemaakt. U kunt het altijd aanvullen.")
        return redirect(volgende)
    context = {"form": form, "labels": bekende_labels(), "volgende": request.GET.get("next", "")}
    return render(request, "netwerk/mensen/maken.html", context)


def _volledig(mens: Professional) -> Any:
    return met_onderdelen(Professional.objects.filter(pk=mens.pk), mens).get()


@met_profiel
@require_safe
def profiel(request: HttpRequest) -> HttpResponse:
    """All that one's profile holds, block by block, and who sees what."""
    mens = _volledig(ik(request))
    context = {
        "mens": als_mens(mens, Voor.NIEMAND),
        "professional": mens,
        "vindbaar": Voor(mens.vindbaar_voor),
        "standen": STANDEN,
        "blokken": [(slug, titel) for slug, (titel, _) in BLOKKEN.items()],
    }
    return render(request, "netwerk/mensen/profiel.html", context)


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def profiel_blok(request: HttpRequest, blok: str) -> HttpResponse:
    if blok not in BLOKKEN:
        raise Http404
    titel, klasse = BLOKKEN[blok]
    mens = Professional.objects.select_related("plaats").get(pk=ik(request).pk)
    form = klasse(mens, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wijzig_profiel(mens=mens, velden=form.waarden(), labels=form.woorden())
        messages.success(request, f"Bewaard: {titel.lower()}.")
        return redirect("netwerk:profiel")
    labels = bekende_labels() if form.labels else []
    return render(request, "netwerk/mensen/blok.html", {"form": form, "titel": titel, "labels": labels})


@bewaart_invoer
@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def profiel_zicht(request: HttpRequest) -> HttpResponse:
    mens = ik(request)
    begin = {naam: getattr(mens, naam) for naam in ZichtForm.base_fields}
    form = ZichtForm(request.POST if request.method == "POST" else None, initial=begin)
    if request.method == "POST" and form.is_valid():
        wijzig_profiel(mens=mens, velden=form.cleaned_data)
        messages.success(request, "Bewaard. Bekijk hieronder hoe anderen u zien.")
        return redirect("netwerk:profiel")
    return render(request, "netwerk/mensen/zicht.html", {"form": form})


@met_profiel
@require_POST
def profiel_stand(request: HttpRequest) -> HttpResponse:
    """Set who sees all fields by one of the ready-made choices."""
    form = StandForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Kies een van de vier.")
        return redirect("netwerk:profiel")
    stand = form.cleaned_data["stand"]
    wijzig_profiel(mens=ik(request), velden=zichtbaarheid_van(stand))
    messages.success(request, f"Ingesteld voor alle onderdelen: {dict(STANDEN)[stand]}")
    return redirect("netwerk:profiel")


@met_profiel
@require_http_methods(["GET", "HEAD", "POST"])
def profiel_foto(request: HttpRequest) -> HttpResponse:
    mens = ik(request)
    form = FotoForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"foto_voor": mens.foto_voor},
    )
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        wijzig_profiel(
            mens=mens,
            velden={"foto_voor": schoon["foto_voor"]},
            foto=schoon["foto"],
            foto_weg=schoon["verwijderen"],
        )
        messages.success(request, "Bewaard: uw foto.")
        return redirect("netwerk:profiel")
    return render(request, "netwerk/mensen/foto.html", {"form": form, "professional": mens})


@met_profiel
@require_safe
def profiel_voorbeeld(request: HttpRequest, als: str) -> HttpResponse:
    """One's own page as a visitor, a member of the portal or a contact sees it."""
    if als not in ALS:
        raise Http404
    mens = _volledig(ik(request))
    niveau = ALS[als]
    context = {
        "mens": als_mens(mens, niveau),
        "als": als,
        "keuzes": [("bezoeker", "een bezoeker"), ("lid", "een lid van het portaal"), ("contact", "een contact")],
        "is_te_zien": mens.vindbaar_voor >= niveau,
    }
    return render(request, "netwerk/mensen/voorbeeld.html", context)
