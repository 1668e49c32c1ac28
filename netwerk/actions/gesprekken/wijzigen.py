"""Changing, withdrawing and bringing back what one wrote, with its history; and what beheerders of a network do."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from netwerk.actions.gesprekken.basis import GesprekFout, met_namen, zet_vector
from netwerk.keuzes import Plaatsing
from netwerk.models import Gesprek, Gesprekslabel, Professional, Reactie, Tekstversie
from netwerk.models.gesprek import GEWIST
from netwerk.notifications import gesprekken as notifications
from netwerk.permissions import lidmaatschap_van, mag_gesprek_leiden, mag_gesprek_wijzigen, mag_reactie_wijzigen

HERSTELBAAR = timedelta(days=30)
INTUSSEN = "Deze tekst is intussen gewijzigd, misschien door u in een ander venster."


class Botsing(GesprekFout):
    """The text changed after it was opened; ``nu`` is what stands there now."""

    def __init__(self, nu: str) -> None:
        super().__init__(INTUSSEN)
        self.nu = nu


@transaction.atomic
def wijzig_gesprek(
    *,
    gesprek: Gesprek,
    door: Professional,
    velden: dict[str, Any],
    labels: Iterable[str],
    gezien_op: datetime | None,
) -> Gesprek:
    """Change a placed conversation; what it was is kept. GesprekFout for who may not, Botsing for an older version."""
    vers = Gesprek.objects.select_for_update(of=("self",)).get(pk=gesprek.pk)
    if not mag_gesprek_wijzigen(door, vers):
        raise GesprekFout("U kunt dit niet (meer) wijzigen.")
    if vers.gewijzigd_op != gezien_op:
        raise Botsing(vers.tekst)
    tekst = met_namen(velden["tekst"], door, vers.netwerk_id, vers)
    if (vers.titel, vers.tekst) != (velden["titel"], tekst):
        Tekstversie.objects.create(gesprek=vers, titel=vers.titel, tekst=vers.tekst)
        vers.gewijzigd_op = timezone.now()
    vers.titel, vers.tekst = velden["titel"], tekst
    vers.samenvatting = velden.get("samenvatting", vers.samenvatting)
    vers.save(update_fields=["titel", "tekst", "samenvatting", "gewijzigd_op"])
    woorden = list(labels)
    vers.labels.set(woorden)
    zet_vector(vers, woorden)
    return vers


@transaction.atomic
def wijzig_reactie(*, reactie: Reactie, door: Professional, tekst: str, gezien_op: datetime | None) -> Reactie:
    """Change a reply; what it was is kept. GesprekFout for who may not, Botsing for an older version."""
    vers = Reactie.objects.select_for_update(of=("self",)).select_related("gesprek").get(pk=reactie.pk)
    if not mag_reactie_wijzigen(door, vers):
        raise GesprekFout("U kunt dit niet (meer) wijzigen.")
    if vers.gewijzigd_op != gezien_op:
        raise Botsing(vers.tekst)
    tekst = met_namen(tekst, door, vers.gesprek.netwerk_id, vers.gesprek)
    if vers.tekst != tekst:
        Tekstversie.objects.create(reactie=vers, tekst=vers.tekst)
        vers.tekst, vers.gewijzigd_op = tekst, timezone.now()
        vers.save(update_fields=["tekst", "gewijzigd_op"])
    return vers


@transaction.atomic
def trek_in(*, wat: Gesprek | Reactie, door: Professional) -> None:
    """Take one's own text off the page and out of the search at once; 30 days long it can be brought back."""
    if isinstance(wat, Gesprek):
        vers = Gesprek.objects.select_for_update(of=("self",)).get(pk=wat.pk)
        if not mag_gesprek_wijzigen(door, vers):
            raise GesprekFout("U kunt dit niet (meer) intrekken.")
        vers.plaatsing, vers.gewijzigd_op = Plaatsing.INGETROKKEN, timezone.now()
        vers.geplaatst_op = vers.geplaatst_op or timezone.now()
        vers.save(update_fields=["plaatsing", "gewijzigd_op", "geplaatst_op"])
        return
    gesprek = Gesprek.objects.select_for_update(of=("self",)).get(pk=wat.gesprek_id)
    reactie = Reactie.objects.select_for_update(of=("self",)).get(pk=wat.pk)
    if not mag_reactie_wijzigen(door, reactie):
        raise GesprekFout("U kunt dit niet (meer) intrekken.")
    reactie.plaatsing, reactie.gewijzigd_op = Plaatsing.INGETROKKEN, timezone.now()
    reactie.save(update_fields=["plaatsing", "gewijzigd_op"])
    tel_opnieuw(gesprek, zonder=reactie)


