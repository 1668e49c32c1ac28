"""Doing things at the same moment, in real threads on the real database."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def tegelijk(*doen: Callable[[], Any], weigert: tuple[type[Exception], ...]) -> list[str]:
    """Return, sorted, for each 'gelukt', 'geweigerd' for an exception of ``weigert``, or the exception in full."""
    start, uitkomst = threading.Barrier(len(doen)), []

    def draad(doe: Callable[[], Any]) -> None:
        start.wait()
        try:
            doe()
            uitkomst.append("gelukt")
        except weigert:
            uitkomst.append("geweigerd")
        except Exception as fout:  # noqa: BLE001 - whatever else comes out fails the test by its name
            uitkomst.append(repr(fout))
        finally:
            connection.close()

    draden = [threading.Thread(target=draad, args=(doe,)) for doe in doen]
    for een in draden:
        een.start()
    for een in draden:
        een.join()
    return sorted(uitkomst)
