"""What of one network comes by mail, where that is other than in general."""

from django.db import transaction
from django.utils import timezone

from netwerk.actions.kennisgevingen import zet_voorkeur
from netwerk.keuzes import Seintje, Wanneer
from netwerk.models import Kennisgeving, Netwerk, Voorkeur
from netwerk.notifications.basis import mailmoment, wanneer_van
from welzijnportal.accounts.models import Gebruiker

# The kinds of word that can be about a network.
VAN_NETWERK = (
    Seintje.GESPREK,
    Seintje.REACTIE,
    Seintje.VERMELDING,
    Seintje.WIE_WEET_DIT,
    Seintje.WAARDERING,
    Seintje.NETWERK,
)


def keuzes_in(gebruiker: Gebruiker, netwerk: Netwerk) -> dict[str, str]:
    """Return what somebody chose for one network; a kind that goes as in general is left out. One query."""
    return dict(Voorkeur.objects.filter(gebruiker=gebruiker, netwerk=netwerk).values_list("soort", "wanneer"))


def met_eigen_keuze(gebruiker: Gebruiker) -> set[int]:
    """Return the keys of the networks for which somebody made a choice of its own; one query."""
    rijen = Voorkeur.objects.filter(gebruiker=gebruiker, netwerk__isnull=False)
    return set(rijen.values_list("netwerk", flat=True).distinct())


@transaction.atomic
def kies(*, gebruiker: Gebruiker, netwerk: Netwerk, keuzes: dict[str, str]) -> None:
    """Choose for each kind when it comes by mail of this network; '' is as in general. What is not named stays."""
    nu = keuzes_in(gebruiker, netwerk)
    for soort, wanneer in keuzes.items():
        if wanneer and nu.get(soort) != wanneer:
            zet_voorkeur(gebruiker=gebruiker, soort=soort, wanneer=wanneer, netwerk=netwerk)
        elif not wanneer and soort in nu:
            volg_algemeen(gebruiker=gebruiker, soort=soort, netwerk=netwerk)


@transaction.atomic
def volg_algemeen(*, gebruiker: Gebruiker, soort: str, netwerk: Netwerk) -> None:
    """Let a kind of word of one network come by mail as in general again; what waits goes by that."""
    was = wanneer_van([gebruiker.pk], Seintje(soort), netwerk)[gebruiker.pk]
    Voorkeur.objects.filter(gebruiker=gebruiker, soort=soort, netwerk=netwerk).delete()
    wanneer = wanneer_van([gebruiker.pk], Seintje(soort), netwerk)[gebruiker.pk]
    wacht = Kennisgeving.objects.filter(ontvanger=gebruiker, soort=soort, netwerk=netwerk, gemaild_op=None)
    if wanneer == Wanneer.NOOIT:
        wacht.update(mail_op=None, mailtekst="")
    elif wanneer != was:
        wacht.filter(mail_op__isnull=False).update(mail_op=mailmoment(wanneer, timezone.now()))


def vergeet_bij_vertrek(*, gebruiker: Gebruiker, netwerk: Netwerk) -> None:
    """Forget what somebody chose for a network who is no member any more, but for 'never'.

    Word of what stays open to them (a reply in a conversation that they follow) goes as in general then. A 'never'
    stays: nobody gets mail that they had stopped because they left.
    """
    for soort, wanneer in keuzes_in(gebruiker, netwerk).items():
        if wanneer != Wanneer.NOOIT:
            volg_algemeen(gebruiker=gebruiker, soort=soort, netwerk=netwerk)
