"""Imports an HSDS 3 data package; see ``manage.py import_hsds --help``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify
from rich.console import Console
from rich.progress import Progress

from organisaties.imports.hsds import importeer, open_pakket
from organisaties.imports.uitvoeren import ImportGeweigerd
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.tabular import TabelFout

GETOOND = 30


class Command(BaseCommand):
    help = (
        "Importeer organisaties uit een HSDS-pakket (Open Referral): een zip met datapackage.json en een CSV per tabel. "
        "Nog eens draaien werkt alleen bij wat in het pakket is veranderd; na een onderbreking gaat het verder."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--bron", default="", help="naam van de bron (standaard: de naam van het bestand)")
        parser.add_argument("--door", default="", help="e-mailadres van wie de import doet, voor de geschiedenis")
        parser.add_argument("--publiceer", action="store_true", help="nieuwe vermeldingen meteen publiceren")

    def handle(self, *args: Any, **options: Any) -> None:
        bron = " ".join(options["bron"].split())[:60] or slugify(options["bestand"].stem)[:60]
        door = Gebruiker.objects.filter(email__iexact=options["door"]).first() if options["door"] else None
        if options["door"] and door is None:
            raise CommandError(f"Er is geen account met het e-mailadres {options['door']}.")
        console = Console(file=self.stdout, highlight=False, soft_wrap=True)  # type: ignore[arg-type]
        try:
            with (
                open_pakket(options["bestand"]) as fouten,
                Progress(console=console, transient=True, disable=not console.is_terminal) as balk,
            ):
                if fouten:
                    self._toon(fouten)
                    raise CommandError("Dit pakket klopt niet. Er is niets bewaard.")
                taak = balk.add_task("Bewaren", total=None)
                uitkomst = importeer(
                    bron=bron,
                    door=door,
                    publiceer=options["publiceer"],
                    voortgang=lambda gedaan, totaal: balk.update(taak, completed=gedaan, total=totaal),
                )
        except (TabelFout, ImportGeweigerd) as fout:
            raise CommandError(str(fout)) from fout
        except OSError as error:
            raise CommandError(f"{options['bestand']} kan niet worden gelezen: {error.strerror}.") from error
        except KeyboardInterrupt:
            raise CommandError("Onderbroken. Start hetzelfde commando nog eens: de import gaat verder.") from None
        self._toon(uitkomst.problemen[:GETOOND])
        self.stdout.write(self.style.SUCCESS(uitkomst.zin))

    def _toon(self, problemen: list[Any]) -> None:
        for probleem in problemen:
            self.stdout.write(f"  rij {probleem.rij}, {probleem.kolom} '{probleem.waarde}': {probleem.melding}")
