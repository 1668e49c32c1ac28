"""Asking somebody outside the portal to become a contact. A GET never uses an invitation: mail scanners follow links."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from netwerk.actions.contacten.basis import ContactFout, vergrendel
from netwerk.actions.contacten.contact import verbind
from netwerk.models import Contact, Contactuitnodiging, Professional
from netwerk.models.uitnodiging import hash_van, nieuw_zaad, token_van
from netwerk.notifications import contacten as notifications
from netwerk.permissions import is_geblokkeerd

GELDIG = timedelta(days=30)
LINK_GELDIG = timedelta(days=180)
BEWAAR = timedelta(days=30)
PER_DAG = 30
NIET_MEER = "Deze uitnodiging werkt niet meer. Vraag om een nieuwe."


def _maak(door: Professional, email: str, regel: str, geldig: timedelta) -> Contactuitnodiging:
    zaad, nu = nieuw_zaad(), timezone.now()
    return Contactuitnodiging.objects.create(
        door=door,
        email=email,
        regel=regel,
        zaad=zaad,
        token_hash=hash_van(token_van("contact", zaad)),
        verstuurd_op=nu,
        verloopt_op=nu + geldig,
    )


@transaction.atomic
def nodig_uit(*, door: Professional, email: str, regel: str = "") -> Contactuitnodiging:
    """Invite an address and mail it; ContactFout when it has an invitation that holds, or too many went out today.

    Whether the address has an account is not told, nor that its owner blocked the sender, who then gets no mail.
    """
    vergrendel(door)
    email, nu = email.strip().lower(), timezone.now()
    eigen = EmailAddress.objects.filter(user=door.gebruiker_id, email__iexact=email, verified=True)
    if eigen.exists():
        raise ContactFout("Dit is uw eigen adres.")
    bestaand = door.contactuitnodigingen.open().filter(email__iexact=email).first()
    if bestaand is not None and bestaand.is_geldig:
        raise ContactFout("Dit adres heeft al een uitnodiging van u. Trek die eerst in als u een nieuwe wilt sturen.")
    if door.contactuitnodigingen.per_mail().filter(verstuurd_op__gt=nu - timedelta(days=1)).count() >= PER_DAG:
        raise ContactFout(f"U verstuurde vandaag al {PER_DAG} uitnodigingen. Ga morgen verder, of deel uw link.")
    if bestaand is not None:
        trek_in(uitnodiging=bestaand)
    uitnodiging = _maak(door, email, regel, GELDIG)
    ontvanger = Professional.objects.filter(
        gebruiker__emailaddress__email__iexact=email, gebruiker__emailaddress__verified=True
    ).first()
    if not is_geblokkeerd(door, ontvanger):
        notifications.mail_uitnodiging(uitnodiging)
    return uitnodiging


@transaction.atomic
def persoonlijke_link(*, door: Professional, nieuw: bool = False) -> Contactuitnodiging:
    """Return one's personal link, made when there is none that holds; with ``nieuw`` the old one stops working."""
    vergrendel(door)
    bestaand = door.contactuitnodigingen.open().links().first()
    if bestaand is not None and bestaand.is_geldig and not nieuw:
        return bestaand
    if bestaand is not None:
        trek_in(uitnodiging=bestaand)
    return _maak(door, "", "", LINK_GELDIG)


def trek_in(*, uitnodiging: Contactuitnodiging) -> bool:
    """Let an invitation stop working; also what somebody does who says no. False when it was used or withdrawn."""
    return bool(Contactuitnodiging.objects.open().filter(pk=uitnodiging.pk).update(ingetrokken_op=timezone.now()))


def uitnodiging_van(token: str) -> Contactuitnodiging | None:
    """Return the invitation of a token, whatever its state; none of somebody whose account is closed."""
    rijen = Contactuitnodiging.objects.select_related("door__gebruiker").filter(door__gebruiker__is_active=True)
    return rijen.filter(token_hash=hash_van(token)).first()


def is_voor(uitnodiging: Contactuitnodiging, door: Professional) -> bool:
    """Tell whether this person reads the mail of the invited address; a link is for whoever has it."""
    adressen = EmailAddress.objects.filter(user=door.gebruiker_id, verified=True)
    return uitnodiging.is_link or adressen.filter(email__iexact=uitnodiging.email).exists()


@transaction.atomic
def aanvaard(*, uitnodiging: Contactuitnodiging, door: Professional) -> Contact:
    """Become a contact of who invited; ContactFout when the invitation does not hold for this person.

    One by mail counts once: of two who use it at the same moment one gets through.
    """
    if uitnodiging.door_id == door.pk:
        raise ContactFout("Dit is uw eigen uitnodiging.")
    vergrendel(uitnodiging.door, door)
    vers = Contactuitnodiging.objects.select_related("door").filter(pk=uitnodiging.pk).first()
    if vers is None or not vers.is_geldig or is_geblokkeerd(vers.door, door):
        raise ContactFout(NIET_MEER)
    if not is_voor(vers, door):
        raise ContactFout("Deze uitnodiging is voor een ander e-mailadres.")
    # Withdrawing waits for no lock of ours, so the row itself is asked once more; a link is not used up.
    rij = Contactuitnodiging.objects.open().filter(pk=vers.pk).select_for_update().first()
    if rij is None:
        raise ContactFout(NIET_MEER)
    if not rij.is_link:
        rij.gebruikt_op, rij.gebruikt_door = timezone.now(), door
        rij.save(update_fields=["gebruikt_op", "gebruikt_door"])
    contact = verbind(een=vers.door, ander=door, herkomst="uitnodiging")
    notifications.meld_uitnodiging_aangenomen(uitnodiging=vers, door=door)
    return contact


def ruim_op() -> int:
    """Erase invitations 30 days after they were used, withdrawn or ended; they hold an address."""
    grens = timezone.now() - BEWAAR
    oud = Q(gebruikt_op__lt=grens) | Q(ingetrokken_op__lt=grens) | Q(verloopt_op__lt=grens)
    return Contactuitnodiging.objects.filter(oud).delete()[0]
