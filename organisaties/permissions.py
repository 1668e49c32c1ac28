"""Who may do what with a listing; pure predicates."""

from django.contrib.auth.models import AnonymousUser

from organisaties.keuzes import Status, Zichtbaarheid
from organisaties.models import Beheer, Contactpersoon, Organisatie
from organisaties.models.beheer import Rol
from welzijnportal.accounts.models import Gebruiker

Wie = Gebruiker | AnonymousUser


def rol_van(gebruiker: Wie, organisatie: Organisatie) -> str:
    """Return 'beheerder', 'redacteur' or ''."""
    if not isinstance(gebruiker, Gebruiker) or not gebruiker.is_active:
        return ""
    return (
        Beheer.objects.filter(organisatie=organisatie, gebruiker=gebruiker).values_list("rol", flat=True).first() or ""
    )


def is_moderator(gebruiker: Wie) -> bool:
    return (
        isinstance(gebruiker, Gebruiker)
        and gebruiker.is_staff
        and gebruiker.has_perm("organisaties.change_organisatie")
    )


def mag_wijzigen(gebruiker: Wie, organisatie: Organisatie) -> bool:
    if organisatie.status in (Status.GEARCHIVEERD, Status.SAMENGEVOEGD):
        return False
    return bool(rol_van(gebruiker, organisatie))


def mag_beheren(gebruiker: Wie, organisatie: Organisatie) -> bool:
    """May invite and remove others, change roles, withdraw the listing."""
    return rol_van(gebruiker, organisatie) == Rol.BEHEERDER


def mag_bekijken(gebruiker: Wie, organisatie: Organisatie) -> bool:
    return organisatie.is_zichtbaar or bool(rol_van(gebruiker, organisatie)) or is_moderator(gebruiker)


def mag_inzien(gebruiker: Wie, organisatie: Organisatie) -> bool:
    """May see how often a listing is found and used, whatever its status."""
    return is_moderator(gebruiker) or bool(rol_van(gebruiker, organisatie))


def mag_contactveld_zien(
    gebruiker: Wie, contactpersoon: Contactpersoon, veld: str, *, hoort_erbij: bool | None = None
) -> bool:
    """Tell whether this person may see one field ('naam', 'functie', 'email', 'telefoon').

    ``hoort_erbij`` saves a query per field to a page that knows the person's role already.
    """
    voor = getattr(contactpersoon, f"{veld}_voor")
    if voor == Zichtbaarheid.IEDEREEN:
        return True
    if voor == Zichtbaarheid.LEDEN and gebruiker.is_authenticated:
        return True
    if hoort_erbij is not None:
        return hoort_erbij
    return bool(rol_van(gebruiker, contactpersoon.organisatie)) or is_moderator(gebruiker)
