"""Imports from the admin: a file is kept, shown, confirmed and carried out, by a task when it is large."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Any

from django.db import connection, transaction
from django.tasks import task
from django.utils import timezone

from organisaties.actions.dubbelen import zoek_verder_taak
from organisaties.imports import uitvoeren
from organisaties.imports.rijen import Voorbeeld, controleer
from organisaties.models import Importopdracht
from welzijnportal import tabular

# Up to so many rows the answer comes with the page.
DIRECT = 1_000
BEWAAR_ONBEVESTIGD = timedelta(days=7)


def lees(opdracht: Importopdracht) -> Voorbeeld:
    """Read and check the kept file again: it may be days later, and the words of the portal may have changed."""
    return controleer(tabular.lees(bytes(opdracht.bestand or b"")))


@transaction.atomic
def bevestig(*, opdracht: Importopdracht, publiceer: bool, aantal_rijen: int) -> bool:
    """Let a file be imported; a large one by a task. Return False when it was confirmed before."""
    verse = Importopdracht.objects.select_for_update(of=("self",)).get(pk=opdracht.pk)
    if verse.status != Importopdracht.Status.VOORBEELD:
        return False
    verse.status, verse.is_publiceren, verse.aantal_rijen = Importopdracht.Status.WACHT, publiceer, aantal_rijen
    verse.save()
    if aantal_rijen > DIRECT:
        transaction.on_commit(lambda: voer_opdracht_uit.enqueue(pk=verse.pk))
    return True


def voer_opdracht(pk: int) -> None:
    """Carry out a confirmed import; does nothing when it was done already, so that a task may be repeated."""
    gepakt = Importopdracht.objects.filter(
        pk=pk, status__in=[Importopdracht.Status.WACHT, Importopdracht.Status.LOOPT], bestand__isnull=False
    ).update(status=Importopdracht.Status.LOOPT)
    if not gepakt:
        return
    opdracht = Importopdracht.objects.select_related("gemaakt_door").get(pk=pk)
    try:
        with Voortgangsmelder(pk) as melder:
            uitkomst = uitvoeren.voer_uit(
                lees(opdracht),
                bron=opdracht.bron,
                door=opdracht.gemaakt_door,
                publiceer=opdracht.is_publiceren,
                voortgang=melder.meld,
            )
    except (tabular.TabelFout, uitvoeren.ImportGeweigerd) as fout:
        _sluit(opdracht, Importopdracht.Status.MISLUKT, {"melding": str(fout)})
        return
    _sluit(opdracht, Importopdracht.Status.KLAAR, {**uitkomst.als_json(), "zin": uitkomst.zin})
    zoek_verder_taak.enqueue()


def _sluit(opdracht: Importopdracht, status: Importopdracht.Status, uitkomst: dict[str, Any]) -> None:
    Importopdracht.objects.filter(pk=opdracht.pk).update(
        status=status, uitkomst=uitkomst, bestand=None, afgerond_op=timezone.now()
    )


@task()
def voer_opdracht_uit(*, pk: int) -> None:
    """Carry out one confirmed import."""
    voer_opdracht(pk)


def ruim_op() -> int:
    """Erase files that nobody confirmed within a week."""
    oud = timezone.now() - BEWAAR_ONBEVESTIGD
    return Importopdracht.objects.filter(status=Importopdracht.Status.VOORBEELD, gemaakt_op__lt=oud).delete()[0]


class Voortgangsmelder:
    """Writes progress once a second from a thread of its own.

    The import is one transaction, so what it wrote about its own progress would be seen only at the end.
    """

    def __init__(self, pk: int) -> None:
        self.pk, self._gedaan, self._klaar = pk, 0, threading.Event()
        self._draad = threading.Thread(target=self._schrijf, daemon=True)
        self.meld: Callable[[int, int], None] = self._onthoud

    def __enter__(self) -> "Voortgangsmelder":
        self._draad.start()
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._klaar.set()
        self._draad.join()

    def _onthoud(self, gedaan: int, totaal: int) -> None:
        self._gedaan = gedaan

    def _schrijf(self) -> None:
        geschreven, begin = 0, time.monotonic()
        try:
            while not self._klaar.wait(1.0):
                if self._gedaan != geschreven and time.monotonic() - begin > 1:
                    geschreven = self._gedaan
                    Importopdracht.objects.filter(pk=self.pk).update(aantal_gedaan=geschreven)
        finally:
            connection.close()
