"""The answer to 'klopt dit nog?': by the link in the mail, or by somebody who is logged in."""

from collections.abc import Iterable

from django.db import transaction

from organisaties.actions.bevestigen import ALLE, bevestig
from organisaties.actions.status import zet_status
from organisaties.keuzes import Status, Versheidsstap
from organisaties.models import Organisatie
from organisaties.models.beheer import Rol
from organisaties.models.bevestiging import Blok
from organisaties.permissions import rol_van
from welzijnportal.accounts.models import Gebruiker


class AntwoordFout(Exception):
    """The answer cannot be taken; the message is in Dutch, for the screen."""


class IntussenVeranderd(AntwoordFout):
    """The listing is not what the person saw any more."""


def is_door_tijd_gearchiveerd(organisatie: Organisatie) -> bool:
    """Tell whether it left the portal because nobody answered, so that an answer brings it back."""
    return organisatie.status == Status.GEARCHIVEERD and organisatie.versheidsstap == Versheidsstap.GEARCHIVEERD


def is_te_bevestigen(organisatie: Organisatie) -> bool:
    return organisatie.status == Status.GEPUBLICEERD or is_door_tijd_gearchiveerd(organisatie)


@transaction.atomic
def beantwoord(*, organisatie: Organisatie, blokken: Iterable[Blok], gezien: int, door: Gebruiker) -> None:
    """Confirm these blocks as this person saw them at version ``gezien``; put back what time took off the portal.

    Raises AntwoordFout when the person has no role any more or the listing was taken off by somebody, and
    IntussenVeranderd when it was edited meanwhile. Safe to repeat.
    """
    rij = Organisatie.objects.select_for_update(of=("self",)).get(pk=organisatie.pk)
    rol = rol_van(door, rij)
    if not rol:
        raise AntwoordFout("U beheert deze vermelding niet meer.")
    if not is_te_bevestigen(rij):
        raise AntwoordFout("Deze vermelding staat niet op het portaal. Daarom valt er nu niets te bevestigen.")
    if rij.versie != gezien:
        raise IntussenVeranderd("De vermelding is intussen aangepast. Kijk nog even of alles klopt.")
    if is_door_tijd_gearchiveerd(rij):
        if rol != Rol.BEHEERDER:
            raise AntwoordFout("Alleen een beheerder kan deze vermelding terugzetten op het portaal.")
        zet_status(
            organisatie=rij, naar=Status.GEPUBLICEERD, door=door, reden="Bevestigd door de organisatie.", meld=False
        )
        blokken = ALLE
    bevestig(organisatie=organisatie, blokken=blokken, door=door)
