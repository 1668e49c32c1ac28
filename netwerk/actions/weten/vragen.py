"""'Wie weet dit?': a question goes to a few peers, and to others when nobody answers."""

import logging
from collections import Counter

from django.db import transaction
from django.utils import timezone

from netwerk.actions.weten.kandidaten import Kandidaat, zoek_kandidaten
from netwerk.keuzes import Plaatsing
from netwerk.models import Gesprek, Professional, Reactie, Rondvraag, Vraagverzoek
from netwerk.models.weten import MEESTE_RONDES, PER_RONDE, is_vraag_te_stellen, over_drie_dagen
from netwerk.notifications import weten as meldingen

logger = logging.getLogger(__name__)

# As many are looked up for each that is asked, because some turn out to have been asked enough by now.
RUIM = 3
# The first two rounds stay in the region of the asker.
STREEK_KM = 60


class VraagFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


@transaction.atomic
def stel_vraag(*, gesprek: Gesprek, door: Professional) -> int:
    """Let a question go to at most five peers who may know; return how many were asked.

    Pressed twice it goes once. When nobody answers it goes on by itself, see ``doe_rondes``; when the replies did
    not help, the asker may press again, until three rounds are over. Raises VraagFout.
    """
    if gesprek.auteur_id != door.pk:
        raise VraagFout("Alleen wie de vraag stelde, kan haar laten rondgaan.")
    Rondvraag.objects.get_or_create(gesprek=gesprek)
    rondvraag = _vergrendel(gesprek.pk)
    if rondvraag is None or not is_vraag_te_stellen(rondvraag.gesprek):
        raise VraagFout("Deze vraag kan niet (meer) rondgaan: zij is beantwoord, gesloten of weggehaald.")
    if rondvraag.ronde >= MEESTE_RONDES:
        raise VraagFout("Uw vraag ging al drie keer rond.")
    if rondvraag.volgende_op is not None:
        return rondvraag.gesprek.vraagverzoeken.filter(ronde=rondvraag.ronde).count()
    return _doe_ronde(rondvraag)


def doe_rondes() -> int:
    """Let each question that nobody answered in three days go to others; return how many people were asked.

    One transaction for each question, under a lock on its row: cut off at any point, a question has had the whole
    round or none of it, and doing this again asks nobody twice.
    """
    gevraagd = 0
    for pk in list(Rondvraag.objects.aan_de_beurt(timezone.now()).values_list("gesprek", flat=True)):
        try:
            gevraagd += _ga_verder(pk)
        except Exception:
            logger.exception("A question could not go to others: %s", pk)
    return gevraagd


@transaction.atomic
def _ga_verder(gesprek_pk: int) -> int:
    rondvraag = _vergrendel(gesprek_pk, skip_locked=True)
    if rondvraag is None or rondvraag.volgende_op is None or rondvraag.volgende_op > timezone.now():
        return 0
    gesprek = rondvraag.gesprek
    if not is_vraag_te_stellen(gesprek) or gesprek.auteur is None or _heeft_reactie(gesprek):
        rondvraag.volgende_op = None
        rondvraag.save(update_fields=["volgende_op"])
        return 0
    aantal = _doe_ronde(rondvraag)
    meldingen.meld_ronde_klaar(gesprek, aantal)
    return aantal


def _vergrendel(gesprek_pk: int, *, skip_locked: bool = False) -> Rondvraag | None:
    return (
        Rondvraag.objects.select_for_update(of=("self",), skip_locked=skip_locked)
        .select_related("gesprek__netwerk", "gesprek__auteur")
        .filter(gesprek=gesprek_pk)
        .first()
    )


def _heeft_reactie(gesprek: Gesprek) -> bool:
    return (
        Reactie.objects.geplaatst()
        .filter(gesprek=gesprek, auteur__isnull=False)
        .exclude(auteur=gesprek.auteur_id)
        .exists()
    )


def _doe_ronde(rondvraag: Rondvraag) -> int:
    """Ask the next few; the row of the round is locked. In the last round the region counts no more."""
    nu = timezone.now()
    gesprek = rondvraag.gesprek
    rondvraag.ronde += 1
    straal = STREEK_KM if rondvraag.ronde < MEESTE_RONDES else None
    gekozen = _kies(gesprek, straal)
    if not gekozen and straal is not None:
        gekozen = _kies(gesprek, None)
    verzoeken = [
        Vraagverzoek(
            gesprek=gesprek,
            professional=mens,
            ronde=rondvraag.ronde,
            reden=kandidaat.reden,
            gestuurd_op=nu,
        )
        for mens, kandidaat in gekozen
    ]
    for verzoek in Vraagverzoek.objects.bulk_create(verzoeken):
        meldingen.vraag_het(verzoek)
    rondvraag.volgende_op = over_drie_dagen(nu) if rondvraag.ronde < MEESTE_RONDES else None
    rondvraag.save(update_fields=["ronde", "volgende_op"])
    return len(verzoeken)


def _kies(gesprek: Gesprek, straal: int | None) -> list[tuple[Professional, Kandidaat]]:
    """The best who may be asked this month, each locked, so that two questions at once do not pass the limit.

    Locked in the order of their keys: two questions that want the same people do not wait for each other for ever.
    """
    kandidaten = zoek_kandidaten(gesprek, aantal=PER_RONDE * RUIM, straal_km=straal)
    mensen = {
        mens.pk: mens
        for mens in Professional.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[kandidaat.pk for kandidaat in kandidaten], gebruiker__is_active=True)
        .order_by("pk")
    }
    # Counted after the lock: what another question did meanwhile is in it.
    al = Counter(
        Vraagverzoek.objects.deze_maand(timezone.now())
        .filter(professional__in=list(mensen))
        .values_list("professional", flat=True)
    )
    mag = [
        (mensen[kandidaat.pk], kandidaat)
        for kandidaat in kandidaten
        if kandidaat.pk in mensen and al[kandidaat.pk] < mensen[kandidaat.pk].vragen_per_maand
    ]
    return mag[:PER_RONDE]


@transaction.atomic
def sla_af(*, verzoek: Vraagverzoek) -> None:
    """Say 'I do not know this'; the question does not come again. After an answer it changes nothing."""
    Vraagverzoek.objects.filter(pk=verzoek.pk, beantwoord_op=None, afgeslagen_op=None).update(
        afgeslagen_op=timezone.now()
    )


@transaction.atomic
def vraag_mij(*, door: Professional, per_maand: int) -> int:
    """Set how many questions a month somebody wants (0 is none); return how many it was."""
    vers = Professional.objects.select_for_update(of=("self",), no_key=True).get(pk=door.pk)
    was = vers.vragen_per_maand
    vers.vragen_per_maand = door.vragen_per_maand = per_maand
    vers.save(update_fields=["vragen_per_maand"])
    return was


def noteer_antwoord(verzoek: Vraagverzoek) -> None:
    """Write that the person answered; who first said not to know, changed their mind."""
    Vraagverzoek.objects.filter(pk=verzoek.pk, beantwoord_op=None).update(
        beantwoord_op=timezone.now(), afgeslagen_op=None
    )


def vraag_van(verzoek_pk: int, professional: Professional) -> Vraagverzoek | None:
    """Return a question that was put to this person, whatever became of it."""
    return (
        Vraagverzoek.objects.met_antwoord()
        .select_related("gesprek__netwerk", "gesprek__auteur")
        .filter(pk=verzoek_pk, professional=professional, gesprek__plaatsing=Plaatsing.GEPLAATST)
        .first()
    )
