"""Reports to the moderators, and what they did with them."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from netwerk.actions.contacten.basis import ContactFout
from netwerk.models import Professional, Signaal
from netwerk.models.signaal import MAX_BEWIJS
from netwerk.notifications import contacten as notifications
from welzijnportal.accounts.models import Gebruiker

BEWAAR = timedelta(days=365)


def meld(
    *,
    door: Professional,
    wat: str,
    sleutel: int,
    over: Professional | None,
    reden: str,
    tekst: str = "",
    bewijs: str = "",
) -> Signaal:
    """Report something to the moderators, who get one mail; what the same person reported and waits stays one.

    A second time the text is added to the first, for nothing typed is lost. ``bewijs`` is kept up to MAX_BEWIJS.
    Raises ContactFout for oneself.
    """
    if over is not None and over.pk == door.pk:
        raise ContactFout("U kunt uzelf niet melden.")
    open_rijen = Signaal.objects.filter(door=door, wat=wat, sleutel=sleutel, status=Signaal.Status.OPEN)
    try:
        with transaction.atomic():
            signaal = Signaal.objects.create(
                door=door, wat=wat, sleutel=sleutel, over=over, reden=reden, tekst=tekst, bewijs=bewijs[:MAX_BEWIJS]
            )
            notifications.mail_moderators()
            return signaal
    except IntegrityError:
        with transaction.atomic():
            al = open_rijen.select_for_update(of=("self",)).first()
            if al is not None:
                if tekst not in al.tekst:
                    al.tekst = f"{al.tekst}\n\n{tekst}".strip()
                    al.save(update_fields=["tekst"])
                return al
    # A moderator dealt with the first one between the two statements.
    return meld(door=door, wat=wat, sleutel=sleutel, over=over, reden=reden, tekst=tekst, bewijs=bewijs)


@transaction.atomic
def handel_af(*, signaal: Signaal, door: Gebruiker, is_gedaan: bool, besluit: str = "") -> bool:
    """Close a report by a moderator, of which the reporter gets word; False when it was closed already.

    What went along of a private thread is erased with it.
    """
    vers = Signaal.objects.select_for_update(of=("self",)).select_related("door").filter(pk=signaal.pk).first()
    if vers is None or vers.status != Signaal.Status.OPEN:
        return False
    vers.status = Signaal.Status.GEDAAN if is_gedaan else Signaal.Status.NIETS
    vers.afgehandeld_op, vers.afgehandeld_door = timezone.now(), door
    vers.besluit, vers.bewijs = besluit, ""
    vers.save(update_fields=["status", "afgehandeld_op", "afgehandeld_door", "besluit", "bewijs"])
    notifications.meld_afgehandeld(vers)
    return True


def ruim_op() -> int:
    """Erase reports a year after they were dealt with."""
    return Signaal.objects.filter(afgehandeld_op__lt=timezone.now() - BEWAAR).delete()[0]
