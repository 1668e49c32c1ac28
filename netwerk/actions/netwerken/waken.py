"""The daily round: silent members, quiet networks, house rules that are due, and numbers that must be right.

Each step can be cut off and done again: what was said is noted in the same transaction as it is said.
"""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from netwerk.actions.netwerken.basis import WEG, NetwerkFout, regel_opvolging, vergrendel
from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol
from netwerk.models import Ledenexport, Lidmaatschap, Netwerk, Professional
from netwerk.notifications import netwerken as notifications

STIL_NA = timedelta(days=90)
HOOGSTENS_ELKE = timedelta(days=365)
VRAAG_NA = timedelta(days=120)
SLAAP_NA = timedelta(days=30)
BEWAAR_EXPORT = timedelta(days=730)
MEEST_PER_RONDE = 5000


def doe_ronde() -> None:
    vraag_stille_leden()
    vraag_stille_netwerken()
    laat_slapen()
    wek_wie_praat()
    vraag_huisregels()
    herstel()
    Ledenexport.objects.filter(op__lt=timezone.now() - BEWAAR_EXPORT).delete()


def vraag_stille_leden() -> int:
    """Ask members who were not seen for 90 days whether they stay, at most once a year each; return how many."""
    nu = timezone.now()
    stil = (
        Lidmaatschap.objects.leden()
        .annotate(gezien=Coalesce("laatst_gezien_op", "sinds_op"))
        .filter(
            Q(gewekt_op=None) | Q(gewekt_op__lt=nu - HOOGSTENS_ELKE),
            gezien__lt=nu - STIL_NA,
            rol=Rol.LID,
            netwerk__status=Netwerkstatus.ACTIEF,
            professional__gebruiker__is_active=True,
        )
        .order_by("netwerk", "pk")
    )
    per_netwerk: dict[int, list[int]] = defaultdict(list)
    for pk, netwerk in stil.values_list("pk", "netwerk")[:MEEST_PER_RONDE]:
        per_netwerk[netwerk].append(pk)
    return sum(_vraag_leden(netwerk, pks) for netwerk, pks in per_netwerk.items())


@transaction.atomic
def _vraag_leden(netwerk_id: int, pks: list[int]) -> int:
    nu = timezone.now()
    rijen = (
        Lidmaatschap.objects.leden().filter(pk__in=pks).filter(Q(gewekt_op=None) | Q(gewekt_op__lt=nu - HOOGSTENS_ELKE))
    )
    leden = list(rijen.select_for_update(of=("self",)).select_related("professional").order_by("pk"))
    Lidmaatschap.objects.filter(pk__in=[lid.pk for lid in leden]).update(gewekt_op=nu)
    netwerk = Netwerk.objects.get(pk=netwerk_id)
    return notifications.vraag_blijven(netwerk=netwerk, aan=[lid.professional for lid in leden])


def _stil_sinds() -> Any:
    # Waking a network counts as a sign of life, as a conversation does.
    return Netwerk.objects.filter(status=Netwerkstatus.ACTIEF).annotate(
        leven_op=Coalesce("laatste_op", "status_op"),
    )


def vraag_stille_netwerken() -> int:
    """Ask the beheerders of a network without a conversation for 120 days how it goes on; return how many networks."""
    grens = timezone.now() - VRAAG_NA
    stil = _stil_sinds().filter(leven_op__lt=grens, status_op__lt=grens, slaapvraag_op=None)
    aantal = 0
    for netwerk in stil.order_by("pk")[:MEEST_PER_RONDE]:
        with transaction.atomic():
            if Netwerk.objects.filter(pk=netwerk.pk, slaapvraag_op=None).update(slaapvraag_op=timezone.now()):
                notifications.vraag_of_netwerk_doorgaat(netwerk=netwerk)
                aantal += 1
    return aantal


def laat_slapen() -> int:
    """Put to sleep what was asked about 30 days ago and stayed quiet; forget the question where people talk again."""
    Netwerk.objects.filter(slaapvraag_op__isnull=False, laatste_op__gt=F("slaapvraag_op")).update(slaapvraag_op=None)
    aantal = 0
    for netwerk in _stil_sinds().filter(slaapvraag_op__lt=timezone.now() - SLAAP_NA).order_by("pk")[:MEEST_PER_RONDE]:
        with transaction.atomic():
            rij = Netwerk.objects.filter(pk=netwerk.pk, status=Netwerkstatus.ACTIEF, slaapvraag_op__isnull=False)
            if rij.update(status=Netwerkstatus.SLAPEND, status_op=timezone.now(), slaapvraag_op=None):
                notifications.meld_slapend(netwerk=netwerk)
                aantal += 1
    return aantal


def wek_wie_praat() -> int:
    """Wake the sleeping networks in which somebody began a conversation since."""
    slapers = Netwerk.objects.filter(status=Netwerkstatus.SLAPEND, laatste_op__gt=F("status_op"))
    return slapers.update(status=Netwerkstatus.ACTIEF, status_op=F("laatste_op"), slaapvraag_op=None)


@transaction.atomic
def wek(*, netwerk: Netwerk, door: Professional) -> Netwerk:
    """Say that a network goes on: one that sleeps wakes. NetwerkFout for who is no member."""
    vers = vergrendel(netwerk)
    if not vers.is_levend or not Lidmaatschap.objects.leden().filter(netwerk=vers, professional=door).exists():
        raise NetwerkFout(WEG)
    vers.status, vers.status_op, vers.slaapvraag_op = Netwerkstatus.ACTIEF, timezone.now(), None
    vers.save(update_fields=["status", "status_op", "slaapvraag_op"])
    regel_opvolging(vers)
    return vers


def vraag_huisregels() -> int:
    """Tell the beheerders on the day that they wanted to look at the house rules again; return how many networks."""
    vandaag, aantal = timezone.localdate(), 0
    nog_niet = Q(huisregels_gemeld_datum=None) | Q(huisregels_gemeld_datum__lt=F("huisregels_bekijken_datum"))
    rijen = Netwerk.objects.levend().filter(nog_niet, huisregels_bekijken_datum__lte=vandaag)
    for netwerk in rijen.order_by("pk")[:MEEST_PER_RONDE]:
        with transaction.atomic():
            rij = Netwerk.objects.filter(nog_niet, pk=netwerk.pk)
            if rij.update(huisregels_gemeld_datum=vandaag):
                notifications.vraag_huisregels(netwerk=netwerk)
                aantal += 1
    return aantal


def herstel() -> int:
    """Set right a count of members, and find somebody to keep a network whose beheerder's account is gone.

    Actions keep both; this catches what happened outside them, as an account deleted at the desk.
    """
    geteld = Netwerk.objects.annotate(n=Count("lidmaatschappen", filter=Q(lidmaatschappen__status=Lidstatus.LID)))
    mis = set(geteld.exclude(aantal_leden=F("n")).values_list("pk", flat=True))
    beheerders = Lidmaatschap.objects.beheerders().filter(netwerk=OuterRef("pk"))
    mis |= set(Netwerk.objects.filter(~Exists(beheerders), status=Netwerkstatus.ACTIEF).values_list("pk", flat=True))
    for pk in sorted(mis):
        with transaction.atomic():
            netwerk = Netwerk.objects.select_for_update(of=("self",)).get(pk=pk)
            Netwerk.objects.filter(pk=pk).update(aantal_leden=Lidmaatschap.objects.leden().filter(netwerk=pk).count())
            regel_opvolging(netwerk)
    return len(mis)
