"""Where help is given."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords

from organisaties.keuzes import Toegankelijkheid
from organisaties.models.organisatie import Organisatie
from welzijnportal.geo.fields import PuntField
from welzijnportal.validators import een_regel, meer_regels, normaliseer_postcode, postcode


class LocatieQuerySet(models.QuerySet["Locatie"]):
    def met_adres(self) -> "LocatieQuerySet":
        """Those whose address may be shown."""
        return self.filter(is_geheim=False)


class Locatie(models.Model):
    """A place where an organisation can be found; a confidential one shows its place name only."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="locaties")
    naam = models.CharField("naam van de locatie", max_length=120, blank=True, validators=[een_regel])
    straat = models.CharField("straat en huisnummer", max_length=120, blank=True, validators=[een_regel])
    postcode = models.CharField("postcode", max_length=7, blank=True, validators=[postcode])
    plaats = models.CharField("plaats", max_length=80, validators=[een_regel])
    gemeente = models.ForeignKey(
        "geo.Gemeente", models.PROTECT, null=True, blank=True, related_name="locaties", verbose_name="gemeente"
    )
    breedtegraad = models.FloatField("breedtegraad", null=True, blank=True)
    lengtegraad = models.FloatField("lengtegraad", null=True, blank=True)
    punt = PuntField(null=True, blank=True, editable=False)
    telefoon = PhoneNumberField("telefoonnummer van deze locatie", blank=True)
    toegankelijkheid = ArrayField(
        models.CharField(max_length=12, choices=Toegankelijkheid),
        verbose_name="toegankelijkheid",
        default=list,
        blank=True,
    )
    toelichting = models.TextField(
        "hoe vindt iemand het?", blank=True, validators=[meer_regels, MaxLengthValidator(1000)]
    )
    is_geheim = models.BooleanField(
        "geheim adres",
        default=False,
        help_text="Bezoekers zien alleen de plaats. Voor opvang waar veiligheid voorop staat.",
    )
    volgorde = models.PositiveSmallIntegerField(default=0)

    objects = LocatieQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "locatie"
        verbose_name_plural = "locaties"
        ordering = ("volgorde", "pk")
        indexes = [models.Index(fields=["postcode"], name="locatie_postcode", condition=~models.Q(postcode=""))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(breedtegraad__isnull=True, lengtegraad__isnull=True)
                | models.Q(breedtegraad__gte=50.6, breedtegraad__lte=53.7, lengtegraad__gte=3.2, lengtegraad__lte=7.3),
                name="locatie_ligt_in_nederland",
                violation_error_message="Deze plek ligt niet in Nederland.",
            )
        ]

    def __str__(self) -> str:
        return self.naam or self.adresregel or self.plaats

    def clean(self) -> None:
        if self.postcode:
            self.postcode = normaliseer_postcode(self.postcode)

    @property
    def adresregel(self) -> str:
        """The address as visitors may see it, on one line."""
        if self.is_geheim:
            return self.plaats
        return ", ".join(deel for deel in (self.straat, f"{self.postcode} {self.plaats}".strip()) if deel)
