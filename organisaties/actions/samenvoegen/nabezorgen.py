"""Bringing after what came in for a listing while it was being merged."""

from datetime import timedelta

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from organisaties.actions.samenvoegen.beheer import verhuis_beheer
from organisaties.actions.samenvoegen.delen import verhuis_delen
from organisaties.actions.samenvoegen.slot import vergrendel
from organisaties.actions.samenvoegen.verhuizen import verhuis
from organisaties.models import Samenvoeging
from organisaties.zoeken import ververs

SINDS = timedelta(days=2)


@transaction.atomic
def bezorg_na(pk: int) -> int:
    """Move on what was written for a merged listing while the merge held its lock; return how many rows.

    Somebody who opened the page just before may report, save or follow it just after. Safe to repeat.
    """
    voorlopig = Samenvoeging.objects.filter(pk=pk, ongedaan_op=None).first()
    if voorlopig is None:
        return 0
    vergrendel([voorlopig.blijver_id, voorlopig.verdwenen_id])
    samenvoeging = (
        Samenvoeging.objects.select_for_update(of=("self",))
        .select_related("verdwenen__samengevoegd_met", "gedaan_door")
        .get(pk=pk)
    )
    ander = samenvoeging.verdwenen
    blijver, gegevens = ander.samengevoegd_met, samenvoeging.gegevens
    if samenvoeging.ongedaan_op or blijver is None:
        return 0
    # Counters that were added up already stay where they are.
    verhuisd, _ = verhuis(van=ander, naar=blijver, tel_op=False)
    for naam, pks in verhuisd.items():
        gegevens["verhuisd"][naam] = [*gegevens["verhuisd"].get(naam, []), *pks]
    aantal = sum(len(pks) for pks in verhuisd.values())
    delen = verhuis_delen(
        van=ander,
        naar=blijver,
        door=samenvoeging.gedaan_door,
        reden="Kwam binnen bij het samenvoegen",
        behalve=gegevens["delen"],
    )
    for label, rijen in delen.items():
        gegevens["delen"].setdefault(label, {}).update(rijen)
        aantal += len(rijen)
    if gegevens["beheer"]:
        beheer = verhuis_beheer(blijver, ander)
        for soort in ("verhuisd", "dubbel"):
            gegevens["beheer"][soort] += beheer[soort]
            aantal += len(beheer[soort])
    if aantal:
        samenvoeging.save(update_fields=["gegevens"])
        ververs([blijver.pk])
    return aantal


@task()
def bezorg_na_taak(*, pk: int) -> None:
    """Bring after what came in during one merge."""
    bezorg_na(pk)


def bezorg_alles_na() -> int:
    """Bring after what came in during the merges of the last two days."""
    recent = Samenvoeging.objects.filter(ongedaan_op=None, gedaan_op__gt=timezone.now() - SINDS)
    return sum(bezorg_na(pk) for pk in recent.values_list("pk", flat=True))
