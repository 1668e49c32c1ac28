"""Sharing a list by a link that ends, and counting what its readers answer."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.doorgeven import DoorgeefFout, Regel, bestaande
from organisaties.models import Bladregel, Doorgeefblad, Doorgeeftelling, Organisatie
from organisaties.models.lijst import Antwoord
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import volledige_url

TERMIJNEN = {
    "week": ("1 week", timedelta(days=7)),
    "maand": ("1 maand", timedelta(days=31)),
    "kwartaal": ("3 maanden", timedelta(days=92)),
}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def deel(*, regels: list[Regel], naam: str, termijn: str, eigenaar: Gebruiker | None) -> tuple[Doorgeefblad, str]:
    """Make a sheet of a list as it is now and return it with the token of its link, which is kept as a hash only.

    Raises DoorgeefFout when no listing is left, and KeyError for an unknown ``termijn``.
    """
    nu = timezone.now()
    regels = bestaande(regels)
    namen = dict(
        Organisatie.objects.zichtbaar()
        .filter(pk__in=[regel.organisatie for regel in regels])
        .order_by()
        .values_list("pk", "naam")
    )
    if not namen:
        raise DoorgeefFout("Er staat niets in de lijst dat u kunt delen.")
    token = secrets.token_urlsafe(24)
    blad = Doorgeefblad.objects.create(
        token_hash=_hash(token), eigenaar=eigenaar, naam=naam, gedeeld_op=nu, verloopt_op=nu + TERMIJNEN[termijn][1]
    )
    Bladregel.objects.bulk_create(
        Bladregel(
            blad=blad,
            organisatie_id=regel.organisatie,
            dienst_id=regel.dienst,
            naam=namen[regel.organisatie],
            zin=regel.zin,
            volgorde=plek,
        )
        for plek, regel in enumerate(regels)
        if regel.organisatie in namen
    )
    return blad, token


def link_van(token: str) -> str:
    """Return the path of the shared page."""
    return reverse("organisaties:doorgegeven", args=[token])


def blad_van(token: str) -> Doorgeefblad | None:
    """Return the sheet of a token whose link still works."""
    return Doorgeefblad.objects.geldig().filter(token_hash=_hash(token)).first()


def trek_in(*, blad: Doorgeefblad) -> None:
    """Let a link stop working at once; the sheet and its sentences are erased."""
    blad.delete()


def mail_blad(*, blad: Doorgeefblad, token: str, email: str) -> None:
    """Mail the link to one address, which is kept no longer than it takes to deliver it.

    The mail holds nothing that the sender wrote: it would be a way to send anybody anything in the portal's name.
    """
    namen = list(blad.regels.values_list("naam", flat=True))
    notifications.meld_doorgegeven(
        email=email, namen=namen, link=volledige_url(link_van(token)), tot_op=blad.verloopt_op
    )


@transaction.atomic
def antwoord(*, blad: Doorgeefblad, regel: int, antwoord: Antwoord) -> Bladregel:
    """Note what the reader of a sheet says about one listing, and count it for the organisation.

    Another answer takes the place of the first: each line counts once. The line is locked, so that two taps at once
    count as one. Raises Bladregel.DoesNotExist when the line is not on this sheet or its listing is gone.
    """
    rij = Bladregel.objects.select_for_update(of=("self",)).get(pk=regel, blad=blad, organisatie__isnull=False)
    if rij.antwoord == antwoord:
        return rij
    over: dict[str, Any] = {"organisatie_id": rij.organisatie_id, "dienst_id": rij.dienst_id}
    if rij.antwoord and rij.geteld_op:
        eerder = Doorgeeftelling.objects.filter(**over, dag=rij.geteld_op, antwoord=rij.antwoord, aantal__gt=0)
        eerder.update(aantal=F("aantal") - 1)
    rij.antwoord = antwoord
    rij.geteld_op = timezone.localdate()
    rij.save(update_fields=["antwoord", "geteld_op"])
    telling, _ = Doorgeeftelling.objects.get_or_create(**over, dag=rij.geteld_op, antwoord=antwoord)
    Doorgeeftelling.objects.filter(pk=telling.pk).update(aantal=F("aantal") + 1)
    return rij


def ruim_bladen_op() -> int:
    """Erase the sheets whose link has ended, with their sentences and answers; the counts stay."""
    return Doorgeefblad.objects.verlopen().delete()[0]
