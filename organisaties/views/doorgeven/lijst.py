from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisaties.actions.doorgeven import DoorgeefFout, Regel, ingevuld, met, regels_van, verplaatst, zonder
from organisaties.forms.doorgeven import BewaarForm, DoeForm, LijstForm, lijkt_persoonlijk
from organisaties.models import Doorgeefblad, Doorgeeflijst, Organisatie
from organisaties.views.doorgeven.houder import BLADEN, eigenaar, gekozen_lijst, losse_lijst, onthoud, wijzig
from organisaties.weergave.doorgeven import blokken
from welzijnportal.http import is_fragment, veilige_volgende, zelfde_oorsprong

STAPPEN = {"omhoog": -1, "omlaag": 1}
DOELEN = {"afdrukken": "organisaties:doorgeven_afdrukken", "delen": "organisaties:doorgeven_delen"}


@login_not_required
@require_POST
@zelfde_oorsprong
def doorgeven_bewaren(request: HttpRequest) -> HttpResponse:
    form = BewaarForm(request.POST)
    pk = form.cleaned_data["organisatie"] if form.is_valid() else 0
    organisatie = Organisatie.objects.zichtbaar().filter(pk=pk).only("pk", "naam", "slug").first()
    if organisatie is None:
        raise Http404
    try:
        regels = wijzig(request, lambda oud: met(oud, Regel(organisatie.pk)))
    except DoorgeefFout as fout:
        if is_fragment(request):
            return HttpResponse(str(fout), status=409, content_type="text/plain; charset=utf-8")
        messages.warning(request, str(fout))
        return redirect("organisaties:doorgeven")
    if is_fragment(request):
        return HttpResponse(str(len(regels)), content_type="text/plain; charset=utf-8")
    terug = veilige_volgende(request, organisatie.get_absolute_url()).partition("#")[0]
    return redirect(f"{terug}#bewaar-{organisatie.pk}")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@zelfde_oorsprong
def doorgeven(request: HttpRequest) -> HttpResponse:
    stand = Stand(request)
    if request.method == "POST":
        wat, wie = DoeForm(request.POST).opdracht()
        diensten = {blok.sleutel: blok.diensten for blok in stand.blokken if (wat, wie) != ("weg", blok.sleutel)}
        form = LijstForm(request.POST, diensten=diensten)
        if form.is_valid():
            return _schrijf(request, form, wat, wie)
    else:
        form = LijstForm(initial=stand.initieel(), diensten={blok.sleutel: blok.diensten for blok in stand.blokken})
    context = stand.context(form) | {"bladen": _bladen(request)}
    return render(request, "organisaties/doorgeven/lijst.html", context)


@login_not_required
@require_safe
@never_cache
def doorgeven_afdrukken(request: HttpRequest) -> HttpResponse:
    stand = Stand(request)
    aanwezig = [blok for blok in stand.blokken if blok.url]
    if not aanwezig:
        return redirect("organisaties:doorgeven")
    return render(request, "organisaties/doorgeven/afdrukken.html", {"titel": stand.naam, "blokken": aanwezig})


def _schrijf(request: HttpRequest, form: LijstForm, wat: str, wie: int) -> HttpResponse:
    def wijziging(oud: list[Regel]) -> list[Regel]:
        nieuw = ingevuld(oud, form.waarden())
        return zonder(nieuw, wie) if wat == "weg" else verplaatst(nieuw, wie, STAPPEN.get(wat, 0))

    try:
        wijzig(request, wijziging, naam=form.cleaned_data["naam"])
    except DoorgeefFout as fout:
        messages.warning(request, str(fout))
        return redirect("organisaties:doorgeven")
    if wat == "bewaren":
        messages.success(request, "Uw lijst is bewaard.")
    anker = f"#regel-{wie}" if wat in STAPPEN else ""
    return redirect(f"{reverse(DOELEN.get(wat, 'organisaties:doorgeven'))}{anker}")


def _bladen(request: HttpRequest) -> list[Doorgeefblad]:
    """What this visitor shared and whose link still works."""
    wie = eigenaar(request)
    if wie:
        return list(Doorgeefblad.objects.geldig().van(wie))
    eigen = request.session.get(BLADEN)
    return list(Doorgeefblad.objects.geldig().filter(pk__in=eigen, eigenaar=None)) if eigen else []


class Stand:
    """The list of this visitor as it is now, for the pages that show it; reading it changes nothing."""

    lijst: Doorgeeflijst | None = None
    lijsten: list[Doorgeeflijst]
    los: list[Regel]

    def __init__(self, request: HttpRequest) -> None:
        wie = eigenaar(request)
        self.naam, self.los = losse_lijst(request)
        self.regels, self.lijsten = self.los, []
        if wie:
            self.lijsten = list(wie.doorgeeflijsten.all())
            self.lijst = gekozen_lijst(request, self.lijsten)
            self.naam = self.lijst.naam if self.lijst else ""
            self.regels = regels_van(self.lijst) if self.lijst else []
            onthoud(request, self.lijst, self.regels)
        self.heeft_account = wie is not None
        self.blokken = [blok for blok in blokken(self.regels, timezone.now()) if not blok.is_dubbel]

    def initieel(self) -> dict[str, Any]:
        waarden: dict[str, Any] = {"naam": self.naam}
        for regel in self.regels:
            waarden |= {f"dienst_{regel.organisatie}": regel.dienst, f"zin_{regel.organisatie}": regel.zin}
        return waarden

    def context(self, form: LijstForm) -> dict[str, Any]:
        regels = [
            {
                "blok": blok,
                "dienst": form[f"dienst_{blok.sleutel}"] if f"dienst_{blok.sleutel}" in form.fields else None,
                "zin": form[f"zin_{blok.sleutel}"] if f"zin_{blok.sleutel}" in form.fields else None,
                "persoonlijk": lijkt_persoonlijk(blok.zin),
            }
            for blok in self.blokken
        ]
        return {
            "form": form,
            "regels": regels,
            "te_delen": any(blok.url for blok in self.blokken),
            "titel_persoonlijk": lijkt_persoonlijk(self.naam),
            "lijst": self.lijst,
            "lijsten": self.lijsten,
            "heeft_account": self.heeft_account,
            "los": len(self.los) if self.heeft_account else 0,
        }
