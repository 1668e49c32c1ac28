"""Giving a listing free for everybody to use."""

from django.utils import timezone

from organisaties.models import Organisatie


def geef_vrij(*, organisatie: Organisatie) -> None:
    """Note that the organisation gives its listing free (CC0); the first time counts. For one that was imported."""
    Organisatie.objects.filter(pk=organisatie.pk, open_data_akkoord_op=None).update(
        open_data_akkoord_op=timezone.now(), gewijzigd_op=timezone.now()
    )
