"""Inviting by mail, by link and by QR. A GET never uses an invitation: mail scanners follow links."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from netwerk.actions.netwerken.basis import WEG, NetwerkFout, neem_op, plaats_van, vergrendel, vergrendel_als_beheerder
from netwerk.keuzes import Lidstatus
from netwerk.models import Lidmaatschap, Netwerk, Netwerklink, Netwerkuitnodiging, Professional
from netwerk.models.uitnodiging import hash_van, nieuw_zaad, token_van
from netwerk.notifications import netwerken as notifications
from netwerk.permissions import is_geblokkeerd

GELDIG = timedelta(days=30)
BEWAAR = timedelta(days=30)
DAG = timedelta(days=1)
PER_NETWERK = 50
PER_PERSOON = 30
MEEST_LINKS = 20
# After so many days a first and a second reminder; there is no third.
HERINNEREN = (timedelta(days=5), timedelta(days=15))
MEEST_PER_RONDE = 5000
NIET_MEER_HIER = "Dit netwerk is er niet meer. De uitnodiging werkt daarom niet."


@transaction.atomic
def nodig_uit(*, netwerk: Netwerk, email: str, door: Professional, regel: str = "") -> Netwerkuitnodiging:
    """Invite an address and mail it; NetwerkFout when it has an open invitation or too many went out today.

    Whether the address belongs to a member, or to somebody who blocked the sender, is not told: an address that a
    member does not share stays unknown. Who blocked the sender gets no mail.
    """
    netwerk = vergrendel_als_beheerder(netwerk, door)
    email = email.strip().lower()
    nu = timezone.now()
    bestaand = netwerk.uitnodigingen.open().filter(email__iexact=email).first()
    if bestaand is not None and bestaand.is_geldig:
        raise NetwerkFout(
            "Dit adres heeft al een uitnodiging die nog geldig is. Trek die eerst in als u een nieuwe wilt sturen."
        )
    vandaag = Netwerkuitnodiging.objects.filter(verstuurd_op__gt=nu - DAG)
    if vandaag.filter(netwerk=netwerk).count() >= PER_NETWERK:
        raise NetwerkFout(
            f"Dit netwerk verstuurde vandaag al {PER_NETWERK} uitnodigingen. Ga morgen verder, of deel een link."
        )
    if vandaag.filter(door=door).count() >= PER_PERSOON:
        raise NetwerkFout(f"U verstuurde vandaag al {PER_PERSOON} uitnodigingen. Ga morgen verder, of deel een link.")
    if bestaand is not None:
        Netwerkuitnodiging.objects.filter(pk=bestaand.pk).update(ingetrokken_op=nu)
    zaad = nieuw_zaad()
    uitnodiging = Netwerkuitnodiging.objects.create(
        netwerk=netwerk,
        email=email,
        regel=regel,
        zaad=zaad,
        token_hash=hash_van(token_van("uitnodiging", zaad)),
        door=door,
        verstuurd_op=nu,
        verloopt_op=nu + GELDIG,
    )
    if _mag_gemaild(uitnodiging):
        notifications.mail_uitnodiging(uitnodiging)
    return uitnodiging


def _mag_gemaild(uitnodiging: Netwerkuitnodiging) -> bool:
    ontvanger = Professional.objects.filter(
        gebruiker__emailaddress__email__iexact=uitnodiging.email, gebruiker__emailaddress__verified=True
    ).first()
    return not is_geblokkeerd(uitnodiging.door, ontvanger)


@transaction.atomic
def trek_in(*, uitnodiging: Netwerkuitnodiging) -> bool:
    """Let an invitation that was not used yet stop working; also what somebody does who says no."""
    return bool(Netwerkuitnodiging.objects.open().filter(pk=uitnodiging.pk).update(ingetrokken_op=timezone.now()))


def uitnodiging_van(token: str) -> Netwerkuitnodiging | None:
    """Return the invitation of a token, whatever its state."""
    rijen = Netwerkuitnodiging.objects.select_related("netwerk", "door")
    return rijen.filter(token_hash=hash_van(token)).first()


def reden_van_weigering(uitnodiging: Netwerkuitnodiging) -> str:
    """Return why an invitation no longer works, '' when it does."""
    if uitnodiging.gebruikt_op:
        return "Deze uitnodiging is al gebruikt."
    if uitnodiging.ingetrokken_op:
        return "Deze uitnodiging is ingetrokken. Vraag om een nieuwe als u toch mee wilt doen."
    if not uitnodiging.is_geldig:
        return "Deze uitnodiging is verlopen. Vraag om een nieuwe."
    return "" if uitnodiging.netwerk.is_levend else NIET_MEER_HIER


def is_voor(uitnodiging: Netwerkuitnodiging, door: Professional) -> bool:
    """Tell whether this person reads the mail of the invited address."""
    adressen = EmailAddress.objects.filter(user=door.gebruiker_id, verified=True)
    return adressen.filter(email__iexact=uitnodiging.email).exists()


@transaction.atomic
def aanvaard(*, uitnodiging: Netwerkuitnodiging, door: Professional) -> Lidmaatschap:
    """Join by a personal invitation, which counts once; NetwerkFout when it does not hold for this person.

    It brings back somebody who was removed: a beheerder asked them anew.
    """
    netwerk = vergrendel(uitnodiging.netwerk)
    vers = Netwerkuitnodiging.objects.select_related("netwerk").filter(pk=uitnodiging.pk).first()
    if vers is None:
        raise NetwerkFout(WEG)
    if reden := reden_van_weigering(vers):
        raise NetwerkFout(reden)
    if not is_voor(vers, door):
        raise NetwerkFout("Deze uitnodiging is voor een ander e-mailadres.")
    lid = neem_op(netwerk, door)
    # Withdrawing does not wait for the lock on the network.
    if not Netwerkuitnodiging.objects.open().filter(pk=vers.pk).update(gebruikt_op=timezone.now(), gebruikt_door=door):
        raise NetwerkFout("Deze uitnodiging is ingetrokken. Vraag om een nieuwe als u toch mee wilt doen.")
    notifications.meld_aangenomen(netwerk=netwerk, lid=door)
    return lid


@transaction.atomic
def maak_link(
    *, netwerk: Netwerk, naam: str, door: Professional, verloopt_op: datetime | None = None, meest: int | None = None
) -> Netwerklink:
    """Make a link that lets in whoever has it; NetwerkFout when there are twenty already."""
    netwerk = vergrendel_als_beheerder(netwerk, door)
    if netwerk.links.open().count() >= MEEST_LINKS:
        raise NetwerkFout(f"Er zijn al {MEEST_LINKS} links. Trek er eerst een in.")
    zaad = nieuw_zaad()
    return Netwerklink.objects.create(
        netwerk=netwerk,
        naam=naam,
        zaad=zaad,
        token_hash=hash_van(token_van("link", zaad)),
        door=door,
        verloopt_op=verloopt_op,
        meest=meest,
    )


def trek_link_in(*, link: Netwerklink) -> None:
    Netwerklink.objects.open().filter(pk=link.pk).update(ingetrokken_op=timezone.now())


def link_van(token: str) -> Netwerklink | None:
    return Netwerklink.objects.select_related("netwerk").filter(token_hash=hash_van(token)).first()


def reden_dat_link_niet_werkt(link: Netwerklink) -> str:
    if link.ingetrokken_op:
        return "Deze link is ingetrokken. Vraag een beheerder om een nieuwe."
    if link.is_verlopen:
        return "Deze link is verlopen. Vraag een beheerder om een nieuwe."
    if link.is_vol:
        return "Deze link is al zo vaak gebruikt als mocht. Vraag een beheerder om een nieuwe."
    return "" if link.netwerk.is_levend else NIET_MEER_HIER


@transaction.atomic
def gebruik_link(*, link: Netwerklink, door: Professional) -> Lidmaatschap:
    """Join by a link; of the last place of a full link one of two gets it. A member who comes by again counts not."""
    netwerk = vergrendel(link.netwerk)
    vers = Netwerklink.objects.select_related("netwerk").filter(pk=link.pk).first()
    if vers is None:
        raise NetwerkFout(WEG)
    bestaand = plaats_van(netwerk, door)
    if bestaand is not None and bestaand.status == Lidstatus.LID:
        return bestaand
    if reden := reden_dat_link_niet_werkt(vers):
        raise NetwerkFout(reden)
    if bestaand is not None and bestaand.status == Lidstatus.VERWIJDERD:
        raise NetwerkFout(
            "Een beheerder haalde u uit dit netwerk. U kunt alleen terug met een persoonlijke uitnodiging."
        )
    lid = neem_op(netwerk, door)
    if not Netwerklink.objects.open().filter(pk=vers.pk).update(aantal_gebruikt=F("aantal_gebruikt") + 1):
        raise NetwerkFout("Deze link is ingetrokken. Vraag een beheerder om een nieuwe.")
    notifications.meld_nieuw_lid(netwerk=netwerk, lid=door)
    return lid


def herinner() -> int:
    """Remind of invitations that lie open, after 5 and after 15 days; return how many mails. Once a day at most each.

    The mail is queued in the same step in which the reminder is counted: cut off in the middle, nobody gets it twice.
    """
    nu, aantal = timezone.now(), 0
    for nummer, na in enumerate(HERINNEREN):
        wachtend = Netwerkuitnodiging.objects.geldig().filter(
            herinneringen=nummer, verstuurd_op__lte=nu - na, netwerk__status__in=["actief", "slapend"]
        )
        for uitnodiging in wachtend.select_related("netwerk", "door").order_by("pk")[:MEEST_PER_RONDE]:
            # One that just got its first reminder, late, waits for the second as long as one in time.
            if nummer and uitnodiging.verstuurd_op > nu - na:
                continue
            aantal += _herinner_een(uitnodiging, nummer)
    return aantal


@transaction.atomic
def _herinner_een(uitnodiging: Netwerkuitnodiging, nummer: int) -> int:
    rij = Netwerkuitnodiging.objects.open().filter(pk=uitnodiging.pk, herinneringen=nummer)
    # The hash follows the secret key, so that a reminder sent after a change of key holds a link that works.
    if not rij.update(herinneringen=nummer + 1, token_hash=hash_van(uitnodiging.token)):
        return 0
    if not _mag_gemaild(uitnodiging):
        return 0
    notifications.mail_herinnering(uitnodiging, is_laatste=nummer + 1 == len(HERINNEREN))
    return 1


def ruim_op() -> int:
    """Erase invitations 30 days after they were used, withdrawn or ended; they hold an address."""
    grens = timezone.now() - BEWAAR
    oud = Netwerkuitnodiging.objects.filter(
        Q(gebruikt_op__lt=grens) | Q(ingetrokken_op__lt=grens) | Q(verloopt_op__lt=grens)
    )
    return oud.delete()[0]
