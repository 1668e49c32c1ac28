import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from organisaties.actions.aanbod import LAND
from organisaties.forms.kaart import MEESTE, MINSTE, NAAM, KaartForm
from organisaties.models import Aanbodtelling, Thema
from organisaties.views.detail import publiek
from organisaties.weergave.aanbodkaart import Gemeenteplek, gemeenteplekken, landkaart, provinciekaart, provincies
from organisaties.weergave.gemeenteaanbod import genoemd_per_thema
from welzijnportal.geo.models import Gemeente
from welzijnportal.http import volledige_url

# Further than this nobody goes for help: then the nearest municipality that has it is not named.
TE_VER_KM = 40
# The largest subjects below a theme; the list itself has them all as a filter.
MEESTE_ONDERWERPEN = 5
SORTERINGEN = ((NAAM, "Op naam"), (MEESTE, "Meeste eerst"), (MINSTE, "Minste eerst"))

_BUURMAN = """
SELECT t.id, dichtst.gebied, dichtst.km FROM organisaties_thema t CROSS JOIN LATERAL (
  SELECT a.gebied, g.punt <-> %s::point AS km FROM organisaties_aanbodtelling a JOIN geo_gemeente g ON g.code = a.gebied
  WHERE a.thema_id = t.id ORDER BY km, a.gebied LIMIT 1) dichtst WHERE t.id = ANY(%s)
"""


@dataclass(frozen=True)
class Rij:
    """One line of a table: an area or a theme, what is there, and how many municipalities have nothing."""

    naam: str
    url: str
    aantal: int
    organisaties: int = 0
    gemeenten: int = 0
    wit: int = 0


@login_not_required
@require_safe
@conditional_page
def welzijn_in_kaart(request: HttpRequest) -> HttpResponse:
    keuzes = KaartForm(request.GET).cleaned_data
    alle = list(Thema.objects.all())
    thema = next((thema for thema in alle if thema.slug == keuzes["thema"]), None)
    code = next((code for code, (_, slug) in provincies().items() if slug == keuzes["provincie"]), "")
    tellingen = {t.gebied: t for t in Aanbodtelling.objects.filter(thema=thema)}
    binnen = [plek for plek in gemeenteplekken().values() if not code or plek.provincie == code]
    met_aanbod = [plek for plek in binnen if plek.code in tellingen]
    context = {
        "thema": thema,
        "provincie": provincies()[code][0] if code else "",
        "keuzes": keuzes,
        "themakeuzes": _themakeuzes(alle, thema),
        "provinciekeuzes": [(slug, naam) for naam, slug in sorted(provincies().values())],
        "kaart": _kaart(thema, code, {gebied: t.aantal_diensten for gebied, t in tellingen.items()}),
        "rijen": _gesorteerd(_gemeenterijen(binnen, tellingen) if code else _provincierijen(thema, tellingen), keuzes),
        "themarijen": [] if thema else _themarijen(alle, code, len(binnen)),
        "gemeenten": len(binnen),
        "met_aanbod": len(met_aanbod),
        "wit": len(binnen) - len(met_aanbod),
        "aanbod": sum(tellingen[plek.code].aantal_diensten for plek in met_aanbod),
        "landelijk": tellingen.get(LAND),
        "provinciaal": tellingen.get(code),
        "geteld_op": next((t.geteld_op for t in tellingen.values()), None),
        "sorteringen": SORTERINGEN,
        "eerste": "Gemeente" if code else "Provincie",
        "deel_url": volledige_url(request.path),
    }
    return publiek(request, render(request, "organisaties/kaart/welzijn_in_kaart.html", context))


def _themakeuzes(alle: list[Thema], gekozen: Thema | None) -> list[tuple[str, str]]:
    """The main themes, and what lies below the one that is chosen."""
    boven = gekozen and (gekozen.ouder_id or gekozen.pk)
    return [
        (thema.slug, f"– {thema.naam}" if thema.ouder_id else thema.naam)
        for thema in alle
        if thema.ouder_id is None or thema.ouder_id == boven
    ]


