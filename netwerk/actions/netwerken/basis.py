"""The lock under which members come and go, and the rule that somebody keeps a living network."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Value
from django.utils import timezone

from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol
from netwerk.models import Lidmaatschap, Netwerk, Netwerklink, Netwerkuitnodiging, Professional
from netwerk.notifications import netwerken as notifications
from netwerk.zoeken import vector_van


class NetwerkFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


WEG = "Dit netwerk is er niet meer."
GEEN_BEHEERDER = "U bent geen beheerder van dit netwerk (meer)."


def vergrendel(netwerk: Netwerk) -> Netwerk:
    """Lock the network, before any of its memberships: who comes, goes or changes role waits for the others."""
    vers = Netwerk.objects.select_for_update(of=("self",)).filter(pk=netwerk.pk).first()
    if vers is None:
        raise NetwerkFout(WEG)
    return vers


def vergrendel_als_beheerder(netwerk: Netwerk, door: Professional) -> Netwerk:
    """Lock the network for one of its beheerders; NetwerkFout for who is none by now."""
    vers = vergrendel(netwerk)
    if not vers.is_levend:
        raise NetwerkFout(WEG)
    if not Lidmaatschap.objects.beheerders().filter(netwerk=vers, professional=door).exists():
        raise NetwerkFout(GEEN_BEHEERDER)
    return vers


def plaats_van(netwerk: Netwerk, professional: Professional) -> Lidmaatschap | None:
    """Return the row of a person in a locked network, whatever its status."""
    return Lidmaatschap.objects.filter(netwerk=netwerk, professional=professional).first()


def tel(netwerk: Netwerk, erbij: int) -> None:
    """Keep the number of members of a locked network."""
    Netwerk.objects.filter(pk=netwerk.pk).update(aantal_leden=F("aantal_leden") + erbij)
    netwerk.aantal_leden += erbij


def neem_op(netwerk: Netwerk, professional: Professional, *, deelt_mail: bool | None = None) -> Lidmaatschap:
    """Make somebody a member of a locked network, whatever stood there before; a member stays as they are."""
    nu = timezone.now()
    lid = plaats_van(netwerk, professional) or Lidmaatschap(netwerk=netwerk, professional=professional)
    if lid.pk and lid.status == Lidstatus.LID:
        return lid
    lid.status, lid.rol, lid.sinds_op, lid.laatst_gezien_op, lid.gewekt_op = Lidstatus.LID, Rol.LID, nu, nu, None
    if deelt_mail is not None:
        lid.deelt_mail = deelt_mail
    lid.save()
    tel(netwerk, 1)
    return lid


def andere_beheerders(netwerk: Netwerk, lid: Lidmaatschap) -> models.QuerySet[Lidmaatschap]:
    beheerders = Lidmaatschap.objects.beheerders().filter(netwerk=netwerk, professional__gebruiker__is_active=True)
    return beheerders.exclude(pk=lid.pk)


def eis_opvolger(netwerk: Netwerk, lid: Lidmaatschap) -> None:
    """NetwerkFout when without this member nobody would keep a locked network."""
    if lid.rol == Rol.BEHEERDER and not andere_beheerders(netwerk, lid).exists():
        raise NetwerkFout(
            "U bent de enige beheerder. Maak eerst iemand anders beheerder, of draag het netwerk over aan een lid."
        )


def regel_opvolging(netwerk: Netwerk) -> None:
    """See to it that somebody keeps a locked network after its last beheerder was erased.

    The longest member becomes beheerder and gets word. With no member left the network goes to sleep and the
    moderators get word.
    """
    if not netwerk.is_levend or Lidmaatschap.objects.beheerders().filter(netwerk=netwerk).exists():
        return
    leden = Lidmaatschap.objects.leden().filter(netwerk=netwerk, professional__gebruiker__is_active=True)
    opvolger = leden.select_related("professional").order_by("sinds_op", "pk").first()
    if opvolger is not None:
        Lidmaatschap.objects.filter(pk=opvolger.pk).update(rol=Rol.BEHEERDER)
        notifications.meld_opvolger(netwerk=netwerk, opvolger=opvolger.professional)
        return
    if netwerk.status != Netwerkstatus.SLAPEND:
        Netwerk.objects.filter(pk=netwerk.pk).update(status=Netwerkstatus.SLAPEND, status_op=timezone.now())
        notifications.meld_zonder_beheerder(netwerk=netwerk)


def trek_uitnodigingen_in(netwerk: Netwerk, door: Professional) -> None:
    """Let what somebody sent or made for the network no longer work."""
    nu = timezone.now()
    Netwerkuitnodiging.objects.open().filter(netwerk=netwerk, door=door).update(ingetrokken_op=nu)
    Netwerklink.objects.open().filter(netwerk=netwerk, door=door).update(ingetrokken_op=nu)


def zet_vector(netwerk: Netwerk) -> None:
    """Write the words by which a network is found."""
    themas = " ".join(netwerk.themas.values_list("naam", flat=True))
    woorden = vector_van({"A": netwerk.naam, "B": f"{netwerk.doel} {themas}", "C": netwerk.tekst})
    Netwerk.objects.filter(pk=netwerk.pk).update(vector=Value(woorden, output_field=SearchVectorField()))
