"""The gate of the pages for those who keep a listing: who has no role sees a 404."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest

from organisaties.models import Organisatie, OrganisatieSlug, Samenvoeging
from organisaties.permissions import mag_beheren, mag_wijzigen
from welzijnportal.accounts.models import Gebruiker


def ik(request: HttpRequest) -> Gebruiker:
    if not isinstance(request.user, Gebruiker):
        raise PermissionDenied
    return request.user


def _gevonden(slug: str) -> Organisatie | None:
    return (
        Organisatie.objects.filter(slug=slug).first()
        or Organisatie.objects.filter(pk__in=OrganisatieSlug.objects.filter(slug=slug).values("organisatie")).first()
    )


def _vergrendelde(slug: str) -> Organisatie | None:
    rijen = Organisatie.objects.select_for_update(of=("self",))
    # Whoever waited for a merge was left with a lock on the listing that went: going back to here lets go of it,
    # for nobody may hold it while waiting for the one that stayed.
    punt = transaction.savepoint_create()
    if organisatie := rijen.filter(slug=slug).first():
        return organisatie
    transaction.savepoint_rollback(punt)
    return rijen.filter(pk__in=OrganisatieSlug.objects.filter(slug=slug).values("organisatie")).first()


def te_wijzigen(request: HttpRequest, slug: str, *, vergrendel: bool = False) -> Organisatie:
    """Fetch the organisation of a present or former address that this person may edit.

    With ``vergrendel`` its row is locked, within a transaction, so that edits come one after another.
    """
    organisatie = (_vergrendelde if vergrendel else _gevonden)(slug)
    if organisatie is None or not mag_wijzigen(request.user, organisatie):
        raise Http404
    if organisatie.slug != slug:
        _zeg_dat_samengevoegd(request, organisatie, slug)
    return organisatie


def _zeg_dat_samengevoegd(request: HttpRequest, organisatie: Organisatie, slug: str) -> None:
    """Tell who had the page of a merged listing open that what they type belongs to the one that stayed."""
    voeging = Samenvoeging.objects.filter(oude_slug=slug, ongedaan_op=None).select_related("verdwenen").first()
    if voeging:
        messages.warning(
            request,
            f"De vermelding van {voeging.verdwenen} is samengevoegd met die van {organisatie}. U bent nu in de "
            f"vermelding van {organisatie}. Wat u hebt getypt, staat hier nog.",
        )


def te_beheren(request: HttpRequest, slug: str, *, vergrendel: bool = False) -> Organisatie:
    organisatie = te_wijzigen(request, slug, vergrendel=vergrendel)
    if not mag_beheren(request.user, organisatie):
        raise Http404
    return organisatie
