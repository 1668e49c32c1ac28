"""Imports an HSDS 3 tabular data package: organisations with their services, locations and hours."""

from organisaties.imports.hsds.pakket import open_pakket
from organisaties.imports.hsds.schrijven import importeer

__all__ = ["importeer", "open_pakket"]
