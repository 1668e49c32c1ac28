"""Liking a short message and passing it on; each person does either once."""

from django.db import transaction
from django.db.models import F

from netwerk.actions.berichten import WEG, BerichtFout, minder_een
from netwerk.models import Bericht, Professional, Waardering


def _vergrendel(bericht: Bericht, door: Professional) -> Bericht:
    """Lock the message: its number and its rows change together. Raises BerichtFout when it cannot be seen (now)."""
    zichtbaar = Bericht.objects.eigen_woorden().zichtbaar_voor(door).select_for_update(of=("self",))
    vers = zichtbaar.filter(pk=bericht.pk).first()
    if vers is None:
        raise BerichtFout(WEG)
    return vers


@transaction.atomic
def waardeer(*, bericht: Bericht, door: Professional) -> None:
    """Like a message; twice is once."""
    vers = _vergrendel(bericht, door)
    if Waardering.objects.get_or_create(bericht=vers, door=door)[1]:
        Bericht.objects.filter(pk=vers.pk).update(aantal_waarderingen=F("aantal_waarderingen") + 1)


@transaction.atomic
def waardeer_niet_meer(*, bericht: Bericht, door: Professional) -> None:
    vers = _vergrendel(bericht, door)
    if Waardering.objects.filter(bericht=vers, door=door).delete()[0]:
        minder_een(vers.pk, "aantal_waarderingen")


@transaction.atomic
def geef_door(*, bericht: Bericht, door: Professional) -> None:
    """Pass a message on to one's followers; twice is once.

    Raises BerichtFout for one's own message and for one that is not for all members of the portal.
    """
    vers = _vergrendel(bericht, door)
    if not vers.is_door_te_geven:
        raise BerichtFout("Dit bericht is maar voor een kleine kring. U kunt het niet doorgeven.")
    if vers.auteur_id == door.pk:
        raise BerichtFout("Uw eigen bericht staat al bij de mensen die u volgen.")
    _, nieuw = Bericht.objects.get_or_create(herhaalt=vers, auteur=door, defaults={"zicht": vers.zicht})
    if nieuw:
        Bericht.objects.filter(pk=vers.pk).update(aantal_herhalingen=F("aantal_herhalingen") + 1)


@transaction.atomic
def geef_niet_meer_door(*, bericht: Bericht, door: Professional) -> None:
    vers = _vergrendel(bericht, door)
    if Bericht.objects.filter(herhaalt=vers, auteur=door).delete()[0]:
        minder_een(vers.pk, "aantal_herhalingen")
