"""Merging two listings into one."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.adres import hernoem
from organisaties.actions.beoordelen import stand_van
from organisaties.actions.samenvoegen.beheer import verhuis_beheer
from organisaties.actions.samenvoegen.delen import verhuis_delen
from organisaties.actions.samenvoegen.nabezorgen import bezorg_na_taak
from organisaties.actions.samenvoegen.slot import SamenvoegFout, vergrendel
from organisaties.actions.samenvoegen.verhuizen import verhuis
from organisaties.actions.samenvoegen.waarden import neem_over, voeg_verzamelingen_samen
from organisaties.keuzes import Status
from organisaties.models import Dubbelpaar, Organisatie, OrganisatieSlug, Samenvoeging, Statusstap
from organisaties.models.organisatie import vrije_slug
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker


@dataclass(frozen=True)
class Keuzes:
    """What the moderator chose: per field 'blijver' or 'ander', and what comes along."""

    velden: dict[str, str] = field(default_factory=dict)
    beheerders_mee: bool = True
    oude_naam_bewaren: bool = True


def kenmerk(blijver: Organisatie, ander: Organisatie) -> str:
    """Return a mark of what a moderator saw of both; it differs when somebody edited one of them since."""
    return f"{stand_van(blijver)} {stand_van(ander)}"


def reden_van_weigering(blijver: Organisatie, ander: Organisatie) -> str:
    """Return why these two cannot be merged this way, '' when they can."""
    if blijver.pk == ander.pk:
        return "Kies twee verschillende vermeldingen."
    for een in (blijver, ander):
        if een.status == Status.SAMENGEVOEGD:
            return f"'{een}' is al samengevoegd met '{een.samengevoegd_met}'. Er is niets veranderd."
        if een.status == Status.CONCEPT:
            return f"'{een}' is nog een concept: niemand heeft de aanmelding bevestigd."
    if ander.status == Status.GEPUBLICEERD and blijver.status != Status.GEPUBLICEERD:
        return f"'{ander}' staat op het portaal en '{blijver}' niet. Kies '{ander}' als de vermelding die blijft."
    return ""


@transaction.atomic
def voeg_samen(
    *, blijver: Organisatie, ander: Organisatie, door: Gebruiker, keuzes: Keuzes | None = None, gezien: str = ""
) -> Samenvoeging:
    """Merge ``ander`` into ``blijver``: one transaction, both rows locked in the order of their keys.

    The other listing keeps its row, unseen; its addresses redirect for ever to the one that stays, its import
    key finds it too. Refreshes search, mails the beheerders of both sides. Raises SamenvoegFout when the two
    cannot be merged, and when one was edited after the moderator saw it (``gezien``, as ``kenmerk`` gives).
    """
    keuzes = keuzes or Keuzes()
    rijen = vergrendel([blijver.pk, ander.pk])
    if len(rijen) < 2:
        raise SamenvoegFout(reden_van_weigering(blijver, ander) or "Een van de twee vermeldingen bestaat niet meer.")
    blijver, ander = rijen[blijver.pk], rijen[ander.pk]
    if fout := reden_van_weigering(blijver, ander):
        raise SamenvoegFout(fout)
    if gezien and gezien != kenmerk(blijver, ander):
        raise SamenvoegFout("Een van de twee is aangepast terwijl u keek. Kijk uw keuzes na en bevestig opnieuw.")
    adressen = {een.pk: notifications.adressen_van(een) for een in (blijver, ander)}
    reden = f"Samengevoegd met {ander}"[:100]
    gegevens: dict[str, Any] = {"was": {"slug": ander.slug, "status": ander.status}}
    gegevens["waarden"] = neem_over(blijver, ander, keuzes.velden)
    gegevens["verzamelingen"] = voeg_verzamelingen_samen(blijver, ander)
    gegevens["kinderen"] = _verhuis_kinderen(blijver, ander, gegevens["waarden"])
    _maak_onzichtbaar(ander, blijver, door)
    _bewaar_blijver(blijver, ander, gegevens, keuzes, door, reden)
    gegevens["delen"] = verhuis_delen(van=ander, naar=blijver, door=door, reden=reden)
    gegevens["beheer"] = verhuis_beheer(blijver, ander) if keuzes.beheerders_mee else {}
    gegevens["verhuisd"], gegevens["geteld"] = verhuis(van=ander, naar=blijver)
    if hasattr(ander, "importrij"):
        gegevens["importrij"] = ander.importrij.gegevens
    _sluit_paren(blijver, ander, door)
    samenvoeging = Samenvoeging.objects.create(
        blijver=blijver, verdwenen=ander, oude_slug=gegevens["was"]["slug"], gegevens=gegevens, gedaan_door=door
    )
    Statusstap.objects.create(
        organisatie=ander, van=gegevens["was"]["status"], naar=Status.SAMENGEVOEGD, gezet_door=door,
        reden=f"Samengevoegd met {blijver}",
    )  # fmt: skip
    ververs([blijver.pk, ander.pk])
    aan = list(dict.fromkeys([*adressen[blijver.pk], *adressen[ander.pk]]))
    notifications.meld_samengevoegd(aan=aan, blijver=blijver, naam=ander.naam)
    transaction.on_commit(partial(bezorg_na_taak.enqueue, pk=samenvoeging.pk))
    return samenvoeging


def _maak_onzichtbaar(ander: Any, blijver: Organisatie, door: Gebruiker) -> None:
    """Free the address of the merged listing and take it from sight, in that order: its address must redirect."""
    ander._history_user, ander._change_reason = door, f"Samengevoegd met {blijver}"[:100]
    ander.slug = vrije_slug(f"samengevoegd {ander.pk}", behalve=ander.pk)
    ander.status, ander.status_op, ander.status_door = Status.SAMENGEVOEGD, timezone.now(), door
    ander.samengevoegd_met = blijver
    ander.versie += 1
    ander.save()


def _bewaar_blijver(
    blijver: Any, ander: Organisatie, gegevens: dict[str, Any], keuzes: Keuzes, door: Gebruiker, reden: str
) -> None:
    waarden = gegevens["waarden"]
    # Who knows the other name must find the listing too.
    andere_naam = blijver.naam if "naam" in waarden else ander.naam
    bekend = blijver.ook_bekend_als
    gekozen_naam = waarden["naam"][1] if "naam" in waarden else blijver.naam
    if keuzes.oude_naam_bewaren and andere_naam.casefold() not in f"{gekozen_naam}, {bekend}".casefold():
        nieuw = ", ".join(filter(None, [bekend, andere_naam]))
        if len(nieuw) <= 200:
            blijver.ook_bekend_als = nieuw
            waarden["ook_bekend_als"] = [waarden.get("ook_bekend_als", [bekend])[0], nieuw]
    blijver._history_user, blijver._change_reason = door, reden
    blijver.versie += 1
    gegevens["was"]["slug_blijver"] = blijver.slug
    if "naam" in waarden:
        hernoem(organisatie=blijver, naam=waarden["naam"][1])
    else:
        blijver.save()
    if blijver.slug != gegevens["was"]["slug"]:
        OrganisatieSlug.objects.get_or_create(slug=gegevens["was"]["slug"], defaults={"organisatie": blijver})


def _verhuis_kinderen(blijver: Organisatie, ander: Organisatie, waarden: dict[str, list[Any]]) -> list[int]:
    """Let what belonged to the other belong to the one that stays, which must not become its own parent."""
    kinderen = list(Organisatie.objects.filter(hoort_bij=ander).exclude(pk=blijver.pk).values_list("pk", flat=True))
    Organisatie.objects.filter(pk__in=kinderen).update(hoort_bij=blijver)
    was = waarden.get("hoort_bij", [blijver.hoort_bij_id])[0]
    if blijver.hoort_bij_id == ander.pk:
        blijver.hoort_bij_id = ander.hoort_bij_id
    ouder, gezien = blijver.hoort_bij_id, set[int]()
    while ouder and ouder not in gezien and ouder != blijver.pk:
        gezien.add(ouder)
        ouder = Organisatie.objects.filter(pk=ouder).values_list("hoort_bij", flat=True).first()
    if ouder == blijver.pk:
        blijver.hoort_bij_id = None
    if blijver.hoort_bij_id != was:
        waarden["hoort_bij"] = [was, blijver.hoort_bij_id]
    return kinderen


def _sluit_paren(blijver: Organisatie, ander: Organisatie, door: Gebruiker) -> None:
    """Close this pair, and say of the one that stays what was said of the other beside third listings."""
    for paar in Dubbelpaar.objects.filter(Q(een=ander) | Q(ander=ander)):
        derde = paar.ander_id if paar.een_id == ander.pk else paar.een_id
        if derde == blijver.pk:
            paar.status, paar.beoordeeld_door, paar.beoordeeld_op = paar.Status.SAMENGEVOEGD, door, timezone.now()
            paar.save()
        elif paar.status != paar.Status.SAMENGEVOEGD:
            laag, hoog = sorted((blijver.pk, derde))
            Dubbelpaar.objects.get_or_create(
                een_id=laag,
                ander_id=hoog,
                defaults={"score": paar.score, "redenen": paar.redenen, "status": paar.status},
            )
