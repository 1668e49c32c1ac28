"""Two listings that turned out to be one organisation: what was done, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from organisaties.models.organisatie import Organisatie


class Samenvoeging(models.Model):
    """One merge: `verdwenen` went up in `blijver`.

    The merged listing stays in its table, invisible, with what would have been there twice. `gegevens`
    holds the rest that undoing needs: the keys of the rows that moved and the values that were replaced.
    No personal data: people are named by their keys alone.
    """

    blijver = models.ForeignKey(Organisatie, models.CASCADE, related_name="samenvoegingen", verbose_name="blijft")
    verdwenen = models.ForeignKey(Organisatie, models.CASCADE, related_name="opgegaan_in", verbose_name="samengevoegd")
    oude_slug = models.SlugField("oud adres", max_length=140)
    gegevens = models.JSONField(default=dict)
    gedaan_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    gedaan_op = models.DateTimeField("gedaan op", default=timezone.now)
    ongedaan_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ongedaan_op = models.DateTimeField("ongedaan gemaakt op", null=True, blank=True)

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        ordering = ("-gedaan_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(blijver=models.F("verdwenen")),
                name="samenvoeging_van_twee",
                violation_error_message="Kies twee verschillende vermeldingen.",
            ),
            models.UniqueConstraint(
                fields=["verdwenen"],
                condition=models.Q(ongedaan_op__isnull=True),
                name="samenvoeging_een_per_verdwenen",
                violation_error_message="Deze vermelding is al samengevoegd.",
            ),
        ]
        indexes = [models.Index(fields=["oude_slug"], name="samenvoeging_oude_slug")]

    def __str__(self) -> str:
        return f"{self.verdwenen} → {self.blijver}"
