"""The front page of the editor: where the listing stands, what would help it, all its parts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisaties.actions import status as statusacties
from organisaties.actions.wijzigen import trek_verzoek_in
from organisaties.keuzes import Status
from organisaties.models import Organisatie, Wijzigingsverzoek
from organisaties.permissions import mag_beheren
from organisaties.views.toegang import ik, te_beheren, te_wijzigen
from organisaties.weergave.volledigheid import oordeel
from organisaties.zoeken.bron import vul_delen_in

IN_TE_STUREN = (Status.CONCEPT, Status.TERUGGESTUURD)


@require_safe
def wijzigen(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = te_wijzigen(request, slug)
    vul_delen_in(organisatie)
    context = {
        "organisatie": organisatie,
        "oordeel": oordeel(organisatie),
        "diensten": organisatie.diensten.all(),
        "locaties": organisatie.locaties.all(),
        "contactpersonen": organisatie.contactpersonen.all(),
        "themas": organisatie.themas.all(),
        "verzoeken": organisatie.wijzigingsverzoeken.filter(status=Wijzigingsverzoek.Status.OPEN),
        "is_beheerder": mag_beheren(request.user, organisatie),
        "aantal_verbeteringen": organisatie.correcties.wachtend().count(),
        "kan_insturen": organisatie.status in IN_TE_STUREN,
    }
    return render(request, "organisaties/wijzigen/overzicht.html", context)


@require_POST
def insturen(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = te_wijzigen(request, slug)
    tekort = _tekort(organisatie)
    if tekort:
        messages.error(request, f"Vul eerst dit nog in: {', '.join(tekort)}.")
        return redirect("organisaties:wijzigen", organisatie.slug)
    try:
        statusacties.dien_in(organisatie=organisatie, door=ik(request))
    except statusacties.StatusFout:
        # Pressed twice, or a colleague was first: it is where it should be.
        messages.info(request, "Deze vermelding was al ingestuurd.")
    else:
        messages.success(request, "De vermelding is ingestuurd. U krijgt een mail zodra ze is nagekeken.")
    return redirect("organisaties:wijzigen", organisatie.slug)


def _tekort(organisatie: Organisatie) -> list[str]:
    eisen = {
        "wat u in het kort doet": organisatie.kort,
        "een onderwerp": organisatie.themas.exists(),
        "een telefoonnummer, e-mailadres of website": organisatie.telefoon or organisatie.email or organisatie.website,
    }
    return [tekst for tekst, gevuld in eisen.items() if not gevuld]


@require_http_methods(["GET", "POST"])
def intrekken(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = te_beheren(request, slug)
    if request.method == "GET":
        return render(request, "organisaties/wijzigen/intrekken.html", {"organisatie": organisatie})
    statusacties.archiveer(organisatie=organisatie, door=ik(request), reden="Op verzoek van de organisatie zelf.")
    messages.success(request, f"De vermelding van {organisatie} staat niet meer op het portaal.")
    return redirect("mijn")


@require_POST
def verzoek_intrekken(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisatie = te_wijzigen(request, slug)
    verzoek = organisatie.wijzigingsverzoeken.filter(pk=pk).first()
    if verzoek is None:
        raise Http404
    trek_verzoek_in(verzoek=verzoek)
    messages.success(request, "De voorgestelde wijziging is ingetrokken.")
    return redirect("organisaties:wijzigen", organisatie.slug)