@transaction.atomic
def herstel(*, wat: Gesprek | Reactie, door: Professional) -> None:
    """Bring back what one withdrew, within 30 days; GesprekFout after that and for who did not write it."""
    model = type(wat)
    if isinstance(wat, Reactie):
        gesprek = Gesprek.objects.select_for_update(of=("self",)).get(pk=wat.gesprek_id)
    vers = model.objects.select_for_update(of=("self",)).get(pk=wat.pk)
    te_laat = vers.gewijzigd_op is None or vers.gewijzigd_op < timezone.now() - HERSTELBAAR
    if vers.auteur_id != door.pk or vers.plaatsing != Plaatsing.INGETROKKEN or te_laat:
        raise GesprekFout("Dit is niet meer terug te zetten.")
    vers.plaatsing = Plaatsing.GEPLAATST
    vers.save(update_fields=["plaatsing"])
    if isinstance(vers, Reactie):
        tel_opnieuw(gesprek)


def haal_reactie_weg(reactie: Reactie, reden: str) -> None:
    """Hide a reply; it and its conversation are locked."""
    reactie.plaatsing, reactie.reden_verborgen = Plaatsing.VERBORGEN, reden
    reactie.save(update_fields=["plaatsing", "reden_verborgen"])
    tel_opnieuw(reactie.gesprek, zonder=reactie)


def tel_opnieuw(gesprek: Gesprek, zonder: Reactie | None = None) -> None:
    """Count the replies of a locked conversation; an answer that is gone is no answer."""
    gesprek.aantal_reacties = gesprek.reacties.geplaatst().count()
    if zonder is not None and gesprek.antwoord_id == zonder.pk:
        gesprek.antwoord = None
    gesprek.save(update_fields=["aantal_reacties", "antwoord"])


@transaction.atomic
def leid(*, gesprek: Gesprek, door: Professional, wat: str, reden: str = "") -> Gesprek:
    """Close, open, pin, unpin or hide a conversation: 'sluit', 'heropen', 'zet_vast', 'maak_los', 'verberg'.

    The author may close and open their own. Hiding tells the author why. GesprekFout for who may not.
    """
    vers = Gesprek.objects.select_for_update(of=("self",)).select_related("netwerk", "auteur").get(pk=gesprek.pk)
    lid = lidmaatschap_van(door, vers.netwerk) if vers.netwerk else None
    mag = mag_gesprek_leiden(vers, lid) or (wat in ("sluit", "heropen") and vers.auteur_id == door.pk)
    if not mag or vers.plaatsing != Plaatsing.GEPLAATST:
        raise GesprekFout("U kunt dit niet (meer) doen.")
    if wat in ("sluit", "heropen"):
        vers.is_gesloten = wat == "sluit"
    elif wat in ("zet_vast", "maak_los"):
        vers.is_vastgezet = wat == "zet_vast"
    elif wat == "verberg":
        vers.plaatsing, vers.reden_verborgen = Plaatsing.VERBORGEN, reden
        notifications.meld_verborgen(vers, reden)
    vers.save(update_fields=["is_gesloten", "is_vastgezet", "plaatsing", "reden_verborgen"])
    return vers


