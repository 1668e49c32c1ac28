"""Listings that may be the same organisation, and how far the search for them came."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from organisaties.models.organisatie import Organisatie


class Dubbelpaar(models.Model):
    """Two listings that look like one organisation, with the reasons; the lower key comes first.

    A pair that a moderator set aside stays, so that it is not found again.
    """

    class Status(models.TextChoices):
        OPEN = "open", "nog niet bekeken"
        NIET_DUBBEL = "niet_dubbel", "niet dubbel"
        SAMENGEVOEGD = "samengevoegd", "samengevoegd"

    een = models.ForeignKey(Organisatie, models.CASCADE, related_name="dubbelparen_een")
    ander = models.ForeignKey(Organisatie, models.CASCADE, related_name="dubbelparen_ander")
    score = models.PositiveSmallIntegerField("hoe sterk", default=0)
    redenen = ArrayField(models.CharField(max_length=60), verbose_name="waarom", default=list)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.OPEN)
    gevonden_op = models.DateTimeField("gevonden op", default=timezone.now)
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    beoordeeld_op = models.DateTimeField("bekeken op", null=True, blank=True)

    class Meta:
        verbose_name = "mogelijk dubbele vermelding"
        verbose_name_plural = "mogelijk dubbele vermeldingen"
        ordering = ("-score", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["een", "ander"],
                name="dubbelpaar_eenmaal",
                violation_error_message="Dit paar staat al in de lijst.",
            ),
            models.CheckConstraint(
                condition=models.Q(een__lt=models.F("ander")),
                name="dubbelpaar_op_volgorde",
                violation_error_message="Zet de oudste vermelding van het paar voorop.",
            ),
        ]
        indexes = [models.Index(fields=["-score", "id"], name="dubbelpaar_open", condition=models.Q(status="open"))]

    def __str__(self) -> str:
        return f"{self.een} en {self.ander}"


class Dubbelronde(models.Model):
    """How far the search for look-alikes came through the table, so that it goes on where it was cut off."""

    tot_pk = models.BigIntegerField("bekeken tot en met", default=0)
    begonnen_op = models.DateTimeField("begonnen op", default=timezone.now)
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)
    aantal_bekeken = models.PositiveIntegerField("bekeken", default=0)
    aantal_gevonden = models.PositiveIntegerField("gevonden", default=0)

    class Meta:
        verbose_name = "ronde langs mogelijk dubbele vermeldingen"
        verbose_name_plural = "rondes langs mogelijk dubbele vermeldingen"
        ordering = ("-begonnen_op",)

    def __str__(self) -> str:
        return f"tot en met {self.tot_pk}"
