"""Making and changing a profile."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from netwerk.actions.mensen.vindbaar import ververs_mensen
from netwerk.keuzes import Voor
from netwerk.models import VELDEN, Professional
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.models import Plaats

# Ready-made choices of who sees what: the level of all that says what somebody does, and of how to reach them.
STANDEN: dict[str, tuple[Voor, Voor]] = {
    "niemand": (Voor.NIEMAND, Voor.NIEMAND),
    "contacten": (Voor.CONTACTEN, Voor.CONTACTEN),
    "vakgenoten": (Voor.LEDEN, Voor.CONTACTEN),
    "openbaar": (Voor.IEDEREEN, Voor.CONTACTEN),
}
BEREIKBAAR = ("werkmail", "telefoon")


class ProfielFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


def zichtbaarheid_van(stand: str) -> dict[str, Voor]:
    """Return who sees each field by a ready-made choice; KeyError for one that is not there."""
    werk, bereik = STANDEN[stand]
    velden = {voor: bereik if veld in BEREIKBAAR else werk for veld, voor in VELDEN.items()}
    return {"vindbaar_voor": werk, **velden}


def maak_profiel(
    *, gebruiker: Gebruiker, naam: str, functie: str, plaats: Plaats | None, expertise: Iterable[str], stand: str
) -> Professional:
    """Write the profile of an account; one that has a profile already gets that one, unchanged.

    Two presses at the same moment make one profile.
    """
    with transaction.atomic():
        # The account's row is what two presses have in common.
        Gebruiker.objects.select_for_update().get(pk=gebruiker.pk)
        if bestaand := Professional.objects.filter(gebruiker=gebruiker).first():
            return bestaand
        mens = Professional(gebruiker=gebruiker, naam=naam, functie=functie, **zichtbaarheid_van(stand))
        _zet_plaats(mens, plaats)
        mens.save()
        mens.expertise.set(expertise)
        if not gebruiker.naam:
            Gebruiker.objects.filter(pk=gebruiker.pk).update(naam=naam)
        ververs_mensen([mens.pk])
    return mens


def wijzig_profiel(
    *,
    mens: Professional,
    velden: Mapping[str, Any],
    labels: Mapping[str, Iterable[str]] | None = None,
    foto: ContentFile[bytes] | None = None,
    foto_weg: bool = False,
) -> Professional:
    """Write fields of a profile and let search see them; the old photo goes when the database has let go of it.

    ``velden`` are checked values by name, ``labels`` the words of 'expertise' and 'interesses'.
    """
    with transaction.atomic():
        vers = Professional.objects.select_for_update(of=("self",)).get(pk=mens.pk)
        oud = vers.foto.name
        for naam, waarde in velden.items():
            if naam == "plaats":
                _zet_plaats(vers, waarde)
            else:
                setattr(vers, naam, waarde)
        if foto is not None:
            vers.foto.save(foto.name or "foto.jpg", foto, save=False)
        elif foto_weg:
            vers.foto = ""
        vers.gewijzigd_op = timezone.now()
        vers.save()
        for naam, woorden in (labels or {}).items():
            getattr(vers, naam).set(woorden)
        ververs_mensen([vers.pk])
        if oud and oud != vers.foto.name:
            opslag = vers.foto.storage
            transaction.on_commit(lambda: opslag.delete(oud))
    return vers


def _zet_plaats(mens: Professional, plaats: Plaats | None) -> None:
    mens.plaats, mens.punt = plaats, plaats.punt if plaats else None
