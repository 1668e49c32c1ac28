"""Word to people: reading it on the site, choosing when it comes by mail, and sending that mail."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from netwerk.keuzes import Plaatsing, Seintje, Wanneer, Zicht
from netwerk.models import Blokkade, Gesprek, Kennisgeving, Lidmaatschap, Netwerk, Reactie, Voorkeur
from netwerk.notifications.basis import STANDAARD, mailmoment, wanneer_van
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import volledige_url
from welzijnportal.mail import opstellen, zet_in_de_rij

logger = logging.getLogger(__name__)

AFMELDZOUT = "netwerk.kennisgevingen.afmelden"
ALLES = "alles"
BEWAAR = timedelta(days=90)
# So many people get their mail in one transaction; two workers each take others.
PER_KEER = 100
# And so many words; of somebody who alone has more than twice as many the rest comes in the next mail.
RIJEN_PER_KEER = 5_000
# So many words one mail shows; it tells how many there are besides.
MEEST_IN_MAIL = 40
# After so long a mail that could not be made is tried again.
OPNIEUW = timedelta(hours=1)
_GESPREKSSOORTEN = (Seintje.GESPREK, Seintje.REACTIE, Seintje.VERMELDING, Seintje.WAARDERING)


def ongelezen(gebruiker: Gebruiker) -> int:
    """Return how many words somebody has not read, at most 100, in one query."""
    return Kennisgeving.objects.ongelezen().filter(ontvanger=gebruiker)[:100].count()


def lees(*, gebruiker: Gebruiker, pks: Iterable[int] | None = None) -> int:
    """Note that these words, or all, were read; return how many were not yet."""
    rijen = Kennisgeving.objects.ongelezen().filter(ontvanger=gebruiker)
    if pks is not None:
        rijen = rijen.filter(pk__in=list(pks))
    return rijen.update(gelezen_op=timezone.now())


def zet_voorkeur(*, gebruiker: Gebruiker, soort: str, wanneer: str, netwerk: Netwerk | None = None) -> None:
    """Choose when a kind of word comes by mail, in general or of one network; what waits goes by the new choice.

    The standard in general needs no row. What waits of a network with a choice of its own is left to that choice.
    """
    was = wanneer_van([gebruiker.pk], Seintje(soort), netwerk)[gebruiker.pk]
    if netwerk is None and STANDAARD[soort] == wanneer:
        Voorkeur.objects.filter(gebruiker=gebruiker, netwerk=None, soort=soort).delete()
    else:
        Voorkeur.objects.update_or_create(
            gebruiker=gebruiker, netwerk=netwerk, soort=soort, defaults={"wanneer": wanneer}
        )
    wacht = Kennisgeving.objects.filter(ontvanger=gebruiker, soort=soort, gemaild_op=None)
    if netwerk is None:
        eigen = Voorkeur.objects.filter(gebruiker=gebruiker, soort=soort, netwerk__isnull=False)
        wacht = wacht.exclude(netwerk__in=eigen.values("netwerk"))
    else:
        wacht = wacht.filter(netwerk=netwerk)
    if wanneer == Wanneer.NOOIT:
        wacht.update(mail_op=None, mailtekst="")
    elif wanneer != was:
        wacht.filter(mail_op__isnull=False).update(mail_op=mailmoment(wanneer, timezone.now()))


def voorkeuren_van(gebruiker: Gebruiker) -> dict[str, str]:
    """Return for each kind when it comes by mail in general."""
    eigen = Voorkeur.objects.filter(gebruiker=gebruiker, netwerk=None).values_list("soort", "wanneer")
    return {**STANDAARD, **dict(eigen)}


def zet_alles_uit(*, gebruiker: Gebruiker) -> None:
    """Let nothing come by mail any more."""
    Voorkeur.objects.filter(gebruiker=gebruiker).delete()
    Voorkeur.objects.bulk_create(
        Voorkeur(gebruiker=gebruiker, soort=soort, wanneer=Wanneer.NOOIT) for soort in Seintje.values
    )
    Kennisgeving.objects.filter(ontvanger=gebruiker, gemaild_op=None).update(mail_op=None, mailtekst="")


def afmeld_url(gebruiker: int, soort: str) -> str:
    """Return the address that stops a kind of mail, or all of it, without logging in (RFC 8058)."""
    token = signing.dumps([gebruiker, soort], salt=AFMELDZOUT)
    return volledige_url(reverse("netwerk:kennisgevingen_afmelden", args=[token]))


def lees_afmelding(token: str) -> tuple[Gebruiker, str] | None:
    """Return whose mail of which kind a token stops; None for one that is not ours or of an account that is gone."""
    try:
        pk, soort = signing.loads(token, salt=AFMELDZOUT, max_age=timedelta(days=365))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    gebruiker = Gebruiker.objects.filter(pk=pk, is_active=True).first()
    return (gebruiker, soort) if gebruiker and (soort == ALLES or soort in Seintje.values) else None


def meld_af(*, gebruiker: Gebruiker, soort: str) -> None:
    """Stop a kind of mail, or all of it, also where another choice was made for one network."""
    if soort == ALLES:
        zet_alles_uit(gebruiker=gebruiker)
    else:
        Voorkeur.objects.filter(gebruiker=gebruiker, soort=soort, netwerk__isnull=False).delete()
        zet_voorkeur(gebruiker=gebruiker, soort=soort, wanneer=Wanneer.NOOIT)


def verstuur_mails(nu: datetime | None = None) -> int:
    """Queue one mail for each person for whom word is due; return how many mails.

    A mail is queued in the transaction that notes it as sent: a process that dies half-way has done each person
    wholly or not at all. A person whose row another process holds is left to that one, or to the next round. Nothing
    is sent to who is not active, of what was read on the site, or of what the person may no longer see. A mail that
    cannot be made holds nobody else up and is tried again in an hour.
    """
    nu = nu or timezone.now()
    totaal, na = 0, 0
    while wie := _volgende(nu, na):
        totaal += _verstuur_aan(wie, nu)
        na = wie[-1]
    return totaal


def _volgende(nu: datetime, na: int) -> list[int]:
    """Return whose turn it is after an account: at most PER_KEER people, with about RIJEN_PER_KEER words in all."""
    rijen = (
        Kennisgeving.objects.filter(mail_op__lte=nu, gemaild_op=None, ontvanger__gt=na)
        .order_by("ontvanger")
        .values("ontvanger")
        .annotate(aantal=Count("pk"))
        .values_list("ontvanger", "aantal")[:PER_KEER]
    )
    wie: list[int] = []
    ruimte = RIJEN_PER_KEER
    for pk, aantal in rijen:
        ruimte -= aantal
        if wie and ruimte < 0:
            break
        wie.append(pk)
    return wie


@transaction.atomic
def _verstuur_aan(wie: list[int], nu: datetime) -> int:
    mensen = {
        mens.pk: mens for mens in Gebruiker.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk__in=wie)
    }
    rijen = list(
        Kennisgeving.objects.filter(ontvanger__in=mensen, mail_op__lte=nu, gemaild_op=None)
        .select_related("netwerk")
        .order_by("ontvanger", F("netwerk__naam").asc(nulls_first=True), "aangemaakt_op", "pk")[: 2 * RIJEN_PER_KEER]
    )
    te_zien = _nog_te_zien([rij for rij in rijen if rij.gelezen_op is None])
    berichten, gedaan, mislukt = [], [], []
    for pk, groep in groupby(rijen, key=lambda rij: rij.ontvanger_id):
        alle = list(groep)
        over = [rij for rij in alle if rij.pk in te_zien]
        try:
            if over and mensen[pk].is_active:
                berichten.append(_mail(mensen[pk], over))
        except Exception as fout:  # noqa: BLE001 - whatever is wrong with one mail, the others go
            logger.error("A mail with word could not be made: %s", type(fout).__name__)
            mislukt += [rij.pk for rij in alle]
        else:
            gedaan += [rij.pk for rij in alle]
    zet_in_de_rij(berichten)
    Kennisgeving.objects.filter(pk__in=gedaan).update(gemaild_op=nu, mailtekst="")
    if mislukt:
        Kennisgeving.objects.filter(pk__in=mislukt).update(mail_op=nu + OPNIEUW)
    return len(berichten)


def _nog_te_zien(rijen: list[Kennisgeving]) -> set[int]:
    """Return of which words the person may still see what they are about; in four queries for all.

    A conversation or reply that was withdrawn or hidden is told no more, one of a network only to who is still a
    member, and nothing of a network that is closed or from somebody whom either of the two blocked since.
    """
    reacties = _reacties_van(rijen)
    over: dict[int, int] = {}
    for rij in rijen:
        soort, sleutel = _waarover(rij)
        if soort:
            over[rij.pk] = sleutel if soort == "gesprek" else reacties.get(sleutel, 0)
    gesprekken = {
        pk: (zicht, netwerk)
        for pk, zicht, netwerk in Gesprek.objects.filter(
            pk__in=set(over.values()), plaatsing=Plaatsing.GEPLAATST
        ).values_list("pk", "zicht", "netwerk")
    }
    leden = set(
        Lidmaatschap.objects.leden()
        .filter(
            netwerk__in={netwerk for _, netwerk in gesprekken.values() if netwerk},
            professional__gebruiker__in={rij.ontvanger_id for rij in rijen},
        )
        .values_list("netwerk", "professional__gebruiker")
    )
    geblokkeerd = _geblokkeerd(rijen)
    gezien = set()
    for rij in rijen:
        if rij.pk in over:
            zicht, netwerk = gesprekken.get(over[rij.pk], (0, None))
            if not zicht or (zicht == Zicht.NETWERK and (netwerk, rij.ontvanger_id) not in leden):
                continue
            if rij.netwerk is not None and not rij.netwerk.is_levend:
                continue
        if (rij.ontvanger_id, rij.door_id) not in geblokkeerd:
            gezien.add(rij.pk)
    return gezien


def _waarover(rij: Kennisgeving) -> tuple[str, int]:
    """Return 'gesprek' or 'reactie' and its key of a word that tells of one, else ('', 0)."""
    soort, _, sleutel = rij.over.partition(":")
    is_van_gesprek = rij.soort in _GESPREKSSOORTEN and soort in ("gesprek", "reactie") and sleutel.isdecimal()
    return (soort, int(sleutel)) if is_van_gesprek else ("", 0)


def _reacties_van(rijen: list[Kennisgeving]) -> dict[int, int]:
    """Return for each placed reply that these words tell of its conversation."""
    pks = {sleutel for soort, sleutel in map(_waarover, rijen) if soort == "reactie"}
    return dict(Reactie.objects.geplaatst().filter(pk__in=pks).values_list("pk", "gesprek")) if pks else {}


def _geblokkeerd(rijen: list[Kennisgeving]) -> set[tuple[int, int]]:
    """Return the pairs of receiver (account) and who did it (profile) of whom either blocked the other."""
    doeners = {rij.door_id for rij in rijen if rij.door_id}
    if not doeners:
        return set()
    ontvangers = {rij.ontvanger_id for rij in rijen}
    blokkades = Blokkade.objects.filter(
        Q(door__in=doeners, geblokkeerd__gebruiker__in=ontvangers)
        | Q(geblokkeerd__in=doeners, door__gebruiker__in=ontvangers)
    ).values_list("door", "door__gebruiker", "geblokkeerd", "geblokkeerd__gebruiker")
    return {
        paar for een, account, ander, ander_account in blokkades for paar in ((ander_account, een), (account, ander))
    }


def _mail(mens: Gebruiker, rijen: list[Kennisgeving]) -> dict[str, str]:
    """One mail with all that is due, by network, and of one thing once."""
    groepen: dict[str, list[Kennisgeving]] = defaultdict(list)
    gezien: set[tuple[str, str]] = set()
    for rij in rijen:
        sleutel = (rij.over or rij.pad, rij.soort)
        if rij.mailtekst or sleutel not in gezien:
            groepen[rij.netwerk.naam if rij.netwerk else ""].append(rij)
            gezien.add(sleutel)
    soorten = {rij.soort for rij in rijen}
    afmelden = afmeld_url(mens.pk, soorten.pop() if len(soorten) == 1 else ALLES)
    getoond, ruimte = [], MEEST_IN_MAIL
    for naam, regels in groepen.items():
        if ruimte > 0:
            getoond.append((naam, regels[:ruimte]))
        ruimte -= len(regels)
    context: dict[str, Any] = {
        "naam": mens.naam,
        "groepen": getoond,
        "aantal": len(rijen),
        "rest": max(0, -ruimte),
        "eerste": rijen[0].tekst,
        "alles_link": volledige_url(reverse("netwerk:kennisgevingen")),
        "voorkeuren_link": volledige_url(reverse("netwerk:mailvoorkeuren")),
        "afmelden": afmelden,
    }
    onderwerp, tekst = opstellen("kennisgevingen", context)
    return {"aan": mens.email, "onderwerp": onderwerp, "tekst": tekst, "afmeld_url": afmelden}


def ruim_op() -> int:
    """Erase words of more than 90 days ago."""
    return Kennisgeving.objects.filter(aangemaakt_op__lt=timezone.now() - BEWAAR).delete()[0]
