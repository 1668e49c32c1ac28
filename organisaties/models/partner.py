"""How organisations belong together: as partners, or one as a part of another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from organisaties.keuzes import Status as Vermeldingstatus
from organisaties.models.organisatie import Organisatie


class VerbindingQuerySet(models.QuerySet["Verbinding"]):
    def van(self, organisatie: Organisatie) -> VerbindingQuerySet:
        """On either side of which this organisation stands."""
        return self.filter(models.Q(van=organisatie) | models.Q(naar=organisatie))

    def tussen(self, een: Organisatie, ander: Organisatie) -> VerbindingQuerySet:
        return self.filter(models.Q(van=een, naar=ander) | models.Q(van=ander, naar=een))

    def zichtbaar(self) -> VerbindingQuerySet:
        """Confirmed partners that visitors may see both of."""
        zichtbaar = Vermeldingstatus.GEPUBLICEERD
        return self.filter(
            soort=Verbinding.Soort.PARTNER,
            status=Verbinding.Status.BEVESTIGD,
            van__status=zichtbaar,
            naar__status=zichtbaar,
        )


class Verbinding(models.Model):
    """A link between two organisations, asked by one (``van``) and confirmed by the other (``naar``).

    Partners are equals: there is one row for a pair, whoever asked. For a part of a larger organisation the row
    is the request only: the member asks, the parent confirms, and then ``Organisatie.hoort_bij`` says so.
    Ending a link deletes its row. Personal data: who asked and who answered; forgotten with the account.
    """

    class Soort(models.TextChoices):
        PARTNER = "partner", "partner"
        ONDERDEEL = "onderdeel", "hoort bij"

    class Status(models.TextChoices):
        GEVRAAGD = "gevraagd", "wacht op antwoord"
        BEVESTIGD = "bevestigd", "bevestigd"
        AFGEWEZEN = "afgewezen", "niet bevestigd"

    soort = models.CharField("soort", max_length=10, choices=Soort, default=Soort.PARTNER)
    van = models.ForeignKey(Organisatie, models.CASCADE, related_name="verbindingen_gevraagd")
    naar = models.ForeignKey(Organisatie, models.CASCADE, related_name="verbindingen_ontvangen")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.GEVRAAGD)
    gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)

    objects = VerbindingQuerySet.as_manager()

    class Meta:
        verbose_name = "verbinding"
        verbose_name_plural = "verbindingen"
        ordering = ("gevraagd_op", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(van=models.F("naar")),
                name="verbinding_niet_met_zichzelf",
                violation_error_message="Kies een andere organisatie dan de uwe.",
            ),
            models.UniqueConstraint(
                Least("van", "naar"),
                Greatest("van", "naar"),
                condition=models.Q(soort="partner"),
                name="verbinding_een_per_paar",
                violation_error_message="Deze organisaties zijn al verbonden of een van beide heeft dit al gevraagd.",
            ),
            models.UniqueConstraint(
                fields=["van", "naar"],
                condition=models.Q(soort="onderdeel"),
                name="verbinding_een_vraag_per_ouder",
                violation_error_message="Dit is al gevraagd.",
            ),
            models.UniqueConstraint(
                fields=["van"],
                condition=models.Q(soort="onderdeel", status="gevraagd"),
                name="verbinding_een_open_vraag_per_lid",
                violation_error_message="Er wacht al een vraag om bij een andere organisatie te horen.",
            ),
            models.CheckConstraint(
                condition=models.Q(status="gevraagd", beantwoord_op__isnull=True)
                | models.Q(status__in=["bevestigd", "afgewezen"], beantwoord_op__isnull=False),
                name="verbinding_antwoord_heeft_moment",
                violation_error_message="Een antwoord heeft een moment, en een vraag die wacht heeft er geen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.van} – {self.naar}"
