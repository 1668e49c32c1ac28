"""Two listings that are one organisation become one listing; see ``regels`` for what moves and what stays."""

from organisaties.actions.samenvoegen.delen import opvolger_van
from organisaties.actions.samenvoegen.nabezorgen import bezorg_alles_na, bezorg_na
from organisaties.actions.samenvoegen.ongedaan import maak_ongedaan
from organisaties.actions.samenvoegen.slot import SamenvoegFout
from organisaties.actions.samenvoegen.uitvoeren import Keuzes, kenmerk, reden_van_weigering, voeg_samen

__all__ = [
    "Keuzes",
    "SamenvoegFout",
    "bezorg_alles_na",
    "bezorg_na",
    "kenmerk",
    "maak_ongedaan",
    "opvolger_van",
    "reden_van_weigering",
    "voeg_samen",
]
