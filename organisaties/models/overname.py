"""Somebody asks to keep a listing that others made."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone

from organisaties.models.organisatie import Organisatie
from welzijnportal.validators import meer_regels, zichtbare_tekst


class Overname(models.Model):
    """A person's request to become beheerder of a listing, judged by a moderator or let in by a beheerder.

    Personal data: exported with the account and erased with it; the explanation is erased 90 days after the
    decision.
    """

    class Status(models.TextChoices):
        OPEN = "open", "wacht op beoordeling"
        TOEGEKEND = "toegekend", "toegekend"
        AFGEWEZEN = "afgewezen", "afgewezen"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    class Reactie(models.TextChoices):
        GEEN = "", "nog geen reactie"
        KLOPT = "klopt", "dit klopt"
        KLOPT_NIET = "klopt_niet", "dit klopt niet"

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="overnames")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="overnames")
    uitleg = models.TextField(
        "wat doet u bij deze organisatie?",
        blank=True,
        validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(1000)],
    )
    via_domein = models.BooleanField("met een adres van het eigen domein", default=False)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.OPEN)
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    beslisbaar_op = models.DateTimeField("te beoordelen vanaf", default=timezone.now)
    reactie = models.CharField("reactie van de beheerders", max_length=12, choices=Reactie, blank=True, default="")
    reactie_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    beoordeeld_op = models.DateTimeField("beoordeeld op", null=True, blank=True)
    reden = models.TextField("reden", blank=True)

    class Meta:
        verbose_name = "aanvraag om te beheren"
        verbose_name_plural = "aanvragen om te beheren"
        ordering = ("gevraagd_op", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "gebruiker"],
                condition=models.Q(status="open"),
                name="overname_een_open_per_persoon",
                violation_error_message="U hebt dit al gevraagd. U hoort van ons.",
            )
        ]
        indexes = [models.Index(fields=["beslisbaar_op"], name="overname_wachtrij", condition=models.Q(status="open"))]

    def __str__(self) -> str:
        return f"{self.gebruiker} voor {self.organisatie}"

    @property
    def is_te_beoordelen(self) -> bool:
        """Whether those who keep the listing have had their week, or have answered."""
        return bool(self.reactie) or self.beslisbaar_op <= timezone.now()
