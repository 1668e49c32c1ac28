"""One organisation that vouches for another's listing."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from organisaties.models.organisatie import Organisatie


class Voorspraak(models.Model):
    """The word of a published organisation that it knows another one and that its listing is right.

    Withdrawn by deleting it. Personal data: who gave it, for the organisations concerned; exported with the
    account, forgotten when the account goes.
    """

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="voorspraken", verbose_name="voor")
    namens = models.ForeignKey(Organisatie, models.CASCADE, related_name="gegeven_voorspraken", verbose_name="namens")
    gegeven_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    gegeven_op = models.DateTimeField("gegeven op", default=timezone.now)

    class Meta:
        verbose_name = "organisatie die instaat"
        verbose_name_plural = "organisaties die instaan"
        ordering = ("-gegeven_op", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "namens"],
                name="voorspraak_een_keer_per_organisatie",
                violation_error_message="Deze organisatie staat al in voor deze gegevens.",
            ),
            models.CheckConstraint(
                condition=~models.Q(organisatie=models.F("namens")),
                name="voorspraak_niet_voor_zichzelf",
                violation_error_message="Een organisatie kan niet voor zichzelf instaan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.namens} staat in voor {self.organisatie}"
