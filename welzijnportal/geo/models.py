from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from .fields import PuntField
from .rd import BREEDTE_MAX, BREEDTE_MIN, LENGTE_MAX, LENGTE_MIN


def _in_nederland(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{model}_ligt_in_nederland",
        condition=Q(
            breedtegraad__gte=BREEDTE_MIN,
            breedtegraad__lte=BREEDTE_MAX,
            lengtegraad__gte=LENGTE_MIN,
            lengtegraad__lte=LENGTE_MAX,
        ),
        violation_error_message="Deze coördinaten liggen niet in Nederland.",
    )


class Provincie(models.Model):
    """One of the twelve provinces of the Netherlands; its code is that of Statistics Netherlands (CBS)."""

    code = models.CharField("CBS-code", primary_key=True, max_length=4)
    naam = models.CharField("naam", max_length=30, unique=True)
    slug = models.SlugField("adresdeel", max_length=30, unique=True)

    class Meta:
        ordering = ["naam"]
        verbose_name = "provincie"
        verbose_name_plural = "provincies"
        constraints = [
            models.CheckConstraint(
                name="provincie_code_is_cbs_code",
                condition=Q(code__regex=r"^PV[0-9]{2}$"),
                violation_error_message="Een provinciecode is PV en twee cijfers.",
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Gemeente(models.Model):
    """A municipality, the layer of government that arranges welfare; code and name are those of CBS."""

    code = models.CharField("CBS-code", primary_key=True, max_length=6)
    naam = models.CharField("naam", max_length=60, unique=True)
    slug = models.SlugField("adresdeel", max_length=60, unique=True)
    zoeksleutel = models.CharField(max_length=60, editable=False, db_index=True)
    provincie = models.ForeignKey(
        Provincie, on_delete=models.PROTECT, related_name="gemeenten", verbose_name="provincie"
    )
    breedtegraad = models.FloatField("breedtegraad")
    lengtegraad = models.FloatField("lengtegraad")
    punt = PuntField("punt", editable=False)

    class Meta:
        ordering = ["zoeksleutel"]
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        indexes = [GistIndex(fields=["punt"], name="gemeente_punt")]
        constraints = [
            models.CheckConstraint(
                name="gemeente_code_is_cbs_code",
                condition=Q(code__regex=r"^GM[0-9]{4}$"),
                violation_error_message="Een gemeentecode is GM en vier cijfers.",
            ),
            _in_nederland("gemeente"),
        ]

    def __str__(self) -> str:
        return self.naam


class Plaats(models.Model):
    """A city or village (woonplaats) with postcodes of its own, or a quarter (wijk) known by its own name.

    `weergavenaam` tells namesakes apart ('Hengelo (Gelderland)'). `omvang` is the number of postcode areas,
    the measure of size that the sources have. Where no source gives the municipality it is proposed from the
    surroundings, and `gemeente_is_voorstel` is true.
    """

    class Soort(models.TextChoices):
        WOONPLAATS = "woonplaats", "woonplaats"
        WIJK = "wijk", "wijk of buurt"

    slug = models.SlugField("adresdeel", primary_key=True, max_length=80)
    naam = models.CharField("naam", max_length=60)
    weergavenaam = models.CharField("naam met provincie of gemeente", max_length=80)
    zoeksleutel = models.CharField(max_length=60, editable=False, db_index=True)
    soort = models.CharField("soort", max_length=10, choices=Soort, default=Soort.WOONPLAATS)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="plaatsen", verbose_name="gemeente")
    gemeente_is_voorstel = models.BooleanField("gemeente is een voorstel", default=True)
    provincie = models.ForeignKey(
        Provincie, on_delete=models.PROTECT, related_name="plaatsen", verbose_name="provincie"
    )
    breedtegraad = models.FloatField("breedtegraad")
    lengtegraad = models.FloatField("lengtegraad")
    punt = PuntField("punt", editable=False)
    omvang = models.PositiveSmallIntegerField("aantal postcodegebieden", default=0)

    class Meta:
        ordering = ["zoeksleutel", "-omvang"]
        verbose_name = "plaats"
        verbose_name_plural = "plaatsen"
        indexes = [GistIndex(fields=["punt"], name="plaats_punt")]
        constraints = [
            models.CheckConstraint(
                name="plaats_soort_bestaat",
                condition=Q(soort__in=["woonplaats", "wijk"]),
                violation_error_message="Deze soort plaats bestaat niet.",
            ),
            _in_nederland("plaats"),
        ]

    def __str__(self) -> str:
        return self.weergavenaam


class Plaatsnaam(models.Model):
    """Another name by which a place is known: 'Den Bosch', 'Ljouwert', an old spelling."""

    plaats = models.ForeignKey(Plaats, on_delete=models.CASCADE, related_name="andere_namen", verbose_name="plaats")
    naam = models.CharField("andere naam", max_length=60)
    zoeksleutel = models.CharField(max_length=60, editable=False, db_index=True)

    class Meta:
        ordering = ["zoeksleutel"]
        verbose_name = "andere plaatsnaam"
        verbose_name_plural = "andere plaatsnamen"
        constraints = [
            models.UniqueConstraint(
                fields=["plaats", "naam"],
                name="plaatsnaam_eenmaal_per_plaats",
                violation_error_message="Deze plaats heeft die naam al.",
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Postcode(models.Model):
    """The four digits of a Dutch postcode (PC4): an area with a centre, a place and a proposed municipality.

    The full postcode (six characters) has no open coordinates in any package; its four digits are right
    within some kilometres, so an editor confirms the municipality where `gemeente_is_voorstel` is true.
    """

    pc4 = models.CharField("postcode, vier cijfers", primary_key=True, max_length=4)
    plaats = models.ForeignKey(Plaats, on_delete=models.PROTECT, related_name="postcodes", verbose_name="plaats")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="postcodes", verbose_name="gemeente")
    gemeente_is_voorstel = models.BooleanField("gemeente is een voorstel", default=True)
    breedtegraad = models.FloatField("breedtegraad")
    lengtegraad = models.FloatField("lengtegraad")
    punt = PuntField("punt", editable=False)

    class Meta:
        ordering = ["pc4"]
        verbose_name = "postcode"
        verbose_name_plural = "postcodes"
        indexes = [GistIndex(fields=["punt"], name="postcode_punt")]
        constraints = [
            models.CheckConstraint(
                name="postcode_is_vier_cijfers",
                condition=Q(pc4__regex=r"^[1-9][0-9]{3}$"),
                violation_error_message="Een postcode begint met vier cijfers.",
            ),
            _in_nederland("postcode"),
        ]

    def __str__(self) -> str:
        return self.pc4
