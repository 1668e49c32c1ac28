"""Plain factories: each makes one thing that is right, with any field as you say."""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.utils import timezone

from organisaties.keuzes import Status
from organisaties.models import Beheer, Dienst, Locatie, Organisatie, Thema
from organisaties.models.beheer import Rol
from welzijnportal.accounts.models import Gebruiker

WACHTWOORD = "een-lang-wachtwoord-2026"
_nummer = count(1)


def maak_gebruiker(*, bevestigd: bool = True, **velden: Any) -> Gebruiker:
    velden.setdefault("email", f"mens{next(_nummer)}@voorbeeld.example")
    velden.setdefault("password", WACHTWOORD)
    gebruiker = Gebruiker.objects.create_user(**velden)
    EmailAddress.objects.create(user=gebruiker, email=gebruiker.email, verified=bevestigd, primary=True)
    return gebruiker


def maak_moderator(**velden: Any) -> Gebruiker:
    """Make a member of staff with every right on the directory, who is not a superuser."""
    moderator = maak_gebruiker(is_staff=True, **velden)
    moderator.user_permissions.set(Permission.objects.filter(content_type__app_label="organisaties"))
    return moderator


def maak_thema(**velden: Any) -> Thema:
    nummer = next(_nummer)
    velden.setdefault("naam", f"Thema {nummer}")
    velden.setdefault("slug", f"thema-{nummer}")
    return Thema.objects.create(**velden)


def maak_organisatie(
    *, beheerder: Gebruiker | None = None, redacteur: Gebruiker | None = None, **velden: Any
) -> Organisatie:
    """Make an organisation, published unless a status is given; its search row is not made here."""
    velden.setdefault("naam", f"Buurthuis De Linde {next(_nummer)}")
    velden.setdefault("kort", "Samen eten, koffie drinken en klussen in de buurt.")
    velden.setdefault("status", Status.GEPUBLICEERD)
    if velden["status"] == Status.GEPUBLICEERD:
        velden.setdefault("gepubliceerd_op", timezone.now())
        velden.setdefault("bevestigd_op", timezone.now())
    if velden["status"] == Status.SAMENGEVOEGD and "samengevoegd_met" not in velden:
        velden["samengevoegd_met"] = maak_organisatie()
    organisatie = Organisatie.objects.create(**velden)
    for persoon, rol in ((beheerder, Rol.BEHEERDER), (redacteur, Rol.REDACTEUR)):
        if persoon:
            Beheer.objects.create(organisatie=organisatie, gebruiker=persoon, rol=rol)
    return organisatie


def maak_locatie(organisatie: Organisatie, **velden: Any) -> Locatie:
    velden.setdefault("straat", "Lindelaan 12")
    velden.setdefault("postcode", "3511 AB")
    velden.setdefault("plaats", "Utrecht")
    return Locatie.objects.create(organisatie=organisatie, **velden)


def maak_dienst(organisatie: Organisatie, **velden: Any) -> Dienst:
    velden.setdefault("naam", "Samen eten")
    return Dienst.objects.create(organisatie=organisatie, **velden)
