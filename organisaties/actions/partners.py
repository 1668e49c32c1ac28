"""Links between organisations: asking, answering and ending them."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.wijzigen import leg_vast
from organisaties.models import Organisatie, Verbinding
from organisaties.models.beheer import Rol
from welzijnportal.accounts.models import Gebruiker

Soort, Status = Verbinding.Soort, Verbinding.Status
# Who said no is not asked again by the same organisation for so long.
RUST = timedelta(days=90)
MEEST_OPEN = 50
MEEST_NIVEAUS = 10


class PartnerFout(Exception):
    """This link cannot be asked, confirmed or ended (any more); the message is in Dutch, for the screen."""


@transaction.atomic
def vraag(*, van: Organisatie, naar: Organisatie, soort: Verbinding.Soort, door: Gebruiker) -> Verbinding:
    """Ask another organisation to be partner, or (``ONDERDEEL``) to say that ``van`` is a part of it; mails its beheerders.

    Locks both listings, so that two who ask each other at once get one row: the second one's request is then the
    answer to the first, and both are partners. Raises PartnerFout.
    """
    van, naar = _vergrendel(van, naar)
    if soort == Soort.ONDERDEEL:
        _kan_onderdeel(van, naar)
        staand = Verbinding.objects.filter(soort=soort, van=van, naar=naar).first()
    else:
        staand = Verbinding.objects.tussen(van, naar).filter(soort=soort).first()
    if staand and staand.status == Status.BEVESTIGD and soort == Soort.PARTNER:
        raise PartnerFout(f"{naar} is al partner van {van}.")
    if staand and staand.status == Status.GEVRAAGD:
        if staand.naar_id == van.pk:
            return _antwoord(staand, Status.BEVESTIGD, door)
        raise PartnerFout(f"U hebt dit al gevraagd aan {naar}. Wacht nog even op antwoord.")
    if staand and staand.status == Status.AFGEWEZEN and staand.van_id == van.pk and not _is_lang_geleden(staand):
        raise PartnerFout(f"{naar} heeft dit kort geleden niet bevestigd. Neem zelf contact op als dat anders moet.")
    if Verbinding.objects.filter(van=van, status=Status.GEVRAAGD).count() >= MEEST_OPEN:
        raise PartnerFout("Er wachten al veel vragen van u op antwoord. Trek er eerst een in.")
    if not naar.beheer.filter(rol=Rol.BEHEERDER, gebruiker__is_active=True).exists():
        raise PartnerFout(f"Niemand beheert nu de vermelding van {naar}, dus niemand kan antwoorden.")
    if staand:
        staand.delete()
    verbinding = Verbinding.objects.create(soort=soort, van=van, naar=naar, gevraagd_door=door)
    notifications.meld_partnervraag(verbinding)
    return verbinding


def _vergrendel(een: Organisatie, ander: Organisatie) -> tuple[Organisatie, Organisatie]:
    if een.pk == ander.pk:
        raise PartnerFout("Kies een andere organisatie dan de uwe.")
    rijen = {
        rij.pk: rij
        for rij in Organisatie.objects.select_for_update(of=("self",)).filter(pk__in=[een.pk, ander.pk]).order_by("pk")
    }
    if not all(rij.is_zichtbaar for rij in rijen.values()):
        raise PartnerFout("Dat kan alleen tussen organisaties die op het portaal staan.")
    return rijen[een.pk], rijen[ander.pk]


def _is_lang_geleden(verbinding: Verbinding) -> bool:
    return verbinding.beantwoord_op is not None and timezone.now() - verbinding.beantwoord_op > RUST


def _kan_onderdeel(lid: Organisatie, ouder: Organisatie) -> None:
    # One at a time: four organisations could close a circle with two links that share no listing to lock.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisaties hoort bij'))")
    if lid.hoort_bij_id == ouder.pk:
        raise PartnerFout(f"{lid} hoort al bij {ouder}.")
    if lid.hoort_bij_id:
        raise PartnerFout(f"{lid} hoort nu bij {lid.hoort_bij}. Maak dat eerst los.")
    wacht = Verbinding.objects.filter(soort=Soort.ONDERDEEL, van=lid, status=Status.GEVRAAGD).exclude(naar=ouder)
    if wacht.exists():
        raise PartnerFout("Er wacht al een vraag om bij een andere organisatie te horen. Trek die eerst in.")
    boven: Organisatie | None = ouder
    for _ in range(MEEST_NIVEAUS):
        if boven is None:
            return
        if boven.pk == lid.pk:
            raise PartnerFout(f"{ouder} hoort zelf bij {lid}. Het kan niet andersom ook zo zijn.")
        boven = boven.hoort_bij
    raise PartnerFout("Er zitten te veel organisaties boven elkaar.")


@transaction.atomic
def beantwoord(*, verbinding: Verbinding, ja: bool, door: Gebruiker) -> Verbinding:
    """Confirm or decline what was asked; mails who asked. Raises PartnerFout when it was answered or withdrawn first."""
    _vergrendel(verbinding.van, verbinding.naar)
    vers = _wachtend(verbinding)
    return _antwoord(vers, Status.BEVESTIGD if ja else Status.AFGEWEZEN, door)


def _wachtend(verbinding: Verbinding) -> Verbinding:
    vers = (
        Verbinding.objects.select_for_update(of=("self",))
        .select_related("van", "naar", "beantwoord_door")
        .filter(pk=verbinding.pk)
        .first()
    )
    if vers is None:
        raise PartnerFout("Deze vraag is intussen ingetrokken.")
    if vers.status != Status.GEVRAAGD:
        wie = f" door {vers.beantwoord_door}" if vers.beantwoord_door else ""
        raise PartnerFout(f"Deze vraag is al beantwoord{wie}: {vers.get_status_display()}.")
    return vers


def _antwoord(verbinding: Verbinding, status: Verbinding.Status, door: Gebruiker) -> Verbinding:
    if verbinding.soort == Soort.ONDERDEEL and status == Status.BEVESTIGD:
        # The lock lies on the two listings; what is above the parent may have changed since it was asked.
        lid = verbinding.van
        _kan_onderdeel(lid, verbinding.naar)
        lid.hoort_bij = verbinding.naar
        lid._history_user = door  # type: ignore[attr-defined]
        lid.save()
        leg_vast(organisatie=lid, door=door)
    verbinding.status, verbinding.beantwoord_door, verbinding.beantwoord_op = status, door, timezone.now()
    verbinding.save()
    notifications.meld_partnerantwoord(verbinding)
    return verbinding


@transaction.atomic
def beeindig(*, verbinding: Verbinding) -> None:
    """End a partnership or withdraw a question; either side may, and it sends no mail."""
    Verbinding.objects.filter(pk=verbinding.pk).delete()


@transaction.atomic
def maak_los(*, lid: Organisatie, door: Gebruiker) -> None:
    """Let an organisation no longer be a part of the one it belongs to."""
    vers = Organisatie.objects.select_for_update(of=("self",)).get(pk=lid.pk)
    Verbinding.objects.filter(soort=Soort.ONDERDEEL, van=vers, naar=vers.hoort_bij_id).delete()
    vers.hoort_bij = None
    vers._history_user = door  # type: ignore[attr-defined]
    vers.save()
    leg_vast(organisatie=vers, door=door)
