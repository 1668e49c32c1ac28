"""Fills an empty directory with invented listings, to try the portal with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from organisaties.demo.accounts import maak_accounts
from organisaties.demo.vullen import leeg, vul
from organisaties.models import Organisatie


class Command(BaseCommand):
    help = "Fill an empty directory with invented listings, and in development make the demo accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--aantal", type=int, default=400, help="how many organisations (default: 400)")
        parser.add_argument(
            "--opnieuw", action="store_true", help="delete the demo listings first (development only; others stay)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["aantal"] <= 2000:
            raise CommandError("Kies een aantal van 1 tot en met 2000.")
        if options["opnieuw"] and not settings.IN_DEVELOPMENT:
            raise CommandError("--opnieuw kan alleen in ontwikkeling.")
        console = Console(file=getattr(self.stdout, "_out", None))
        with (
            transaction.atomic(),
            Progress(
                TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True
            ) as voortgang,
        ):
            if options["opnieuw"]:
                leeg()
            if Organisatie.objects.exists():
                raise CommandError(
                    "Er staan al organisaties in het portaal. Demogegevens komen alleen in een lege gids."
                )
            accounts = maak_accounts() if settings.IN_DEVELOPMENT else {}
            balken: dict[str, TaskID] = {}

            def meld(stap: str, gedaan: int, totaal: int) -> None:
                if stap not in balken:
                    for balk in balken.values():
                        voortgang.update(balk, completed=options["aantal"])
                    balken[stap] = voortgang.add_task(stap, total=totaal)
                voortgang.update(balken[stap], completed=gedaan)

            diensten = vul(aantal=options["aantal"], accounts=accounts, meld=meld)
        self.stdout.write(f"{options['aantal']} verzonnen organisaties met {diensten} diensten staan klaar.")
