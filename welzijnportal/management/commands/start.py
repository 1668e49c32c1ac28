"""One command that sets the portal up and serves it, for development and for a first look."""

import os
import signal
import socket
import subprocess
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisaties.demo import DEMO_ACCOUNTS
from organisaties.models import Organisatie
from welzijnportal import embedded


class Command(BaseCommand):
    help = "Migrate, fill an empty database with demo data, and serve the portal with a task worker."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--poort", type=int, default=os.environ.get("PORT", "8000"))
        parser.add_argument("--zonder-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IN_DEVELOPMENT:
            raise CommandError("'start' is for development; see the README for how to deploy.")
        # A shell that starts this in the background has SIGINT ignored; a stop must work there too.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._interrupt)
        self._refuse_port_in_use(options["poort"])
        self.stdout.write("Database bijwerken …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("laad_basisgegevens")
        if not options["zonder_demo"] and not Organisatie.objects.exists():
            call_command("demo_gegevens")
            call_command("demo_vakgenoten")
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--zolang", str(os.getpid())],
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )
        try:
            self._greet(options["poort"])
            call_command("runserver", f"127.0.0.1:{options['poort']}", use_reloader=False)
        except KeyboardInterrupt:
            pass
        finally:
            self._stop(worker)

    @staticmethod
    def _refuse_port_in_use(poort: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", poort))
            except (OSError, OverflowError) as error:
                raise CommandError(f"Poort {poort} is niet vrij. Kies een andere: PORT=8080 make run") from error

    def _greet(self, poort: int) -> None:
        regels = [
            "",
            self.style.SUCCESS(f"  Het welzijnportal draait op http://localhost:{poort}"),
            f"  Beheer:           http://localhost:{poort}/beheer/",
            f"  Verzonden mail:   http://localhost:{poort}/ontwikkeling/mail/",
            f"  Bouwstenen:       http://localhost:{poort}/stijl/",
            "",
            "  Accounts om mee te proberen (alleen in ontwikkeling):",
            *(f"    {rol:<14} {email}   wachtwoord: {wachtwoord}" for email, rol, wachtwoord in DEMO_ACCOUNTS),
            "",
            "  Stoppen: Ctrl-C",
            "",
        ]
        self.stdout.write("\n".join(regels))
        self.stdout.flush()

    def _stop(self, worker: subprocess.Popen[bytes]) -> None:
        # A second Ctrl-C must not leave the worker or the database behind.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        worker.terminate()
        try:
            worker.wait(10)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
        if settings.USES_EMBEDDED_DATABASE:
            embedded.stop()
        self.stdout.write("Het portal is gestopt.")

    @staticmethod
    def _interrupt(*_: Any) -> None:
        if threading.current_thread() is threading.main_thread():
            raise KeyboardInterrupt
