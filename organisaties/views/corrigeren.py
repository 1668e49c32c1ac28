"""A visitor says what is wrong in a listing: first which part, then what it should be."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from organisaties.actions.corrigeren import Veld, huidige_waarde, stel_verbetering_voor
from organisaties.forms.corrigeren import VoorstelForm
from organisaties.models import Dienst, Locatie, Organisatie
from organisaties.models.correctie import in_woorden
from organisaties.views.detail import naar_nieuw_adres
from welzijnportal.ratelimit import mag

TITELS = {
    Veld.TELEFOON: "Het telefoonnummer klopt niet",
    Veld.EMAIL: "Het e-mailadres klopt niet",
    Veld.WEBSITE: "De website klopt niet",
    Veld.ADRES: "Het adres klopt niet",
    Veld.TIJDEN: "De openingstijden kloppen niet",
    Veld.DIENST: "Wat er over het aanbod staat, klopt niet",
    Veld.KORT: "De korte tekst klopt niet",
    Veld.TEKST: "De beschrijving klopt niet",
    Veld.NAAM: "De naam klopt niet",
    Veld.KVK: "Het KvK-nummer klopt niet",
    Veld.VOOR_WIE: "Voor wie het is, klopt niet",
    Veld.WERKGEBIED: "Waar zij werken, klopt niet",
    Veld.GESTOPT: "De organisatie is gestopt",
}
ICONEN = {
    Veld.TELEFOON: "telefoon", Veld.EMAIL: "mail", Veld.WEBSITE: "website", Veld.ADRES: "plaats", Veld.TIJDEN: "klok",
    Veld.DIENST: "hart", Veld.KORT: "boek", Veld.TEKST: "boek", Veld.NAAM: "huis", Veld.KVK: "informatie",
    Veld.VOOR_WIE: "mensen", Veld.WERKGEBIED: "route", Veld.GESTOPT: "sluiten",
}  # fmt: skip
VAN_ORGANISATIE = (Veld.TELEFOON, Veld.EMAIL, Veld.WEBSITE)
OVER = (Veld.NAAM, Veld.KORT, Veld.TEKST, Veld.VOOR_WIE, Veld.WERKGEBIED)
VAN_LOCATIE = (Veld.ADRES, Veld.TIJDEN, Veld.TELEFOON)
VAN_DIENST = (Veld.DIENST,)


@dataclass(frozen=True)
class Keuze:
    """One thing that may be wrong, with what stands there now."""

    titel: str
    icoon: str
    waarde: str
    url: str


@login_not_required
@require_safe
def corrigeren(request: HttpRequest, slug: str) -> HttpResponse:
    organisatie = Organisatie.objects.zichtbaar().filter(slug=slug).first()
    if organisatie is None:
        return naar_nieuw_adres(slug, "organisaties:corrigeren")
    context = {
        "organisatie": organisatie,
        "groepen": [groep for groep in _groepen(organisatie) if groep[1]],
        "gestopt": _keuze(organisatie, Veld.GESTOPT, "Deze organisatie bestaat niet meer"),
        "gelukt": request.GET.get("gelukt") == "1",
    }
    return render(request, "organisaties/corrigeren/kiezen.html", context)


def _groepen(organisatie: Organisatie) -> list[tuple[str, list[Keuze]]]:
    groepen = [("Bellen, mailen en website", [_keuze(organisatie, veld) for veld in VAN_ORGANISATIE])]
    for locatie in organisatie.locaties.prefetch_related("openingstijden"):
        titel = f"Geheim adres in {locatie.plaats}" if locatie.is_geheim else str(locatie)
        groepen.append((titel, [_keuze(organisatie, veld, onderdeel=locatie) for veld in _velden_van(locatie)]))
    diensten = [
        _keuze(organisatie, Veld.DIENST, dienst.naam, onderdeel=dienst, waarde="")
        for dienst in organisatie.diensten.all()
    ]
    over = [
        _keuze(organisatie, veld) for veld in OVER if veld in (Veld.NAAM, Veld.KORT) or _is_gevuld(organisatie, veld)
    ]
    return [*groepen, ("Wat zij aanbieden", diensten), ("Over de organisatie", over)]


def _is_gevuld(organisatie: Organisatie, veld: Veld) -> bool:
    return veld in (Veld.VOOR_WIE, Veld.WERKGEBIED) or bool(getattr(organisatie, veld))


def _velden_van(onderdeel: Locatie | Dienst) -> list[Veld]:
    """What may be proposed for a location or service; of a confidential address not the address."""
    if isinstance(onderdeel, Dienst):
        return list(VAN_DIENST)
    return [veld for veld in VAN_LOCATIE if veld != Veld.ADRES or not onderdeel.is_geheim]


def _keuze(
    organisatie: Organisatie,
    veld: Veld,
    titel: str = "",
    *,
    onderdeel: Locatie | Dienst | None = None,
    waarde: str | None = None,
) -> Keuze:
    if waarde is None and veld not in (Veld.VOOR_WIE, Veld.WERKGEBIED):
        waarde = in_woorden(veld, huidige_waarde(veld, organisatie, onderdeel)) or "(staat er niet)"
    args: list[Any] = [organisatie.slug, veld.value]
    naam = "organisaties:corrigeren_veld"
    if onderdeel is not None:
        naam, args = "organisaties:corrigeren_onderdeel", [*args, onderdeel.pk]
    getoond = "" if veld == Veld.GESTOPT else (waarde or "")
    return Keuze(titel or veld.label, ICONEN[veld], getoond, reverse(naam, args=args))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def corrigeren_veld(request: HttpRequest, slug: str, veld: str, pk: int | None = None) -> HttpResponse:
    organisatie = Organisatie.objects.zichtbaar().filter(slug=slug).first()
    if organisatie is None:
        return naar_nieuw_adres(slug, "organisaties:corrigeren")
    onderdeel = _onderdeel(organisatie, veld, pk)
    form = VoorstelForm(request.POST or None, veld=veld, organisatie=organisatie, onderdeel=onderdeel)
    te_vaak = False
    if request.method == "POST" and form.is_valid():
        te_vaak = not mag(request, "corrigeren")
        if not te_vaak:
            schoon = form.cleaned_data
            stel_verbetering_voor(
                organisatie=organisatie,
                veld=veld,
                onderdeel=onderdeel,
                waarde=str(form.waarde),
                opmerking=schoon["opmerking"],
                email=schoon["email"],
            )
            return redirect(f"{reverse('organisaties:corrigeren', args=[organisatie.slug])}?gelukt=1")
    context = {
        "organisatie": organisatie,
        "onderdeel": _naam_van(onderdeel),
        "titel": TITELS[Veld(veld)],
        "form": form,
        "nu": in_woorden(veld, form.nu),
        "is_lang": veld == Veld.TEKST,
        "toont_nu": veld != Veld.GESTOPT,
        "te_vaak": te_vaak,
    }
    return render(request, "organisaties/corrigeren/veld.html", context, status=429 if te_vaak else 200)


def _onderdeel(organisatie: Organisatie, veld: str, pk: int | None) -> Locatie | Dienst | None:
    """Fetch the location or service of this field; a field that does not belong to it is not found."""
    if veld not in Veld.values:
        raise Http404
    if pk is None:
        if veld in (Veld.ADRES, Veld.TIJDEN, Veld.DIENST):
            raise Http404
        return None
    gevonden: Locatie | Dienst | None = None
    if veld in VAN_LOCATIE:
        gevonden = organisatie.locaties.filter(pk=pk).first()
    if gevonden is None and veld in VAN_DIENST:
        gevonden = organisatie.diensten.filter(pk=pk).first()
    if gevonden is None or veld not in _velden_van(gevonden):
        raise Http404
    return gevonden


def _naam_van(onderdeel: Locatie | Dienst | None) -> str:
    if isinstance(onderdeel, Locatie) and onderdeel.is_geheim:
        return f"Geheim adres in {onderdeel.plaats}"
    return str(onderdeel) if onderdeel else ""
