"""What word to people holds of a person with an account; all of it goes with the account."""

from typing import Any

from netwerk.models import Kennisgeving, Voorkeur
from welzijnportal.accounts.models import Gebruiker


def export(gebruiker: Gebruiker) -> dict[str, Any]:
    return {
        "berichten": [
            {"tekst": rij.tekst, "op": rij.aangemaakt_op, "gelezen": rij.gelezen_op, "gemaild": rij.gemaild_op}
            for rij in Kennisgeving.objects.filter(ontvanger=gebruiker).order_by("pk")
        ],
        "per mail": [
            {"wat": rij.get_soort_display(), "wanneer": rij.get_wanneer_display(), "netwerk": str(rij.netwerk or "")}
            for rij in Voorkeur.objects.filter(gebruiker=gebruiker).select_related("netwerk").order_by("pk")
        ],
    }


def erase(gebruiker: Gebruiker) -> None:
    """Nothing is left behind: the rows go with the account."""
