"""Puts the words that come with the portal into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from organisaties.actions.basisgegevens import laad_basisgegevens
from organisaties.actions.moderatoren import zorg_voor_moderatoren


class Command(BaseCommand):
    help = "Add the themes, target groups and synonyms that are missing; what admins changed or deleted stays so."

    def handle(self, *args: Any, **options: Any) -> None:
        for uitkomst in laad_basisgegevens():
            self.stdout.write(str(uitkomst))
        zorg_voor_moderatoren()
