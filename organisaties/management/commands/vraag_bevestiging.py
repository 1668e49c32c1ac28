"""Asks organisations whether their listing still holds; see ``manage.py vraag_bevestiging --help``."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from organisaties.actions import versheid


class Command(BaseCommand):
    help = (
        "Vraag organisaties of hun vermelding nog klopt, en laat verouderen wat niemand bevestigt. De worker doet dit "
        "elke dag vanzelf; nog eens draaien stuurt niemand een tweede mail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tel wat er zou gebeuren, verander niets")
        parser.add_argument(
            "--max-mails",
            type=int,
            default=None,
            help="hoogste aantal mails vandaag (standaard FRESHNESS_MAILS_PER_DAY)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.console = Console(file=self.stdout, highlight=False, soft_wrap=True)  # type: ignore[arg-type]
        grens = settings.FRESHNESS_MAILS_PER_DAY if options["max_mails"] is None else max(options["max_mails"], 0)
        if options["dry_run"]:
            stappen, mails, zonder_dag = versheid.vooruitzicht()
            self._toon(stappen)
            self.stdout.write(f"Proef: {mails} mails, hoogstens {grens} op een dag. Er is niets veranderd.")
            if zonder_dag:
                soort = "vermelding" if zonder_dag == 1 else "vermeldingen"
                self.stdout.write(f"{zonder_dag} {soort} zonder dag: die krijgen er een.")
            return
        balk = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=self.console, transient=True
        )
        with balk:
            taak = balk.add_task("Bezig")
            verslag = versheid.doe_ronde(
                max_mails=grens, voortgang=lambda aantal: balk.update(taak, description=f"{aantal} vermeldingen")
            )
        stappen = Counter({stap.label: aantal for stap, aantal in verslag.stappen.items()})
        if verslag.zonder_beheerder:
            stappen[versheid.ZONDER_BEHEERDER] = verslag.zonder_beheerder
        self._toon(stappen)
        self.stdout.write(
            f"{verslag.mails} mails in de rij, {verslag.ingepland} vermeldingen ingepland, "
            f"{verslag.wachtend} wachten op een volgende dag."
        )

    def _toon(self, stappen: Counter[str]) -> None:
        tabel = Table("Stap", "Vermeldingen", box=None)
        for naam, aantal in sorted(stappen.items()):
            tabel.add_row(naam, str(aantal))
        self.console.print(tabel)
