"""Joining, asking, leaving, removing, and the roles within a network. Each locks the network first."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from netwerk.actions.mailkeuzes import vergeet_bij_vertrek
from netwerk.actions.netwerken.basis import (
    WEG,
    NetwerkFout,
    eis_opvolger,
    neem_op,
    plaats_van,
    tel,
    trek_uitnodigingen_in,
    vergrendel,
    vergrendel_als_beheerder,
)
from netwerk.keuzes import Lidstatus, Rol, Toelating
from netwerk.models import Lidmaatschap, Netwerk, Professional
from netwerk.notifications import netwerken as notifications

OPNIEUW_NA = timedelta(days=30)
GEZIEN_ELKE = timedelta(days=1)
GEEN_LID_MEER = "Deze persoon is geen lid (meer) van dit netwerk."


@transaction.atomic
def word_lid(
    *, netwerk: Netwerk, door: Professional, antwoorden: list[str] | None = None, deelt_mail: bool = False
) -> Lidmaatschap:
    """Join an open network, or ask to; beheerders get word. NetwerkFout when this network cannot be joined so.

    Who is in already stays in. Who was refused may ask again after thirty days; who was removed needs an invitation.
    """
    netwerk = vergrendel(netwerk)
    if not netwerk.is_levend:
        raise NetwerkFout(WEG)
    lid = plaats_van(netwerk, door)
    if lid is not None and lid.status == Lidstatus.LID:
        return lid
    if lid is not None and lid.status == Lidstatus.VERWIJDERD:
        raise NetwerkFout("Een beheerder haalde u uit dit netwerk. U kunt alleen terug met een uitnodiging.")
    if netwerk.toelating == Toelating.UITNODIGING:
        raise NetwerkFout("Van dit netwerk wordt u lid met een uitnodiging.")
    if netwerk.toelating == Toelating.OPEN:
        lid = neem_op(netwerk, door, deelt_mail=deelt_mail)
        notifications.meld_nieuw_lid(netwerk=netwerk, lid=door)
        return lid
    if lid is not None and lid.status == Lidstatus.AANGEVRAAGD:
        raise NetwerkFout("U hebt het al gevraagd. De beheerders hebben nog niet geantwoord.")
    if lid is not None and lid.gevraagd_op > timezone.now() - OPNIEUW_NA:
        raise NetwerkFout("U hebt het pas gevraagd. Na 30 dagen kunt u het nog eens vragen.")
    lid = lid or Lidmaatschap(netwerk=netwerk, professional=door)
    lid.status, lid.rol, lid.gevraagd_op = Lidstatus.AANGEVRAAGD, Rol.LID, timezone.now()
    lid.antwoorden, lid.deelt_mail = antwoorden or [], deelt_mail
    lid.save()
    notifications.meld_aanvraag(netwerk=netwerk, aanvrager=door)
    return lid


@transaction.atomic
def trek_aanvraag_in(*, netwerk: Netwerk, door: Professional) -> None:
    """Take back a request that waits."""
    netwerk = vergrendel(netwerk)
    Lidmaatschap.objects.wachtend().filter(netwerk=netwerk, professional=door).delete()


@transaction.atomic
def beslis(*, lid: Lidmaatschap, ja: bool, door: Professional) -> Lidmaatschap:
    """Let in or refuse who asked, and tell them; NetwerkFout when that was done already."""
    netwerk = vergrendel_als_beheerder(lid.netwerk, door)
    vers = Lidmaatschap.objects.select_related("professional").filter(pk=lid.pk).first()
    if vers is None:
        raise NetwerkFout("Deze persoon heeft de aanvraag ingetrokken.")
    if vers.status != Lidstatus.AANGEVRAAGD:
        raise NetwerkFout("Iemand anders heeft deze aanvraag al behandeld.")
    if ja:
        vers = neem_op(netwerk, vers.professional)
    else:
        vers.status = Lidstatus.AFGEWEZEN
        vers.save(update_fields=["status"])
    notifications.meld_besluit(netwerk=netwerk, aanvrager=vers.professional, ja=ja)
    return vers


@transaction.atomic
def verlaat(*, netwerk: Netwerk, door: Professional) -> bool:
    """Leave; tell whether there was anything to leave. NetwerkFout for the last beheerder. What was written stays."""
    netwerk = vergrendel(netwerk)
    lid = plaats_van(netwerk, door)
    if lid is None or lid.status != Lidstatus.LID:
        return False
    eis_opvolger(netwerk, lid)
    lid.delete()
    tel(netwerk, -1)
    vergeet_bij_vertrek(gebruiker=door.gebruiker, netwerk=netwerk)
    return True


@transaction.atomic
def verwijder_lid(*, lid: Lidmaatschap, door: Professional) -> None:
    """Take a member out, with the invitations and links they made; tell them. NetwerkFout for oneself."""
    netwerk = vergrendel_als_beheerder(lid.netwerk, door)
    vers = Lidmaatschap.objects.leden().select_related("professional").filter(pk=lid.pk).first()
    if vers is None:
        raise NetwerkFout(GEEN_LID_MEER)
    if vers.professional_id == door.pk:
        raise NetwerkFout("Uzelf haalt u er niet uit. Kies ‘Verlaat dit netwerk’.")
    vers.status, vers.rol, vers.deelt_mail = Lidstatus.VERWIJDERD, Rol.LID, False
    vers.save(update_fields=["status", "rol", "deelt_mail"])
    tel(netwerk, -1)
    trek_uitnodigingen_in(netwerk, vers.professional)
    vergeet_bij_vertrek(gebruiker=vers.professional.gebruiker, netwerk=netwerk)
    notifications.meld_verwijderd(netwerk=netwerk, wie=vers.professional)


@transaction.atomic
def wijzig_rol(*, lid: Lidmaatschap, rol: Rol, door: Professional) -> Lidmaatschap:
    """Make a member beheerder, or a beheerder member; NetwerkFout when no beheerder would be left."""
    netwerk = vergrendel_als_beheerder(lid.netwerk, door)
    vers = Lidmaatschap.objects.leden().select_related("professional").filter(pk=lid.pk).first()
    if vers is None:
        raise NetwerkFout(GEEN_LID_MEER)
    if vers.rol == rol:
        return vers
    if rol == Rol.LID:
        eis_opvolger(netwerk, vers)
    vers.rol = rol
    vers.save(update_fields=["rol"])
    notifications.meld_rol(netwerk=netwerk, wie=vers.professional, rol=rol, door=door)
    return vers


@transaction.atomic
def draag_over(*, aan: Lidmaatschap, door: Professional) -> Lidmaatschap:
    """Make a member beheerder in one's own place: one becomes member in the same step."""
    vers = wijzig_rol(lid=aan, rol=Rol.BEHEERDER, door=door)
    if vers.professional_id == door.pk:
        raise NetwerkFout("Kies iemand anders om het netwerk aan over te dragen.")
    Lidmaatschap.objects.filter(netwerk=vers.netwerk_id, professional=door).update(rol=Rol.LID)
    return vers


def deel_mail(*, lid: Lidmaatschap, ja: bool) -> None:
    """Let the beheerders see one's address, or no longer."""
    Lidmaatschap.objects.leden().filter(pk=lid.pk).update(deelt_mail=ja)


def gezien(lid: Lidmaatschap) -> None:
    """Note that a member looked in; at most one write a day."""
    nu = timezone.now()
    if lid.laatst_gezien_op is None or lid.laatst_gezien_op < nu - GEZIEN_ELKE:
        Lidmaatschap.objects.filter(pk=lid.pk).update(laatst_gezien_op=nu)
