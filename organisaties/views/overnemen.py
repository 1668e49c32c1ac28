"""Asking to keep a listing, and the answer of whoever keeps it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from organisaties.actions import overnemen as acties
from organisaties.forms.overnemen import OvernemenForm, ReactieForm
from organisaties.models import Organisatie, Overname
from organisaties.views.detail import naar_nieuw_adres
from organisaties.views.toegang import ik, te_beheren
from welzijnportal.http import bewaarde_invoer, bewaart_invoer
from welzijnportal.ratelimit import mag

TE_VAAK = "U hebt dit vandaag al vaak gevraagd. Probeer het morgen opnieuw."


@bewaart_invoer
@require_http_methods(["GET", "POST"])
def overnemen(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = Organisatie.objects.zichtbaar().filter(slug=slug).first()
    if organisatie is None:
        return naar_nieuw_adres(slug, "organisaties:overnemen")
    if organisatie.beheer.filter(gebruiker=ik(request)).exists():
        return redirect("organisaties:wijzigen", slug)
    form = OvernemenForm(bewaarde_invoer(request))
    if request.method == "POST":
        form = OvernemenForm(request.POST)
        if gedaan := _vraag(request, organisatie, form):
            return gedaan
    kan_meteen = not acties.heeft_beheerder(organisatie)
    context = {
        "organisatie": organisatie,
        "form": form,
        "aanvraag": organisatie.overnames.filter(gebruiker=ik(request)).order_by("-gevraagd_op", "-pk").first(),
        "domein": acties.eigen_domein(organisatie) if kan_meteen else "",
        "adres": acties.adres_op_domein(ik(request), organisatie) if kan_meteen else "",
    }
    return render(request, "organisaties/overnemen/overnemen.html", context)


def _vraag(request: HttpRequest, organisatie: Organisatie, form: OvernemenForm) -> HttpResponse | None:
    """Take the listing over or ask for it; None when the page must be shown with what went wrong."""
    meteen = request.POST.get("hoe") == "meteen"
    if not meteen and not form.is_valid():
        return None
    if not mag(request, "overnemen", sleutel=str(ik(request).pk)):
        messages.error(request, TE_VAAK)
        return None
    try:
        if meteen:
            acties.neem_over(organisatie=organisatie, door=ik(request))
            messages.success(request, f"U houdt nu de vermelding van {organisatie} bij. Kijk haar na.")
            return redirect("organisaties:wijzigen", organisatie.slug)
        acties.vraag_overname(organisatie=organisatie, door=ik(request), uitleg=form.cleaned_data["uitleg"])
    except acties.OvernameFout as fout:
        messages.error(request, str(fout))
        return None
    messages.success(request, "Uw vraag is verstuurd. U krijgt een mail zodra er is beslist.")
    return redirect("organisaties:overnemen", organisatie.slug)


@require_POST
def overname_intrekken(request: HttpRequest, slug: str) -> HttpResponse:
    overname = get_object_or_404(Overname, organisatie__slug=slug, gebruiker=ik(request), status=Overname.Status.OPEN)
    acties.trek_overname_in(overname=overname)
    messages.success(request, "U hebt uw vraag ingetrokken.")
    return redirect("organisaties:detail", slug)


@require_http_methods(["GET", "POST"])
def overname(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisatie = te_beheren(request, slug)
    gevonden = get_object_or_404(organisatie.overnames.select_related("gebruiker"), pk=pk, via_domein=False)
    form = ReactieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        klopt = form.cleaned_data["klopt"] == "ja"
        try:
            acties.reageer(overname=gevonden, door=ik(request), klopt=klopt, rol=form.cleaned_data["rol"])
        except acties.OvernameFout as fout:
            messages.error(request, str(fout))
        else:
            messages.success(
                request,
                f"{gevonden.gebruiker} hoort nu bij {organisatie}."
                if klopt
                else "Dank u wel. De redactie weet nu dat dit niet klopt en beslist.",
            )
        return redirect("organisaties:beheerders", organisatie.slug)
    context = {"organisatie": organisatie, "overname": gevonden, "form": form}
    return render(request, "organisaties/overnemen/reageren.html", context)
