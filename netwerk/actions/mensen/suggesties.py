"""Suggestions of people that somebody does not want."""

from netwerk.models import NietPassend, Professional


def haal_weg(*, mens: Professional, ander: Professional) -> None:
    """Note that a person is not to be suggested again; doing so twice is once."""
    NietPassend.objects.bulk_create([NietPassend(professional=mens, ander=ander)], ignore_conflicts=True)
