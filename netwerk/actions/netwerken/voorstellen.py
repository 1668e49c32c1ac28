"""A network begins as a proposal of a peer, and lives when a moderator says so."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from netwerk.actions.netwerken.basis import NetwerkFout, tel, vergrendel, zet_vector
from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol
from netwerk.models import Lidmaatschap, Netwerk, Professional
from netwerk.notifications import netwerken as notifications
from netwerk.permissions import mag_netwerk_voorstellen
from welzijnportal.accounts.models import Gebruiker

MEEST_TEGELIJK = 3
# Words that are pages of their own under /netwerken/.
BEZET = {"voorstellen", "atom", "uitnodiging", "link", "nieuw", "zoeken", "mijn"}


def vrije_slug(naam: str) -> str:
    """Return an address for this name that no network has; call it within a transaction, as it takes a lock on the name."""
    basis = slugify(naam)[:100].strip("-") or "netwerk"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"netwerkslug {basis}"])
    bezet = BEZET | set(Netwerk.objects.filter(slug__startswith=basis).values_list("slug", flat=True))
    slug, nummer = basis, 1
    while slug in bezet:
        nummer += 1
        slug = f"{basis}-{nummer}"
    return slug


@transaction.atomic
def stel_voor(*, door: Professional, velden: dict[str, Any], themas: Any = (), provincies: Any = ()) -> Netwerk:
    """Put a proposal in the moderators' queue; NetwerkFout without a confirmed profile or with three waiting."""
    # Of two forms sent at once by one person the second counts the first.
    Professional.objects.select_for_update(of=("self",)).get(pk=door.pk)
    if not mag_netwerk_voorstellen(door):
        raise NetwerkFout("Een netwerk voorstellen kan met een bevestigd profiel.")
    wachtend = Netwerk.objects.filter(voorgesteld_door=door, status=Netwerkstatus.VOORGESTELD).count()
    if wachtend >= MEEST_TEGELIJK:
        raise NetwerkFout("Er wachten al drie voorstellen van u. Wacht tot die zijn beoordeeld.")
    netwerk = Netwerk.objects.create(slug=vrije_slug(velden["naam"]), voorgesteld_door=door, **velden)
    netwerk.themas.set(themas)
    netwerk.provincies.set(provincies)
    zet_vector(netwerk)
    return netwerk


def _vergrendel_voorstel(netwerk: Netwerk) -> Netwerk:
    vers = vergrendel(netwerk)
    if vers.status != Netwerkstatus.VOORGESTELD:
        raise NetwerkFout(f"‘{vers}’ is al beoordeeld: {vers.get_status_display()}.")
    return vers


@transaction.atomic
def keur_goed(*, netwerk: Netwerk, door: Gebruiker) -> Netwerk:
    """Let a proposed network live, with its proposer as beheerder, who is told."""
    vers = _vergrendel_voorstel(netwerk)
    voorsteller = vers.voorgesteld_door
    if voorsteller is None or not voorsteller.gebruiker.is_active:
        raise NetwerkFout("Wie dit voorstelde, heeft geen account meer. Wijs het voorstel af.")
    nu = timezone.now()
    vers.status, vers.status_op, vers.gewijzigd_op, vers.beoordeeld_door = Netwerkstatus.ACTIEF, nu, nu, door
    vers.save(update_fields=["status", "status_op", "gewijzigd_op", "beoordeeld_door"])
    Lidmaatschap.objects.create(
        netwerk=vers,
        professional=voorsteller,
        rol=Rol.BEHEERDER,
        status=Lidstatus.LID,
        sinds_op=nu,
        laatst_gezien_op=nu,
    )
    tel(vers, 1)
    notifications.meld_goedgekeurd(netwerk=vers, voorsteller=voorsteller)
    return vers


@transaction.atomic
def wijs_af(*, netwerk: Netwerk, door: Gebruiker, reden: str) -> Netwerk:
    """Decline a proposal with a reason, which its proposer reads."""
    vers = _vergrendel_voorstel(netwerk)
    vers.status, vers.status_op, vers.reden = Netwerkstatus.AFGEWEZEN, timezone.now(), reden[:500]
    vers.beoordeeld_door = door
    vers.save(update_fields=["status", "status_op", "reden", "beoordeeld_door"])
    if vers.voorgesteld_door is not None:
        notifications.meld_afgewezen(netwerk=vers, voorsteller=vers.voorgesteld_door)
    return vers
