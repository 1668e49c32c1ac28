"""A visitor's report that a listing is wrong."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from organisaties import notifications
from organisaties.models import Melding, Organisatie

_DUBBEL_BINNEN = timedelta(hours=1)


@transaction.atomic
def meld(*, organisatie: Organisatie, tekst: str, email: str = "") -> Melding:
    """Write a report and mail the beheerders and the desk; a form that is sent twice gives one report."""
    # The lock makes two sendings of the same form wait for each other.
    Organisatie.objects.select_for_update(of=("self",)).get(pk=organisatie.pk)
    eerder = organisatie.meldingen.filter(
        tekst=tekst, email=email, gemeld_op__gt=timezone.now() - _DUBBEL_BINNEN
    ).first()
    if eerder:
        return eerder
    melding = Melding.objects.create(organisatie=organisatie, tekst=tekst, email=email)
    notifications.meld_melding(melding)
    return melding
