"""The words that the portal starts with: themes, target groups, synonyms."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from organisaties.models import Doelgroep, Synoniemgroep, Thema

GEGEVENS = Path(__file__).resolve().parent.parent / "data"


@dataclass
class Uitkomst:
    """What loading did with one kind of word."""

    wat: str
    nieuw: int = 0
    bijgewerkt: int = 0
    gelaten: int = 0

    def __str__(self) -> str:
        return f"{self.wat}: {self.nieuw} nieuw, {self.bijgewerkt} bijgewerkt, {self.gelaten} gelaten zoals ze waren."


def lees(naam: str) -> Iterator[dict[str, str]]:
    """The rows of data/<naam>.csv."""
    with (GEGEVENS / f"{naam}.csv").open(encoding="utf-8", newline="") as bestand:
        yield from csv.DictReader(bestand)


def lijst(cel: str) -> list[str]:
    """The parts of a cell that holds several words."""
    return [deel.strip() for deel in cel.split(";") if deel.strip()]


@transaction.atomic
def laad_basisgegevens() -> list[Uitkomst]:
    """Add the themes, target groups and synonyms that are missing; running it again changes nothing.

    What admins decided stays: a theme or target group that exists is not touched, a group of synonyms is
    renewed only when no admin changed it (`is_aangepast`), and nothing comes back that was deleted in admin.
    """
    return [_laad_themas(), _laad_doelgroepen(), _laad_synoniemen()]


def _verwijderd(model: type[models.Model]) -> list[str]:
    """How the objects of this kind that were deleted in admin called themselves."""
    soort = ContentType.objects.get_for_model(model)
    return list(LogEntry.objects.filter(content_type=soort, action_flag=DELETION).values_list("object_repr", flat=True))


def _laad_themas() -> Uitkomst:
    uitkomst = Uitkomst("Thema's")
    bekend = {thema.slug: thema for thema in Thema.objects.all()}
    verwijderd = set(_verwijderd(Thema))
    for rij in lees("themas"):
        if rij["slug"] in bekend or rij["naam"] in verwijderd or (rij["ouder"] and rij["ouder"] not in bekend):
            uitkomst.gelaten += 1
            continue
        bekend[rij["slug"]] = Thema.objects.create(
            slug=rij["slug"],
            naam=rij["naam"],
            uitleg=rij["uitleg"],
            trefwoorden=lijst(rij["trefwoorden"]),
            ouder=bekend[rij["ouder"]] if rij["ouder"] else None,
            icoon=rij["icoon"],
            tint=rij["tint"],
            volgorde=int(rij["volgorde"]),
        )
        uitkomst.nieuw += 1
    return uitkomst


def _laad_doelgroepen() -> Uitkomst:
    uitkomst = Uitkomst("Doelgroepen")
    bekend = {*Doelgroep.objects.values_list("slug", flat=True)}
    verwijderd = set(_verwijderd(Doelgroep))
    nieuw = [
        Doelgroep(
            slug=rij["slug"], naam=rij["naam"], volgorde=int(rij["volgorde"]), trefwoorden=lijst(rij["trefwoorden"])
        )
        for rij in lees("doelgroepen")
        if rij["slug"] not in bekend and rij["naam"] not in verwijderd
    ]
    Doelgroep.objects.bulk_create(nieuw)
    uitkomst.nieuw, uitkomst.gelaten = len(nieuw), len(bekend)
    return uitkomst


def _laad_synoniemen() -> Uitkomst:
    uitkomst = Uitkomst("Synoniemgroepen")
    bekend = {(groep.soort, groep.woorden[0]): groep for groep in Synoniemgroep.objects.all()}
    verwijderd = _verwijderd(Synoniemgroep)
    nieuw = []
    for rij in lees("synoniemen"):
        inhoud = {
            "woorden": lijst(rij["woorden"]),
            "doelen": lijst(rij["doelen"]),
            "toelichting": rij["toelichting"],
        }
        groep = bekend.get((rij["soort"], inhoud["woorden"][0]))
        if groep is None and _is_verwijderd(Synoniemgroep(soort=rij["soort"], **inhoud), verwijderd):
            uitkomst.gelaten += 1
        elif groep is None:
            nieuw.append(Synoniemgroep(soort=rij["soort"], **inhoud))
        elif groep.is_aangepast or all(getattr(groep, veld) == waarde for veld, waarde in inhoud.items()):
            uitkomst.gelaten += 1
        else:
            for veld, waarde in inhoud.items():
                setattr(groep, veld, waarde)
            groep.save(update_fields=list(inhoud))
            uitkomst.bijgewerkt += 1
    Synoniemgroep.objects.bulk_create(nieuw)
    uitkomst.nieuw = len(nieuw)
    return uitkomst


def _is_verwijderd(groep: Synoniemgroep, verwijderd: Iterable[str]) -> bool:
    # The log keeps the first 200 characters; a group that was changed before it was deleted kept its first word.
    begin = f"{groep.woorden[0]}, "
    return any(naam.startswith(begin) or naam == str(groep)[:200] for naam in verwijderd)
