"""What moderators of the portal do with conversations and replies, in every network and outside of them."""

from django.db import transaction

from netwerk.actions.gesprekken.basis import GesprekFout
from netwerk.actions.gesprekken.wijzigen import haal_reactie_weg, tel_opnieuw
from netwerk.keuzes import Plaatsing
from netwerk.models import Gesprek, Reactie
from netwerk.notifications import gesprekken as notifications

WEG = "Dit staat er niet meer. De schrijver of een beheerder haalde het al weg."


def _vergrendel(wat: Gesprek | Reactie) -> Gesprek | Reactie:
    """Lock the conversation and then the reply, the order in which all others do."""
    pk = wat.gesprek_id if isinstance(wat, Reactie) else wat.pk
    gesprek = Gesprek.objects.select_for_update(of=("self",)).select_related("netwerk", "auteur").get(pk=pk)
    if not isinstance(wat, Reactie):
        return gesprek
    reactie = Reactie.objects.select_for_update(of=("self",)).select_related("auteur").get(pk=wat.pk)
    reactie.gesprek = gesprek
    return reactie


@transaction.atomic
def verberg(*, wat: Gesprek | Reactie, reden: str) -> None:
    """Hide a conversation or a reply, with the reason, which its writer reads; GesprekFout when it stands no more."""
    vers = _vergrendel(wat)
    if vers.plaatsing != Plaatsing.GEPLAATST:
        raise GesprekFout(WEG)
    if isinstance(vers, Reactie):
        haal_reactie_weg(vers, reden)
        notifications.meld_reactie_verborgen(vers, reden, door_redactie=True)
    else:
        vers.plaatsing, vers.reden_verborgen = Plaatsing.VERBORGEN, reden
        vers.save(update_fields=["plaatsing", "reden_verborgen"])
        notifications.meld_verborgen(vers, reden, door_redactie=True)


@transaction.atomic
def toon_weer(*, wat: Gesprek | Reactie) -> bool:
    """Show again what was hidden, by a moderator or by a beheerder; False when it was not hidden (any more)."""
    vers = _vergrendel(wat)
    if vers.plaatsing != Plaatsing.VERBORGEN:
        return False
    vers.plaatsing, vers.reden_verborgen = Plaatsing.GEPLAATST, ""
    vers.save(update_fields=["plaatsing", "reden_verborgen"])
    if isinstance(vers, Reactie):
        tel_opnieuw(vers.gesprek)
    return True
