"""Where a professional works."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from netwerk.models.professional import Professional
from organisaties.models import Organisatie
from welzijnportal.validators import een_regel


class WerkplekQuerySet(models.QuerySet["Werkplek"]):
    def huidig(self) -> WerkplekQuerySet:
        return self.filter(tot_datum__isnull=True)

    def bevestigd(self) -> WerkplekQuerySet:
        return self.huidig().filter(status=Werkplek.Status.BEVESTIGD)

    def wachtend(self, organisatie: Organisatie) -> WerkplekQuerySet:
        return self.huidig().filter(organisatie=organisatie, status=Werkplek.Status.GEVRAAGD)


class Werkplek(models.Model):
    """The link of a professional to an organisation: said by the person, confirmed by its beheerder.

    Ended, it stays as history for the person alone. Personal data: exported and erased with the profile.
    """

    class Status(models.TextChoices):
        GEVRAAGD = "gevraagd", "wacht op bevestiging"
        BEVESTIGD = "bevestigd", "bevestigd"
        AFGEWEZEN = "afgewezen", "niet bevestigd"

    professional = models.ForeignKey(Professional, models.CASCADE, related_name="werkplekken")
    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="werkplekken")
    functie = models.CharField("functie daar", max_length=100, blank=True, validators=[een_regel])
    status = models.CharField("status", max_length=10, choices=Status, default=Status.GEVRAAGD)
    sinds_datum = models.DateField("sinds", null=True, blank=True)
    tot_datum = models.DateField("tot", null=True, blank=True)
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = WerkplekQuerySet.as_manager()

    class Meta:
        verbose_name = "werkplek"
        verbose_name_plural = "werkplekken"
        ordering = ("tot_datum", "-sinds_datum", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["professional", "organisatie"],
                condition=models.Q(tot_datum__isnull=True),
                name="werkplek_een_per_organisatie",
                violation_error_message="U hebt al gezegd dat u hier werkt.",
            ),
            models.CheckConstraint(
                condition=models.Q(status="gevraagd", beantwoord_op__isnull=True)
                | models.Q(status__in=["bevestigd", "afgewezen"], beantwoord_op__isnull=False),
                name="werkplek_antwoord_heeft_moment",
                violation_error_message="Een antwoord heeft een moment, en een vraag die wacht heeft er geen.",
            ),
            models.CheckConstraint(
                condition=models.Q(sinds_datum__isnull=True)
                | models.Q(tot_datum__isnull=True)
                | models.Q(tot_datum__gte=models.F("sinds_datum")),
                name="werkplek_eindigt_na_begin",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.professional} bij {self.organisatie}"
