"""The words by which help is found: themes, target groups, synonyms."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from welzijnportal.validators import een_regel, zichtbare_tekst


class ThemaQuerySet(models.QuerySet["Thema"]):
    def hoofdthemas(self) -> "ThemaQuerySet":
        return self.filter(ouder=None).order_by("volgorde", "naam")


class Thema(models.Model):
    """A subject on which people seek help, in everyday words; a tree of two levels."""

    slug = models.SlugField("slug", max_length=60, unique=True)
    naam = models.CharField("naam", max_length=80, validators=[een_regel, zichtbare_tekst])
    uitleg = models.CharField("uitleg", max_length=200, blank=True, validators=[een_regel])
    trefwoorden = ArrayField(
        models.CharField(max_length=80),
        verbose_name="trefwoorden",
        default=list,
        blank=True,
        help_text="Woorden die mensen hiervoor gebruiken, met komma's ertussen.",
    )
    ouder = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="onderthemas", verbose_name="hoort bij"
    )
    icoon = models.CharField("icoon", max_length=40, blank=True)
    tint = models.CharField("tint", max_length=20, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=100)

    objects = ThemaQuerySet.as_manager()

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        ordering = ("volgorde", "naam")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(ouder=models.F("pk")),
                name="thema_is_niet_eigen_ouder",
                violation_error_message="Een thema kan niet onder zichzelf vallen.",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("organisaties:thema", args=[self.slug])


class Doelgroep(models.Model):
    """For whom an offer is meant."""

    slug = models.SlugField("slug", max_length=60, unique=True)
    naam = models.CharField("naam", max_length=80, validators=[een_regel, zichtbare_tekst])
    trefwoorden = ArrayField(models.CharField(max_length=80), verbose_name="trefwoorden", default=list, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=100)

    class Meta:
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"
        ordering = ("volgorde", "naam")

    def __str__(self) -> str:
        return self.naam


class Synoniemgroep(models.Model):
    """Words that mean the same, or words of a person in need that point to words of listings."""

    class Soort(models.TextChoices):
        GELIJK = "gelijk", "betekenen hetzelfde"
        VERWIJST = "verwijst", "verwijzen naar andere woorden"

    soort = models.CharField("soort", max_length=10, choices=Soort, default=Soort.GELIJK)
    woorden = ArrayField(models.CharField(max_length=80), verbose_name="woorden of zinnen")
    doelen = ArrayField(
        models.CharField(max_length=80),
        verbose_name="verwijzen naar",
        default=list,
        blank=True,
        help_text="Alleen bij 'verwijzen naar andere woorden'.",
    )
    toelichting = models.CharField("toelichting", max_length=200, blank=True)
    is_aangepast = models.BooleanField(
        "door een beheerder aangepast",
        default=False,
        editable=False,
        help_text="Dan blijft de groep zo bij een update.",
    )

    class Meta:
        verbose_name = "synoniemgroep"
        verbose_name_plural = "synoniemgroepen"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(woorden__len__gte=1),
                name="synoniemgroep_heeft_woorden",
                violation_error_message="Vul ten minste één woord in.",
            ),
            models.CheckConstraint(
                condition=models.Q(soort="gelijk", woorden__len__gte=2, doelen=[])
                | models.Q(soort="verwijst", doelen__len__gte=1),
                name="synoniemgroep_past_bij_soort",
                violation_error_message=(
                    "Woorden die hetzelfde betekenen: vul er ten minste twee in. Woorden die verwijzen: vul ook in waarheen."
                ),
            ),
        ]

    def __str__(self) -> str:
        teken = " = " if self.soort == self.Soort.GELIJK else " → "
        return teken.join([", ".join(self.woorden), ", ".join(self.doelen)]).rstrip(" =")
