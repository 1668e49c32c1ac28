"""Following people, organisations and themes; removing a follower; muting."""

from django.db import transaction

from netwerk.models import Gedempt, Professional, Volgt
from netwerk.notifications.berichten import meld_volger
from netwerk.permissions import is_geblokkeerd
from organisaties.models import Organisatie, Thema

# The home line is measured up to here.
MAX_GEVOLGD = 2_000

Gevolgde = Professional | Organisatie | Thema


class VolgFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


def _veld(wat: Gevolgde) -> dict[str, Gevolgde]:
    if isinstance(wat, Professional):
        return {"professional": wat}
    return {"organisatie": wat} if isinstance(wat, Organisatie) else {"thema": wat}


@transaction.atomic
def volg(*, door: Professional, wat: Gevolgde) -> Volgt:
    """Follow; twice is once. A person who is followed gets word.

    Raises VolgFout for oneself, for who lets nobody follow them, for a blocked person, and past ``MAX_GEVOLGD``.
    """
    # Two at once would each count one too few.
    Professional.objects.select_for_update(of=("self",)).get(pk=door.pk)
    if (al := Volgt.objects.filter(volger=door, **_veld(wat)).first()) is not None:
        return al
    if isinstance(wat, Professional):
        _eis_volgbaar(door, wat)
    elif isinstance(wat, Organisatie) and not Organisatie.objects.zichtbaar().filter(pk=wat.pk).exists():
        raise VolgFout("Deze organisatie staat niet meer op het portaal.")
    if Volgt.objects.filter(volger=door).count() >= MAX_GEVOLGD:
        raise VolgFout(f"U volgt al {MAX_GEVOLGD} mensen en organisaties. Stop eerst met het volgen van iemand.")
    volgt = Volgt.objects.create(volger=door, **_veld(wat))
    if isinstance(wat, Professional):
        meld_volger(volger=door, gevolgde=wat)
    return volgt


def _eis_volgbaar(door: Professional, wie: Professional) -> None:
    if wie.pk == door.pk:
        raise VolgFout("U kunt uzelf niet volgen. Uw eigen berichten staan al in uw lijn.")
    vers = Professional.objects.actief().filter(pk=wie.pk, is_volgbaar=True).exists()
    if not vers or is_geblokkeerd(door, wie):
        raise VolgFout("Deze persoon wil niet gevolgd worden.")


def stop_met_volgen(*, door: Professional, wat: Gevolgde) -> None:
    Volgt.objects.filter(volger=door, **_veld(wat)).delete()


def verwijder_volger(*, gevolgde: Professional, volger: Professional) -> None:
    """Take somebody off one's followers; they are not told."""
    Volgt.objects.filter(professional=gevolgde, volger=volger).delete()


def demp(*, door: Professional, wie: Professional) -> None:
    """See no messages of a person any more, who does not notice; twice is once. Raises VolgFout for oneself."""
    if wie.pk == door.pk:
        raise VolgFout("U kunt uzelf niet dempen.")
    Gedempt.objects.bulk_create([Gedempt(door=door, gedempt=wie)], ignore_conflicts=True)


def hoor_weer(*, door: Professional, wie: Professional) -> None:
    Gedempt.objects.filter(door=door, gedempt=wie).delete()
