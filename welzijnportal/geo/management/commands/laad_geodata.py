from time import perf_counter
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from welzijnportal.geo.laden import laad


class Command(BaseCommand):
    help = "Laadt provincies, gemeenten, plaatsen en postcodes uit de gegevens van het portaal; vaker draaien kan geen kwaad."

    def handle(self, *args: Any, **options: Any) -> None:
        begin = perf_counter()
        laad(apps, meld=lambda regel: self.stdout.write(f"  {regel}"))
        self.stdout.write(self.style.SUCCESS(f"Klaar in {perf_counter() - begin:.1f} s."))
