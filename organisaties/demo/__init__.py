"""Invented listings to try the portal with, and the accounts that go with them; for development only."""

from typing import Final

# E-mail address, role, password: shown on the screen by `manage.py start`, made only in development.
WACHTWOORD: Final = "samen-koffie-drinken-26"
DEMO_ACCOUNTS: Final[list[tuple[str, str, str]]] = [
    ("admin@welzijnportal.example", "admin", WACHTWOORD),
    ("beheerder@welzijnportal.example", "beheerder", WACHTWOORD),
    ("redacteur@welzijnportal.example", "redacteur", WACHTWOORD),
    ("bezoeker@welzijnportal.example", "bezoeker", WACHTWOORD),
    ("professional@welzijnportal.example", "professional", WACHTWOORD),
]
