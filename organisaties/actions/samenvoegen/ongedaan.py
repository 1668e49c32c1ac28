"""Undoing a merge."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.samenvoegen.beheer import haal_beheer_terug
from organisaties.actions.samenvoegen.delen import haal_delen_terug
from organisaties.actions.samenvoegen.slot import SamenvoegFout, vergrendel
from organisaties.actions.samenvoegen.verhuizen import haal_terug, tel_terug
from organisaties.actions.samenvoegen.waarden import als_json, haal_verzamelingen_terug, zet
from organisaties.keuzes import Status
from organisaties.models import (
    Dubbelpaar,
    Importrij,
    Organisatie,
    OrganisatieSlug,
    Samenvoeging,
    Statusstap,
)
from organisaties.models.organisatie import vrije_slug
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker


def reden_van_weigering(samenvoeging: Samenvoeging) -> str:
    """Return why a merge cannot be undone, '' when it can."""
    if samenvoeging.ongedaan_op:
        return "Deze samenvoeging is al ongedaan gemaakt."
    if samenvoeging.blijver.status == Status.SAMENGEVOEGD:
        return (
            f"'{samenvoeging.blijver}' is later zelf samengevoegd met '{samenvoeging.blijver.samengevoegd_met}'. "
            "Maak eerst die samenvoeging ongedaan."
        )
    return ""


@transaction.atomic
def maak_ongedaan(*, samenvoeging: Samenvoeging, door: Gebruiker) -> Organisatie:
    """Give back two listings as they were; what was edited in the one that stayed since then stays there.

    A row that moved goes back as it is now; one that was deleted since stays deleted. Refreshes search and
    mails the beheerders of both sides. Raises SamenvoegFout.
    """
    vergrendel([samenvoeging.blijver_id, samenvoeging.verdwenen_id])
    samenvoeging = (
        Samenvoeging.objects.select_for_update(of=("self",))
        .select_related("blijver", "verdwenen")
        .get(pk=samenvoeging.pk)
    )
    if fout := reden_van_weigering(samenvoeging):
        raise SamenvoegFout(fout)
    blijver, terug = samenvoeging.blijver, samenvoeging.verdwenen
    gegevens = samenvoeging.gegevens
    reden = f"Samenvoeging met {terug} ongedaan gemaakt"[:100]
    _zet_waarden_terug(blijver, gegevens, door, reden)
    haal_verzamelingen_terug(blijver, gegevens["verzamelingen"])
    blijver.versie += 1
    blijver.save()
    _maak_zichtbaar(terug, blijver, gegevens, door, reden)
    haal_delen_terug(gegevens["delen"], van=blijver, naar=terug, door=door, reden=reden)
    haal_beheer_terug(gegevens["beheer"], blijver, terug)
    haal_terug(gegevens["verhuisd"], van=blijver.pk, naar=terug.pk)
    tel_terug(gegevens["geteld"])
    Organisatie.objects.filter(pk__in=gegevens["kinderen"], hoort_bij=blijver).update(hoort_bij=terug)
    if "importrij" in gegevens:
        Importrij.objects.filter(organisatie=terug).update(gegevens=gegevens["importrij"])
    samenvoeging.ongedaan_door, samenvoeging.ongedaan_op = door, timezone.now()
    samenvoeging.save()
    laag, hoog = sorted((blijver.pk, terug.pk))
    Dubbelpaar.objects.update_or_create(
        een_id=laag,
        ander_id=hoog,
        defaults={"status": Dubbelpaar.Status.NIET_DUBBEL, "beoordeeld_door": door, "beoordeeld_op": timezone.now()},
    )
    ververs([blijver.pk, terug.pk])
    aan = list(dict.fromkeys([*notifications.adressen_van(blijver), *notifications.adressen_van(terug)]))
    notifications.meld_weer_apart(aan=aan, een=blijver, ander=terug)
    return terug


def _zet_waarden_terug(blijver: Any, gegevens: dict[str, Any], door: Gebruiker, reden: str) -> None:
    """Put back each value that still is what the merge made of it."""
    blijver._history_user, blijver._change_reason = door, reden
    for veld, (oud, nieuw) in gegevens["waarden"].items():
        if als_json(blijver, veld) != nieuw:
            continue
        if veld == "hoort_bij" and oud and not Organisatie.objects.filter(pk=oud).exclude(pk=blijver.pk).exists():
            continue
        zet(blijver, veld, oud)
        if veld == "naam" and blijver.slug != gegevens["was"]["slug_blijver"]:
            # The address that came with the other name goes back to its listing, see below.
            eigen = OrganisatieSlug.objects.filter(organisatie=blijver, slug=gegevens["was"]["slug_blijver"])
            if eigen.exists():
                eigen.delete()
                OrganisatieSlug.objects.get_or_create(slug=blijver.slug, defaults={"organisatie": blijver})
                blijver.slug = gegevens["was"]["slug_blijver"]


def _maak_zichtbaar(terug: Any, blijver: Organisatie, gegevens: dict[str, Any], door: Gebruiker, reden: str) -> None:
    was = gegevens["was"]
    terug.refresh_from_db()
    OrganisatieSlug.objects.filter(organisatie=blijver, slug=was["slug"]).delete()
    is_vrij = not Organisatie.objects.filter(slug=was["slug"]).exists()
    terug.slug = was["slug"] if is_vrij else vrije_slug(terug.naam, behalve=terug.pk)
    terug.status, terug.status_op, terug.status_door = was["status"], timezone.now(), door
    terug.samengevoegd_met = None
    terug.versie += 1
    terug._history_user, terug._change_reason = door, reden
    terug.save()
    Statusstap.objects.create(
        organisatie=terug,
        van=Status.SAMENGEVOEGD,
        naar=terug.status,
        gezet_door=door,
        reden="Samenvoeging ongedaan gemaakt",
    )
