"""Fills the networks of peers with invented people, to try the portal with."""

from typing import Any

from django.core.management.base import BaseCommand

from netwerk.demo.vullen import vul


class Command(BaseCommand):
    help = "Add invented peers, networks and messages to the demo organisations, once."

    def handle(self, *args: Any, **options: Any) -> None:
        if aantal := vul():
            self.stdout.write(f"{aantal} verzonnen vakgenoten met hun netwerken staan klaar.")
        else:
            self.stdout.write("Er zijn al vakgenoten. Er is niets veranderd.")
