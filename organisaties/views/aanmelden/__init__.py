"""Registering: four steps, and the confirmation of an address."""

from organisaties.views.aanmelden.bevestigen import aanmelden_bevestigen, aanmelden_controleren, aanmelden_klaar
from organisaties.views.aanmelden.stappen import aanmelden, aanmelden_stap

__all__ = ["aanmelden", "aanmelden_bevestigen", "aanmelden_controleren", "aanmelden_klaar", "aanmelden_stap"]
