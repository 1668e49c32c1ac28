"""Answering a question that was put to somebody, on the page or by mail."""

from typing import Any

from django.db import transaction

from netwerk.actions.gesprekken.basis import GesprekFout
from netwerk.actions.gesprekken.plaatsen import reageer
from netwerk.actions.weten.vragen import noteer_antwoord
from netwerk.models import Gesprek, Professional, Reactie, Vraagverzoek


class AntwoordFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen or the mail back."""


DICHT = "Deze vraag is niet meer te beantwoorden: zij is gesloten of weggehaald."


@transaction.atomic
def beantwoord(*, verzoek: Vraagverzoek, door: Professional, tekst: str, is_per_mail: bool = False) -> Reactie:
    """Place the answer of who was asked as a reply in the conversation; AntwoordFout when that cannot be any more."""
    # Read under a lock, so that a conversation that closes at this moment is seen closed.
    gesprek = (
        Gesprek.objects.select_for_update(of=("self",))
        .select_related("netwerk", "auteur")
        .filter(pk=verzoek.gesprek_id)
        .first()
    )
    if gesprek is None:
        raise AntwoordFout(DICHT)
    verzoek.gesprek = gesprek
    try:
        reactie = reageer(gesprek=gesprek, door=door, tekst=tekst, is_per_mail=is_per_mail, verzoek=verzoek)
    except GesprekFout:
        raise AntwoordFout(DICHT) from None
    noteer_antwoord(verzoek)
    return reactie


def beantwoord_per_mail(*, pk: int, door: Professional, tekst: str, bijlagen: list[Any]) -> Reactie:
    """Take in the answer to the mail of question ``pk``; AntwoordFout for whoever was not asked. Attachments stay out."""
    del bijlagen
    verzoek = Vraagverzoek.objects.filter(pk=pk, professional=door).first()
    if verzoek is None:
        raise AntwoordFout(DICHT)
    return beantwoord(verzoek=verzoek, door=door, tekst=tekst, is_per_mail=True)
