"""Fill a database of its own with made-up peers and conversations, and measure: `make bench-network`."""

import os
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Command(BaseCommand):
    help = "Vult een lege database met verzonnen vakgenoten en gesprekken om op te meten, en meet."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", type=int, default=1_000_000, help="conversations; a tenth as many people")
        parser.add_argument("--fill", action="store_true", help="fill the database first; what is there stays")

    def handle(self, *args: Any, **options: Any) -> None:
        from netwerk.models import Gesprek
        from tests.bench import gegevens, netwerk, netwerk_gegevens

        naam = settings.DATABASES["default"]["NAME"]
        if not str(naam).startswith("wp_bench"):
            raise CommandError("Kies een database om op te meten: DB_NAME=wp_bench_netwerk.")
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        call_command("migrate", interactive=False, verbosity=0)
        if options["fill"] and Gesprek.objects.order_by("-pk").values_list("pk", flat=True).first() != options["size"]:
            self._vul(netwerk_gegevens, gegevens.GeenBenchdatabase, options["size"])
        self.stdout.write(f"database {naam}; load {os.getloadavg()[0]:.1f}")
        netwerk.verslag(self.stdout.write)

    def _vul(self, maker: Any, geen_bench: type[Exception], size: int) -> None:
        begin = time.monotonic()
        kolommen = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*kolommen, transient=True) as balk:
            taken: dict[str, Any] = {}

            def meld(soort: str, gedaan: int, totaal: int) -> None:
                if soort not in taken:
                    taken[soort] = balk.add_task(soort, total=totaal)
                balk.update(taken[soort], completed=gedaan, total=totaal)

            try:
                maker.vul(maker.Omvang(size), meld)
            except geen_bench as fout:
                raise CommandError("Deze database bevat andere gegevens. Kies een lege: DB_NAME=wp_bench_…") from fout
        self.stdout.write(f"filled in {time.monotonic() - begin:.0f} s")
