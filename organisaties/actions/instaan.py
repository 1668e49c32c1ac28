"""An organisation that vouches for another's listing, and takes its word back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.bevestigen import ALLE, noteer
from organisaties.models import Beheer, Organisatie, Voorspraak
from organisaties.models.beheer import Rol
from organisaties.models.bevestiging import Bevestigingsbron
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker


class InstaanFout(Exception):
    """This organisation may not vouch for that one; the message is in Dutch, for the screen."""


def kan_instaan_namens(gebruiker: Gebruiker, voor: Organisatie) -> list[Organisatie]:
    """Return the published organisations of which this person is beheerder and that may vouch for ``voor``."""
    van_mij = Organisatie.objects.zichtbaar().filter(beheer__gebruiker=gebruiker, beheer__rol=Rol.BEHEERDER)
    return list(van_mij.exclude(pk=voor.pk).exclude(pk__in=_deelt_mensen_met(voor)).order_by("naam", "pk"))


def _deelt_mensen_met(organisatie: Organisatie) -> Any:
    mensen = Beheer.objects.filter(organisatie=organisatie).order_by().values("gebruiker")
    return Beheer.objects.filter(gebruiker__in=mensen).order_by().values("organisatie")


@transaction.atomic
def sta_in(*, organisatie: Organisatie, namens: Organisatie, door: Gebruiker) -> Voorspraak:
    """Note that ``namens`` vouches for a listing, confirm its blocks as a colleague, and mail its beheerders.

    A second time renews the date and sends no mail. Locks both listings, so that nobody becomes beheerder of
    both meanwhile. Raises InstaanFout for one's own organisation, for one that has a beheerder in common, and for
    a listing that is not published.
    """
    rijen = {
        rij.pk: rij
        for rij in Organisatie.objects.select_for_update(of=("self",))
        .filter(pk__in=[organisatie.pk, namens.pk])
        .order_by("pk")
    }
    if len(rijen) < 2:
        raise InstaanFout("Voor uw eigen organisatie kunt u niet instaan.")
    if not all(rij.is_zichtbaar for rij in rijen.values()):
        raise InstaanFout("Dat kan alleen tussen organisaties die op het portaal staan.")
    if namens not in kan_instaan_namens(door, organisatie):
        raise InstaanFout(f"{namens} en {organisatie} hebben een beheerder samen. Dan telt instaan niet.")
    voorspraak, is_nieuw = Voorspraak.objects.update_or_create(
        organisatie=organisatie,
        namens=namens,
        defaults={"gegeven_door": door, "gegeven_op": timezone.now()},
    )
    noteer(organisatie=organisatie, blokken=ALLE, door=door, bron=Bevestigingsbron.COLLEGA)
    ververs([organisatie.pk])
    if is_nieuw:
        notifications.meld_voorspraak(voorspraak)
    return voorspraak


@transaction.atomic
def trek_in(*, voorspraak: Voorspraak) -> None:
    """Take the word back. What was confirmed on that day stays confirmed on that day."""
    Voorspraak.objects.filter(pk=voorspraak.pk).delete()
