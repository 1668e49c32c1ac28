"""Organisations that asked to be left out."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisaties.models.organisatie import Organisatie
from welzijnportal.validators import meer_regels


class NietVermelding(models.Model):
    """The wish of an organisation not to be listed, and by what an import recognises it.

    Kept are only the key at its source, the KvK number, its own web domain, and its name with a postcode.
    Personal data: the address of who asked is erased 30 days after the decision.
    """

    class Status(models.TextChoices):
        GEVRAAGD = "gevraagd", "wacht op bevestiging of beoordeling"
        ACTIEF = "actief", "wordt niet vermeld"
        AFGEWEZEN = "afgewezen", "afgewezen"
        OPGEHEVEN = "opgeheven", "mag weer vermeld worden"

    organisatie = models.ForeignKey(
        Organisatie, models.SET_NULL, null=True, blank=True, related_name="nietvermeldingen"
    )
    naam = models.CharField("naam", max_length=120)
    reden = models.TextField("reden", blank=True, validators=[meer_regels, MaxLengthValidator(1000)])
    email = models.EmailField("e-mailadres van de vrager", blank=True)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.GEVRAAGD)
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    beoordeeld_op = models.DateTimeField("besloten op", null=True, blank=True)
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    bron = models.CharField("bron", max_length=60, blank=True)
    extern_id = models.CharField("sleutel bij de bron", max_length=120, blank=True)
    kvk_nummer = models.CharField("KvK-nummer", max_length=8, blank=True)
    domein = models.CharField("eigen webdomein", max_length=253, blank=True)
    naamkern = models.CharField("kern van de naam", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)

    class Meta:
        verbose_name = "organisatie die niet vermeld wil worden"
        verbose_name_plural = "organisaties die niet vermeld willen worden"
        ordering = ("-gevraagd_op", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie"],
                condition=Q(status="gevraagd"),
                name="nietvermelding_een_vraag_tegelijk",
                violation_error_message="Deze vraag loopt al.",
            ),
            models.UniqueConstraint(
                fields=["bron", "extern_id"],
                condition=Q(status="actief") & ~Q(extern_id=""),
                name="nietvermelding_sleutel_eenmaal",
                violation_error_message="Deze organisatie staat al op de lijst.",
            ),
        ]
        indexes = [models.Index(fields=["token_hash"], name="nietvermelding_token", condition=~Q(token_hash=""))]

    def __str__(self) -> str:
        return self.naam
