"""The people who can log in to the demo."""

from allauth.account.models import EmailAddress
from django.db import transaction

from organisaties.demo import DEMO_ACCOUNTS
from welzijnportal.accounts.models import Gebruiker


@transaction.atomic
def maak_accounts() -> dict[str, Gebruiker]:
    """Make the demo accounts by role, with confirmed addresses; one that exists gets its demo password again."""
    gemaakt = {}
    for email, rol, wachtwoord in DEMO_ACCOUNTS:
        gebruiker = Gebruiker.objects.filter(email=email).first() or Gebruiker(email=email)
        gebruiker.naam = f"Demo {rol}"
        gebruiker.is_staff = gebruiker.is_superuser = rol == "admin"
        gebruiker.set_password(wachtwoord)
        gebruiker.save()
        EmailAddress.objects.update_or_create(user=gebruiker, email=email, defaults={"verified": True, "primary": True})
        gemaakt[rol] = gebruiker
    return gemaakt
