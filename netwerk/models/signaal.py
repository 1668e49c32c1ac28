"""Reports to the moderators: somebody says that a person or a text does harm or breaks the rules."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone

from netwerk.models.professional import Professional
from welzijnportal.validators import meer_regels, zichtbare_tekst

# As much of a private thread as goes along with a report of it.
MAX_BEWIJS = 20_000


class Signaal(models.Model):
    """A report by one person about another, or about what that other wrote.

    ``wat`` and ``sleutel`` say what: the kind and its key. ``bewijs`` holds what a moderator cannot look up: the text
    of a private message, which the reporter chose to pass on. Who was reported is never told by whom. Personal data:
    the text and the pair; exported to who reports, erased a year after it was dealt with (``bewijs`` at once).
    """

    class Wat(models.TextChoices):
        MENS = "mens", "persoon"
        GESPREK = "gesprek", "gesprek"
        REACTIE = "reactie", "reactie"
        BERICHT = "bericht", "kort bericht"
        PRAKTIJKKAART = "praktijkkaart", "praktijkkaart"
        POST = "post", "persoonlijk bericht"

    class Reden(models.TextChoices):
        ONVEILIG = "onveilig", "Bedreiging, pesten of haat"
        PRIVE = "prive", "Gegevens van een cliënt of van iemand anders"
        RECLAME = "reclame", "Reclame of oplichting"
        ONJUIST = "onjuist", "Het klopt niet, of iemand doet zich anders voor"
        ANDERS = "anders", "Iets anders"

    class Status(models.TextChoices):
        OPEN = "open", "wacht op een moderator"
        GEDAAN = "gedaan", "er is iets aan gedaan"
        NIETS = "niets", "niets aan gedaan"

    wat = models.CharField("wat", max_length=13, choices=Wat)
    sleutel = models.PositiveBigIntegerField("sleutel")
    door = models.ForeignKey(
        Professional, models.SET_NULL, null=True, related_name="signalen", verbose_name="gemeld door"
    )
    over = models.ForeignKey(
        Professional, models.SET_NULL, null=True, blank=True, related_name="signalen_over", verbose_name="gaat over"
    )
    reden = models.CharField("wat is er aan de hand", max_length=9, choices=Reden)
    tekst = models.TextField(
        "wat is er gebeurd", blank=True, validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(2000)]
    )
    bewijs = models.TextField("de tekst die is doorgegeven", blank=True, editable=False)
    status = models.CharField("stand", max_length=6, choices=Status, default=Status.OPEN)
    besluit = models.CharField("wat is er gedaan", max_length=300, blank=True)
    gemeld_op = models.DateTimeField("gemeld op", default=timezone.now)
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        ordering = ("gemeld_op", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["door", "wat", "sleutel"],
                condition=models.Q(status="open"),
                name="signaal_een_open_per_persoon",
                violation_error_message="U hebt dit al gemeld. Een moderator kijkt ernaar.",
            ),
            models.CheckConstraint(
                condition=models.Q(status="open", afgehandeld_op__isnull=True)
                | (~models.Q(status="open") & models.Q(afgehandeld_op__isnull=False)),
                name="signaal_afgehandeld_heeft_moment",
                violation_error_message="Wat is afgehandeld heeft een moment, wat open is niet.",
            ),
            models.CheckConstraint(
                condition=models.Q(door__isnull=True) | ~models.Q(door=models.F("over")),
                name="signaal_niet_over_zichzelf",
                violation_error_message="U kunt uzelf niet melden.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeld_op"], name="signaal_wacht", condition=models.Q(status="open")),
            models.Index(fields=["wat", "sleutel"], name="signaal_waarover"),
        ]

    def __str__(self) -> str:
        return f"{self.get_wat_display()}: {self.get_reden_display()}"
