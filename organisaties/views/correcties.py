"""What visitors proposed for a listing, and the decision of those who keep it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisaties.actions import corrigeren as acties
from organisaties.actions.corrigeren import DIRECT, Veld
from organisaties.forms.corrigeren import BesluitForm, BesluitkeuzeForm, ErnaastForm
from organisaties.models import Correctie, Organisatie
from organisaties.models.correctie import in_woorden
from organisaties.permissions import mag_beheren
from organisaties.views.toegang import ik, te_wijzigen

MEEST_GETOOND = 50
SECTIES = {Veld.VOOR_WIE: "voor-wie", Veld.WERKGEBIED: "werkgebied"}


@require_http_methods(["GET", "POST"])
def correcties(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = te_wijzigen(request, slug)
    gekozen: BesluitForm | None = None
    if request.method == "POST":
        gekozen = besluit(request, organisatie.correcties.all())
        if gekozen is None:
            # The name, and so the address, may have changed by it.
            organisatie.refresh_from_db()
            return redirect("organisaties:correcties", organisatie.slug)
    wachtend = organisatie.correcties.wachtend().select_related("locatie", "dienst", "organisatie")
    mag_intrekken = mag_beheren(request.user, organisatie)
    context = {
        "organisatie": organisatie,
        "kaarten": kaarten(wachtend[:MEEST_GETOOND], gekozen, mag_intrekken=mag_intrekken),
        "eerder": organisatie.correcties.exclude(status=Correctie.Status.OPEN)
        .select_related("locatie", "dienst", "besloten_door")
        .order_by("-besloten_op")[:10],
    }
    return render(request, "organisaties/corrigeren/correcties.html", context)


def besluit(request: HttpRequest, mogelijk: Any, *, als_moderator: bool = False) -> BesluitForm | None:
    """Carry out what was decided on one of these proposals; return the form when it is not right yet."""
    keuze = BesluitkeuzeForm(request.POST)
    if not keuze.is_valid():
        messages.error(request, "Kies wat u met het voorstel wilt doen.")
        return None
    rijen = mogelijk.select_related("organisatie", "locatie", "dienst")
    correctie = get_object_or_404(rijen, pk=keuze.cleaned_data["pk"])
    form = BesluitForm(request.POST, correctie=correctie)
    wat, geldig = keuze.cleaned_data["besluit"], form.is_valid()
    if wat == BesluitkeuzeForm.OVERNEMEN and correctie.veld in DIRECT and not geldig:
        return form
    antwoord = form.cleaned_data.get("antwoord", "")
    try:
        if wat == BesluitkeuzeForm.AFWIJZEN:
            acties.wijs_af(correctie=correctie, door=ik(request), antwoord=antwoord)
            messages.success(request, "De gegevens blijven zoals ze zijn.")
        elif wat == BesluitkeuzeForm.GEDAAN or correctie.veld not in DIRECT:
            acties.rond_af(correctie=correctie, door=ik(request), antwoord=antwoord, als_moderator=als_moderator)
            messages.success(request, "Het voorstel is afgevinkt.")
        else:
            acties.neem_over(
                correctie=correctie,
                waarde=form.waarde,
                door=ik(request),
                gezien=form.cleaned_data["gezien"],
                antwoord=antwoord,
                als_moderator=als_moderator,
            )
            messages.success(request, _overgenomen(correctie, als_moderator=als_moderator))
    except acties.CorrectieFout as fout:
        messages.error(request, str(fout))
    return None


def _overgenomen(correctie: Correctie, *, als_moderator: bool) -> str:
    met_oordeel = correctie.veld in acties.VELDEN_MET_OORDEEL and correctie.organisatie.is_zichtbaar
    if met_oordeel and not als_moderator and not correctie.onderdeel:
        return "Overgenomen. De redactie kijkt er nog naar; daarna staat het op het portaal."
    return "Overgenomen. De nieuwe gegevens staan in de vermelding."


def kaarten(rijen: Any, gekozen: BesluitForm | None = None, *, mag_intrekken: bool = True) -> list[dict[str, Any]]:
    """What _correctie.html shows of each proposal; the one whose form was refused keeps what was typed."""
    gemaakt = []
    for correctie in rijen:
        form = gekozen if gekozen and gekozen.correctie.pk == correctie.pk else BesluitForm(correctie=correctie)
        gemaakt.append(
            {
                "correctie": correctie,
                "form": form,
                "nu": in_woorden(correctie.veld, form.nu),
                "is_veranderd": form.nu != correctie.oude_waarde,
                "staat_er_al": correctie.veld in DIRECT and form.nu == correctie.nieuwe_waarde,
                "is_direct": correctie.veld in DIRECT,
                "editor": editor_url(correctie) if mag_intrekken or correctie.veld != Veld.GESTOPT else "",
            }
        )
    return gemaakt


def editor_url(correctie: Correctie) -> str:
    """Return the page of the editor on which this part is changed, with the proposal beside it."""
    slug, naam, args = correctie.organisatie.slug, "organisaties:wijzigen", []
    if correctie.veld == Veld.TIJDEN and correctie.onderdeel:
        naam, args = "organisaties:openingstijden", ["locaties", correctie.onderdeel.pk]
    elif correctie.veld == Veld.DIENST and correctie.dienst:
        naam, args = "organisaties:wijzigen_onderdeel", ["diensten", correctie.dienst.pk]
    elif correctie.veld in SECTIES:
        naam, args = "organisaties:wijzigen_sectie", [SECTIES[Veld(correctie.veld)]]
    elif correctie.veld == Veld.GESTOPT:
        return reverse("organisaties:intrekken", args=[slug])
    return f"{reverse(naam, args=[slug, *args])}?correctie={correctie.pk}"


def voorstel_ernaast(gegevens: Any, organisatie: Organisatie) -> Correctie | None:
    """Return the open proposal that this page of the editor was opened with."""
    form = ErnaastForm(gegevens)
    if "correctie" not in gegevens or not form.is_valid():
        return None
    return organisatie.correcties.wachtend().filter(pk=form.cleaned_data["correctie"]).first()


def rond_voorstel_af(request: HttpRequest, organisatie: Organisatie) -> None:
    """After a page of the editor is saved: the proposal that lay beside it is dealt with."""
    if (correctie := voorstel_ernaast(request.POST, organisatie)) is None:
        return
    try:
        acties.rond_af(correctie=correctie, door=ik(request))
    except acties.CorrectieFout as fout:
        messages.info(request, str(fout))
    else:
        messages.success(request, "Het voorstel van de bezoeker is afgevinkt.")
