"""Start, stop and inspect the embedded PostgreSQL."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from welzijnportal import embedded


class Command(BaseCommand):
    help = "Start, stop or inspect the embedded PostgreSQL of this checkout."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wat", choices=["start", "stop", "status"])
        parser.add_argument("--toch", action="store_true", help="stop even if another process uses the server")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.USES_EMBEDDED_DATABASE:
            raise CommandError("DATABASE_URL is set: the embedded server is not in use.")
        try:
            getattr(self, options["wat"])(toch=options["toch"])
        except embedded.EmbeddedError as error:
            raise CommandError(str(error)) from error

    def start(self, **_: Any) -> None:
        started = embedded.start()
        embedded.ensure_database(settings.DATABASES["default"]["NAME"])
        self.stdout.write("PostgreSQL is gestart." if started else "PostgreSQL draaide al.")

    def stop(self, *, toch: bool) -> None:
        if not embedded.is_running():
            self.stdout.write("PostgreSQL draaide niet.")
        elif embedded.stop(even_if_used=toch):
            self.stdout.write("PostgreSQL is gestopt.")
        else:
            self.stdout.write("PostgreSQL is nog in gebruik door een ander proces en blijft draaien.")

    def status(self, **_: Any) -> None:
        self.stdout.write("PostgreSQL draait." if embedded.is_running() else "PostgreSQL draait niet.")
        self.stdout.write(f"Gegevens: {embedded.data_dir()}\nSocket: {embedded.socket_dir()}")