def _kaart(thema: Thema | None, provincie: str, aantallen: Mapping[str, int]) -> str:
    waarvan = f"bij {thema.naam}" if thema else "bij alle thema’s"
    if provincie:
        label = f"Kaart van {provincies()[provincie][0]} met per gemeente het aanbod {waarvan}"
        return provinciekaart(aantallen, provincie, gemeente_url=_gemeente_url, label=label)

    def provincie_url(slug: str) -> str:
        return f"?thema={thema.slug}&provincie={slug}" if thema else f"?provincie={slug}"

    return landkaart(
        aantallen, provincie_url=provincie_url, label=f"Kaart van Nederland met per gemeente het aanbod {waarvan}"
    )


def _gemeente_url(slug: str) -> str:
    return reverse("organisaties:welzijn_in_gemeente", args=[slug])


def _gemeenterijen(plekken: list[Gemeenteplek], tellingen: Mapping[str, Aanbodtelling]) -> list[Rij]:
    rijen = []
    for plek in plekken:
        telling = tellingen.get(plek.code)
        rijen.append(
            Rij(
                plek.naam,
                _gemeente_url(plek.slug),
                telling.aantal_diensten if telling else 0,
                telling.aantal_organisaties if telling else 0,
            )
        )
    return rijen


def _provincierijen(thema: Thema | None, tellingen: Mapping[str, Aanbodtelling]) -> list[Rij]:
    rijen = []
    for code, (naam, slug) in provincies().items():
        plekken = [plek for plek in gemeenteplekken().values() if plek.provincie == code]
        aanwezig = [tellingen[plek.code].aantal_diensten for plek in plekken if plek.code in tellingen]
        url = f"?thema={thema.slug}&provincie={slug}" if thema else f"?provincie={slug}"
        rijen.append(Rij(naam, url, sum(aanwezig), gemeenten=len(plekken), wit=len(plekken) - len(aanwezig)))
    return rijen


def _themarijen(alle: list[Thema], provincie: str, gemeenten: int) -> list[Rij]:
    hoofd = [thema for thema in alle if thema.ouder_id is None]
    codes = {plek.code for plek in gemeenteplekken().values() if not provincie or plek.provincie == provincie}
    gevonden: dict[int, list[int]] = {}
    for thema_id, gebied, aantal in Aanbodtelling.objects.filter(thema__in=hoofd).values_list(
        "thema_id", "gebied", "aantal_diensten"
    ):
        if gebied in codes and thema_id:
            gevonden.setdefault(thema_id, []).append(aantal)
    vervolg = f"&provincie={provincies()[provincie][1]}" if provincie else ""
    return [
        Rij(
            thema.naam,
            f"?thema={thema.slug}{vervolg}",
            sum(gevonden.get(thema.pk, [])),
            gemeenten=gemeenten,
            wit=gemeenten - len(gevonden.get(thema.pk, [])),
        )
        for thema in hoofd
    ]


def _gesorteerd(rijen: list[Rij], keuzes: dict[str, Any]) -> list[Rij]:
    """By name as the rows come; else the most or the least first, and by name where that is equal."""
    if keuzes["sorteer"] == NAAM:
        return rijen
    return sorted(rijen, key=lambda rij: rij.aantal, reverse=keuzes["sorteer"] == MEESTE)


@login_not_required
@require_safe
@conditional_page
def welzijn_csv(request: HttpRequest) -> HttpResponse:
    """A line for each municipality and main theme, or for the chosen theme; with a nought for a white spot."""
    keuzes = KaartForm(request.GET).cleaned_data
    alle = list(Thema.objects.all())
    themas = [thema for thema in alle if thema.slug == keuzes["thema"]] or [t for t in alle if t.ouder_id is None]
    code = next((code for code, (_, slug) in provincies().items() if slug == keuzes["provincie"]), "")
    tellingen = {(t.gebied, t.thema_id): t for t in Aanbodtelling.objects.filter(thema__in=themas)}
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    naam = "-".join(
        ["welzijn-in-kaart", *filter(None, (keuzes["thema"] if len(themas) == 1 else "", keuzes["provincie"]))]
    )
    response["Content-Disposition"] = f'attachment; filename="{naam}.csv"'
    response.write("\ufeff")
    blad = csv.writer(response, delimiter=";")
    blad.writerow(["gemeentecode", "gemeente", "provincie", "thema", "aanbod", "organisaties"])
    for plek in gemeenteplekken().values():
        if code and plek.provincie != code:
            continue
        for thema in themas:
            t = tellingen.get((plek.code, thema.pk))
            cellen = (t.aantal_diensten, t.aantal_organisaties) if t else (0, 0)
            blad.writerow([plek.code, plek.naam, provincies()[plek.provincie][0], thema.naam, *cellen])
    return publiek(request, response)


