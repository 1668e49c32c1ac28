"""What in a listing was last confirmed, by whom; and what the cycle that asks for it sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from organisaties.models.organisatie import Organisatie


class Blok(models.TextChoices):
    """The parts of a listing that go out of date each at their own pace."""

    CONTACT = "contact", "Telefoon, e-mail en website"
    TIJDEN = "tijden", "Openingstijden"
    DIENSTEN = "diensten", "Wat u aanbiedt"
    LOCATIE = "locatie", "Adressen"


class Bevestigingsbron(models.TextChoices):
    ORGANISATIE = "organisatie", "de organisatie"
    COLLEGA = "collega", "een andere organisatie"
    MODERATOR = "moderator", "de redactie"
    IMPORT = "import", "een ander bestand"


class Bevestiging(models.Model):
    """When a block of a listing (contact, times, services, location) was last found right, and by whom.

    That is another thing than a change: a phone number may be right for years. Of an import it says when the
    block was taken over; nobody looked at it then.

    Personal data: who confirmed; exported with the account, emptied when it is erased.
    """

    Blok = Blok
    Bron = Bevestigingsbron

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="bevestigingen")
    blok = models.CharField("onderdeel", max_length=10, choices=Blok)
    bevestigd_op = models.DateTimeField("bevestigd op", default=timezone.now)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bevestigd door",
    )
    bron = models.CharField("volgens", max_length=12, choices=Bevestigingsbron, default=Bevestigingsbron.ORGANISATIE)

    class Meta:
        verbose_name = "bevestiging"
        verbose_name_plural = "bevestigingen"
        ordering = ("organisatie", "blok")
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "blok"],
                name="bevestiging_een_per_blok",
                violation_error_message="Dit onderdeel heeft al een bevestiging.",
            ),
            models.CheckConstraint(
                condition=models.Q(blok__in=Blok.values),
                name="bevestiging_blok_bestaat",
                violation_error_message="Dit onderdeel bestaat niet.",
            ),
            models.CheckConstraint(
                condition=models.Q(bron__in=Bevestigingsbron.values),
                name="bevestiging_bron_bestaat",
                violation_error_message="Kies een bron uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_blok_display()} volgens {self.get_bron_display()}"


class Versheidsdag(models.Model):
    """How many mails 'klopt dit nog?' went out on one day.

    Its row is locked while a batch is sent, so that two runs at once keep to the day's limit together.
    """

    datum = models.DateField("datum", unique=True)
    aantal_mails = models.PositiveIntegerField("aantal mails", default=0)

    class Meta:
        verbose_name = "dag van de versheidsmails"
        verbose_name_plural = "dagen van de versheidsmails"
        ordering = ("-datum",)

    def __str__(self) -> str:
        return f"{self.datum}: {self.aantal_mails}"
