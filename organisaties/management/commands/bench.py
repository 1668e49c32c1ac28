"""Milliseconds, statements and ratios of the portal's pages and searches at the sizes that have a database: `make bench`."""

import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from welzijnportal import embedded

GROOTTEN = {10_000: "wp_bench_10k", 100_000: "wp_bench_100k", 1_000_000: "wp_bench_1m"}


class Command(BaseCommand):
    help = "Meet zoeken en pagina's in de databases die bench_data heeft gevuld, en vergelijkt ze met kale Django-pagina's."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", type=int, nargs="*", default=list(GROOTTEN))
        parser.add_argument(
            "--requests", type=int, default=0, help="also measure a worker's memory after so many requests"
        )
        parser.add_argument(
            "--import", type=int, default=0, dest="rijen", help="import so many rows into this empty database instead"
        )
        parser.add_argument("--interrupt", type=float, default=0.0, help="kill the import at this share, and go on")
        parser.add_argument(
            "--here", type=int, default=0, help="measure the database of this process, of so many listings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from tests.bench import importeren, verslag

        if options["rijen"]:
            meting = importeren.meet(options["rijen"], self.stdout.write, onderbreek=options["interrupt"])
            self.stdout.write(verslag.importregel(meting))
            return
        if options["here"]:
            verslag.meet_hier(options["here"], options["requests"], self.stdout.write)
            return
        uitkomsten = {}
        for size in options["size"]:
            naam = GROOTTEN.get(size, f"wp_bench_{size}")
            if settings.USES_EMBEDDED_DATABASE and not embedded.has_database(naam):
                self.stdout.write(
                    f"{size:,}: no database {naam}; make it by DB_NAME={naam} make bench-data SIZE={size}"
                )
                continue
            # A process for each size: connections, caches and word lists belong to one database.
            omgeving = os.environ | {"DB_NAME": naam, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
            opdracht = [
                sys.executable,
                "manage.py",
                "bench",
                "--here",
                str(size),
                "--requests",
                str(options["requests"]),
            ]
            with subprocess.Popen(
                opdracht, env=omgeving, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR
            ) as proces:
                for regel in proces.stdout or ():
                    if regel.startswith(verslag.CIJFERS):
                        uitkomsten[size] = verslag.lees(regel)
                    else:
                        self.stdout.write(regel.rstrip())
        self.stdout.write("\n".join(verslag.oordeel(uitkomsten)))
