"""Whose messages somebody wants to read, and whose not."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from netwerk.models.professional import Professional
from organisaties.models import Organisatie, Thema


class VolgtQuerySet(models.QuerySet["Volgt"]):
    def geldig(self) -> VolgtQuerySet:
        """Without those who let nobody follow them any more: their rows rest until they do again."""
        return self.exclude(professional__is_volgbaar=False)


class Volgt(models.Model):
    """Somebody who follows a person, an organisation or a theme: its messages come into their home line.

    Only who ``is_volgbaar`` can be followed; that person gets word and can remove a follower. Personal data:
    exported to who follows, and to a person who is followed by name; erased with either account.
    """

    volger = models.ForeignKey(Professional, models.CASCADE, related_name="volgt")
    professional = models.ForeignKey(Professional, models.CASCADE, null=True, blank=True, related_name="volgers")
    organisatie = models.ForeignKey(Organisatie, models.CASCADE, null=True, blank=True, related_name="volgend")
    thema = models.ForeignKey(Thema, models.CASCADE, null=True, blank=True, related_name="volgend")
    sinds_op = models.DateTimeField("sinds", default=timezone.now)

    objects = VolgtQuerySet.as_manager()

    class Meta:
        verbose_name = "gevolgd"
        verbose_name_plural = "wie wie volgt"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(professional__isnull=False, organisatie__isnull=True, thema__isnull=True)
                | models.Q(professional__isnull=True, organisatie__isnull=False, thema__isnull=True)
                | models.Q(professional__isnull=True, organisatie__isnull=True, thema__isnull=False),
                name="volgt_een_ding",
                violation_error_message="Volg een persoon, een organisatie of een thema.",
            ),
            models.CheckConstraint(
                condition=models.Q(professional__isnull=True) | ~models.Q(volger=models.F("professional")),
                name="volgt_niet_zichzelf",
                violation_error_message="U kunt uzelf niet volgen.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["volger", veld],
                    condition=models.Q(**{f"{veld}__isnull": False}),
                    name=f"volgt_{veld}_een_keer",
                    violation_error_message="Dit volgt u al.",
                )
                for veld in ("professional", "organisatie", "thema")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volger} volgt {self.professional or self.organisatie or self.thema}"


class Gedempt(models.Model):
    """Somebody whose messages another does not want to see; the muted person does not notice.

    Personal data: exported to who mutes, never to who is muted; erased with either account.
    """

    door = models.ForeignKey(Professional, models.CASCADE, related_name="gedempten")
    gedempt = models.ForeignKey(Professional, models.CASCADE, related_name="gedempt_door")
    op = models.DateTimeField("sinds", default=timezone.now)

    class Meta:
        verbose_name = "gedempt"
        verbose_name_plural = "gedempten"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["door", "gedempt"],
                name="gedempt_een_keer",
                violation_error_message="U hoort deze persoon al niet meer.",
            ),
            models.CheckConstraint(
                condition=~models.Q(door=models.F("gedempt")),
                name="gedempt_niet_zichzelf",
                violation_error_message="U kunt uzelf niet dempen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.door} dempt {self.gedempt}"
