"""Atom feeds of the networks; one module for each noun."""
