"""One word to each of some people, on the site now and by mail when each of them wants it."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from netwerk.keuzes import Seintje, Wanneer
from netwerk.models import Blokkade, Kennisgeving, Netwerk, Professional, Voorkeur

# What holds for who chose nothing.
STANDAARD: dict[str, str] = {
    Seintje.GESPREK: Wanneer.DAG,
    Seintje.REACTIE: Wanneer.DIRECT,
    Seintje.VERMELDING: Wanneer.DIRECT,
    Seintje.WIE_WEET_DIT: Wanneer.DIRECT,
    Seintje.WAARDERING: Wanneer.WEEK,
    Seintje.NETWERK: Wanneer.DAG,
    Seintje.CONTACT: Wanneer.DIRECT,
    Seintje.POST: Wanneer.DIRECT,
    Seintje.BERICHT: Wanneer.DAG,
    Seintje.VOLGER: Wanneer.WEEK,
}
# Mail that can wait goes before the working day, in the time of Europe/Amsterdam.
STIL_UUR = time(7, 0)


def geef_kennis(
    *,
    aan: Iterable[Professional],
    soort: Seintje,
    tekst: str,
    pad: str,
    door: Professional | None = None,
    netwerk: Netwerk | None = None,
    over: str = "",
    mailtekst: str = "",
    is_te_beantwoorden: bool = False,
) -> int:
    """Write one Kennisgeving for each person of ``aan``; return how many. Part of the running transaction.

    Left out are ``door`` itself and whoever blocked that person or was blocked by them. ``tekst`` (at most 250
    signs, longer is cut off) is kept for 90 days and must tell nothing that the person may no longer see later;
    what is in ``mailtekst`` goes along by mail alone. ``over`` is what it is about, as 'reactie:12'. Takes a fixed
    number of queries, whatever the number of people.
    """
    mensen = {mens.pk: mens for mens in aan}
    if door is not None:
        mensen.pop(door.pk, None)
        for een, ander in Blokkade.objects.filter(
            Q(door=door, geblokkeerd__in=list(mensen)) | Q(geblokkeerd=door, door__in=list(mensen))
        ).values_list("door", "geblokkeerd"):
            mensen.pop(een, None)
            mensen.pop(ander, None)
    keuzes = wanneer_van([mens.gebruiker_id for mens in mensen.values()], soort, netwerk)
    nu = timezone.now()
    Kennisgeving.objects.bulk_create(
        [
            Kennisgeving(
                ontvanger_id=mens.gebruiker_id,
                soort=soort,
                tekst=tekst[:250],
                pad=pad,
                door=door,
                netwerk=netwerk,
                over=over,
                mailtekst=mailtekst,
                is_te_beantwoorden=is_te_beantwoorden,
                aangemaakt_op=nu,
                mail_op=mailmoment(keuzes[mens.gebruiker_id], nu),
            )
            for mens in mensen.values()
        ],
        batch_size=1000,
    )
    return len(mensen)


def wanneer_van(gebruikers: list[int], soort: Seintje, netwerk: Netwerk | None) -> dict[int, str]:
    """Return for each account how often this kind comes by mail: for this network, else in general, else as standard."""
    keuzes = dict.fromkeys(gebruikers, STANDAARD[soort])
    rijen = Voorkeur.objects.filter(gebruiker__in=gebruikers, soort=soort).filter(
        Q(netwerk=netwerk) | Q(netwerk=None) if netwerk else Q(netwerk=None)
    )
    # The general choice first, so that the one for the network is the last word.
    for gebruiker, netwerk_id, wanneer in sorted(
        rijen.values_list("gebruiker", "netwerk", "wanneer"), key=lambda rij: rij[1] is not None
    ):
        del netwerk_id
        keuzes[gebruiker] = wanneer
    return keuzes


def mailmoment(wanneer: str, nu: datetime) -> datetime | None:
    """Return when a word of this moment is due by mail: at once, at the next quiet hour, or the next Monday's."""
    if wanneer == Wanneer.NOOIT:
        return None
    if wanneer == Wanneer.DIRECT:
        return nu
    plaatselijk = timezone.localtime(nu)
    dag = plaatselijk.date()
    if plaatselijk.time() >= STIL_UUR:
        dag += timedelta(days=1)
    if wanneer == Wanneer.WEEK:
        dag += timedelta(days=-dag.weekday() % 7)
    return timezone.make_aware(datetime.combine(dag, STIL_UUR))
