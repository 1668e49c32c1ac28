"""Noting that a listing, or a block of it, was found right; and what that does to the question 'klopt dit nog?'."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from organisaties.keuzes import Bevestigritme, Status, Versheidsstap
from organisaties.models import Bevestiging, Organisatie
from organisaties.models.bevestiging import Bevestigingsbron, Blok
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker

ALLE = tuple(Blok)
# A colleague's word and an import say something of a block, but not that its own people looked at all of it.
TELT_VOOR_GEHEEL = (Bevestigingsbron.ORGANISATIE, Bevestigingsbron.MODERATOR)
SPREIDING_DAGEN = 14
_KOLOMMEN = ("bevestigd_op", "bevestigritme", "versheidsstap", "volgende_vraag_datum", "status")


def volgende_vraag(organisatie_pk: int, bevestigd_op: datetime, ritme: int) -> date:
    """Return the day of the next question: the rhythm later, and up to two weeks on.

    Each organisation has its own of those days, so that what was imported or published on one day is not
    all asked for on one day.
    """
    dag = _maanden_later(timezone.localdate(bevestigd_op), ritme)
    return dag + timedelta(days=eigen_dag(organisatie_pk, SPREIDING_DAGEN))


def eigen_dag(organisatie_pk: int, dagen: int) -> int:
    """Return which of so many days, from 0, is this organisation's own; neighbours in the table differ."""
    # Knuth's multiplicative hash.
    return organisatie_pk * 2654435761 % 2**32 % dagen


def _maanden_later(dag: date, maanden: int) -> date:
    """31 August and six months: 28 or 29 February."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


@transaction.atomic
def bevestig(
    *,
    organisatie: Organisatie,
    blokken: Iterable[Blok] = ALLE,
    door: Gebruiker | None = None,
    bron: Bevestigingsbron = Bevestigingsbron.ORGANISATIE,
    op: datetime | None = None,
) -> None:
    """Note that these blocks were right at ``op`` (now), according to ``bron``; a later note is never overwritten.

    When the organisation or a moderator has confirmed all blocks, ``bevestigd_op`` becomes the oldest of the
    four, and the question starts anew as soon as that is recent enough. Locks the listing; writes on the
    instance what changed; refreshes search.
    """
    if noteer(organisatie=organisatie, blokken=blokken, door=door, bron=bron, op=op):
        ververs([organisatie.pk])


@transaction.atomic
def noteer(
    *,
    organisatie: Organisatie,
    blokken: Iterable[Blok],
    door: Gebruiker | None,
    bron: Bevestigingsbron = Bevestigingsbron.ORGANISATIE,
    op: datetime | None = None,
) -> bool:
    """Do what ``bevestig`` does, but leave search to the caller; tell whether the listing as a whole changed."""
    op = op or timezone.now()
    rij = Organisatie.objects.select_for_update(of=("self",)).only(*_KOLOMMEN).get(pk=organisatie.pk)
    staand = {bevestiging.blok: bevestiging for bevestiging in Bevestiging.objects.filter(organisatie=rij)}
    nieuw = [
        Bevestiging(organisatie=rij, blok=blok, bevestigd_op=op, bevestigd_door=door, bron=bron)
        for blok in dict.fromkeys(blokken)
        if blok not in staand or staand[blok].bevestigd_op <= op
    ]
    Bevestiging.objects.bulk_create(
        nieuw,
        update_conflicts=True,
        unique_fields=["organisatie", "blok"],
        update_fields=["bevestigd_op", "bevestigd_door", "bron"],
    )
    staand |= {bevestiging.blok: bevestiging for bevestiging in nieuw}
    is_anders = _vat_samen(rij, staand.values())
    for kolom in _KOLOMMEN:
        setattr(organisatie, kolom, getattr(rij, kolom))
    return is_anders


def _vat_samen(organisatie: Organisatie, bevestigingen: Iterable[Bevestiging]) -> bool:
    """Bring the columns of the whole listing in line with its blocks."""
    tellend = [bevestiging.bevestigd_op for bevestiging in bevestigingen if bevestiging.bron in TELT_VOOR_GEHEEL]
    if len(tellend) < len(ALLE) or (organisatie.bevestigd_op and min(tellend) < organisatie.bevestigd_op):
        return False
    organisatie.bevestigd_op = min(tellend)
    # What time took off the portal stays off until somebody puts it back: see versheid.zet_terug.
    if organisatie.status == Status.GEPUBLICEERD:
        plan(organisatie, organisatie.bevestigd_op)
    Organisatie.objects.filter(pk=organisatie.pk).update(
        bevestigd_op=organisatie.bevestigd_op,
        versheidsstap=organisatie.versheidsstap,
        volgende_vraag_datum=organisatie.volgende_vraag_datum,
    )
    return organisatie.status == Status.GEPUBLICEERD


def plan(organisatie: Organisatie, bevestigd_op: datetime) -> None:
    """Set on the instance when its beheerders are asked next; a stage under way ends when that day is to come."""
    dag = volgende_vraag(organisatie.pk, bevestigd_op, organisatie.bevestigritme)
    if dag > timezone.localdate() or organisatie.versheidsstap == Versheidsstap.VERS:
        organisatie.versheidsstap, organisatie.volgende_vraag_datum = Versheidsstap.VERS, dag


@transaction.atomic
def kies_ritme(*, organisatie: Organisatie, ritme: Bevestigritme) -> None:
    """Set how often the beheerders are asked; a question that is under way goes on."""
    rij = Organisatie.objects.select_for_update(of=("self",)).only(*_KOLOMMEN).get(pk=organisatie.pk)
    rij.bevestigritme = ritme
    is_vers = rij.status == Status.GEPUBLICEERD and rij.versheidsstap == Versheidsstap.VERS
    if is_vers and rij.bevestigd_op:
        plan(rij, rij.bevestigd_op)
    Organisatie.objects.filter(pk=organisatie.pk).update(
        bevestigritme=ritme, versheidsstap=rij.versheidsstap, volgende_vraag_datum=rij.volgende_vraag_datum
    )
    organisatie.bevestigritme = ritme
