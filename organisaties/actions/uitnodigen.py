"""Who keeps a listing: inviting, accepting, changing roles, leaving."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from organisaties import notifications
from organisaties.actions import opvolging
from organisaties.models import Beheer, BeheerUitnodiging, Organisatie
from organisaties.models.beheer import Rol
from organisaties.permissions import mag_beheren
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import volledige_url

GELDIG = timedelta(days=14)
BEWAAR = timedelta(days=30)


class BeheerFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def nodig_uit(
    *, organisatie: Organisatie, email: str, rol: Rol, door: Gebruiker, is_opvolging: bool = False
) -> BeheerUitnodiging:
    """Invite an address and mail the link; an open invitation to the same address is replaced.

    With ``is_opvolging`` it is a successor as beheerder: the role of the sender ends when it is accepted.

    Raises BeheerFout when the person is in already, and when the sender is no beheerder by now. The token is
    kept as a hash only.
    """
    organisatie = _vergrendel(organisatie)
    # Whoever was taken off while this waited for the lock must leave no invitation behind.
    if not mag_beheren(door, organisatie):
        raise BeheerFout("U bent geen beheerder van deze organisatie meer.")
    email = email.strip().lower()
    if organisatie.beheer.filter(
        gebruiker__emailaddress__email__iexact=email, gebruiker__emailaddress__verified=True
    ).exists():
        raise BeheerFout("Deze persoon hoort al bij deze organisatie.")
    nu = timezone.now()
    organisatie.uitnodigingen.filter(email__iexact=email, gebruikt_op=None, ingetrokken_op=None).update(
        ingetrokken_op=nu
    )
    token = secrets.token_urlsafe(24)
    uitnodiging = BeheerUitnodiging.objects.create(
        organisatie=organisatie,
        email=email,
        rol=Rol.BEHEERDER if is_opvolging else rol,
        is_opvolging=is_opvolging,
        token_hash=_hash(token),
        uitgenodigd_door=door,
        uitgenodigd_op=nu,
        verloopt_op=nu + GELDIG,
    )
    notifications.meld_uitnodiging(
        email=email,
        organisatie=organisatie,
        rol=rol,
        link=volledige_url(reverse("organisaties:uitnodiging", args=[token])),
        door=str(door),
        is_opvolging=is_opvolging,
    )
    return uitnodiging


@transaction.atomic
def trek_uitnodiging_in(*, uitnodiging: BeheerUitnodiging) -> None:
    """Let an invitation that was not used yet stop working."""
    BeheerUitnodiging.objects.filter(pk=uitnodiging.pk, gebruikt_op=None, ingetrokken_op=None).update(
        ingetrokken_op=timezone.now()
    )


def uitnodiging_van(token: str) -> BeheerUitnodiging | None:
    """Return the invitation of a token, whatever its state."""
    return (
        BeheerUitnodiging.objects.select_related("organisatie", "uitgenodigd_door")
        .filter(token_hash=_hash(token))
        .first()
    )


def reden_van_weigering(uitnodiging: BeheerUitnodiging) -> str:
    """Return why an invitation no longer works, '' when it does."""
    if uitnodiging.gebruikt_op:
        return "Deze uitnodiging is al gebruikt."
    if uitnodiging.ingetrokken_op:
        return "Deze uitnodiging is ingetrokken, of er is een nieuwere gestuurd."
    if not uitnodiging.is_open:
        return "Deze uitnodiging is verlopen. Vraag om een nieuwe."
    return ""


def is_voor(uitnodiging: BeheerUitnodiging, gebruiker: Gebruiker) -> bool:
    """Tell whether this person reads the mail of the invited address."""
    return EmailAddress.objects.filter(user=gebruiker, email__iexact=uitnodiging.email, verified=True).exists()


@transaction.atomic
def aanvaard(*, uitnodiging: BeheerUitnodiging, door: Gebruiker) -> Beheer:
    """Make the person part of the organisation; raise BeheerFout when the invitation does not hold for them.

    Of an invitation of a successor the sender's role ends in the same step, and both are told. The listing is
    locked before the invitation, as everywhere; after a merge it is the listing that stayed.
    """
    organisatie = _vergrendel_blijver(uitnodiging.organisatie_id)
    uitnodiging = (
        BeheerUitnodiging.objects.select_for_update(of=("self",))
        .select_related("uitgenodigd_door")
        .get(pk=uitnodiging.pk)
    )
    reden = reden_van_weigering(uitnodiging)
    if reden:
        raise BeheerFout(reden)
    if not is_voor(uitnodiging, door):
        raise BeheerFout("Deze uitnodiging is voor een ander e-mailadres.")
    beheer, nieuw = Beheer.objects.get_or_create(
        organisatie=organisatie, gebruiker=door, defaults={"rol": uitnodiging.rol}
    )
    if not nieuw and uitnodiging.rol == Rol.BEHEERDER and beheer.rol != Rol.BEHEERDER:
        beheer.rol = Rol.BEHEERDER
        beheer.save(update_fields=["rol"])
    uitnodiging.gebruikt_op = timezone.now()
    uitnodiging.save(update_fields=["gebruikt_op"])
    if uitnodiging.is_opvolging and uitnodiging.uitgenodigd_door and uitnodiging.uitgenodigd_door != door:
        _draag_over(organisatie, van=uitnodiging.uitgenodigd_door, naar=door)
    return beheer


def _vergrendel_blijver(pk: int) -> Organisatie:
    organisatie = Organisatie.objects.select_for_update(of=("self",)).get(pk=pk)
    while organisatie.samengevoegd_met_id:
        organisatie = Organisatie.objects.select_for_update(of=("self",)).get(pk=organisatie.samengevoegd_met_id)
    return organisatie


def _draag_over(organisatie: Organisatie, *, van: Gebruiker, naar: Gebruiker) -> None:
    eigen = Beheer.objects.filter(organisatie=organisatie, gebruiker=van)
    if not eigen.exists():
        return
    eigen.delete()
    opvolging.trek_uitnodigingen_in(gebruiker_id=van.pk, organisatie_id=organisatie.pk)
    notifications.meld_opgevolgd(organisatie=organisatie, van=van, naar=naar)


def _vergrendel(organisatie: Organisatie) -> Organisatie:
    """Lock the organisation: of two beheerders who leave at once, one must stay."""
    return Organisatie.objects.select_for_update(of=("self",)).get(pk=organisatie.pk)


def _er_blijft_een(beheer: Beheer) -> None:
    anderen = Beheer.objects.filter(organisatie_id=beheer.organisatie_id, rol=Rol.BEHEERDER, gebruiker__is_active=True)
    if beheer.rol == Rol.BEHEERDER and not anderen.exclude(pk=beheer.pk).exists():
        raise BeheerFout("Er moet altijd ten minste één beheerder zijn. Maak eerst iemand anders beheerder.")


@transaction.atomic
def wijzig_rol(*, beheer: Beheer, rol: Rol) -> None:
    """Change a role; raise BeheerFout when no beheerder would be left.

    The open invitations of who is no longer beheerder are withdrawn, and the person is told.
    """
    _vergrendel(beheer.organisatie)
    vers = Beheer.objects.filter(pk=beheer.pk).first()
    if vers is None:
        raise BeheerFout("Deze persoon hoort niet meer bij deze organisatie.")
    if rol != Rol.BEHEERDER:
        _er_blijft_een(vers)
        opvolging.trek_uitnodigingen_in(gebruiker_id=vers.gebruiker_id, organisatie_id=vers.organisatie_id)
    if vers.rol == rol:
        return
    vers.rol = rol
    vers.save(update_fields=["rol"])
    notifications.meld_rol(gebruiker=vers.gebruiker, organisatie=vers.organisatie, rol=rol)


@transaction.atomic
def verwijder_beheer(*, beheer: Beheer) -> None:
    """Take a person off the organisation, or let them leave; raise BeheerFout for the last beheerder.

    Their open invitations for the organisation are withdrawn, and they are told.
    """
    _vergrendel(beheer.organisatie)
    vers = Beheer.objects.filter(pk=beheer.pk).first()
    if vers is None:
        return
    _er_blijft_een(vers)
    gebruiker = vers.gebruiker
    vers.delete()
    opvolging.verwerk_verlies(organisatie=vers.organisatie, gebruiker=gebruiker)


def ruim_uitnodigingen_op() -> int:
    """Erase invitations 30 days after they were used, withdrawn or ended; they hold an address."""
    grens = timezone.now() - BEWAAR
    oud = BeheerUitnodiging.objects.filter(
        Q(gebruikt_op__lt=grens) | Q(ingetrokken_op__lt=grens) | Q(verloopt_op__lt=grens)
    )
    return oud.delete()[0]
