"""Placing a conversation, and replying."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from netwerk.actions.gesprekken.basis import GesprekFout, met_namen, volg, zet_vector
from netwerk.keuzes import Netwerkstatus, Plaatsing, Zicht
from netwerk.models import Gesprek, Netwerk, Professional, Reactie, Vraagverzoek
from netwerk.notifications import gesprekken as notifications
from netwerk.permissions import lidmaatschap_van, mag_reageren, mag_vraag_beantwoorden

# The same words of the same person within this are one press too many.
DUBBEL = timedelta(minutes=1)


@transaction.atomic
def plaats(
    *,
    door: Professional,
    netwerk: Netwerk | None,
    velden: dict[str, Any],
    labels: Iterable[str] = (),
    concept: Gesprek | None = None,
    is_concept: bool = False,
) -> Gesprek:
    """Place a conversation, or keep it as a draft; the members of the network get word when it is placed.

    ``velden`` are checked values of soort, titel, tekst, samenvatting and zicht. Who may read it is never wider than
    the network's conversations are. ``concept`` is the draft that this is made of. The same text twice within a
    minute is one. A sleeping network wakes. Raises GesprekFout for who is no member (any more).
    """
    if netwerk is not None:
        netwerk = Netwerk.objects.select_for_update(of=("self",)).get(pk=netwerk.pk)
        if not netwerk.is_levend or lidmaatschap_van(door, netwerk) is None:
            raise GesprekFout("U bent geen lid (meer) van dit netwerk. Wat u schreef, is niet geplaatst.")
        velden["zicht"] = min(velden.get("zicht", netwerk.zicht_gesprekken), netwerk.zicht_gesprekken)
    else:
        velden["zicht"] = max(velden.get("zicht", Zicht.PUBLIEK), Zicht.PORTAAL)
        # So that two presses wait for each other; in a network they do so by its row.
        Professional.objects.select_for_update(of=("self",)).get(pk=door.pk)
    nu = timezone.now()
    velden["tekst"] = met_namen(velden["tekst"], door, netwerk.pk if netwerk else None)
    eerder = Gesprek.objects.filter(auteur=door, netwerk=netwerk, titel=velden["titel"], tekst=velden["tekst"])
    if staand := eerder.geplaatst().filter(geplaatst_op__gt=nu - DUBBEL).first():
        return staand
    gesprek = concept if concept is not None else Gesprek(auteur=door, netwerk=netwerk)
    for naam, waarde in velden.items():
        setattr(gesprek, naam, waarde)
    gesprek.laatste_op = nu
    if not is_concept:
        gesprek.plaatsing, gesprek.geplaatst_op = Plaatsing.GEPLAATST, nu
    gesprek.save()
    woorden = list(labels)
    gesprek.labels.set(woorden)
    if not is_concept:
        zet_vector(gesprek, woorden)
        volg(gesprek=gesprek, professional=door, uit_zichzelf=True)
        if netwerk is not None:
            _leeft(netwerk)
        notifications.meld_gesprek(gesprek, netwerk)
    return gesprek


def _leeft(netwerk: Netwerk) -> None:
    """Note that there is life in a network, which is locked; one that slept wakes."""
    nu = timezone.now()
    netwerk.laatste_op = nu
    velden = ["laatste_op"]
    if netwerk.status == Netwerkstatus.SLAPEND:
        netwerk.status, netwerk.status_op = Netwerkstatus.ACTIEF, nu
        velden += ["status", "status_op"]
    netwerk.save(update_fields=velden)


@transaction.atomic
def reageer(
    *,
    gesprek: Gesprek,
    door: Professional,
    tekst: str,
    op: Reactie | None = None,
    is_per_mail: bool = False,
    verzoek: Vraagverzoek | None = None,
) -> Reactie:
    """Write the next reply of a conversation; its followers get word, and who is named.

    ``verzoek`` is a question that was put to this person, which may be answered without being a member.
    A reply to a reply to a reply is one to the first: there is one level. The same text twice within a minute is one.
    Raises GesprekFout when the person may not reply (any more).
    """
    vers = Gesprek.objects.select_for_update(of=("self",)).select_related("netwerk", "auteur").get(pk=gesprek.pk)
    lid = lidmaatschap_van(door, vers.netwerk) if vers.netwerk else None
    is_gevraagd = verzoek is not None and verzoek.gesprek_id == vers.pk and mag_vraag_beantwoorden(door, verzoek, lid)
    if not is_gevraagd and not mag_reageren(door, vers, lid):
        raise GesprekFout("U kunt hier niet (meer) reageren. Wat u schreef, is niet geplaatst.")
    nu = timezone.now()
    tekst = met_namen(tekst, door, vers.netwerk_id, vers)
    boven = None
    if op is not None:
        boven = vers.reacties.geplaatst().filter(pk=op.op_id or op.pk).first()
        if boven is None:
            raise GesprekFout("De reactie waarop u antwoordt, is intussen weggehaald.")
    eerder = vers.reacties.geplaatst().filter(auteur=door, tekst=tekst, op=boven, geplaatst_op__gt=nu - DUBBEL)
    if staand := eerder.first():
        return staand
    hoogste = vers.reacties.order_by("-nummer").values_list("nummer", flat=True).first() or 0
    reactie = Reactie.objects.create(
        gesprek=vers, nummer=hoogste + 1, op=boven, auteur=door, tekst=tekst, is_per_mail=is_per_mail
    )
    vers.aantal_reacties += 1
    vers.laatste_op = nu
    vers.save(update_fields=["aantal_reacties", "laatste_op"])
    volg(gesprek=vers, professional=door, uit_zichzelf=True)
    if vers.netwerk_id:
        Netwerk.objects.filter(pk=vers.netwerk_id).update(laatste_op=nu)
    notifications.meld_reactie(reactie)
    return reactie
