"""Becoming beheerder of a listing that others made: at once by an address of its own domain, else on request."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.dubbelen import gedeelde_hosts
from organisaties.models import Beheer, Organisatie, Overname
from organisaties.models.beheer import Rol
from organisaties.models.organisatie import WEBDOMEIN
from organisaties.permissions import mag_beheren
from welzijnportal.accounts.models import Gebruiker

BEDENKTIJD = timedelta(days=7)
BEWAAR_UITLEG = timedelta(days=90)
# So many listings with one host: a page of many, as a municipality's, proves nothing of each.
VEEL = 3
MAILDOMEINEN = Path(__file__).resolve().parent.parent / "data" / "publieke_maildomeinen.csv"


class OvernameFout(Exception):
    """This cannot be taken over or decided; the message is in Dutch, for the screen."""


@cache
def publieke_maildomeinen() -> frozenset[str]:
    """Domains on which anybody may have an address; source: the providers, see the file."""
    regels = MAILDOMEINEN.read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(regel.partition(",")[0] for regel in regels if regel)


def _is_gedeeld(host: str) -> bool:
    delen = host.split(".")
    achtervoegsels = {".".join(delen[nummer:]) for nummer in range(len(delen))}
    return bool(achtervoegsels & (gedeelde_hosts() | publieke_maildomeinen()))


def eigen_domein(organisatie: Organisatie) -> str:
    """Return the host of the website when it is this organisation's own; '' when others have pages there too."""
    host = organisatie.webdomein
    # A name without a dot is a machine, one with a single label before 'nl' is registered by somebody.
    if host.count(".") < 1 or _is_gedeeld(host):
        return ""
    anderen = Organisatie.objects.zichtbaar().exclude(pk=organisatie.pk).alias(domein=WEBDOMEIN).filter(domein=host)
    return "" if anderen[:VEEL].count() >= VEEL else host


def adres_op_domein(gebruiker: Gebruiker, organisatie: Organisatie) -> str:
    """Return a confirmed address of this person on the website's own host or below it, or ''.

    Not on a host above it: who reads mail at a municipality does not keep each site that it hosts.
    """
    host = eigen_domein(organisatie)
    if not host:
        return ""
    for adres in EmailAddress.objects.filter(user=gebruiker, verified=True).order_by("-primary", "pk"):
        domein = adres.email.rpartition("@")[2].lower().removeprefix("www.")
        if (domein == host or domein.endswith(f".{host}")) and not _is_gedeeld(domein):
            return adres.email
    return ""


def _vergrendel(pk: int) -> Organisatie:
    organisatie = Organisatie.objects.select_for_update(of=("self",)).get(pk=pk)
    if not organisatie.is_zichtbaar:
        raise OvernameFout("Deze vermelding staat niet meer op het portaal.")
    return organisatie


def heeft_beheerder(organisatie: Organisatie) -> bool:
    return organisatie.beheer.filter(gebruiker__is_active=True).exists()


def _hoort_er_al_bij(organisatie: Organisatie, door: Gebruiker) -> None:
    if organisatie.beheer.filter(gebruiker=door).exists():
        raise OvernameFout("U houdt deze vermelding al bij.")


def _laat_binnen(overname: Overname, rol: Rol) -> None:
    beheer, nieuw = Beheer.objects.get_or_create(
        organisatie_id=overname.organisatie_id, gebruiker_id=overname.gebruiker_id, defaults={"rol": rol}
    )
    if not nieuw and rol == Rol.BEHEERDER and beheer.rol != Rol.BEHEERDER:
        beheer.rol = Rol.BEHEERDER
        beheer.save(update_fields=["rol"])


@transaction.atomic
def neem_over(*, organisatie: Organisatie, door: Gebruiker) -> Overname:
    """Make the person beheerder at once, by a confirmed address on the website's own domain.

    The first to come becomes beheerder: the listing is locked, and whoever comes second hears that there is
    one now. Tells the organisation at its general address. Raises OvernameFout.
    """
    organisatie = _vergrendel(organisatie.pk)
    _hoort_er_al_bij(organisatie, door)
    if not adres_op_domein(door, organisatie):
        raise OvernameFout("U hebt geen bevestigd e-mailadres op het domein van deze website.")
    if heeft_beheerder(organisatie):
        raise OvernameFout("Iemand anders houdt deze vermelding nu bij. Vraag hieronder of u mag meehelpen.")
    nu = timezone.now()
    organisatie.overnames.filter(gebruiker=door, status=Overname.Status.OPEN).delete()
    overname = Overname.objects.create(
        organisatie=organisatie,
        gebruiker=door,
        via_domein=True,
        status=Overname.Status.TOEGEKEND,
        gevraagd_op=nu,
        beoordeeld_op=nu,
    )
    _laat_binnen(overname, Rol.BEHEERDER)
    notifications.meld_overgenomen(overname)
    return overname


