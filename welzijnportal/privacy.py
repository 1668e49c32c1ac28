"""What the portal holds of a person, and how it is erased: one register that each app adds its share to.

An app registers its share from ``AppConfig.ready``, so that this module knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

if TYPE_CHECKING:
    from welzijnportal.accounts.models import Gebruiker


def _geen_gevolgen(gebruiker: "Gebruiker") -> list[str]:
    return []


@dataclass(frozen=True)
class Bron:
    """One app's share: what it gives on request, what it erases, and what the person must know beforehand."""

    naam: str
    export: Callable[["Gebruiker"], Any]
    erase: Callable[["Gebruiker"], None]
    gevolgen: Callable[["Gebruiker"], list[str]] = _geen_gevolgen


_bronnen: dict[str, Bron] = {}


def registreer(
    naam: str,
    *,
    export: Callable[["Gebruiker"], Any],
    erase: Callable[["Gebruiker"], None],
    gevolgen: Callable[["Gebruiker"], list[str]] = _geen_gevolgen,
) -> None:
    """Add a share under a name that the person reads in the export; ValueError when the name is taken.

    ``export`` returns what JSON can hold (dates and times included). ``erase`` runs in the transaction
    that deletes the account, before it, and removes or anonymises what the deletion leaves behind.
    """
    bron = Bron(naam, export, erase, gevolgen)
    if _bronnen.setdefault(naam, bron) != bron:
        raise ValueError(f"'{naam}' is registered twice.")


def bronnen() -> list[Bron]:
    return list(_bronnen.values())


def gegevens_van(gebruiker: "Gebruiker") -> dict[str, Any]:
    """Return all that the portal holds of a person, by share."""
    return {bron.naam: bron.export(gebruiker) for bron in _bronnen.values()}


def gevolgen_voor(gebruiker: "Gebruiker") -> list[str]:
    """Return the sentences that a person reads before the account is erased."""
    return [zin for bron in _bronnen.values() for zin in bron.gevolgen(gebruiker)]


def wis(gebruiker: "Gebruiker") -> None:
    """Erase each share and then the account itself, all or nothing."""
    with transaction.atomic():
        for bron in reversed(_bronnen.values()):
            bron.erase(gebruiker)
        gebruiker.delete()
