"""Keeping a listing: saving its parts, proposing what a moderator must see, withdrawing it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from organisaties.actions.adres import hernoem
from organisaties.actions.bevestigen import noteer
from organisaties.keuzes import Status
from organisaties.models import Dienst, Locatie, Openingstijd, Openingsuitzondering, Organisatie, Wijzigingsverzoek
from organisaties.models.bevestiging import Blok
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker

VELDEN_MET_OORDEEL = tuple(Wijzigingsverzoek.Veld.values)


@transaction.atomic
def leg_vast(*, organisatie: Organisatie, door: Gebruiker, blok: Blok | None = None) -> None:
    """Tell that a part of the listing changed: its version goes up and search sees it.

    Who saves a block has looked at it, so that confirms the block.
    The row of its history says who it was, for the next person whose form is older.
    """
    verse = Organisatie.objects.select_for_update(of=("self",)).get(pk=organisatie.pk)
    verse.versie += 1
    verse._history_user = door  # type: ignore[attr-defined]
    verse.save(update_fields=["versie"])
    organisatie.versie = verse.versie
    if blok:
        noteer(organisatie=organisatie, blokken=[blok], door=door)
    ververs([organisatie.pk])


@transaction.atomic
def wijzig_velden(*, organisatie: Organisatie, waarden: dict[str, str], door: Gebruiker) -> list[str]:
    """Change name, KvK number or website; return the fields that now wait for a moderator.

    For a listing that is not published yet they change at once, and a new name gives a new address.
    """
    wachtend = []
    for veld, waarde in waarden.items():
        if organisatie.status == Status.GEPUBLICEERD:
            wachtend += [veld] if stel_voor(organisatie=organisatie, veld=veld, waarde=waarde, door=door) else []
        elif veld == "naam":
            hernoem(organisatie=organisatie, naam=waarde)
        else:
            setattr(organisatie, veld, waarde)
            organisatie.save(update_fields=[veld])
    return wachtend


@transaction.atomic
def stel_voor(*, organisatie: Organisatie, veld: str, waarde: str, door: Gebruiker) -> Wijzigingsverzoek | None:
    """Ask a moderator to change one field; an open request for it lapses. None when nothing would change."""
    Organisatie.objects.select_for_update(of=("self",)).get(pk=organisatie.pk)
    huidig = str(getattr(organisatie, veld))
    open_verzoeken = organisatie.wijzigingsverzoeken.filter(veld=veld, status=Wijzigingsverzoek.Status.OPEN)
    if open_verzoeken.filter(nieuwe_waarde=waarde).exists():
        return open_verzoeken.get()
    open_verzoeken.update(status=Wijzigingsverzoek.Status.VERVALLEN, beoordeeld_op=timezone.now())
    if waarde == huidig:
        return None
    return Wijzigingsverzoek.objects.create(
        organisatie=organisatie, veld=veld, oude_waarde=huidig, nieuwe_waarde=waarde, gevraagd_door=door
    )


@transaction.atomic
def trek_verzoek_in(*, verzoek: Wijzigingsverzoek) -> None:
    """Let a request that still waits lapse."""
    Wijzigingsverzoek.objects.filter(pk=verzoek.pk, status=Wijzigingsverzoek.Status.OPEN).update(
        status=Wijzigingsverzoek.Status.VERVALLEN, beoordeeld_op=timezone.now()
    )


@transaction.atomic
def zet_openingstijden(
    *,
    eigenaar: Locatie | Dienst,
    tijden: Sequence[Openingstijd],
    uitzonderingen: Sequence[Openingsuitzondering],
    door: Gebruiker,
) -> None:
    """Replace the week and the coming exceptions of a location or service; past exceptions stay."""
    soort = "locatie" if isinstance(eigenaar, Locatie) else "dienst"
    eigenaar.openingstijden.all().delete()
    eigenaar.uitzonderingen.filter(tot_en_met_datum__gte=timezone.localdate()).delete()
    for rij in [*tijden, *uitzonderingen]:
        setattr(rij, soort, eigenaar)
    Openingstijd.objects.bulk_create(tijden)
    Openingsuitzondering.objects.bulk_create(uitzonderingen)
    leg_vast(organisatie=eigenaar.organisatie, door=door, blok=Blok.TIJDEN)
