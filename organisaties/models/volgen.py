"""What somebody wants to hear of once a week: new help for a question, or changes at one organisation."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from organisaties.models.organisatie import Organisatie
from welzijnportal.validators import een_regel


class AbonnementQuerySet(models.QuerySet["Abonnement"]):
    def bevestigd(self) -> "AbonnementQuerySet":
        """Whose address was confirmed; to others nothing but the question to confirm is sent."""
        return self.filter(bevestigd_op__isnull=False)


class Abonnement(models.Model):
    """A search or an organisation that somebody follows by a weekly mail; no account is needed.

    Personal data: the address and what it follows. Exported and erased with the account of that address; erased
    at once when it is stopped, and after a week when the address was never confirmed.
    """

    email = models.EmailField("e-mailadres")
    organisatie = models.ForeignKey(Organisatie, models.CASCADE, null=True, blank=True, related_name="volgers")
    # The parameters of the search page, in its own order and without sorting and page.
    vraag = models.CharField("zoekopdracht", max_length=1000, blank=True)
    naam = models.CharField("naam", max_length=160, blank=True, validators=[een_regel])
    aangemaakt_op = models.DateTimeField("aangevraagd op", default=timezone.now)
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)
    # Everything up to this moment was told.
    verteld_tot = models.DateTimeField("verteld tot", default=timezone.now)
    volgende_op = models.DateTimeField("volgende mail niet voor", default=timezone.now)

    objects = AbonnementQuerySet.as_manager()

    class Meta:
        verbose_name = "weekbericht"
        verbose_name_plural = "weekberichten"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisatie__isnull=True) & ~models.Q(vraag="")
                | models.Q(organisatie__isnull=False, vraag=""),
                name="abonnement_volgt_een_ding",
                violation_error_message="Volg een zoekopdracht of een organisatie.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "vraag",
                condition=models.Q(organisatie__isnull=True),
                name="abonnement_een_per_vraag",
                violation_error_message="Deze zoekopdracht is al bewaard.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "organisatie",
                condition=models.Q(organisatie__isnull=False),
                name="abonnement_een_per_organisatie",
                violation_error_message="U volgt deze organisatie al.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["volgende_op"], name="abonnement_aan_de_beurt", condition=models.Q(bevestigd_op__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return self.organisatie.get_absolute_url() if self.organisatie else f"/organisaties/?{self.vraag}"

    @property
    def is_bevestigd(self) -> bool:
        return self.bevestigd_op is not None
