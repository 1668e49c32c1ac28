"""Measure the search engine in a scratch database: `make bench-search`."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

GEDEELD = settings.BASE_DIR.parent / "shared" / "data"


class Command(BaseCommand):
    help = "Meet hoe goed het zoeken is, in een wegwerpdatabase."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--listings", type=Path, default=GEDEELD / "sociale_kaart_amsterdam.csv")
        parser.add_argument("--queries", type=Path, default=GEDEELD / "zoekvragen.csv")
        parser.add_argument("--demo", action="store_true", help="mix the demo organisations in")
        parser.add_argument("--worst", type=int, default=0, help="show this many of the worst queries")

    def handle(self, *args: Any, **options: Any) -> None:
        with self._wegwerpdatabase():
            self._kwaliteit(options)

    @contextmanager
    def _wegwerpdatabase(self) -> Iterator[None]:
        name = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = f"bench_{name}"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

    def _kwaliteit(self, options: dict[str, Any]) -> None:
        from tests.bench import zoekkwaliteit

        missing = [str(path) for path in (options["listings"], options["queries"]) if not path.exists()]
        if missing:
            self.stdout.write(
                f"No judged queries: not found: {', '.join(missing)} (name them by --listings and --queries)."
            )
            return
        call_command("laad_basisgegevens", verbosity=0)
        if options["demo"] and "demo_gegevens" in get_commands():
            call_command("demo_gegevens", verbosity=0)
        call_command(
            "import_organisaties", str(options["listings"]), bron=zoekkwaliteit.BRON, publiceer=True, stdout=StringIO()
        )
        call_command("herbouw_zoekindex", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM organisaties_zoekrij")
            self.stdout.write(f"{cursor.fetchone()[0]} listings in the index")
        for titel, bestand in (("shared queries", options["queries"]), ("own queries", zoekkwaliteit.EIGEN_VRAGEN)):
            uitslagen = zoekkwaliteit.meet(zoekkwaliteit.lees_oordelen(bestand))
            self.stdout.write("\n".join(zoekkwaliteit.rapport(titel, uitslagen)))
            for uitslag in sorted(uitslagen, key=lambda u: u.ndcg)[: options["worst"]]:
                self.stdout.write(f"    {uitslag.ndcg:.2f} {uitslag.oordeel.vraag}")
        self.stdout.write(zoekkwaliteit.rapport_onzin())
