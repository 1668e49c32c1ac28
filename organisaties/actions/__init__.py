"""Writes over several models, or with a message to somebody; keyword-only, atomic, the actor as ``door``."""
