"""Write the open-data files now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from organisaties.exports import datapakket


class Command(BaseCommand):
    help = "Schrijft de open-databestanden (HSDS-pakket, CSV en GeoJSON) opnieuw; elke nacht gaat dat vanzelf."

    def handle(self, *args: Any, **options: Any) -> None:
        kolommen = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*kolommen, disable=options["verbosity"] == 0, transient=True) as balk:
            taak = balk.add_task("Organisaties", total=None)
            try:
                aantal = datapakket.exporteer(lambda gedaan, totaal: balk.update(taak, completed=gedaan, total=totaal))
            except datapakket.Bezig:
                raise CommandError("Een ander proces schrijft de bestanden nu al.") from None
        if options["verbosity"]:
            self.stdout.write(f"{aantal} organisaties in {datapakket.map_van_bestanden()}.")
