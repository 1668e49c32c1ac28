"""Contacts as their owner sees them, and who stands between two people."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from netwerk.keuzes import Voor
from netwerk.models import Contact, Introductie, Professional
from netwerk.weergave.mensen import Mens, als_mens, met_onderdelen

MEEST_VRAGEN = 100
MEEST_GEDEELD = 12


def contacten_van(kijker: Professional, tekst: str = "") -> QuerySet[Professional]:
    """The people with whom somebody has contact, by name; with words those whose name or function has them all."""
    mensen = Professional.objects.actief().filter(pk__in=Contact.objects.mensen(kijker))
    for woord in tekst.split()[:6]:
        mensen = mensen.filter(Q(naam__icontains=woord) | Q(functie__icontains=woord, functie_voor__gte=1))
    return mensen.order_by("naam", "pk")


def als_contacten(mensen: QuerySet[Professional], kijker: Professional) -> list[Mens]:
    return [als_mens(mens, Voor.CONTACTEN) for mens in met_onderdelen(mensen, kijker)]


def wachtende_vragen(kijker: Professional) -> tuple[list[Contact], list[Contact]]:
    """What waits for this person's answer, and what this person asked; in one query, the newest first."""
    rijen = (
        (Contact.objects.wacht_op(kijker) | Contact.objects.gevraagd_door(kijker))
        .filter(vrager__gebruiker__is_active=True, gevraagde__gebruiker__is_active=True)
        .select_related("vrager", "gevraagde")[: 2 * MEEST_VRAGEN]
    )
    aan_mij = [rij for rij in rijen if rij.gevraagde_id == kijker.pk]
    van_mij = [rij for rij in rijen if rij.vrager_id == kijker.pk]
    return aan_mij, van_mij


def wachtende_introducties(kijker: Professional) -> list[Introductie]:
    """Introductions that this person may act on: asked to pass on, passed on to them, or asked by them.

    What the one in the middle let rest, or the other declined, still waits to who asked it.
    """
    status = Introductie.Status
    return list(
        Introductie.objects.filter(
            Q(via=kijker, status=status.GEVRAAGD) | Q(doel=kijker, status=status.DOORGEGEVEN) | Q(vrager=kijker)
        )
        .filter(vrager__gebruiker__is_active=True, via__gebruiker__is_active=True, doel__gebruiker__is_active=True)
        .select_related("vrager", "via", "doel")[:MEEST_VRAGEN]
    )


@dataclass(frozen=True)
class Band:
    """How a viewer stands to a person: what was asked, and whom both know of those who let that be seen."""

    stand: str = ""
    gedeeld: tuple[Professional, ...] = ()


def band_met(kijker: Professional, mens: Professional) -> Band:
    """Return 'contact', 'gevraagd' (by the viewer), 'wacht' (on the viewer) or '', and whom both know; two queries.

    Shared contacts are those who agreed to be shown so, of a person who did too.
    """
    rij = Contact.objects.tussen(kijker, mens).filter(is_ingetrokken=False).first()
    stand = ""
    if rij is not None and rij.status == Contact.Status.BEVESTIGD:
        stand = "contact"
    elif rij is not None and rij.vrager_id == kijker.pk:
        stand = "gevraagd"
    elif rij is not None and rij.status == Contact.Status.GEVRAAGD:
        stand = "wacht"
    gedeeld: tuple[Professional, ...] = ()
    if mens.toont_kring:
        gedeeld = tuple(gedeelde_contacten(kijker, mens)[:MEEST_GEDEELD])
    return Band(stand, gedeeld)


def gedeelde_contacten(kijker: Professional, mens: Professional) -> QuerySet[Professional]:
    beiden = Professional.objects.actief().filter(pk__in=Contact.objects.mensen(kijker), toont_kring=True)
    return beiden.filter(pk__in=Contact.objects.mensen(mens)).order_by("naam", "pk")