@transaction.atomic
def vraag_overname(*, organisatie: Organisatie, door: Gebruiker, uitleg: str) -> Overname:
    """Ask to keep a listing; whoever keeps it now hears it first and has a week, then a moderator decides.

    A form that is sent twice gives one request. Raises OvernameFout.
    """
    organisatie = _vergrendel(organisatie.pk)
    _hoort_er_al_bij(organisatie, door)
    if eerder := organisatie.overnames.filter(gebruiker=door, status=Overname.Status.OPEN).first():
        return eerder
    nu = timezone.now()
    er_is_iemand = heeft_beheerder(organisatie)
    overname = Overname.objects.create(
        organisatie=organisatie,
        gebruiker=door,
        uitleg=uitleg,
        gevraagd_op=nu,
        beslisbaar_op=nu + BEDENKTIJD if er_is_iemand else nu,
    )
    if er_is_iemand:
        notifications.meld_overname_aan_beheerders(overname)
    else:
        notifications.meld_overname_aan_moderatoren(overname)
    return overname


def _open(overname: Overname) -> Overname:
    """Lock the listing, then the request: the order in which everybody takes them."""
    Organisatie.objects.select_for_update(of=("self",)).get(pk=overname.organisatie_id)
    actueel = (
        Overname.objects.select_for_update(of=("self",)).select_related("organisatie", "gebruiker").get(pk=overname.pk)
    )
    if actueel.status != Overname.Status.OPEN:
        raise OvernameFout(f"Over deze aanvraag is al beslist: {actueel.get_status_display()}. Er is niets veranderd.")
    return actueel


@transaction.atomic
def reageer(*, overname: Overname, door: Gebruiker, klopt: bool, rol: Rol = Rol.REDACTEUR) -> Overname:
    """Let the asker in, or say that this person does not belong here; then a moderator decides.

    Raises OvernameFout when it was decided and when whoever answers is no beheerder by now.
    """
    actueel = _open(overname)
    if not mag_beheren(door, actueel.organisatie):
        raise OvernameFout("U bent geen beheerder van deze organisatie meer.")
    actueel.reactie = Overname.Reactie.KLOPT if klopt else Overname.Reactie.KLOPT_NIET
    actueel.reactie_door = door
    if klopt:
        _laat_binnen(actueel, rol)
        actueel.status, actueel.beoordeeld_door = Overname.Status.TOEGEKEND, door
        actueel.beoordeeld_op = timezone.now()
    actueel.save()
    if klopt:
        notifications.meld_overname_besloten(actueel)
    else:
        notifications.meld_overname_aan_moderatoren(actueel)
    return actueel


@transaction.atomic
def beoordeel_overname(*, overname: Overname, door: Gebruiker, akkoord: bool, reden: str = "") -> Overname:
    """Decide as a moderator, and mail the asker. Raises OvernameFout within the week of the beheerders."""
    actueel = _open(overname)
    if not actueel.is_te_beoordelen:
        raise OvernameFout("De beheerders hebben nog tijd om te reageren. Wacht tot die voorbij is.")
    if not akkoord and not reden.strip():
        raise OvernameFout("Schrijf op waarom u de aanvraag afwijst. De vrager leest dit.")
    actueel.status = Overname.Status.TOEGEKEND if akkoord else Overname.Status.AFGEWEZEN
    actueel.beoordeeld_door, actueel.beoordeeld_op, actueel.reden = door, timezone.now(), reden.strip()
    actueel.save()
    if akkoord:
        _laat_binnen(actueel, Rol.BEHEERDER)
    notifications.meld_overname_besloten(actueel)
    return actueel


@transaction.atomic
def trek_overname_in(*, overname: Overname) -> None:
    """Let the asker take the request back."""
    Overname.objects.filter(pk=overname.pk, status=Overname.Status.OPEN).update(
        status=Overname.Status.INGETROKKEN, beoordeeld_op=timezone.now()
    )


def ruim_overnames_op() -> int:
    """Erase what people wrote about themselves, 90 days after the decision."""
    oud = Overname.objects.filter(beoordeeld_op__lt=timezone.now() - BEWAAR_UITLEG)
    return oud.filter(~Q(uitleg="") | ~Q(reden="")).update(uitleg="", reden="")
