"""Build the search tables anew from the published listings."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from rich.progress import Progress

from organisaties.zoeken import herbouw


class Command(BaseCommand):
    help = "Bouwt de zoekindex opnieuw op uit alle gepubliceerde organisaties."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        with Progress(disable=options["verbosity"] == 0, transient=True) as voortgang:
            taak = voortgang.add_task("Zoekindex", total=None)
            aantal = herbouw(lambda gedaan, totaal: voortgang.update(taak, completed=gedaan, total=totaal))
        if options["verbosity"]:
            self.stdout.write(f"De zoekindex bevat {aantal} organisaties.")
