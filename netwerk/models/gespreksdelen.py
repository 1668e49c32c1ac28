"""What belongs to a conversation: what helped, who follows it, and how texts were before."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from netwerk.models.gesprek import Gesprek, Reactie
from netwerk.models.professional import Professional


class Hielp(models.Model):
    """That a reply helped a reader. Personal data: exported and erased with the profile."""

    reactie = models.ForeignKey(Reactie, models.CASCADE, related_name="hielp")
    professional = models.ForeignKey(Professional, models.CASCADE, related_name="vond_nuttig")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "dit hielp"
        verbose_name_plural = "dit hielp"
        constraints = [
            models.UniqueConstraint(
                fields=["reactie", "professional"],
                name="hielp_een_keer",
                violation_error_message="U hebt al gezegd dat dit hielp.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.professional}: {self.reactie}"


class Gesprekvolger(models.Model):
    """Whether somebody gets word of replies: who asks or replies does, until they say no; others when they say yes.

    Personal data: exported and erased with the profile.
    """

    gesprek = models.ForeignKey(Gesprek, models.CASCADE, related_name="volgers")
    professional = models.ForeignKey(Professional, models.CASCADE, related_name="gevolgde_gesprekken")
    volgt = models.BooleanField(default=True)

    class Meta:
        verbose_name = "volger van gesprek"
        verbose_name_plural = "volgers van gesprekken"
        constraints = [models.UniqueConstraint(fields=["gesprek", "professional"], name="gesprekvolger_een_keer")]

    def __str__(self) -> str:
        return f"{self.professional}: {self.gesprek}"


class Tekstversie(models.Model):
    """How a conversation or a reply was before it was changed; who may read it may read what it was.

    Personal data: an earlier text; exported with the text, and gone when the text is erased.
    """

    gesprek = models.ForeignKey(Gesprek, models.CASCADE, null=True, blank=True, related_name="versies")
    reactie = models.ForeignKey(Reactie, models.CASCADE, null=True, blank=True, related_name="versies")
    titel = models.CharField(max_length=150, blank=True)
    tekst = models.TextField()
    tot_op = models.DateTimeField("zo tot", default=timezone.now)

    class Meta:
        verbose_name = "eerdere tekst"
        verbose_name_plural = "eerdere teksten"
        ordering = ("-tot_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(gesprek__isnull=False, reactie__isnull=True)
                | models.Q(gesprek__isnull=True, reactie__isnull=False),
                name="tekstversie_van_een_ding",
                violation_error_message="Een eerdere tekst hoort bij een gesprek of bij een reactie.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gesprek or self.reactie} tot {self.tot_op:%Y-%m-%d}"
