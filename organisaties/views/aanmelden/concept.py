"""What is kept of a registration under way: its row, its cookie, and the forms of what was typed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from organisaties.forms.aanmelden import AanbodForm, BereikbaarForm, InsturenForm, NaamForm
from organisaties.models import Aanmeldconcept

COOKIE = "aanmelding"
COOKIE_MAX_AGE = 30 * 24 * 3600
# What is kept of one value: enough for any field's longest text and to show an error about it.
MAX_WAARDE = 20_000
MAX_WAARDEN = 60


@dataclass(frozen=True)
class Stap:
    nummer: int
    naam: str
    titel: str
    form: type[forms.BaseForm]


STAPPEN = {
    stap.naam: stap
    for stap in (
        Stap(1, "naam", "Wie bent u?", NaamForm),
        Stap(2, "aanbod", "Wat biedt u aan?", AanbodForm),
        Stap(3, "bereikbaar", "Hoe bereiken mensen u?", BereikbaarForm),
        Stap(4, "insturen", "Nakijken en insturen", InsturenForm),
    )
}
IN_VULLEN = [stap for stap in STAPPEN.values() if stap.nummer < 4]


def huidig_concept(request: HttpRequest) -> Aanmeldconcept | None:
    token = request.get_signed_cookie(COOKIE, default=None, max_age=COOKIE_MAX_AGE)
    return Aanmeldconcept.objects.select_related("organisatie").filter(token=token).first() if token else None


def met_cookie(response: HttpResponse, concept: Aanmeldconcept) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        concept.token,
        max_age=COOKIE_MAX_AGE,
        path=reverse("organisaties:aanmelden"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def zonder_cookie(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path=reverse("organisaties:aanmelden"), samesite="Lax")
    return response


def getypt(concept: Aanmeldconcept | None, stap: Stap) -> QueryDict | None:
    """What was typed in a step before, as a form reads it; None when the step was not reached."""
    waarden = (concept.gegevens.get("stappen") or {}).get(stap.naam) if concept else None
    if waarden is None:
        return None
    data = QueryDict(mutable=True)
    for veld, lijst in waarden.items():
        data.setlist(veld, lijst)
    return data


def ingevulde_forms(concept: Aanmeldconcept | None) -> dict[str, Any]:
    """The forms of the first three steps with what was typed before, each checked once."""
    naam = NaamForm(getypt(concept, STAPPEN["naam"]))
    plek = naam.cleaned_data["plaats"] if naam.is_valid() else None
    return {
        "naam": naam,
        "aanbod": AanbodForm(getypt(concept, STAPPEN["aanbod"])),
        "bereikbaar": BereikbaarForm(getypt(concept, STAPPEN["bereikbaar"]), plek=plek),
    }


def form_met(stap: Stap, data: QueryDict, concept: Aanmeldconcept | None) -> forms.BaseForm:
    if stap.form is BereikbaarForm:
        return BereikbaarForm(data, plek=ingevulde_forms(concept)["bereikbaar"].plek)
    return stap.form(data)


@transaction.atomic
def bewaar(concept: Aanmeldconcept | None, stap: Stap, data: QueryDict, velden: list[str]) -> Aanmeldconcept:
    """Keep what was typed, right or wrong; two tabs that save at once do not undo each other."""
    rijen = Aanmeldconcept.objects.select_for_update(of=("self",))
    # The row may just have been thrown away in another tab; what is typed here is kept all the same.
    concept = (rijen.filter(pk=concept.pk).first() if concept else None) or Aanmeldconcept()
    if concept.organisatie_id:
        return concept
    # PostgreSQL's JSON cannot hold a NUL.
    waarden = {
        veld: [waarde.replace("\x00", "")[:MAX_WAARDE] for waarde in data.getlist(veld)[:MAX_WAARDEN]]
        for veld in velden
        if veld in data
    }
    concept.gegevens.setdefault("stappen", {})[stap.naam] = waarden
    if stap.naam == "naam":
        concept.gegevens["naam"] = " ".join(waarden.get("naam", [""])[0].split())[:120]
    andere = {int(pk) for pk in data.getlist("gelijk")[:20] if pk.isascii() and pk.isdigit() and len(pk) < 18}
    if "andere" in data and andere:
        concept.gegevens["andere"] = sorted(andere.union(concept.gegevens.get("andere", [])))
    concept.save()
    return concept