@transaction.atomic
def verberg_reactie(*, reactie: Reactie, door: Professional, reden: str) -> None:
    """Hide a reply in a network that one keeps; its author hears why, and it is kept with the reply.

    GesprekFout for who may not, without a reason, and for a reply that does not stand (any more). Locks the
    conversation and then the reply, so that an edit of this moment is either in what is hidden or refused.
    """
    gesprek = Gesprek.objects.select_for_update(of=("self",)).select_related("netwerk").get(pk=reactie.gesprek_id)
    lid = lidmaatschap_van(door, gesprek.netwerk) if gesprek.netwerk else None
    if not mag_gesprek_leiden(gesprek, lid):
        raise GesprekFout("U kunt dit niet (meer) doen.")
    if not reden:
        raise GesprekFout("Schrijf waarom u de reactie verbergt. De schrijver leest dit.")
    vers = Reactie.objects.select_for_update(of=("self",)).get(pk=reactie.pk)
    if vers.plaatsing != Plaatsing.GEPLAATST:
        raise GesprekFout("Deze reactie staat er niet meer.")
    vers.gesprek = gesprek
    haal_reactie_weg(vers, reden)
    notifications.meld_reactie_verborgen(vers, reden)


def wis_ingetrokken() -> int:
    """Erase what was withdrawn more than 30 days ago; return how many texts. What others wrote is never erased."""
    grens = timezone.now() - HERSTELBAAR
    oud = {"plaatsing": Plaatsing.INGETROKKEN, "gewijzigd_op__lt": grens}
    reacties = Reactie.objects.filter(**oud).exclude(tekst=GEWIST)
    # A reply that others answered leaves its place behind, without a word of it.
    aantal = reacties.count()
    Tekstversie.objects.filter(reactie__in=reacties).delete()
    reacties.update(tekst=GEWIST, auteur=None)
    return aantal + wis_gesprekken(Gesprek.objects.filter(**oud))


@transaction.atomic
def wis_gesprekken(gesprekken: QuerySet[Gesprek]) -> int:
    """Erase conversations; where others replied the place stays for their replies, without a word of the author.

    Return how many were erased. What is left says 'Ingetrokken gesprek', has no author and is found by no search.
    """
    beantwoord = Exists(Reactie.objects.van_anderen().filter(gesprek=OuterRef("pk")))
    # Locked before they are looked at: a reply that is being placed waits, or is seen.
    pks = list(gesprekken.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    rijen = Gesprek.objects.filter(pk__in=pks)
    blijvend = list(rijen.filter(beantwoord).exclude(tekst=GEWIST).values_list("pk", flat=True))
    eigen = Reactie.objects.filter(gesprek__in=blijvend, auteur__isnull=False, auteur=F("gesprek__auteur"))
    eigen_pks = list(eigen.values_list("pk", flat=True))
    Tekstversie.objects.filter(Q(gesprek__in=blijvend) | Q(reactie__in=eigen_pks)).delete()
    Gesprekslabel.objects.filter(content_object__in=blijvend).delete()
    Reactie.objects.filter(pk__in=eigen_pks).update(auteur=None, tekst=GEWIST, plaatsing=Plaatsing.INGETROKKEN)
    geplaatst = Reactie.objects.geplaatst().filter(gesprek=OuterRef("pk")).order_by().values("gesprek")
    Gesprek.objects.filter(pk__in=blijvend).update(
        titel="Ingetrokken gesprek",
        samenvatting="",
        tekst=GEWIST,
        auteur=None,
        vector="",
        is_vastgezet=False,
        aantal_reacties=Coalesce(Subquery(geplaatst.values(aantal=Count("*"))), 0),
    )
    weg = rijen.exclude(beantwoord)
    aantal = len(blijvend) + weg.count()
    weg.delete()
    return aantal