@login_not_required
@require_safe
@conditional_page
def welzijn_in_gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    gemeente = Gemeente.objects.filter(Q(slug=slug) | Q(code=slug.upper())).first()
    if gemeente is None:
        raise Http404
    if gemeente.slug != slug:
        return HttpResponsePermanentRedirect(_gemeente_url(gemeente.slug))
    provincie = gemeente.provincie_id
    gebieden = [gemeente.code, provincie, LAND]
    gelezen = Aanbodtelling.objects.filter(Q(gebied__in=gebieden) | Q(thema=None, gebied__startswith="GM"))
    tellingen = {(t.gebied, t.thema_id): t for t in gelezen}
    alle = list(Thema.objects.all())
    hoofd = [thema.pk for thema in alle if thema.ouder_id is None]
    buren = _buren(gemeente, [pk for pk in hoofd if (gemeente.code, pk) not in tellingen])
    groepen, ontbreekt = _groepen(gemeente.code, alle, tellingen, buren)
    namen = genoemd_per_thema(
        gemeente.code, {groep["thema"].slug: groep["telling"].aantal_organisaties for groep in groepen}
    )
    for groep in groepen:
        groep["genoemd"] = namen.get(groep["thema"].slug, [])
    omgeving = {gebied: t.aantal_diensten for (gebied, thema), t in tellingen.items() if thema is None}
    context = {
        "gemeente": gemeente,
        "provincie": provincies()[provincie],
        "groepen": groepen,
        "ontbreekt": ontbreekt,
        "totaal": tellingen.get((gemeente.code, None)),
        "provinciaal": tellingen.get((provincie, None)),
        "landelijk": tellingen.get((LAND, None)),
        "geteld_op": next((t.geteld_op for t in tellingen.values() if t.gebied in gebieden), None),
        "deel_url": volledige_url(request.path),
        "kaart": provinciekaart(
            omgeving,
            provincie,
            gemeente_url=_gemeente_url,
            label=f"Kaart van {provincies()[provincie][0]} met het aanbod per gemeente",
            hier=gemeente.code,
        ),
    }
    return publiek(request, render(request, "organisaties/kaart/welzijn_in_gemeente.html", context))


def _buren(gemeente: Gemeente, themas: list[int]) -> dict[int, dict[str, Any]]:
    """For each theme the nearest municipality that has it, with the distance in kilometres; in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_BUURMAN, [f"({gemeente.punt.x!r},{gemeente.punt.y!r})", themas])
        gevonden = cursor.fetchall()
    plekken = gemeenteplekken()
    return {
        thema: {"naam": plekken[code].naam, "url": _gemeente_url(plekken[code].slug), "km": km}
        for thema, code, km in gevonden
        if code in plekken and km <= TE_VER_KM
    }


def _groepen(
    code: str,
    alle: list[Thema],
    tellingen: Mapping[tuple[str, int | None], Aanbodtelling],
    buren: Mapping[int, dict[str, Any]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The main themes that are there, each with what lies below it; and those that are not, with the nearest."""
    aanwezig, ontbreekt = [], []
    for hoofd in alle:
        if hoofd.ouder_id is not None:
            continue
        telling = tellingen.get((code, hoofd.pk))
        if telling is None:
            landelijk = tellingen.get((LAND, hoofd.pk))
            ontbreekt.append({"thema": hoofd, "buur": buren.get(hoofd.pk), "landelijk": landelijk})
            continue
        onder = [thema for thema in alle if thema.ouder_id == hoofd.pk]
        aanwezig.append(
            {
                "thema": hoofd,
                "telling": telling,
                "onder": sorted(
                    [(thema, t.aantal_diensten) for thema in onder if (t := tellingen.get((code, thema.pk)))],
                    key=lambda paar: -paar[1],
                )[:MEESTE_ONDERWERPEN],
                "wit": [thema.naam for thema in onder if (code, thema.pk) not in tellingen],
            }
        )
    return aanwezig, ontbreekt
