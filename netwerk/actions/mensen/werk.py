"""Where somebody works: said by the person, confirmed by the organisation, ended by either."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from netwerk.actions.mensen.profiel import ProfielFout
from netwerk.actions.mensen.vindbaar import ververs_mensen
from netwerk.models import Professional, Werkplek
from netwerk.notifications import mensen as notifications
from organisaties.models import Beheer, Organisatie
from organisaties.permissions import rol_van
from welzijnportal.accounts.models import Gebruiker

MEESTE_WERKPLEKKEN = 10


def voeg_werkplek_toe(
    *, mens: Professional, organisatie: Organisatie, functie: str = "", sinds: date | None = None
) -> Werkplek:
    """Say that a person works somewhere; confirmed at once for who keeps that listing, else its keepers are asked.

    Saying it twice is once. Raises ProfielFout for an organisation that is not on the portal, and for too many.
    """
    with transaction.atomic():
        vers = Professional.objects.select_for_update(of=("self",)).get(pk=mens.pk)
        if not Organisatie.objects.zichtbaar().filter(pk=organisatie.pk).exists():
            raise ProfielFout("Deze organisatie staat niet meer op het portaal.")
        if staand := vers.werkplekken.huidig().filter(organisatie=organisatie).first():
            return staand
        if vers.werkplekken.huidig().count() >= MEESTE_WERKPLEKKEN:
            raise ProfielFout(f"U kunt op hoogstens {MEESTE_WERKPLEKKEN} plekken tegelijk werken.")
        houdt_bij = bool(rol_van(vers.gebruiker, organisatie))
        plek = Werkplek.objects.create(
            professional=vers,
            organisatie=organisatie,
            functie=functie,
            sinds_datum=sinds,
            status=Werkplek.Status.BEVESTIGD if houdt_bij else Werkplek.Status.GEVRAAGD,
            beantwoord_op=timezone.now() if houdt_bij else None,
            beantwoord_door=vers.gebruiker if houdt_bij else None,
        )
        _werk_bij(vers)
        if not houdt_bij:
            notifications.vraag_bevestiging(plek)
    return plek


def beantwoord_werkplek(*, plek: Werkplek, ja: bool, door: Gebruiker) -> Werkplek:
    """Confirm or decline that somebody works at an organisation; the person gets word of a confirmation.

    Raises ProfielFout when it was answered by somebody else or ended in the meantime. A confirmation can be taken
    back by declining it later.
    """
    with transaction.atomic():
        # The person first, as in all that writes here: two answers, or an answer and an ending, wait for each other.
        mens = Professional.objects.select_for_update(of=("self",)).get(pk=plek.professional_id)
        vers = Werkplek.objects.select_related("organisatie").filter(pk=plek.pk).first()
        if vers is None or vers.tot_datum is not None:
            raise ProfielFout(f"{mens} zegt daar niet meer te werken. Er is niets veranderd.")
        nieuw = Werkplek.Status.BEVESTIGD if ja else Werkplek.Status.AFGEWEZEN
        if vers.status == nieuw:
            raise ProfielFout(f"Dit was al gebeurd: {vers.get_status_display()}.")
        vers.status, vers.beantwoord_op, vers.beantwoord_door = nieuw, timezone.now(), door
        vers.save()
        vers.professional = mens
        _werk_bij(mens)
        if ja:
            notifications.meld_bevestigd(vers)
    return vers


def beeindig_werkplek(*, plek: Werkplek, tot: date | None = None) -> None:
    """End a place of work: what was asked and never answered goes, the rest stays as history for the person.

    Networks and contacts stay as they are. Nothing happens when it had ended. Raises ProfielFout for an end before
    the beginning.
    """
    try:
        with transaction.atomic():
            mens = Professional.objects.select_for_update(of=("self",)).get(pk=plek.professional_id)
            vers = mens.werkplekken.huidig().filter(pk=plek.pk).first()
            if vers is None:
                return
            if vers.status != Werkplek.Status.BEVESTIGD:
                vers.delete()
            else:
                vers.tot_datum = tot or timezone.localdate()
                vers.save(update_fields=["tot_datum"])
            _werk_bij(mens)
    except IntegrityError as fout:
        raise ProfielFout("De einddatum ligt voor de begindatum.") from fout


def bevestig_als_moderator(*, mens: Professional, ja: bool) -> None:
    """Let a moderator say that somebody works in welfare, for who works where no listing is; or take it back."""
    with transaction.atomic():
        vers = Professional.objects.select_for_update(of=("self",)).get(pk=mens.pk)
        vers.bevestigd_op = (vers.bevestigd_op or timezone.now()) if ja else None
        vers.is_bevestigd_door_redactie = ja
        vers.save(update_fields=["bevestigd_op", "is_bevestigd_door_redactie"])
        if not ja:
            _werk_bij(vers)
        ververs_mensen([vers.pk])


def rol_over_te_dragen(mens: Professional, organisatie: Organisatie) -> str:
    """Return the role that somebody who leaves still has at the organisation, or ''."""
    rij = Beheer.objects.filter(organisatie=organisatie, gebruiker=mens.gebruiker_id).first()
    return rij.rol if rij else ""


def _werk_bij(mens: Professional) -> None:
    """Set since when the person is confirmed, and the search rows; the profile's row is locked."""
    eerste = mens.werkplekken.bevestigd().order_by("beantwoord_op").values_list("beantwoord_op", flat=True).first()
    if mens.is_bevestigd_door_redactie:
        eerste = mens.bevestigd_op or eerste
    if mens.bevestigd_op != eerste:
        mens.bevestigd_op = eerste
        mens.save(update_fields=["bevestigd_op"])
    ververs_mensen([mens.pk])
