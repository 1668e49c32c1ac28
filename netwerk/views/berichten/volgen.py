from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from netwerk.actions import volgen as acties
from netwerk.actions.volgen import Gevolgde, VolgFout
from netwerk.forms.berichten import LijnForm
from netwerk.models import Gedempt, Professional, Volgt
from netwerk.models.volgen import VolgtQuerySet
from netwerk.views.berichten.basis import met_keuze
from netwerk.views.berichten.lijn import tabs
from netwerk.views.toegang import ik, met_profiel
from organisaties.models import Organisatie, Thema
from welzijnportal.http import veilige_volgende, zelfde_oorsprong

PER_PAGINA = 50


def _mens(request: HttpRequest, code: str) -> Professional:
    """Fetch a person who is not blocked; whoever guesses a code learns no more than that it goes nowhere."""
    wie = Professional.objects.actief().zonder_blokkade(ik(request)).filter(code=code).first()
    if wie is None:
        raise Http404
    return wie


def _wat(request: HttpRequest, soort: str, sleutel: str) -> Gevolgde:
    wat: Gevolgde | None = None
    if soort == "mens":
        wat = _mens(request, sleutel)
    elif soort == "organisatie":
        wat = Organisatie.objects.zichtbaar().filter(slug=sleutel).first()
    elif soort == "thema":
        wat = Thema.objects.filter(slug=sleutel).first()
    if wat is None:
        raise Http404
    return wat


@require_POST
@zelfde_oorsprong
@met_profiel
@met_keuze("volgen_netwerk")
def volgen(request: HttpRequest, wel: bool, soort: str, sleutel: str) -> str:
    wat = _wat(request, soort, sleutel)
    try:
        if wel:
            acties.volg(door=ik(request), wat=wat)
        else:
            acties.stop_met_volgen(door=ik(request), wat=wat)
    except VolgFout as fout:
        messages.error(request, str(fout))
        return ""
    return f"U volgt {wat}. Nieuwe berichten komen in uw lijn." if wel else f"U volgt {wat} niet meer."


@require_POST
@zelfde_oorsprong
@met_profiel
@met_keuze("volgen_netwerk")
def dempen(request: HttpRequest, wel: bool, code: str) -> str:
    wie = _mens(request, code)
    try:
        if wel:
            acties.demp(door=ik(request), wie=wie)
        else:
            acties.hoor_weer(door=ik(request), wie=wie)
    except VolgFout as fout:
        messages.error(request, str(fout))
        return ""
    if wel:
        return f"U ziet geen berichten van {wie} meer. {wie} merkt daar niets van."
    return f"U ziet de berichten van {wie} weer."


@require_POST
@zelfde_oorsprong
@met_profiel
def volger_verwijderen(request: HttpRequest, code: str) -> HttpResponse:
    volger = _mens(request, code)
    acties.verwijder_volger(gevolgde=ik(request), volger=volger)
    messages.success(request, f"{volger} volgt u niet meer en krijgt daar geen bericht van.")
    return redirect(veilige_volgende(request, "/berichten/volgend/"))


@require_safe
@met_profiel
def gevolgd(request: HttpRequest) -> HttpResponse:
    """Whom I follow, who follows me, and whom I muted; the first two by pages."""
    kijker = ik(request)
    vraag = LijnForm(request.GET).cleaned_data
    mensen = Professional.objects.actief().zonder_blokkade(kijker)
    ik_volg = Volgt.objects.geldig().filter(volger=kijker).select_related("professional", "organisatie", "thema")
    ik_volg = ik_volg.filter(Q(professional=None) | Q(professional__in=mensen)).exclude(
        ~Q(organisatie__status="gepubliceerd"), organisatie__isnull=False
    )
    volgers = Volgt.objects.filter(professional=kijker, volger__in=mensen).select_related("volger")
    volgend, verder_volgend = _deel(ik_volg, vraag["voor"])
    mijn_volgers, verder_volgers = _deel(volgers, vraag["na"])
    context = {
        "tabs": tabs(request),
        "kijker": kijker,
        "volgend": volgend,
        "verder_volgend": verder_volgend,
        "volgers": mijn_volgers,
        "verder_volgers": verder_volgers,
        "gedempt": Gedempt.objects.filter(door=kijker, gedempt__in=mensen).select_related("gedempt")[:200],
        "voor": vraag["voor"],
        "na": vraag["na"],
    }
    return render(request, "netwerk/berichten/gevolgd.html", context)


def _deel(rijen: VolgtQuerySet, voor: int | None) -> tuple[list[Volgt], int | None]:
    if voor is not None:
        rijen = rijen.filter(pk__lt=voor)
    gevonden = list(rijen.order_by("-pk")[: PER_PAGINA + 1])
    return gevonden[:PER_PAGINA], gevonden[PER_PAGINA - 1].pk if len(gevonden) > PER_PAGINA else None
