"""Count anew what is on offer where."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.progress import Progress

from organisaties.actions.aanbod import tel_aanbod


class Command(BaseCommand):
    help = "Telt opnieuw hoeveel aanbod er per gemeente en thema is. Gebeurt ook elke dag vanzelf."

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(disable=options["verbosity"] == 0, transient=True) as voortgang:
            taak = voortgang.add_task("Aanbod tellen", total=None)
            aantal = tel_aanbod(lambda gedaan, totaal: voortgang.update(taak, completed=gedaan, total=totaal))
        if options["verbosity"]:
            self.stdout.write(
                f"Er is aanbod bij {aantal} combinaties van gebied en thema." if aantal else "Er valt niets te tellen."
            )
