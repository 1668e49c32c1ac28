"""What the search over people keeps beside the profiles; all of it can be made anew from them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

from netwerk.models.professional import Professional
from welzijnportal.geo.fields import PuntField


class Profielzoek(models.Model):
    """A profile as one kind of viewer may find it: for members of the portal (2) or for everybody (3).

    The row holds only what that viewer may see, so that nobody is found by a field that is hidden. There is no row
    for a level whose viewers may not find the person. Personal data: as of the profile, and gone with it.
    """

    professional = models.ForeignKey(Professional, models.CASCADE, related_name="zoekrijen")
    niveau = models.PositiveSmallIntegerField()
    vector = SearchVectorField()
    # The keys of labels: what the person knows, and what they want to learn.
    expertise = ArrayField(models.IntegerField(), default=list)
    interesses = ArrayField(models.IntegerField(), default=list)
    organisaties = ArrayField(models.BigIntegerField(), default=list)
    biedt = models.BooleanField(default=False)
    zoekt = models.BooleanField(default=False)
    punt = PuntField(null=True, blank=True)
    # How much there is to see, and whether an organisation confirms it.
    score = models.FloatField(default=0)

    class Meta:
        verbose_name = "zoekrij van profiel"
        verbose_name_plural = "zoekrijen van profielen"
        constraints = [
            models.UniqueConstraint(fields=["professional", "niveau"], name="profielzoek_een_per_niveau"),
            models.CheckConstraint(condition=models.Q(niveau__in=[2, 3]), name="profielzoek_niveau_bestaat"),
        ]
        indexes = [
            models.Index("niveau", models.F("score").desc(), "professional", name="profielzoek_beste"),
            GinIndex(fields=["vector"], name="profielzoek_vector"),
            GinIndex(fields=["expertise"], name="profielzoek_expertise"),
            GinIndex(fields=["organisaties"], name="profielzoek_organisaties"),
            GistIndex(fields=["punt"], name="profielzoek_punt"),
        ]

    def __str__(self) -> str:
        return f"{self.professional} ({self.niveau})"


class NietPassend(models.Model):
    """Somebody whom a professional does not want to be suggested again. Personal data: erased with either profile."""

    professional = models.ForeignKey(Professional, models.CASCADE, related_name="niet_passend")
    ander = models.ForeignKey(Professional, models.CASCADE, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "weggehaalde suggestie"
        verbose_name_plural = "weggehaalde suggesties"
        constraints = [models.UniqueConstraint(fields=["professional", "ander"], name="nietpassend_een_keer")]

    def __str__(self) -> str:
        return f"{self.professional}: niet {self.ander}"
