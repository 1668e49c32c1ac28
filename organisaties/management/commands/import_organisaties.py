"""Imports organisations from a CSV or XLSX file; see ``manage.py import_organisaties --help``."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from organisaties.imports import delen, rapport, uitvoeren
from organisaties.imports.rijen import Probleem, Voorbeeld, controleer
from welzijnportal import tabular
from welzijnportal.accounts.models import Gebruiker

GETOOND = 30


class Command(BaseCommand):
    help = (
        "Importeer organisaties uit een CSV- of Excel-bestand: één rij is één organisatie met één aanbod. "
        "Alles of niets; nog eens draaien werkt alleen bij wat in het bestand is veranderd. Een CSV van meer dan 20 MB "
        "wordt in delen bewaard: na een onderbreking gaat hetzelfde commando verder."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--bron", default="", help="naam van de bron (standaard: de naam van het bestand)")
        parser.add_argument("--door", default="", help="e-mailadres van wie de import doet, voor de geschiedenis")
        parser.add_argument("--proef", action="store_true", help="alleen controleren, niets bewaren")
        hoe = parser.add_mutually_exclusive_group()
        hoe.add_argument("--publiceer", action="store_true", help="nieuwe vermeldingen meteen publiceren")
        hoe.add_argument("--indienen", action="store_true", help="nieuwe vermeldingen laten beoordelen (standaard)")
        parser.add_argument(
            "--sla-fouten-over", action="store_true", help="bewaar de goede rijen en meld de rijen met een fout"
        )
        parser.add_argument(
            "--in-delen", action="store_true", help="bewaar in delen, ook als het bestand niet groot is"
        )
        parser.add_argument("--rapport", type=Path, help="schrijf alle meldingen naar dit CSV-bestand")

    def handle(self, *args: Any, **options: Any) -> None:
        self.console = Console(file=self.stdout, highlight=False, soft_wrap=True)  # type: ignore[arg-type]
        bron = " ".join(options["bron"].split())[:60] or slugify(options["bestand"].stem)[:60]
        if not bron:
            raise CommandError("Geef de bron een naam met --bron.")
        door = self._door(options["door"])
        if self._is_groot(options["bestand"], in_delen=options["in_delen"]):
            self._importeer_in_delen(bron, door, options)
            return
        try:
            with self._balk() as balk:
                voorbeeld = self._lees(options["bestand"], balk)
            self._toon(voorbeeld)
            if options["rapport"]:
                options["rapport"].write_bytes(rapport.als_csv(voorbeeld.problemen))
            if options["proef"]:
                plan = uitvoeren.vergelijk(voorbeeld, bron=bron)
                self.stdout.write(
                    f"Proef: {len(plan.nieuw)} nieuw, {len(plan.gewijzigd)} gewijzigd, {plan.ongewijzigd} ongewijzigd. "
                    "Er is niets bewaard."
                )
                return
            with self._balk() as balk:
                taak = balk.add_task("Bewaren", total=None)
                uitkomst = uitvoeren.voer_uit(
                    voorbeeld,
                    bron=bron,
                    door=door,
                    publiceer=options["publiceer"],
                    sla_fouten_over=options["sla_fouten_over"],
                    voortgang=lambda gedaan, totaal: balk.update(taak, completed=gedaan, total=totaal),
                )
        except (tabular.TabelFout, uitvoeren.ImportGeweigerd) as fout:
            raise CommandError(str(fout)) from fout
        except KeyboardInterrupt:
            raise CommandError("Onderbroken. Er is niets bewaard; u kunt de import gewoon opnieuw starten.") from None
        self._vertel(uitkomst, len(voorbeeld.problemen), options)

    def _is_groot(self, bestand: Path, *, in_delen: bool) -> bool:
        try:
            groot = bestand.stat().st_size > tabular.MAX_BYTES
        except OSError as error:
            raise CommandError(f"{bestand} kan niet worden gelezen: {error.strerror}.") from error
        return in_delen or groot

    def _importeer_in_delen(self, bron: str, door: Gebruiker | None, options: dict[str, Any]) -> None:
        overslaan = options["sla_fouten_over"]
        try:
            with self._balk() as balk:
                taken: dict[str, Any] = {}

                def voortgang(wat: str, gedaan: int, totaal: int) -> None:
                    if wat not in taken:
                        taken[wat] = balk.add_task(wat, total=totaal)
                    balk.update(taken[wat], completed=gedaan, total=totaal)

                with delen.neem_op(options["bestand"], sla_fouten_over=overslaan, voortgang=voortgang) as opname:
                    self._toon_opname(opname, options["rapport"])
                    if options["proef"]:
                        nieuw, gewijzigd, ongewijzigd, _ = delen.tel(bron)
                        self.stdout.write(
                            f"Proef: {nieuw} nieuw, {gewijzigd} gewijzigd, {ongewijzigd} ongewijzigd. Er is niets bewaard."
                        )
                        return
                    uitkomst = delen.schrijf(
                        opname,
                        bron=bron,
                        door=door,
                        publiceer=options["publiceer"],
                        sla_fouten_over=overslaan,
                        voortgang=voortgang,
                    )
        except (tabular.TabelFout, uitvoeren.ImportGeweigerd) as fout:
            raise CommandError(str(fout)) from fout
        except OSError as error:
            raise CommandError(f"{options['bestand']} kan niet worden gelezen: {error.strerror}.") from error
        except KeyboardInterrupt:
            raise CommandError(
                "Onderbroken. Wat al bewaard is, blijft staan. Start hetzelfde commando nog eens: de import gaat verder."
            ) from None
        self._vertel(uitkomst, len(opname.fouten), options)

    def _toon_opname(self, opname: delen.Opname, bestand: Path | None) -> None:
        self.stdout.write(f"{opname.omschrijving}; {opname.aantal} goede rijen.")
        for kolom in opname.indeling.kolommen:
            self.stdout.write(f"  {kolom.kop or '(zonder kop)'} → {kolom.veldnaam or 'niet gebruikt'}")
        for opmerking in opname.opmerkingen:
            self.stdout.write(f"Let op: {opmerking}")
        if opname.fouten:
            self._tabel("De eerste fouten", opname.fouten)
        if opname.waarschuwingen:
            self._tabel("Let op", opname.waarschuwingen[:GETOOND])
            self.stdout.write(f"In totaal {opname.aantal_waarschuwingen} opmerkingen.")
        if bestand:
            bestand.write_bytes(rapport.als_csv([*opname.fouten, *opname.waarschuwingen]))

    def _door(self, email: str) -> Gebruiker | None:
        if not email:
            return None
        gebruiker = Gebruiker.objects.filter(email__iexact=email).first()
        if gebruiker is None:
            raise CommandError(f"Er is geen account met het e-mailadres {email}.")
        return gebruiker

    def _balk(self) -> Progress:
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )

    def _lees(self, bestand: Path, balk: Progress) -> Voorbeeld:
        try:
            inhoud = bestand.read_bytes()
        except OSError as error:
            raise CommandError(f"{bestand} kan niet worden gelezen: {error.strerror}.") from error
        taak = balk.add_task("Controleren", total=None)
        return controleer(
            tabular.lees(inhoud),
            voortgang=lambda gedaan, totaal: balk.update(taak, completed=gedaan, total=totaal),
        )

    def _toon(self, voorbeeld: Voorbeeld) -> None:
        self.stdout.write(f"{voorbeeld.omschrijving}; {voorbeeld.aantal_rijen} rijen.")
        for kolom in voorbeeld.indeling.kolommen:
            self.stdout.write(f"  {kolom.kop or '(zonder kop)'} → {kolom.veldnaam or 'niet gebruikt'}")
        for opmerking in voorbeeld.opmerkingen:
            self.stdout.write(f"Let op: {opmerking}")
        if voorbeeld.fouten:
            self._tabel("Fouten", voorbeeld.fouten)
        if voorbeeld.waarschuwingen:
            self._tabel("Let op", voorbeeld.waarschuwingen)

    def _tabel(self, titel: str, problemen: list[Probleem]) -> None:
        tabel = Table("rij", "kolom", "waarde", "melding", title=f"{titel} ({len(problemen)})", title_justify="left")
        for probleem in problemen[:GETOOND]:
            tabel.add_row(str(probleem.rij), _plat(probleem.kolom), _plat(probleem.waarde), _plat(probleem.melding))
        self.console.print(tabel)
        if len(problemen) > GETOOND:
            self.stdout.write(f"… en nog {len(problemen) - GETOOND}. Met --rapport BESTAND krijgt u ze allemaal.")

    def _vertel(self, uitkomst: uitvoeren.Uitkomst, getoond: int, options: dict[str, Any]) -> None:
        behouden = uitkomst.problemen[getoond:]
        if behouden:
            self._tabel("Niet overschreven", behouden)
            if options["rapport"]:
                options["rapport"].write_bytes(rapport.als_csv(uitkomst.problemen))
        self.stdout.write(self.style.SUCCESS(uitkomst.zin))
        if uitkomst.nieuw:
            self.stdout.write(
                "De nieuwe vermeldingen zijn gepubliceerd."
                if uitkomst.is_gepubliceerd
                else "De nieuwe vermeldingen wachten op beoordeling."
            )
        if uitkomst.overgeslagen:
            kolommen = Counter(probleem.kolom for probleem in uitkomst.problemen if probleem.is_fout)
            meest = ", ".join(f"{kolom} ({aantal})" for kolom, aantal in kolommen.most_common(3))
            self.stdout.write(
                f"Overgeslagen rijen: {uitkomst.overgeslagen}" + (f"; fouten in {meest}." if meest else ".")
            )
        if uitkomst.verdwenen:
            self.stdout.write(
                f"Uit een eerdere import staan er {uitkomst.verdwenen} niet in dit bestand; die blijven staan."
            )


def _plat(tekst: str) -> str:
    """Keep rich from reading square brackets as mark-up."""
    return tekst.replace("[", "\\[")
