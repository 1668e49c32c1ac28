"""Saying what helped, and what was the answer."""

from django.db import transaction

from netwerk.actions.gesprekken.basis import GesprekFout, zet_vector
from netwerk.models import Gesprek, Hielp, Professional, Reactie
from netwerk.notifications import gesprekken as notifications
from netwerk.permissions import lidmaatschap_van, mag_reacties_lezen


@transaction.atomic
def zet_hielp(*, reactie: Reactie, door: Professional, ja: bool) -> int:
    """Say that a reply helped, or take it back; return how many say so. Twice is once, also at the same moment.

    Raises GesprekFout for one's own reply, and for who may not read the conversation (any more).
    """
    vers = Reactie.objects.select_for_update(of=("self",)).select_related("gesprek__netwerk").get(pk=reactie.pk)
    gesprek = vers.gesprek
    lid = lidmaatschap_van(door, gesprek.netwerk) if gesprek.netwerk else None
    if not mag_reacties_lezen(door, gesprek, lid) or vers.plaatsing != "geplaatst":
        raise GesprekFout("Deze reactie staat er niet meer.")
    if vers.auteur_id == door.pk:
        raise GesprekFout("Dit is uw eigen reactie.")
    if ja:
        Hielp.objects.bulk_create([Hielp(reactie=vers, professional=door)], ignore_conflicts=True)
    else:
        Hielp.objects.filter(reactie=vers, professional=door).delete()
    vers.aantal_hielp = vers.hielp.count()
    vers.save(update_fields=["aantal_hielp"])
    return vers.aantal_hielp


@transaction.atomic
def markeer_antwoord(*, gesprek: Gesprek, reactie: Reactie | None, door: Professional) -> Gesprek:
    """Let the asker say which reply was the answer, or None; its writer gets word. GesprekFout for who did not ask."""
    vers = Gesprek.objects.select_for_update(of=("self",)).get(pk=gesprek.pk)
    if vers.auteur_id != door.pk or vers.plaatsing != "geplaatst":
        raise GesprekFout("Alleen wie de vraag stelde, kan het antwoord aanwijzen.")
    if reactie is not None:
        # Read anew under the lock of the conversation: a beheerder may have hidden it meanwhile.
        reactie = vers.reacties.geplaatst().select_related("gesprek", "auteur").filter(pk=reactie.pk).first()
        if reactie is None:
            raise GesprekFout("Deze reactie staat er niet meer.")
    if vers.antwoord_id != (reactie.pk if reactie else None):
        vers.antwoord = reactie
        vers.save(update_fields=["antwoord"])
        # What the answer says is a way to find the question.
        zet_vector(vers, vers.labels.names())
        if reactie is not None:
            notifications.meld_antwoord(vers, reactie, door)
    return vers
