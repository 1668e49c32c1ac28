"""What a profile holds of a person with an account."""

from typing import Any

from netwerk.models import NietPassend, Professional, Werkplek
from welzijnportal.accounts.models import Gebruiker

_VELDEN = (
    "naam", "functie", "biedt", "zoekt", "talen", "tekst", "website", "linkedin", "mastodon", "werkmail",
    "vragen_per_maand", "is_volgbaar", "bevestigd_op", "aangemaakt_op",
)  # fmt: skip


def export(gebruiker: Gebruiker) -> dict[str, Any]:
    mens = Professional.objects.select_related("plaats").filter(gebruiker=gebruiker).first()
    if mens is None:
        return {}
    zicht = {
        veld.verbose_name: veld.value_from_object(mens)
        for veld in Professional._meta.concrete_fields
        if veld.name.endswith("_voor")
    }
    return {
        **{veld: getattr(mens, veld) for veld in _VELDEN},
        "adres van het profiel": mens.code,
        "telefoon": str(mens.telefoon),
        "plaats": str(mens.plaats or ""),
        "foto": mens.foto.name,
        "weet veel van": sorted(mens.expertise.names()),
        "wil leren over": sorted(mens.interesses.names()),
        "wie ziet wat": {str(naam): Professional.Voor(waarde).label for naam, waarde in zicht.items()},
        "werk": [
            {
                "organisatie": plek.organisatie.naam,
                "functie": plek.functie,
                "status": plek.get_status_display(),
                "sinds": plek.sinds_datum,
                "tot": plek.tot_datum,
            }
            for plek in Werkplek.objects.filter(professional=mens).select_related("organisatie").order_by("pk")
        ],
        "niet meer voorgesteld": [
            rij.ander.naam for rij in NietPassend.objects.filter(professional=mens).select_related("ander")
        ],
    }


def erase(gebruiker: Gebruiker) -> None:
    """Remove the photo's file; the rows go with the account."""
    mens = Professional.objects.filter(gebruiker=gebruiker).first()
    if mens and mens.foto:
        mens.foto.delete(save=False)
