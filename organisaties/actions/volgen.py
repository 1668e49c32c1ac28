"""Following a search or an organisation: asking, confirming, stopping."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from organisaties.models import Abonnement, Organisatie
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import volledige_url
from welzijnportal.mail import verstuur

BEWAAR_ONBEVESTIGD = timedelta(days=7)
# One address follows so many things at most, or its weekly mail would be a book.
MEESTE = 50
_ZOUT_BEVESTIGEN, _ZOUT_STOPPEN = "organisaties.volgen.bevestigen", "organisaties.volgen.stoppen"


class VolgFout(Exception):
    """Following failed; the message is in Dutch, for the screen."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What a link to stop is for: one thing, or all that an address follows."""

    email: str
    pk: int | None

    def abonnementen(self) -> list[Abonnement]:
        rijen = Abonnement.objects.filter(email__iexact=self.email).select_related("organisatie")
        return list(rijen.filter(pk=self.pk) if self.pk else rijen)


def volg(
    *, email: str, naam: str, organisatie: Organisatie | None = None, vraag: str = "", door: Gebruiker | None = None
) -> Abonnement:
    """Follow a kept question or an organisation; raise VolgFout when this address follows too much already.

    An address that ``door`` has proved to own counts as confirmed; to any other goes a mail that asks to confirm.
    Asking twice gives one row, and a stranger sees no difference.
    """
    is_eigen = door is not None and door.email.lower() == email.lower()
    wat = Q(organisatie=organisatie) if organisatie else Q(organisatie=None, vraag=vraag)
    try:
        with transaction.atomic():
            rijen = Abonnement.objects.filter(email__iexact=email)
            abonnement = rijen.filter(wat).first()
            if abonnement is None:
                if rijen.count() >= MEESTE:
                    raise VolgFout(f"Met dit e-mailadres volgt u al {MEESTE} dingen. Stop eerst met iets anders.")
                abonnement = Abonnement.objects.create(
                    email=email, organisatie=organisatie, vraag=vraag, naam=naam[:160]
                )
    except IntegrityError:
        # The same form came twice at one moment.
        abonnement = Abonnement.objects.filter(email__iexact=email).get(wat)
    if is_eigen:
        bevestig(abonnement=abonnement)
    else:
        context = {
            "abonnement": abonnement,
            "link": volledige_url(reverse("organisaties:volgen_bevestigen", args=[maak_bevestiglink(abonnement)])),
        }
        verstuur("volgen_bevestigen", aan=abonnement.email, context=context)
    return abonnement


@transaction.atomic
def bevestig(*, abonnement: Abonnement) -> None:
    """Take the address for proved: from now on it hears what is new. Doing it twice changes nothing."""
    nu = timezone.now()
    Abonnement.objects.filter(pk=abonnement.pk, bevestigd_op=None).update(
        bevestigd_op=nu, verteld_tot=nu, volgende_op=nu + timedelta(days=7)
    )


@transaction.atomic
def stop(*, waarvoor: Stop) -> int:
    """Forget what a link to stop is for; return how many things are no longer followed."""
    return Abonnement.objects.filter(pk__in=[abonnement.pk for abonnement in waarvoor.abonnementen()]).delete()[0]


def maak_bevestiglink(abonnement: Abonnement) -> str:
    return signing.dumps([abonnement.pk, abonnement.email], salt=_ZOUT_BEVESTIGEN)


def lees_bevestiglink(token: str) -> Abonnement | None:
    """Return what is to be confirmed; None when the link is forged, older than a week, or it was stopped since."""
    try:
        pk, email = signing.loads(token, salt=_ZOUT_BEVESTIGEN, max_age=BEWAAR_ONBEVESTIGD)
    except signing.BadSignature:
        return None
    return Abonnement.objects.filter(pk=pk, email=email).select_related("organisatie").first()


def stoplink(abonnement: Abonnement, *, alles: bool = False) -> str:
    """Return the address by which anyone who has the mail can stop this, or all that its address follows.

    It has no term, and no address in it: a mail may be years old and links end up in logs.
    """
    token = signing.Signer(salt=_ZOUT_STOPPEN).sign_object([abonnement.pk, alles])
    return volledige_url(reverse("organisaties:volgen_stoppen", args=[token]))


def lees_stoplink(token: str) -> Stop | None:
    """Return what is to be stopped; None when the link is forged or there is nothing left to stop."""
    try:
        pk, alles = signing.Signer(salt=_ZOUT_STOPPEN).unsign_object(token)
    except signing.BadSignature:
        return None
    email = Abonnement.objects.filter(pk=pk).values_list("email", flat=True).first()
    return Stop(email, None if alles else pk) if email else None


def ruim_onbevestigde_op() -> int:
    """Erase addresses that were not confirmed within a week."""
    return Abonnement.objects.filter(bevestigd_op=None, aangemaakt_op__lt=timezone.now() - BEWAAR_ONBEVESTIGD).delete()[
        0
    ]
