"""Runs queued tasks and, once a minute, the housekeeping."""

import os
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from welzijnportal import onderhoud

HOUSEKEEPING_SECONDS = 60


class Command(BaseCommand):
    help = "Run queued tasks (mail among them) and the regular housekeeping. Start as many as you like."

    running = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--eenmaal", action="store_true", help="do what is waiting, then stop")
        parser.add_argument(
            "--zolang", type=int, default=0, help="stop when the process with this id is no longer our parent"
        )
        parser.add_argument("--pauze", type=float, default=1.0, help="seconds between two looks at the queue")

    def handle(self, *args: Any, **options: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        last_housekeeping = float("-inf")
        while self.running and options["zolang"] in (0, os.getppid()):
            close_old_connections()
            if time.monotonic() - last_housekeeping >= HOUSEKEEPING_SECONDS:
                onderhoud.doe_onderhoud()
                last_housekeeping = time.monotonic()
            self.run_queue()
            if options["eenmaal"]:
                return
            self.wait(options["pauze"])

    def run_queue(self) -> None:
        self.worker = Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=onderhoud.worker_id(),
            excluded_queue_names=[],
        )
        self.worker.running = self.running
        self.worker.run()

    def wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.running and time.monotonic() < until:
            time.sleep(min(0.2, seconds))

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.running = False
        if getattr(self, "worker", None):
            self.worker.running = False
