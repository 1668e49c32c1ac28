"""Reading a conversation and replying; the conversations of a network; articles."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from netwerk.actions.gesprekken.basis import GesprekFout
from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.forms.gesprekken import LeesForm, ReactieForm, VanafForm
from netwerk.keuzes import Gesprekssoort, Plaatsing
from netwerk.models import Blokkade, Gesprek, Lidmaatschap, Professional, Reactie, Tekstversie
from netwerk.permissions import is_geblokkeerd, mag_gesprek_leiden, mag_gesprek_wijzigen, mag_reageren
from netwerk.views.netwerken.toegang import blik_op
from netwerk.views.toegang import ik, kijker_van, met_profiel, te_lezen_gesprek
from netwerk.weergave.gesprekken import (
    adres_van_reactie,
    mens_url,
    namen_in,
    pagina_van,
    reacties_van,
    regels_van,
    tekst_als_html,
)
from welzijnportal.http import bewaarde_invoer, bewaart_invoer, naar_inloggen, publiek
from welzijnportal.ratelimit import mag

PER_LIJST = 20
TE_VAAK = "U hebt erg veel geschreven. Wacht even en probeer het dan opnieuw. Wat u typte, staat hier nog."


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def gesprek(request: HttpRequest, code: str) -> HttpResponse:
    if request.method == "POST":
        # Whether there is such a conversation is not said: everybody is asked to log in first.
        return _reageer(request, code) if request.user.is_authenticated else naar_inloggen(request)
    return _lees(request, code)


@conditional_page
def _lees(request: HttpRequest, code: str) -> HttpResponse:
    een, lid = te_lezen_gesprek(request, code, ook_ingetrokken=True)
    form = ReactieForm(bewaarde_invoer(request) if request.user.is_authenticated else None)
    return publiek(request, _pagina(request, een, lid, form))


def _pagina(
    request: HttpRequest,
    een: Gesprek,
    lid: Lidmaatschap | None,
    form: ReactieForm,
    voorbeeld: str = "",
    status: int = 200,
) -> HttpResponse:
    kijker = kijker_van(request)
    is_ingetrokken = een.plaatsing == Plaatsing.INGETROKKEN
    pagina = LeesForm(request.GET).cleaned_data["pagina"]
    reacties = reacties_van(een, kijker, pagina)
    antwoord = een.antwoord if een.antwoord and een.antwoord.plaatsing == Plaatsing.GEPLAATST else None
    if een.is_antwoord_geblokkeerd and not mag_gesprek_leiden(een, lid):  # type: ignore[attr-defined]
        antwoord = None
    teksten = [een.tekst, *(r.tekst for r in reacties), antwoord.tekst if antwoord else "", voorbeeld]
    namen = namen_in(teksten, kijker)
    context: dict[str, Any] = {
        "gesprek": een,
        "html": tekst_als_html(een.tekst, namen, is_hoofdtekst=True),
        "auteur_url": mens_url(een.auteur, kijker),
        "kijker": kijker,
        "lid": lid,
        "regels": regels_van(een, reacties, kijker, namen, ziet_alles=mag_gesprek_leiden(een, lid)),
        "antwoord": antwoord,
        "antwoord_html": tekst_als_html(antwoord.tekst, namen) if antwoord else "",
        "antwoord_url": adres_van_reactie(antwoord) if antwoord else "",
        "pagina": pagina,
        "laatste": pagina_van(een.hoogste_nummer or 0),  # type: ignore[attr-defined]
        "form": form,
        "voorbeeld": tekst_als_html(voorbeeld, namen) if voorbeeld else "",
        "mag_reageren": mag_reageren(kijker, een, lid),
        "mag_wijzigen": mag_gesprek_wijzigen(kijker, een),
        "mag_leiden": mag_gesprek_leiden(een, lid),
        "is_ingetrokken": is_ingetrokken,
        "is_vrager": kijker is not None and een.auteur_id == kijker.pk,
        "is_publiek": een.zicht == 3,
        "wissen": request.session.pop("wissen", "") if kijker and "wissen" in request.session else "",
    }
    return render(request, "netwerk/gesprekken/gesprek.html", context, status=status)


@bewaart_invoer
@met_profiel
def _reageer(request: HttpRequest, code: str) -> HttpResponse:
    een, lid = te_lezen_gesprek(request, code)
    form = ReactieForm(request.POST)
    if form.is_valid() and "voorbeeld" not in request.POST:
        if not mag(request, "reactie", sleutel=str(ik(request).pk)):
            form.add_error(None, TE_VAAK)
            return _pagina(request, een, lid, form, status=429)
        try:
            op = _waarop(een, form.cleaned_data["op"], ik(request), lid)
            reactie = reageer(gesprek=een, door=ik(request), tekst=form.cleaned_data["tekst"], op=op)
        except GesprekFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "Uw reactie is geplaatst.")
            request.session["wissen"] = f"reactie-{een.code}"
            return redirect(adres_van_reactie(reactie))
    voorbeeld = form.cleaned_data.get("tekst", "") if "voorbeeld" in request.POST else ""
    return _pagina(request, een, lid, form, voorbeeld)


def _waarop(een: Gesprek, nummer: int | None, zelf: Professional, lid: Lidmaatschap | None) -> Reactie | None:
    """Return the reply that is answered; GesprekFout for one of somebody who is blocked, either way."""
    op = een.reacties.select_related("auteur").filter(nummer=nummer).first() if nummer else None
    if op is not None and is_geblokkeerd(zelf, op.auteur) and not mag_gesprek_leiden(een, lid):
        raise GesprekFout("De reactie waarop u antwoordt, is intussen weggehaald.")
    return op


@login_not_required
@require_safe
@conditional_page
def versies(request: HttpRequest, code: str, nummer: int = 0) -> HttpResponse:
    """How a conversation, or one of its replies, was before it was changed; for who may read it."""
    een, lid = te_lezen_gesprek(request, code, ook_ingetrokken=nummer > 0)
    kijker = kijker_van(request)
    if nummer:
        reacties = een.reacties.geplaatst().filter(nummer=nummer)
        if not mag_gesprek_leiden(een, lid):
            reacties = reacties.exclude(Exists(Blokkade.objects.tussen(kijker, "auteur")))
        if (reactie := reacties.first()) is None:
            raise Http404
        oud = list(Tekstversie.objects.filter(reactie=reactie)[:50])
        terug = adres_van_reactie(reactie)
    else:
        oud = list(Tekstversie.objects.filter(gesprek=een)[:50])
        terug = een.get_absolute_url()
    namen = namen_in([versie.tekst for versie in oud], kijker)
    context = {
        "gesprek": een,
        "versies": [(versie, tekst_als_html(versie.tekst, namen)) for versie in oud],
        "terug": terug,
    }
    return publiek(request, render(request, "netwerk/gesprekken/versies.html", context))


def _bladzijde(rijen: QuerySet[Gesprek], voor: str, veld: str) -> tuple[list[Gesprek], str]:
    """A page of a list by keyset, newest first, and the key of where it ended ('' at the end)."""
    if voor:
        moment, sleutel = voor.rsplit("-", 1)
        op = datetime.fromtimestamp(float(moment), UTC) if float(moment) < 32503680000 else datetime.now(UTC)
        rijen = rijen.filter(Q(**{f"{veld}__lt": op}) | Q(**{veld: op, "pk__lt": int(sleutel)}))
    gevonden = list(rijen.select_related("auteur", "netwerk").order_by(f"-{veld}", "-pk")[: PER_LIJST + 1])
    verder = ""
    if len(gevonden) > PER_LIJST:
        laatste = gevonden[PER_LIJST - 1]
        verder = f"{getattr(laatste, veld).timestamp():.6f}-{laatste.pk}"
    return gevonden[:PER_LIJST], verder


def gesprekken_van(netwerk: Any, kijker: Professional | None) -> QuerySet[Gesprek]:
    """The conversations of a network that a viewer may read."""
    return Gesprek.objects.zichtbaar_voor(kijker).filter(netwerk=netwerk)


@login_not_required
@require_safe
@conditional_page
def netwerk_gesprekken(request: HttpRequest, slug: str) -> HttpResponse:
    blik = blik_op(request, slug)
    voor = VanafForm(request.GET).cleaned_data["voor"]
    rijen = gesprekken_van(blik.netwerk, blik.kijker)
    vast = [] if voor else list(rijen.filter(is_vastgezet=True).select_related("auteur").order_by("-laatste_op")[:10])
    los, verder = _bladzijde(rijen.filter(is_vastgezet=False), voor, "laatste_op")
    context = {**blik.context, "gesprekken": [*vast, *los], "verder": verder, "is_vervolg": bool(voor)}
    return publiek(request, render(request, "netwerk/gesprekken/van_netwerk.html", context))


@login_not_required
@require_safe
@conditional_page
def artikelen(request: HttpRequest) -> HttpResponse:
    kijker = kijker_van(request)
    voor = VanafForm(request.GET).cleaned_data["voor"]
    rijen = Gesprek.objects.zichtbaar_voor(kijker).filter(soort=Gesprekssoort.ARTIKEL)
    alle, verder = _bladzijde(rijen, voor, "geplaatst_op")
    context = {"artikelen": alle, "verder": verder, "is_vervolg": bool(voor), "kijker": kijker}
    return publiek(request, render(request, "netwerk/gesprekken/artikelen.html", context))


@met_profiel
@require_safe
def concepten(request: HttpRequest) -> HttpResponse:
    """One's own drafts, and what one withdrew and may bring back."""
    eigen = Gesprek.objects.filter(auteur=ik(request)).select_related("netwerk").order_by("-laatste_op", "-pk")
    context = {
        "concepten": list(eigen.filter(plaatsing=Plaatsing.CONCEPT)[:50]),
        "ingetrokken": list(eigen.filter(plaatsing=Plaatsing.INGETROKKEN)[:50]),
        "artikel_url": reverse("netwerk:artikel_schrijven"),
        "wissen": request.session.pop("wissen", "") if "wissen" in request.session else "",
    }
    return render(request, "netwerk/gesprekken/concepten.html", context)
