"""Answering a question that was put to somebody, on the page or by mail."""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from netwerk.actions.weten.vragen import noteer_antwoord
from netwerk.models import Gesprek, Professional, Reactie, Vraagverzoek
from netwerk.permissions import lidmaatschap_van, mag_vraag_beantwoorden


class AntwoordFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen or the mail back."""


DICHT = "Deze vraag is niet meer te beantwoorden: zij is gesloten of weggehaald."


@transaction.atomic
def beantwoord(*, verzoek: Vraagverzoek, door: Professional, tekst: str, is_per_mail: bool = False) -> Reactie:
    """Place the answer of who was asked as a reply in the conversation; AntwoordFout when it is closed by now."""
    gesprek = (
        Gesprek.objects.select_for_update(of=("self",))
        .select_related("netwerk", "auteur")
        .filter(pk=verzoek.gesprek_id)
        .first()
    )
    if gesprek is None:
        raise AntwoordFout(DICHT)
    verzoek.gesprek = gesprek
    lid = lidmaatschap_van(door, gesprek.netwerk) if gesprek.netwerk else None
    if not mag_vraag_beantwoorden(door, verzoek, lid):
        raise AntwoordFout(DICHT)
    nummer = (gesprek.reacties.aggregate(hoogste=Max("nummer"))["hoogste"] or 0) + 1
    reactie = Reactie.objects.create(gesprek=gesprek, nummer=nummer, auteur=door, tekst=tekst, is_per_mail=is_per_mail)
    Gesprek.objects.filter(pk=gesprek.pk).update(aantal_reacties=F("aantal_reacties") + 1, laatste_op=timezone.now())
    noteer_antwoord(verzoek)
    return reactie
