"""Lists of listings to pass on: what may be done with one, and those that people with an account keep."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from organisaties.models import Dienst, Doorgeeflijst, Doorgeefregel, Organisatie
from welzijnportal.accounts.models import Gebruiker

MAX_REGELS = 30
MAX_LIJSTEN = 20
STANDAARDNAAM = "Mijn lijst"


class DoorgeefFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


@dataclass(frozen=True)
class Regel:
    """One listing on a list, by keys; the same for a list in a session as for one in the database."""

    organisatie: int
    dienst: int | None = None
    zin: str = ""


def met(regels: list[Regel], *erbij: Regel) -> list[Regel]:
    """Add listings at the end; one that is there already stays as it is. Raises DoorgeefFout when it gets too long."""
    aanwezig = {regel.organisatie for regel in regels}
    nieuw = [*regels, *(regel for regel in erbij if regel.organisatie not in aanwezig)]
    if len(nieuw) > MAX_REGELS:
        raise DoorgeefFout(f"In een lijst passen hoogstens {MAX_REGELS} organisaties. Haal er eerst een weg.")
    return nieuw


def zonder(regels: list[Regel], organisatie: int) -> list[Regel]:
    return [regel for regel in regels if regel.organisatie != organisatie]


def verplaatst(regels: list[Regel], organisatie: int, stappen: int) -> list[Regel]:
    """Move a listing up (negative) or down; beyond the ends nothing happens."""
    van = next((plek for plek, regel in enumerate(regels) if regel.organisatie == organisatie), None)
    if van is None:
        return regels
    nieuw = [*regels]
    nieuw.insert(max(0, van + stappen), nieuw.pop(van))
    return nieuw


def ingevuld(regels: list[Regel], waarden: dict[int, tuple[int | None, str]]) -> list[Regel]:
    """Put services and sentences beside the listings they were typed for; what is no longer there is passed over."""
    return [
        replace(regel, dienst=waarden[regel.organisatie][0], zin=waarden[regel.organisatie][1])
        if regel.organisatie in waarden
        else regel
        for regel in regels
    ]


def regels_van(lijst: Doorgeeflijst) -> list[Regel]:
    return [Regel(*rij) for rij in lijst.regels.values_list("organisatie_id", "dienst_id", "zin")]


def bestaande(regels: Iterable[Regel]) -> list[Regel]:
    """Leave out listings that were deleted meanwhile, and services that are not of their listing."""
    regels = list(regels)
    organisaties = set(
        Organisatie.objects.filter(pk__in=[regel.organisatie for regel in regels])
        .order_by()
        .values_list("pk", flat=True)
    )
    diensten = dict(
        Dienst.objects.filter(pk__in=[regel.dienst for regel in regels if regel.dienst])
        .order_by()
        .values_list("pk", "organisatie_id")
    )
    return [
        regel
        if regel.dienst is None or diensten.get(regel.dienst) == regel.organisatie
        else replace(regel, dienst=None)
        for regel in regels
        if regel.organisatie in organisaties
    ]


@transaction.atomic
def wijzig_lijst(
    *, lijst: Doorgeeflijst, wijziging: Callable[[list[Regel]], list[Regel]], naam: str | None = None
) -> list[Regel]:
    """Apply a change to what the list holds by now, and return what it holds then.

    The list is locked, so that of two changes at once neither is lost. Raises what ``wijziging`` raises, and
    DoorgeefFout when the list was deleted meanwhile.
    """
    vers = Doorgeeflijst.objects.select_for_update().filter(pk=lijst.pk).first()
    if vers is None:
        raise DoorgeefFout("Deze lijst bestaat niet meer.")
    regels = bestaande(wijziging(regels_van(vers)))
    vers.regels.exclude(organisatie__in=[regel.organisatie for regel in regels]).delete()
    Doorgeefregel.objects.bulk_create(
        [
            Doorgeefregel(
                lijst=vers, organisatie_id=regel.organisatie, dienst_id=regel.dienst, zin=regel.zin, volgorde=plek
            )
            for plek, regel in enumerate(regels)
        ],
        update_conflicts=True,
        unique_fields=["lijst", "organisatie"],
        update_fields=["dienst", "zin", "volgorde"],
    )
    if naam is not None:
        vers.naam = naam
    vers.gewijzigd_op = timezone.now()
    vers.save(update_fields=["naam", "gewijzigd_op"])
    return regels


@transaction.atomic
def maak_lijst(*, eigenaar: Gebruiker, naam: str = STANDAARDNAAM, regels: Iterable[Regel] = ()) -> Doorgeeflijst:
    """Make a list for an account; raises DoorgeefFout when there are twenty already.

    The account is locked meanwhile: two that come at once would both be the twentieth.
    """
    Gebruiker.objects.select_for_update(of=("self",)).get(pk=eigenaar.pk)
    if eigenaar.doorgeeflijsten.count() >= MAX_LIJSTEN:
        raise DoorgeefFout(f"U kunt hoogstens {MAX_LIJSTEN} lijsten bewaren. Verwijder er eerst een.")
    lijst = Doorgeeflijst.objects.create(eigenaar=eigenaar, naam=naam)
    regels = list(regels)
    if regels:
        wijzig_lijst(lijst=lijst, wijziging=lambda oud: met(oud, *regels))
    return lijst


def verwijder_lijst(*, lijst: Doorgeeflijst) -> None:
    """Delete a list; what was shared of it stays until its link ends or is withdrawn."""
    lijst.delete()
