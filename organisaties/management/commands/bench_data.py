"""Fill a database of its own with made-up listings to measure on: `DB_NAME=wp_bench_1m make bench-data SIZE=1000000`."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from organisaties.models import Organisatie


class Command(BaseCommand):
    help = "Vult een lege database met verzonnen vermeldingen om op te meten, en bouwt de zoekindex."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", type=int, default=10_000)
        parser.add_argument("--keep-index", action="store_true", help="leave the search tables as they are")

    def handle(self, *args: Any, **options: Any) -> None:
        from tests.bench import gegevens

        call_command("migrate", interactive=False, verbosity=0)
        call_command("laad_basisgegevens", verbosity=0)
        naam = settings.DATABASES["default"]["NAME"]
        begin = time.monotonic()
        with Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), transient=True
        ) as balk:
            taak = balk.add_task(f"Vermeldingen in {naam}", total=options["size"])
            try:
                gegevens.vul(options["size"], lambda gedaan, totaal: balk.update(taak, completed=gedaan, total=totaal))
            except gegevens.GeenBenchdatabase as fout:
                raise CommandError(
                    f"De database '{naam}' bevat andere organisaties of een ander aantal. Kies een lege: DB_NAME=wp_bench_…"
                ) from fout
        self.stdout.write(f"{Organisatie.objects.count():,} listings in {naam} after {time.monotonic() - begin:.0f} s")
        if not options["keep_index"]:
            call_command("herbouw_zoekindex")
            self.stdout.write(f"search tables after {time.monotonic() - begin:.0f} s")
